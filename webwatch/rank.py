"""What comes first: the due moment of a mention, its section, and a sum of named, capped points (docs/ranking.md).

A due class is worth more than all other points together, so that reach never lifts a fresh comment over a small
customer's overdue complaint (rule 4 of the product).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from webwatch import officehours
from webwatch.model import Ranked, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from webwatch.model import Config, Mention, Source

SECTIONS = ("overdue", "due_today", "later", "for_your_information")

CLASS_POINTS = {"overdue": 300.0, "due_today": 150.0, "later": 0.0, "for_your_information": 0.0}
OWN_PROFILE = 40.0
AGE_CAP = 24.0  # reached at the due moment
LATE_CAP = 12.0  # reached when it waited twice as long as allowed
WEIGHT_CAP = 10.0  # for the keyword and for the source; a weight of 1 is worth nothing
WEIGHT_SLOPE = 5.0  # points for each 1 more than that
REACH_CAP = 12.0
REACH_SLOPE = 3.0  # points for each factor of ten

# What weighs less than this, keyword times source, and is not on our own profile, is worth knowing and no more.
IMPORTANT = 0.5

UNCLASSIFIED = "other"


class _Standing(NamedTuple):
    """What the config says of the sources and keywords of one mention."""

    own: bool
    source_weight: float
    keyword_weight: float
    reach: int


def rank(mentions: Iterable[Mention], config: Config, kinds: Mapping[str, str], now: datetime) -> list[Ranked]:
    """All mentions with what we believe of them at `now`, the first to answer first; the order is total.

    `kinds` gives the kind of each source by name, also of those that left the config.
    """
    sources = {source.name: source for source in config.sources}
    weights = {keyword.name: keyword.weight for keyword in config.keywords}
    today_ends = officehours.end_of_day(now, config.timezone)
    allowed = config.answer_within[UNCLASSIFIED]
    ranked = []
    for mention in mentions:
        standing = _standing(mention, sources, weights)
        since = mention.entry.published or mention.first_seen
        due = officehours.due(since, allowed, config.office_hours, config.timezone)
        section = _section(mention, standing, due, now, today_ends)
        reasons = _reasons(standing, section, since, due, now)
        ranked.append(
            Ranked(
                mention=mention,
                kind=kinds.get(mention.source, ""),
                own=standing.own,
                intent=UNCLASSIFIED,
                due=due,
                section=section,
                score=round(sum(reason.points for reason in reasons), 1),
                reasons=reasons,
            )
        )
    return sorted(ranked, key=_order)


def _order(ranked: Ranked) -> tuple[object, ...]:
    """By section, points and due moment; the address and text decide what is left, never the order of arrival."""
    entry = ranked.mention.entry
    return (
        SECTIONS.index(ranked.section),
        -ranked.score,
        ranked.due,
        *(entry.url, entry.guid, entry.title, entry.text, entry.author),
        ranked.mention.id,
    )


def _standing(mention: Mention, sources: Mapping[str, Source], weights: Mapping[str, float]) -> _Standing:
    """The best of every place and every keyword: one more place never makes a mention less important."""
    carriers = {mention.source, *(place.source for place in mention.places)}
    found = [sources[name] for name in carriers if name in sources]
    return _Standing(
        own=any(source.own for source in found),
        source_weight=max((source.weight for source in found), default=1.0),
        keyword_weight=max((weights[name] for name in mention.keywords if name in weights), default=1.0),
        reach=max((source.reach for source in found), default=0),
    )


def _section(mention: Mention, standing: _Standing, due: datetime, now: datetime, today_ends: datetime) -> str:
    important = standing.own or standing.source_weight * standing.keyword_weight >= IMPORTANT
    if mention.history or mention.state != "open" or not important:
        return "for_your_information"
    if due < now:
        return "overdue"
    return "due_today" if due < today_ends else "later"


def _reasons(standing: _Standing, section: str, since: datetime, due: datetime, now: datetime) -> tuple[Reason, ...]:
    points = {
        section.replace("_", " "): CLASS_POINTS[section],
        "age": _age(now - since, due - since),
        "own profile": OWN_PROFILE * standing.own,
        "keyword weight": _weight(standing.keyword_weight),
        "source weight": _weight(standing.source_weight),
        "reach": min(REACH_CAP, REACH_SLOPE * math.log10(1 + standing.reach)),
    }
    return tuple(Reason(why=why, points=round(value, 1)) for why, value in points.items() if round(value, 1))


def _age(waited: timedelta, allowed: timedelta) -> float:
    share = max(0.0, waited / allowed) if allowed else 2.0
    return AGE_CAP * min(1.0, share) + LATE_CAP * min(1.0, max(0.0, share - 1))


def _weight(weight: float) -> float:
    return max(-WEIGHT_CAP, min(WEIGHT_CAP, WEIGHT_SLOPE * (weight - 1)))
