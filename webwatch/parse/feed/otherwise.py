"""What came instead of a feed, in a sentence that helps: a web page (and the feeds it offers), a login, another XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import addresses, text
from webwatch.errors import ParseError

if TYPE_CHECKING:
    from webwatch.model import Page

_SEEN = 200_000
_MAX_OFFERED = 5
_PAGE = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]{0,300}\?>\s*|<!--(?:(?!-->).){0,2000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\s[^<>]{0,500}type\s*=\s*[\"']?password", re.IGNORECASE)
_FEED_TYPES = ("rss+xml", "atom+xml", "feed+json", "rdf+xml")
_VOCABULARIES = {
    "opml": "an OPML list of feeds, not a feed; give the addresses in it as sources",
    "urlset": "a sitemap, not a feed",
    "sitemapindex": "a sitemap, not a feed",
}


def is_web_page(markup: str) -> bool:
    """Whether the text begins as HTML does."""
    return _PAGE.match(markup, 0, 20_000) is not None


def web_page(markup: str, page: Page) -> ParseError:
    """The error for HTML: names a login page as such, and the feeds that the page offers."""
    seen = markup[:_SEEN]
    if offered := _offered(seen, page.url):
        return ParseError(f"this is a web page, not a feed; it offers these feeds: {', '.join(offered)}")
    if _PASSWORD.search(seen):
        return ParseError("this is a login page, not a feed: the address can only be read when logged in")
    return ParseError("this is a web page, not a feed, and it offers no feed")


def _offered(markup: str, base: str) -> list[str]:
    """The feeds named by `<link rel="alternate">` (HTML §4.6.7.1), absolute, at most five."""
    found: dict[str, None] = {}
    for link in _LINK.finditer(markup):
        attributes = {name.lower(): one or two or three for name, one, two, three in _ATTRIBUTE.findall(link[1])}
        relations = attributes.get("rel", "").lower().split()
        kind = attributes.get("type", "").lower()
        if "alternate" in relations and kind.endswith(_FEED_TYPES):
            address = addresses.absolute(base, attributes.get("href", "").replace("&amp;", "&"))
            if address:
                found[text.line(address)] = None
    return list(found)[:_MAX_OFFERED]


def other_xml(root: str) -> ParseError:
    """The error for well-formed XML of another vocabulary; `root` is its first element's name."""
    what = _VOCABULARIES.get(root.lower(), f"XML, but not a feed (its root element is <{text.line(root)[:50]}>)")
    return ParseError(f"this is {what}")


def unreadable(markup: str, page: Page) -> ParseError:
    """The error for what is neither XML nor HTML as far as can be seen."""
    if "html" in page.headers.get("content-type", "").lower() and "<" in markup[:_SEEN]:
        return web_page(markup, page)
    start = text.line(markup[:200])[:60]
    return ParseError(f"this is not a feed; it begins with {start!r}" if start else "this is not a feed")
