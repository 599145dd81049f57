"""One author's mentions on all sites: the same name where it tells the same story, and what the owner joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import sites, stories
from webwatch.errors import UsageError
from webwatch.model import Action, Author
from webwatch.pipeline import desk
from webwatch.pipeline.digest import ranked_mentions
from webwatch.pipeline.stories import decided, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from webwatch.model import Config, Mention, Ranked
    from webwatch.store import Store


def author(config: Config, store: Store, name: str, now: datetime) -> Author:
    """Who writes under this name; raises `UsageError` with the nearest names where nobody does."""
    spelled = store.stories.handles()
    _require(config, name, spelled)
    known = names(config, store.stories.decisions())
    handles = known.handles(name)
    mentions = store.mentions_under(handles, now)
    ranked = {item.mention.id: item for item in ranked_mentions(config, store, mentions, now)}
    mine = mentions if handles & known.known else _of_one_person(mentions)
    ids = {mention.id for mention in mine}
    told = [person for person in config.people if handles & set(map(stories.handle, (person.name, *person.also)))]
    written = _spellings(mine)
    called = told[0].name if told else spelled.get(known.who(name), (name, 0))[0]
    return Author(
        name=called,
        also=tuple(other for other in written if other != called),
        vip=any(person.vip for person in told),
        reach=max((person.reach for person in told), default=0),
        items=_newest_first(ranked[number] for number in ids),
        namesakes=_newest_first(item for number, item in ranked.items() if number not in ids),
    )


def merge(config: Config, store: Store, given: Sequence[str], by: str, now: datetime) -> list[int]:
    """Log that all of these names are the first one's, inside the caller's transaction; the numbers of the actions.

    Raises `UsageError` where somebody of that name is not known.
    """
    spelled = store.stories.handles()
    for name in given:
        _require(config, name, spelled)
    numbers, made = [], []
    for other in given[1:]:
        first, second = (given[0], other) if stories.handle(other) in spelled else (other, given[0])
        newest = max(store.stories.by_handles([stories.handle(second)]), default=None)
        if newest is None:
            raise UsageError(f"there is no mention by {given[0]!r} or {other!r} yet")
        value, text = (spelled.get(stories.handle(name), (name, 0))[0] for name in (first, second))
        action = Action(kind="person_merge", at=now, moment=now, by=by, value=value, text=text, mention_id=newest)
        numbers.append(desk.act(store, newest, action))
        made.append(action)
    decided(config, store, made)
    return numbers


def _require(config: Config, name: str, spelled: dict[str, tuple[str, int]]) -> None:
    wanted = stories.handle(name)
    if stories.is_nobody(name):
        raise UsageError(f"{name!r} is nobody in particular")
    if wanted in spelled or any(wanted in map(stories.handle, (one.name, *one.also)) for one in config.people):
        return
    from difflib import get_close_matches

    near = [spelled[found][0] for found in get_close_matches(wanted, spelled, n=3)]
    if not near:
        near = [written for found, (written, _) in spelled.items() if wanted and wanted in found][:3]
    hint = f"; the nearest are {', '.join(near)}" if near else ""
    raise UsageError(f"nobody who is called {name!r} has written about us{hint}")


def _of_one_person(mentions: Sequence[Mention]) -> list[Mention]:
    """Of a name that several may have: the mentions on those sites that a story connects, where most of them are."""
    groups: list[tuple[set[object], list[Mention]]] = []
    for mention in mentions:
        marks: set[object] = {sites.site(mention.entry.url)}
        marks |= {mention.story} - {None}
        met = [group for group in groups if group[0] & marks]
        groups = [group for group in groups if not group[0] & marks]
        together = [one for group in met for one in group[1]]
        groups.append((marks.union(*(group[0] for group in met)), [*together, mention]))
    return max((group[1] for group in groups), key=lambda found: (len(found), found[-1].id), default=[])


def _spellings(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(mention.entry.author for mention in mentions))


def _newest_first(items: Iterable[Ranked]) -> tuple[Ranked, ...]:
    moments = ((item.mention.entry.published or item.mention.first_seen, item.mention.id, item) for item in items)
    return tuple(item for *_, item in sorted(moments, key=lambda told: told[:2], reverse=True))
