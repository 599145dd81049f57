"""The texts of blocks that look alike: in each the element of the kind that holds most of what all of them say."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.model import Quote
from webwatch.parse.forum import naming, quotes, recipe
from webwatch.parse.forum.outline import QUOTE, TEXT, Outline, parts
from webwatch.parse.forum.recipe import Quoting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from webwatch.parse.forum.blocks import Block
    from webwatch.parse.forum.parts import Name

_CAPTION = (
    "cite, .quote-author, .quoteauthor, .quote_author, .citeauthor, .quoteheader, .quotetitle,"
    " .quote_poster, .attribution"
)
QUOTING = (
    Quoting(
        "blockquote, .quote, .bbcode_quote, .quote_container, .quotecontent, .citation, .quotemain,"
        " .bbc_standard_quote",
        (_CAPTION,),
        _CAPTION,
        f"h3, h4, h5, h6, dt, {_CAPTION}",
    ),
)
DROP = (
    "script, style, noscript, template, form, select, button, textarea, iframe, nav, .signature, .sig,"
    " .signaturecontainer, .post-signature, .edited, .editedby, .lastedit, .last-edit, .post-edited, .attachments,"
    " .attachment-list, [class*='_controls'], .codebox > dt, .codebox > p:first-child, .buttons, .post-buttons,"
    " .pager, .forum-topic-navigation, .comment-reply-link, .reply,"
    " .actions, .reactions, .share, .social, .votes, .report, .sharedaddy"
)
_LEAST = 8
_MAX_SIGNATURE = 600
_CAPTION_LINE = re.compile(
    r"(?P<name>[^\n]{2,50}?)\s+(?:said|wrote|posted|schreef|zei|schrieb|sagte|hat geschrieben|meinte"
    r"|a écrit|a dit|kirjoitti)"
    r"(?:\s[^\n:]{0,30})?\s?:(?:\s|$)",
    re.IGNORECASE,
)


def rows_of(outline: Outline, found: Sequence[Block], names: Sequence[Name]) -> list[tuple[int, ...]]:
    """The rows that hold each block's text: one element of the kind that holds most of it, else what there is."""
    kinds: Counter[tuple[str, ...]] = Counter()
    standing: Counter[tuple[str, ...]] = Counter()
    limbs: list[dict[tuple[str, ...], int]] = []
    for block, name in zip(found, names, strict=True):
        mine: dict[tuple[str, ...], int] = {}
        sums: Counter[tuple[str, ...]] = Counter()
        for row in _limbs(outline, block, name):
            kind = (outline.tags[row], *outline.words(row)[:1])
            weight = _weight(outline, row)
            if weight < 0:
                continue
            sums[kind] += int(weight)
            if kind not in mine or weight > _weight(outline, mine[kind]):
                mine[kind] = row
        for kind in mine:
            kinds[kind] += min(1_500, sums[kind])
            standing[kind] += 1
        limbs.append(mine)
    common = [kind for kind, _ in kinds.most_common(6) if standing[kind] >= 0.6 * len(found)]
    return [
        _body(outline, block, name, mine, common[0] if common else ())
        for block, name, mine in zip(found, names, limbs, strict=True)
    ]


def _limbs(outline: Outline, block: Block, name: Name) -> Iterator[int]:
    """The elements and texts that branch off from the way down to the date, to the author and to blocks within."""
    spine = {block.start, *(start for start, _ in block.holes)}
    aims = [start for start, _ in block.holes] + ([block.stamp.row] if block.stamp else [])
    aims += [row for row in block.rows() if outline.tags[row] == "time" and not outline.flags[row] & QUOTE]
    for aim in [*aims, name.row] if name.row >= 0 else aims:
        for row in outline.above(aim):
            if row < block.start or row in spine:
                break
            spine.add(row)
    skip = {*aims, name.row}
    row = block.start
    while row < block.end:
        if row in spine and row not in skip:
            row += 1
        else:
            if row not in skip:
                yield row
            row = outline.ends[row]


def _weight(outline: Outline, row: int) -> float:
    """How much an element counts as the text of its block: its length, more where it is called so."""
    length = outline.length(row, outline.ends[row]) - 0.7 * outline.linked(row, outline.ends[row])
    words: set[str] = {outline.get(row, "itemprop").lower()}
    for word in outline.words(row):
        words |= parts(word)
    if not words.isdisjoint(naming.NO_TEXT) and words.isdisjoint({"content", "body", "text", "message"}):
        return -1.0
    return length * (1.6 if not words.isdisjoint(naming.TEXT) else 1.0)


def _body(
    outline: Outline, block: Block, name: Name, limbs: dict[tuple[str, ...], int], common: tuple[str, ...]
) -> tuple[int, ...]:
    """The rows of one block's text."""
    if not limbs:
        return ()
    row = limbs.get(common, -1)
    if row < 0:
        row = max(limbs.values(), key=lambda limb: _weight(outline, limb))
    parent = outline.parents[row]
    stop = next((start for start, _ in block.holes if start > row), block.end)
    alone = outline.tags[row] not in {TEXT, "p", "br", "ul", "ol", "b", "i", "a", "span", "em", "pre", "blockquote"}
    if alone or parent < 0:
        return (_inner(outline, row),)
    marks = [name.row, block.stamp.row if block.stamp else -1]
    rows: list[int] = []
    for sibling in outline.children(parent):
        if any(sibling <= mark < outline.ends[sibling] for mark in marks):
            rows = [] if sibling < row else rows
        elif sibling == row or (block.start <= sibling < stop and _is_text(outline, sibling)):
            rows.append(sibling)
    return tuple(rows)


def _inner(outline: Outline, row: int) -> int:
    """The element within, as long as one holds nearly all of the text."""
    for _ in range(10):
        whole = outline.length(row, outline.ends[row])
        inside = next(
            (
                child
                for child in outline.children(row)
                if outline.tags[child]
                in {"div", "td", "tr", "tbody", "table", "section", "article", "span", "blockquote"}
                and outline.length(child, outline.ends[child]) > 0.9 * whole
                and not outline.flags[child] & QUOTE
            ),
            -1,
        )
        if inside < 0:
            return row
        row = inside
    return row


def _is_text(outline: Outline, row: int) -> bool:
    length = outline.length(row, outline.ends[row])
    if length < _LEAST and length == outline.linked(row, outline.ends[row]):  # the "#" that links to the post
        return False
    return outline.tags[row] == TEXT or _weight(outline, row) > 0 or bool(outline.flags[row] & QUOTE)


def shows_something(outline: Outline, rows: Sequence[int]) -> bool:
    """Whether there is a picture or a film, which says enough without words."""
    return any(mark in (outline.nodes[row].html or "") for row in rows for mark in ("<img", "<iframe", "<video"))


def own_words(outline: Outline, rows: Sequence[int]) -> tuple[str, tuple[Quote, ...]]:
    """The markup of these rows without the quotes in it, and the quotes. The page's tree stays as it is."""
    markup, quoted = recipe.own_words_in(" ".join(_markup(outline, row) for row in rows), QUOTING, DROP, bounded=True)
    if "________" in markup:
        markup = _without_signature(markup)
    return _without_marked(markup, tuple(map(_named, quoted)))


def _without_signature(markup: str) -> str:
    """The same up to the line of underscores that old programs draw above a signature."""
    own, _, after = text.from_html(markup).rpartition("\n________")
    return escape(own.rstrip("_ \n"), quote=False) if own and len(after) < _MAX_SIGNATURE else markup


def _without_marked(markup: str, quoted: tuple[Quote, ...]) -> tuple[str, tuple[Quote, ...]]:
    """The same without lines that begin with `>`, which are quotes too; not in code, where that is a prompt."""
    if ("&gt;" not in markup and ">>" not in markup) or "<pre" in markup or "<code" in markup:
        return markup, quoted
    plain = text.from_html(markup)
    if not plain.startswith(">") and "\n>" not in plain:
        return markup, quoted
    own, marked = quotes.marked(plain)
    return escape(own, quote=False), (*quoted, *marked)


def _markup(outline: Outline, row: int) -> str:
    """A row as markup; of a post that is marked as a quotation what is in it."""
    if outline.tags[row] == TEXT:
        return escape(outline.texts[row], quote=False)
    node = outline.nodes[row]
    is_post = outline.tags[row] == "blockquote" and not outline.flags[row] & QUOTE
    return (node.inner_html if is_post else node.html) or ""


def _named(quote: Quote) -> Quote:
    """The quote with the author that its first line names."""
    if quote.author:
        return quote._replace(author=quote.author.removesuffix(" posted"))
    found = _CAPTION_LINE.match(quote.text)
    return Quote(found["name"].strip(), quote.text[found.end() :].strip()) if found else quote
