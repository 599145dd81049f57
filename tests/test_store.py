"""What is remembered, and what happens when the database cannot be used."""

import os
import sqlite3
import stat
import string
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webwatch import store as stores
from webwatch.errors import RunLockedError, StoreError
from webwatch.model import Arrival, Checkpoint, Entry, Match, Source
from webwatch.store import Store, migrations
from webwatch.store.lock import run_lock

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KRANT = Source(name="krant", url="https://krant.example/feed.xml")


def arrival(number: int, entry: Entry, **given) -> Arrival:
    fields = {
        "entry_id": number,
        "verdict": "new",
        "item": number,
        "keys": (number,),
        "content": number,
        "matches": (),
    }
    return Arrival(entry=entry, **(fields | given))


def text(alphabet=None):
    return st.text(alphabet or st.characters(exclude_categories=["Cs"]), max_size=40)


MOMENTS = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - made aware here
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
ENTRIES = st.builds(
    Entry,
    url=text(),
    title=text(),
    text=text(),
    author=text(),
    published=MOMENTS,
    published_raw=text(),
    updated=MOMENTS,
    guid=text(),
    thread=text(),
    position=st.none() | st.integers(0, 10**6),
    language=st.none() | st.sampled_from(["nl", "en"]),
    site=text(),
)
OFFSETS = st.integers(0, 9)
MATCHES = st.lists(
    st.builds(
        Match, keyword=text(string.ascii_letters), field=st.just("text"), start=st.integers(0, 9), end=st.integers(0, 9)
    ),
    max_size=3,
).map(tuple)


@given(ENTRIES, MATCHES)
def test_a_mention_comes_back_as_it_was_kept(entry, matches):
    with Store.open(":memory:") as store:
        store.checkpoints([KRANT])
        with store.transaction():
            assert store.add("krant", [arrival(1, entry, matches=matches)], NOW) == 1
        (mention,) = store.live_mentions(NOW)
    assert (mention.entry, mention.matches, mention.source) == (entry, matches, "krant")
    assert mention.keywords == tuple(dict.fromkeys(match.keyword for match in matches))
    assert [(place.url, place.source, place.seen) for place in mention.places] == [(entry.url, "krant", NOW)]


def test_what_came_later_is_not_there_yet_when_an_earlier_moment_is_asked_for():
    with Store.open(":memory:") as store:
        store.checkpoints([KRANT])
        with store.transaction():
            store.add("krant", [arrival(1, Entry(url="https://krant.example/1"))], NOW)
        assert store.live_mentions(NOW - timedelta(seconds=1)) == []
        assert store.coverage([KRANT], NOW).last_scan is None


def test_a_transaction_that_fails_leaves_nothing_behind():
    with Store.open(":memory:") as store:
        store.checkpoints([KRANT])
        with pytest.raises(sqlite3.IntegrityError), store.transaction():
            store.add("krant", [arrival(n, Entry(url="https://krant.example/1")) for n in (1, 1)], NOW)
        assert store.live_mentions(NOW) == []


def test_a_source_that_was_never_visited_does_not_count_as_read():
    with Store.open(":memory:") as store:
        coverage = store.coverage([KRANT], NOW)
    assert (coverage.sources, coverage.read, coverage.problems) == (1, 0, ())


def test_checkpoints_come_back_as_they_were_recorded():
    from webwatch.model import SourceReport

    kept = Checkpoint(url="u", etag='"é"', last_modified="x", body_hash="h", not_before=NOW, read_at=NOW, parsed_at=NOW)
    with Store.open(":memory:") as store:
        assert store.checkpoints([KRANT]) == {"krant": Checkpoint()}
        with store.transaction():
            store.record(SourceReport(source="krant", status="read"), kept, NOW)
        assert store.checkpoints([KRANT]) == {"krant": kept}


def test_the_newest_schema_is_the_last_step_of_the_migrations(tmp_path):
    Store.open(tmp_path / "a.db").__exit__(None, None, None)
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        steps = db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0]
        assert db.execute("PRAGMA user_version").fetchone()[0] == stores.LATEST == steps
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    with closing(sqlite3.connect(":memory:")) as empty:
        assert len(migrations.migrations.pending(migrations.Database(empty))) == stores.LATEST


def test_a_database_that_is_not_there_reads_as_empty_and_is_not_made(tmp_path):
    with Store.open(tmp_path / "none.db", write=False) as store:
        assert store.live_mentions(NOW) == []
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_webwatch_is_left_alone(tmp_path):
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match=r"a\.db: made by a newer webwatch"):
        Store.open(path)


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"Dear diary, " * 500)
    with pytest.raises(StoreError, match=r"a\.db: it is not a webwatch database"):
        Store.open(path)
    assert path.read_bytes() == b"Dear diary, " * 500


def test_a_damaged_database_gives_a_clear_error(tmp_path):
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        store.checkpoints([KRANT])
        with store.transaction():
            store.add(
                "krant",
                [arrival(n, Entry(url=f"https://krant.example/{n}", text="x" * 900)) for n in range(1, 99)],
                NOW,
            )
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))

    def read():
        with Store.open(path) as store:
            store.all_mentions(NOW)

    with pytest.raises(StoreError, match=r"a\.db: .*(damaged|not a webwatch database)"):
        read()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the owner of the machine may write everywhere")
def test_a_read_only_database_is_said_to_be_so(tmp_path):
    path = tmp_path / "a.db"
    Store.open(path).__exit__(None, None, None)
    path.chmod(stat.S_IRUSR)

    def write():
        with Store.open(path) as store, store.transaction():
            store.checkpoints([KRANT])

    with pytest.raises(StoreError, match="read-only"):
        write()


def test_a_full_disk_is_said_to_be_so_and_nothing_is_lost(tmp_path):
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        store.checkpoints([KRANT])
        with store.transaction():
            store.add("krant", [arrival(1, Entry(url="https://krant.example/1"))], NOW)

    def fill():
        with Store.open(path) as store:
            store._db.execute("PRAGMA max_page_count = 1")  # SQLite's own way to meet a full disk
            with store.transaction():
                store.add("krant", [arrival(n, Entry(url="u", text="x" * 9000)) for n in range(2, 99)], NOW)

    with pytest.raises(StoreError, match="the disk is full"):
        fill()
    with Store.open(path) as store:
        assert len(store.all_mentions(NOW)) == 1


def test_a_database_that_another_program_writes_to_is_waited_for_and_then_reported(tmp_path, monkeypatch):
    path = tmp_path / "a.db"
    Store.open(path).__exit__(None, None, None)
    monkeypatch.setattr(stores, "_BUSY_TIMEOUT", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def write():
        with Store.open(path) as store, store.transaction():
            pass

    with pytest.raises(StoreError, match="another program is writing to it"):
        write()
    other.execute("ROLLBACK")
    other.close()
    write()


def test_the_run_lock_names_its_holder_and_goes_with_it(tmp_path):
    database = tmp_path / "a.db"
    holder = f"process {os.getpid()}, since 2026-11-23 09:00:00 UTC"
    with run_lock(database, NOW), pytest.raises(RunLockedError, match=holder), run_lock(database, NOW):
        pytest.fail("two runs at once")
    with run_lock(database, NOW):
        pass
