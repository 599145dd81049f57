"""What a page of phpBB says of its topic: title, pages, replies, whether it is locked; and where its posts stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import permalinks
from webwatch.model import Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum.engines.phpbb import written
from webwatch.parse.forum.post import Reading
from webwatch.parse.forum.recipe import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webwatch.parse._document import Document, Node
    from webwatch.parse.forum.post import Post

_TITLES = (
    ".topic-title a",
    ".topic-title",
    'h2 a[href*="viewtopic"]',
    'a.maintitle[href*="viewtopic"], a.titles[href*="viewtopic"]',
    'h1 a[href*="viewtopic"], h3 a[href*="viewtopic.php?f="]',
    "#page-body > h2:not(.poll-title)",
    "#page-header > h2",
)
_NAVIGATION = '[class*="pagination"], .nav, td.gensmall, .page-number'
_PAGE_OF = re.compile(r"(?<![\d.,])(\d{1,5})\s+(?:[^\W\d]{1,4}|/)\s+(\d{1,5})(?![\d.,]*\d)")
_POSTS = re.compile(
    r"(\d[\d.,]*)\s+(?:posts?\b|berichten|bericht\b|beitr(?:ä|ae)ge|beitrag\b|messages?\b)", re.IGNORECASE
)
_LOCKED = (
    ".locked-icon, .action-bar .fa-lock, a[href*='mode=reply'] .fa-lock, img[src*='topic_locked'], "
    "img[src*='reply-locked']"
)
# How a topic is shown, not which one. With "view=next" it is another topic than the one named, "view=unread" any page.
_SHOWN = re.compile(r"&(?:postdays|postorder|highlight|view)=[^&#]*|&start=0(?!\d)")
_VIEW = re.compile(r"[?&]view=(?!print|viewpoll)")
_MOST = 60
_LINE = 400


def reading(document: Document, posts: Sequence[Post]) -> Reading:
    """The posts with their topic: titles that only repeat the topic's are left out, anchors are made addresses."""
    heading = _heading(document)
    title = inner_text(heading) or written.without_re(posts[0].title) or inner_text(document.first("title"))
    thread = _paged(document, Thread(url=_address(document, heading), title=title))
    thread = thread._replace(locked=document.first(_LOCKED) is not None)
    start = permalinks.of(thread.url).page or permalinks.of(document.url).page
    return Reading(
        posts=tuple(
            post._replace(
                title=written.own_subject(post.title, title) if post.title else "",
                link=_linked(post.link, thread),
                number=post.number or (start + place if start else None),
            )
            for place, post in enumerate(posts, 1)
        ),
        thread=thread,
    )


def _heading(document: Document) -> Node | None:
    return next((node for css in _TITLES if (node := document.first(css)) is not None and inner_text(node)), None)


def _address(document: Document, heading: Node | None) -> str:
    """The topic's address: the page's own, unless that names a post alone (`viewtopic.php?p=123`), or another page."""
    address = document.address()
    if permalinks.of(address).thread and not _VIEW.search(address):
        return _SHOWN.sub("", address)
    linked = document.absolute(attribute(heading, "href"))
    return _SHOWN.sub("", linked if permalinks.of(linked).thread else address)


def _linked(link: str, thread: Thread) -> str:
    """A mere anchor is meant within the topic: there is the address that phpBB itself would write for the post."""
    if link[:1] != "#":
        return link
    page, _, _ = thread.url.partition("#")
    place, script, _ = page.partition("viewtopic.php")
    post = link.lstrip("#p")
    return f"{place}{script}?p={post}{link}" if script else f"{page}{link}"


def _paged(document: Document, thread: Thread) -> Thread:
    """The thread with what its page navigation says: "937 posts • Page 1 of 63"."""
    for node in document.all(_NAVIGATION)[:_MOST]:
        said = inner_text(node)[:_LINE]
        posts = _POSTS.search(said)
        if thread.replies is None and posts and (count := number(posts[1])):
            thread = thread._replace(replies=count - 1)
        if thread.pages is None and (found := _page_of(said) or _marked_page(node)):
            thread = thread._replace(page=found[0], pages=found[1])
        if thread.pages and thread.replies is not None:
            break
    return thread


def _page_of(said: str) -> tuple[int, int] | None:
    found = _PAGE_OF.search(said)
    return (int(found[1]), int(found[2])) if found and 0 < int(found[1]) <= int(found[2]) else None


def _marked_page(node: Node) -> tuple[int, int] | None:
    """The page among links to others that is no link itself, and the highest of them all."""
    here = _numbered(node.css("strong, b, li.active"))
    linked = _numbered(node.css("a[href]"))
    return (here[0], max(here[0], *linked)) if len(here) == 1 and linked else None


def _numbered(nodes: list[Node]) -> list[int]:
    labels = (inner_text(node) for node in nodes[:_MOST])
    return [int(label) for label in labels if label.isdecimal() and len(label) < 6]
