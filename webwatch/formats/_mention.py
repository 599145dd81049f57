"""A mention in the JSON contracts, with its log, its promises and its story; docs/json.md explains each key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.desk import agenda
from webwatch.desk.standing import effective
from webwatch.formats._excerpt import excerpt
from webwatch.formats._json import moment, moment_or_null, points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from webwatch.model import Action, Mention, Promise, Ranked, Said, Standing


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
        "thread_url": entry.thread,
        "thread_title": mention.thread_title,
        "thread": [post_object(post) for post in ranked.posts],
        "published": moment_or_null(entry.published),
        "published_raw": entry.published_raw,
        "first_seen": moment(mention.first_seen),
        "due": moment(ranked.due),
        **_standing(ranked.standing),
        "actions": [action_object(action, mention.log) for action in mention.log],
        "keywords": list(mention.keywords),
        "matches": [match._asdict() for match in mention.matches],
        "intent": ranked.intent,
        "language": entry.language,
        "score": points(ranked.score),
        "reasons": [{"why": reason.why, "points": points(reason.points)} for reason in ranked.reasons],
        "places": [{"url": place.url, "source": place.source, "seen": moment(place.seen)} for place in mention.places],
        "repeat": ranked.repeat,
        "story_id": mention.story,
        "story": [elsewhere(other) for other in ranked.story],
        "command": agenda.command(ranked),
    }


def _standing(stands: Standing) -> dict[str, Any]:
    return {
        "state": stands.state,
        "state_since": moment_or_null(stands.since),
        "until": moment_or_null(stands.until),
        "back": stands.back,
        "answered_at": moment_or_null(stands.word if stands.answered else None),
        "answer_url": stands.word_url,
        "assigned": stands.assigned,
        "label": stands.label,
        "tags": list(stands.tags),
        "promises": [promise_object(promise) for promise in stands.promises],
    }


def promise_object(promise: Promise) -> dict[str, Any]:
    """One promise, in a mention and in a list of promises."""
    return {
        "id": promise.id,
        "text": promise.text,
        "who": promise.who,
        "by": moment(promise.due),
        "made": moment(promise.made),
        "state": promise.ended or "open",
    }


def action_object(action: Action, log: Sequence[Action]) -> dict[str, Any]:
    """One action; `undone` where a later one of the log takes it back."""
    return {
        "id": action.id,
        "mention": action.mention_id,
        "action": action.kind,
        "at": moment(action.at),
        "moment": moment(action.moment),
        "by": action.by,
        "until": moment_or_null(action.until),
        "value": action.value,
        "text": action.text,
        "url": action.url,
        "of": action.of,
        "evidence": action.evidence,
        "undone": not any(counts.id == action.id for counts in effective(log)) and action.kind != "undo",
    }


def post_object(post: Said) -> dict[str, Any]:
    """A post of a thread."""
    return {"author": post.author, "published": moment(post.at), "url": post.url, "text": post.text}


def elsewhere(other: Ranked) -> dict[str, Any]:
    """Another mention of the same story, and what was done there."""
    mention = other.mention
    return {
        "id": mention.id,
        "url": mention.entry.url,
        "source": mention.source,
        "author": mention.entry.author,
        "published": moment_or_null(mention.entry.published),
        "state": other.standing.state,
        "answered_at": moment_or_null(other.standing.word if other.standing.answered else None),
    }


def promises_object(made: Sequence[tuple[Mention, Promise]], now: datetime) -> dict[str, Any]:
    """Promises as `webwatch.promises/1`, in the order given."""
    return {
        "schema": "webwatch.promises/1",
        "generated_at": moment(now),
        "promises": [promise_object(promise) | {"mention": mention.id} for mention, promise in made],
    }


def log_object(actions: Sequence[Action], now: datetime) -> dict[str, Any]:
    """Actions as `webwatch.log/1`, in the order given."""
    return {
        "schema": "webwatch.log/1",
        "generated_at": moment(now),
        "actions": [action_object(action, actions) for action in actions],
    }
