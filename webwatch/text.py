"""Foreign text made plain, comparable and short; every function is pure, total and linear in its input.

    clean, line        what may be stored and shown: no control, format, private or unassigned characters
    from_html          the plain text of a feed's HTML
    replaced           characters for others, quickly
    fold, fold_map     what compares equal, and where it stood in the original
    shorten, excerpt   a piece of a text, cut at word ends

The hot path is plain ASCII, in few passes at the speed of C; other characters go through tables that fill themselves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ELLIPSIS = "…"

# --------------------------------------------------------------------------------------------------- replacement

_PLAIN = bytes(range(32, 127)) + b"\n"
_FEW = 40


def replaced(text: str, table: Mapping[int, str]) -> str:
    """`text.translate(table)`, for a table that keeps printable ASCII and whatever it puts in another's place.

    A look-up for each character costs thirty times as much as a replacement for each *different* one that changes;
    and in a text that is mostly ASCII those are few.
    """
    changing = [character for character in set(_uncommon(text)) if table[ord(character)] != character]
    if len(changing) > _FEW:
        return text.translate(table)
    for character in changing:
        text = text.replace(character, table[ord(character)])
    return text


def _uncommon(text: str) -> str:
    """All of `text` but printable ASCII and line feeds: deleting those as bytes is the fastest way to the others."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


# ------------------------------------------------------------------------------------------------------ cleaning

_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")


class _Cleaned(dict[int, str]):
    """Code point → what is kept of it."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _LINE_BREAKS:
            kept = "\n"
        elif character == "\t" or unicodedata.category(character) == "Zs":
            kept = " "
        else:
            kept = character if character.isprintable() else ""
        self[code] = kept
        return kept


_CLEANED = _Cleaned()


def clean(text: str) -> str:
    """`text` without characters that cannot be seen, spaces in a row, or more than one blank line in a row."""
    if "\n" in text or not text.isprintable():
        text = _visible(text)
    while "  " in text:
        text = text.replace("  ", " ")
    return _stripped_rows(text) if "\n" in text else text.strip()


def _visible(text: str) -> str:
    return text if _uncommon(text).isprintable() else replaced(text.replace("\r\n", "\n"), _CLEANED)


def _stripped_rows(text: str) -> str:
    rows: list[str] = []
    before = ""
    for row in map(str.strip, text.split("\n")):
        if row or before:
            rows.append(row)
        before = row
    return "\n".join(rows).rstrip()


def line(text: str) -> str:
    """`clean`, on one line: for titles and names."""
    text = clean(text)
    return " ".join(text.split()) if "\n" in text else text


# ---------------------------------------------------------------------------------------------------------- HTML

_EDGE = "\v"  # where a block begins or ends: a line break, but never two
_EDGES = re.compile(r"\v[ \v]*+")
_ITEM, _ITEM_END = "\f", "\x1c"  # around an item of a list: its mark stands right before its first word
_EMPTY_ITEMS = re.compile(r"\n\f[ \n]*+\x1c")
_ITEMS = re.compile(r"\f[ \n\f]*+")
_PARAGRAPHS = ("p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "table", "pre")
_BLOCKS = (
    *("div", "tr", "dl", "dt", "dd", "section", "article", "header", "footer", "figure", "figcaption", "form"),
    *("address", "aside", "main", "nav", "fieldset", "details", "summary", "title", "option"),
)
_INLINE = ("a", "b", "i", "em", "span", "img", "strong")


class _Breaks(dict[str, str]):
    """Name of a tag → what stands in its place."""

    def __missing__(self, name: str | None) -> str:
        return self.get(name.lower(), "") if name else ""


_BREAKS = _Breaks()
for _names, _break in (
    *((_PARAGRAPHS, "\n\n"), (_BLOCKS, _EDGE), (("br",), "\n"), (("td", "th"), " ")),
    (_INLINE, ""),  # listed for speed alone
):
    _BREAKS.update({slash + name: _break for name in _names for slash in ("", "/")})
_BREAKS.update({"li": f"\n{_ITEM}", "/li": _ITEM_END})
_SILENT = ("script", "style", "template", "noscript")


@cache
def _markup() -> re.Pattern[str]:
    """What is not text. Group 1: a tag's name, with its slash; none where what stands inside is no text either.

    It follows the HTML tokenizer where that matters: a quote opens only after `=`, what is never closed runs to the
    end, `<` before anything but a name is text. Each branch keeps all that it has scanned, so the whole is linear.
    """
    attributes = r"""(?![^\s/>])(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+"""
    silent = "|".join(
        rf"[{name[0]}{name[0].upper()}](?i:{name[1:]}) {attributes} (?<!/)> .*? (?:</(?i:{name})\s*+>|\Z)"
        for name in _SILENT
    )
    return re.compile(
        rf"""<(?: {silent}
          | (/?+[a-zA-Z][a-zA-Z0-9:-]*+)(?<!:) (?:> | {attributes} >?+)
          | !-- (?:-?+>|.*?(?:--!?+>|\Z))
          | !\[CDATA\[ .*? (?:\]\]>|\Z)
          | [!?][a-zA-Z] [^>]*+ >?+
        )""",
        re.VERBOSE | re.DOTALL,
    )


def from_html(markup: str) -> str:
    """The plain, clean text of a piece of HTML: blocks become lines, items "- " lines, references are decoded once.

    In a text without any tag its own line breaks count; between tags they are mere white space.
    """
    if "<" in markup:
        pieces = _markup().split(markup.replace("\n", " ").replace(_ITEM, " "))
        if len(pieces) > 1:
            pieces[1::2] = map(_BREAKS.__getitem__, pieces[1::2])
            markup = "".join(pieces)
            if _EDGE in markup:
                markup = _EDGES.sub("\n", markup)
            if _ITEM in markup:
                markup = _ITEMS.sub("- ", _EMPTY_ITEMS.sub("", markup)).replace(_ITEM_END, "")
    return clean(_dereferenced(markup) if "&" in markup else markup)


_REFERENCE = re.compile(r"(&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?))")
_LONGEST_KEPT = 12
_MOST_KEPT = 3_000


class _References(dict[str, str]):
    """What `html.unescape` makes of a reference; but a no-break space, the commonest, is clean at once."""

    def __missing__(self, reference: str) -> str:
        from html import unescape  # here, for its table of 2,231 names

        try:
            decoded = unescape(reference).replace("\N{NO-BREAK SPACE}", " ")
        except ValueError:  # Python refuses to read an integer of thousands of digits
            decoded = "\N{REPLACEMENT CHARACTER}"
        if len(reference) <= _LONGEST_KEPT and len(self) < _MOST_KEPT:
            self[reference] = decoded
        return decoded


_REFERENCES = _References()


def _dereferenced(text: str) -> str:
    pieces = _REFERENCE.split(text)
    pieces[1::2] = map(_REFERENCES.__getitem__, pieces[1::2])
    return "".join(pieces)


# ------------------------------------------------------------------------------------------------------- folding

_NON_ASCII = re.compile(r"[^\x00-\x7f]++(?:[\x00-\x7f]{1,3}[^\x00-\x7f]++)*+")
_DEFANGED = re.compile(r"[\[(](?<=\w.)\.[\])](?=\w)")

# What Unicode does not decompose, and readers take for the same; and two signs that it does, and readers do not.
_LOOKS_LIKE = {
    **dict(zip("łøđðþæœħŧıŋ", ("l", "o", "d", "d", "th", "ae", "oe", "h", "t", "i", "n"), strict=True)),
    **dict.fromkeys("‘’‚‛′ʹʻʼ´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‒–—―−", "-"),
    "™": "™",
    "℠": "℠",
}


def _is_ignored(character: str) -> bool:
    """Accents of Latin, Greek and Cyrillic, variation selectors, zero-width characters, soft hyphens."""
    return (
        "\u0300" <= character <= "\u036f"
        or "\ufe00" <= character <= "\ufe0f"
        or unicodedata.category(character) == "Cf"
    )


def _folded(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character in _LOOKS_LIKE:
        return _LOOKS_LIKE[character]
    if _is_ignored(character):
        return ""
    if character.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", character.casefold())
    return parts if parts == character else "".join(map(_folded, parts))


class _Folded(dict[int, str]):
    """Code point → what it is folded to, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


class _FoldedKeepingCase(dict[int, str]):
    """The same, with capitals left capitals."""

    def __missing__(self, code: int) -> str:
        folded = _FOLDED[code]
        self[code] = folded = folded.upper() if chr(code).isupper() else folded
        return folded


_FOLDED = _Folded()
_FOLDED_KEEPING_CASE = _FoldedKeepingCase()


def fold(text: str, *, keep_case: bool = False) -> str:
    """`text` as it is compared: without case, accents, ligatures and typography; `ł` is `l`, `x[.]nl` is `x.nl`.

    With `keep_case` capitals stay. Marks of other scripts (vowel signs) stay: they are letters there.
    """
    if not text.isascii():
        text = replaced(text, _FOLDED_KEEPING_CASE if keep_case else _FOLDED)
    if not keep_case:
        text = text.lower()
    is_defanged = ("[" in text and "[." in text) or ("(" in text and "(." in text)
    return _DEFANGED.sub(".", text) if is_defanged else text


def fold_map(text: str, *, keep_case: bool = False) -> tuple[str, Sequence[int] | None]:
    """`fold(text)`, and for each of its indices and its end the index in `text`; None where all are the same."""
    folded = fold(text, keep_case=keep_case)
    table = _FOLDED_KEEPING_CASE if keep_case else _FOLDED
    if len(folded) == len(text) and all(len(table[ord(character)]) == 1 for character in set(_uncommon(text))):
        return folded, None
    pieces: list[str] = []
    origins: list[int] = []
    done = 0
    for run in _NON_ASCII.finditer(text):
        pieces.append(text[done : run.start()])
        origins.extend(range(done, run.start()))
        for index, character in enumerate(run[0], run.start()):
            piece = table[ord(character)]
            pieces.append(piece)
            origins.extend([index] * len(piece))
        done = run.end()
    pieces.append(text[done:])
    origins.extend(range(done, len(text) + 1))
    return folded, _without_defanging("".join(pieces), origins)


def _without_defanging(text: str, origins: list[int]) -> list[int]:
    kept: list[int] = []
    done = 0
    for dot in _DEFANGED.finditer(text):
        kept += origins[done : dot.start() + 1]
        done = dot.end()
    return kept + origins[done:]


# ---------------------------------------------------------------------------------------------------- shortening


def shorten(text: str, width: int) -> str:
    """`text` in at most `width` characters, cut at a word's end with `…`."""
    if len(text) <= width:
        return text
    end = max(width - 1, 0)
    cut = text.rfind(" ", end // 2, end + 1)
    return (text[: cut if cut > 0 else end].rstrip(" \n,;:-") + ELLIPSIS)[:width]


def excerpt(text: str, start: int = 0, end: int = 0, width: int = 200) -> str:
    """At most `width` characters of `text` on one line, around `text[start:end]`, with `…` where it is cut."""
    if len(text) <= width:
        return line(text)
    if end - start >= width - 2:
        end = start
    first = max(0, min((start + end - width) // 2, len(text) - width))
    last = first + width
    if first > 0:
        first = _next_word(text, first + 1, start)
    if last < len(text):
        last = _word_end(text, max(end, first), last - 1)
    before, after = ELLIPSIS if first else "", ELLIPSIS if last < len(text) else ""
    return (before + " ".join(text[first:last].split()) + after)[:width]


def _next_word(text: str, index: int, limit: int) -> int:
    """The first index in `index … limit` where a word begins; `index` itself where there is none."""
    for at in range(index, limit + 1):
        if text[at - 1].isspace():
            return at
    return index


def _word_end(text: str, limit: int, index: int) -> int:
    """The last index in `limit … index` where a word ends; `index` itself where there is none."""
    for at in range(index, limit, -1):
        if text[at].isspace():
            return at
    return index
