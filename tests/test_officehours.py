"""Until when an answer is owed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webwatch.model import AnswerTime, OfficeHours
from webwatch.officehours import due, end_of_day

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = OfficeHours(
    days=frozenset(range(5)), opens=time(9), closes=time(17, 30), holidays=frozenset({date(2026, 12, 25)})
)
SHUT = OFFICE._replace(days=frozenset())


def local(*when):
    return datetime(*when, tzinfo=AMSTERDAM)


def test_four_hours_from_friday_half_past_four_end_on_monday_at_noon():
    assert due(local(2026, 11, 20, 16, 30), AnswerTime(timedelta(hours=4)), OFFICE, AMSTERDAM) == local(
        2026, 11, 23, 12
    )


def test_what_comes_at_night_waits_for_the_morning():
    assert due(local(2026, 11, 24, 3), AnswerTime(timedelta(hours=1)), OFFICE, AMSTERDAM) == local(2026, 11, 24, 10)


def test_a_holiday_does_not_count():
    assert due(local(2026, 12, 24, 17), AnswerTime(timedelta(hours=1)), OFFICE, AMSTERDAM) == local(2026, 12, 28, 9, 30)


def test_a_day_and_more_counts_the_calendar():
    assert due(local(2026, 11, 20, 16), AnswerTime(timedelta(hours=24)), OFFICE, AMSTERDAM) == local(2026, 11, 21, 16)


def test_the_owner_may_say_what_a_time_counts():
    friday = local(2026, 11, 20, 16, 30)
    assert due(friday, AnswerTime(timedelta(hours=4), "calendar"), OFFICE, AMSTERDAM) == local(2026, 11, 20, 20, 30)
    assert due(friday, AnswerTime(timedelta(hours=48), "office"), OFFICE, AMSTERDAM) == local(2026, 11, 30, 13, 30)


def test_an_office_that_never_opens_counts_the_calendar():
    assert due(local(2026, 11, 20, 16), AnswerTime(timedelta(hours=4)), SHUT, AMSTERDAM) == local(2026, 11, 20, 20)


def test_a_day_on_which_the_clock_changes_ends_at_its_own_midnight():
    assert end_of_day(local(2026, 10, 25, 12).astimezone(UTC), AMSTERDAM) == datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert end_of_day(local(2026, 3, 29, 12).astimezone(UTC), AMSTERDAM) == datetime(2026, 3, 29, 22, tzinfo=UTC)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware here
SHORT = st.integers(1, 23 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(MOMENTS, SHORT)
def test_due_lies_in_office_hours_and_never_before_it_could(since, within):
    moment = due(since, AnswerTime(within), OFFICE, AMSTERDAM).astimezone(AMSTERDAM)
    assert moment >= since + within
    assert moment.weekday() in OFFICE.days
    assert moment.date() not in OFFICE.holidays
    assert OFFICE.opens <= moment.time() <= OFFICE.closes


@given(MOMENTS, MOMENTS, SHORT)
def test_due_grows_with_the_arrival(one, other, within):
    early, late = sorted((one, other))
    assert due(early, AnswerTime(within), OFFICE, AMSTERDAM) <= due(late, AnswerTime(within), OFFICE, AMSTERDAM)


EVERY_DAY = OFFICE._replace(days=frozenset(range(7)), holidays=frozenset())
NIGHT = EVERY_DAY._replace(opens=time(0), closes=time(8))


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 7), ((2026, 10, 25), 9)])
def test_on_the_days_that_the_clock_changes_an_office_hour_is_still_an_hour(day, hours):
    """From midnight to eight there are seven hours in spring and nine in autumn."""
    midnight = local(*day)
    assert due(midnight, AnswerTime(timedelta(hours=hours)), NIGHT, AMSTERDAM) == local(*day, 8)
    assert due(midnight, AnswerTime(timedelta(hours=hours, minutes=1)), NIGHT, AMSTERDAM) == local(
        day[0], day[1], day[2] + 1, 0, 1
    )


@pytest.mark.parametrize("day", [(2026, 3, 28), (2026, 10, 24)])
def test_a_day_across_a_change_of_the_clock_is_24_hours(day):
    asked = local(*day, 16).astimezone(UTC)
    assert due(asked, AnswerTime(timedelta(hours=24)), OFFICE, AMSTERDAM) - asked == timedelta(hours=24)


@given(MOMENTS, st.integers(0, 200).map(lambda hours: AnswerTime(timedelta(hours=hours), "office")))
def test_office_time_ends_in_office_hours_however_long_it_is(since, within):
    moment = due(since, within, OFFICE, AMSTERDAM).astimezone(AMSTERDAM)
    assert moment >= since
    assert moment.weekday() in OFFICE.days
    assert moment.date() not in OFFICE.holidays
    assert OFFICE.opens <= moment.time() <= OFFICE.closes


@given(MOMENTS, MOMENTS, st.integers(0, 200), st.sampled_from(["", "office", "calendar"]))
def test_due_never_lies_before_publication_and_grows_with_the_arrival(one, other, hours, counts):
    within = AnswerTime(timedelta(hours=hours), counts)
    early, late = sorted((one, other))
    assert early <= due(early, within, EVERY_DAY, AMSTERDAM) <= due(late, within, EVERY_DAY, AMSTERDAM)
