"""Boards and indexes of any forum: the threads that a page links to, whichever program made it.

It rests on addresses (`permalinks`): links to one thread belong together, and its row is the largest element that
leads to no other thread. An index names the threads of the last posts, and often nothing but those posts' addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from webwatch import addresses, permalinks, sites, text
from webwatch.model import Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum import rows
from webwatch.parse.forum.post import Reading

if TYPE_CHECKING:
    from webwatch.model import Context
    from webwatch.parse._document import Document, Node

MAX_THREADS = 500
_MAX_LINKS = 5_000
_MAX_ROWS = 3
_MAX_NAMES = 10
_MAX_TITLE = 500
_HEIGHT = 30
_NEAR = 6

_DEED = re.compile(
    r"[?&;](?:action=(?!last|new)|do=(?!find|get)|mode=(?:reply|quote|edit|report|post|vote)|view=(?:print|next|previous)"
    r"|act=(?!st\b)|(?:un)?watch=|(?:un)?bookmark=|vote|mark(?:read)?=|print|hash=|(?:un)?subscribe|code=|logout)"
    r"|/(?:login|logout|register|report|vote|quote|reply|print|subscribe)/?(?:$|[?#])",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:[\W\d_]*|(?:\d+|no|geen|keine)\s*\+?\s*\w+|discuss|permalink|all|alle|tout"
    r"|(?:go to |ga naar |gehe zu |zum |view |see |show |bekijk )?(?:the |het |den |de )?"
    r"(?:last|latest|newest|new|first|laatste|nieuwste|eerste|letzte[nr]?|neueste[rn]?|erste[rn]?|derniers?|nouveaux?"
    r"|(?:un)?read|ongelezen|ungelesene[rn]?)(?: (?:un)?(?:read|gelesene[rn]?))?"
    r"(?: (?:post|page|message|reply|bericht|pagina|beitrag|seite|article)s?)?(?: (?:by|von|door|par|de))?.{0,3})$",
    re.IGNORECASE,
)
_OF_A_PAGE = re.compile(r"(?:/page[-/]?\d+|/p\d+|/post-\d+|/latest|/unread|/page__.*)(?=/?(?:$|[?#]))", re.IGNORECASE)
_OF_A_POST = re.compile(
    r"(?<=[?&;])(?:p|pid|post|postid|page|pageno|start|st|goto|view|viewfull|action|do|comment|near|tab|s|sid|phpsessid"
    r"|highlight|hilit|sort|topicseen|new)(?:=[^&;#]*)?(?:[&;]|(?=#)|$)",
    re.IGNORECASE,
)
_LAST_NUMBER = re.compile(r"/\d+(?=/?(?:$|\?))")
_MESSAGE = re.compile(r"(topic[=,]\d+)\.(?:msg\d+|new|\d+)")
_LIST = re.compile(
    r"viewforum|forumdisplay|board[=,/]|/forums?/|/board|/categor(?:y|ies)|/c/|/tags?/|showforum|/recent|/latest|/r/\w+/?$|/list",
    re.IGNORECASE,
)
_TITLED = (
    'a[id^="thread_title_"], a.topictitle, a.topic-title, a.bbp-topic-permalink, span[id^="tid_"] > a, '
    'span[id^="msg_"] > a, a[id^="tid-link-"], a[data-tid-link]'
)
_STOPS = frozenset(["table", "tbody", "thead", "ul", "ol", "body", "main", "html", "form", "section"])
_MIXED = ""


class _Link(NamedTuple):
    """A link to a thread, or to a post of one whose number it does not tell; `key` says which."""

    node: Node
    url: str
    key: str
    plain: bool
    title: str


def read(document: Document, context: Context) -> Reading:
    """The threads of a board or an index; nothing where the page does not look like one."""
    links = _links(document)
    groups: dict[str, list[_Link]] = {}
    for link in links:
        groups.setdefault(link.key, []).append(link)
    least = 1 if is_list(document) else 2
    if len(groups) < least:
        return Reading()
    groups = dict(list(groups.items())[:MAX_THREADS])
    language = context.source.language or document.language
    found = _rows(groups, _owners(links))
    columns = rows.columns(document)
    moments = rows.newest([row for _, row in found], document, context, language)
    threads: dict[str, Thread] = {}
    for (key, row), newest in zip(found, moments, strict=True):
        replies, views = rows.counts(row, columns)
        thread = Thread(
            url=_address(groups[key]),
            title=_title(groups[key], row)[:_MAX_TITLE],
            replies=replies,
            views=views,
            locked=rows.is_locked(row),
            newest=newest,
        )
        if key not in threads or _told(thread) > _told(threads[key]):
            threads[key] = thread
    return Reading(threads=_listed(tuple(threads.values())))


def is_list(document: Document) -> bool:
    """Whether the page's address is that of a list of threads: a board, a category, what is new."""
    return bool(_LIST.search(document.address()))


def _listed(threads: tuple[Thread, ...]) -> tuple[Thread, ...]:
    """Without the links beside the list: where most rows tell something, one that tells nothing is none."""
    telling = tuple(thread for thread in threads if _told(thread))
    return telling if len(telling) > 1 and len(telling) * 2 > len(threads) else threads


def _told(thread: Thread) -> int:
    """How much is known of a thread: a row of the list tells more than one beside it."""
    return (thread.replies is not None) + (thread.views is not None) + (thread.newest is not None)


# ------------------------------------------------------------------------------------------------------------ links


def _links(document: Document) -> list[_Link]:
    """The links to threads of the page's own site, without deeds (reply, report) and without the page's own thread."""
    own, site = permalinks.of(document.address()).thread, sites.site(document.url)
    same: dict[str, bool] = {}
    titled = {node.mem_id for node in document.all(_TITLED)[:_MAX_LINKS]}
    found = []
    for node in document.all("a[href]")[:_MAX_LINKS]:
        href = attribute(node, "href")
        if not href or href[0] == "#" or _DEED.search(href):
            continue
        url = document.absolute(href)
        link = permalinks.of(url)
        key = link.thread or link.post or (addresses.canonical(url) if node.mem_id in titled else "")
        if not key or key == own or key.endswith(" thread"):  # what is commented on is no thread
            continue
        host = addresses.host(url)
        if host not in same:
            same[host] = not site or sites.site(url) == site
        if same[host]:
            plain = bool(link.thread) and (not link.post or link.post.endswith(link.thread.rpartition(" ")[2]))
            found.append(_Link(node, url, key, plain and not link.page, _named(node)))
    return _together(found)


def _named(node: Node) -> str:
    """What a link calls its thread; "" for a number, a date, an icon, "last post"."""
    said = inner_text(node)
    whole = text.line(attribute(node, "title"))
    if said.endswith(("…", "...")) and whole.startswith(said.rstrip("….").rstrip()):
        said = whole
    said = re.sub(r"^(?:re|aw|antw)\s?:\s+", "", said, flags=re.IGNORECASE)
    return "" if _NO_TITLE.match(said) or rows.is_moment(said) else said


def _together(links: list[_Link]) -> list[_Link]:
    """Links to a post that stand in the row of a thread belong to that thread."""
    near: dict[int, str] = {}
    for link in links:
        if permalinks.of(link.url).thread:
            for node in _above(link.node, _NEAR):
                near[node.mem_id] = link.key if near.get(node.mem_id, link.key) == link.key else _MIXED
    found = []
    for link in links:
        if link.key.rpartition(" ")[0].endswith(" post"):
            keys = [near[node.mem_id] for node in _above(link.node, _NEAR) if node.mem_id in near]
            link = link._replace(key=(keys[0] if keys else "") or link.key)  # noqa: PLW2901 - the same link
        found.append(link)
    return found


def _above(node: Node, height: int) -> list[Node]:
    """The elements around a link, up to those that hold rows."""
    found: list[Node] = []
    parent = node.parent
    while parent is not None and len(found) < height and parent.tag not in _STOPS:
        found.append(parent)
        parent = parent.parent
    return found


# ------------------------------------------------------------------------------------------------------------- rows


def _owners(links: list[_Link]) -> dict[int, str]:
    """For each element above a link the thread to which all its links lead, `_MIXED` where they lead to several."""
    owners: dict[int, str] = {}
    for link in links:
        parent, height = link.node.parent, 0
        while parent is not None and height < _HEIGHT:
            owner = owners.get(parent.mem_id, link.key)
            owners[parent.mem_id] = link.key if owner == link.key else _MIXED
            parent, height = parent.parent, height + 1
    return owners


def _rows(groups: dict[str, list[_Link]], owners: dict[int, str]) -> list[tuple[str, rows.Row]]:
    """The rows of each thread, in their order."""
    found = []
    for key, links in groups.items():
        by_row: dict[int, tuple[Node, list[_Link]]] = {}
        for link in links:
            node = _row(link.node, key, owners)
            by_row.setdefault(node.mem_id, (node, []))[1].append(link)
        for node, inside in list(by_row.values())[:_MAX_ROWS]:
            first = next((link for link in inside if link.title), inside[0])
            names = [link.node for link in inside if link.title]
            found.append((key, rows.row_of(node, first.node, names[:_MAX_NAMES])))
    return found


def _row(node: Node, key: str, owners: dict[int, str]) -> Node:
    """The largest element around a link that leads to no other thread."""
    row, parent, height = node, node.parent, 0
    while parent is not None and height < _HEIGHT and owners.get(parent.mem_id) == key and parent.tag != "body":
        row, parent, height = parent, parent.parent, height + 1
    return row


def _title(links: list[_Link], row: rows.Row) -> str:
    """What the thread is called: by its plain links, else by others, else (an aggregator) by where its row leads."""
    plain = max((link.title for link in links if link.plain), key=len, default="")
    title = plain or max((link.title for link in links), key=len, default="")
    if title or not any(link.plain for link in links):
        return title
    host = addresses.host(links[0].url)
    for node in (row.node, _before(row.node)):
        others = node.css('a[href^="http"]')[:_MAX_NAMES] if node is not None else []
        titles = [_named(link) for link in others if addresses.host(attribute(link, "href")) != host]
        if longest := max(titles, key=len, default=""):
            return longest
    return ""


def _before(node: Node) -> Node | None:
    """The element before this one."""
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before


def _address(links: list[_Link]) -> str:
    """The thread's address without a page or a post, where that can be told."""
    best = min(links, key=lambda link: (not link.plain, len(link.url)))
    url = _OF_A_POST.sub("", _MESSAGE.sub(r"\1.0", best.url.partition("#")[0]))
    url = _OF_A_PAGE.sub("", url).rstrip("?&;")
    for shorter in (_LAST_NUMBER.sub("", url), url):
        link = permalinks.of(shorter)
        if link.thread == best.key and not link.page:
            return shorter
    return best.url
