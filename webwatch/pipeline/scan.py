"""The run that reads.

in threads, one a host           ask: start → fetch; through a forum: → read → fetch …
on the main thread, in batches   read: page → entries
keep: identify → known? → match → store, one transaction a batch
→ a line in the report

Sources come first, then the threads that are followed for themselves and that no source's visit has read already.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import fetch
from webwatch.errors import SourceError
from webwatch.model import Checkpoint, Context
from webwatch.pipeline.beliefs import believe
from webwatch.pipeline.desk import see_afterwards
from webwatch.pipeline.keep import Keeper
from webwatch.pipeline.relevance import Relevance
from webwatch.pipeline.rematch import rematch
from webwatch.pipeline.stories import find_stories
from webwatch.pipeline.threads import due, waiting
from webwatch.pipeline.visit import Answer, Target, Visit, ask, read
from webwatch.pipeline.walk import Walker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from webwatch.model import Config, SourceReport, ThreadReport
    from webwatch.store import Store


class ScanReport(NamedTuple):
    """What a scan did, source by source in the order of the config.

    `rematched` counts the mentions among what was stored before, found because the keywords had changed; `threads` are
    those that were visited for themselves.
    """

    started_at: datetime
    took: timedelta
    rematched: int
    sources: tuple[SourceReport, ...]
    threads: tuple[ThreadReport, ...] = ()


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
    relevance = Relevance.of(config)
    with store.transaction():
        rematched = (
            rematch(config, store, relevance, now) if store.fingerprint() not in {"", relevance.fingerprint} else 0
        )
        run = store.start_run(relevance.fingerprint, now)
        kept = store.checkpoints(config.sources)
    checkpoints = {source.name: _at(source.url, kept[source.name]) for source in config.sources}
    known = store.threads()
    walker = Walker(
        get=fetcher.get,
        now=now,
        zone=config.timezone,
        first_scan=config.history.first_scan,
        known={thread.key: thread for thread in known},
        visited=set(),
        waiting=waiting(known),
    )
    keeper = Keeper(config, store, relevance, now)
    reports: dict[str, SourceReport] = {}
    threads: list[ThreadReport] = []
    targets = [*map(Target, config.sources), *due(store.followed_threads(now), config.sources, now)]

    def visit(target: Target) -> Answer:
        return ask(target, checkpoints.get(target.name, Checkpoint()), walker, now, monotonic)

    for batch in fetch.visits(targets, visit, total=config.fetch.total, monotonic=monotonic):
        visited = [(target, answer, _read(target, checkpoints, answer, config, now)) for target, answer in batch]
        with store.transaction():
            for target, answer, reading in visited:
                if target.thread is None:
                    reports[target.name] = keeper.keep(target.source, checkpoints[target.name], reading)
                elif report := keeper.keep_thread(target.source, target.thread, answer):
                    threads.append(report)
        for target, _ in batch:
            if target.thread is None:
                progress(reports[target.name])
    with store.transaction():
        see_afterwards(config, store, relevance.ours, now)
        find_stories(config, store)
        believe(store, now)
        store.prune(config.history, now)
        store.finish_run(run, now)
    ordered = tuple(reports[source.name] for source in config.sources)
    took = timedelta(seconds=monotonic() - started)
    return ScanReport(started_at=now, took=took, rematched=rematched, sources=ordered, threads=tuple(threads))


def _at(url: str, checkpoint: Checkpoint) -> Checkpoint:
    """The checkpoint for an address: a source that moved keeps its history, not the old server's validators."""
    if checkpoint.url == url:
        return checkpoint
    return checkpoint._replace(url=url, etag="", last_modified="", body_hash="", not_before=None, failing=False)


def _read(
    target: Target, checkpoints: Mapping[str, Checkpoint], answer: Answer | SourceError, config: Config, now: datetime
) -> Visit | SourceError:
    checkpoint = checkpoints.get(target.name, Checkpoint())
    if isinstance(answer, SourceError):
        return answer
    if target.thread:
        return Visit(answer, None, checkpoint)
    try:
        blocks = frozenset(checkpoint.blocks) if checkpoint.parsed_at else None
        context = Context(source=target.source, now=now, zone=config.timezone, blocks=blocks, domains=config.us.domains)
        return read(target.source, checkpoint, answer, context)
    except SourceError as error:
        return error
