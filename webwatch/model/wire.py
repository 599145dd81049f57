"""What goes over the line, and what a parser makes of it."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from webwatch.model.configured import Source

if TYPE_CHECKING:
    from webwatch.model.observed import Entry, Thread


class Checkpoint(NamedTuple):
    """What the last visits to a source left behind, so that the next one can be polite and short.

    `url` is the address that the validators belong to; `not_before` is until when the server asked to be left alone,
    `failing` whether that was said in a refusal. `read_at` is the last visit that succeeded, `parsed_at` the last that
    found another page than before (None before the first), and `had_entries` whether there was anything on it.
    `blocks` are marks of the paragraphs of a `kind: page`, by which the added ones are told.
    """

    url: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    not_before: datetime | None = None
    failing: bool = False
    read_at: datetime | None = None
    parsed_at: datetime | None = None
    had_entries: bool = False
    blocks: tuple[int, ...] = ()


class Request(NamedTuple):
    """One GET. The validators are echoed verbatim (RFC 9110 §13.1), and only when the server gave them.

    `robots`: only where robots.txt allows it. A page that another one led to stays on that one's `site` (see
    `sites.site`; "" where any will do) and, where that was public, at public addresses (`public_only`).
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    robots: bool = False
    site: str = ""
    public_only: bool = False


class Page(NamedTuple):
    """A response that may be read: status 200 with a body, or 304 with none (`not_modified`).

    `url` is where the body came from, after redirects; `headers` has lower-case names; `wire_bytes` is what came
    over the line, compressed; `public` whether the first server asked has a public address.
    """

    url: str
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    not_modified: bool = False
    wire_bytes: int = 0
    public: bool = True


class Context(NamedTuple):
    """What a parser may know beside the bytes: the source, the moment, and the zone of dates that name none.

    `blocks` are those of the last visit (`Checkpoint.blocks`), None before the first; `domains` are our own sites.
    """

    source: Source
    now: datetime
    zone: tzinfo
    blocks: frozenset[int] | None = None
    domains: tuple[str, ...] = ()


class Further(NamedTuple):
    """A page that a parser would ask for next, and why.

    `instead`: this page cannot be read, that one says the same; `newest`: the last page of a thread; `older`: the
    page before this one; `thread`: a thread of a board.
    """

    url: str
    why: str


class Parsed(NamedTuple):
    """What a parser found: entries in the order of the page, what it would ask for next, what it stumbled over.

    A page of a forum is by an `engine` ("" where none is known), and shows a `thread` or lists `threads`. `blocks` are
    for the next visit's `Context`.
    """

    entries: tuple["Entry", ...]
    title: str = ""
    language: str | None = None
    follow: tuple["Further", ...] = ()
    problems: tuple[str, ...] = ()
    engine: str = ""
    thread: "Thread | None" = None
    threads: tuple["Thread", ...] = ()
    blocks: tuple[int, ...] = ()
