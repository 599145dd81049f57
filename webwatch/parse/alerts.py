"""Alert feeds (Google Alerts, Talkwalker Alerts, Bing News): feeds whose entries point to somebody else's page.

The address becomes the page's own instead of the service's redirect, and the site is its publisher: the one that is
named, or else the page's host.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import addresses
from webwatch.parse import Parser, feed

if TYPE_CHECKING:
    from webwatch.model import Context, Entry, Page, Parsed

_SERVICE = re.compile(r"(?:google|talkwalker|bing)(?: ?(?:alerts?|news))?$", re.IGNORECASE)


def parse(page: Page, context: Context) -> Parsed:
    """The hits of an alert, in its order; raises `ParseError` as feeds do."""
    parsed = feed.parse(page, context)
    return parsed._replace(entries=tuple(map(_hit, parsed.entries)))


def _hit(entry: Entry) -> Entry:
    url = addresses.unwrapped(entry.url)
    return entry._replace(
        url=url,
        author="" if _SERVICE.match(entry.author) else entry.author,
        site=entry.site or addresses.host(url).removeprefix("www."),
        thread="",
    )


part = Parser(start=feed.start, parse=parse)
