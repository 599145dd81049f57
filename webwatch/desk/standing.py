"""How a mention stands at a moment: what its log adds up to. Nothing is stored of it but a copy of the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.desk.states import KINDS
from webwatch.model import Promise, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from webwatch.model import Action

_OUR_WORD = frozenset({"ack", "reply", "outcome"})
_ENDED = {"promise_kept": "kept", "promise_broken": "broken"}


def effective(log: Sequence[Action]) -> tuple[Action, ...]:
    """The log (oldest first) without what was undone; an undo that was undone counts for nothing."""
    undone: set[int | None] = set()
    for action in reversed(log):
        if action.kind == "undo" and action.id not in undone:
            undone.add(action.of)
    return tuple(action for action in log if action.kind != "undo" and action.id not in undone)


def standing(log: Sequence[Action], now: datetime) -> Standing:
    """What a log (oldest first, of one mention) adds up to at `now`; later actions are left out."""
    actions = effective([action for action in log if action.at <= now])
    stands = Standing()
    for action in actions:
        stands = _after(stands, action)
    if stands.state == "snoozed" and stands.until is not None and stands.until <= now:
        stands = stands._replace(state="open", since=stands.until, back="snooze over")
    return stands._replace(promises=_promises(actions))


def _after(stands: Standing, action: Action) -> Standing:
    """How it stands after one more action. Who was told to wait, and writes meanwhile, still waits."""
    leads_to = KINDS[action.kind].leads_to
    if action.kind == "wrote_again" and stands.state == "acknowledged":
        return stands._replace(back="wrote again")
    if leads_to:
        stands = stands._replace(state=leads_to, since=action.moment, until=action.until, back="")
    if action.kind in _OUR_WORD and action.value != "customer":
        stands = stands._replace(word=action.moment, word_url=action.url, word_by=action.by)
    if leads_to and action.kind != "wrote_again":
        stands = stands._replace(seen_at=action.at)
    effect = _EFFECTS.get(action.kind)
    return effect(stands, action) if effect else stands


_EFFECTS: dict[str, Callable[[Standing, Action], Standing]] = {
    "reply": lambda stands, action: stands._replace(answered=True, moved_to=action.value, told_by=""),
    "outcome": lambda stands, action: stands._replace(told_by=action.value),
    "close": lambda stands, action: stands._replace(reason=action.text),
    "dismiss": lambda stands, action: stands._replace(reason=action.value),
    "wrote_again": lambda stands, action: stands._replace(back=action.value or "wrote again"),
    "reopen": lambda stands, _: stands._replace(back="reopened"),
    "thanked": lambda stands, _: stands._replace(told_by="customer?"),
    "assign": lambda stands, action: stands._replace(assigned=action.value),
    "label": lambda stands, action: stands._replace(label=action.value),
    "tag": lambda stands, action: stands._replace(tags=tuple(dict.fromkeys((*stands.tags, action.value)))),
}


def _promises(actions: Iterable[Action]) -> tuple[Promise, ...]:
    """Every promise, in the order they were made."""
    made: dict[int, Promise] = {}
    for action in actions:
        if action.kind == "promise" and action.until is not None:
            made[action.id] = Promise(
                id=action.id, text=action.text, due=action.until, who=action.value, made=action.moment
            )
        elif action.of in made and action.kind in _ENDED:
            made[action.of] = made[action.of]._replace(ended=_ENDED[action.kind])
    return tuple(made.values())


def open_promises(stands: Standing) -> tuple[Promise, ...]:
    """Those that were neither kept nor broken, the first one due first."""
    return tuple(sorted((promise for promise in stands.promises if not promise.ended), key=lambda promise: promise.due))
