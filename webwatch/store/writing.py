"""What a scan writes. All of it runs inside the caller's transaction."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from webwatch.model import Checkpoint
from webwatch.store.moments import read_or_none, written, written_or_null

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from webwatch.model import Arrival, Belief, Entry, Gap, HistoryRules, Match, Source, SourceReport

_KEEP_VISITS = timedelta(days=400)

_INSERT_VISIT = """
    INSERT INTO visits (source_id, at, status, failure, message, seconds, bytes, entries, new_entries, new_mentions)
    VALUES (:id, :at, :status, :failure, :message, :seconds, :bytes, :entries, :new_entries, :new_mentions)"""
_UPDATE_SOURCE = """
    UPDATE sources SET validators_url = :url, etag = :etag, last_modified = :last_modified, body_hash = :body_hash,
                       not_before = :not_before, failing = :failing, read_at = :read_at, parsed_at = :parsed_at,
                       had_entries = :had_entries, blocks = :blocks
    WHERE id = :id"""
_INSERT_ENTRY = """
    INSERT INTO entries (id, source_id, item, url, title, text, author, published, published_raw, updated, guid,
                         thread, position, language, site, author_url, quotes, accepted, thread_id, first_seen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
# "2 hours ago" is right when it is read first, and worse at every later visit.
_UPDATE_ENTRY = """
    UPDATE entries SET source_id = :source_id, item = :item, url = :url, title = :title, text = :text, author = :author,
                       published = CASE WHEN source_id = :source_id AND item = :item AND published IS NOT NULL
                                   THEN published ELSE :published END,
                       published_raw = CASE WHEN source_id = :source_id AND item = :item AND published IS NOT NULL
                                       THEN published_raw ELSE :published_raw END,
                       updated = :updated, guid = :guid, thread = :thread, position = :position, language = :language,
                       site = :site, author_url = :author_url, quotes = :quotes, accepted = :accepted,
                       thread_id = coalesce(:thread_id, thread_id)
    WHERE id = :id"""
_UPSERT_PLACE = """
    INSERT INTO places (source_id, item, entry_id, url, content, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET url = excluded.url, content = excluded.content, last_seen = excluded.last_seen"""

_DROP_MATCHES = "DELETE FROM matches WHERE mention_id = (SELECT id FROM mentions WHERE entry_id = ?)"
_DROP_UNMATCHED = """
    DELETE FROM entries
    WHERE first_seen < :horizon
      AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.entry_id = entries.id)
      AND NOT EXISTS (SELECT 1 FROM entries o JOIN mentions m ON m.entry_id = o.id
                      WHERE o.thread_id = entries.thread_id)
      AND NOT EXISTS (SELECT 1 FROM places p JOIN sources s ON s.id = p.source_id
                      WHERE p.entry_id = entries.id
                        AND (p.last_seen >= :horizon OR (p.last_seen >= s.parsed_at AND s.read_at >= :horizon)))"""
_FORGET_TEXTS = (
    """DELETE FROM matches WHERE field = 'text' AND mention_id IN
           (SELECT m.id FROM mentions m JOIN entries e ON e.id = m.entry_id WHERE e.first_seen < :horizon)""",
    "DELETE FROM revisions WHERE entry_id IN (SELECT id FROM entries WHERE first_seen < :horizon)",
    "UPDATE entries SET text = '' WHERE first_seen < :horizon AND text != ''",
)

_FORGET_SKETCHES = """
    DELETE FROM sketches WHERE mention_id IN (
        SELECT m.id FROM mentions m JOIN entries e ON e.id = m.entry_id WHERE e.text = '')"""


def start_run(db: sqlite3.Connection, fingerprint: str, now: datetime) -> int:
    """Note a run; its number."""
    sql = "INSERT INTO runs (fingerprint, started_at) VALUES (?, ?)"
    return db.execute(sql, (fingerprint, written(now))).lastrowid or 0


def finish_run(db: sqlite3.Connection, run: int, now: datetime) -> None:
    """Note a run's end."""
    db.execute("UPDATE runs SET finished_at = ? WHERE id = ?", (written(now), run))


def checkpoints(db: sqlite3.Connection, sources: Sequence[Source]) -> dict[str, Checkpoint]:
    """A row for every source, and what was kept of it."""
    db.executemany(
        "INSERT INTO sources (name, kind, url) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, url = excluded.url "
        "WHERE kind != excluded.kind OR url != excluded.url",
        [(source.name, source.kind, source.url) for source in sources],
    )
    rows = db.execute(
        "SELECT name, validators_url, etag, last_modified, body_hash, not_before, failing, read_at, parsed_at,"
        " had_entries, blocks FROM sources"
    )
    return {
        name: Checkpoint(
            url=url,
            etag=etag,
            last_modified=last_modified,
            body_hash=body_hash,
            not_before=read_or_none(not_before),
            failing=bool(failing),
            read_at=read_or_none(read_at),
            parsed_at=read_or_none(parsed_at),
            had_entries=bool(had),
            blocks=tuple(json.loads(blocks)) if blocks else (),
        )
        for name, url, etag, last_modified, body_hash, not_before, failing, read_at, parsed_at, had, blocks in rows
    }


def record(db: sqlite3.Connection, report: SourceReport, checkpoint: Checkpoint, now: datetime) -> None:
    """One row for the visit, and the source as the visit left it."""
    source_id = _source_id(db, report.source)
    db.execute(_INSERT_VISIT, report._asdict() | {"id": source_id, "at": written(now)})
    moments = {name: written_or_null(getattr(checkpoint, name)) for name in ("not_before", "read_at", "parsed_at")}
    blocks = json.dumps(checkpoint.blocks) if checkpoint.blocks else ""
    db.execute(_UPDATE_SOURCE, checkpoint._asdict() | moments | {"id": source_id, "blocks": blocks})


def add_gap(db: sqlite3.Connection, gap: Gap) -> None:
    """One row for the gap."""
    values = (_source_id(db, gap.source), written(gap.since), written(gap.until), gap.message)
    db.execute("INSERT INTO gaps (source_id, since, until, message) VALUES (?, ?, ?, ?)", values)


def add(db: sqlite3.Connection, source: str, arrivals: Iterable[Arrival], now: datetime) -> int:
    """Entries, places, keys, revisions, mentions and matches of one visit; the number of new mentions."""
    source_id, seen_at = _source_id(db, source), written(now)
    arrivals = tuple(arrivals)
    db.executemany(
        _INSERT_ENTRY,
        [
            (a.entry_id, source_id, a.item, *_columns(a.entry), a.thread_id, seen_at)
            for a in arrivals
            if a.verdict == "new"
        ],
    )
    db.executemany(
        _UPSERT_PLACE,
        [(source_id, a.item, a.entry_id, a.entry.url, a.content, seen_at, seen_at) for a in arrivals],
    )
    db.executemany(
        "INSERT OR IGNORE INTO keys (key, entry_id) VALUES (?, ?)",
        [(key, a.entry_id) for a in arrivals if a.verdict != "seen" for key in a.keys],
    )
    worth_a_look = (
        a for a in arrivals if a.verdict in {"edited", "place"} or (a.verdict == "new" and a.matches is not None)
    )
    return sum(_take_in(db, source_id, arrival, now) for arrival in worth_a_look)


_COLUMNS = (
    *("url", "title", "text", "author", "published", "published_raw", "updated", "guid", "thread", "position"),
    *("language", "site", "author_url", "quotes", "accepted"),
)


def _columns(entry: Entry) -> tuple[object, ...]:
    published, updated = written_or_null(entry.published), written_or_null(entry.updated)
    return (
        *(entry.url, entry.title, entry.text, entry.author, published, entry.published_raw, updated),
        *(entry.guid, entry.thread, entry.position, entry.language, entry.site, entry.author_url),
        *(json.dumps(entry.quotes, ensure_ascii=False) if entry.quotes else "", entry.accepted),
    )


def _take_in(db: sqlite3.Connection, source_id: int, arrival: Arrival, now: datetime) -> bool:
    """Keep an edited text, and what names us; whether the entry became a mention."""
    known = db.execute("SELECT 1 FROM mentions WHERE entry_id = ?", (arrival.entry_id,)).fetchone()
    its_own = arrival.verdict == "new"
    if arrival.verdict == "edited":
        primary = db.execute("SELECT source_id, item FROM entries WHERE id = ?", (arrival.entry_id,)).fetchone()
        its_own = primary == (source_id, arrival.item)
    # The first version that names us is the one to keep: an alert may quote what the feed of the same page leaves out.
    adopted = arrival.verdict != "new" and (its_own or (arrival.matches is not None and not known))
    if adopted:
        _revise(db, source_id, arrival, now)
    if arrival.matches is None:
        if known and adopted:
            db.execute(_DROP_MATCHES, (arrival.entry_id,))
        return False
    shown = arrival.matches if its_own or adopted else None
    return _mention(db, arrival.entry_id, arrival.matches, shown, history=arrival.history, now=now)


def adopt(
    db: sqlite3.Connection, entry_id: int, matches: Sequence[Match], key: int | None, *, history: bool, now: datetime
) -> bool:
    """Make a mention of a stored entry, or a place of the mention that says the same."""
    if key is not None:
        db.execute("INSERT OR IGNORE INTO keys (key, entry_id) VALUES (?, ?)", (key, entry_id))
        twin = db.execute("SELECT entry_id FROM keys WHERE key = ?", (key,)).fetchone()[0]
        if twin != entry_id and db.execute("SELECT 1 FROM mentions WHERE entry_id = ?", (entry_id,)).fetchone() is None:
            db.execute("UPDATE places SET entry_id = ? WHERE entry_id = ?", (twin, entry_id))
            db.execute("UPDATE keys SET entry_id = ? WHERE entry_id = ?", (twin, entry_id))
            db.execute("DELETE FROM entries WHERE id = ?", (entry_id,))
            return _mention(db, twin, matches, None, history=history, now=now)
    return _mention(db, entry_id, matches, matches, history=history, now=now)


def _mention(
    db: sqlite3.Connection,
    entry_id: int,
    matches: Iterable[Match],
    shown: Iterable[Match] | None,
    *,
    history: bool,
    now: datetime,
) -> bool:
    """Make a mention, or add to its keywords; `shown` are the matches in the text that is kept, None where in another.

    Whether the mention is new.
    """
    keywords = list(dict.fromkeys(match.keyword for match in matches))
    row = db.execute("SELECT id, keywords FROM mentions WHERE entry_id = ?", (entry_id,)).fetchone()
    if row is None:
        sql = "INSERT INTO mentions (entry_id, history, keywords, first_seen, state_since) VALUES (?, ?, ?, ?, ?)"
        mention_id = db.execute(sql, (entry_id, history, _as_json(keywords), written(now), written(now))).lastrowid
    else:
        mention_id = row[0]
        merged = _as_json(list(dict.fromkeys([*json.loads(row[1]), *keywords])))
        db.execute("UPDATE mentions SET keywords = ? WHERE id = ?", (merged, mention_id))
    if shown is not None:
        db.execute(_DROP_MATCHES, (entry_id,))
        db.executemany(
            "INSERT INTO matches (mention_id, keyword, field, start, end) VALUES (?, ?, ?, ?, ?)",
            [(mention_id, match.keyword, match.field, match.start, match.end) for match in shown],
        )
    return row is None


def _as_json(keywords: list[str]) -> str:
    return json.dumps(keywords, ensure_ascii=False)


def believe(db: sqlite3.Connection, beliefs: Mapping[int, Belief]) -> None:
    """Keep what is believed of these mentions."""
    db.executemany(
        "INSERT OR REPLACE INTO beliefs (mention_id, rules, escalation) VALUES (?, ?, ?)",
        [(number, belief.rules, json.dumps(belief.escalation)) for number, belief in beliefs.items()],
    )


def _revise(db: sqlite3.Connection, source_id: int, arrival: Arrival, now: datetime) -> None:
    db.execute(
        "DELETE FROM beliefs WHERE mention_id = (SELECT id FROM mentions WHERE entry_id = ?)", (arrival.entry_id,)
    )
    db.execute(
        "INSERT INTO revisions (entry_id, replaced_at, title, text)SELECT id, ?, title, text FROM entries WHERE id = ?",
        (written(now), arrival.entry_id),
    )
    db.execute("UPDATE mentions SET author = NULL WHERE entry_id = ?", (arrival.entry_id,))  # compare it anew
    columns = dict(zip(_COLUMNS, _columns(arrival.entry), strict=True))
    identity = {"id": arrival.entry_id, "source_id": source_id, "item": arrival.item, "thread_id": arrival.thread_id}
    db.execute(_UPDATE_ENTRY, columns | identity)


def prune(db: sqlite3.Connection, rules: HistoryRules, now: datetime) -> None:
    """Unmatched entries that no source carries any more, texts past their time, and old visits."""
    dropped = db.execute(_DROP_UNMATCHED, {"horizon": written(now - rules.keep_unmatched)}).rowcount
    if dropped:
        db.execute("DELETE FROM keys WHERE entry_id NOT IN (SELECT id FROM entries)")
    forgotten = 0
    for statement in _FORGET_TEXTS:
        forgotten = db.execute(statement, {"horizon": written(now - rules.keep_texts)}).rowcount
    if forgotten:
        db.execute(_FORGET_SKETCHES)
    db.execute("DELETE FROM visits WHERE at < ?", (written(now - _KEEP_VISITS),))


def _source_id(db: sqlite3.Connection, name: str) -> int:
    row: tuple[int] = db.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    return row[0]
