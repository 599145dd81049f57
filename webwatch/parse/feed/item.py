"""One item of any format → `Entry`: plain text, an absolute address, dates in UTC, everything bounded.

An item is a `dict[str, str]` of what the feed says, under these names (each may be missing):

    title, content, summary            HTML; plain text is escaped by whoever fills it in
    media_title, media_text            what stands in where those are missing
    link, alternate, other_alternate,
    permalink                          addresses, in the order of preference; `base` is what they are relative to
    comments, reply_to                 addresses of the conversation
    creator, author, source_author,
    other_author                       names, in the order of preference
    guid, site, language
    published, date, created, updated  as written, in the order of preference
"""

from __future__ import annotations

import html
import re
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from webwatch import addresses, dates, text
from webwatch.model import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from webwatch.model import Context

Item = dict[str, str]

_ADDRESSES = ("link", "alternate", "other_alternate", "permalink")
_AUTHORS = ("creator", "author", "source_author", "other_author")
_DATES = ("published", "date", "created", "updated")

MAX_ENTRIES = 50_000
_MAX_MARKUP = 500_000
_MAX_TEXT = 50_000
_MAX_LINE = 20_000
_MAX_TITLE = 500
_MAX_AUTHOR = 200
_MAX_GUID = 500
_MAX_RAW_DATE = 100
_AHEAD = timedelta(days=366)

_CLEAN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/(?!\.)[!#-;=?-~]*)?$", re.ASCII)
_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|p|pre|q|s|small|span|strike"
    r"|strong|sub|sup|time|tt|u|ul|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']?(https?://[^\s"'<>]{4,2000})""", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]+)\)$")
_NAME_AND_MAIL = re.compile(r"[\"']?([^<>\"@]+?)[\"']?\s*<[^\s@<>]+@[^\s@<>]+>$")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,30})?$")


class Feed(NamedTuple):
    """What the feed says of itself: `home` is its own page, `base` what its addresses are relative to."""

    title: str = ""
    home: str = ""
    base: str = ""
    author: str = ""
    language: str = ""


def entry(item: Item, feed: Feed, context: Context) -> Entry:
    """The item as an entry; a date in the coming year counts as now, one further off as none."""
    get = item.get
    # The owner knows better than a blog engine's default (`en-US` on a Dutch site).
    tag = context.source.language or get("language") or feed.language
    published, raw = _first_date(item, tag, context)
    updated = get("updated")
    guid = get("guid")
    url = _url(item, feed)
    return Entry(
        url=url,
        title=headline(get("title") or get("media_title") or ""),
        text=_text(item),
        author=author(next(filter(None, map(get, _AUTHORS)), feed.author)),
        published=published,
        published_raw=raw,
        updated=(published if updated == raw else _date(updated, tag, context)) if updated else None,
        guid=text.line(guid[:_MAX_LINE])[:_MAX_GUID] if guid else "",
        thread=_thread(item, feed, url, context),
        language=language(tag),
        site=headline(get("site") or "")[:_MAX_AUTHOR],
    )


def headline(markup: str) -> str:
    """A title or a name as one plain line.

    Only tags that HTML has are taken for tags, and only references that end in a semicolon for references, so that
    `R&D`, `a < b` and `List<String>` stay what they are.
    """
    if "<" in markup:
        markup = _TAG.sub("", markup[:_MAX_LINE])
    if "&" in markup:
        markup = _REFERENCE.sub(_unescaped, markup[:_MAX_LINE])
    return text.line(markup[:_MAX_LINE])[:_MAX_TITLE].rstrip()


def _unescaped(reference: re.Match[str]) -> str:
    from html import unescape

    return unescape(reference[0])


def author(written: str) -> str:
    """The name in `name@host (Name)` or `Name <name@host>` (RSS 2.0 asks for an address); else what was written."""
    if not written:
        return ""
    name = headline(written)
    if "@" in name and (found := _MAIL_AND_NAME.match(name) or _NAME_AND_MAIL.match(name)):
        name = found[1].strip()
    return name[:_MAX_AUTHOR]


@lru_cache(maxsize=256)
def language(tag: str) -> str | None:
    """The language of a tag (RFC 5646) in lower case, without region or script: `nl-NL` → `nl`."""
    found = _LANGUAGE.match(tag.strip())
    return found[1].lower() if found else None


def _text(item: Item) -> str:
    """The content, or the summary where that says more and begins alike (a content that was cut short)."""
    content, summary = item.get("content", ""), item.get("summary", "")
    found = text.from_html(content[:_MAX_MARKUP]) if content else ""
    if not found:
        found = text.from_html((summary or item.get("media_text", ""))[:_MAX_MARKUP])
    elif len(summary) > len(found):
        longer = text.from_html(summary[:_MAX_MARKUP])
        if len(longer) > len(found) and longer.startswith(found.rstrip(".… ")):
            found = longer
    return found if len(found) <= _MAX_TEXT else found[:_MAX_TEXT].rstrip()


def _first_date(item: Item, tag: str, context: Context) -> tuple[datetime | None, str]:
    """The first date that can be read, as it was written; where none can, the first that was written."""
    first = ""
    for name in _DATES:
        if raw := item.get(name):
            moment = _date(raw, tag, context)
            if moment:
                return moment, text.line(raw[:_MAX_RAW_DATE])
            first = first or raw
    return None, text.line(first[:_MAX_RAW_DATE])


def _date(raw: str, tag: str, context: Context) -> datetime | None:
    moment = dates.parse(raw, now=context.now, zone=context.zone, language=tag, ahead=_AHEAD)
    return context.now if moment and moment > context.now else moment


def _url(item: Item, feed: Feed) -> str:
    for name in _ADDRESSES:
        if (written := item.get(name)) and (address := absolute(item.get("base") or feed.base, written)):
            return address
    return feed.home


def _thread(item: Item, feed: Feed, url: str, context: Context) -> str:
    """Where the conversation is: what is replied to, or the page of the comments without the place on it.

    What stands on our own site is part of the conversation elsewhere that it links to.
    """
    written = item.get("reply_to") or ""
    if not written and context.domains and addresses.is_at(url, context.domains):
        written = _link_elsewhere(item.get("content") or item.get("summary") or "", context.domains)
    written = written or item.get("comments") or ""
    return absolute(item.get("base") or feed.base, written).partition("#")[0] if written else ""


def _link_elsewhere(markup: str, domains: tuple[str, ...]) -> str:
    links = (html.unescape(found[1]) for found in _LINK.finditer(markup[:_MAX_MARKUP]))
    return next((link for link in links if not addresses.is_at(link, domains)), "")


def absolute(base: str, written: str) -> str:
    """`addresses.absolute`, without characters that no address may hold, and quick for what needs no work."""
    written = written[:_MAX_LINE].strip()
    if _CLEAN_ADDRESS.match(written) and "/." not in written and len(written) <= 2_000:
        return written
    return addresses.absolute(base, "%20".join(text.line(written).split()))
