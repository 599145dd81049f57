"""The kinds of single values in a configuration: how each is read from what was typed, and its JSON Schema.

Every reader takes stripped, non-empty text without control characters, and raises `ValueError` as `shapes.Value` says.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from webwatch.config import zones
from webwatch.config.shapes import Value
from webwatch.errors import QueryError
from webwatch.model import AnswerTime

_MAX_ADDRESS = 2_000

_FOREVER = 1e12  # seconds; beyond every bound, within what a timedelta holds
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400, "y": 365 * 86_400}
_BYTES = {"": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday ma maandag",
            "tue tuesday di dinsdag",
            "wed wednesday wo woensdag",
            "thu thursday do donderdag",
            "fri friday vr vrijdag",
            "sat saturday za zaterdag",
            "sun sunday zo zondag",
        )
    )
    for name in names.split()
}

_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,12})?"
_DURATION = rf"({_NUMBER})\s*([smhdwy])"
_SIZE = rf"({_NUMBER})\s*((?:[kKmMgG]i?)?[bB])?"
_CLOCK = r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LANGUAGE = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*"
_ADDRESS = r"(?i:https?)://(?:[^/?#\s@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#\s@:\[\]]+)(?::[0-9]{1,5})?(?:[/?#]\S*)?"
_DOMAIN = r"(?:[^\s./@:]+\.)+[^\s./@:]+"


def _text(text: str) -> str:
    return " ".join(text.split())


def _query(text: str) -> str:
    from webwatch.match import query

    try:
        query.parse(text)
    except QueryError as error:
        raise ValueError(f"is not a query that can be read, column {error.column}", f": {error.problem}") from None
    return text


def _flag(text: str) -> bool:
    if text.lower() not in _FLAGS:
        raise ValueError("is neither yes nor no")
    return _FLAGS[text.lower()]


def whole(low: int, high: int) -> Value:
    """A whole number; `1_000` is 1000."""

    def read(text: str) -> int:
        digits = text.replace("_", "")
        if not re.fullmatch(r"-?[0-9]{1,18}", digits):
            raise ValueError(f"is not a whole number: write it in digits alone, such as {max(low, 8)}")
        if not low <= int(digits) <= high:
            raise ValueError(f"is not between {low} and {high}")
        return int(digits)

    return Value(read, {"type": "integer", "minimum": low, "maximum": high})


def number(low: float, high: float) -> Value:
    """A number with or without decimals."""

    def read(text: str) -> float:
        if not re.fullmatch(f"-?{_NUMBER}", text):
            raise ValueError("is not a number: write digits, with a point before decimals, such as 1.5")
        if not low <= float(text) <= high:
            raise ValueError(f"is not between {low:g} and {high:g}")
        return float(text)

    return Value(read, {"type": "number", "minimum": low, "maximum": high})


def duration(shortest: str, longest: str) -> Value:
    """A length of time: a number and s, m (minutes), h, d, w or y (365 days)."""
    low, high = _duration(shortest), _duration(longest)

    def read(text: str) -> timedelta:
        length = _duration(text)
        if not low <= length <= high:
            raise ValueError(f"is not between {shortest} and {longest}")
        return length

    return Value(read, {"type": "string", "pattern": f"^{_DURATION}$"})


def _duration(text: str) -> timedelta:
    found = re.fullmatch(_DURATION, text)
    if not found:
        begin = re.match(rf"{_DURATION}\b", text)
        detail = [f" (nothing may follow it: write {begin[0]})"] if begin else []
        raise ValueError("is not a length of time: write a number and s, m, h, d, w or y, such as 20s or 4h", *detail)
    return timedelta(seconds=min(float(found[1]) * _SECONDS[found[2]], _FOREVER))


def _answer_time(text: str) -> AnswerTime:
    length, *counts = text.split()
    if len(counts) > 1 or (counts and counts[0].lower() not in {"office", "calendar"}):
        raise ValueError(f"is not a length of time and what it counts: write {length} office, or {length} calendar")
    read = _duration(length)
    if read > timedelta(days=36_500):
        raise ValueError("is not between 0s and 100y")
    return AnswerTime(length=read, counts=counts[0].lower() if counts else "")


def size(smallest: str, largest: str) -> Value:
    """A number of bytes: `10MB`, `500 kB`, `1_000`; kB, MB and GB are thousands, KiB, MiB and GiB are 1,024s."""
    low, high = _size(smallest), _size(largest)

    def read(text: str) -> int:
        count = _size(text)
        if not low <= count <= high:
            raise ValueError(f"is not between {smallest} and {largest}")
        return count

    return Value(read, {"type": ["string", "integer"], "pattern": f"^{_SIZE}$"})


def _size(text: str) -> int:
    found = re.fullmatch(_SIZE, text.replace("_", ""))
    if not found:
        raise ValueError("is not a size: write a number and kB or MB, such as 10MB")
    return int(float(found[1]) * _BYTES[(found[2] or "").lower()])


def _clock_time(text: str) -> time:
    found = re.fullmatch(_CLOCK, text)
    if not found:
        raise ValueError('is not a time of day: write hours and minutes, from "00:00" to "23:59"')
    return time(int(found[1]), int(found[2]))


def _weekday(text: str) -> int:
    if text.lower().removesuffix(".") not in _WEEKDAYS:
        raise ValueError("is not a day of the week: write mon, tue, wed, thu, fri, sat or sun")
    return _WEEKDAYS[text.lower().removesuffix(".")]


def _day(text: str) -> date:
    digits = text if re.fullmatch(_DATE, text) else ""  # fromisoformat also reads 20261225 and 2026-W52-5
    try:
        return date.fromisoformat(digits)
    except ValueError:
        raise ValueError("is not a date: write year-month-day, such as 2026-12-25") from None


def _language(text: str) -> str:
    if not re.fullmatch(_LANGUAGE, text):
        raise ValueError("is not a language code: write two or three letters, such as nl or en")
    return re.split("[-_]", text)[0].lower()


def _address(text: str) -> str:
    if len(text) > _MAX_ADDRESS:
        raise ValueError(f"is an address of more than {_MAX_ADDRESS:,} characters")
    if re.fullmatch(_ADDRESS, text):
        return text
    if re.search(r"\s", text):
        raise ValueError("holds a space, and a web address has none")
    if "://" not in text:
        raise ValueError("is not a full web address", f": write https://{text.lstrip('/')}")
    if re.match("(?i:https?)://", text):
        raise ValueError("has no host name: write an address such as https://example.nl/feed.xml")
    raise ValueError("is not a web address: it must begin with http:// or https://")


def _contact(text: str) -> str:
    if re.fullmatch(r"mailto:[!-~]+@[!-~]+", text) or (text.isascii() and re.fullmatch(_ADDRESS, text)):
        return text
    detail = [f" (write mailto:{text})"] if re.fullmatch(r"[!-~]+@[!-~]+", text) else []
    raise ValueError("is not a contact: write mailto: and a mail address, or the https:// address of a page", *detail)


def _domain(text: str) -> str:
    host = re.sub("^https?://", "", text.lower()).partition("/")[0].removeprefix("www.").removesuffix(".")
    if not re.fullmatch(_DOMAIN, host):
        raise ValueError("is not a domain: write it without @ and spaces, such as example.nl")
    return host


def _file(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise ValueError("begins with a home folder that cannot be found: write the whole path") from None


_TEXT_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"]}  # a name may look like a number to an editor

text = Value(_text, _TEXT_SCHEMA)
query = Value(_query, {"type": "string"})
answer_time = Value(_answer_time, {"type": "string", "pattern": f"^{_DURATION}(\\s+([Oo]ffice|[Cc]alendar))?$"})
flag = Value(_flag, {"enum": [True, False, "yes", "no", "on", "off"]})
clock_time = Value(_clock_time, {"type": "string", "pattern": f"^{_CLOCK}$"})
weekday = Value(_weekday, {"enum": list(_WEEKDAYS)})
day = Value(_day, {"type": "string", "pattern": f"^{_DATE}$"})
language = Value(_language, {"type": "string", "pattern": f"^{_LANGUAGE}$"})
timezone = Value(zones.named, {"type": "string"})
address = Value(_address, {"type": "string", "pattern": r"^https?://|\$\{"})
contact = Value(_contact, {"type": "string", "pattern": r"^(mailto:|https?://)|\$\{"})
domain = Value(_domain, {"type": "string"})
file = Value(_file, {"type": "string"})
