"""How one term is found in a folded text: whole words in any script, phrases over white space, `*`, domains, @names.

An edge of a term needs a neighbour that is no part of a word. Scripts that write no spaces have no such edges, and a
combining mark belongs to the character before it. All of it is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from webwatch import text

MAX_OCCURRENCES = 1_000
_MAX_ENDING = 64
_LITERAL_LENGTH = 20

# Thai and Lao, Myanmar, Khmer, kana, Han: ranges in order, as in a regular expression.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U00020000-\U000323af"
)
_SPACELESS_EDGES = [
    edge for first, last in zip(SPACELESS[::3], SPACELESS[2::3], strict=True) for edge in (first, chr(ord(last) + 1))
]
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[^\W\d_]{2,})/?", re.IGNORECASE)
_NOTHING = re.compile(r"(?!)")
_HANDLE = re.compile(r"@[\w.-]+")

# A host goes on to the left after a hyphen, and to the right up to the next dot: x.nl is not in a-x.nl or x.nl.com.
_HOST_BEFORE = r"(?<!\w)(?<!\w-)"
_HOST_AFTER = r"(?![\w-]{0,63}\.\w)"


class Finder(NamedTuple):
    """A term made ready: `pattern` for all but the edges; `open_ended` where it ended in `*`."""

    pattern: re.Pattern[str]
    open_ended: bool


def can_match(term: str) -> bool:
    """Whether there is anything in a term to look for: a letter, a digit or a pictogram."""
    return any(character.isalnum() or character >= "\u20a0" for character in text.fold(text.line(term)))


def literal(term: str) -> str:
    """The beginning that every occurrence of the term has, folded, for the prefix tree; "" where nothing can match."""
    if not can_match(term):
        return ""
    return f"{_normalised(term, keep_case=False)} ".partition("* ")[0][:_LITERAL_LENGTH].rstrip()


def is_spaceless(character: str) -> bool:
    """Whether a character, or the first of a text, is of a script that puts no spaces between words."""
    return not character.isascii() and bisect_right(_SPACELESS_EDGES, character[0]) % 2 == 1


def _normalised(term: str, *, keep_case: bool) -> str:
    words = [word for word in text.fold(text.line(term), keep_case=keep_case).split() if word.strip("*")]
    domain = _DOMAIN.fullmatch(words[0]) if len(words) == 1 else None
    return domain[1] if domain else " ".join(words)


@lru_cache(maxsize=4_096)
def finder(term: str, *, keep_case: bool = False) -> Finder:
    """The finder of a term, for texts that were folded with the same `keep_case`."""
    if not can_match(term):
        return Finder(_NOTHING, open_ended=False)
    folded = _normalised(term, keep_case=keep_case)
    words = [_word_pattern(word) for word in folded.removesuffix("*").split()]
    pattern = r"\s++".join(words)
    if len(words) == 1 and _DOMAIN.fullmatch(folded):
        return Finder(re.compile(_HOST_BEFORE + pattern + _HOST_AFTER, re.IGNORECASE), open_ended=False)
    if _HANDLE.fullmatch(folded):
        pattern += r"(?!\.\w)"
    return Finder(re.compile(pattern), folded.endswith("*"))


def _word_pattern(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (rf"\w{{0,{_MAX_ENDING}}}+" if word.endswith("*") else "")


def occurrences(found_by: Finder, folded: str) -> list[tuple[int, int]]:
    """Start and end of each place in `folded` where the term stands by itself; the first thousand of them."""
    places: list[tuple[int, int]] = []
    search = found_by.pattern.search
    position = 0
    while len(places) < MAX_OCCURRENCES and (found := search(folded, position)):
        start, end = found.span()
        position = start + 1
        if _continues_before(folded, start):
            continue
        if found_by.open_ended:
            end = _word_end(folded, end)
        elif _continues_after(folded, end):
            continue
        places.append((start, end))
        position = end
    return places


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def _continues_before(folded: str, start: int) -> bool:
    if not start:
        return False
    before = folded[start - 1]
    if not (_is_word(before) or _is_mark(before)):
        return False
    return not (is_spaceless(before) or is_spaceless(folded[start]))


def _continues_after(folded: str, end: int) -> bool:
    if end == len(folded):
        return False
    after = folded[end]
    if _is_mark(after):
        return True
    return _is_word(after) and not (is_spaceless(after) or is_spaceless(folded[end - 1]))


def _word_end(folded: str, end: int) -> int:
    """Where the word goes on to; with no end in scripts without spaces, it stays."""
    limit = min(len(folded), end + _MAX_ENDING)
    while end < limit and (_is_word(folded[end]) or _is_mark(folded[end])) and not is_spaceless(folded[end]):
        end += 1
    return end
