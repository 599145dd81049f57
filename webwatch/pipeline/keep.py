"""What one visit came to, kept: the entries that are new, the mentions among them, the gap before them, the visit.

Everything here runs inside the transaction of the caller.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import dedupe, text
from webwatch.errors import FailureClass, FetchError, SourceError
from webwatch.model import Arrival, Gap, SourceReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from webwatch.model import Checkpoint, Config, Entry, Match, Parsed, Source
    from webwatch.pipeline.relevance import Relevance
    from webwatch.pipeline.visit import Visit
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
            report, after = self._keep_entries(source, before, visit, visit.parsed), visit.checkpoint
        self.store.record(report, after, self.now)
        return report

    def _keep_entries(self, source: Source, before: Checkpoint, visit: Visit, parsed: Parsed) -> SourceReport:
        """What is known here? What of the rest names us? Is that known elsewhere? Then keep it."""
        entries = parsed.entries
        identities = dedupe.identify(entries, source.url)
        items = self.store.known_items(source.name, identities) if before.parsed_at else {}
        finds = [self._find(source, *pair, items) for pair in zip(entries, identities, strict=True)]
        identities = tuple(
            identity if found is None else identity._replace(text=dedupe.text_key(entry))
            for entry, identity, found in zip(entries, identities, finds, strict=True)
        )
        known = self.store.known(source.name, identities, items)
        verdicts = dedupe.judge(identities, known, self.store.next_entry_id())
        arrivals = [
            self._arrival(before, *row)
            for row in zip(entries, identities, verdicts, finds, strict=True)
            if row[2].kind != "again"
        ]
        new_mentions = self.store.add(source.name, arrivals, self.now)
        if before.read_at and before.had_entries and dedupe.rolled_over(verdicts):
            self.store.add_gap(_gap(source, entries, before.read_at, self.now))
        return _report(source, visit, "read")._replace(
            entries=len(arrivals),
            new_entries=sum(verdict.kind == "new" for verdict in verdicts),
            new_mentions=new_mentions,
            message=text.line(" ".join(parsed.problems)),
        )

    def _find(
        self, source: Source, entry: Entry, identity: dedupe.Identity, items: Mapping[int, tuple[int, int]]
    ) -> tuple[Match, ...] | None:
        """Where an entry that is new or edited names us; None where it does not, or is nothing new."""
        known = items.get(identity.item)
        return None if known and known[1] == identity.content else self.relevance.find(source, entry)

    def _arrival(
        self,
        before: Checkpoint,
        entry: Entry,
        identity: dedupe.Identity,
        verdict: dedupe.Verdict,
        matches: tuple[Match, ...] | None,
    ) -> Arrival:
        old = entry.published is not None and entry.published < self.now - self.config.history.first_scan
        return Arrival(
            entry=entry,
            entry_id=verdict.entry_id,
            verdict=verdict.kind,
            item=identity.item,
            keys=identity.anywhere(),
            content=identity.content,
            matches=matches,
            history=before.parsed_at is None and old,
        )


def _failure(source: Source, before: Checkpoint, error: SourceError, now: datetime) -> tuple[SourceReport, Checkpoint]:
    """The line for a failed visit; what the last good one left behind is kept."""
    not_before = error.retry_at if isinstance(error, FetchError) else None
    message = text.line(str(error))
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
