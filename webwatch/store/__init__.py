"""Remember, in SQLite. The sole owner of SQL.

    with Store.open(path) as store:          # SQLite's errors leave the block as StoreError
        with store.transaction():            # BEGIN IMMEDIATE; all or nothing
            store.add(source_id, arrivals, now)

Facts are stored as they were observed; what is believed of them is computed at each digest.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from webwatch.errors import StoreError
from webwatch.store import reading, threads, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from types import TracebackType

    from webwatch.dedupe import Identity, Known
    from webwatch.model import (
        Arrival,
        Checkpoint,
        Coverage,
        Gap,
        HistoryRules,
        KnownThread,
        Match,
        Mention,
        Source,
        SourceReport,
        Stored,
        Thread,
    )

LATEST = 2  # the schema of this webwatch: the number of steps in migrations.py
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
            store._prepare()
        except sqlite3.Error as error:
            connection.close()
            raise _translated(error, place) from error
        except BaseException:
            connection.close()
            raise
        return store

    def _prepare(self) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > LATEST:
            raise StoreError(f"{self._path}: made by a newer webwatch (schema {version}); please upgrade webwatch")
        if version < LATEST:
            self._db.execute("PRAGMA journal_mode = WAL")
            from webwatch.store import migrations  # sqlite-utils costs 90 ms of import

            migrations.migrate(self._db)
        self._db.execute("PRAGMA synchronous = NORMAL")

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

    def add_thread(self, source: str, key: str, thread: Thread, now: datetime) -> int:
        """The number of a thread that this source led to; it is made known where it was not."""
        return threads.add(self._db, source, key, thread, now)

    def save_thread(self, known: KnownThread) -> None:
        """Keep what a visit, or a person, changed about a thread."""
        threads.save(self._db, known)

    def add_gap(self, gap: Gap) -> None:
        """Keep that a stretch of a source was not seen."""
        writing.add_gap(self._db, gap)

    def prune(self, rules: HistoryRules, now: datetime) -> None:
        """Drop what the owner no longer wants kept: unmatched entries, texts, and the record of old visits."""
        writing.prune(self._db, rules, now)

    # ---------------------------------------------------------------------------------------------- a digest reads

    def open_mentions(self, now: datetime) -> list[Mention]:
        """The mentions that somebody may still owe an answer, as they stood at `now`."""
        return reading.mentions(self._db, "m.state = 'open' AND NOT m.history", now)

    def all_mentions(self, now: datetime) -> list[Mention]:
        """Every mention up to `now`."""
        return reading.mentions(self._db, "TRUE", now)

    def mention(self, mention_id: int, now: datetime) -> Mention | None:
        """One mention, or None."""
        found = reading.mentions(self._db, "m.id = :id", now, id=mention_id)
        return found[0] if found else None

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
