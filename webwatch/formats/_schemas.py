"""The JSON contracts as JSON Schema, draft 2020-12; docs/json.md says what each key means.

Keys may be added to a contract within its version, so no schema forbids keys that it does not know; none is removed or
changes its meaning without a new version.
"""

from __future__ import annotations

from typing import Any

from webwatch.desk.agenda import SECTIONS
from webwatch.desk.states import KINDS, STATES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
SECONDS: Schema = {"type": "number", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
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


POST = {"author": TEXT, "published": MOMENT, "url": TEXT, "text": TEXT}

PROMISE = {
    "id": COUNT,
    "text": TEXT,
    "who": TEXT,
    "by": MOMENT,
    "made": MOMENT,
    "state": _one_of("open", "kept", "broken"),
}

ACTION = _object(
    {
        "id": COUNT,
        "mention": COUNT,
        "action": _one_of(*KINDS),
        "at": MOMENT,
        "moment": MOMENT,
        "by": TEXT,
        "until": _nullable(MOMENT),
        "value": TEXT,
        "text": TEXT,
        "url": TEXT,
        "of": _nullable(COUNT),
        "evidence": _nullable(COUNT),
        "undone": FLAG,
    }
)

ELSEWHERE = _object(
    {
        "id": COUNT,
        "url": TEXT,
        "source": TEXT,
        "author": TEXT,
        "published": _nullable(MOMENT),
        "state": _one_of(*STATES),
        "answered_at": _nullable(MOMENT),
    }
)

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
        "thread_url": TEXT,
        "thread_title": TEXT,
        "thread": _array(_object(POST)),
        "published": _nullable(MOMENT),
        "published_raw": TEXT,
        "first_seen": MOMENT,
        "due": MOMENT,
        "state": _one_of(*STATES),
        "state_since": _nullable(MOMENT),
        "until": _nullable(MOMENT),
        "back": TEXT,
        "answered_at": _nullable(MOMENT),
        "answer_url": TEXT,
        "assigned": TEXT,
        "label": TEXT,
        "tags": _array(TEXT),
        "promises": _array(_object(PROMISE)),
        "actions": _array(ACTION),
        "keywords": _array(TEXT),
        "matches": _array(_object({"keyword": TEXT, "field": TEXT, "start": COUNT, "end": COUNT})),
        "intent": _one_of(*INTENTS),
        "language": _nullable(TEXT),
        "score": NUMBER,
        "reasons": _array(_object({"why": TEXT, "points": NUMBER})),
        "places": _array(_object({"url": TEXT, "source": TEXT, "seen": MOMENT})),
        "repeat": FLAG,
        "story_id": _nullable(COUNT),
        "story": _array(ELSEWHERE),
        "command": TEXT,
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
    "sections": _array(_object({"name": _one_of(*SECTIONS), "total": COUNT, "items": _array(MENTION)})),
    "events": _array(_object({"name": TEXT, "from": DAY, "to": DAY, "checklist": _array(TEXT)})),
    "away_since": _nullable(MOMENT),
    "coverage": COVERAGE,
}

LIST: Schema = {"generated_at": MOMENT, "mentions": _array(MENTION)}

SHOW: Schema = {"generated_at": MOMENT, "mention": MENTION}

PROMISES: Schema = {"generated_at": MOMENT, "promises": _array(_object({**PROMISE, "mention": COUNT}))}

LOG: Schema = {"generated_at": MOMENT, "actions": _array(ACTION)}

NEXT: Schema = {
    "generated_at": MOMENT,
    "to_do": COUNT,
    "mention": _nullable(MENTION),
    "talk": _array(_object({**POST, "ours": FLAG})),
    "before": _array(MENTION),
    "guidance": _array(TEXT),
}

DOCTOR: Schema = {
    "generated_at": MOMENT,
    "well": FLAG,
    "troubles": _array(_object({"kind": TEXT, "message": TEXT})),
}

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

TOLD = {**MENTION, "properties": {"section": TEXT, **MENTION["properties"]}}

STORY: Schema = {
    "generated_at": MOMENT,
    "story_id": _nullable(COUNT),
    "repeat": FLAG,
    "mentions": _array(TOLD),
}

PERSON: Schema = {
    "generated_at": MOMENT,
    "name": TEXT,
    "also": _array(TEXT),
    "vip": FLAG,
    "reach": COUNT,
    "counts": _object(dict.fromkeys(("mentions", "sites", "answered", *STATES), COUNT)),
    "mentions": _array(TOLD),
    "namesakes": _array(ELSEWHERE),
}

DRAFT: Schema = {
    "mention": COUNT,
    "text": TEXT,
    "language": TEXT,
    "intent": _one_of(*INTENTS),
    "kind": _one_of("ack", "reply", "outcome"),
    "blanks": _array(TEXT),
    "links": _array(_object({"topic": TEXT, "url": TEXT})),
    "hints": _array(TEXT),
}

LINT: Schema = {
    "warnings": _array(
        _object({"rule": TEXT, "line": COUNT, "column": COUNT, "words": TEXT, "reason": TEXT, "advice": TEXT})
    )
}

CONTRACTS: dict[str, Schema] = {
    "digest": DIGEST,
    "doctor": DOCTOR,
    "draft": DRAFT,
    "lint": LINT,
    "list": LIST,
    "log": LOG,
    "next": NEXT,
    "person": PERSON,
    "promises": PROMISES,
    "read": READ,
    "scan": SCAN,
    "show": SHOW,
    "story": STORY,
}
