"""Dates as feeds and forums write them, and what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch import dates, languages

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # a Sunday, 10:00 in Amsterdam


def read(raw: str, language: str | None = None, zone=AMSTERDAM, **options) -> str | None:
    """The reading in Amsterdam's wall clock, short: what an owner would say it is."""
    moment = dates.parse(raw, now=NOW, zone=zone, language=language, **options)
    return moment and moment.astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M:%S")


INTERNET = {
    "Mon, 03 Nov 2025 10:00:00 +0100": "2025-11-03 10:00:00",
    "Mon, 03 Nov 2025 10:00:00 +01:00": "2025-11-03 10:00:00",
    "Mon, 3 Nov 2025 10:00 GMT": "2025-11-03 11:00:00",
    "03 Nov 2025 10:00:00 UT": "2025-11-03 11:00:00",
    "3 Nov 25 10:00:00 Z": "2025-11-03 11:00:00",
    "Fri, 03 Nov 2025 10:00:00 GMT": "2025-11-03 11:00:00",  # it was a Monday
    "Mon, 03 Nov 2025 10:00:00 EST": "2025-11-03 16:00:00",
    "Mon, 03 Nov 2025 10:00:00 PDT": "2025-11-03 18:00:00",
    "Mon, 03 Nov 2025 10:00:00 CET": "2025-11-03 10:00:00",
    "Mon, 03 Aug 2026 10:00:00 CEST": "2026-08-03 10:00:00",
    "Mon, 03 Aug 2026 10:00:00 MEST": "2026-08-03 10:00:00",
    "Mon, 03 Nov 2025 10:00:00 BST": "2025-11-03 10:00:00",
    "Mon, 03 Nov 2025 10:00:00 EET": "2025-11-03 09:00:00",
    "Mon, 03 Nov 2025 10:00:00": "2025-11-03 10:00:00",
    "Mon, 03 Nov 2025 24:00:00 +0100": "2025-11-04 00:00:00",
    "Mon, 03 Nov 2025 10:00:60 +0100": "2025-11-03 10:00:59",
    "Mon, 03 November 2025 10:00:00 +0100": "2025-11-03 10:00:00",
    "Monday, 03-Nov-25 10:00:00 GMT": "2025-11-03 11:00:00",
    "Mon Nov  3 10:00:00 2025": "2025-11-03 10:00:00",
    "Fri, 13 Feb 2026 09:00:00 +0100 (CET)": "2026-02-13 09:00:00",
    "Mon Nov 03 2025 10:00:00 GMT+0100 (Central European Standard Time)": "2025-11-03 10:00:00",
    "2025-11-03T10:00:00Z": "2025-11-03 11:00:00",
    "2025-11-03T10:00:00.123456789+01:00": "2025-11-03 10:00:00",
    "2025-11-03t10:00:00z": "2025-11-03 11:00:00",
    "2025-11-03 10:00:00": "2025-11-03 10:00:00",
    "2025-11-03 10:00:00 +0100": "2025-11-03 10:00:00",
    "2025-11-03T10:00+0100": "2025-11-03 10:00:00",
    "2025-11-03T10:00:00+01": "2025-11-03 10:00:00",
    "2025-11-03T24:00:00+01:00": "2025-11-04 00:00:00",
    "2025-11-03": "2025-11-03 00:00:00",
    "20251103": "2025-11-03 00:00:00",
    "20251103T100000Z": "2025-11-03 11:00:00",
    "20251103100000": "2025-11-03 10:00:00",
    "1762160400": "2025-11-03 10:00:00",
    "1762160400123": "2025-11-03 10:00:00",
    "  Mon, 03 Nov 2025 10:00:00 +0100\n": "2025-11-03 10:00:00",
}

# What feedparser or dateutil read as another day, year or hour, or not at all.
SILENTLY_WRONG_ELSEWHERE = {
    "2016/6/29 15:07:41": "2016-06-29 15:07:41",
    "03-11-2025 10:00": "2025-11-03 10:00:00",
    "03-04-2025": "2025-04-03 00:00:00",
    "05.06.2023": "2023-06-05 00:00:00",
    "12-05-14": "2014-05-12 00:00:00",
    "05/13/2014": "2014-05-13 00:00:00",
    "Gepost op: 12 mei 2014 10:00": "2014-05-12 10:00:00",
    "Verfasst: Mi 12. Sep 2018, 20:13": "2018-09-12 20:13:00",
    "een uur geleden": "2026-11-22 09:00:00",
    "zojuist": "2026-11-22 10:00:00",
    "Gisteren 22:14 uur": "2026-11-21 22:14:00",
    "gisteren om 14:32": "2026-11-21 14:32:00",
}

IN_WORDS = {
    "ma 12 mei 2014, 09:15": "2014-05-12 09:15:00",
    "do 01 mei 2008 22:14": "2008-05-01 22:14:00",
    "zo 12 mei 2024 @ 10:00": "2024-05-12 10:00:00",
    "12 mei '14 09:15": "2014-05-12 09:15:00",
    "12/05/2014 om 9.15 uur": "2014-05-12 09:15:00",
    "12 mei 2014 (09:15)": "2014-05-12 09:15:00",
    "vandaag, 09:05": "2026-11-22 09:05:00",
    "eergisteren 10:00": "2026-11-20 10:00:00",
    "3 uur geleden": "2026-11-22 07:00:00",
    "ongeveer 2 weken, 3 dagen geleden": "2026-11-05 10:00:00",
    "Thu May 01, 2008 10:14 pm": "2008-05-01 22:14:00",
    "Gepost op: Thu May 01, 2008 10:14 pm": "2008-05-01 22:14:00",
    "May 21st, 2014": "2014-05-21 00:00:00",
    "May 21st, 2014 10:08 p.m.": "2014-05-21 22:08:00",
    "May 21, 2014 at 12:08 am": "2014-05-21 00:08:00",
    "May 21, 2014 at 12:08 PM": "2014-05-21 12:08:00",
    "Tuesday, Nov 4th 2025 at 3pm": "2025-11-04 15:00:00",
    "Nov 3, 2025 10:00 AM EST": "2025-11-03 16:00:00",
    "Monday at 2:32 PM": "2026-11-16 14:32:00",
    "Sunday at 9:00": "2026-11-22 09:00:00",
    "Sunday at 11:00": "2026-11-15 11:00:00",
    "just now": "2026-11-22 10:00:00",
    "an hour ago": "2026-11-22 09:00:00",
    "3h ago": "2026-11-22 07:00:00",
    "posted a few seconds ago": "2026-11-22 10:00:00",
    "vor 3 Stunden": "2026-11-22 07:00:00",
    "vor einer Stunde": "2026-11-22 09:00:00",
    "gestern um 14:32 Uhr": "2026-11-21 14:32:00",
    "Heute, 09:05": "2026-11-22 09:05:00",
    "am 12. März 2014 um 20 Uhr": "2014-03-12 20:00:00",
    "21 mai 2014 à 10h05": "2014-05-21 10:05:00",
    "14 mars 2014 à 10 h 03 min": "2014-03-14 10:03:00",
    "14 mars 2014 10 h 03": "2014-03-14 10:03:00",
    "mar. 13 mai 2014, 10:15": "2014-05-13 10:15:00",
    "1er mars 2024": "2024-03-01 00:00:00",
    "Dimanche 12 août 2018 - 20:13": "2018-08-12 20:13:00",
    "il y a 2 jours": "2026-11-20 10:00:00",
    "il y a une heure": "2026-11-22 09:00:00",
    "Hier à 14h32": "2026-11-21 14:32:00",
    "Aujourd’hui à 09:05": "2026-11-22 09:05:00",
    "avant-hier à 10:00": "2026-11-20 10:00:00",
    "12 mei": "2026-05-12 00:00:00",
    "24 december 18:00": "2025-12-24 18:00:00",
    "Feb 29": "2024-02-29 00:00:00",
}

# As forums print them, each with the language of such a forum.
AS_FORUMS_PRINT_THEM = {
    ("nl", "gisteren om 14:32"): "2026-11-21 14:32:00",
    ("nl", "3 uur geleden"): "2026-11-22 07:00:00",
    ("nl", "vandaag, 09:05"): "2026-11-22 09:05:00",
    ("nl", "ma 12 mei 2014, 09:15"): "2014-05-12 09:15:00",
    ("nl", "do 01 mei 2008 22:14"): "2008-05-01 22:14:00",
    ("nl", "12-05-14"): "2014-05-12 00:00:00",
    ("en", "Yesterday at 2:32 PM"): "2026-11-21 14:32:00",
    ("en", "3 hours ago"): "2026-11-22 07:00:00",
    ("en", "Today, 09:05 AM"): "2026-11-22 09:05:00",
    ("en", "Thu May 01, 2008 10:14 pm"): "2008-05-01 22:14:00",
    ("en", "May 21st, 2014"): "2014-05-21 00:00:00",
    ("de", "vor 3 Stunden"): "2026-11-22 07:00:00",
    ("de", "Gestern, 14:32"): "2026-11-21 14:32:00",
    ("de", "Mo 12. Mai 2014, 09:15"): "2014-05-12 09:15:00",
    ("fr", "21 mai 2014 à 10h05"): "2014-05-21 10:05:00",
    ("fr", "hier à 14:32"): "2026-11-21 14:32:00",
    ("fr", "il y a 3 heures"): "2026-11-22 07:00:00",
}

NO_DATES = (
    *("", " ", "Mei", "24 uur", "Jan", "13:37", "nu", "net", "hier", "Bericht #4512", "12 reacties", "maandag", "may"),
    *(
        "mei 2014",
        "2014",
        "2014-05",
        "12",
        "3-1",
        "10.0.19",
        "v1.2.3",
        "192.168.10.12",
        "2 h",
        "3 uur",
        "1,5 uur geleden",
    ),
    *("Mon, 03 Nov 2025 25:00:00 GMT", "Mon, 03 Nov 2025 10:00:00 XYZ", "Mon, 32 Nov 2025 10:00:00 GMT"),
    *("30 februari 2014", "31-11-2025", "13.13.2014", "2025-13-01", "2025-02-30T10:00:00Z", "2025. 11. 03"),
    *(
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "0000-00-00 00:00:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1989-12-31T00:00:00Z",
    ),
    *(
        "Laatste reactie gisteren 14:32 door Jan",
        "gisteren 12 mei 2014",
        "12 mei 13 mei 2014",
        "14:30 am",
        "10:00 +9900",
    ),
    *(
        "2025年11月3日",
        "٣ مايو 2014",
        "٢٠٢٥-١١-٠٣",
        "\x00",
        "9" * 5_000,
        "12 mei 2014 " * 500,
        "geleden",
        "ago",
        "0 days ago",
    ),
)


@pytest.mark.parametrize(("raw", "expected"), INTERNET.items())
def test_a_date_of_the_standards_is_read(raw: str, expected: str):
    assert read(raw) == expected


@pytest.mark.parametrize(("raw", "expected"), SILENTLY_WRONG_ELSEWHERE.items())
def test_a_date_that_libraries_read_wrongly_is_read_rightly(raw: str, expected: str):
    assert read(raw) == expected


@pytest.mark.parametrize(("raw", "expected"), IN_WORDS.items())
def test_a_date_in_words_is_read_without_knowing_its_language(raw: str, expected: str):
    assert read(raw) == expected


@pytest.mark.parametrize(("said", "expected"), AS_FORUMS_PRINT_THEM.items(), ids=str)
def test_a_date_as_forums_print_it_is_read(said: tuple[str, str], expected: str):
    language, raw = said

    assert read(raw, language) == expected
    assert read(raw) == expected


@pytest.mark.parametrize("raw", NO_DATES, ids=lambda raw: ascii(raw[:30]))
def test_what_only_looks_like_a_date_is_none(raw: str):
    assert read(raw) is None


@pytest.mark.parametrize("language", ["nl", "en", "de", "fr", "en-US", "nl-NL", "xx", ""])
@pytest.mark.parametrize("raw", ["Mei", "hier.", "nu", "Jan", "24 uur"])
def test_a_word_of_an_interface_is_no_date_in_any_language(raw: str, language: str):
    if (raw, language) != ("hier.", "fr"):
        assert read(raw, language) is None


def test_a_lone_word_for_a_day_counts_only_in_its_own_language():
    assert read("gisteren", "nl") == "2026-11-21 00:00:00"
    assert read("gisteren", "en") is None
    assert read("hier", "fr") == "2026-11-21 00:00:00"
    assert read("hier", "de") is None


def test_the_day_comes_first_unless_the_language_is_american():
    assert read("05/06/2023") == "2023-06-05 00:00:00"
    assert read("05/06/2023", "en-GB") == "2023-06-05 00:00:00"
    assert read("05/06/2023", "en-US") == "2023-05-06 00:00:00"
    assert read("13/06/2023", "en_us") == "2023-06-13 00:00:00"
    assert read("05.06.2023", "en-US") == "2023-06-05 00:00:00"


def test_an_ambiguous_zone_name_means_the_zone_of_the_caller_where_that_goes_by_it():
    raw = "Mon, 03 Aug 2026 10:00:00 IST"

    assert dates.parse(raw, now=NOW, zone=AMSTERDAM) == datetime(2026, 8, 3, 4, 30, tzinfo=UTC)
    assert dates.parse(raw, now=NOW, zone=ZoneInfo("Europe/Dublin")) == datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
    assert dates.parse(raw, now=NOW, zone=ZoneInfo("Asia/Jerusalem")) is not None


def test_a_repeated_hour_is_its_first_and_a_skipped_hour_counts_on():
    assert dates.parse("25 okt 2026 02:30", now=NOW, zone=AMSTERDAM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert dates.parse("29 mrt 2026 02:30", now=NOW, zone=AMSTERDAM) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_the_future_is_believed_as_far_as_the_caller_says():
    raw = "Sun, 29 Nov 2026 10:00:00 GMT"

    assert dates.parse(raw, now=NOW, zone=AMSTERDAM) is None
    assert dates.parse(raw, now=NOW, zone=AMSTERDAM, ahead=timedelta(days=366)) == datetime(
        2026, 11, 29, 10, tzinfo=UTC
    )
    assert read("Sun, 22 Nov 2026 20:00:00 GMT") == "2026-11-22 21:00:00"


@pytest.mark.parametrize("code", languages.codes())
def test_every_month_and_every_unit_of_a_language_is_understood(code: str):
    words = languages.load(code).dates
    ago = next(iter(words.ago))

    for name, number in words.months.items():
        moment = dates.parse(f"17 {name} 2014 10:00", now=NOW, zone=UTC, language=code)
        assert moment == datetime(2014, number, 17, 10, tzinfo=UTC), name
    for name, seconds in words.units.items():
        said = f"2 {name} {ago}" if code in {"en", "nl"} else f"{ago} 2 {name}"
        assert dates.parse(said, now=NOW, zone=UTC, language=code) == NOW - timedelta(seconds=2 * seconds), said


@pytest.mark.parametrize("code", languages.codes())
def test_every_weekday_may_stand_before_a_date(code: str):
    for name in languages.load(code).dates.weekdays:
        assert dates.parse(f"{name}. 17.05.2014, 10:00", now=NOW, zone=UTC, language=code) is not None, name


PIECES = """12 2014 31 mei May geleden vor il y a uur gisteren hier 10:00 25:61 pm am 12-05-14 2014/13/40 +0200 GMT CET
T Z , . ' ( ) 99999 0 ago mar"""
pieces = st.sampled_from([*PIECES.split(), " "])
tried = st.one_of(
    st.text(max_size=40), st.lists(pieces, max_size=9).map(" ".join), st.lists(pieces, max_size=9).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(tried, st.sampled_from([None, "nl", "en", "en-US", "de", "fr", "xx"]))
def test_whatever_is_read_is_in_range_and_in_utc(raw: str, language: str | None):
    moment = dates.parse(raw, now=NOW, zone=AMSTERDAM, language=language)

    assert moment is None or datetime(1990, 1, 1, tzinfo=UTC) <= moment <= NOW + timedelta(days=1)
    assert moment is None or moment.tzinfo is UTC


moments = st.integers(631_238_400, 1_795_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, tz=UTC))


@settings(max_examples=100, deadline=None)
@given(moments, st.integers(-12 * 60, 14 * 60), st.booleans())
def test_a_date_that_was_written_by_the_book_is_read_back(moment: datetime, minutes: int, colon: bool):
    shown = moment + timedelta(minutes=minutes)
    sign, distance = "-" if minutes < 0 else "+", abs(minutes)
    offset = f"{sign}{distance // 60:02}{':' if colon else ''}{distance % 60:02}"

    for raw in (f"{shown:%Y-%m-%dT%H:%M:%S}{offset}", f"{shown:%a, %d %b %Y %H:%M:%S} {offset}"):
        assert dates.parse(raw, now=NOW, zone=AMSTERDAM) == moment
