"""The schema as named steps. Append a step, and raise `LATEST` in `store`; never edit one that was released.

Times are text, `YYYY-MM-DDTHH:MM:SSZ`, so that they sort and can be read with any SQLite tool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database, Migrations

if TYPE_CHECKING:
    import sqlite3

_FACTS = (
    "CREATE TABLE runs (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, started_at TEXT NOT NULL, finished_at TEXT)",
    """CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        url TEXT NOT NULL,
        validators_url TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        body_hash TEXT NOT NULL DEFAULT '',
        not_before TEXT,
        failing INTEGER NOT NULL DEFAULT 0,
        read_at TEXT,
        parsed_at TEXT,
        had_entries INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE visits (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources(id),
        at TEXT NOT NULL,
        status TEXT NOT NULL,
        failure TEXT NOT NULL,
        message TEXT NOT NULL,
        seconds REAL NOT NULL,
        bytes INTEGER NOT NULL,
        entries INTEGER NOT NULL,
        new_entries INTEGER NOT NULL,
        new_mentions INTEGER NOT NULL)""",
    "CREATE INDEX visits_by_source ON visits(source_id, at)",
    """CREATE TABLE gaps (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources(id),
        since TEXT NOT NULL,
        until TEXT NOT NULL,
        message TEXT NOT NULL)""",
    """CREATE TABLE entries (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources(id),
        item INTEGER NOT NULL,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        author TEXT NOT NULL,
        published TEXT,
        published_raw TEXT NOT NULL,
        updated TEXT,
        guid TEXT NOT NULL,
        thread TEXT NOT NULL,
        position INTEGER,
        language TEXT,
        site TEXT NOT NULL,
        first_seen TEXT NOT NULL)""",
    "CREATE INDEX entries_by_first_seen ON entries(first_seen)",
    # An entry as one source carries it; `item` and `content` are hashes, see dedupe.Identity.
    """CREATE TABLE places (
        source_id INTEGER NOT NULL REFERENCES sources(id),
        item INTEGER NOT NULL,
        entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        content INTEGER NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        PRIMARY KEY (source_id, item)) WITHOUT ROWID""",
    "CREATE INDEX places_by_entry ON places(entry_id)",
    # No foreign key: there are three rows an entry here, and an index for the cascade would cost every insert.
    "CREATE TABLE keys (key INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL)",
    """CREATE TABLE revisions (
        id INTEGER PRIMARY KEY,
        entry_id INTEGER NOT NULL REFERENCES entries(id) ON DELETE CASCADE,
        replaced_at TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL)""",
    "CREATE INDEX revisions_by_entry ON revisions(entry_id)",
    """CREATE TABLE mentions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        entry_id INTEGER NOT NULL UNIQUE REFERENCES entries(id),
        state TEXT NOT NULL DEFAULT 'open',
        history INTEGER NOT NULL DEFAULT 0,
        keywords TEXT NOT NULL,
        first_seen TEXT NOT NULL)""",
    "CREATE INDEX mentions_open ON mentions(id) WHERE state = 'open' AND NOT history",
    """CREATE TABLE matches (
        mention_id INTEGER NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
        keyword TEXT NOT NULL,
        field TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL)""",
    "CREATE INDEX matches_by_mention ON matches(mention_id)",
    "PRAGMA user_version = 1",
)

_THREADS = (
    "ALTER TABLE entries ADD COLUMN author_url TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE entries ADD COLUMN quotes TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE entries ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE entries ADD COLUMN thread_id INTEGER",
    "CREATE INDEX entries_by_thread ON entries(thread_id) WHERE thread_id IS NOT NULL",
    "ALTER TABLE mentions ADD COLUMN state_since TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE sources ADD COLUMN blocks TEXT NOT NULL DEFAULT ''",
    # `key` is the thread's identity, see permalinks; `newest` the moment of the last post that was seen.
    """CREATE TABLE threads (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES sources(id),
        key TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        engine TEXT NOT NULL DEFAULT '',
        replies INTEGER,
        views INTEGER,
        locked INTEGER NOT NULL DEFAULT 0,
        pages INTEGER,
        newest TEXT,
        last_url TEXT NOT NULL DEFAULT '',
        etag TEXT NOT NULL DEFAULT '',
        last_modified TEXT NOT NULL DEFAULT '',
        body_hash TEXT NOT NULL DEFAULT '',
        marks TEXT NOT NULL DEFAULT '[]',
        activity TEXT NOT NULL DEFAULT '',
        followed TEXT NOT NULL DEFAULT '',
        first_seen TEXT NOT NULL,
        read_at TEXT,
        next_visit TEXT,
        failures INTEGER NOT NULL DEFAULT 0,
        failing_since TEXT,
        message TEXT NOT NULL DEFAULT '')""",
    "PRAGMA user_version = 2",
)

_DESK = (
    # What was done, oldest first; nothing here is ever changed. `of` is another action, `evidence` an entry.
    """CREATE TABLE actions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        mention_id INTEGER NOT NULL REFERENCES mentions(id),
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        moment TEXT NOT NULL,
        by TEXT NOT NULL,
        until TEXT,
        value TEXT NOT NULL,
        text TEXT NOT NULL,
        url TEXT NOT NULL,
        of INTEGER REFERENCES actions(id),
        evidence INTEGER)""",
    "CREATE INDEX actions_by_mention ON actions(mention_id)",
    "CREATE INDEX actions_about ON actions(of) WHERE of IS NOT NULL",
    # Copies of what the log adds up to, so that the digest need not look at what is over and done with.
    "ALTER TABLE mentions ADD COLUMN acted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE mentions ADD COLUMN promises INTEGER NOT NULL DEFAULT 0",
    "DROP INDEX mentions_open",
    """CREATE INDEX mentions_live ON mentions(id)
       WHERE (state NOT IN ('closed', 'dismissed') OR promises) AND (acted OR NOT history)""",
    "CREATE INDEX mentions_by_change ON mentions(state_since)",
    # What was believed of a mention by these rules, kept so that a digest need not read every text again.
    """CREATE TABLE beliefs (
        mention_id INTEGER PRIMARY KEY REFERENCES mentions(id) ON DELETE CASCADE,
        rules TEXT NOT NULL,
        escalation TEXT NOT NULL)""",
    # What is believed of stories: `story` is the smallest number in it, `told` in how many places one person tells it,
    # `author` the folded name (null until the mention was compared with the others).
    "ALTER TABLE mentions ADD COLUMN story INTEGER",
    "ALTER TABLE mentions ADD COLUMN told INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE mentions ADD COLUMN author TEXT",
    "CREATE INDEX mentions_by_story ON mentions(story) WHERE story IS NOT NULL",
    "CREATE INDEX mentions_by_author ON mentions(author) WHERE author != ''",
    "CREATE INDEX mentions_uncompared ON mentions(id) WHERE author IS NULL",
    # Rows of what was edited since may stay: what they lead to is compared by its text.
    """CREATE TABLE sketches (
        hash INTEGER NOT NULL,
        mention_id INTEGER NOT NULL,
        PRIMARY KEY (hash, mention_id)) WITHOUT ROWID""",
    # Found alike; each pair stands here both ways round.
    """CREATE TABLE likenesses (
        one INTEGER NOT NULL REFERENCES mentions(id) ON DELETE CASCADE,
        other INTEGER NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (one, other, kind)) WITHOUT ROWID""",
    """CREATE INDEX actions_on_stories ON actions(id)
       WHERE kind IN ('story_split', 'story_join', 'person_merge')""",
    "CREATE INDEX actions_undoing ON actions(of) WHERE kind = 'undo'",
    "PRAGMA user_version = 3",
)

migrations = Migrations("webwatch")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database to the newest schema; each step is one transaction."""
    migrations.apply(Database(connection))


@migrations()
def m0001_facts(db: Database) -> None:
    """What was configured, visited, read, and found to name us."""
    for statement in _FACTS:
        db.execute(statement)


@migrations()
def m0002_threads(db: Database) -> None:
    """Conversations: which are known, how far each was read, and what a forum says of a post beside its text."""
    for statement in _THREADS:
        db.execute(statement)


@migrations()
def m0003_desk(db: Database) -> None:
    """What a person did, and what the scans saw that we and others did afterwards."""
    for statement in _DESK:
        db.execute(statement)
