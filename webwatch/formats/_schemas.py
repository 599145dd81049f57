"""The JSON contracts as JSON Schema, draft 2020-12; docs/json.md says what each key means.

Keys may be added to a contract within its version, so no schema forbids keys that it does not know; none is removed or
changes its meaning without a new version.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
SECONDS: Schema = {"type": "number", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
STATES = ["open", "acknowledged", "replied", "watching", "snoozed", "dismissed", "closed"]
INTENTS = ["complaint", "question", "suggestion", "compliment", "other"]


def names() -> tuple[str, ...]:
    """The contracts that there are, sorted."""
    return tuple(sorted(CONTRACTS))


def schema(name: str) -> Schema:
    """The JSON Schema of a contract; raises `LookupError` where there is none of that name."""
    if name not in CONTRACTS:
        raise LookupError(f"{name!r} is not one of {', '.join(names())}")
    title = f"webwatch.{name}/1"
    properties = {"schema": {"const": title}, **CONTRACTS[name]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_object(properties)}


def _object(properties: Schema) -> Schema:
    """An object that has all of these keys."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _nullable(one: Schema) -> Schema:
    return {"anyOf": [one, {"type": "null"}]}


def _one_of(*words: str) -> Schema:
    return {"enum": list(words)}


MENTION = _object(
    {
        "id": {"type": "integer"},
        "url": TEXT,
        "title": TEXT,
        "excerpt": {"type": "string", "maxLength": 200},
        "text": TEXT,
        "author": TEXT,
        "source": TEXT,
        "kind": TEXT,
        "own": FLAG,
        "thread": TEXT,
        "thread_title": TEXT,
        "published": _nullable(MOMENT),
        "published_raw": TEXT,
        "first_seen": MOMENT,
        "due": MOMENT,
        "state": _one_of(*STATES),
        "keywords": _array(TEXT),
        "matches": _array(_object({"keyword": TEXT, "field": TEXT, "start": COUNT, "end": COUNT})),
        "intent": _one_of(*INTENTS),
        "language": _nullable(TEXT),
        "score": NUMBER,
        "reasons": _array(_object({"why": TEXT, "points": NUMBER})),
        "places": _array(_object({"url": TEXT, "source": TEXT, "seen": MOMENT})),
    }
)

COVERAGE = _object(
    {
        "sources": COUNT,
        "read": COUNT,
        "last_scan": _nullable(MOMENT),
        "history": COUNT,
        "threads": COUNT,
        "problems": _array(
            _object({"source": TEXT, "class": TEXT, "since": MOMENT, "failures": COUNT, "message": TEXT})
        ),
        "gaps": _array(_object({"source": TEXT, "since": MOMENT, "until": MOMENT, "message": TEXT})),
    }
)

DIGEST: Schema = {
    "generated_at": MOMENT,
    "counts": _object({"open": COUNT, "overdue": COUNT, "due_today": COUNT, "new": COUNT}),
    "sections": _array(_object({"name": TEXT, "total": COUNT, "items": _array(MENTION)})),
    "coverage": COVERAGE,
}

LIST: Schema = {"generated_at": MOMENT, "mentions": _array(MENTION)}

SHOW: Schema = {"generated_at": MOMENT, "mention": MENTION}

SCAN: Schema = {
    "started_at": MOMENT,
    "seconds": SECONDS,
    "sources": _array(
        _object(
            {
                "source": TEXT,
                "status": _one_of("read", "unchanged", "waiting", "failed"),
                "entries": COUNT,
                "new_entries": COUNT,
                "new_mentions": COUNT,
                "seconds": SECONDS,
                "bytes": COUNT,
                "class": TEXT,
                "message": TEXT,
            }
        )
    ),
    "threads": _array(
        _object(
            {
                "id": COUNT,
                "title": TEXT,
                "url": TEXT,
                "status": _one_of("read", "unchanged", "failed"),
                "new_entries": COUNT,
                "new_mentions": COUNT,
                "class": TEXT,
                "message": TEXT,
            }
        )
    ),
    "totals": _object(
        dict.fromkeys(
            (
                "sources",
                "read",
                "unchanged",
                "waiting",
                "failed",
                "entries",
                "new_entries",
                "new_mentions",
                "bytes",
            ),
            COUNT,
        )
    ),
    "digest": _object({"schema": {"const": "webwatch.digest/1"}, **DIGEST}),
}

READ: Schema = {
    "url": TEXT,
    "kind": TEXT,
    "title": TEXT,
    "language": _nullable(TEXT),
    "entries": _array(
        _object(
            {
                "url": TEXT,
                "title": TEXT,
                "author": TEXT,
                "published": _nullable(MOMENT),
                "published_raw": TEXT,
                "updated": _nullable(MOMENT),
                "text": TEXT,
                "guid": TEXT,
                "thread": TEXT,
                "position": _nullable({"type": "integer"}),
                "language": _nullable(TEXT),
                "site": TEXT,
                "author_url": TEXT,
                "quotes": _array(_object({"author": TEXT, "text": TEXT})),
                "own": FLAG,
                "accepted": FLAG,
            }
        )
    ),
    "engine": TEXT,
    "thread": _nullable(
        _object(
            {
                "title": TEXT,
                "url": TEXT,
                "replies": _nullable(COUNT),
                "views": _nullable(COUNT),
                "locked": FLAG,
                "pages": _nullable(COUNT),
                "page": _nullable(COUNT),
            }
        )
    ),
    "threads": _array(
        _object(
            {
                "title": TEXT,
                "url": TEXT,
                "replies": _nullable(COUNT),
                "views": _nullable(COUNT),
                "locked": FLAG,
                "newest": _nullable(MOMENT),
            }
        )
    ),
    "follow": _array(TEXT),
    "problems": _array(TEXT),
}

CONTRACTS: dict[str, Schema] = {"digest": DIGEST, "list": LIST, "show": SHOW, "scan": SCAN, "read": READ}
