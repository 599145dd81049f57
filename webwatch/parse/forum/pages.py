"""Which page of a thread this is, how many there are, and which one to ask for next: the newest first, then back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import addresses, permalinks
from webwatch.model import Further
from webwatch.parse._document import attribute, inner_text

if TYPE_CHECKING:
    from webwatch.model import Thread
    from webwatch.parse._document import Document

# "Page 2 of 7". Where the word stands is found first: `str.find` is much faster than a pattern.
_PAGE_WORDS = ("Pag", "pag", "PAG", "Seite", "seite", "SEITE")
_OF = re.compile(
    r"(?<!\w)(?:pag(?:ina|e|\.)?|seite)\s*(\d{1,5})\s*(?:van|of|von|sur|de|/)\s*(\d{1,5})\b", re.IGNORECASE
)
_MAX_LINKS = 3_000
_POST = re.compile(r"#[^#]*\d")  # of a page that names a post
_NUMBERED = r"(?:[-/](?:page|seite|pagina|index|p)?[-/]?(\d{1,5}))?(?:\.html?)?/?$"
# The next thread (SMF, phpBB, vBulletin), all in one, what is done with this one, some of its posts (Tweakers).
_NO_PAGES = ("prev_next", ";all", "action=", "filter_", "view=", "goto=", "watch=", "bookmark=", "vote=")


Links = dict[str, tuple[str, int]]  # address → what the link says, and the page as the engine counts it


def counted(document: Document, thread: Thread, others: Links) -> Thread:
    """The thread with its `page` and `pages`, where the engine has not told them."""
    if thread.pages:
        return thread
    said = _said(document.edges)
    if said and 0 < int(said[1]) <= int(said[2]):
        return thread._replace(page=int(said[1]), pages=int(said[2]))
    numbers = {int(label): page for label, page in others.values() if label.isdecimal() and len(label) < 6}
    here = permalinks.of(thread.url).page or permalinks.of(document.url).page
    if not numbers:
        alone = here < 2 and all(page == here for _, page in others.values())
        return thread._replace(page=1, pages=1) if alone or not others else thread
    page = _page(here, numbers)
    return thread._replace(page=page, pages=max(page, *numbers))


def _said(source: str) -> re.Match[str] | None:
    """The first place that says which page of how many this is."""
    found = []
    for word in _PAGE_WORDS:
        start = source.find(word)
        while start >= 0:
            if said := _OF.match(source, start):
                found.append(said)
                break
            start = source.find(word, start + 1)
    return min(found, key=re.Match.start, default=None)


def _page(here: int, numbers: dict[int, int]) -> int:
    """The number of this page: that of a link to it, else the one that is missing between its neighbours."""
    for number, page in numbers.items():
        if page == here:
            return number
    below = [number for number, page in numbers.items() if page < here]
    return max(below) + 1 if below else 1


def further(document: Document, thread: Thread, links: Links) -> tuple[Further, ...]:
    """What to ask for next: the last page, unless this is it, and the one before this."""
    if not thread.pages or thread.pages < 2 or not thread.page:
        return ()
    by_page = sorted(((page, url) for url, (_, page) in links.items()), key=lambda link: (link[0], -len(link[1])))
    known = permalinks.of(thread.url).thread or permalinks.of(document.url).thread
    here = permalinks.of(thread.url).page or permalinks.of(document.url).page if known else thread.page
    here = here or _after(thread.page - 1, links)
    newest = [
        Further(url=url, why="newest") for page, url in by_page[-1:] if page > here and thread.page < thread.pages
    ]
    older = [Further(url=url, why="older") for page, url in by_page if page < here]
    return (*newest, *older[-1:])


def _after(number: int, links: Links) -> int:
    """What comes after the page of this number, as the engine counts: where the address of this one names a post."""
    return next((page + 1 for label, page in links.values() if label == str(number)), 0)


def links(document: Document, thread: Thread) -> Links:
    """The links to pages of this thread."""
    key = permalinks.of(thread.url).thread or permalinks.of(document.url).thread
    if not key:
        return _beside(document, thread) if thread.page and thread.pages else {}
    found: Links = {}
    number = key.rpartition(" ")[2]
    for node in document.all("a[href]")[:_MAX_LINKS]:
        href = attribute(node, "href")
        if number not in href and not href.startswith(("?", "#")):
            continue
        if any(other in href for other in _NO_PAGES) or href.endswith("/last") or _POST.search(href):
            continue
        url = document.absolute(href)
        link = permalinks.of(url)
        if link.thread == key and not link.post:
            label = inner_text(node)
            if url not in found or label.isdecimal():  # "«" and the thread's title lead to numbered pages too
                found[url] = label, link.page
    return found


def _beside(document: Document, thread: Thread) -> Links:
    """The same where the addresses are of no known kind: links like this page's own but for the number of the page."""
    stem = _stem(thread.url)
    found: Links = {}
    for node in document.all("a[href]")[:_MAX_LINKS]:
        url = document.absolute(attribute(node, "href")).partition("#")[0]
        label = inner_text(node)
        if not label.isdecimal() and url.count(str(thread.pages or 0)):
            label = _numbered(url)
        if label.isdecimal() and 0 < int(label[:6]) <= (thread.pages or 0) and _stem(url) == stem:
            found[url] = label, int(label)
    return found


def _stem(url: str) -> str:
    """An address without the number of the page at its end: `/12-title-3.html`, `/title/page3`."""
    return re.sub(_NUMBERED, "", addresses.canonical(url).partition("?")[0])


def _numbered(url: str) -> str:
    found = re.search(_NUMBERED, url.partition("?")[0])
    return (found[1] or "") if found else ""
