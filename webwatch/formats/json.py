"""The JSON contracts: what webwatch prints as `webwatch.digest/1`, `.list/1`, `.show/1`, `.scan/1`, `.read/1`.

docs/json.md explains each key, `_schemas` has them as JSON Schema.

Names of sections, states and reasons are never translated here. Texts are given as they are stored, so that the spans
of `matches` fit; what could steer a terminal (controls, bidi overrides, odd line ends) is written as an escape.
"""

from __future__ import annotations

import json
import re
from datetime import UTC
from typing import TYPE_CHECKING

from webwatch.formats import Format, Screen
from webwatch.formats._excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime, timedelta
    from typing import Any

    from webwatch.model import Coverage, Digest, Entry, KnownThread, Parsed, Ranked, SourceReport, Thread, ThreadReport

# Beyond the C0 controls, which JSON escapes anyway: DEL and C1, soft hyphen, zero width, bidi, line separators, and
# lone surrogates, which no UTF-8 can carry.
UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)


def render(digest: Digest, _screen: Screen) -> str:
    """The digest as `webwatch.digest/1`, indented."""
    return f"{encode(to_dict(digest), indent=2)}\n"


def encode(value: object, indent: int | None = None) -> str:
    """JSON that is valid UTF-8 and safe to print; a lone surrogate becomes U+FFFD."""
    return UNSAFE.sub(_escape, json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent))


def _escape(unsafe: re.Match[str]) -> str:
    code = ord(unsafe.group())
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


def moment(time: datetime) -> str:
    """A moment as every contract writes it: UTC, to the second, `2026-11-23T08:00:00Z`."""
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


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
        "coverage": _coverage(digest.coverage),
    }


def mention_object(ranked: Ranked) -> dict[str, Any]:
    """A mention with what we believe of it: an item of a digest and of a list."""
    mention, entry = ranked.mention, ranked.mention.entry
    return {
        "id": mention.id,
        "url": entry.url,
        "title": entry.title,
        "excerpt": excerpt(mention),
        "text": entry.text,
        "author": entry.author,
        "source": mention.source,
        "kind": ranked.kind,
        "own": ranked.own,
        "thread": entry.thread,
        "thread_title": mention.thread_title,
        "published": _moment_or_null(entry.published),
        "published_raw": entry.published_raw,
        "first_seen": moment(mention.first_seen),
        "due": moment(ranked.due),
        "state": mention.state,
        "keywords": list(mention.keywords),
        "matches": [match._asdict() for match in mention.matches],
        "intent": ranked.intent,
        "language": entry.language,
        "score": _points(ranked.score),
        "reasons": [{"why": reason.why, "points": _points(reason.points)} for reason in ranked.reasons],
        "places": [{"url": place.url, "source": place.source, "seen": moment(place.seen)} for place in mention.places],
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
        "published": _moment_or_null(entry.published),
        "published_raw": entry.published_raw,
        "updated": _moment_or_null(entry.updated),
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
        "read_at": _moment_or_null(known.read_at),
        "next_visit": _moment_or_null(known.next_visit),
        "failures": known.failures,
        "message": known.message,
    }


def _listed(thread: Thread) -> dict[str, Any]:
    told = _thread(thread)
    del told["pages"], told["page"]
    return told | {"newest": _moment_or_null(thread.newest)}


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
        "last_scan": _moment_or_null(coverage.last_scan),
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


def _moment_or_null(time: datetime | None) -> str | None:
    return moment(time) if time else None


def _points(points: float) -> float:
    """Points without the noise of binary fractions."""
    return round(points, 4)


part = Format(render=render)
