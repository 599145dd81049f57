"""Which mentions are one story: found at the end of a scan, decided by the owner, kept beside each mention.

What is found (likenesses) and what is decided (actions) is stored; the stories are what the two add up to, and are
worked out again for the mentions that a change concerns.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from webwatch import stories
from webwatch.desk.states import ABOUT_STORIES
from webwatch.stories import FEWEST_SHARED, Compared, Likeness, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from webwatch.model import Action, Config
    from webwatch.store import Store

_MOST_COMPARED = 30  # texts that one new text is compared with
_MOST_MISSES = 10  # in a row, of those that share ever less
_KEPT_AT_HAND = 2_000


def find_stories(config: Config, store: Store) -> int:
    """Compare what is new with all the rest, inside the caller's transaction; how many mentions were new."""
    fresh = store.stories.uncompared()
    if not fresh:
        return 0
    search = _Search(config, store)
    touched: set[int] = set()
    for telling in fresh:
        touched |= store.stories.unlink(telling.id)
        one = Compared(telling)
        found = list(search.like(one))
        store.stories.link(found)
        store.stories.remember(telling.id, stories.handle(telling.author), one.sketch)
        search.at_hand[telling.id] = one
        touched |= {telling.id, *(likeness.other for likeness in found)}
    settle(config, store, touched)
    return len(fresh)


class _Search:
    """Finds what a mention is like, among those that were compared before."""

    def __init__(self, config: Config, store: Store) -> None:
        self.store = store
        self.names = names(config, store.stories.decisions())
        self.brand = brand(config)
        self.at_hand: dict[int, Compared] = {}

    def like(self, one: Compared) -> Iterator[Likeness]:
        """The same text, and the same matter by the same person."""
        shared = self.store.stories.sharing(one.sketch)
        ranked = sorted((-count, -number) for number, count in shared.items() if count >= FEWEST_SHARED)
        misses = 0
        for _, number in ranked[:_MOST_COMPARED]:
            for other in self._compared([-number]):
                if other.telling.id != one.telling.id and stories.is_same_text(one, other):
                    misses = 0
                    yield Likeness(one.telling.id, other.telling.id, "text")
                else:
                    misses += 1
            if misses >= _MOST_MISSES:
                break
        yield from self.by_person(one)

    def by_person(self, one: Compared) -> Iterator[Likeness]:
        """The same matter by the same person."""
        if self.names.who(one.telling.author):
            for other in self._compared(self.store.stories.by_handles(self.names.handles(one.telling.author))):
                if other.telling.id != one.telling.id and stories.is_same_matter(one, other, self.brand):
                    yield Likeness(one.telling.id, other.telling.id, "person")

    def _compared(self, ids: Iterable[int]) -> list[Compared]:
        ids = list(ids)
        wanted = [number for number in ids if number not in self.at_hand]
        if len(self.at_hand) + len(wanted) > _KEPT_AT_HAND:
            self.at_hand.clear()
            wanted = ids
        for telling in self.store.stories.tellings(wanted) if wanted else ():
            self.at_hand[telling.id] = Compared(telling)
        return [self.at_hand[number] for number in ids if number in self.at_hand]


def names(config: Config, decisions: Iterable[Action]) -> Names:
    """Whose names are one person's, by the config and the owner's decisions."""
    return Names.of(
        config.people, [(action.value, action.text) for action in decisions if action.kind == "person_merge"]
    )


def brand(config: Config) -> frozenset[bytes]:
    """The words of our own names: every mention has them."""
    given = [config.us.name, *config.us.authors]
    for keyword in config.keywords:
        near = keyword.near.words if keyword.near else ()
        given += [keyword.name, keyword.query or "", *keyword.any, *keyword.all, *near]
    return frozenset(word for text in given for word in stories.words(text))


def settle(config: Config, store: Store, ids: Iterable[int]) -> None:
    """Work out the stories of these mentions, and of all that hang together with them."""
    decisions = store.stories.decisions()
    likenesses, members = _connected(store, ids, [action for action in decisions if action.kind == "story_join"])
    told = {telling.id: telling for telling in store.stories.tellings(members)}
    who = names(config, decisions)
    counting = [
        found
        for found in likenesses
        if found.one in told
        and found.other in told
        and (found.kind == "text" or who.who(told[found.one].author) == who.who(told[found.other].author))
    ]
    about = [action for action in decisions if action.mention_id in told]
    beliefs: dict[int, tuple[int | None, int]] = dict.fromkeys(told, (None, 0))
    for story in stories.groups(counting, about):
        telling = [told[number] for number in sorted(story) if number in told]
        places = stories.tellings(telling, who)
        for one in telling:
            beliefs[one.id] = (telling[0].id, places.get(one.id, 0))
    store.stories.note(beliefs)


def _connected(store: Store, ids: Iterable[int], joins: Iterable[Action]) -> tuple[list[Likeness], set[int]]:
    """All likenesses that lead away from these mentions, step by step; and all mentions that are met."""
    joined: dict[int, set[int]] = {}
    for action in joins:
        one, other = action.mention_id, int(action.value)
        joined.setdefault(one, set()).add(other)
        joined.setdefault(other, set()).add(one)
    met, fresh = set(ids), set(ids)
    found: list[Likeness] = []
    while fresh:
        step = store.stories.likenesses(fresh)
        found += step
        fresh = {likeness.other for likeness in step} | {other for one in fresh for other in joined.get(one, ())}
        fresh -= met
        met |= fresh
    return found, met


def decided(config: Config, store: Store, made: Iterable[Action]) -> None:
    """Obey decisions that were just logged, or taken back, inside the caller's transaction."""
    touched: set[int] = set()
    for action in made:
        touched.add(action.mention_id)
        if action.kind == "story_join":
            touched.add(int(action.value))
        elif action.kind == "person_merge":
            touched |= _same_person(config, store, action)
    settle(config, store, touched)


def undone(config: Config, store: Store, action: Action) -> None:
    """Obey that an action was taken back, inside the caller's transaction; an undoing too may be taken back."""
    about: Action | None = action
    while about is not None and about.kind == "undo" and about.of is not None:
        about = store.action(about.of)
    if about is not None and about.kind in ABOUT_STORIES:
        decided(config, store, [about])


def _same_person(config: Config, store: Store, action: Action) -> set[int]:
    """Compare what is known by the names of one person now; the mentions that this concerns."""
    search = _Search(config, store)
    handles = search.names.handles(action.value) | {stories.handle(name) for name in (action.value, action.text)}
    told = list(map(Compared, store.stories.tellings(store.stories.by_handles(handles))))
    store.stories.link(
        Likeness(one.telling.id, other.telling.id, "person")
        for one, other in combinations(told, 2)
        if stories.is_same_matter(one, other, search.brand)
    )
    return {one.telling.id for one in told}
