"""Conversations in the database: which are known, which are followed, and how far each was read."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from webwatch.model import KnownThread, Problem, Thread
from webwatch.store.moments import read_or_none, written, written_or_null

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import datetime

AFTER_CLOSING = timedelta(days=14)

_COLUMNS = """
       t.id, t.key, s.name, t.url, t.title, t.replies, t.views, t.locked, t.pages, t.newest, t.engine, t.last_url,
       t.etag, t.last_modified, t.body_hash, t.marks, t.activity, t.followed, t.read_at, t.next_visit, t.failures,
       t.failing_since, t.message"""
_THREADS = f"SELECT {_COLUMNS} FROM threads t JOIN sources s ON s.id = t.source_id"  # noqa: S608 - ours
# A thread is followed while a mention in it is not closed, and some days more, unless a person said otherwise.
_FOLLOWED = """(t.followed = 'yes' OR (t.followed = '' AND EXISTS (
    SELECT 1 FROM entries e JOIN mentions m ON m.entry_id = e.id
    WHERE e.thread_id = t.id AND NOT m.history
      AND (m.state NOT IN ('closed', 'dismissed') OR m.state_since > :closed_after))))"""


def known(db: sqlite3.Connection) -> list[KnownThread]:
    """Every thread, by number."""
    return [_thread(row) for row in db.execute(f"{_THREADS} ORDER BY t.id")]


def by_key(db: sqlite3.Connection, keys: Iterable[str]) -> dict[str, KnownThread]:
    """Key → thread, of those that are known."""
    sql = f"{_THREADS} WHERE t.key IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
    return {thread.key: thread for thread in map(_thread, db.execute(sql, (json.dumps(list(keys)),)))}


def followed(db: sqlite3.Connection, now: datetime) -> list[KnownThread]:
    """The threads that are followed by themselves at `now`, by number."""
    rows = db.execute(f"{_THREADS} WHERE {_FOLLOWED} ORDER BY t.id", {"closed_after": written(now - AFTER_CLOSING)})
    return [_thread(row) for row in rows]


def ids(db: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """Key → number, of the threads that are known."""
    rows = db.execute(
        "SELECT key, id FROM threads WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
    )
    return dict(rows.fetchall())


def add(db: sqlite3.Connection, source: str, key: str, thread: Thread, now: datetime, followed: str = "") -> int:
    """Its number, after it is made known."""
    db.execute(
        "INSERT INTO threads (source_id, key, url, title, followed, first_seen) "
        "SELECT id, ?, ?, ?, ?, ? FROM sources WHERE name = ? ON CONFLICT (key) DO NOTHING",
        (key, thread.url, thread.title, followed, written(now), source),
    )
    return ids(db, [key])[key]


def save(db: sqlite3.Connection, known: KnownThread) -> None:
    """Keep what a visit, or a person, changed about a thread."""
    facts = known._asdict() | known.thread._asdict()
    del facts["thread"]
    facts["marks"] = json.dumps(sorted(known.marks))
    for name in ("newest", "read_at", "next_visit", "failing_since"):
        facts[name] = written_or_null(facts[name])
    db.execute(
        """UPDATE threads SET url = :url, title = :title, engine = :engine, replies = :replies, views = :views,
               locked = :locked, pages = :pages, newest = :newest, last_url = :last_url, etag = :etag,
               last_modified = :last_modified, body_hash = :body_hash, marks = :marks, activity = :activity,
               followed = :followed, read_at = :read_at, next_visit = :next_visit, failures = :failures,
               failing_since = :failing_since, message = :message
           WHERE id = :id""",
        facts,
    )


def count(db: sqlite3.Connection, now: datetime) -> int:
    """How many threads are followed at `now`."""
    sql = f"SELECT count(*) FROM threads t WHERE {_FOLLOWED} AND t.first_seen <= :now"  # noqa: S608 - ours
    row: tuple[int] = db.execute(sql, {"closed_after": written(now - AFTER_CLOSING), "now": written(now)}).fetchone()
    return row[0]


def problems(db: sqlite3.Connection, now: datetime) -> tuple[Problem, ...]:
    """The followed threads that could not be read at their last visit."""
    return tuple(
        Problem(
            source=known.thread.title or known.thread.url,
            failure=known.message.partition(": ")[0],
            since=known.failing_since,
            failures=known.failures,
            message=known.message.partition(": ")[2],
        )
        for known in followed(db, now)
        if known.failures and known.failing_since and known.failing_since <= now
    )


def _thread(row: tuple[Any, ...]) -> KnownThread:
    number, key, source, url, title, replies, views, locked, pages, newest, engine, last_url, *more = row
    etag, last_modified, body_hash, marks, activity, said, read_at, next_visit, failures, since, message = more
    return KnownThread(
        id=number,
        key=key,
        source=source,
        thread=Thread(
            url=url,
            title=title,
            replies=replies,
            views=views,
            locked=bool(locked),
            pages=pages,
            newest=read_or_none(newest),
        ),
        engine=engine,
        last_url=last_url,
        etag=etag,
        last_modified=last_modified,
        body_hash=body_hash,
        marks=frozenset(json.loads(marks)),
        activity=activity,
        followed=said,
        read_at=read_or_none(read_at),
        next_visit=read_or_none(next_visit),
        failures=failures,
        failing_since=read_or_none(since),
        message=message,
    )
