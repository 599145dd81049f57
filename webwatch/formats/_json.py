"""How every JSON contract writes texts, moments and points."""

from __future__ import annotations

import json
import re
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# Beyond the C0 controls, which JSON escapes anyway: DEL and C1, soft hyphen, zero width, bidi, line separators, and
# lone surrogates, which no UTF-8 can carry.
UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def encode(value: object, indent: int | None = None) -> str:
    """JSON that is valid UTF-8 and safe to print; a lone surrogate becomes U+FFFD."""
    return UNSAFE.sub(_escape, json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent))


def _escape(unsafe: re.Match[str]) -> str:
    code = ord(unsafe.group())
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


def moment(time: datetime) -> str:
    """A moment as every contract writes it: UTC, to the second, `2026-11-23T08:00:00Z`."""
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def moment_or_null(time: datetime | None) -> str | None:
    return moment(time) if time else None


def points(points: float) -> float:
    """Points without the noise of binary fractions."""
    return round(points, 4)
