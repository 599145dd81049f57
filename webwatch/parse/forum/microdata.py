"""Posts, comments, answers and reviews that the markup itself marks: `itemscope`, `itemtype`, `itemprop`.

What an item does not say of itself (its author, its date, its permalink) is looked for as the general reader does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from webwatch import dates, text
from webwatch.parse.forum import blocks, bodies, general, parts, stamps
from webwatch.parse.forum import outline as outlines
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webwatch.model import Context
    from webwatch.parse._document import Document
    from webwatch.parse.forum.outline import Outline

_POSTS = frozenset(
    [
        "DiscussionForumPosting",
        "SocialMediaPosting",
        "Question",
        "Answer",
        "Comment",
        "UserComments",
        "Review",
        "UserReview",
        "Review-aggregate",
    ]
)
_BY = re.compile(r"^(?:(?:posted|written|reviewed|geschreven|verfasst) )?(?:by|door|par):?\s+", re.IGNORECASE)
_REVIEWS = frozenset({"Review", "UserReview"})
_TEXT = ("text", "articleBody", "commentText", "reviewBody", "description")
_AUTHOR = ("author", "creator", "reviewer")
_DATE = ("datePublished", "dateCreated", "commentTime", "dtreviewed", "uploadDate", "dateModified")
_LINK = ("url", "replyToUrl", "mainEntityOfPage")


class Item(NamedTuple):
    """An item of the page: its row, its type, and the rows of its properties."""

    row: int
    kind: str
    properties: dict[str, list[int]]


def read(document: Document, context: Context) -> Reading:
    """The items that are posts, in the order of the page."""
    if "itemprop" not in document.source or "itemtype" not in document.source:
        return Reading()
    outline = outlines.of(document)
    items = _items(outline)
    found = [item for item in items.values() if item.kind in _POSTS and _is_told(item)][:MAX_POSTS]
    if not found:
        return Reading()
    drawn = blocks.cut(outline, [item.row for item in found], [None] * len(found))
    drawn = stamps.dated(outline, drawn, context, context.source.language or document.language)
    names = parts.authors(outline, drawn)
    links = parts.links(outline, document, drawn, names)
    texts = bodies.rows_of(outline, drawn, names) if any(_row(item, _TEXT) < 0 for item in found) else [()] * len(found)
    posts = []
    for item, block, name, link, rows in zip(found, drawn, names, links, texts, strict=True):
        body, quoted = bodies.own_words(outline, rows) if _row(item, _TEXT) < 0 else ("", ())
        date = block.stamp.raw if block.stamp else ""
        post = _post(outline, item, items, Post(body, name.shown, name.url, date, link, quotes=quoted))
        unread = date and not dates.parse(post.date, now=context.now, zone=context.zone, language=document.language)
        posts.append(post._replace(date=date) if unread else post)
    kept = tuple(post for post in posts if (text.from_html(post.body) or post.quotes) and (post.author or post.date))
    if not kept or (len(kept) > 2 and len({post.body for post in kept}) == 1):  # a template that was never filled in
        return Reading()
    return Reading(posts=kept, thread=general.thread_of(document))


def _is_told(item: Item) -> bool:
    """Whether it says a text, or at least who wrote it and when."""
    return _row(item, _TEXT) >= 0 or (_row(item, _AUTHOR) >= 0 and _row(item, _DATE) >= 0)


def _items(outline: Outline) -> dict[int, Item]:
    """All items of the page with their properties: each belongs to the nearest item around it."""
    items: dict[int, Item] = {}
    owners: list[int] = []
    for row, attributes in enumerate(outline.attributes):
        parent = outline.parents[row]
        owner = -1 if parent < 0 else parent if parent in items else owners[parent]
        owners.append(owner)
        if not attributes:
            continue
        if owner >= 0:
            for name in (attributes.get("itemprop") or "").split()[:5]:
                items[owner].properties[name].append(row)
        if "itemscope" in attributes:
            kind = (attributes.get("itemtype") or "").split(" ")[0].rstrip("/").rpartition("/")[2]
            items[row] = Item(row, kind, defaultdict(list))
    return items


def _row(item: Item, names: Sequence[str]) -> int:
    """The row of the first of these properties that the item has; -1."""
    return next((item.properties[name][0] for name in names if item.properties.get(name)), -1)


def _post(outline: Outline, item: Item, items: dict[int, Item], seen: Post) -> Post:
    """The post that an item is; `seen` is what else was found in it."""
    writer = _row(item, _AUTHOR)
    author, profile = _author(outline, writer, items) if writer >= 0 else ("", "")
    author = _BY.sub("", text.line(author), count=1)
    if seen.author and author.startswith(f"{seen.author} "):
        author = seen.author
    date = _value(outline, _row(item, _DATE))
    link = _value(outline, _row(item, _LINK))
    title = _value(outline, _row(item, ("name", "headline", "summary"))) if item.kind in _REVIEWS else ""
    said = _row(item, _TEXT)
    content = outline.get(said, "content") if said >= 0 else ""
    body, quoted = (
        (content, ()) if content else bodies.own_words(outline, [said]) if said >= 0 else (seen.body, seen.quotes)
    )
    return seen._replace(
        body=body,
        author=author or seen.author,
        author_url=profile or (seen.author_url if author in {"", seen.author} else ""),
        date=date or seen.date,
        link=link or seen.link,
        number=number(_value(outline, _row(item, ("position",)))),
        title=title,
        quotes=quoted,
        accepted="acceptedAnswer" in outline.get(item.row, "itemprop").split(),
    )


def _author(outline: Outline, row: int, items: dict[int, Item]) -> tuple[str, str]:
    """The name and the profile: of the person that the property is, or that it says."""
    if row not in items:
        value = _value(outline, row)
        return (outline.within(row), value) if outline.tags[row] == "a" else (value, "")
    person = items[row]
    name = _row(person, ("name", "alternateName", "givenName"))
    link = _row(person, ("url", "sameAs"))
    profile = outline.get(link, "href") if link >= 0 else ""
    shown = outline.get(name, "content") or outline.within(name) if name >= 0 else outline.within(row)
    if not profile and name >= 0:
        near = next((each for each in (name, *outline.above(name, 2)) if outline.tags[each] == "a"), -1)
        profile = outline.get(near, "href") if near >= row else ""
    return shown, profile


def _value(outline: Outline, row: int) -> str:
    """What a property says: in the attribute that its element has for machines, else as text."""
    if row < 0:
        return ""
    for name in ("content", "datetime", "href"):
        if value := outline.get(row, name):
            return value
    return outline.within(row)
