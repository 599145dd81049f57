"""Moments as people type them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch import when
from webwatch.model import OfficeHours

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = OfficeHours(days=frozenset(range(5)), opens=time(9), closes=time(17, 30))
DESK = when.Desk(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), AMSTERDAM, OFFICE)  # a Monday, 10:00 in Amsterdam


WORDS = [
    *("17:00", "morgen", "om", "at", "2", "d", "dagen", "in", "over", "vrijdag", "next", "week", "25", "11", "nov"),
    *("2026-11-30", "ago", "am", "pm", "12"),
]


def told(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%a %d %b %Y %H:%M}"


@pytest.mark.parametrize(("typed", "meant"), [
    ("17:00", "Mon 23 Nov 2026 17:00"),
    ("9.30", "Tue 24 Nov 2026 09:30"),
    ("om 17u", "Mon 23 Nov 2026 17:00"),
    ("5pm", "Mon 23 Nov 2026 17:00"),
    ("17.00 uur", "Mon 23 Nov 2026 17:00"),
    ("noon", "Mon 23 Nov 2026 12:00"),
    ("tomorrow 12:00", "Tue 24 Nov 2026 12:00"),
    ("tomorrow at 12", "Tue 24 Nov 2026 12:00"),
    ("morgen 12:00", "Tue 24 Nov 2026 12:00"),
    ("Overmorgen", "Wed 25 Nov 2026 17:30"),
    ("vanavond", "Mon 23 Nov 2026 20:00"),
    ("morgenochtend", "Tue 24 Nov 2026 09:00"),
    ("vrijdag", "Fri 27 Nov 2026 17:30"),
    ("vrijdagmiddag", "Fri 27 Nov 2026 14:00"),
    ("friday 9:00", "Fri 27 Nov 2026 09:00"),
    ("monday", "Mon 30 Nov 2026 17:30"),
    ("volgende week", "Mon 30 Nov 2026 17:30"),
    ("volgende week vrijdag", "Fri 04 Dec 2026 17:30"),
    ("vandaag", "Mon 23 Nov 2026 17:30"),
    ("in 2 days", "Wed 25 Nov 2026 10:00"),
    ("2d", "Wed 25 Nov 2026 10:00"),
    ("90m", "Mon 23 Nov 2026 11:30"),
    ("over een uur", "Mon 23 Nov 2026 11:00"),
    ("over 3 dagen om 12:00", "Thu 26 Nov 2026 12:00"),
    ("5 werkdagen", "Mon 30 Nov 2026 17:30"),
    ("25 november", "Wed 25 Nov 2026 17:30"),
    ("nov 25 9:00", "Wed 25 Nov 2026 09:00"),
    ("1-3", "Mon 01 Mar 2027 17:30"),
    ("25/11/2026 12:00", "Wed 25 Nov 2026 12:00"),
    ("2026-11-30", "Mon 30 Nov 2026 17:30"),
    ("2026-11-30 9:00", "Mon 30 Nov 2026 09:00"),
    ("2026-11-30T09:00Z", "Mon 30 Nov 2026 10:00"),
])  # fmt: skip
def test_what_lies_ahead_is_read_as_people_type_it(typed, meant):
    assert told(when.ahead(typed, DESK)) == meant


@pytest.mark.parametrize(("typed", "meant"), [
    ("17:00", "Sun 22 Nov 2026 17:00"),
    ("8:00", "Mon 23 Nov 2026 08:00"),
    ("yesterday 12:00", "Sun 22 Nov 2026 12:00"),
    ("2 days ago", "Sat 21 Nov 2026 10:00"),
    ("3 uur geleden", "Mon 23 Nov 2026 07:00"),
    ("2h", "Mon 23 Nov 2026 08:00"),
    ("vrijdag 14:00", "Fri 20 Nov 2026 14:00"),
    ("21 mei", "Thu 21 May 2026 17:30"),
    ("2026-11-20T09:00", "Fri 20 Nov 2026 09:00"),
])  # fmt: skip
def test_what_lies_behind_is_read_the_same_way(typed, meant):
    assert told(when.behind(typed, DESK)) == meant


def test_a_day_alone_is_its_opening_hour_where_something_is_to_come_back_then():
    assert told(when.ahead("vrijdag", DESK, at_opening=True)) == "Fri 27 Nov 2026 09:00"


@pytest.mark.parametrize(
    "typed",
    [
        *("", "soon", "12", "25:00", "9:61", "31 februari", "2026-13-01", "next year", "tomorrow yesterday 12:00"),
        *("over 99999 dagen", "2 days ago", "x" * 500),
    ],
)
def test_what_is_not_understood_whole_is_refused_with_examples(typed):
    with pytest.raises(ValueError, match="is no moment that is understood: write for example 17:00"):
        when.ahead(typed, DESK)


def test_what_lies_on_the_wrong_side_is_refused_with_what_was_understood():
    with pytest.raises(ValueError, match="'gisteren' is Sun 22 Nov 2026 17:30, and that is over"):
        when.ahead("gisteren", DESK)
    with pytest.raises(ValueError, match="'morgen' is Tue 24 Nov 2026 17:30, and that is not yet"):
        when.behind("morgen", DESK)


def test_two_days_later_is_the_same_hour_although_the_clock_is_put_back():
    friday = DESK._replace(now=datetime(2026, 10, 23, 8, 0, tzinfo=UTC))
    assert told(when.ahead("in 3 days", friday)) == "Mon 26 Oct 2026 10:00"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30) | st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join))
def test_whatever_is_typed_lies_ahead_or_is_refused(typed):
    try:
        moment = when.ahead(typed, DESK)
    except ValueError:
        return
    assert DESK.now < moment < DESK.now + timedelta(days=3661)
