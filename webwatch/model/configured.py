"""What the owner set: keywords, sources, rules."""

from collections.abc import Mapping
from datetime import date, time, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple


class Near(NamedTuple):
    """All of `words` (each may be a phrase) stand with at most `within` words between the outermost two."""

    words: tuple[str, ...]
    within: int


class Keyword(NamedTuple):
    """A named query that finds us: either the word lists (`any`, `all`, `none`, `near`) or one `query`."""

    name: str
    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    near: Near | None = None
    query: str | None = None
    match_case: bool = False
    fields: tuple[str, ...] = ("title", "text")
    languages: tuple[str, ...] = ()
    weight: float = 1.0


class Select(NamedTuple):
    """The owner's own CSS selectors for a site that no engine knows: `post` finds the blocks, the others look in it."""

    post: str
    text: str = ""
    author: str = ""
    date: str = ""
    link: str = ""


class Source(NamedTuple):
    """A place to read. `name` is its identity in the database: it keeps its history when its address changes.

    `pages` bounds how many further pages one visit may ask for, `us` are our names there beside those under `us:`.
    """

    name: str
    url: str
    kind: str = "feed"
    own: bool = False
    language: str | None = None
    weight: float = 1.0
    reach: int = 0
    pages: int = 5
    us: tuple[str, ...] = ()
    select: "Select | None" = None


class Us(NamedTuple):
    """Who we are: what these authors write, and what stands on these domains, is ours and never a mention."""

    name: str = ""
    authors: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class OfficeHours(NamedTuple):
    """When we work, in the owner's zone. `days` counts from Monday = 0; open from `opens` until `closes`."""

    days: frozenset[int]
    opens: time
    closes: time
    holidays: frozenset[date] = frozenset()


class AnswerTime(NamedTuple):
    """How soon something is answered, in time of the `office` or of the `calendar`.

    Where `counts` is "", the length decides: under 24 hours the office, else the calendar.
    """

    length: timedelta
    counts: str = ""


class Person(NamedTuple):
    """Somebody whom the owner knows: all names that are this person's, and how many follow them (`reach`)."""

    name: str
    also: tuple[str, ...] = ()
    vip: bool = False
    reach: int = 0


class AnswerPage(NamedTuple):
    """A page of ours that answers questions about a topic; `words` are those that such a question holds."""

    topic: str
    url: str
    words: tuple[str, ...] = ()


class Event(NamedTuple):
    """Something known beforehand that people will talk about: from `start` to `end`, both included."""

    name: str
    start: date
    end: date
    checklist: tuple[str, ...] = ()


class DeskRules(NamedTuple):
    """What brings a mention back: the loop left open, the watched thread that grew, the ack without an answer.

    `ack_within` is an ack's clock where none is given; `away_after` how long nobody did anything before it is said.
    """

    loop_after: timedelta
    watch_growth: int
    ack_within: AnswerTime
    away_after: timedelta
    events_ahead: timedelta


class FetchRules(NamedTuple):
    """How politely and how patiently to read. `timeout` bounds one request in all, `total` the whole run."""

    timeout: timedelta
    total: timedelta
    per_host_pause: timedelta
    max_bytes: int
    contact: str = ""


class HistoryRules(NamedTuple):
    """What counts as history at a source's first visit, and how long what was read is kept."""

    first_scan: timedelta
    keep_unmatched: timedelta
    keep_texts: timedelta


class DigestRules(NamedTuple):
    """How many items the digest shows, in which language it speaks, and to whom it is mailed ("" where to nobody)."""

    limit: int
    language: str
    to: str = ""


class Config(NamedTuple):
    """Everything the owner set, checked, with the defaults filled in."""

    path: Path
    keywords: tuple[Keyword, ...]
    sources: tuple[Source, ...]
    us: Us
    answer_within: Mapping[str, AnswerTime]
    timezone: tzinfo
    office_hours: OfficeHours
    digest: DigestRules
    fetch: FetchRules
    history: HistoryRules
    desk: DeskRules
    people: tuple[Person, ...]
    links: tuple[AnswerPage, ...]
    events: tuple[Event, ...]
    rank: Mapping[str, float]
    database: Path
