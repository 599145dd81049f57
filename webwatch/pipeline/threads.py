"""Which threads are visited for themselves, and when again: less and less often as they go quiet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from webwatch import addresses, permalinks, sites, text
from webwatch.errors import FailureClass
from webwatch.model import Source
from webwatch.pipeline.steps import hash_of
from webwatch.pipeline.visit import Target
from webwatch.pipeline.walk import WAITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from webwatch.model import Entry, KnownThread
    from webwatch.pipeline.walk import ThreadVisit

BY_HAND = "followed threads"  # the source of threads that no source of the configuration led to

_SHORTEST, _LONGEST = timedelta(minutes=30), timedelta(days=7)
_SHARE = 8  # a thread that was quiet for eight days is visited once a day
_EARLY = timedelta(hours=1)  # so that a daily scan a little earlier than yesterday's does not skip a day
_TRIES = 3  # what moved on a board and cannot be read does not wait for ever
_REFUSED = frozenset({FailureClass.NOT_FOUND, FailureClass.GONE, FailureClass.BLOCKED})


def due(followed: Iterable[KnownThread], sources: Sequence[Source], now: datetime) -> list[Target]:
    """The followed threads to visit now, each as part of the source that led to it.

    By itself a thread is followed on its source's own site alone; elsewhere only where a person said so.
    """
    by_name = {source.name: source for source in sources}
    return [
        Target(_as_thread(by_name.get(known.source), known), known)
        for known in followed
        if (known.followed == "yes" or _is_near(by_name.get(known.source), known))
        and (known.next_visit is None or known.next_visit <= now + _EARLY)
    ]


def waiting(known: Iterable[KnownThread]) -> dict[str, list[KnownThread]]:
    """By source, the threads that moved on its board and that no visit has read yet, the longest known first."""
    found: dict[str, list[KnownThread]] = {}
    for thread in known:
        if thread.activity == WAITS:
            found.setdefault(thread.source, []).append(thread)
    return found


def next_visit(known: KnownThread, now: datetime) -> datetime:
    """When a thread that was read, or could not be, is visited again."""
    if known.failures:
        return now + min(_LONGEST, _SHORTEST * float(4**known.failures))
    quiet = now - (known.thread.newest or now - _LONGEST)
    return now + min(_LONGEST, max(_SHORTEST, quiet / _SHARE))


def thread_of(entry: Entry) -> str:
    """The key of the thread that an entry stands in, by its address or by what it answers; "" where neither tells."""
    key = permalinks.of(entry.url).thread
    return talk_at(entry.thread) if not key and entry.thread and entry.thread != entry.url else key


def talk_at(url: str) -> str:
    """The key of the conversation at an address: a forum's thread, or what is said below any other page."""
    return permalinks.of(url).thread or permalinks.of(f"{url.partition('#')[0]}#comment-1").thread


def after_visit(known: KnownThread, visit: ThreadVisit, now: datetime) -> KnownThread:
    """A thread as a visit left it."""
    if visit.error:
        gives_up = visit.error.failure in _REFUSED or known.failures + 1 >= _TRIES
        known = known._replace(
            activity="" if gives_up else known.activity,
            failures=known.failures + 1,
            failing_since=known.failing_since or now,
            message=f"{visit.error.failure.value}: {text.line(str(visit.error))}",
        )
        return known._replace(next_visit=next_visit(known, now))
    said = visit.activity or ("" if known.activity == WAITS else known.activity)
    known = known._replace(failures=0, failing_since=None, message="", read_at=now, activity=said)
    if visit.page:
        newest = max(filter(None, (known.read_at and known.thread.newest, visit.thread.newest)), default=None)
        whole = not (visit.partial or visit.resume)
        known = known._replace(
            thread=visit.thread._replace(url=known.thread.url, newest=newest),
            engine=visit.engine,
            last_url=addresses.without_session(visit.resume or visit.page.url),
            etag=visit.page.headers.get("etag", "") if whole else "",
            last_modified=visit.page.headers.get("last-modified", "") if whole else "",
            body_hash=hash_of(visit.page.body) if whole else "",
            marks=visit.marks or known.marks,
        )
    return known._replace(next_visit=next_visit(known, now))


def _as_thread(source: Source | None, known: KnownThread) -> Source:
    source = source or Source(name=known.source, url=known.thread.url)
    return source._replace(kind="forum", url=known.thread.url)


def _is_near(source: Source | None, known: KnownThread) -> bool:
    return source is not None and sites.site(source.url) == sites.site(known.thread.url) != ""
