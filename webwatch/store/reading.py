"""What a scan and a digest read. Whatever is read "at `now`" leaves out what came later."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from webwatch.model import Action, Belief, Coverage, Entry, Gap, Match, Mention, Place, Problem, Quote, Stored
from webwatch.store import actions, threads
from webwatch.store.moments import read, read_or_none, written

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from webwatch.dedupe import Identity, Known
    from webwatch.model import Source

_SHOW_GAPS = timedelta(days=7)

_COLUMNS = """
           e.url, e.title, e.text, e.author, e.published, e.published_raw, e.updated, e.guid, e.thread, e.position,
           e.language, e.site, e.author_url, e.quotes, e.accepted"""
_ENTRIES = """
    SELECT e.id, s.name, e.first_seen, m.keywords, {columns}
    FROM entries e JOIN sources s ON s.id = e.source_id LEFT JOIN mentions m ON m.entry_id = e.id ORDER BY e.id"""
_MENTIONS = """
    SELECT m.id, m.history, m.keywords, m.first_seen, s.name, m.entry_id, e.thread_id, coalesce(t.title, ''),
           m.story, m.told, coalesce(t.views, t.replies, 0), b.rules, b.escalation, {columns}
    FROM mentions m JOIN entries e ON e.id = m.entry_id JOIN sources s ON s.id = e.source_id
         LEFT JOIN threads t ON t.id = e.thread_id LEFT JOIN beliefs b ON b.mention_id = m.id
    WHERE {condition} AND m.first_seen <= :now ORDER BY m.id"""
_MATCHES = """
    SELECT t.mention_id, t.keyword, t.field, t.start, t.end
    FROM mentions m JOIN matches t ON t.mention_id = m.id WHERE {condition} AND m.first_seen <= :now
    ORDER BY t.rowid"""
# CROSS JOIN: few mentions are looked at, and from each the index leads to its places.
_PLACES = """
    SELECT m.id, p.url, s.name, p.first_seen
    FROM mentions m CROSS JOIN places p ON p.entry_id = m.entry_id JOIN sources s ON s.id = p.source_id
    WHERE {condition} AND m.first_seen <= :now AND p.first_seen <= :now ORDER BY p.first_seen, s.id"""
_LOGS = """
    SELECT {columns} FROM mentions m JOIN actions a ON a.mention_id = m.id
    WHERE {condition} AND m.acted AND a.at <= :now ORDER BY a.id"""
# What has no date counts from when it was seen; of two posts of one moment the later in the thread comes after.
_SAID = """
    SELECT m.id, e.id, s.name, e.first_seen, {columns}
    FROM mentions m JOIN entries o ON o.id = m.entry_id JOIN entries e ON e.thread_id = o.thread_id
         JOIN sources s ON s.id = e.source_id
    WHERE m.id IN (SELECT value FROM json_each(:wanted)) AND e.id != o.id AND e.first_seen <= :now
      AND (coalesce(e.published, e.first_seen), coalesce(e.position, 0), e.id)
        > (coalesce(o.published, o.first_seen), coalesce(o.position, 0), o.id)
    ORDER BY coalesce(e.published, e.first_seen), coalesce(e.position, 0), e.id"""
_IN_THREAD = """
    SELECT e.id, s.name, e.first_seen, {columns} FROM entries e JOIN sources s ON s.id = e.source_id
    WHERE e.thread_id = :thread AND e.first_seen <= :now
    ORDER BY coalesce(e.published, e.first_seen) DESC, coalesce(e.position, 0) DESC, e.id DESC LIMIT :most"""


def known_items(db: sqlite3.Connection, source: str, identities: Sequence[Identity]) -> dict[int, tuple[int, int]]:
    """Item → entry and content, of the items that this source had before."""
    rows = db.execute(
        "SELECT p.item, p.entry_id, p.content FROM sources s JOIN places p ON p.source_id = s.id "
        "WHERE s.name = ? AND p.item IN (SELECT value FROM json_each(?))",
        (source, _numbers(identity.item for identity in identities)),
    )
    return {item: (entry_id, content) for item, entry_id, content in rows}


def known(
    db: sqlite3.Connection, source: str, identities: Sequence[Identity], items: Mapping[int, tuple[int, int]]
) -> Known:
    """Which keys of the other items were seen before, anywhere."""
    from webwatch.dedupe import Known

    strangers = (identity for identity in identities if identity.item not in items)
    keys: dict[int | None, int] = dict(
        db.execute(
            "SELECT key, entry_id FROM keys WHERE key IN (SELECT value FROM json_each(?))",
            (_numbers(key for identity in strangers for key in identity.anywhere()),),
        ).fetchall()
    )
    here: defaultdict[int, set[int]] = defaultdict(set)
    if keys:
        for entry_id, content in db.execute(
            "SELECT p.entry_id, p.content FROM sources s JOIN places p ON p.source_id = s.id "
            "WHERE s.name = ? AND p.entry_id IN (SELECT value FROM json_each(?))",
            (source, _numbers(set(keys.values()))),
        ):
            here[entry_id].add(content)
    return Known(items=items, keys=keys, here=here)


def _numbers(values: Iterable[int]) -> str:
    return json.dumps(list(values))


def next_entry_id(db: sqlite3.Connection) -> int:
    """One more than the highest entry number."""
    row: tuple[int] = db.execute("SELECT coalesce(max(id), 0) + 1 FROM entries").fetchone()
    return row[0]


def mentions(db: sqlite3.Connection, condition: str, now: datetime, **values: object) -> list[Mention]:
    """The mentions for which `condition` (ours, never a user's text) holds over `m`, with matches and places."""
    parameters = {"now": written(now), **values}
    matches: defaultdict[int, list[Match]] = defaultdict(list)
    for mention_id, keyword, field, start, end in db.execute(_MATCHES.format(condition=condition), parameters):
        matches[mention_id].append(Match(keyword=keyword, field=field, start=start, end=end))
    logs: defaultdict[int, list[Action]] = defaultdict(list)
    for row in db.execute(_LOGS.format(condition=condition, columns=actions.COLUMNS), parameters):
        logs[row[1]].append(actions.read_action(row))
    places: defaultdict[int, dict[tuple[str, str], Place]] = defaultdict(dict)
    for mention_id, url, source, seen in db.execute(_PLACES.format(condition=condition), parameters):
        places[mention_id].setdefault((url, source), Place(url=url, source=source, seen=read(seen)))
    return [
        Mention(
            id=row[0],
            history=bool(row[1]),
            keywords=tuple(json.loads(row[2])),
            first_seen=read(row[3]),
            source=row[4],
            entry_id=row[5],
            thread_id=row[6],
            thread_title=row[7],
            story=row[8],
            told=row[9],
            readers=row[10],
            belief=Belief(rules=row[11], escalation=tuple(json.loads(row[12]))) if row[11] is not None else None,
            entry=_entry(row[13:]),
            matches=tuple(matches[row[0]]),
            places=tuple(places[row[0]].values()),
            log=tuple(logs[row[0]]),
        )
        for row in db.execute(_MENTIONS.format(condition=condition, columns=_COLUMNS), parameters)
    ]


def said_after(db: sqlite3.Connection, mentions: Iterable[Mention], now: datetime) -> dict[int, list[Stored]]:
    """The entries of each mention's thread that were seen by `now` and come after the mention's own, in their order."""
    wanted = json.dumps([mention.id for mention in mentions])
    found: defaultdict[int, list[Stored]] = defaultdict(list)
    for row in db.execute(_SAID.format(columns=_COLUMNS), {"wanted": wanted, "now": written(now)}):
        found[row[0]].append(
            Stored(id=row[1], source=row[2], first_seen=read(row[3]), keywords=None, entry=_entry(row[4:]))
        )
    return found


def _entry(row: tuple[Any, ...]) -> Entry:
    url, title, text, author, published, published_raw, updated, guid, thread, position, language, site, *more = row
    author_url, quotes, accepted = more
    return Entry(
        url=url,
        title=title,
        text=text,
        author=author,
        published=read_or_none(published),
        published_raw=published_raw,
        updated=read_or_none(updated),
        guid=guid,
        thread=thread,
        position=position,
        language=language,
        site=site,
        author_url=author_url,
        quotes=tuple(Quote(*quote) for quote in json.loads(quotes)) if quotes else (),
        accepted=bool(accepted),
    )


def thread_entries(db: sqlite3.Connection, thread_id: int, now: datetime, most: int) -> list[Stored]:
    """The latest entries of a thread, oldest first."""
    sql = _IN_THREAD.format(columns=_COLUMNS)
    rows = db.execute(sql, {"thread": thread_id, "now": written(now), "most": most}).fetchall()
    return [
        Stored(id=row[0], source=row[1], first_seen=read(row[2]), keywords=None, entry=_entry(row[3:]))
        for row in reversed(rows)
    ]


def mentions_of_entries(db: sqlite3.Connection, entry_ids: Iterable[int], now: datetime) -> list[Mention]:
    """The mentions that these entries are."""
    wanted = _numbers(entry_ids)
    return mentions(db, "m.entry_id IN (SELECT value FROM json_each(:entries))", now, entries=wanted)


def mentions_by(db: sqlite3.Connection, author: str, now: datetime) -> list[Mention]:
    """The mentions of which the author's name is written in just this way, whatever its capitals."""
    return mentions(
        db, "m.entry_id IN (SELECT id FROM entries WHERE author = :author COLLATE NOCASE)", now, author=author
    )


def fingerprint(db: sqlite3.Connection) -> str:
    """The fingerprint of the last run."""
    row = db.execute("SELECT fingerprint FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def entries(db: sqlite3.Connection) -> Iterator[Stored]:
    """All entries by number, with the keywords of those that are mentions."""
    for row in db.execute(_ENTRIES.format(columns=_COLUMNS)):
        keywords = None if row[3] is None else frozenset(json.loads(row[3]))
        yield Stored(id=row[0], source=row[1], first_seen=read(row[2]), keywords=keywords, entry=_entry(row[4:]))


def mention_ids(db: sqlite3.Connection) -> list[int]:
    """All mention numbers, ascending."""
    return [row[0] for row in db.execute("SELECT id FROM mentions ORDER BY id")]


def kinds(db: sqlite3.Connection) -> dict[str, str]:
    """The kind of each source, by name."""
    return dict(db.execute("SELECT name, kind FROM sources").fetchall())


def coverage(db: sqlite3.Connection, sources: Sequence[Source], now: datetime) -> Coverage:
    """What the last visit to each source came to; a source that was never visited is not read."""
    at = written(now)
    last = {
        name: (source_id, status)
        for name, source_id, status in db.execute(
            """SELECT s.name, s.id, (SELECT v.status FROM visits v WHERE v.source_id = s.id AND v.at <= ?
                                     ORDER BY v.at DESC, v.id DESC LIMIT 1) FROM sources s""",
            (at,),
        )
    }
    names = [source.name for source in sources]
    failing = [name for name in names if name in last and last[name][1] == "failed"]
    never = [name for name in names if name not in last or last[name][1] is None]
    run = db.execute("SELECT max(started_at) FROM runs WHERE started_at <= ?", (at,)).fetchone()[0]
    history = db.execute("SELECT count(*) FROM mentions WHERE history AND first_seen <= ?", (at,)).fetchone()[0]
    return Coverage(
        sources=len(names),
        read=len(names) - len(failing) - len(never),
        problems=(*(_problem(db, name, last[name][0], at) for name in failing), *threads.problems(db, now)),
        gaps=_gaps(db, set(names), now),
        last_scan=read_or_none(run),
        history=history,
        threads=threads.count(db, now),
    )


def _problem(db: sqlite3.Connection, name: str, source_id: int, at: str) -> Problem:
    visits = db.execute(
        "SELECT at, status, failure, message FROM visits WHERE source_id = ? AND at <= ? ORDER BY at DESC, id DESC",
        (source_id, at),
    )
    row = list(takewhile(lambda visit: visit[1] == "failed", visits))
    return Problem(source=name, failure=row[0][2], since=read(row[-1][0]), failures=len(row), message=row[0][3])


def _gaps(db: sqlite3.Connection, names: set[str], now: datetime) -> tuple[Gap, ...]:
    rows = db.execute(
        "SELECT s.name, g.since, g.until, g.message FROM gaps g JOIN sources s ON s.id = g.source_id "
        "WHERE g.until BETWEEN ? AND ? ORDER BY g.until, s.name",
        (written(now - _SHOW_GAPS), written(now)),
    )
    return tuple(
        Gap(source=name, since=read(since), until=read(until), message=message)
        for name, since, until, message in rows
        if name in names
    )
