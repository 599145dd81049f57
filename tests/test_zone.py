"""The time zone that a page prints at its foot, and whether its dates begin with the month."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from webwatch.model import Page
from webwatch.parse._document import Document
from webwatch.parse.forum import zone

WINTER, SUMMER = datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12)  # noqa: DTZ001 - of no zone yet


def document(foot: str) -> Document:
    return Document(Page(url="https://forum.example.nl/", body=f"<html><body><p>{foot}</p></body></html>".encode()))


def hours(foot: str, moment: datetime = WINTER) -> float | None:
    """How far the printed zone is ahead of UTC at a moment; None where none is printed."""
    printed = zone.printed(document(foot))
    offset = moment.replace(tzinfo=printed).utcoffset() if printed else None
    return None if offset is None else offset.total_seconds() / 3600


PRINTED = {
    "Alle tijden zijn GMT+1": 1,
    "Alle tijden zijn UTC+2": 2,
    "Alle tijden zijn UTC": 0,
    "Tijden zijn in GMT +02:00": 2,
    "Tijdzone: UTC+01:00": 1,
    "Alle tijden zijn GMT +1 Uur. De tijd is nu 10:05.": 1,
    "All times are GMT -5. The time now is 04:12 AM.": -5,
    "All times are GMT &minus;5 Hours": -5,
    "All times are UTC − 3:30": -3.5,
    "All times are GMT + 5.5 Hours": 5.5,
    "All times are UTC+05:45": 5.75,
    "Alle Zeiten sind UTC + 1 Stunde": 1,
    "Alle Zeitangaben in WEZ +1. Es ist jetzt 10:05 Uhr.": 1,
    "Heures au format UTC + 1 heure": 1,
    "Fuseau horaire GMT +1. Il est actuellement 10h05.": 1,
    "All times are <abbr>UTC</abbr>+1": 1,
}


@pytest.mark.parametrize(("foot", "expected"), PRINTED.items())
def test_the_zone_of_the_page_is_read(foot: str, expected: float):
    assert hours(foot) == expected


@pytest.mark.parametrize(
    "foot",
    [
        "Alle tijden zijn UTC + 1 uur [ Zomertijd ]",
        "Alle Zeiten sind UTC + 1 Stunde [ Sommerzeit ]",
        "All times are UTC + 1 hour [ DST ]",
        "Heures au format UTC + 1 heure [ Heure d’été ]",
        'All times are UTC + 1 hour [ <abbr title="Daylight Saving Time">DST</abbr> ]',
    ],
)
def test_summer_time_is_an_hour_more(foot: str):
    assert hours(foot) == 2


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "Europa/Amsterdam", "Europe/Bruxelles", "Europa/Wien"])
def test_a_named_zone_is_better_than_the_offset_of_today(name: str):
    foot = f'Alle tijden zijn <span title="{name}">UTC+02:00</span>'

    assert (hours(foot, WINTER), hours(foot, SUMMER)) == (1, 2)


def test_of_a_name_that_nobody_knows_the_offset_counts():
    assert hours('Alle tijden zijn <span title="Nergens/Onbekend">UTC+02:00</span>') == 2


@pytest.mark.parametrize(
    "foot",
    [
        "",
        "Alle tijden zijn onzeker",
        "Wij zijn open van 9:00 tot 17:00 GMT+1",
        "De GMT Master is een horloge",
        "All times are GMT +99",
        "Alle tijden veranderen. De prijs is GMT+1",
        "UTC+2",
    ],
)
def test_what_is_no_zone_of_the_page_is_none(foot: str):
    assert hours(foot) is None


def test_a_zone_in_the_middle_of_a_long_page_is_not_that_of_the_page():
    middle = "<p>Alle tijden zijn GMT+3</p>"

    assert hours(f"{'a' * 60_000}{middle}{'b' * 20_000}") is None


def test_the_month_comes_first_where_a_date_of_the_page_can_only_be_read_so():
    page = document("")

    assert zone.month_first(["05/13/2014", "05/06/2014"], page) is True
    assert zone.month_first(["13/05/2014", "05/06/2014"], page) is False
    assert zone.month_first(["05/06/2014"], page) is None
    assert zone.month_first(["12 mei 2014"], document("05/13/2014")) is None


def test_other_dates_of_the_page_decide_where_those_of_the_posts_do_not():
    assert zone.month_first(["05/06/2014"], document("Lid sinds 09/28/2011")) is True
    assert zone.month_first(["05-06-2014"], document("Lid sinds 28-09-2011")) is False


def test_dates_with_points_never_begin_with_the_month():
    assert zone.month_first(["05.06.2014"], document("05/13/2014")) is None


def test_the_zone_is_that_of_the_entries():
    from tests.test_general import thread  # the frame of a page with posts

    body = thread("03-11-2014 09:12", "03-11-2014 11:40", "04-11-2014 08:05", foot="All times are GMT -5")

    assert [entry.published for entry in body.entries] == [
        datetime(2014, 11, 3, 14, 12, tzinfo=UTC),
        datetime(2014, 11, 3, 16, 40, tzinfo=UTC),
        datetime(2014, 11, 4, 13, 5, tzinfo=UTC),
    ]
