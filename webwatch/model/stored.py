"""What the database holds: entries, mentions with what was done about them, coverage."""

from datetime import datetime
from typing import NamedTuple

from webwatch.model.observed import Entry, Match, Thread


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


class Belief(NamedTuple):
    """What was believed of a mention's text by certain `rules`: the words that take the matter elsewhere."""

    rules: str
    escalation: tuple[str, ...]


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
    belief: Belief | None = None
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
