"""Times as the database keeps them: UTC text, to the second, that sorts."""

from __future__ import annotations

from datetime import datetime


def written(moment: datetime) -> str:
    """`2026-11-23T09:30:00Z` of an aware UTC datetime."""
    return moment.isoformat()[:19] + "Z"


def written_or_null(moment: datetime | None) -> str | None:
    """The same, with None for None."""
    return None if moment is None else moment.isoformat()[:19] + "Z"


def read(text: str) -> datetime:
    """The aware UTC datetime of such a text."""
    return datetime.fromisoformat(text)


def read_or_none(text: str | None) -> datetime | None:
    """The same, with None for None."""
    return None if text is None else datetime.fromisoformat(text)
