"""What comes first: the section of a mention, and a sum of named, capped points (docs/ranking.md).

A section is worth more than all other points together, so that reach never lifts a fresh comment over a small
customer's overdue complaint (rule 4 of the product).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from webwatch import cues, text
from webwatch.desk import agenda
from webwatch.desk.standing import standing
from webwatch.model import Ranked, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from webwatch.model import Config, Mention, Person, Said, Source

SECTIONS = agenda.SECTIONS
_APART = 250.0
CLASS_POINTS = {
    "promises_past": 6 * _APART,
    "we_went_silent": 5 * _APART,
    "they_wrote_again": 4 * _APART,
    "overdue": 3 * _APART,
    "due_today": 2 * _APART,
    "later": _APART,
}
OWN_PROFILE = 40.0
INTENT = {"complaint": 24.0, "question": 18.0, "suggestion": 12.0, "compliment": 6.0, "other": 0.0}
ESCALATION = 18.0
REMINDED = 12.0  # each time they asked again, up to
REMINDED_CAP = 24.0
VIP = 8.0
AGE_CAP = 24.0  # reached at the due moment
LATE_CAP = 12.0  # reached when it waited twice as long as allowed
WEIGHT_CAP = 10.0  # for the keyword and for the source; a weight of 1 is worth nothing
WEIGHT_SLOPE = 5.0  # points for each 1 more than that
REPEAT = 10.0  # the same unhappy person in two places
REPEAT_SLOPE = 4.0  # each place more, up to
REPEAT_CAP = 22.0
REACH_CAP = 12.0
REACH_SLOPE = 3.0  # points for each factor of ten

# What weighs less than this, keyword times source, and is not on our own profile, is worth knowing and no more.
IMPORTANT = 0.5

UNCLASSIFIED = "other"


class Ranking(NamedTuple):
    """What the mentions of one moment are ranked by.

    `kinds` gives the kind of each source by name, also of those that left the config; `said` the posts of a mention's
    thread since our last word, by the mention's number.
    """

    config: Config
    kinds: Mapping[str, str]
    now: datetime
    said: Mapping[int, tuple[Said, ...]] = {}


class _Weights(NamedTuple):
    """What the config says of the sources, the keywords and the author of one mention."""

    own: bool
    source: float
    keyword: float
    reach: int
    vip: bool


def rank(mentions: Iterable[Mention], by: Ranking) -> list[Ranked]:
    """All mentions with what we believe of them, the first to answer first; the order is total."""
    sources = {source.name: source for source in by.config.sources}
    keywords = {keyword.name: keyword.weight for keyword in by.config.keywords}
    people = {text.fold(name): person for person in by.config.people for name in (person.name, *person.also)}
    ranked = [_ranked(mention, _weights(mention, sources, keywords, people), by) for mention in mentions]
    return sorted(ranked, key=_order)


def _ranked(mention: Mention, weights: _Weights, by: Ranking) -> Ranked:
    stands = standing(mention.log, by.now)
    intent = stands.label or UNCLASSIFIED
    worth = agenda.Worth(
        intent=intent, own=weights.own, important=weights.own or weights.source * weights.keyword >= IMPORTANT
    )
    section, due = agenda.place(mention, stands, worth, by.config, by.now)
    posts = by.said.get(mention.id, ())
    points = _points(mention, weights, intent, posts)
    points |= {"age": _age(by.now - _since(mention), due - _since(mention))}
    points = {section.replace("_", " "): CLASS_POINTS.get(section, 0.0), **points}
    reasons = tuple(Reason(why=why, points=round(value, 1)) for why, value in points.items() if round(value, 1))
    return Ranked(
        mention=mention,
        kind=by.kinds.get(mention.source, ""),
        own=weights.own,
        intent=intent,
        due=due,
        section=section,
        score=round(sum(reason.points for reason in reasons), 1),
        reasons=reasons,
        standing=stands,
        posts=posts,
        repeat=bool(_repeat(mention, intent)),
    )


def _order(ranked: Ranked) -> tuple[object, ...]:
    """By section, points and due moment; the address and text decide what is left, never the order of arrival."""
    entry = ranked.mention.entry
    return (
        SECTIONS.index(ranked.section) if ranked.section else len(SECTIONS),
        -ranked.score,
        ranked.due,
        *(entry.url, entry.guid, entry.title, entry.text, entry.author),
        ranked.mention.id,
    )


def _weights(
    mention: Mention, sources: Mapping[str, Source], keywords: Mapping[str, float], people: Mapping[str, Person]
) -> _Weights:
    """The best of every place and every keyword: one more place never makes a mention less important."""
    carriers = {mention.source, *(place.source for place in mention.places)}
    found = [sources[name] for name in carriers if name in sources]
    person = people.get(text.fold(mention.entry.author)) if people and mention.entry.author else None
    return _Weights(
        own=any(source.own for source in found),
        source=max((source.weight for source in found), default=1.0),
        keyword=max((keywords[name] for name in mention.keywords if name in keywords), default=1.0),
        reach=max(max((source.reach for source in found), default=0), person.reach if person else 0),
        vip=bool(person and person.vip),
    )


def _since(mention: Mention) -> datetime:
    return mention.entry.published or mention.first_seen


def _points(mention: Mention, weights: _Weights, intent: str, posts: tuple[Said, ...]) -> dict[str, float]:
    """What it is worth by itself: not by when it is due, and not by how long it waits."""
    language = mention.entry.language
    words = [mention.entry.text, *(post.text for post in posts)]
    reminders = sum(cues.is_reminder(post.text, post.language or language) for post in posts)
    return {
        intent: INTENT[intent],
        "escalation": ESCALATION * any(cues.escalations(said, language) for said in words),
        "reminded": min(REMINDED_CAP, REMINDED * reminders),
        "own profile": OWN_PROFILE * weights.own,
        "vip": VIP * weights.vip,
        "repeat": _repeat(mention, intent),
        "keyword weight": _weight(weights.keyword),
        "source weight": _weight(weights.source),
        "reach": min(REACH_CAP, REACH_SLOPE * math.log10(1 + weights.reach)),
    }


def _age(waited: timedelta, allowed: timedelta) -> float:
    share = max(0.0, waited / allowed) if allowed else 2.0
    return AGE_CAP * min(1.0, share) + LATE_CAP * min(1.0, max(0.0, share - 1))


def _repeat(mention: Mention, intent: str) -> float:
    """The same unhappy person in several places; who praises us everywhere does not wait for anything."""
    if mention.told < 2 or intent == "compliment":
        return 0.0
    return min(REPEAT_CAP, REPEAT + REPEAT_SLOPE * (mention.told - 2))


def _weight(weight: float) -> float:
    return max(-WEIGHT_CAP, min(WEIGHT_CAP, WEIGHT_SLOPE * (weight - 1)))
