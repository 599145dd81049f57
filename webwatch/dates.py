"""Dates as feeds and forums write them → aware UTC datetimes. A wrong date is worse than none.

Tried in this order: RFC 5322 and RFC 3339 (one regular expression each: nearly every feed ends there), digits alone
(an epoch, a basic ISO date), then words and numbers in the languages that we know, then dateutil for what is left of
English. Between day and month the day comes first, unless that is no date or the language is American English.
In the reading of words every word must be understood: "Bericht #4512" and "12 reacties" are not dates.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from webwatch import languages
from webwatch.languages import DateWords

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_MAX_LENGTH = 100

_ENGLISH_MONTHS = {
    name[:length]: number for number, name in enumerate(month_name) for length in (3, 4, len(name)) if number
}

# Hours from UTC. What RFC 5322 §4.3 names, and what else is met in the wild and means one thing.
_ZONES = {
    name: hours
    for hours, names in {
        -10.0: "hst", -9.0: "akst", -8.0: "pst akdt", -7.0: "mst pdt", -6.0: "cst mdt", -5.0: "est cdt",
        -4.0: "ast edt", -3.5: "nst", -3.0: "adt", -2.5: "ndt", 0.0: "ut utc gmt z wet", 1.0: "cet met mez west bst",
        2.0: "cest mest mesz eet sast", 3.0: "eest msk", 5.5: "ist", 8.0: "sgt hkt awst", 9.0: "jst kst",
        10.0: "aest", 11.0: "aedt", 12.0: "nzst", 13.0: "nzdt",
    }.items()
    for name in names.split()
}  # fmt: skip
# Names that mean another hour elsewhere: the caller's own zone decides where it goes by that name.
_AMBIGUOUS = frozenset({"ist", "cst", "bst", "ast", "est", "edt"})

_RFC5322 = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d\d),?\s+"
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*([+-]\d\d:?\d\d|[A-Za-z]{1,4})?(?:\s*\([^()]*\))?$",
    re.ASCII,
)
_RFC3339 = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:(?:[Tt]|\s+)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,12}))?)?\s*([Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$",
    re.ASCII,
)


def parse(
    raw: str,
    *,
    now: datetime,
    zone: tzinfo,
    language: str | None = None,
    ahead: timedelta = _DAY,
    month_first: bool | None = None,
) -> datetime | None:
    """The moment that `raw` names, in UTC, or None; never raises.

    `zone` is for dates that name none (of a repeated hour the first is taken, a skipped hour counts on from before
    the change), `language` (a tag such as `nl` or `en-US`) for words and, unless `month_first` says it, for the order
    of day and month. A date without a year is the latest such date that is not after `now`. Nothing before 1990 or
    beyond `now + ahead` is believed.
    """
    raw = raw[:_MAX_LENGTH].strip()
    try:
        moment = _standard(raw, zone)
        if moment is None:
            moment = _digits(raw, zone) if raw.isdigit() else _written(raw, now, zone, language, month_first)
        if moment is None or moment < _EARLIEST or moment > now + ahead:
            return None
    except (ValueError, OverflowError):
        return None
    return moment


def _standard(raw: str, zone: tzinfo) -> datetime | None:
    """RFC 3339 (and ISO 8601 close to it) or RFC 5322 (and its ancestors 822, 850, 2822)."""
    if found := _RFC3339.match(raw):
        year, month, day, hour, minute, second, fraction, offset = found.groups()
        micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
        clock = (int(hour or 0), int(minute or 0), int(second or 0))
        return _utc(int(year), int(month), int(day), clock, offset, zone).replace(microsecond=micro)
    if found := _RFC5322.match(raw):
        day, name, year, hour, minute, second, offset = found.groups()
        number = _ENGLISH_MONTHS.get(name) or _ENGLISH_MONTHS.get(name.title())
        if number and (not offset or offset[0] in "+-" or offset.lower() in _ZONES):
            return _utc(_full_year(year), number, int(day), (int(hour), int(minute), int(second or 0)), offset, zone)
    return None


def _full_year(digits: str) -> int:
    """A year of two digits as RFC 5322 §4.3 reads it; any other as it is."""
    year = int(digits)
    return year if len(digits) != 2 else year + (2000 if year < 50 else 1900)


def _utc(year: int, month: int, day: int, clock: tuple[int, int, int], offset: str | None, zone: tzinfo) -> datetime:
    """A wall clock and the zone it is written in → UTC. Hour 24 is the end of the day, second 60 is second 59."""
    hour, minute, second = clock
    if hour == 24 and minute == second == 0:
        return _utc(year, month, day, (0, 0, 0), offset, zone) + _DAY
    if second == 60:
        second = 59
    if not offset:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    shift = _offset(offset)
    if shift is None or (offset.lower() in _AMBIGUOUS and moment.replace(tzinfo=zone).tzname() == offset.upper()):
        return moment.replace(tzinfo=zone).astimezone(UTC)
    return moment - shift if shift else moment


@lru_cache(maxsize=512)
def _offset(written: str) -> timedelta | None:
    """`+0200`, `-03:30`, `+2`, `CEST` as a distance from UTC; None for what is no offset that exists."""
    if written[0] not in "+-":
        hours = _ZONES.get(written.lower())
        return None if hours is None else timedelta(hours=hours)
    digits = written[1:].replace(":", "")
    minutes = int(digits) * 60 if len(digits) < 3 else int(digits[:-2]) * 60 + int(digits[-2:])
    if minutes > 14 * 60:
        raise ValueError(written)
    return timedelta(minutes=-minutes if written[0] == "-" else minutes)


def _digits(raw: str, zone: tzinfo) -> datetime | None:
    """Seconds or milliseconds since 1970 (10 or 13 digits), or `20140512091500`."""
    if len(raw) in {10, 13}:
        return datetime.fromtimestamp(int(raw[:10]), tz=UTC)
    if len(raw) == 14:
        return _standard(f"{raw[:8]}T{raw[8:]}", zone)
    return None


# Patterns as text: `re` compiles them when a date in words comes by, and keeps them.
_PIECES = (
    r"(?P<date>\d{1,4}([-/.])\d{1,2}\2\d{2,4}(?![\d]))"
    r"|(?P<clock>\d{1,2}(?:[:h]\d{2}(?::\d{2}(?:\.\d+)?)?| h \d{2}(?: min\b)?|\.\d{2}(?=\s*(?:uur|uhr|h)\b))"
    r"|(?<=[ou]m )\d{1,2}\.\d{2})(?!\d)"
    r"|(?P<offset>[+-]\d{1,2}(?::?\d{2})?(?!\d))"
    r"|(?P<number>\d{1,9})"
    r"|(?P<word>[a-z]+(?:['-][a-z]+)*)"
    r"|(?P<noise>[\s,.;:@|()\[\]/\"'-]+)"
    r"|(?P<other>.)"
)
_MERIDIEM = {"am": 0, "pm": 12}
_DOTTED_MERIDIEM = r"\b([ap])\.\s?m\b\.?"
_COMMENT = r"(?:(?<=[+-]\d{4})|(?<=[+-]\d\d:\d\d)) *\([^()]*\)$"
_DASHES = str.maketrans("’‘`´–—·•", "''''--  ")


class _Token(NamedTuple):
    kind: str
    text: str


def _written(raw: str, now: datetime, zone: tzinfo, language: str | None, month_first: bool | None) -> datetime | None:
    """The date in the first of the languages that knows every word of it."""
    tokens = _tokens(raw)
    if not tokens:
        return None
    american = (language or "").lower().replace("_", "-") == "en-us" if month_first is None else month_first
    said = {token.text for token in tokens if token.kind == "word"}
    code = (language or "").lower()[:2]
    for words, known in _vocabularies(code):
        if said <= known:
            moment = _relative(tokens, words, now) or _absolute(tokens, words, now, zone, american=american)
            if moment and (len(tokens) > 1 or not said & words.days.keys() or words is _words(code)):
                return moment
    return _dateutil(raw, zone, day_first=not american)


def _tokens(raw: str) -> list[_Token] | None:
    """The parts of a date in lower case without accents; None where something stands there that no date has."""
    plain = re.sub(_DOTTED_MERIDIEM, r"\1m", re.sub(_COMMENT, "", _fold(raw)))
    tokens = [_Token(found.lastgroup or "", found[0]) for found in re.finditer(_PIECES, plain, re.ASCII)]
    if any(token.kind == "other" for token in tokens):
        return None
    return [token for token in tokens if token.kind != "noise"]


def _fold(raw: str) -> str:
    if raw.isascii():
        return raw.lower()
    from unicodedata import combining, normalize

    decomposed = normalize("NFKD", raw.translate(_DASHES).lower())
    return "".join(letter for letter in decomposed if not combining(letter))


@lru_cache(maxsize=32)
def _words(code: str) -> DateWords | None:
    return languages.load(code).dates if code in languages.codes() else None


@lru_cache(maxsize=32)
def _vocabularies(code: str) -> tuple[tuple[DateWords, frozenset[str]], ...]:
    """The languages to try, the given one first, and last all of them together (a Dutch board with English dates)."""
    order = sorted(languages.codes(), key=lambda other: (other != code, other != "en", other != "nl", other))
    each = [words for words in map(_words, order) if words]
    return tuple((words, _vocabulary(words)) for words in [*each, _together(each)])


def _together(each: list[DateWords]) -> DateWords:
    """The words of all languages; where two disagree, the earlier one is right."""
    last_first = each[::-1]
    return DateWords(
        months={word: month for words in last_first for word, month in words.months.items()},
        weekdays={word: day for words in last_first for word, day in words.weekdays.items()},
        days={},
        units={},
        ago=frozenset(),
        one=frozenset(),
        now=frozenset(),
        filler=frozenset().union(*(words.filler for words in each)),
    )


def _vocabulary(words: DateWords) -> frozenset[str]:
    phrases = " ".join((*words.ago, *words.now)).split()
    return frozenset().union(
        words.months, words.weekdays, words.days, words.units, words.one, words.filler, phrases, _MERIDIEM, _ZONES
    )


def _relative(tokens: list[_Token], words: DateWords, now: datetime) -> datetime | None:
    """Reads "3 uur geleden", "vor 2 Tagen", "just now"."""
    said = " ".join(token.text for token in tokens)
    for phrase in words.now:
        if said == phrase or (said.endswith(f" {phrase}") and words.filler.issuperset(said[: -len(phrase)].split())):
            return now
    for ago in words.ago:
        if f" {ago} " in f" {said} ":
            seconds = _seconds(f" {said} ".replace(f" {ago} ", " ", 1).split(), words)
            return now - timedelta(seconds=seconds) if seconds else None
    return None


def _seconds(said: list[str], words: DateWords) -> int:
    """Counts "1 uur 5 minuten" in seconds; 0 where that is not all that is said."""
    total = 0
    rest = iter(said)
    for word in rest:
        amount = int(word) if word.isdecimal() else int(word in words.one)
        unit = words.units.get(next(rest, "")) if amount else None
        if unit:
            total += amount * unit
        elif amount or word not in words.filler:
            return 0
    return total


def _absolute(
    tokens: list[_Token], words: DateWords, now: datetime, zone: tzinfo, *, american: bool
) -> datetime | None:
    """Reads "ma 12 mei 2014, 09:15", "gisteren om 14:32", "Monday at 2:32 PM", "03-11-2025 10:00"."""
    said = _said(tokens, words)
    if said is None or ("offset" in said and "clock" not in said):
        return None
    if "date" in said or "month" in said:
        found = _calendar(said, american=american)
        return _dated(found, said, now, zone) if found else None
    if said["number"]:
        return None
    return _near(said, now, zone)


def _said(tokens: list[_Token], words: DateWords) -> dict[str, Any] | None:
    """What each token says, by role; None where two say the same or one says nothing that belongs in a date."""
    months = sum(token.text in words.months or token.kind == "date" for token in tokens)
    said: dict[str, Any] = {"number": []}
    for token in tokens:
        role, value = (token.kind, token.text) if token.kind != "word" else _role(token.text, words, said, months)
        if role in {"hour", "meridiem"} and "clock" not in said:
            if not said["number"]:
                return None
            said["clock"] = f"{said['number'].pop()}:00"
        if role == "number":
            said["number"].append(value)
        elif role == "unknown" or (role in said and role != "offset"):
            return None
        elif role not in {"hour", "filler"}:
            said[role] = value
    return said


def _role(word: str, words: DateWords, said: dict[str, Any], months: int) -> tuple[str, Any]:
    """What a word is in this language. A month may be a weekday too (`mar`): then another month decides."""
    if word in words.months and not (months > 1 and word in words.weekdays and "weekday" not in said):
        return "month", words.months[word]
    for role, table in (("weekday", words.weekdays), ("days", words.days)):
        if word in table:
            return role, table[word]
    if word in _MERIDIEM and ("clock" in said or word not in words.filler):
        return "meridiem", word
    if word in words.filler:
        return "filler", word
    if words.units.get(word) == 3_600:
        return "hour", word
    return ("offset", word) if word in _ZONES and "clock" in said else ("unknown", word)


def _calendar(said: dict[str, Any], *, american: bool) -> tuple[int | None, int, int] | None:
    """Year (None where none was written), month and day."""
    if ("date" in said) + ("month" in said) + ("days" in said) > 1:
        return None
    if "date" in said:
        return None if said["number"] else _numeric(said["date"], american=american)
    years = [number for number in said["number"] if len(number) == 4]
    rest = [number for number in said["number"] if len(number) <= 2]
    if not rest or len(years) + len(rest) != len(said["number"]):
        return None
    day, *more = rest
    years += [number for number in more if len(number) == 2]
    if len(years) > 1 or len(years) + 1 != len(said["number"]):
        return None
    return _full_year(years[0]) if years else None, said["month"], int(day)


def _numeric(written: str, *, american: bool) -> tuple[int, int, int] | None:
    """`2014/5/12`, `12-05-14`, `12.05.2014`; `5/13/2014` too, where day first gives no date."""
    first, second, third = re.split(r"[-/.]", written)
    if len(first) == 4:
        return (int(first), int(second), int(third)) if len(third) <= 2 else None
    if len(first) > 2 or len(third) == 3:
        return None
    day, month = int(first), int(second)
    if "." not in written and (month > 12 or (american and day <= 12)):
        day, month = month, day
    return _full_year(third), month, day


def _dated(found: tuple[int | None, int, int], said: dict[str, Any], now: datetime, zone: tzinfo) -> datetime | None:
    year, month, day = found
    if year is not None:
        return _moment(date(year, month, day), said, zone)
    this_year = now.astimezone(zone).year
    for candidate in range(this_year, this_year - 9, -1):
        if day <= monthrange(candidate, month)[1]:
            moment = _moment(date(candidate, month, day), said, zone)
            if moment and moment <= now:
                return moment
    return None


def _near(said: dict[str, Any], now: datetime, zone: tzinfo) -> datetime | None:
    """A day named from today, or the latest weekday with a time that is not after now."""
    today = now.astimezone(zone).date()
    if "days" in said:
        return _moment(today + said["days"] * _DAY, said, zone)
    if "weekday" not in said or "clock" not in said:
        return None
    back = (today.weekday() - said["weekday"]) % 7
    moment = _moment(today - back * _DAY, said, zone)
    if moment and moment > now:
        moment = _moment(today - (back + 7) * _DAY, said, zone)
    return moment


def _moment(day: date, said: dict[str, Any], zone: tzinfo) -> datetime | None:
    hour, minute, second = _clock(said.get("clock", "0:00"))
    if meridiem := said.get("meridiem"):
        if hour > 12 and meridiem == "am":
            return None
        hour = hour if hour > 12 else hour % 12 + _MERIDIEM[meridiem]
    return _utc(day.year, day.month, day.day, (hour, minute, second), said.get("offset"), zone)


def _clock(written: str) -> tuple[int, int, int]:
    """`9:15`, `10h05`, `10 h 05 min`, `20.13`, `09:15:00.5`."""
    hour, minute, *second = re.findall(r"\d+", written)
    return int(hour), int(minute), int(second[0]) if second else 0


_NAMED_MONTH = r"(?i)(?=.*\b(?:19|20)\d\d\b).*?(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"


def _dateutil(raw: str, zone: tzinfo, *, day_first: bool) -> datetime | None:
    """What dateutil reads the same from two different starting days, so that nothing of the day was filled in."""
    if not raw.isascii() or not re.match(_NAMED_MONTH, raw):
        return None
    from dateutil import parser

    def named(name: str | None, seconds: int | None) -> tzinfo | None:
        if seconds is not None:
            return timezone(timedelta(seconds=seconds))
        if name and name.lower() not in _ZONES:
            raise ValueError(name)
        return timezone(_offset(name) or timedelta()) if name else None

    try:
        first, second = (
            parser.parse(raw, default=start, dayfirst=day_first, tzinfos=named)
            for start in (datetime(2000, 1, 1), datetime(2003, 2, 2))  # noqa: DTZ001 - the zone is what is asked
        )
    except (ValueError, ArithmeticError, TypeError, LookupError, AttributeError):
        return None
    return None if first != second else (first if first.tzinfo else first.replace(tzinfo=zone)).astimezone(UTC)
