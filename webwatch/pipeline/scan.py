"""The run that reads.

in threads, one a host           ask: start → fetch                    network only
on the main thread, in batches   read: page → entries
keep: identify → known? → match → store, one transaction a batch
→ a line in the report
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import fetch
from webwatch.errors import SourceError
from webwatch.model import Context
from webwatch.pipeline.keep import Keeper
from webwatch.pipeline.relevance import Relevance
from webwatch.pipeline.rematch import rematch
from webwatch.pipeline.visit import Answer, Visit, ask, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from webwatch.model import Checkpoint, Config, Source, SourceReport
    from webwatch.store import Store


class ScanReport(NamedTuple):
    """What a scan did, source by source in the order of the config.

    `rematched` counts the mentions among what was stored before, found because the keywords had changed.
    """

    started_at: datetime
    took: timedelta
    rematched: int
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
    relevance = Relevance.of(config)
    with store.transaction():
        rematched = (
            rematch(config, store, relevance, now) if store.fingerprint() not in {"", relevance.fingerprint} else 0
        )
        run = store.start_run(relevance.fingerprint, now)
        kept = store.checkpoints(config.sources)
    checkpoints = {source.name: _at(source.url, kept[source.name]) for source in config.sources}
    keeper = Keeper(config, store, relevance, now)
    reports = {}

    def visit(source: Source) -> Answer:
        return ask(source, checkpoints[source.name], fetcher.get, now, monotonic)

    for batch in fetch.visits(config.sources, visit, total=config.fetch.total, monotonic=monotonic):
        readings = [(source, _read(source, checkpoints[source.name], answer, config, now)) for source, answer in batch]
        with store.transaction():
            for source, reading in readings:
                reports[source.name] = keeper.keep(source, checkpoints[source.name], reading)
        for source, _ in batch:
            progress(reports[source.name])
    with store.transaction():
        store.prune(config.history, now)
        store.finish_run(run, now)
    ordered = tuple(reports[source.name] for source in config.sources)
    took = timedelta(seconds=monotonic() - started)
    return ScanReport(started_at=now, took=took, rematched=rematched, sources=ordered)


def _at(url: str, checkpoint: Checkpoint) -> Checkpoint:
    """The checkpoint for an address: a source that moved keeps its history, not the old server's validators."""
    if checkpoint.url == url:
        return checkpoint
    return checkpoint._replace(url=url, etag="", last_modified="", body_hash="", not_before=None, failing=False)


def _read(
    source: Source, checkpoint: Checkpoint, answer: Answer | SourceError, config: Config, now: datetime
) -> Visit | SourceError:
    if isinstance(answer, SourceError):
        return answer
    try:
        return read(source, checkpoint, answer, Context(source=source, now=now, zone=config.timezone))
    except SourceError as error:
        return error
