"""The comments below an article, nested ones too, whatever the theme makes of them.

A theme writes its own comments, but the program gives each its classes (`comment_class`: `depth-2`), runs the text
through `wpautop` (so it is paragraphs), and links to `#comment-12`, which must be the id of something.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.parse._document import attribute, every, inner_text
from webwatch.parse.forum.post import Post
from webwatch.parse.forum.recipe import MAX_POSTS, Quoting, find, own_words, take

if TYPE_CHECKING:
    from webwatch.parse._document import Document, Node

_ID = re.compile(r"(?:li-|div-|dl-|the-)?comment-(\d{1,12})$")
_UNNUMBERED = 'li[class*="depth-"], .comment-list > li, .commentlist > li, .wp-block-comment-template > li'
_PINGS = frozenset({"pingback", "trackback"})

_NOISE = ".says, .wpd-user-nicename, .wpd-reply-to, .comment-awaiting-moderation, script, style, noscript"
_REPLY_LINK = "a.comment-reply-link"
_MEMBER = 'a[href*="/members/"], a[href*="/profile"], a[href*="/user/"]'
_NO_LIST_ITEM = ':not([class*="comment-author-"]):not(.bypostauthor)'  # the program names users in a comment's classes
_AUTHORS = (
    ".comment-author .fn",
    ".wp-block-comment-author-name",
    ".fn",
    '[itemprop="author"] [itemprop="name"]',
    ".woocommerce-review__author",
    ".comment-author cite",
    f'[class*="author-name"]{_NO_LIST_ITEM}, [class*="author_name"]',
    f'.comment_author, .commentauthor, .comment-author a.url, [class*="author-link"]{_NO_LIST_ITEM}',
    "cite strong, cite b, .comment-author strong, .comment-author b",
    "cite",
    ".comment-author, .comment-head .name",
    ".author, .name",
    "a.url",
    f'[class*="author"]{_NO_LIST_ITEM}',
    _MEMBER,
)
_LABEL = re.compile(
    r"\s+(?:post )?(?:author|auteur|autor(?:in)?)$|\s+(?:says?|said|zegt|sagte?|(?:a )?dit|dijo)\s*:?$", re.IGNORECASE
)
_BYLINE = re.compile(r"(?:\S+ )?(?:by|von|door|par)\s+(\S.*?)\s+[—–-]\s.*\d", re.IGNORECASE)
_A_PING = re.compile(r"(?:Ping|Track)back\b")
_OUT = 'a[href]:not([href*="#comment-"]):not([href*="#respond"]):not([href*="gravatar.com/"])'
_AUTHOR_URLS = (
    ".fn a[href]@href",
    "a.url[href]@href",
    ".wp-block-comment-author-name a[href]@href",
    '[itemprop="author"] a[href]@href',
    f".comment-author {_OUT}@href",
    f'cite {_OUT}, [class*="author-name"]{_NO_LIST_ITEM} {_OUT}@href',
    f'.author {_OUT}, [class*="author"]{_NO_LIST_ITEM} {_OUT}@href',
)
_DATES = (
    ".wpd-comment-date[title]@title",
    '.comment-date, .comment-time, .comment_time, .comment_date, [class*="comment-date"], [class*="comment__date"]',
    "abbr.published@title",
    ".commentmetadata, .comment-metadata, .comment-meta",
    '.date, .time, [class*="-date"]',
)
_BODIES = (
    ".comment-text .description",
    '[itemprop="text"], [itemprop="commentText"]',
    ".comment-text, .commenttext, .comment_text, .comment-text-wrapper, .comment__text, .commentText",
    ".wp-block-comment-content",
    '.comment-content, .comment__content, .comment_content, .commententry, [class*="comment-content"]',
    '.entry-content, .format_text, [class*="comment-text"], [class*="comment__content"], [class*="comment__text"]',
)
_META = (
    ".comment-author, .comment-head, .comment-header, .comment-meta, .comment-metadata, .commentmetadata, .vcard, .fn,"
    " .comment-meta-data, .avatar, .comment-date, .comment-time, .comment-permalink, .comment-number, .reply,"
    " .comment-reply, .comment-reply-link, .comment-edit-link, .comment-actions, .comment-util, .comment-likes,"
    " [class*='report-link'], .sharedaddy, .pd-rating, .star-rating, p.meta, .wp-block-comment-reply-link,"
    " .wp-block-comment-edit-link, form, script, style, noscript"
)
_TEXT_BLOCKS = frozenset(
    ["p", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure", "hr", "dl"]
)
_INLINE = frozenset(["p", "cite", "small", "span", "em", "strong", "b", "i"])
_MAX_HEADER = 300
_MAX_MEMBERS = 5
_DAY_ALONE = 10
_DATED = '[class*="comment-author"] time, .comment-author a[href*="#"]:not(.comment-reply-link)'
_WIDGETS = '.widget [id*="comment-"], .sidebar [id*="comment-"], #sidebar [id*="comment-"]'
_ANSWER = re.compile(r"(?:auf (.+) antworten|\S+ \S+ (.+))$", re.IGNORECASE)
_A_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|uhr|uur)?", re.IGNORECASE)
A_DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}(?:\. ?\d{1,2}[.,] ?|/\d{1,2}/|-\d{1,2}-)\d{4}"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th|er|e)?\.? [^\W\d_]{3,10}\.?,? \d{4}"
)
_A_DATE = re.compile(r"(?:\b|\D)(?:19|20)\d\d\b.{0,20}$|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")


def read(document: Document) -> tuple[Post, ...]:
    """The comments in the order of the page; they are gone from it after, so that an outer one has no inner text."""
    address = document.address().partition("#")[0]
    return tuple([_post(number, node, address) for number, node in reversed(_found(document))][::-1])


def _found(document: Document) -> list[tuple[str, Node]]:
    """Each comment's number with the outermost element that has it as its id; pings of other sites are none."""
    aside = {node.mem_id for node in document.all(_WIDGETS)}
    found: dict[str, Node] = {}
    for node in document.all('[id*="comment-"]'):
        known = _ID.match(node.id or "")
        if known and known[1] not in found and node.mem_id not in aside:
            around = node.parent if node.tag == "a" and node.parent is not None else node
            found[known[1]] = around
    numbered = list(found.items()) or [("", node) for node in document.all(_UNNUMBERED)]
    return [(number, node) for number, node in numbered[:MAX_POSTS] if not _is_ping(node)]


def _is_ping(node: Node) -> bool:
    around = [node] if node.parent is None else [node, node.parent]
    named = any(not _PINGS.isdisjoint(attribute(each, "class").split()) for each in around if each.tag != "body")
    return named or _A_PING.match(inner_text(node.css_first("cite"))) is not None


def _post(number: str, node: Node, address: str) -> Post:
    """One comment; its element is removed from the tree."""
    for noise in reversed(every(node, _NOISE)):
        if noise.mem_id != node.mem_id:
            noise.decompose()
    link = _link(number, node)
    href = attribute(link, "href")
    if href.startswith("#") or not link:
        href = f"{address}#comment-{number}" if number else href
    date = _date(node, link)
    line = _line_around(node, link)
    for dated in reversed(every(node, _DATED)):
        dated.decompose()
    author = _author(node)
    post = Post(body="", author=author, author_url=_author_url(node, author), date=date, link=href)
    _drop_byline(node, line, author)
    _drop_name_and_date(node, author)
    definition = _definition(node)
    body = _body(definition or node)
    _, quoted = own_words(body, (Quoting(),), _META)
    post = post._replace(body=body.inner_html or "", quotes=quoted)
    node.decompose()
    return post


def _definition(node: Node) -> Node | None:
    """Where a comment's header is a `<dt>`: the `<dd>` after it."""
    after = node.next if node.tag == "dt" else None
    while after is not None and after.tag != "dd":
        after = after.next
    return after


def _link(number: str, node: Node) -> Node | None:
    """The link to the comment itself, not the one that answers it."""
    anchor = f"#comment-{number}" if number else "#comment-"
    return node.css_first(f'a[href*="{anchor}"]:not(.comment-reply-link):not(.comment-edit-link)')


def _author(node: Node) -> str:
    """The name above a comment; where the theme has no element for it alone, the one that its reply link tells."""
    told = _told(node)
    name = take(node, _AUTHORS)
    if told and (not name or name.startswith(told)):
        return told
    byline = _BYLINE.match(name)
    return _LABEL.sub("", byline[1] if byline else name).rstrip(": \t,·•|–-")


def _told(node: Node) -> str:
    """Whom the reply link says that one answers: "Reply to Jan", "Auf Jan antworten"."""
    link = node.css_first(_REPLY_LINK)
    found = _ANSWER.match(attribute(link, "aria-label") or attribute(link, "data-replyto"))
    return (found[1] or found[2]) if found else ""


def _author_url(node: Node, author: str) -> str:
    named = (attribute(link, "href") for link in node.css(_MEMBER)[:_MAX_MEMBERS] if inner_text(link) == author)
    return take(node, _AUTHOR_URLS) or next(named, "")


def _line_around(node: Node, link: Node | None) -> Node | None:
    """The paragraph or citation of a comment that its permalink stands in."""
    line = link
    while line is not None and line.parent is not None and line.parent.tag in _INLINE:
        if line.parent.mem_id == node.mem_id:
            break
        line = line.parent
    return line if line is not None and line.tag in {"p", "cite"} else None


def _drop_byline(node: Node, line: Node | None, author: str) -> None:
    """Takes out what says who wrote it and when, where that stands among the paragraphs of the text."""
    said = inner_text(line)
    apart = line is not None and (line.tag == "cite" or len(node.css("p")) > 1)
    if line is not None and apart and author in said and len(said) < _MAX_HEADER // 2:
        line.decompose()
    for heading in reversed(node.css("h2, h3, h4, h5, h6, cite")[:_MAX_MEMBERS]):
        if author and _LABEL.sub("", inner_text(heading)).rstrip(" :") == author:
            heading.decompose()


def _drop_name_and_date(node: Node, author: str) -> None:
    """Takes out the element around the date that says that and the name, and nothing else."""
    stamp = node.css_first("time")
    around = stamp.parent if stamp is not None else None
    if stamp is None or around is None or around.mem_id == node.mem_id or not author:
        return
    said = inner_text(around)
    left = said.replace(author, "", 1).replace(inner_text(stamp), "", 1)
    if author in said and not any(map(str.isalnum, left)):
        around.decompose()


def _date(node: Node, link: Node | None) -> str:
    """The machine-readable date, unless it is a day alone; else what the permalink says, else what looks like one."""
    stamp = node.css_first("time[datetime]")
    machine = attribute(stamp, "datetime")
    if len(machine) > _DAY_ALONE and machine[:4].isdigit():
        return machine
    for place in (link, stamp):
        written = inner_text(place)
        if place is not None and _A_TIME.fullmatch(written):
            written = _with_day(node, place, written)
        if any(character.isdigit() for character in written) and not written.lstrip("#").isdecimal():
            return written
    return take(node, _DATES) or _loose_date(node) or machine


def _with_day(node: Node, place: Node, time: str) -> str:
    """The day that stands before a time, for themes that link the time alone."""
    around = place
    for _ in range(2):
        if around.parent is None or around.mem_id == node.mem_id:
            break
        around = around.parent
        if found := A_DAY.search(inner_text(around)[:_MAX_HEADER]):
            return f"{_together(found[0])} {time}"
    return ""


def _loose_date(node: Node) -> str:
    """The first short text of its own that ends in a year, with the time beside it."""
    for each in node.traverse(include_text=True):
        if each.is_text_node and len(written := text.line(each.text())) < _MAX_HEADER and _A_DATE.search(written):
            line = inner_text(each.parent and each.parent.parent)
            whole = line if line.startswith(written) and len(line) < _MAX_HEADER // 6 else written
            return _together(whole) if len(whole) < _MAX_HEADER // 6 else ""
    return ""


def _together(day: str) -> str:
    """A day of figures without the blanks that some themes put between them: "18. 05. 2014", "17.07, 2011"."""
    return re.sub(r"(?<=\d)[.,]\s*(?=\d)", ".", day) if not any(map(str.isalpha, day)) else day


def _body(node: Node) -> Node:
    """The element of a comment that holds its text; where none is marked, the one around its paragraphs alone."""
    marked = find(node, _BODIES)
    if marked is not None:
        return marked
    for meta in reversed(every(node, _META)):
        if meta.mem_id != node.mem_id and not _holds_text(meta, node):
            meta.decompose()
    paragraph = node.css_first("p")
    if paragraph is not None and paragraph.mem_id == node.mem_id:
        return node
    around = paragraph.parent if paragraph is not None else node.css_first(".comment-body")
    if around is None:
        return node
    if paragraph is not None:
        for child in [*around.iter(include_text=True)]:
            if child.tag not in _TEXT_BLOCKS and not (child.is_element_node and child.css_first("p") is not None):
                child.decompose()
    return around


def _holds_text(meta: Node, node: Node) -> bool:
    """Whether a theme has the text within what is named after its author."""
    return meta.css_first("p") is not None and 2 * len(meta.text()) > len(node.text())
