"""When a server may be asked again, and that hosts get their pause."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch.fetch.politeness import Gates, fresh_until, retry_at

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def after(**span):
    return NOW + timedelta(**span)


def http_date(moment):
    return format_datetime(moment, usegmt=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", after(seconds=120)),
        (" 120 ", after(seconds=120)),
        (http_date(after(hours=2)), after(hours=2)),
        ("Monday, 23-Nov-26 11:00:00 GMT", after(hours=1)),  # RFC 850, which RFC 9110 §5.6.7 has recipients accept
        ("Mon Nov 23 11:00:00 2026", after(hours=1)),  # asctime, the same
        ("99999999", after(days=7)),
        ("9" * 5_000, after(days=7)),
        (http_date(after(days=3_000)), after(days=7)),
        ("0", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        (http_date(after(hours=-1)), None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_seven_days(value, expected):
    assert retry_at({"retry-after": value}, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache-control": "max-age=600"}, after(minutes=10)),
        ({"cache-control": 'public, Max-Age="600"'}, after(minutes=10)),
        ({"cache-control": "max-age=600", "age": "540"}, after(minutes=1)),
        ({"cache-control": "max-age=600", "age": "600"}, None),
        ({"cache-control": "max-age=600, max-age=60"}, after(minutes=10)),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "max-age=600, no-cache"}, None),
        ({"cache-control": "no-store, max-age=600"}, None),
        ({"cache-control": "max-age=31536000"}, after(hours=6)),
        ({"cache-control": "max-age=31536000", "age": "31535999"}, after(seconds=1)),
        ({"cache-control": "max-age=" + "9" * 5_000, "age": "9" * 5_000}, None),
        ({"cache-control": "max-age=soon", "expires": http_date(after(hours=1))}, None),
        ({"expires": http_date(after(hours=1))}, after(hours=1)),
        # the server's clock is an hour behind ours: what counts is the difference
        ({"expires": http_date(after(hours=1)), "date": http_date(after(hours=-1))}, after(hours=2)),
        ({"expires": "0"}, None),
        ({"expires": http_date(after(days=-1))}, None),
        ({"cache-control": "max-age=0", "expires": http_date(after(hours=1))}, None),
        ({}, None),
    ],
)
def test_freshness_is_max_age_or_expires_less_the_age_and_at_most_six_hours(headers, expected):
    assert fresh_until(headers, NOW) == expected


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["retry-after", "cache-control", "expires", "date", "age"]),
        st.one_of(st.text(max_size=40), st.integers().map(str), st.datetimes().map(format_datetime)),
    )
)
def test_whatever_the_headers_hold_the_wait_is_ahead_and_bounded(headers):
    for moment, longest in ((retry_at(headers, NOW), 7), (fresh_until(headers, NOW), 1)):
        assert moment is None or NOW < moment <= after(days=longest)


def test_a_host_gets_its_pause_between_two_requests_and_another_host_does_not_wait():
    slept = []
    gates = Gates(timedelta(seconds=5), slept.append)
    for host in ("a.example", "b.example", "a.example"):
        with gates.turn(host):
            pass
    assert len(slept) == 1
    assert 4 < slept[0] <= 5


def test_the_pause_counts_after_a_failure_too():
    slept = []
    gates = Gates(timedelta(seconds=5), slept.append)
    with pytest.raises(RuntimeError), gates.turn("a.example"):
        raise RuntimeError
    with gates.turn("a.example"):
        pass
    assert len(slept) == 1


def test_two_threads_never_hold_the_turn_of_one_host_together():
    gates = Gates(timedelta(0), lambda _seconds: None)
    inside, together = [], []

    def visit():
        for _ in range(200):
            with gates.turn("a.example"):
                inside.append(1)
                together.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=visit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [1] * 800
