"""Which answer page of the configuration goes with what somebody asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.guidance import tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from webwatch.model import AnswerPage


def tied(said: str, pages: Iterable[AnswerPage]) -> tuple[AnswerPage, ...]:
    """The pages whose topic is spoken of: one of a page's words stands there, or all of its topic where it has none."""
    folded = _spaced(said)
    return tuple(page for page in pages if _is_about(folded, page))


def _is_about(folded: str, page: AnswerPage) -> bool:
    if page.words:
        return any(_stands(folded, word) for word in page.words)
    words = re.findall(r"\w+", text.fold(page.topic))
    telling = [word for word in words if not tone.is_common(word)] or words
    return bool(telling) and all(_stands(folded, word) for word in telling)


def _stands(folded: str, words: str) -> bool:
    wanted = _spaced(words).strip()
    return bool(wanted) and f" {wanted} " in folded


def _spaced(said: str) -> str:
    """Folded words with one space around each."""
    words = re.findall(r"\w+", text.fold(said))
    return f" {' '.join(words)} "


def is_linked(draft: str, page: AnswerPage) -> bool:
    """Whether a text gives the address of a page, however it is spelled."""
    return _bare(page.url) in _bare(draft)


def _bare(address: str) -> str:
    return re.sub(r"https?://(?:www\.)?", "", address.casefold()).rstrip("/")
