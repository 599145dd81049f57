"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1) → items."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from webwatch.errors import ParseError
from webwatch.parse.feed.item import MAX_ENTRIES, Feed, Item, absolute

if TYPE_CHECKING:
    from webwatch.model import Page


def items(page: Page) -> tuple[Feed, list[Item]]:
    """What the feed says of itself, and its items; raises `ParseError` for JSON that is no JSON Feed."""
    try:
        found = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise ParseError("this is JSON that cannot be read, and no feed") from error
    if not isinstance(found, dict) or "jsonfeed.org/version/1" not in _text(found.get("version")):
        raise ParseError("this is JSON, but not a JSON Feed")
    listed = found.get("items")
    feed = Feed(
        title=_plain(found.get("title")),
        home=absolute(page.url, _text(found.get("home_page_url"))) or page.url,
        base=page.url,
        author=_names(found),
        language=_text(found.get("language")),
    )
    wanted = listed[: MAX_ENTRIES + 1] if isinstance(listed, list) else []
    return feed, [_item(item) for item in wanted if isinstance(item, dict)]


def _item(found: dict[str, Any]) -> Item:
    guid = _text(found.get("id"))
    return {
        "title": _plain(found.get("title")),
        "content": _text(found.get("content_html")) or _plain(found.get("content_text")),
        "summary": _plain(found.get("summary")),
        "link": _text(found.get("url")) or _text(found.get("external_url")),
        "permalink": guid if guid.startswith("http") else "",
        "guid": guid,
        "author": _names(found),
        "language": _text(found.get("language")),
        "published": _text(found.get("date_published")),
        "updated": _text(found.get("date_modified")),
    }


def _names(found: dict[str, Any]) -> str:
    """The names of `authors` (1.1) or `author` (1)."""
    listed = found.get("authors")
    people = listed[:10] if isinstance(listed, list) else [found.get("author")]
    return _plain(", ".join(filter(None, (_text(one.get("name")) for one in people if isinstance(one, dict)))))


def _text(value: object) -> str:
    """A string as it is, a number as its digits (ids often are), anything else as nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 64 else ""


def _plain(value: object) -> str:
    """Plain text as HTML, its lines kept."""
    return escape(_text(value), quote=False).replace("\n", "<br>")
