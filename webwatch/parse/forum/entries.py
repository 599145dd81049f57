"""Raw posts → entries: aware dates, absolute addresses, positions, plain text; everything bounded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import dates, text
from webwatch.model import Entry, Quote
from webwatch.parse.forum import zone as zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webwatch.model import Context, Thread
    from webwatch.parse._document import Document
    from webwatch.parse.forum.post import Post, Reading

_REPLY = re.compile(r"^(?:(?:re|aw|sv|antw(?:oord)?|r[eé]p(?:onse)?)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_MAX_MARKUP = 500_000
_MAX_TEXT = 50_000
_MAX_NAME = 200
_MAX_TITLE = 500
_MAX_QUOTES = 50
_MAX_RAW_DATE = 100


def of(
    reading: Reading, thread: Thread | None, document: Document, context: Context, language: str | None
) -> tuple[Entry, ...]:
    """The entries of a page's posts, in their order."""
    posts = reading.posts
    zone = zones.printed(document) or context.zone
    month_first = zones.month_first([post.date for post in posts], document)
    offset = None if reading.partial else _offset(posts, thread)
    found = []
    for index, post in enumerate(posts):
        position = post.number or (offset + index if offset else None)
        title = _title(post, thread, position)
        found.append(
            Entry(
                url=document.absolute(post.link) or (thread.url if thread else document.address()),
                title=text.line(title)[:_MAX_TITLE],
                text=text.from_html(post.body[:_MAX_MARKUP])[:_MAX_TEXT],
                author=text.line(post.author)[:_MAX_NAME],
                author_url=document.absolute(post.author_url),
                published=dates.parse(
                    post.date, now=context.now, zone=zone, language=language, month_first=month_first
                ),
                published_raw=text.line(post.date)[:_MAX_RAW_DATE],
                thread=thread.url if thread else "",
                position=position,
                language=language,
                quotes=tuple(_bounded(quote) for quote in post.quotes[:_MAX_QUOTES]),
                accepted=post.accepted,
                site=post.site,
            )
        )
    return tuple(found)


def _title(post: Post, thread: Thread | None, position: int | None) -> str:
    """The post's own, where that is not the thread's ("Re: …"); else, for the first post, the thread's."""
    whole = thread.title if thread else ""
    own = _REPLY.sub("", text.line(post.title))
    if position == 1 and whole and (not own or text.fold(own) in text.fold(whole)):
        return whole
    return "" if text.fold(own) == text.fold(whole) else own


def _offset(posts: Sequence[Post], thread: Thread | None) -> int | None:
    """The position of the first post: known on the first page, else where one post shows its number."""
    for index, post in enumerate(posts):
        if post.number:
            return max(1, post.number - index)
    return 1 if thread is not None and thread.page in {None, 1} else None


def _bounded(quote: Quote) -> Quote:
    return Quote(author=quote.author[:_MAX_NAME], text=quote.text[:_MAX_TEXT])
