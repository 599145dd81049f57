"""The two runs, in reading order.

scan      per source, in threads: start → fetch → parse (network only), then, one source at a time:
identify → known? → match → store, in one transaction → a line in the report
digest    open mentions → rank → digest
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import addresses, dedupe, fetch, parse, text
from webwatch.errors import FailureClass, FetchError, SourceError
from webwatch.fetch import politeness
from webwatch.match import compile_keywords
from webwatch.model import Arrival, Checkpoint, Context, Gap, Page, Parsed, Request, SourceReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from webwatch.match import Matcher
    from webwatch.model import Config, Entry, Source
    from webwatch.store import Store

# A cache lifetime is honoured, but never so long that a daily scan would skip a day.
_LONGEST_FRESHNESS = timedelta(hours=6)
# A page that is gone for good is asked for once a month, in case it comes back.
_GONE_PAUSE = timedelta(days=30)


class Visited(NamedTuple):
    """What a visit in a thread came to: a page that was read, one that is as it was, or none (asked to wait)."""

    page: Page | None = None
    parsed: Parsed | None = None
    checkpoint: Checkpoint = Checkpoint()
    seconds: float = 0.0


class ScanReport(NamedTuple):
    """What a scan did, source by source in the order of the config."""

    started_at: datetime
    took: timedelta
    sources: tuple[SourceReport, ...]


def scan(
    config: Config,
    store: Store,
    fetcher: fetch.Fetcher,
    *,
    now: datetime,
    monotonic: Callable[[], float],
    progress: Callable[[SourceReport], None] = lambda _report: None,
) -> ScanReport:
    """Read every source once and keep what is new. A source that fails is a line in the report."""
    started = monotonic()
    with store.transaction():
        run = store.start_run(now)
        kept = store.checkpoints(config.sources)
    checkpoints = {source.name: _at(source.url, kept[source.name]) for source in config.sources}
    our_names = frozenset(text.fold(author) for author in (config.us.name, *config.us.authors) if author)
    state = _Run(config, store, compile_keywords(config.keywords), now, our_names)
    reports = {}
    for source, outcome in _visits(config, checkpoints, fetcher, now, monotonic):
        with store.transaction():
            report = _remember(state, source, checkpoints[source.name], outcome)
        reports[source.name] = report
        progress(report)
    with store.transaction():
        store.prune(config.history, now)
        store.finish_run(run, now)
    ordered = tuple(reports[source.name] for source in config.sources)
    return ScanReport(started_at=now, took=timedelta(seconds=monotonic() - started), sources=ordered)


def _at(url: str, checkpoint: Checkpoint) -> Checkpoint:
    """The checkpoint for an address: a source that moved keeps its history, not the old server's validators."""
    if checkpoint.url == url:
        return checkpoint
    return checkpoint._replace(url=url, etag="", last_modified="", body_hash="", not_before=None, failing=False)


# --------------------------------------------------------------------------------------------- reading, in threads


def _visits(
    config: Config,
    checkpoints: Mapping[str, Checkpoint],
    fetcher: fetch.Fetcher,
    now: datetime,
    monotonic: Callable[[], float],
) -> Iterator[tuple[Source, Visited | SourceError]]:
    def visit(source: Source) -> Visited:
        context = Context(source=source, now=now, zone=config.timezone)
        return read(source, checkpoints[source.name], fetcher.get, context, monotonic)

    return fetch.visits(config.sources, visit, total=config.fetch.total, monotonic=monotonic)


def read(
    source: Source,
    checkpoint: Checkpoint,
    get: Callable[[Request], Page],
    context: Context,
    monotonic: Callable[[], float],
) -> Visited:
    """Fetch a source and parse what is new there; raises `SourceError`."""
    if checkpoint.not_before and checkpoint.not_before > context.now:
        return Visited(checkpoint=checkpoint)
    started = monotonic()
    parser = parse.load(source.kind)
    page = get(parser.start(source, checkpoint))
    body_hash = "" if page.not_modified else hashlib.blake2b(page.body, digest_size=16).hexdigest()
    unchanged = page.not_modified or body_hash == checkpoint.body_hash
    parsed = None if unchanged else parser.parse(page, context)
    moved = checkpoint._replace(
        etag=page.headers.get("etag", checkpoint.etag if page.not_modified else ""),
        last_modified=page.headers.get("last-modified", checkpoint.last_modified if page.not_modified else ""),
        body_hash=checkpoint.body_hash if page.not_modified else body_hash,
        not_before=_fresh_until(page, context.now),
        failing=False,
        read_at=context.now,
        parsed_at=context.now if parsed else checkpoint.parsed_at,
        had_entries=bool(parsed.entries) if parsed else checkpoint.had_entries,
    )
    return Visited(page=page, parsed=parsed, checkpoint=moved, seconds=monotonic() - started)


def _fresh_until(page: Page, now: datetime) -> datetime | None:
    fresh_until = politeness.fresh_until(page.headers, now)
    return min(fresh_until, now + _LONGEST_FRESHNESS) if fresh_until else None


# ------------------------------------------------------------------------------------- remembering, one at a time


class _Run(NamedTuple):
    """What stays the same from source to source."""

    config: Config
    store: Store
    matcher: Matcher
    now: datetime
    our_names: frozenset[str]


def _remember(run: _Run, source: Source, before: Checkpoint, outcome: Visited | SourceError) -> SourceReport:
    """Keep what one visit came to."""
    after = before
    if isinstance(outcome, SourceError):
        report, after = _failure(source, before, outcome, run.now)
    elif outcome.page is None and before.failing:
        return SourceReport(
            source=source.name,
            status="waiting",
            message=f"asked us to wait until {before.not_before:%Y-%m-%d %H:%M} UTC",
        )
    elif outcome.parsed is None:
        report, after = _seen(source, outcome, "unchanged"), outcome.checkpoint
    else:
        report, after = _keep(run, source, before, outcome), outcome.checkpoint
    run.store.record(report, after, run.now)
    return report


def _failure(source: Source, before: Checkpoint, error: SourceError, now: datetime) -> tuple[SourceReport, Checkpoint]:
    """The line for a failed visit; what the last good one left behind is kept."""
    not_before = error.retry_at if isinstance(error, FetchError) else None
    if error.failure is FailureClass.GONE:
        not_before = now + _GONE_PAUSE
    report = SourceReport(
        source=source.name, status="failed", failure=error.failure.value, message=text.line(str(error))
    )
    return report, before._replace(not_before=not_before, failing=True)


def _seen(source: Source, visited: Visited, status: str) -> SourceReport:
    size = visited.page.wire_bytes if visited.page else 0
    return SourceReport(source=source.name, status=status, seconds=visited.seconds, bytes=size)


def _keep(run: _Run, source: Source, before: Checkpoint, visited: Visited) -> SourceReport:
    """Store the entries of a page, and find what is new among them."""
    assert visited.parsed
    entries = visited.parsed.entries
    identities = dedupe.identify(entries, source.url)
    verdicts = dedupe.judge(identities, run.store.known(source.name, identities), run.store.next_entry_id())
    arrivals = [
        _arrival(run, source, before, entry, identity, verdict)
        for entry, identity, verdict in zip(entries, identities, verdicts, strict=True)
        if verdict.kind != "again"
    ]
    new_mentions = run.store.add(source.name, arrivals, run.now)
    if before.read_at and before.had_entries and dedupe.rolled_over(verdicts):
        run.store.add_gap(_gap(source, entries, before.read_at, run.now))
    return _seen(source, visited, "read")._replace(
        entries=len(arrivals),
        new_entries=sum(verdict.kind == "new" for verdict in verdicts),
        new_mentions=new_mentions,
        message=text.line(" ".join(visited.parsed.problems)),
    )


def _arrival(
    run: _Run,
    source: Source,
    before: Checkpoint,
    entry: Entry,
    identity: dedupe.Identity,
    verdict: dedupe.Verdict,
) -> Arrival:
    worth_a_look = verdict.kind != "seen" and not _is_ours(run, source, entry)
    matches = run.matcher.find(entry) if worth_a_look else ()
    old = entry.published is not None and entry.published < run.now - run.config.history.first_scan
    return Arrival(
        entry=entry,
        entry_id=verdict.entry_id,
        verdict=verdict.kind,
        item=identity.item,
        keys=identity.anywhere(),
        content=identity.content,
        matches=matches,
        mention=bool(matches) or (worth_a_look and source.own),  # on our own profile everything is answered (rule 1)
        history=before.parsed_at is None and old,
    )


def _is_ours(run: _Run, source: Source, entry: Entry) -> bool:
    """Whether we wrote it (rule 13): our name, or our own site, except where that is a profile that others write on."""
    if entry.author and run.our_names and text.fold(entry.author) in run.our_names:
        return True
    if source.own or not run.config.us.domains:
        return False
    host = addresses.host(entry.url)
    return any(host == domain or host.endswith(f".{domain}") for domain in run.config.us.domains)


def _gap(source: Source, entries: Sequence[Entry], since: datetime, now: datetime) -> Gap:
    message = f"all {len(entries)} entries are new since the last visit: some may have come and gone between"
    if span := dedupe.window(entries):
        message += f"; the page now spans {_hours(span)}, so visit it at least that often"
    return Gap(source=source.name, since=since, until=now, message=message)


def _hours(span: timedelta) -> str:
    hours = max(1, round(span.total_seconds() / 3600))
    return f"{hours} hours" if hours != 1 else "an hour"
