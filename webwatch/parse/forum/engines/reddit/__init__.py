"""Reddit: a post with its comments, in all the shapes that it is served in.

api       `.json` behind any address, and oauth.reddit.com
r2        old.reddit.com, and www.reddit.com until 2018
shreddit  www.reddit.com since 2023: custom elements
redesign  www.reddit.com from 2018 to 2023: a React page with its state as JSON

Each gives nothing where the page is not of its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import permalinks
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.engines.reddit import api, r2, redesign, shreddit
from webwatch.parse.forum.post import Reading

if TYPE_CHECKING:
    from webwatch.parse._document import Document


def recognises(document: Document) -> bool:
    """By the elements that only Reddit writes, and by its JSON's kinds."""
    if document.data is not None:
        return api.is_listing(document.data)
    return document.first('div.thing[data-fullname], shreddit-post, shreddit-comment, [id="2x-container"]') is not None


def read(document: Document) -> Reading:
    """A post with its comments, or the posts of a subreddit as threads."""
    if document.data is not None:
        return _placed(document, api.read(document.data))
    readings = (read_generation(document) for read_generation in (shreddit.read, r2.read, redesign.read))
    return _placed(document, next((reading for reading in readings if reading.posts or reading.threads), Reading()))


def _placed(document: Document, reading: Reading) -> Reading:
    """At the address of a comment, that comment and its answers stand below the post, and no others."""
    if not reading.posts or not permalinks.of(document.url).post:
        return reading
    first, *others = reading.posts
    opens = not permalinks.of(document.absolute(first.link)).post
    return reading._replace(posts=(first._replace(number=1 if opens else None), *others), partial=True)


part = Engine(
    marks=(
        'content=" reddit, reddit.com',
        "redditstatic.com/reddit",
        "redditstatic.com/shreddit",
        "redditstatic.com/desktop2x",
    ),
    recognises=recognises,
    read=read,
)
