"""phpBB 2 (subSilver) and phpBB 3 in subsilver2, and skins made after them: tables, with an anchor for each post.

In phpBB 2 the anchor is the bare id (`<a name="123">`), the text is the cell around the first `span.postbody`, and a
quote is a table with `td.quote`; in subsilver2 the anchor is `p123`, the text `div.postbody`, a quote `.quotecontent`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch.parse._document import attribute
from webwatch.parse.forum.engines.phpbb import written
from webwatch.parse.forum.post import Post
from webwatch.parse.forum.recipe import Quoting, apart, own_words, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.parse._document import Document, Node

_ANCHORS = "a[name], a[id], td[id], tr[id]"
_TEXT = ".postbody"
_NAME = (".postauthor", ".name b", ".name", ".username", ".username-coloured", "b")
_NAMED = ".postauthor, .name, .username, .username-coloured"
_NOT_SAID = (
    ".gensmall, .postdetails, .attachtitle, .attachcontent, .attachtable, .codetitle, "
    "tr:has(+ tr > td.code) .genmed, script, noscript"
)
_QUOTING = (
    Quoting("table:has(td.quote)", (".genmed", "td:not(.quote)"), ".genmed"),
    Quoting(".quotecontent", (), "", ".quotetitle"),
)
_SIGNATURE = re.compile(r"(?<!_)_{12,40}\s*<br>")
_CLOCK = re.compile(r"\d[:.h]\d\d")
_TEXT_ALONE, _WHOLE = 1, 2
_HIGHEST = 12
_MOST_ANCHORS = 10_000
_ROWS = 3


def posts(document: Document) -> list[Post]:
    """The posts of a topic."""
    names: dict[int, str] = {}
    blocks: list[Node] = []
    kinds: dict[int, int] = {}
    for anchor in document.all(_ANCHORS)[:_MOST_ANCHORS]:
        named = attribute(anchor, "name") or attribute(anchor, "id")
        block = _block(anchor, kinds) if written.POST_ID.fullmatch(named) else None
        if block is not None and block.mem_id not in names:
            names[block.mem_id] = named
            blocks.append(block)
    return [_post(block, names[block.mem_id]) for block in apart(blocks)]


def _block(anchor: Node, kinds: dict[int, int]) -> Node | None:
    """What is around an anchor and has both a text and an author: a row, or a table."""
    node = anchor.parent
    row = None
    for _ in range(_HIGHEST):
        if node is None or node.tag in {"body", "html"}:
            break
        if node.mem_id not in kinds:
            kinds[node.mem_id] = _kind(node)
        if kinds[node.mem_id] == _WHOLE:
            return node
        row = row or (node if kinds[node.mem_id] == _TEXT_ALONE else None)
        node = node.parent
    return row


def _kind(node: Node) -> int:
    if node.tag == "td" or node.css_first(_TEXT) is None:
        return 0
    return _TEXT_ALONE if node.css_first(_NAMED) is None else _WHOLE


def _post(block: Node, named: str) -> Post:
    link = _link(block, named)
    said = block.css_first(_TEXT)
    body = said.parent if said is not None and said.tag == "span" and said.parent is not None else said
    author = take(block, _NAME)
    facts = Post(
        body="",
        author=author,
        author_url=written.profile(_profile_links(block, body), author),
        date=_date(block, link),
        link=attribute(link, "href") if link is not None else f"#{named}",
    )
    if body is None:
        return facts
    markup, quoted = own_words(body, _QUOTING, _NOT_SAID)
    return facts._replace(body=_unsigned(markup), quotes=quoted)


def _link(block: Node, named: str) -> Node | None:
    """The link of a post to itself; where anchors count the posts of a page, it alone names the post."""
    own = block.css_first(f'a[href$="#{named}"]:not([href^="#"])')
    if own is not None or named[:1] == "p":
        return own
    return next((node for node in block.css('a[href*="#"]') if written.names_itself(attribute(node, "href"))), None)


def _date(block: Node, link: Node | None) -> str:
    """The date beside the link, else the first line of details with a time of the day."""
    beside = link.parent if link is not None else None
    lines = [beside, *beside.css(".postdetails, .gensmall, .postdate")] if beside is not None else []
    lines += block.css(".postdetails, .postdate, td.gensmall, .gensmall div")
    dates = (written.date(line) for line in lines)
    return next((date for date in dates if _CLOCK.search(date)), "")


def _profile_links(block: Node, body: Node | None) -> Iterator[Node]:
    """The links of a post that its text does not hold: behind the name, in its last row, or in the row below."""
    said = {node.mem_id for node in body.css("a[href]")} if body is not None else set()
    yield from (node for node in block.css("a[href]") if node.mem_id not in said)
    for row in _below(block):
        yield from row.css("a[href]")


def _below(block: Node) -> Iterator[Node]:
    """The rows below one that belong to the same post."""
    node = block.next
    for _ in range(_ROWS * 2):
        if node is None or block.tag != "tr":
            return
        if node.is_element_node:
            if node.css_first(_TEXT) is not None:
                return
            yield node
        node = node.next


def _unsigned(markup: str) -> str:
    """A text without the signature, which phpBB 2 puts below a line of underscores."""
    lines = [*_SIGNATURE.finditer(markup)]
    return markup[: lines[-1].start()] if lines else markup
