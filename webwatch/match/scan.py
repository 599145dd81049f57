"""Which of very many beginnings may stand in a text: one pass, whose cost hardly depends on their number.

A prefix tree in a single regular expression does it. Nearly every text has none of them, so the pass may see too much
(the exact check follows) but must be quick. That is why it reads a *sketch* of the text, in which all but ASCII letters
and digits is a space: an expression that begins with a space is looked for at the speed of C's memchr.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.match import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORD = "0123456789_abcdefghijklmnopqrstuvwxyz"
_SKETCHED = "".join(char if char in _WORD else " " for char in map(str.lower, map(chr, range(128)))).ljust(256).encode()

Owners = dict[str, set[int]]


class Scan:
    """Beginnings of terms, folded, each with the numbers of those that own it, made ready for `owners_in`.

    Those with characters that are not ASCII even when folded are of other scripts, and looked for in the folded text.
    """

    def __init__(self, owners: Mapping[str, set[int]]) -> None:
        sketches: Owners = {}
        spaced: Owners = {}
        spaceless: Owners = {}
        for beginning, numbers in owners.items():
            if beginning.isascii():
                sketches.setdefault(_words(_sketch(beginning)), set()).update(numbers)
            else:
                (spaceless if terms.is_spaceless(beginning) else spaced)[beginning] = numbers
        self._sketched = _Tree(" ", sketches)
        self._spaced = _Tree("[^0-9a-z_]", spaced)
        self._spaceless = _Tree("", spaceless)

    def owners_in(self, foreign: str) -> set[int]:
        """The owners of all beginnings that stand in a text as it was written, and perhaps some more."""
        found = self._sketched.owners_in(" " + _sketch(text.unaccented(foreign)))
        if (self._spaced or self._spaceless) and not foreign.isascii():
            folded = "\n" + text.fold(foreign)
            found = found | self._spaced.owners_in(folded) | self._spaceless.owners_in(folded)
        return found
