"""Alert feeds: the page that was found, not the service that found it."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from webwatch import parse
from webwatch.errors import ParseError
from webwatch.model import Checkpoint, Context, Entry, Page, Source

SOURCE = Source(name="Alert", url="https://www.google.nl/alerts/feeds/1/2", kind="alerts")
CONTEXT = Context(source=SOURCE, now=datetime(2026, 11, 22, 9, tzinfo=UTC), zone=UTC)


def hit(link: str, inside: str = "", namespaces: str = "") -> Entry:
    link = link.replace("&", "&amp;")
    body = f"<rss {namespaces}><channel><item><title>x</title><link>{link}</link>{inside}</item></channel></rss>"
    (entry,) = parse.load("alerts").parse(Page(url=SOURCE.url, body=body.encode()), CONTEXT).entries
    return entry


TARGET = "https://www.dagblad.example/a?b=1&c=2#d"


@pytest.mark.parametrize(
    "redirect",
    [
        "https://www.google.com/url?rct=j&sa=t&url={}&ct=ga&cd=x&usg=y",
        "https://www.google.co.uk/url?q={}",
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid=1&url={}&c=9",
        "https://www.talkwalker.com/app/redirect?url={}",
    ],
)
def test_the_address_is_the_target_of_the_redirect(redirect: str):
    entry = hit(redirect.format(quote(TARGET, safe="")))

    assert entry.url == TARGET
    assert entry.site == "dagblad.example"


def test_a_named_publisher_goes_before_the_host():
    spaces = 'xmlns:News="https://www.bing.com:443/news/search?q=x&amp;format=rss"'

    assert hit("https://a.example/1", "<News:Source>De Krant</News:Source>", spaces).site == "De Krant"
    assert hit("https://a.example/1", "<source url='https://b.example'>Het Blad</source>").site == "Het Blad"


def test_the_service_is_nobodys_author():
    assert hit("https://a.example/1", "<author>Google Alerts</author>").author == ""
    assert hit("https://a.example/1", "<author>Marieke</author>").author == "Marieke"


def test_a_hit_belongs_to_no_conversation_of_the_service():
    assert hit("https://a.example/1", "<comments>https://www.bing.com/c</comments>").thread == ""


def test_an_alert_is_asked_for_as_a_feed_is():
    request = parse.load("alerts").start(SOURCE, Checkpoint(url=SOURCE.url, etag='"1"'))

    assert (request.url, request.etag) == (SOURCE.url, '"1"')


def test_a_page_of_the_service_is_no_alert():
    with pytest.raises(ParseError, match="web page"):
        parse.load("alerts").parse(Page(url=SOURCE.url, body=b"<!doctype html><title>Sign in"), CONTEXT)
