"""Remember, in SQLite. The sole owner of SQL.

    with Store.open(path) as store:          # SQLite's errors leave the block as StoreError
        with store.transaction():            # BEGIN IMMEDIATE; all or nothing
            store.add(source_id, arrivals, now)

Facts are stored as they were observed; what is believed of them is computed at each digest.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from webwatch.errors import StoreError
from webwatch.store import actions, reading, threads, writing
from webwatch.store.moments import written
from webwatch.store.stories import Stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from webwatch.dedupe import Identity, Known
    from webwatch.model import (
        Action,
        Arrival,
        Belief,
        Checkpoint,
        Coverage,
        Gap,
        HistoryRules,
        KnownThread,
        Match,
        Mention,
        Source,
        SourceReport,
        Standing,
        Stored,
        Thread,
    )

LATEST = 3  # the schema of this webwatch: the number of steps in migrations.py
# An answer whose ending nobody told for so long is no work for today any more; `webwatch loops --all` still lists it.
LOOPS_LAPSE = timedelta(days=60)
_LIVE = """((m.state NOT IN ('closed', 'dismissed') OR m.promises) AND (m.acted OR NOT m.history)
             AND (m.state != 'replied' OR m.promises OR m.state_since > :lapsed)
            OR m.state_since > :now)"""
_UNBELIEVED = f"""{_LIVE} AND NOT EXISTS (SELECT 1 FROM beliefs k WHERE k.mention_id = m.id AND k.rules = :rules)"""  # noqa: S608 - ours
_ANSWERED = "m.state = 'replied'"
# Of what is over and done with, only where somebody wrote since.
_UNSETTLED = """m.state != 'dismissed' AND EXISTS (
    SELECT 1 FROM entries o JOIN entries e ON e.thread_id = o.thread_id
    WHERE o.id = m.entry_id AND e.id != o.id AND (m.state != 'closed' OR e.first_seen > m.state_since))"""
_OF_STORIES = "m.story IN (SELECT value FROM json_each(:stories))"
_BY_AUTHORS = "m.author IN (SELECT value FROM json_each(:handles)) AND m.author != ''"
_MAPPED = 256_000_000  # bytes of the file that are read as memory
_BUSY_TIMEOUT = 10.0  # seconds to wait for another process to finish its transaction

_WAY_OUT = (
    ("locked", "another program is writing to it; try again when that has finished"),
    ("readonly", "it is read-only; give yourself write permission on the file and its folder"),
    ("read-only", "it is read-only; give yourself write permission on the file and its folder"),
    ("full", "the disk is full; make room and run again, nothing was lost"),
    ("not a database", "it is not a webwatch database; move it aside, or set another `database:` in the config"),
    ("malformed", "it is damaged; move it aside and restore a copy, or try `sqlite3 FILE .recover`"),
    ("unable to open", "it cannot be opened; check that the folder exists and may be written"),
    ("disk i/o", "the disk gave an error; check it, and restore a copy if this goes on"),
)


class Store:
    """The database of one owner. Every method that writes expects to be inside `transaction()`."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._db = connection
        self._path = path
        self.stories = Stories(connection)

    @classmethod
    def open(cls, path: Path | str, *, write: bool = True) -> Self:
        """The database at `path` (or ":memory:"), created and brought to the newest schema where that is needed.

        Without `write` a database that is not there is an empty one, and nothing is made on disk.
        """
        exists = path != ":memory:" and Path(path).exists()
        place = str(path) if write or exists else ":memory:"
        try:
            if write and place != ":memory:":
                Path(place).parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(place, timeout=_BUSY_TIMEOUT, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise _translated(error, place) from error
        store = cls(connection, place)
        try:
            store._prepare(mapped=not write)
        except sqlite3.Error as error:
            connection.close()
            raise _translated(error, place) from error
        except BaseException:
            connection.close()
            raise
        return store

    def _prepare(self, *, mapped: bool) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > LATEST:
            raise StoreError(f"{self._path}: made by a newer webwatch (schema {version}); please upgrade webwatch")
        if version < LATEST:
            self._db.execute("PRAGMA journal_mode = WAL")
            from webwatch.store import migrations  # sqlite-utils costs 90 ms of import

            migrations.migrate(self._db)
        self._db.execute("PRAGMA synchronous = NORMAL")
        # A digest looks at a few hundred rows here and there: without a read call for each page it takes a quarter.
        self._db.execute(f"PRAGMA mmap_size = {_MAPPED if mapped else 0}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        if isinstance(error, sqlite3.Error):
            raise _translated(error, self._path) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Takes the write lock at once, so that waiting for another process works."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # a full disk, for one, has rolled back already
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    # ------------------------------------------------------------------------------------------------ a scan writes

    def start_run(self, fingerprint: str, now: datetime) -> int:
        """The number of the run that begins now, with the keywords of this fingerprint."""
        return writing.start_run(self._db, fingerprint, now)

    def fingerprint(self) -> str:
        """That of the keywords which all stored entries were matched with; "" before the first run."""
        return reading.fingerprint(self._db)

    def finish_run(self, run: int, now: datetime) -> None:
        """Note that a run came to its end."""
        writing.finish_run(self._db, run, now)

    def checkpoints(self, sources: Sequence[Source]) -> dict[str, Checkpoint]:
        """What earlier visits left behind, by source name; every source is in it and gets its row."""
        return writing.checkpoints(self._db, sources)

    def known_items(self, source: str, identities: Sequence[Identity]) -> dict[int, tuple[int, int]]:
        """Which of these items the source had before: item → its entry and its content."""
        return reading.known_items(self._db, source, identities)

    def known(self, source: str, identities: Sequence[Identity], items: Mapping[int, tuple[int, int]]) -> Known:
        """What is known of these identities, beside the `items` that the source had before."""
        return reading.known(self._db, source, identities, items)

    def next_entry_id(self) -> int:
        """The number that the next new entry gets."""
        return reading.next_entry_id(self._db)

    def add(self, source: str, arrivals: Iterable[Arrival], now: datetime) -> int:
        """Keep what a visit brought; the number of mentions that are new."""
        return writing.add(self._db, source, arrivals, now)

    def entries(self) -> Iterator[Stored]:
        """Every stored entry, mention or not, by number."""
        return reading.entries(self._db)

    def adopt(self, entry_id: int, matches: Sequence[Match], key: int | None, *, history: bool, now: datetime) -> bool:
        """Make a mention of a stored entry, or add to its keywords; whether the mention is new.

        `key` is its `dedupe.text_key`: what another mention says already becomes one more place of that.
        """
        return writing.adopt(self._db, entry_id, matches, key, history=history, now=now)

    def record(self, report: SourceReport, checkpoint: Checkpoint, now: datetime) -> None:
        """Keep that a visit took place, and what the next one must know."""
        writing.record(self._db, report, checkpoint, now)

    def threads(self) -> list[KnownThread]:
        """Every thread that is known, by number."""
        return threads.known(self._db)

    def known_threads(self, keys: Iterable[str]) -> dict[str, KnownThread]:
        """Key → thread, of those of these that are known."""
        return threads.by_key(self._db, keys)

    def followed_threads(self, now: datetime) -> list[KnownThread]:
        """The threads that are visited by themselves at `now`, by number."""
        return threads.followed(self._db, now)

    def thread_ids(self, keys: Iterable[str]) -> dict[str, int]:
        """Key → number, of the threads that are known."""
        return threads.ids(self._db, keys)

    def add_thread(self, source: str, key: str, thread: Thread, now: datetime, *, followed: bool = True) -> int:
        """The number of a thread that this source led to; it is made known where it was not.

        Unless `followed`, it is never visited for itself.
        """
        return threads.add(self._db, source, key, thread, now, "" if followed else "no")

    def save_thread(self, known: KnownThread) -> None:
        """Keep what a visit, or a person, changed about a thread."""
        threads.save(self._db, known)

    def add_gap(self, gap: Gap) -> None:
        """Keep that a stretch of a source was not seen."""
        writing.add_gap(self._db, gap)

    def prune(self, rules: HistoryRules, now: datetime) -> None:
        """Drop what the owner no longer wants kept: unmatched entries, texts, and the record of old visits."""
        writing.prune(self._db, rules, now)

    # ----------------------------------------------------------------------------------------------- the desk writes

    def log(self, action: Action) -> int:
        """Append an action to the log of its mention; its number."""
        return actions.log(self._db, action)

    def note_standing(self, mention_id: int, stands: Standing, now: datetime) -> None:
        """Keep beside a mention what its log adds up to, after something was logged."""
        actions.note_standing(self._db, mention_id, stands, now)

    # ---------------------------------------------------------------------------------------------- a digest reads

    def live_mentions(self, now: datetime) -> list[Mention]:
        """The mentions that somebody may still owe something, as they stood at `now`."""
        return reading.mentions(self._db, _LIVE, now, lapsed=written(now - LOOPS_LAPSE))

    def answered_mentions(self, now: datetime) -> list[Mention]:
        """The mentions that were answered, and whose ending was not told."""
        return reading.mentions(self._db, _ANSWERED, now)

    def unsettled_mentions(self, now: datetime) -> list[Mention]:
        """The mentions in threads that grew since anything was done about them: those that posts may bring back."""
        return reading.mentions(self._db, _UNSETTLED, now)

    def unbelieved_mentions(self, rules: str, now: datetime) -> list[Mention]:
        """The mentions of which nothing is believed yet by these rules, as far as the digest looks at them."""
        return reading.mentions(self._db, _UNBELIEVED, now, lapsed=written(now - LOOPS_LAPSE), rules=rules)

    def believe(self, beliefs: Mapping[int, Belief]) -> None:
        """Keep what is believed of these mentions, by number."""
        writing.believe(self._db, beliefs)

    def said_after(self, mentions: Iterable[Mention], now: datetime) -> dict[int, list[Stored]]:
        """The entries in each mention's thread that come after it, by the mention's number."""
        return reading.said_after(self._db, mentions, now)

    def thread_entries(self, thread_id: int, now: datetime, most: int) -> list[Stored]:
        """The latest entries of a thread up to `now`, oldest first."""
        return reading.thread_entries(self._db, thread_id, now, most)

    def mentions_of_entries(self, entry_ids: Iterable[int], now: datetime) -> list[Mention]:
        """The mentions that these entries are."""
        return reading.mentions_of_entries(self._db, entry_ids, now)

    def actions_about(self, number: int, now: datetime) -> list[Action]:
        """The actions that refer to this one."""
        return actions.about(self._db, number, now)

    def mentions_by(self, author: str, now: datetime) -> list[Mention]:
        """The mentions of an author of this name."""
        return reading.mentions_by(self._db, author, now)

    def action(self, number: int) -> Action | None:
        """One action, or None."""
        return actions.one(self._db, number)

    def latest_actions(self, now: datetime, limit: int) -> list[Action]:
        """The latest actions up to `now`, newest first."""
        return actions.latest(self._db, now, limit)

    def last_deed(self, now: datetime) -> datetime | None:
        """When a person last did something about any mention."""
        return actions.last_deed(self._db, now)

    def all_mentions(self, now: datetime) -> list[Mention]:
        """Every mention up to `now`."""
        return reading.mentions(self._db, "TRUE", now)

    def mention(self, mention_id: int, now: datetime) -> Mention | None:
        """One mention, or None."""
        found = reading.mentions(self._db, "m.id = :id", now, id=mention_id)
        return found[0] if found else None

    def story_mates(self, stories: Iterable[int], now: datetime) -> list[Mention]:
        """The mentions of these stories (see `Mention.story`), whatever their state."""
        return reading.mentions(self._db, _OF_STORIES, now, stories=json.dumps(sorted(stories)))

    def mentions_under(self, handles: Iterable[str], now: datetime) -> list[Mention]:
        """The mentions by authors with these handles (see `stories.handle`)."""
        return reading.mentions(self._db, _BY_AUTHORS, now, handles=json.dumps(sorted(handles)))

    def mention_ids(self) -> list[int]:
        """The numbers of all mentions."""
        return reading.mention_ids(self._db)

    def coverage(self, sources: Sequence[Source], now: datetime) -> Coverage:
        """What was read of these sources, and what was not, as it stood at `now`."""
        return reading.coverage(self._db, sources, now)

    def kinds(self) -> Mapping[str, str]:
        """The kind of each source that was ever read, by name; some may no longer be in the config."""
        return reading.kinds(self._db)


def _translated(error: Exception, path: str) -> StoreError:
    problem = str(error)
    for sign, way_out in _WAY_OUT:
        if sign in problem.lower():
            return StoreError(f"{path}: {way_out} ({problem})")
    return StoreError(f"{path}: the database cannot be used ({problem})")
