"""Which of very many terms may stand in a text: one pass, whose cost hardly depends on their number.

A prefix tree in a single regular expression does it. In nearly every text there is none of them, so the pass may find
too many (an exact check follows), but must be quick. It reads a *sketch*: the folded text with a space for all but
ASCII letters and digits, since a pattern that begins with a space runs from word to word at the speed of C.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.match import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORD = frozenset("0123456789_abcdefghijklmnopqrstuvwxyz")

# What ISO 8859-1 becomes in a sketch, character by character: the accents of most texts cost nothing this way.
_SKETCHED = "".join(letter if letter in _WORD else " " for letter in map(text.fold, map(chr, range(256)))).encode()


class _Spelled(dict[int, str]):
    """Code point → what to write for it before `_SKETCHED` is asked: ligatures, what is wide, or not seen."""

    def __missing__(self, code: int) -> str:
        folded = text.fold(chr(code))
        is_gap = folded != "" and _WORD.isdisjoint(folded)
        is_sketched = code < len(_SKETCHED) and len(folded) == 1
        self[code] = spelled = chr(code) if is_gap or is_sketched else folded
        return spelled


_SPELLED = _Spelled()


class Scan:
    """The folded beginnings of terms, each with the numbers of those that own it, made ready for `owners_in`.

    Those that are not ASCII belong to other scripts; they are looked for in the folded text itself.
    """

    def __init__(self, owners: Mapping[str, set[int]]) -> None:
        sketched: dict[str, set[int]] = {}
        spaced: dict[str, set[int]] = {}
        spaceless: dict[str, set[int]] = {}
        for beginning, numbers in owners.items():
            if beginning.isascii():
                sketched.setdefault(_single_spaced(_sketch(beginning)), set()).update(numbers)
            else:
                (spaceless if terms.is_spaceless(beginning) else spaced)[beginning] = numbers
        self._in_sketch = _finder(" ", sketched)
        others = [("(?<![0-9a-z_])", spaced), ("", spaceless)]
        self._in_folded = [_finder(edge, beginnings) for edge, beginnings in others if beginnings]

    def owners_in(self, written: str) -> set[int]:
        """The owners of all beginnings that stand in a text, as it was written; perhaps of some that do not."""
        found = self._in_sketch(" " + _sketch(written))
        if self._in_folded and not written.isascii():
            folded = text.fold(written)
            found = found.union(*(find(folded) for find in self._in_folded))
        return found


def _sketch(written: str) -> str:
    if not written.isascii():
        written = text.replaced(written, _SPELLED)
    return written.encode("iso-8859-1", "replace").translate(_SKETCHED).decode("ascii")


def _single_spaced(written: str) -> str:
    return " ".join(written.split())


# --------------------------------------------------------------------------------------------------- prefix tree


def _finder(edge: str, owners: Mapping[str, set[int]]) -> Callable[[str], set[int]]:
    """What finds the owners of all that stands behind `edge`, a pattern, in a folded text."""
    if not owners:
        return lambda _: set()
    owners = _under_shortest(owners)
    search = re.compile(edge + _tree(list(owners))).search

    def find(folded: str) -> set[int]:
        numbers: set[int] = set()
        found = search(folded)
        while found:
            numbers |= owners[_single_spaced(found[0])]
            found = search(folded, found.start() + 1)
        return numbers

    return find


def _under_shortest(owners: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Beginnings that begin with another one are found where that is found, and their owners go there; sorted."""
    kept: dict[str, set[int]] = {}
    shortest: str | None = None
    for beginning in sorted(owners):
        if shortest is None or not beginning.startswith(shortest):
            shortest = beginning
            kept[shortest] = set()
        kept[shortest] |= owners[beginning]
    return kept


def _tree(words: list[str]) -> str:
    """A pattern for any of the sorted words, none of which begins with another."""
    if words == [""]:
        return ""
    branches = [
        (r"\s++" if first == " " else re.escape(first)) + _tree([word[1:] for word in group])
        for first, group in groupby(words, key=lambda word: word[0])
    ]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
