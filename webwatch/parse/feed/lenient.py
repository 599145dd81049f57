"""What no repair made well-formed → items, with feedparser: the only module that imports it, and only when needed.

feedparser opens files and fetches addresses when it is given a string that looks like one: it only ever gets a stream
of bytes here. Sanitising and resolving are off (we make plain text, and addresses absolute, ourselves).
"""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any

from webwatch.parse.feed.item import MAX_ENTRIES, Feed, Item, absolute

_MAX_CHARACTERS = 1_000_000


def items(markup: str, page_url: str) -> tuple[Feed, list[Item]] | None:
    """What feedparser makes of the text; None where it finds no feed, or breaks on it."""
    import feedparser

    body = ("<?xml version='1.0' encoding='utf-8'?>" + markup[:_MAX_CHARACTERS]).encode("utf-8", "replace")
    try:
        read = feedparser.parse(
            BytesIO(body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError):
        return None
    if not read.get("version") and not read.entries:
        return None
    about = read.feed
    base = absolute(page_url, about.get("base") or "") or page_url
    home = absolute(base, about.get("link") or "") or page_url
    atom = str(read.get("version")).startswith("atom")
    feed = Feed(
        title=_construct(about.get("title_detail")),
        home=home,
        base=base if atom or base != page_url else home,
        author=_names(about) if atom else "",
        language=about.get("language") or "",
    )
    return feed, [_item(found, atom=atom) for found in read.entries[: MAX_ENTRIES + 1]]


def _item(read: dict[str, Any], *, atom: bool) -> Item:
    # A plain dict: feedparser's own gives `published` for a missing `updated`, and warns.
    found = dict(read)
    guid, link = found.get("id") or "", found.get("link") or ""
    contents = [text for text in map(_construct, found.get("content") or ()) if text]
    elsewhere = next((one["src"] for one in found.get("content") or () if one.get("src")), "")
    source = found.get("source") or {}
    item = {
        "title": _construct(found.get("title_detail")),
        "content": contents[0] if contents else "",
        "summary": _construct(found.get("summary_detail")),
        # A guid that is no address becomes a link there; it is none.
        "link": "" if link == guid and not link.startswith("http") else link,
        "permalink": guid if guid.startswith("http") and found.get("guidislink", True) else elsewhere,
        "comments": found.get("comments") or "",
        "guid": guid,
        "creator": _names(found) if atom else found.get("author") or "",
        "language": (found.get("title_detail") or {}).get("language") or "",
        "source_author": _names(source) if atom else "",
        "site": source.get("title") or found.get("news_source") or "",
        "published": found.get("published") or "",
        "created": found.get("created") or "",
        "updated": found.get("updated") or "",
    }
    if reply := next((one.get("href") or one.get("ref") or "" for one in _replies(found)), ""):
        item["reply_to"] = reply
    return item


def _replies(found: dict[str, Any]) -> list[dict[str, Any]]:
    replies = found.get("thr_in-reply-to") or found.get("in-reply-to") or []
    return [one for one in (replies if isinstance(replies, list) else [replies]) if hasattr(one, "get")]


def _construct(detail: dict[str, Any] | None) -> str:
    """A text with its type, as HTML."""
    kind, value = ((detail or {}).get(name) or "" for name in ("type", "value"))
    if "html" in kind:
        return value.replace("</br>", "")
    return escape(value, quote=False) if kind.startswith("text") or "xml" in kind else ""


def _names(found: dict[str, Any]) -> str:
    names = [person.get("name") or "" for person in found.get("authors") or () if person]
    return ", ".join(filter(None, names)) or found.get("author") or ""
