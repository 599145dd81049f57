"""A mention as it is compared with others: its words, the hashes of its shingles, and their sketch for an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from webwatch import text as texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LONGEST = 20_000  # characters of a text that count
FEWEST_WORDS = 8  # what is shorter says too little to be known again
# A sketch holds a third of the shingles, so that a snippet of twenty words still meets its article.
_SHARE, _LEAST, _MOST = 3, 24, 400
# Signs and spaces are one; letters beyond ASCII stay, as the bytes of UTF-8.
_WORDS = bytes(c if chr(c).isalnum() or c > 127 else 32 for c in range(256))


class Telling(NamedTuple):
    """What is compared of a mention.

    `site` is where it stands, `thread` the number of its conversation, `talk` whether it is part of one, `at` when
    (UTC).
    """

    id: int
    text: str
    author: str = ""
    site: str = ""
    url: str = ""
    thread: int | str | None = None
    talk: bool = False
    at: datetime | None = None


class Likeness(NamedTuple):
    """Two mentions that were found alike; `kind` is `text`, or `person` for the same matter by the same hand."""

    one: int
    other: int
    kind: str


def words(text: str) -> list[bytes]:
    """The words of a text, folded, as UTF-8."""
    return texts.fold(text[:LONGEST]).encode("utf-8", "surrogatepass").translate(_WORDS).split()


def shingles(said: Sequence[bytes]) -> list[int]:
    """A 32-bit hash for each three words that follow each other, in their order; none of too short a text."""
    if len(said) < FEWEST_WORDS:
        return []
    one = list(map(crc32, said))
    return [(a ^ b << 1 ^ c << 2) * 2654435761 & 0xFFFFFFFF for a, b, c in zip(one, one[1:], one[2:], strict=False)]


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of a text's shingles: a third of them, but no fewer than 24 and no more than 400.

    Two texts that share many shingles share some of these; a piece of a text shares some with the whole. Empty for
    what is too short to be known again.
    """
    hashes = sorted(set(shingles(words(text))))
    return tuple(hashes[: max(_LEAST, min(_MOST, len(hashes) // _SHARE))])


class Compared:
    """A telling with its words and shingles, worked out once."""

    __slots__ = ("hashes", "shingles", "telling", "words")

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.words = words(telling.text)
        self.shingles = shingles(self.words)
        self.hashes = frozenset(self.shingles)

    @property
    def sketch(self) -> tuple[int, ...]:
        """As the function of this name gives it."""
        hashes = sorted(self.hashes)
        return tuple(hashes[: max(_LEAST, min(_MOST, len(hashes) // _SHARE))])
