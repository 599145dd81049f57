"""The digest: what is shown of the ranked mentions, in which sections, with the counts and the coverage."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from webwatch.model import Counts, Digest, Section

_INFORMATION = "for_your_information"

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from webwatch.model import Config, Coverage, Event, Ranked


def build(
    ranked: Sequence[Ranked],
    coverage: Coverage,
    config: Config,
    now: datetime,
    limit: int | None,
    last_deed: datetime | None = None,
) -> Digest:
    """The digest of mentions in rank order; `limit` bounds the items shown in all, never the counts.

    A story is one item, and counts as one: the mention of it that comes first, with the others in its `story`.
    `last_deed` is when a person last did something: long ago, while there is work, is said.
    """
    sections = []
    ranked = [item for item in ranked if item.section]
    new = sum(item.mention.first_seen == coverage.last_scan for item in ranked)
    ranked = _one_a_story(ranked)
    left = len(ranked) if limit is None else limit
    for name, group in groupby(_without_folded(ranked), key=lambda item: item.section):
        items = tuple(group)
        sections.append(Section(name=name, items=items[: max(0, left)], total=len(items)))
        left -= len(items)
    totals = {section.name: section.total for section in sections}
    return Digest(
        generated_at=now,
        zone=config.timezone,
        language=config.digest.language,
        business=config.us.name or (config.keywords[0].name if config.keywords else ""),
        mail_to=config.digest.to,
        counts=Counts(
            open=sum(item.standing.state == "open" and item.section != _INFORMATION for item in ranked),
            overdue=totals.get("overdue", 0),
            due_today=totals.get("due_today", 0),
            new=new,
        ),
        sections=tuple(sections),
        coverage=coverage,
        events=_events(config, now),
        away_since=_away_since(ranked, last_deed, config, now),
    )


def _one_a_story(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The first item of each story, and all that stand alone."""
    first: dict[int, int] = {}
    for item in ranked:
        if item.mention.story is not None:
            first.setdefault(item.mention.story, item.mention.id)
    return [item for item in ranked if item.mention.story is None or first[item.mention.story] == item.mention.id]


def _without_folded(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Without the mentions that another item shows among what was said since: one talk, one line."""
    shown = {post.entry_id for item in ranked for post in item.posts}
    return [item for item in ranked if item.mention.entry_id not in shown or item.standing.since]


def _events(config: Config, now: datetime) -> tuple[Event, ...]:
    """Those that come soon, or are going on, by their first day."""
    today = now.astimezone(config.timezone).date()
    ahead = [event for event in config.events if event.start - config.desk.events_ahead <= today <= event.end]
    return tuple(sorted(ahead, key=lambda event: (event.start, event.name)))


def _away_since(ranked: Sequence[Ranked], last_deed: datetime | None, config: Config, now: datetime) -> datetime | None:
    """Since when nobody did anything, where that is long and something waits."""
    waiting = [item.mention.first_seen for item in ranked if item.section != _INFORMATION]
    if not waiting:
        return None
    since = last_deed or min(waiting)
    return since if now - since >= config.desk.away_after else None
