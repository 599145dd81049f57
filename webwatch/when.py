"""Moments as people type them on a command line: `17:00`, `morgen 12:00`, `friday`, `in 2 days`, `2d`, ISO 8601.

Dutch and English, and what they share with German. Unlike `dates`, which reads what forums print, these mostly lie
ahead; and nothing is guessed: what is not understood whole is refused, with what would be.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import languages, officehours, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from webwatch.model import OfficeHours

_DAY = timedelta(days=1)
_LANGUAGES = ("nl", "en", "de")
_EXAMPLES = "17:00, tomorrow 12:00, vrijdag, in 2 days, 2d, 2026-11-30 or 2026-11-30T09:00"
_MAX_LENGTH = 60
_MAX_SPAN = timedelta(days=3660)

_ISO = re.compile(r"\d{4}-\d\d?-\d\d?(?:[t ]\d\d?[:.]\d\d(?::\d\d)?(?:z|[+-]\d\d:?\d\d)?)?$")
_CLOCK = re.compile(
    r"(?:^|\s)(?:(?:om|at|um|voor|before|by|until|tot)\s+)?"
    r"(?:(\d\d?)[:.](\d\d)\s*(am|pm)?|(\d\d?)\s*(am|pm|u|uur|uhr|h)|(?<=om |at )(\d\d?)|(noon|midnight))"
    r"(?:\s*(?:uur|u|uhr|h))?(?=$|\s)"
)
_NUMBER_DATE = re.compile(r"(\d\d?)[-/.](\d\d?)(?:[-/.](\d{4}))?$")
_SPAN = re.compile(r"(?:(in|over)\s+)?(\d{1,4}|[a-z]+(?=\s))\s*([a-z]+)(?:\s+(ago|geleden|vor))?$")

_DAYS = {"tomorrow": 1, "morgen": 1, "overmorgen": 2, "ubermorgen": 2, "tonight": 0, "vanavond": 0, "vanmiddag": 0,
         "vanochtend": 0}  # fmt: skip
_PARTS = {  # hour of the day
    "vanochtend": 9, "ochtend": 9, "morning": 9, "vanmiddag": 14, "middag": 14, "afternoon": 14,
    "vanavond": 20, "tonight": 20, "avond": 20, "evening": 20,
}  # fmt: skip
_NEXT = frozenset({"next", "volgende", "komende", "aanstaande", "aankomende", "nachsten"})
_LAST = frozenset({"last", "vorige", "afgelopen", "letzten"})
_FILLER = frozenset({"on", "op", "am", "at", "om", "by", "voor", "until", "tot", "the", "de", "day", "dag"})
_WORKING = frozenset({"workingday", "workingdays", "werkdag", "werkdagen", "workday", "workdays"})
_SHORT_UNITS = {"m": 60, "min": 60, "h": 3_600, "u": 3_600, "d": 86_400, "w": 604_800, "wk": 604_800}


class Desk(NamedTuple):
    """From where one looks at the clock: the moment, the owner's zone, and when the office is open."""

    now: datetime
    zone: tzinfo
    hours: OfficeHours


def ahead(typed: str, desk: Desk, *, at_opening: bool = False) -> datetime:
    """The moment (UTC) that lies ahead and is meant by `typed`; raises `ValueError` with what would be understood.

    A day without an hour means the end of its office hours, or their begin where the thing is to come back
    `at_opening`. A bare hour is today's, or tomorrow's where that is over.
    """
    moment = _moment(typed, desk, past=False, at_opening=at_opening)
    if moment <= desk.now:
        raise ValueError(f"{typed!r} is {_told(moment, desk)}, and that is over: give a moment that lies ahead")
    return moment


def behind(typed: str, desk: Desk) -> datetime:
    """The moment (UTC) that lies behind and is meant by `typed`, such as when we answered; raises `ValueError`."""
    moment = _moment(typed, desk, past=True, at_opening=False)
    if moment > desk.now:
        raise ValueError(f"{typed!r} is {_told(moment, desk)}, and that is not yet: give a moment that lies behind")
    return moment


def _told(moment: datetime, desk: Desk) -> str:
    return f"{moment.astimezone(desk.zone):%a %d %b %Y %H:%M}"


def _moment(typed: str, desk: Desk, *, past: bool, at_opening: bool) -> datetime:
    wanted = " ".join(text.fold(typed).split())
    found = None
    if 0 < len(wanted) <= _MAX_LENGTH:
        try:
            found = (
                _iso(wanted, desk, at_opening) or _span(wanted, desk, past) or _calendar(wanted, desk, past, at_opening)
            )
        except (ValueError, OverflowError):
            found = None
    if found is None or abs(found - desk.now) > _MAX_SPAN:
        raise ValueError(f"{typed!r} is no moment that is understood: write for example {_EXAMPLES}")
    return found


# ----------------------------------------------------------------------------------------- the three ways to say it


def _iso(wanted: str, desk: Desk, at_opening: bool) -> datetime | None:
    if not _ISO.match(wanted):
        return None
    day, clock = wanted[:10], wanted[11:].upper().replace(".", ":")
    if not clock:
        return _at(date.fromisoformat(day), None, desk, at_opening)
    moment = datetime.fromisoformat(f"{day}T{clock.rjust(5, '0') if len(clock) < 5 else clock}")
    return (moment if moment.tzinfo else moment.replace(tzinfo=desk.zone)).astimezone(UTC)


def _span(wanted: str, desk: Desk, past: bool) -> datetime | None:
    """`2d`, `in 2 days`, `over een uur`, `3 werkdagen`; behind us, `2 days ago`."""
    found = _SPAN.match(wanted.replace("working day", "workingday"))
    if not found:
        return None
    _, count, unit, ago = found.groups()
    if bool(ago) and not past:
        return None
    if unit in _WORKING:
        return None if past else _working_days(_number(count), desk)
    length = _length(count, unit)
    if not length:
        return None
    return desk.now - length if past else _later(desk, length)


def _length(count: str, unit: str) -> timedelta:
    """Nothing where the words name no length, or one that is beyond belief."""
    length = timedelta(seconds=_number(count) * (_SHORT_UNITS.get(unit) or _unit(unit)))
    return length if length <= _MAX_SPAN else timedelta()


def _number(count: str) -> int:
    if count.isdigit():
        return int(count)
    return int(any(count in languages.load(code).dates.one for code in _LANGUAGES))


def _later(desk: Desk, length: timedelta) -> datetime:
    """Whole days keep the hour of the owner's clock, also where that is put back or forward meanwhile."""
    if length % _DAY:
        return desk.now + length
    local = desk.now.astimezone(desk.zone)
    return _local(local.date() + length, local.time(), desk)


def _working_days(number: int, desk: Desk) -> datetime | None:
    day = desk.now.astimezone(desk.zone).date()
    for _ in range(number * 10 + 30):
        day += _DAY
        number -= officehours.is_working_day(day, desk.hours)
        if number == 0:
            return _at(day, None, desk, at_opening=False)
    return None


def _calendar(wanted: str, desk: Desk, past: bool, at_opening: bool) -> datetime | None:
    """A day, an hour, or both: `17:00`, `vrijdag`, `tomorrow 12:00`, `25 november 9.00`, `next week`."""
    clock, words = _clock(wanted)
    parts = [word for word in words if word in _PARTS]
    if parts and clock is None:
        clock = time(_PARTS[parts[0]])
    words = [word for word in words if word not in _PARTS or word in _DAYS]
    today = desk.now.astimezone(desk.zone).date()
    if not words:
        return _of_clock(clock, today, desk, past) if clock else None
    day = _day(words, today, past, clock is not None)
    return _at(day, clock, desk, at_opening) if day else None


def _clock(wanted: str) -> tuple[time | None, list[str]]:
    """The hour that is named, and the words beside it."""
    if _NUMBER_DATE.match(wanted) and not re.match(r"\d\d?[:.]\d\d$", wanted):
        return None, [wanted]
    found = next((found for found in _CLOCK.finditer(wanted) if _time(found) is not None), None)
    rest = wanted if found is None else wanted[: found.start()] + " " + wanted[found.end() :]
    words = [word.strip(",.") for word in _split_parts(rest).split()]
    return _time(found) if found else None, [word for word in words if word and word not in _FILLER]


def _split_parts(words: str) -> str:
    """`vrijdagmiddag` is two words; `vanmiddag` and `tomorrow` are not."""
    return re.sub(r"(dag|morgen|gisteren)(ochtend|middag|avond)", r"\1 \2", words)


def _time(found: re.Match[str]) -> time | None:
    hour, minute, half, round_hour, round_half, bare_hour, name = found.groups()
    if name:
        return time(12 if name == "noon" else 0)
    number, half = int(hour or round_hour or bare_hour), half or (round_half if round_half in {"am", "pm"} else None)
    if half:
        number = number % 12 + (12 if half == "pm" else 0) if 1 <= number <= 12 else 99
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None


def _of_clock(clock: time, today: date, desk: Desk, past: bool) -> datetime:
    """Today's such hour, or the nearest on the side that is meant."""
    moment = _local(today, clock, desk)
    if past and moment > desk.now:
        return _local(today - _DAY, clock, desk)
    return _local(today + _DAY, clock, desk) if not past and moment <= desk.now else moment


def _day(words: list[str], today: date, past: bool, has_clock: bool) -> date | None:
    """The day that the words name, all of them understood."""
    head, *tail = words
    if head in _NEXT | _LAST and tail and tail[0] in {"week", "woche"}:
        return _in_week(today + timedelta(days=-7 if head in _LAST else 7), tail[1:])
    if (found := _SPAN.match(" ".join(words))) and (length := _length(found[2], found[3])):
        return None if length % _DAY or bool(found[4]) != past else today + length * (-1 if past else 1)
    if head in _NEXT | _LAST and tail:
        head, *tail = tail
    named = None if tail else _day_word(head, today, past, has_clock)
    return named or _named_date(words, today, past)


def _day_word(word: str, today: date, past: bool, has_clock: bool) -> date | None:
    """`morgen`, `yesterday`, `friday`."""
    for code in _LANGUAGES:
        words = languages.load(code).dates
        if word in words.weekdays:
            return _weekday(words.weekdays[word], today, past, has_clock)
        if word in words.days:
            return today + timedelta(days=words.days[word])
    return today + timedelta(days=_DAYS[word]) if word in _DAYS else None


def _in_week(day: date, words: list[str]) -> date | None:
    """The Monday of that day's week, or the weekday that the words name."""
    monday = day - timedelta(days=day.weekday())
    if not words:
        return monday
    weekday = next((weekdays[words[0]] for weekdays in _weekdays() if words[0] in weekdays), None)
    return None if weekday is None or len(words) > 1 else monday + timedelta(days=weekday)


def _weekday(weekday: int, today: date, past: bool, has_clock: bool) -> date:
    """The nearest such day on the side that is meant; today is not meant, or one would have said so."""
    distance = (today.weekday() - weekday) % 7 if past else (weekday - today.weekday()) % 7
    distance = distance or (0 if past and has_clock else 7)
    return today + timedelta(days=-distance if past else distance)


def _named_date(words: list[str], today: date, past: bool) -> date | None:
    """`25 november`, `nov 25`, `25-11`, `25/11/2026`: the nearest on the side that is meant, where no year is given."""
    if len(words) == 1:
        found = _NUMBER_DATE.match(words[0])
        if not found:
            return None
        day, month, year = int(found[1]), int(found[2]), found[3]
    else:
        months = [number for word in words if (number := _month(word))]
        numbers = [int(word) for word in words if word.isdigit()]
        if len(months) != 1 or len(months) + len(numbers) != len(words) or not 1 <= len(numbers) <= 2:
            return None
        day, month, year = numbers[0], months[0], str(numbers[1]) if len(numbers) == 2 else ""
    if year:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    if past:
        return this_year if this_year <= today else date(today.year - 1, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


# ------------------------------------------------------------------------------------------------------------ words


def _weekdays() -> Iterator[Mapping[str, int]]:
    return (languages.load(code).dates.weekdays for code in _LANGUAGES)


def _unit(word: str) -> int:
    return next((units[word] for code in _LANGUAGES if word in (units := languages.load(code).dates.units)), 0)


def _month(word: str) -> int:
    return next((months[word] for code in _LANGUAGES if word in (months := languages.load(code).dates.months)), 0)


def _at(day: date, clock: time | None, desk: Desk, at_opening: bool) -> datetime:
    return _local(day, clock or (desk.hours.opens if at_opening else desk.hours.closes), desk)


def _local(day: date, clock: time, desk: Desk) -> datetime:
    return datetime.combine(day, clock, desk.zone).astimezone(UTC)
