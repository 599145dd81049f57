"""The piece of a mention's text that is shown in lists, the same in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import text

if TYPE_CHECKING:
    from webwatch.model import Match, Mention

WIDTH = 200


def excerpt(mention: Mention) -> str:
    """One clean line of at most 200 characters, around the first place in the text that names us."""
    match = _first_in_text(mention)
    start, end = (match.start, match.end) if match else (0, 0)
    return text.line(text.excerpt(mention.entry.text, start, end, WIDTH))


def naming_words(mention: Mention) -> str:
    """The words of the excerpt that name us, as they are written there; "" where the text does not name us."""
    match = _first_in_text(mention)
    return text.line(mention.entry.text[match.start : match.end]) if match else ""


def _first_in_text(mention: Mention) -> Match | None:
    return next((match for match in mention.matches if match.field == "text"), None)
