"""Simple Machines Forum (simplemachines.org) 1.0 to 2.1 and what 3.0 shows so far, in any theme.

Markup: SimpleMachines/SMF, Themes/default/Display.template.php and the quotes of Sources/Subs.php (2.0, 2.1, 3.0);
a public copy of the same template of 1.1; Printpage.template.php and Wireless.template.php for its views to print and
for telephones. A theme may rename every class, but the scripts of the program look
for `msg_12` (the text) and `subject_12`, so these stay: a post is the largest block around one of them alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import permalinks, text
from webwatch.model import Thread
from webwatch.parse._document import inner_text
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS, Quoting, Recipe, number, own_words, post_of

if TYPE_CHECKING:
    from webwatch.parse._document import Document, Node

_ANCHORS = (
    ('[id^="msg_"]:not(span):not(ul):not(li)', re.compile(r"msg_(\d{1,12})$")),
    ('[id^="subject_"]', re.compile(r"subject_(\d{1,12})$")),
)
_BODIES = ".post .inner, .post, .inner"
_MESSAGE = re.compile(r"\.msg(\d{1,12})(?:[.#;?&]|$)")
_PAGE_INDEX = ".pagelinks, .pagesection, .middletext"
_OTHER_PAGES = "a.navPages, a.nav_page"
_AROUND_ALL = frozenset({"form", "body", "html"})
_MAX_LEVELS = 40

_REPLY = re.compile(r"#\s?([\d.,]{1,9})")
_LABEL = re.compile(r"^[^:]{0,60}:\s+")
_TIMES_READ = re.compile(r"\(([^()]*\d[^()]*)\)\s*$")


def _date(post: Node) -> str:
    """When it was posted: "« Reply #3 on: May 12, 2014, 09:15:22 AM »" without what stands around it."""
    node = post.css_first(".postinfo a.smalltext, .keyinfo .smalltext") or post.css_first(
        '[id^="subject_"] + .smalltext'
    )
    if node is None:
        node = next((each for each in post.css(".smalltext") if "«" in each.text()), None)
    if node is None:
        return ""
    written = inner_text(node.css_first(".edited") or node).strip("«» \t")
    return _LABEL.sub("", written, count=1)


def _place(post: Node) -> str:
    """The place in the thread. Replies are numbered from 1, so the first reply is the second post."""
    if place := inner_text(post.css_first(".message_number")):
        return place
    node = post.css_first(".page_number") or post.css_first('.keyinfo .smalltext, [id^="subject_"] + .smalltext')
    counted = _REPLY.search(inner_text(node).partition(":")[0])
    return str((number(counted[1]) or 0) + 1) if counted else ""


_POST = Recipe(
    post=(),
    body=(),
    author=(
        '.poster h4 a[href*="action=profile"]',
        ".poster h4",
        '.poster a[href*="profile"]',
        "td[rowspan] > b",
        '[class*="poster"] b, [class*="poster"] .name',
        'a[href*="action=profile"][title]',
    ),
    author_url=(
        '.poster a[href*="action=profile"]@href',
        ".poster h4 a[href]@href",
        'td[rowspan] > b a[href*="profile"]@href',
        'a[href*="action=profile"]@href',
    ),
    date=(_date,),
    link=('[id^="subject_"] a[href]@href', 'a[href*=".msg"][href*="#msg"]@href'),
    number=(_place,),
    quoting=(
        Quoting("blockquote", ("cite",), "cite", ".quoteheader"),
        Quoting("div.quote", (), "", ".quoteheader"),
    ),
    drop=".codeheader, .quotefooter, .attachments, .signature, .approve_post, .noticebox, script",
)


_PRINTED = "#posts > .postheader + .postbody"
_WIRELESS = 'a[href*=";wap2"], a[href*=";imode"]'
_SPOKEN = "p > b:first-child, p > strong:first-child, td > b:first-child, td > strong:first-child"
_COLON = re.compile(r">\s*:")
_PAGE_OF = re.compile(r"\((\d{1,5})/(\d{1,5})\)")
_OWN = '#quickModForm, a[href*="action=.xml"], a[href*="index.php?topic="], a[href*="index.php/topic,"]'


def recognises(document: Document) -> bool:
    """By what all its pages link to, by the form around its posts, and by the heads of posts in print."""
    return document.first(_OWN) is not None or document.first(_PRINTED) is not None


def read_page(document: Document) -> Reading:
    """The posts of a topic, as it is shown in full, in print, or on a telephone."""
    anchors = _anchors(document)
    if not anchors:
        return _printed(document) or _wireless(document) or Reading()
    thread = _thread(document)
    posts = [_post(anchor, block, thread.url) for anchor, block in _blocks(anchors)]
    return Reading(posts=tuple(posts), thread=thread)


def _anchors(document: Document) -> list[tuple[str, Node]]:
    """An element that each post has one of, with the post's id."""
    for css, pattern in _ANCHORS:
        found = [(known[1], node) for node in document.all(css) if (known := pattern.match(node.id or ""))]
        if found:
            return found[:MAX_POSTS]
    return [("", node) for node in document.all("#quickModForm .post")[:MAX_POSTS]]


def _blocks(anchors: list[tuple[str, Node]]) -> list[tuple[tuple[str, Node], Node]]:
    """Each anchor with the largest element that holds it and none of the others."""
    paths = [_ancestors(node) for _, node in anchors]
    held: dict[int, int] = {}
    for path in paths:
        for node in path:
            held[node.mem_id] = held.get(node.mem_id, 0) + 1
    return [
        (anchor, next((node for node in reversed(path) if held[node.mem_id] == 1), anchor[1]))
        for anchor, path in zip(anchors, paths, strict=True)
    ]


def _ancestors(node: Node) -> list[Node]:
    """The element and those around it, from the inside out, up to what holds all posts."""
    path = [node]
    while len(path) < _MAX_LEVELS:
        above = path[-1].parent
        if above is None or above.tag in _AROUND_ALL or above.id == "forumposts":
            break
        path.append(above)
    return path


def _post(anchor: tuple[str, Node], block: Node, thread: str) -> Post:
    known, node = anchor
    for code in block.css("code"):
        code.insert_after("\n")  # a block, although not by its name
    bodies = (f"#msg_{known}", _BODIES) if known and node.id == f"msg_{known}" else (_BODIES,)
    post = post_of(block, _POST._replace(body=bodies))
    return post if post.link or not known else post._replace(link=_permalink(thread, known))


def _permalink(thread: str, message: str) -> str:
    """The address of a message, as the program itself writes it."""
    address, _, _ = thread.partition("#")
    topic = permalinks.of(address).thread.rpartition(" ")[2]
    return f"{address.partition('?')[0]}?topic={topic}.msg{message}#msg{message}" if topic else f"#msg{message}"


def _thread(document: Document) -> Thread:
    heading = document.first("#top_subject")
    if heading is None:
        heading = document.first("#forumposts h3, #display_head h2")
    title = inner_text(heading) if heading is not None and heading.tag == "span" else ""
    read = _TIMES_READ.search(inner_text(heading.parent if title and heading is not None else heading))
    only = 1 if document.first(_OTHER_PAGES) is None and document.first(_PAGE_INDEX) is not None else None
    return Thread(
        url=document.address(),
        title=title or inner_text(document.first("title")) or text.line(document.meta("og:title")),
        views=number(read[1]) if read else None,
        page=only,
        pages=only,
        locked=document.first('#display_head .lock, img[src*="/topic/"][src*="_locked"]') is not None,
    )


def _printed(document: Document) -> Reading | None:
    """A topic to print: the head of each post names its subject, its author and its date; all are on one page."""
    posts, title = [], ""
    for head in document.all("#posts > .postheader")[:MAX_POSTS]:
        named = [inner_text(node) for node in head.css("strong, b")]
        body = head.next
        while body is not None and not body.is_element_node:
            body = body.next
        if body is not None and len(named) > 2:
            markup, quoted = own_words(body, _POST.quoting, _POST.drop)
            posts.append(Post(body=markup, author=named[-2], date=named[-1], quotes=quoted))
            title = title or " ".join(named[:-2])
    thread = Thread(url=document.address(), title=title, page=1, pages=1)
    return Reading(posts=tuple(posts), thread=thread) if posts else None


def _wireless(document: Document) -> Reading | None:
    """A topic as a telephone is shown it: names and texts, without dates, links and scripts."""
    if document.first(_WIRELESS) is None or document.first("script") is not None:
        return None
    posts = []
    for named in document.all(_SPOKEN)[:MAX_POSTS]:
        around, after = named.parent, named.next
        if around is None or after is None or not (after.text_content or "").lstrip().startswith(":"):
            continue
        author = inner_text(named)
        named.decompose()
        posts.append(Post(body=_COLON.sub(">", around.html or "", count=1), author=author))
    told = next((found for node in document.all("p, td")[:9] if (found := _PAGE_OF.search(node.text()))), None)
    page, pages = (int(told[1]), int(told[2])) if told else (None, None)
    title = inner_text(document.first("title"))
    thread = Thread(url=document.address(), title=title, page=page, pages=pages)
    return Reading(posts=tuple(posts), thread=thread) if posts else None


part = Engine(
    marks=("smf_scripturl", "smf_theme_url", "simplemachines.org", "Powered by SMF"),
    recognises=recognises,
    read=read_page,
)
