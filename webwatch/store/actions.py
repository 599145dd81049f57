"""The log of what was done with mentions: appended to and read, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from webwatch.model import Action
from webwatch.store.moments import read, read_or_none, written, written_or_null

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from webwatch.model import Standing

COLUMNS = "a.id, a.mention_id, a.kind, a.at, a.moment, a.by, a.until, a.value, a.text, a.url, a.of, a.evidence"
_INSERT = """
    INSERT INTO actions (mention_id, kind, at, moment, by, until, value, text, url, of, evidence)
    VALUES (:mention_id, :kind, :at, :moment, :by, :until, :value, :text, :url, :of, :evidence)"""


def log(db: sqlite3.Connection, action: Action) -> int:
    """Append one; its number."""
    facts = action._asdict() | {
        "at": written(action.at),
        "moment": written(action.moment),
        "until": written_or_null(action.until),
    }
    return db.execute(_INSERT, facts).lastrowid or 0


def note_standing(db: sqlite3.Connection, mention_id: int, stands: Standing, now: datetime) -> None:
    """Keep beside the mention what its log adds up to now."""
    open_promises = sum(not promise.ended for promise in stands.promises)
    db.execute(
        """UPDATE mentions SET state_since = CASE WHEN state = :state THEN state_since ELSE :now END, state = :state,
               promises = :promises, acted = 1 WHERE id = :id""",
        {"state": stands.state, "now": written(now), "promises": open_promises, "id": mention_id},
    )


def latest(db: sqlite3.Connection, now: datetime, limit: int) -> list[Action]:
    """The latest actions up to `now`, newest first."""
    sql = f"SELECT {COLUMNS} FROM actions a WHERE a.at <= ? ORDER BY a.id DESC LIMIT ?"  # noqa: S608 - ours
    return [read_action(row) for row in db.execute(sql, (written(now), limit))]


def one(db: sqlite3.Connection, number: int) -> Action | None:
    """The action of this number, or None."""
    row = db.execute(f"SELECT {COLUMNS} FROM actions a WHERE a.id = ?", (number,)).fetchone()  # noqa: S608 - ours
    return read_action(row) if row else None


def about(db: sqlite3.Connection, number: int, now: datetime) -> list[Action]:
    """The actions whose `of` is this one."""
    sql = f"SELECT {COLUMNS} FROM actions a WHERE a.of = ? AND a.at <= ? ORDER BY a.id"  # noqa: S608 - ours
    return [read_action(row) for row in db.execute(sql, (number, written(now)))]


def last_deed(db: sqlite3.Connection, now: datetime) -> datetime | None:
    """When a person last did something."""
    row = db.execute("SELECT max(at) FROM actions WHERE by != 'webwatch' AND at <= ?", (written(now),)).fetchone()
    return read_or_none(row[0])


def read_action(row: tuple[Any, ...]) -> Action:
    """The action of a row of `COLUMNS`."""
    number, mention_id, kind, at, moment, by, until, value, text, url, of, evidence = row
    return Action(
        id=number,
        mention_id=mention_id,
        kind=kind,
        at=read(at),
        moment=read(moment),
        by=by,
        until=read_or_none(until),
        value=value,
        text=text,
        url=url,
        of=of,
        evidence=evidence,
    )
