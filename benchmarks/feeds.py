"""Milliseconds for one feed: strict, repaired, and feedparser alone, side by side.

    python -m benchmarks.feeds [--entries 50] [--rounds 100]

The feed is made here: a shop's blog in RSS 2.0 as WordPress writes it, some 1.2 kB an entry. The broken copy has a bare
ampersand in every title. "feedparser" is what `feedparser.parse` takes with sanitising and resolving off, without
making entries of it; "expat" is the floor, the XML parser alone.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO
from timeit import repeat
from typing import TYPE_CHECKING
from xml.etree.ElementTree import XMLParser

import feedparser

from webwatch.model import Context, Page, Source
from webwatch.parse import feed

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/">'
    "<channel><title>Bakkersnieuws</title><link>https://bakkersnieuws.example/</link><language>nl-NL</language>"
    '<atom:link href="https://bakkersnieuws.example/feed/" rel="self" type="application/rss+xml"/>'
)
_BODY = (
    "<p>Het brood van de week is <strong>zuurdesem</strong>, zegt de bakker; kom proeven aan de Dorpsstraat.</p>\n"
    "<p>Wie v&#243;&#243;r tien uur komt, krijgt koffie. "
    '<a href="https://bakkersnieuws.example/aanbod">Het aanbod</a></p>\n'
)


def rss(entries: int, *, broken: bool = False) -> bytes:
    """The feed; `broken` leaves an ampersand bare in every title."""
    return f"{_HEAD}{''.join(_item(number, broken=broken) for number in range(entries))}</channel></rss>".encode()


def _item(number: int, *, broken: bool) -> str:
    address = f"https://bakkersnieuws.example/2026/11/bericht-{number}/"
    moment = format_datetime(NOW - timedelta(hours=number))
    return (
        f"<item><title>Brood {'&' if broken else '&amp;'} banket, bericht {number}</title><link>{address}</link>"
        f"<comments>{address}#respond</comments><dc:creator><![CDATA[Redactie]]></dc:creator>"
        f"<pubDate>{moment}</pubDate><category><![CDATA[Nieuws]]></category>"
        f'<guid isPermaLink="false">https://bakkersnieuws.example/?p={number}</guid>'
        f"<description><![CDATA[Het brood van de week is zuurdesem, zegt de bakker &#8230;]]></description>"
        f"<content:encoded><![CDATA[{_BODY * 3}]]></content:encoded>"
        f"<wfw:commentRss>{address}feed/</wfw:commentRss><slash:comments>{number}</slash:comments></item>\n"
    )


def main() -> None:
    """Measures, and prints a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=50)
    options.add_argument("--rounds", type=int, default=50)
    chosen = options.parse_args()
    sound, broken = rss(chosen.entries), rss(chosen.entries, broken=True)
    print(f"{chosen.entries} entries, {len(sound) / 1000:.0f} kB; milliseconds a feed, best of {chosen.rounds}")
    for name, work in {
        "expat alone": lambda: _expat(sound),
        "strict": lambda: _ours(sound),
        "repaired": lambda: _ours(broken),
        "feedparser": lambda: _feedparser(sound),
    }.items():
        print(f"{name:12}{_best(work, chosen.rounds):9.2f}")


def _best(work: Callable[[], object], rounds: int) -> float:
    return min(repeat(work, number=1, repeat=rounds)) * 1000


def _ours(body: bytes) -> int:
    source = Source(name="bench", url="https://bakkersnieuws.example/feed/")
    page = Page(url=source.url, headers={"content-type": "application/rss+xml"}, body=body)
    return len(feed.parse(page, Context(source=source, now=NOW, zone=UTC)).entries)


def _expat(body: bytes) -> None:
    parser = XMLParser()
    parser.feed(body)
    parser.close()


def _feedparser(body: bytes) -> None:
    feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)


if __name__ == "__main__":
    main()
