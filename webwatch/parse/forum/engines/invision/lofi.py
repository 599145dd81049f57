"""The "lo-fi version" of Invision Power Board 2: a topic for readers that load no images.

Markup: lofiversion/skin_lofi.php (posts_entry, pages, and the frame) of 2.0 to 2.3, as public copies of it have it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum import recipe
from webwatch.parse.forum.recipe import Quoting, Recipe

if TYPE_CHECKING:
    from webwatch.model import Thread
    from webwatch.parse._document import Document
    from webwatch.parse.forum.post import Reading

TOPIC = Recipe(
    post=(".postwrapper:has(> .posttopbar)",),
    body=(".postcontent",),
    author=(".postname",),
    date=(".postdate",),
    quoting=(Quoting(".quotemain, blockquote", (), "", ".quotetop"),),
    drop=".edit, .signature, script, style",
    title=("#largetext a", "title"),
)
_HERE = re.compile(r"(?:^|[\s,:])(\d{1,5})(?=[\s,]|$)")


def read_topic(document: Document) -> Reading:
    """The posts of a topic, whose address is that of its full version."""
    reading = recipe.read(document, TOPIC)
    full = document.absolute(attribute(document.first("#largetext a[href]"), "href"))
    if not reading.thread or not full:
        return reading
    return reading._replace(thread=_counted(reading.thread._replace(url=full), document))


def _counted(thread: Thread, document: Document) -> Thread:
    """The thread with its pages: "Pages: 1, 2, 3", where the page itself is no link."""
    span = document.first(".ipbpagespan")
    if span is None:
        return thread._replace(page=1, pages=1)
    linked = [int(said) for node in span.css("a")[:50] if (said := inner_text(node)).isdecimal() and len(said) < 6]
    here = _HERE.search(span.text(deep=False))
    return thread._replace(page=int(here[1]), pages=max([int(here[1]), *linked])) if here else thread
