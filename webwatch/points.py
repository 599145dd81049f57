"""What a mention is worth: a sum of named points, each with a cap (docs/ranking.md). Pure.

A class (a promise past, silence, they wrote again, overdue …) is worth more than all other points together, whatever
the owner sets: so reach never lifts a fresh comment over a small customer's overdue complaint (rule 4 of the product).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from webwatch.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

APART = 400.0
CLASSES = {
    "promises_past": 6 * APART,
    "we_went_silent": 5 * APART,
    "they_wrote_again": 4 * APART,
    "overdue": 3 * APART,
    "due_today": 2 * APART,
    "later": APART,
}
# The most that all other points may come to, so that no class reaches the next; a weight may also take away.
MOST = 380.0

TABLE: dict[str, tuple[float, str]] = {
    "complaint": (24, "a complaint"),
    "question": (18, "a question"),
    "suggestion": (12, "a suggestion"),
    "compliment": (6, "a compliment"),
    "unsure": (8, "what it wants is not certain: this, and half of what that would be worth"),
    "escalation": (18, "it may be taken to the press, a consumer programme, a lawyer …"),
    "reminded": (24, "they asked again: half of it each time"),
    "waiting": (24, "the nearer its due moment, reached there"),
    "late": (12, "the longer it is overdue: half of it after two days, never all"),
    "own_profile": (40, "it stands on our own profile"),
    "vip": (8, "somebody whom the owner knows"),
    "repeat": (22, "the same unhappy person in several places: ten parts of 22 for two, four more for each other"),
    "keyword_weight": (10, "a keyword heavier than 1: half of it for each 1 more; a lighter one takes away as much"),
    "source_weight": (10, "a source heavier than 1, the same"),
    "reach": (12, "how many people follow the source or the person: a quarter of it for each factor of ten"),
    "readers": (12, "how many read along in the thread: a third of it for each factor of ten"),
    "places": (8, "in how many places it stands: a third of it for each doubling"),
}
INTENTS = ("complaint", "question", "suggestion", "compliment", "other")
_ONE_OF = ("complaint", "question", "suggestion", "compliment")  # of these a mention has one at most

SURE = 0.5  # what is believed with less confidence is unsure
_HALF_LATE = 48.0  # hours


class Facts(NamedTuple):
    """What the points of one mention are counted from; hours may be negative where a moment is over.

    `promise_due_in_hours` and `wrote_again_hours` (ago) are None where nothing was promised, and nobody wrote again.
    """

    intent: str = "other"
    confidence: float = 1.0
    state: str = "open"
    own: bool = False
    age_hours: float = 0.0
    due_in_hours: float = 0.0
    promise_due_in_hours: float | None = None
    wrote_again_hours: float | None = None
    escalation: bool = False
    reminders: int = 0
    vip: bool = False
    repeat: int = 0
    reach: float = 0
    readers: float = 0
    places: int = 1
    keyword_weight: float = 1.0
    source_weight: float = 1.0


def section(facts: Facts) -> str:
    """The class that the facts alone put a mention in; the digest knows the owner's midnight and decides itself."""
    if facts.promise_due_in_hours is not None and facts.promise_due_in_hours < 0:
        return "promises_past"
    if facts.state == "acknowledged" and facts.due_in_hours < 0:
        return "we_went_silent"
    if facts.wrote_again_hours is not None:
        return "they_wrote_again"
    if facts.state not in {"open", "acknowledged"}:
        return "close_the_loop" if facts.state == "replied" else ""
    days = facts.due_in_hours / 24
    return "overdue" if days < 0 else "due_today" if days < 1 else "later"


def reasons(facts: Facts, where: str, table: Mapping[str, float]) -> tuple[Reason, ...]:
    """The terms of the sum, the section first; those that are worth nothing are left out."""
    terms = [(where.replace("_", " "), CLASSES.get(where, 0.0)), *_terms(facts, where, table)]
    return tuple(Reason(why=why, points=worth) for why, points in terms if (worth := round(points, 4)))


def defaults() -> dict[str, float]:
    """The table as it is when the owner sets nothing."""
    return {name: float(value) for name, (value, _) in TABLE.items()}


def most(table: Mapping[str, float]) -> float:
    """The most that all terms of a table may come to."""
    intents = [table[name] for name in _ONE_OF]
    others = sum(value for name, value in table.items() if name not in {*_ONE_OF, "unsure"})
    weights = table["keyword_weight"] + table["source_weight"]
    return max(*intents, table["unsure"] + max(intents) / 2) + others + weights


def _terms(facts: Facts, where: str, table: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Those that may be worth something; there are hundreds of mentions, and of most of them little is to be said."""
    wanted = table.get(facts.intent, 0.0)
    sure = facts.confidence >= SURE
    yield (facts.intent, wanted) if sure else ("unsure", table["unsure"] + wanted / 2)
    if facts.escalation:
        yield "escalation", table["escalation"]
    if facts.reminders > 0:
        yield "reminded", table["reminded"] * min(1.0, facts.reminders / 2)
    since = facts.promise_due_in_hours if where == "promises_past" else facts.due_in_hours
    yield "age", _waiting(facts.age_hours, since or 0.0, table)
    if facts.own:
        yield "own profile", table["own_profile"]
    if facts.vip:
        yield "vip", table["vip"]
    yield from _spread(facts, table)
    if facts.keyword_weight != 1:
        yield "keyword weight", _weight(facts.keyword_weight, table["keyword_weight"])
    if facts.source_weight != 1:
        yield "source weight", _weight(facts.source_weight, table["source_weight"])


def _spread(facts: Facts, table: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """How many people see it, and in how many places."""
    if facts.repeat > 1:
        yield "repeat", table["repeat"] * _repeat(facts)
    if facts.reach > 0:
        yield "reach", _logarithmic(facts.reach, table["reach"], 4)
    if facts.readers > 0:
        yield "readers", _logarithmic(facts.readers, table["readers"], 3)
    if facts.places > 1:
        yield "places", table["places"] * min(1.0, math.log2(min(facts.places, 10**6)) / 3)


def _waiting(age: float, due_in: float, table: Mapping[str, float]) -> float:
    """How near the due moment is, and how long it is over: grows with every hour, and never reaches its cap."""
    if due_in >= 0:
        allowed = max(0.0, age) + due_in
        return table["waiting"] * (min(1.0, max(0.0, age) / allowed) if allowed else 1.0)
    return table["waiting"] + table["late"] * (-due_in / (-due_in + _HALF_LATE))


def _repeat(facts: Facts) -> float:
    """The same unhappy person in several places; who praises us everywhere does not wait for anything."""
    if facts.intent == "compliment":
        return 0.0
    return min(22, 10 + 4 * (facts.repeat - 2)) / 22


def _weight(weight: float, cap: float) -> float:
    return max(-cap, min(cap, cap / 2 * (weight - 1)))


def _logarithmic(number: float, cap: float, tens: int) -> float:
    return cap * min(1.0, math.log10(1 + max(0.0, min(number, 1e18))) / tens)
