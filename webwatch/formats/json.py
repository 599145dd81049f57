"""The JSON contracts: what webwatch prints as `webwatch.digest/1`, `.list/1`, `.show/1`, `.scan/1`, `.read/1`.

docs/json.md explains each key, `_schemas` has them as JSON Schema.

Names of sections, states and reasons are never translated here. Texts are given as they are stored, so that the spans
of `matches` fit; what could steer a terminal (controls, bidi overrides, odd line ends) is written as an escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.formats import Format, Screen
from webwatch.formats._json import encode, moment, moment_or_null
from webwatch.formats._mention import log_object, mention_object, post_object, promises_object
from webwatch.formats._people import person_object, story_object

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime, timedelta
    from typing import Any

    from webwatch.guidance.about import Remark
    from webwatch.guidance.drafting import Draft
    from webwatch.model import (
        Coverage,
        Digest,
        Entry,
        KnownThread,
        Parsed,
        Ranked,
        SourceReport,
        Thread,
        ThreadReport,
        View,
    )

__all__ = [
    "encode",
    "log_object",
    "person_object",
    "promises_object",
    "story_object",
]


def render(digest: Digest, _screen: Screen) -> str:
    """The digest as `webwatch.digest/1`, indented."""
    return f"{encode(to_dict(digest), indent=2)}\n"


def to_dict(digest: Digest) -> dict[str, Any]:
    """The digest as `webwatch.digest/1`; empty sections are left out."""
    return {
        "schema": "webwatch.digest/1",
        "generated_at": moment(digest.generated_at),
        "counts": digest.counts._asdict(),
        "sections": [
            {"name": section.name, "total": section.total, "items": [mention_object(item) for item in section.items]}
            for section in digest.sections
            if section.items or section.total
        ],
        "events": [
            {
                "name": event.name,
                "from": event.start.isoformat(),
                "to": event.end.isoformat(),
                "checklist": list(event.checklist),
            }
            for event in digest.events
        ],
        "away_since": moment_or_null(digest.away_since),
        "coverage": _coverage(digest.coverage),
    }


def list_object(mentions: Sequence[Ranked], now: datetime) -> dict[str, Any]:
    """Mentions as `webwatch.list/1`, in the order given."""
    return {
        "schema": "webwatch.list/1",
        "generated_at": moment(now),
        "mentions": [mention_object(ranked) for ranked in mentions],
    }


def show_object(ranked: Ranked, now: datetime) -> dict[str, Any]:
    """One mention as `webwatch.show/1`."""
    return {"schema": "webwatch.show/1", "generated_at": moment(now), "mention": mention_object(ranked)}


def next_object(shown: View | None, todo: int, now: datetime) -> dict[str, Any]:
    """The mention to deal with now as `webwatch.next/1`; null where there is none."""
    return {
        "schema": "webwatch.next/1",
        "generated_at": moment(now),
        "to_do": todo,
        "mention": mention_object(shown.item) if shown else None,
        "talk": [post_object(post) | {"ours": post.ours} for post in shown.posts] if shown else [],
        "before": [mention_object(other) for other in shown.before] if shown else [],
        "guidance": list(shown.guidance) if shown else [],
    }


def doctor_object(troubles: Sequence[tuple[str, str]], now: datetime) -> dict[str, Any]:
    """What is wrong as `webwatch.doctor/1`."""
    return {
        "schema": "webwatch.doctor/1",
        "generated_at": moment(now),
        "well": not troubles,
        "troubles": [{"kind": kind, "message": message} for kind, message in troubles],
    }


def draft_object(draft: Draft, mention_id: int) -> dict[str, Any]:
    """A draft as `webwatch.draft/1`."""
    return {
        "schema": "webwatch.draft/1",
        "mention": mention_id,
        "text": draft.text,
        "language": draft.language,
        "intent": draft.intent,
        "kind": draft.kind,
        "blanks": list(draft.blanks),
        "links": [{"topic": page.topic, "url": page.url} for page in draft.pages],
        "hints": list(draft.hints),
    }


def lint_object(remarks: Sequence[Remark]) -> dict[str, Any]:
    """What is worth a second look in a text, as `webwatch.lint/1`."""
    return {"schema": "webwatch.lint/1", "warnings": [remark._asdict() for remark in remarks]}


def scan_object(
    reports: Sequence[SourceReport],
    digest: Digest,
    started_at: datetime,
    took: timedelta,
    threads: Sequence[ThreadReport] = (),
) -> dict[str, Any]:
    """What a scan did, source by source, as `webwatch.scan/1`, with the digest that it ends in."""
    summed = ("entries", "new_entries", "new_mentions", "bytes")
    statuses = ("read", "unchanged", "waiting", "failed")
    return {
        "schema": "webwatch.scan/1",
        "started_at": moment(started_at),
        "seconds": round(took.total_seconds(), 3),
        "sources": [_report(report) for report in reports],
        "threads": [_thread_report(report) for report in threads],
        "totals": {
            "sources": len(reports),
            **{status: sum(report.status == status for report in reports) for status in statuses},
            **{name: sum(getattr(report, name) for report in reports) for name in summed},
        },
        "digest": to_dict(digest),
    }


def read_object(
    parsed: Parsed, url: str, kind: str, is_ours: Callable[[Entry], bool] = lambda _entry: False
) -> dict[str, Any]:
    """What was found at one address, as `webwatch.read/1`; `is_ours` tells which entries we wrote ourselves."""
    return {
        "schema": "webwatch.read/1",
        "url": url,
        "kind": kind,
        "title": parsed.title,
        "language": parsed.language,
        "engine": parsed.engine,
        "thread": _thread(parsed.thread) if parsed.thread else None,
        "threads": [_listed(thread) for thread in parsed.threads],
        "entries": [_entry(entry) | {"own": is_ours(entry)} for entry in parsed.entries],
        "follow": [further.url for further in parsed.follow],
        "problems": list(parsed.problems),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "url": entry.url,
        "title": entry.title,
        "author": entry.author,
        "published": moment_or_null(entry.published),
        "published_raw": entry.published_raw,
        "updated": moment_or_null(entry.updated),
        "text": entry.text,
        "guid": entry.guid,
        "thread": entry.thread,
        "position": entry.position,
        "language": entry.language,
        "site": entry.site,
        "author_url": entry.author_url,
        "quotes": [{"author": quote.author, "text": quote.text} for quote in entry.quotes],
        "accepted": entry.accepted,
    }


def _thread(thread: Thread) -> dict[str, Any]:
    return {
        "title": thread.title,
        "url": thread.url,
        "replies": thread.replies,
        "views": thread.views,
        "locked": thread.locked,
        "pages": thread.pages,
        "page": thread.page,
    }


def threads_object(threads: Sequence[KnownThread], followed: AbstractSet[int]) -> dict[str, Any]:
    """The threads that are known, as `webwatch.threads/1`; `followed` are the numbers of those that are followed."""
    return {"schema": "webwatch.threads/1", "threads": [_known(known, known.id in followed) for known in threads]}


def _known(known: KnownThread, followed: bool) -> dict[str, Any]:
    return {
        "id": known.id,
        **_listed(known.thread),
        "source": known.source,
        "engine": known.engine,
        "followed": followed,
        "read_at": moment_or_null(known.read_at),
        "next_visit": moment_or_null(known.next_visit),
        "failures": known.failures,
        "message": known.message,
    }


def _listed(thread: Thread) -> dict[str, Any]:
    told = _thread(thread)
    del told["pages"], told["page"]
    return told | {"newest": moment_or_null(thread.newest)}


def _thread_report(report: ThreadReport) -> dict[str, Any]:
    told = report._asdict()
    told["class"] = told.pop("failure")
    return told


def _report(report: SourceReport) -> dict[str, Any]:
    return {
        "source": report.source,
        "status": report.status,
        "entries": report.entries,
        "new_entries": report.new_entries,
        "new_mentions": report.new_mentions,
        "seconds": round(report.seconds, 3),
        "bytes": report.bytes,
        "class": report.failure,
        "message": report.message,
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "sources": coverage.sources,
        "read": coverage.read,
        "last_scan": moment_or_null(coverage.last_scan),
        "history": coverage.history,
        "threads": coverage.threads,
        "problems": [
            {
                "source": problem.source,
                "class": problem.failure,
                "since": moment(problem.since),
                "failures": problem.failures,
                "message": problem.message,
            }
            for problem in coverage.problems
        ],
        "gaps": [
            {"source": gap.source, "since": moment(gap.since), "until": moment(gap.until), "message": gap.message}
            for gap in coverage.gaps
        ],
    }


part = Format(render=render)
