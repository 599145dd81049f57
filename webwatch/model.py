"""The words of webwatch as types: one immutable record for each stage of knowledge.

configured → on the wire → observed → stored → believed → told. Datetimes are aware and UTC from the parser on, and
text is plain (no markup, no control characters) from the parser on. Durations are `timedelta`; sizes are bytes.

Named tuples, always built by field name: 27 frozen dataclasses cost every command 17 ms of import, these cost 3.
For the same reason the annotations are real types here: a name to be looked up later costs its compilation.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

# ---------------------------------------------------------------------------------------------------- configured


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


# --------------------------------------------------------------------------------------------------- on the wire


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


# ------------------------------------------------------------------------------------------------------ observed


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


# -------------------------------------------------------------------------------------------------------- stored


class Arrival(NamedTuple):
    """An entry as one visit brought it: `item`, `keys` and `content` are its identity at that source (see `dedupe`).

    `verdict` is `new`, `seen`, `edited` or `place`; `entry_id` the entry that it is. `matches` is None where it is no
    mention, and may be empty on our own profile. `history`: it was old already at the first visit.
    """

    entry: Entry
    entry_id: int
    verdict: str
    item: int
    keys: tuple[int, ...]
    content: int
    matches: tuple[Match, ...] | None = None
    history: bool = False
    thread_id: int | None = None


class Stored(NamedTuple):
    """An entry as the database holds it. `keywords` is None where it is no mention."""

    id: int
    source: str
    entry: Entry
    first_seen: datetime
    keywords: frozenset[str] | None


class Place(NamedTuple):
    """Where an entry was seen; the first place of a mention is the one that it was found at."""

    url: str
    source: str
    seen: datetime


class KnownThread(NamedTuple):
    """A thread as the database holds it.

    `key` is its identity (`permalinks`), `source` the one that it was found at. `last_url` is the address of the last
    page read, to which the validators belong, `marks` are those of the posts on it (see `walk.mark`), and `activity`
    what the board said of it then. `followed` is `yes` or `no` where a person said so, "" where its mentions decide.
    """

    id: int
    key: str
    source: str
    thread: Thread
    engine: str = ""
    last_url: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    marks: frozenset[int] = frozenset()
    activity: str = ""
    followed: str = ""
    read_at: datetime | None = None
    next_visit: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    message: str = ""


class Mention(NamedTuple):
    """An entry that names us, as the database holds it. `history`: it was already old at the source's first visit.

    `thread_title` is that of the conversation, where that is known: a post has seldom a title of its own. `log` is what
    was done about it, oldest first; `readers` is how often its thread was looked at, or
    answered where that is not shown. `story` is the smallest number of the mentions that are one story with it (None
    where it stands alone), `told` in how many places the same person tells it (0 where in this one alone).
    """

    id: int
    entry: Entry
    source: str
    first_seen: datetime
    history: bool = False
    keywords: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    places: tuple[Place, ...] = ()
    entry_id: int = 0
    thread_id: int | None = None
    thread_title: str = ""
    log: "tuple[Action, ...]" = ()
    readers: int = 0
    story: int | None = None
    told: int = 0

    @property
    def headline(self) -> str:
        """Its own title or that of its thread; "" where there is neither."""
        return self.entry.title or self.thread_title


class Said(NamedTuple):
    """A post in the thread of a mention, and when: `at` is its date, or when it was first seen where it has none.

    `ours`: we wrote it. `seen` is when a scan first saw it, `place` orders the posts of one moment.
    """

    entry_id: int
    at: datetime
    seen: datetime
    author: str
    text: str
    url: str
    ours: bool = False
    language: str | None = None
    place: int = 0


class Action(NamedTuple):
    """What was done about a mention, by a person or (`by` "webwatch") by a scan. It is logged, and never changed.

    `at` is when it was logged, `moment` when it took place. `of` is the action that it is about: what is undone, the
    promise that was kept. `evidence` is the entry that shows it. `desk.states` says for each kind what `until`,
    `value`, `text` and `url` hold.
    """

    kind: str
    at: datetime
    moment: datetime
    by: str = ""
    until: datetime | None = None
    value: str = ""
    text: str = ""
    url: str = ""
    of: int | None = None
    evidence: int | None = None
    id: int = 0
    mention_id: int = 0


class Problem(NamedTuple):
    """A source that is not being read. `failure` is a `FailureClass` in words; `failures` counts in a row."""

    source: str
    failure: str
    since: datetime
    failures: int
    message: str


class Gap(NamedTuple):
    """A stretch that a source's window rolled over between two visits: what stood there was not seen."""

    source: str
    since: datetime
    until: datetime
    message: str


class Coverage(NamedTuple):
    """What was read and what was not: "all quiet" and "blind" must never look alike (rule 21).

    `threads` counts the threads that are followed; one that cannot be read stands among the problems.
    """

    sources: int
    read: int
    problems: tuple[Problem, ...] = ()
    gaps: tuple[Gap, ...] = ()
    last_scan: datetime | None = None
    history: int = 0
    threads: int = 0


# ------------------------------------------------------------------------------------------------------ believed


class Promise(NamedTuple):
    """What we said we would do, who does it, and by when. `ended` is `kept`, `broken`, or "" while it stands."""

    id: int
    text: str
    due: datetime
    who: str
    made: datetime
    ended: str = ""


class Standing(NamedTuple):
    """What the log of a mention adds up to at one moment.

    `since` is when the state began. `until` is the clock of an ack or a snooze. `word` is when we last said something
    in public, with its `word_url`; `seen_at` when a person last dealt with it. `back` is why it is open again: `wrote
    again`, `snooze over`, `thread grew`, `turned negative`, `reopened`, or "". `answered`: a reply was given, ever.
    """

    state: str = "open"
    since: datetime | None = None
    until: datetime | None = None
    word: datetime | None = None
    word_url: str = ""
    word_by: str = ""
    answered: bool = False
    seen_at: datetime | None = None
    back: str = ""
    moved_to: str = ""
    told_by: str = ""
    reason: str = ""
    assigned: str = ""
    label: str = ""
    tags: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()


class Reason(NamedTuple):
    """One named term of the sum that ranks a mention (rule 8)."""

    why: str
    points: float


class Ranked(NamedTuple):
    """A mention with what we believe of it at one moment. `section` is the digest section that it belongs in.

    `posts` are those of its thread since we last said something there, ours left out; `story` are the other mentions of
    the same person or text, each as it stands itself.
    """

    mention: Mention
    kind: str
    own: bool
    intent: str
    due: datetime
    section: str
    score: float
    reasons: tuple[Reason, ...]
    standing: Standing = Standing()
    posts: tuple[Said, ...] = ()
    story: "tuple[Ranked, ...]" = ()
    repeat: bool = False


class View(NamedTuple):
    """A mention with everything around it: the talk so far, its author's other mentions, what to mind in answering."""

    item: Ranked
    posts: tuple[Said, ...]
    before: tuple[Ranked, ...]
    guidance: tuple[str, ...]


class Author(NamedTuple):
    """Somebody who wrote about us, under all names that are known to be this person's: `also` are the others.

    `items` are this person's mentions, the newest first; `namesakes` those by the same name on other sites, of whom it
    is not known whether it is the same person.
    """

    name: str
    also: tuple[str, ...]
    vip: bool
    reach: int
    items: tuple[Ranked, ...]
    namesakes: tuple[Ranked, ...] = ()


class Counts(NamedTuple):
    """The four figures that a digest opens with. `new` came with the last scan."""

    open: int
    overdue: int
    due_today: int
    new: int


class Section(NamedTuple):
    """A part of the digest: `items` is what is shown, `total` what there is."""

    name: str
    items: tuple[Ranked, ...]
    total: int


class Digest(NamedTuple):
    """What still needs an answer, ranked, with the coverage. `zone` and `language` are how it is told.

    `events` come soon; `away_since`: nobody did anything for so long, while something waits.
    """

    generated_at: datetime
    zone: tzinfo
    language: str
    business: str
    mail_to: str
    counts: Counts
    sections: tuple[Section, ...]
    coverage: Coverage
    events: tuple[Event, ...] = ()
    away_since: datetime | None = None


# ---------------------------------------------------------------------------------------------------------- told


class SourceReport(NamedTuple):
    """What one visit did. `status` is `read`, `unchanged`, `waiting` (not asked: the server said when) or `failed`."""

    source: str
    status: str
    entries: int = 0
    new_entries: int = 0
    new_mentions: int = 0
    seconds: float = 0.0
    bytes: int = 0
    failure: str = ""
    message: str = ""


class ThreadReport(NamedTuple):
    """What one visit to a followed thread did; `status` as of a `SourceReport`."""

    id: int
    title: str
    url: str
    status: str
    new_entries: int = 0
    new_mentions: int = 0
    failure: str = ""
    message: str = ""
