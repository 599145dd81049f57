"""How a failed fetch is told: one sentence, the host in it, the way out where there is one."""

from __future__ import annotations

from webwatch.errors import FetchError
from webwatch.text import line

_MAX_SHOWN = 200


class TransientError(FetchError):
    """A failure that may have passed a moment later, and so is worth a second try."""


def shown(foreign: str) -> str:
    """Foreign text as it may stand in a message: one line, printable, at most 200 characters."""
    text = line(foreign[: 2 * _MAX_SHOWN])
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"


def span(seconds: float) -> str:
    """A length of time in words: "0.3 s", "20 s", "10 minutes"."""
    if seconds < 120:
        return f"{seconds:g} s"
    return f"{seconds / 60:g} minutes" if seconds < 7200 else f"{seconds / 3600:g} hours"
