"""What stands at a source: threads, entries, and where they name us."""

from datetime import datetime
from typing import NamedTuple


class Quote(NamedTuple):
    """What a post repeats of another; `author` is "" where it does not say whose words they are."""

    author: str
    text: str


class Thread(NamedTuple):
    """A conversation on a forum, as a page shows it; None is what it does not show.

    `page` is which of its `pages` this is, from 1; `newest` the moment of its last post, where a board tells it.
    """

    url: str
    title: str = ""
    replies: int | None = None
    views: int | None = None
    locked: bool = False
    pages: int | None = None
    page: int | None = None
    newest: datetime | None = None


class Entry(NamedTuple):
    """One thing read at a source: a feed item, a post, an alert hit.

    `published` is None where the source gave no date that could be trusted; `published_raw` keeps what it did give.
    `site` is the publisher where that is not the source itself (an alert's hit). `thread` is an address or "".
    `text` is what its author says; what others said and it repeats is in `quotes`. `position` in the thread is from 1.
    """

    url: str
    title: str = ""
    text: str = ""
    author: str = ""
    published: datetime | None = None
    published_raw: str = ""
    updated: datetime | None = None
    guid: str = ""
    thread: str = ""
    position: int | None = None
    language: str | None = None
    site: str = ""
    author_url: str = ""
    quotes: tuple[Quote, ...] = ()
    accepted: bool = False


class Match(NamedTuple):
    """Where a keyword stands: `entry.<field>[start:end]`, in characters of the field as it is stored and shown."""

    keyword: str
    field: str
    start: int
    end: int
