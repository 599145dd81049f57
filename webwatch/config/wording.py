"""How a fault quotes what the owner typed, and what it suggests instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WIDTH = 60


def quoted(text: str) -> str:
    """The text in quotes, short, with everything unprintable escaped."""
    return repr(text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or ""."""
    from difflib import get_close_matches

    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word[:_WIDTH].casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else ""


def did_you_mean(word: str, known: Mapping[str, str]) -> str:
    """` (did you mean 'feed'?)`, or "" where nothing is near; `known` maps each spelling to what it stands for."""
    spelling = nearest(word, known)
    return f" (did you mean {known[spelling]!r}?)" if spelling else ""
