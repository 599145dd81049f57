"""What one visit came to, kept: the entries that are new, the mentions among them, the gap before them, the visit.

Everything here runs inside the transaction of the caller.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import dedupe, permalinks, text
from webwatch.errors import FailureClass, FetchError, SourceError
from webwatch.model import Arrival, Checkpoint, Gap, SourceReport, Thread, ThreadReport
from webwatch.pipeline.threads import after_visit, talk_at, thread_of
from webwatch.pipeline.walk import WAITS, ThreadVisit, Walk, names_a_post_alone, thread_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from webwatch.model import Config, Entry, KnownThread, Match, Parsed, Source
    from webwatch.pipeline.relevance import Relevance
    from webwatch.pipeline.visit import Answer, Visit
    from webwatch.store import Store

# A page that is gone for good is asked for once a month, in case it comes back.
_GONE_PAUSE = timedelta(days=30)


class Keeper(NamedTuple):
    """Keeps visit after visit of one run; what stays the same from source to source is in its fields."""

    config: Config
    store: Store
    relevance: Relevance
    now: datetime

    def keep(self, source: Source, before: Checkpoint, visit: Visit | SourceError) -> SourceReport:
        """Store what one visit came to; the line for the report."""
        if isinstance(visit, SourceError):
            report, after = _failure(source, before, visit, self.now)
        elif visit.answer.page is None and before.failing:
            return SourceReport(source=source.name, status="waiting", message=_asked_to_wait(before))
        elif visit.parsed is None:
            report, after = _report(source, visit, "unchanged"), visit.checkpoint
        else:
            report, after = self._keep_page(source, before, visit, visit.parsed), visit.checkpoint
        self.store.record(report, after, self.now)
        return report

    def keep_thread(self, source: Source, known: KnownThread, answer: Answer | SourceError) -> ThreadReport | None:
        """Store what a visit to a followed thread came to; None where a source's visit had read it already."""
        report = ThreadReport(id=known.id, title=known.thread.title, url=known.thread.url, status="unchanged")
        if isinstance(answer, SourceError):
            walk = Walk((ThreadVisit(known.key, known.thread, error=answer),))
        elif answer.walk is None:
            return None
        else:
            walk = answer.walk
        visit = walk.threads[0]
        if visit.error:
            report = report._replace(status="failed", failure=visit.error.failure.value, message=_line(visit.error))
        elif visit.page:
            kept = self._keep_walk(source, Checkpoint(parsed_at=self.now), walk)
            return report._replace(
                title=visit.thread.title,
                status="read",
                new_entries=kept.new_entries,
                new_mentions=kept.new_mentions,
                message=text.line(" ".join(walk.problems)),
            )
        self._save_threads(walk, {known.key: known})
        return report

    def _keep_page(self, source: Source, before: Checkpoint, visit: Visit, parsed: Parsed) -> SourceReport:
        """A source's entries, and the gap before them."""
        walk = visit.answer.walk
        if walk:
            kept = self._keep_walk(source, before, walk)
        else:
            whole = permalinks.of(source.url).thread  # the feed of one thread
            keys = [thread_of(entry) or whole for entry in parsed.entries]
            kept = self._keep_entries(source, before, parsed.entries, keys)
            if before.read_at and before.had_entries and kept.rolled_over and source.kind != "page":
                self.store.add_gap(_gap(source, parsed.entries, before.read_at, self.now))
        return _report(source, visit, "read")._replace(
            entries=kept.entries,
            new_entries=kept.new_entries,
            new_mentions=kept.new_mentions,
            bytes=walk.bytes if walk else visit.answer.page.wire_bytes if visit.answer.page else 0,
            message=text.line(" ".join(_problems(parsed, walk))),
        )

    def _keep_walk(self, source: Source, before: Checkpoint, walk: Walk) -> _Kept:
        """The posts of a forum, with the threads that they stand in."""
        keys = {visit.key for visit in walk.threads}
        known = self.store.known_threads(keys)
        for visit in walk.threads:
            if visit.entries and visit.key not in known:
                self.store.add_thread(source.name, visit.key, visit.thread, self.now)
        first_read = keys - {key for key, thread in known.items() if thread.read_at}
        of_each = [visit.key for visit in walk.threads for _ in visit.entries]
        kept = self._keep_entries(source, before, walk.entries, of_each, first_read)
        self._save_threads(walk, self.store.known_threads(keys))
        self._let_wait(source, walk)
        for visit in walk.threads:
            if visit.missed and visit.key in known:
                self.store.add_gap(_missed_posts(source, visit, known[visit.key], self.now))
        return kept

    def _save_threads(self, walk: Walk, known: Mapping[str, KnownThread]) -> None:
        for visit in walk.threads:
            if visit.key in known:
                self.store.save_thread(after_visit(known[visit.key], visit, self.now))

    def _let_wait(self, source: Source, walk: Walk) -> None:
        """Threads that a board told to have moved and that the bounds left over: the next visits read them."""
        # Where an address names but a post, only the page behind it tells which thread it is.
        waiting = {thread_key(thread.url): thread for thread in walk.waiting if not names_a_post_alone(thread.url)}
        for key, thread in waiting.items():
            self.store.add_thread(source.name, key, thread, self.now)
        for known in self.store.known_threads(waiting).values():
            self.store.save_thread(known._replace(activity=WAITS))

    def _keep_entries(
        self,
        source: Source,
        before: Checkpoint,
        entries: Sequence[Entry],
        keys: Sequence[str],
        first_read: AbstractSet[str] = frozenset(),
    ) -> _Kept:
        """What is known here? What of the rest names us? Is that known elsewhere? Then keep it.

        `keys` are those of the threads that the entries stand in ("" for none), `first_read` those read for the first
        time.
        """
        # A thread may have become known by the address of a post, which is that post's then, not the source's own.
        own = "" if permalinks.of(source.url).post else source.url
        identities = dedupe.identify(entries, own)
        items = self.store.known_items(source.name, identities) if before.parsed_at else {}
        finds = [self._find(source, *pair, items) for pair in zip(entries, identities, strict=True)]
        identities = tuple(
            identity if found is None else identity._replace(text=dedupe.text_key(entry))
            for entry, identity, found in zip(entries, identities, finds, strict=True)
        )
        known = self.store.known(source.name, identities, items)
        verdicts = dedupe.judge(identities, known, self.store.next_entry_id())
        # What is said below a page that names us belongs to it; such a page is no forum's, and not visited for itself.
        talks = [
            talk_at(entry.url) if found is not None and not key and source.kind != "page" else ""
            for key, entry, found in zip(keys, entries, finds, strict=True)
        ]
        keys = [key or talk for key, talk in zip(keys, talks, strict=True)]
        threads = self._threads(source, entries, keys, finds, frozenset(talks))
        arrivals = [
            self._arrival(entry, identity, verdict, found)._replace(
                thread_id=threads.get(key),
                history=self._is_old(entry) and (before.parsed_at is None or key in first_read),
            )
            for key, entry, identity, verdict, found in zip(keys, entries, identities, verdicts, finds, strict=True)
            if verdict.kind != "again"
        ]
        new_mentions = self.store.add(source.name, arrivals, self.now)
        return _Kept(
            entries=len(arrivals),
            new_entries=sum(verdict.kind == "new" for verdict in verdicts),
            new_mentions=new_mentions,
            rolled_over=dedupe.rolled_over(verdicts),
        )

    def _threads(
        self,
        source: Source,
        entries: Sequence[Entry],
        keys: Sequence[str],
        finds: Sequence[tuple[Match, ...] | None],
        talks: AbstractSet[str],
    ) -> dict[str, int]:
        """The numbers of the threads that are known. A mention makes its thread known; `talks` are none of a forum."""
        ids = self.store.thread_ids({*keys} - {""}) if any(keys) else {}
        for key, entry, found in zip(keys, entries, finds, strict=True):
            if key and found is not None and key not in ids:
                thread = Thread(url=entry.thread or entry.url, title=entry.title)
                ids[key] = self.store.add_thread(source.name, key, thread, self.now, followed=key not in talks)
        return ids

    def _find(
        self, source: Source, entry: Entry, identity: dedupe.Identity, items: Mapping[int, tuple[int, int]]
    ) -> tuple[Match, ...] | None:
        """Where an entry that is new or edited names us; None where it does not, or is nothing new."""
        known = items.get(identity.item)
        return None if known and known[1] == identity.content else self.relevance.find(source, entry)

    def _arrival(
        self, entry: Entry, identity: dedupe.Identity, verdict: dedupe.Verdict, matches: tuple[Match, ...] | None
    ) -> Arrival:
        return Arrival(
            entry=entry,
            entry_id=verdict.entry_id,
            verdict=verdict.kind,
            item=identity.item,
            keys=identity.anywhere(),
            content=identity.content,
            matches=matches,
        )

    def _is_old(self, entry: Entry) -> bool:
        return entry.published is not None and entry.published < self.now - self.config.history.first_scan


class _Kept(NamedTuple):
    entries: int
    new_entries: int
    new_mentions: int
    rolled_over: bool


def _failure(source: Source, before: Checkpoint, error: SourceError, now: datetime) -> tuple[SourceReport, Checkpoint]:
    """The line for a failed visit; what the last good one left behind is kept."""
    not_before = error.retry_at if isinstance(error, FetchError) else None
    message = _line(error)
    if error.failure is FailureClass.GONE:
        not_before = now + _GONE_PAUSE
        message += f"; paused, and asked for again on {not_before:%Y-%m-%d}"
    report = SourceReport(
        source=source.name,
        status="failed",
        seconds=error.seconds,
        failure=error.failure.value,
        message=message,
    )
    return report, before._replace(not_before=not_before, failing=True)


def _report(source: Source, visit: Visit, status: str) -> SourceReport:
    size = visit.answer.page.wire_bytes if visit.answer.page else 0
    return SourceReport(source=source.name, status=status, seconds=visit.answer.seconds, bytes=size)


def _asked_to_wait(before: Checkpoint) -> str:
    return f"asked us to wait until {before.not_before:%Y-%m-%d %H:%M} UTC"


def _gap(source: Source, entries: Sequence[Entry], since: datetime, now: datetime) -> Gap:
    message = f"all {len(entries)} entries are new since the last visit: some may have come and gone between"
    if span := dedupe.window(entries):
        message += f"; the page now spans {_hours(span)}, so visit it at least that often"
    return Gap(source=source.name, since=since, until=now, message=message)


def _hours(span: timedelta) -> str:
    hours = max(1, round(span.total_seconds() / 3600))
    return f"{hours} hours" if hours != 1 else "an hour"


def _line(error: SourceError) -> str:
    return text.line(str(error))


def _problems(parsed: Parsed, walk: Walk | None) -> Iterator[str]:
    yield from parsed.problems
    if walk and walk.waiting:
        left = len(walk.waiting)
        yield f"{left} more threads with new posts wait for the next visit; raise `pages:` to read more at once"


def _missed_posts(source: Source, visit: ThreadVisit, known: KnownThread, now: datetime) -> Gap:
    name = text.line(visit.thread.title) or visit.thread.url
    message = f"{name}: more new posts than `pages: {source.pages}` reach back to; some in the middle were not read"
    return Gap(source=source.name, since=known.read_at or now, until=now, message=message)
