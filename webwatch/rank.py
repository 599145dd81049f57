"""What comes first: the section of each mention, what it is worth (`points`), and the order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import cues, points, text
from webwatch.desk import agenda
from webwatch.desk.standing import standing
from webwatch.model import Ranked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from webwatch.model import Config, Mention, Person, Said, Source, Standing

SECTIONS = agenda.SECTIONS

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
    facts = _facts(mention, stands, weights, intent, due, posts, by)
    reasons = points.reasons(facts, section, by.config.rank)
    return Ranked(
        mention=mention,
        kind=by.kinds.get(mention.source, ""),
        own=weights.own,
        intent=intent,
        due=due,
        section=section,
        score=round(sum(reason.points for reason in reasons), 4),
        reasons=reasons,
        standing=stands,
        posts=posts,
        repeat=facts.repeat > 1 and intent != "compliment",
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


def _facts(
    mention: Mention,
    stands: Standing,
    weights: _Weights,
    intent: str,
    due: datetime,
    posts: tuple[Said, ...],
    by: Ranking,
) -> points.Facts:
    language = mention.entry.language
    belief = mention.belief
    known = belief.escalation if belief and belief.rules == cues.EDITION else None
    threats = cues.escalations(mention.entry.text, language) if known is None else known
    return points.Facts(
        intent=intent,
        state=stands.state,
        own=weights.own,
        age_hours=_hours(by.now - _since(mention)),
        due_in_hours=_hours(due - by.now),
        promise_due_in_hours=_hours(due - by.now),
        escalation=bool(threats) or any(cues.escalations(post.text, post.language or language) for post in posts),
        reminders=sum(cues.is_reminder(post.text, post.language or language) for post in posts),
        vip=weights.vip,
        repeat=mention.told,
        reach=weights.reach,
        readers=mention.readers,
        places=max(mention.told, len({place.source for place in mention.places})),
        keyword_weight=weights.keyword,
        source_weight=weights.source,
    )


def _hours(length: timedelta) -> float:
    return length.total_seconds() / 3_600
