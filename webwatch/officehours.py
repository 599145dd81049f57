"""Until when an answer is owed: short times count the hours that we work, long ones the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time, tzinfo

    from webwatch.model import AnswerTime, OfficeHours

_DAY = timedelta(days=1)
_LONGEST_CLOSURE = 400  # days; an office that stays shut for longer has no office hours to count


def due(since: datetime, within: AnswerTime, hours: OfficeHours, zone: tzinfo) -> datetime:
    """The moment (UTC) by which something of `since` must be answered.

    Under 24 hours counts office time; 24 hours and more counts the calendar, as a customer counts a day (rule 2 of
    the product), unless it says which of the two. Where the office never opens, the calendar counts.
    """
    since = since.astimezone(UTC)  # within one zone Python counts by its clock on the wall
    in_office = within.counts == "office" or (within.counts == "" and within.length < _DAY)
    found = add_office_time(since, within.length, hours, zone) if in_office else None
    return found or since + within.length


def add_office_time(since: datetime, within: timedelta, hours: OfficeHours, zone: tzinfo) -> datetime | None:
    """`since` plus `within` of office time, in UTC; None where the office does not open for so long."""
    day = since.astimezone(zone).date()
    left = within
    for _ in range(_LONGEST_CLOSURE):
        if is_working_day(day, hours):
            opens = max(since, _moment(day, hours.opens, zone))
            closes = _moment(day, hours.closes, zone)
            if opens + left <= closes:
                return opens + left
            left -= max(closes - opens, timedelta())
        day += _DAY
    return None


def is_working_day(day: date, hours: OfficeHours) -> bool:
    """Whether the office opens at all on this day."""
    return day.weekday() in hours.days and day not in hours.holidays


def end_of_day(now: datetime, zone: tzinfo) -> datetime:
    """The midnight (UTC) that ends the owner's today."""
    local = now.astimezone(zone)
    return datetime.combine(local.date() + _DAY, datetime.min.time(), zone).astimezone(UTC)


def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
