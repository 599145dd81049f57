"""What was found alike, and what the owner decided → the stories, and in how many places one person tells each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.stories.people import is_first_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from webwatch.model import Action
    from webwatch.stories.people import Names
    from webwatch.stories.telling import Likeness, Telling


def groups(likenesses: Iterable[Likeness], decisions: Iterable[Action]) -> list[frozenset[int]]:
    """The stories of two mentions and more; `decisions` are those that count, oldest first.

    Who is split off stands alone, whatever was found or joined before. Joining it with its former story takes that
    back; joining it with another one leaves it apart from the former.
    """
    links = {(min(one, other), max(one, other)) for one, other, _ in likenesses}
    believed = _components(links)
    alone: set[int] = set()
    joined: set[tuple[int, int]] = set()
    for decision in decisions:
        if decision.kind == "story_split":
            alone.add(decision.mention_id)
            joined = {pair for pair in joined if decision.mention_id not in pair}
        elif decision.kind == "story_join" and decision.value.isdecimal():
            one, other = decision.mention_id, int(decision.value)
            if other in believed.get(one, ()):
                alone -= {one, other}
            joined.add((one, other))
    kept = joined | {pair for pair in links if not alone.intersection(pair)}
    return sorted(set(_components(kept).values()), key=min)


def _components(links: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """Each number → all that it is linked with, itself too."""
    members: dict[int, set[int]] = {}
    for one, other in links:
        first, second = members.setdefault(one, {one}), members.setdefault(other, {other})
        if first is not second:
            larger, smaller = (first, second) if len(first) >= len(second) else (second, first)
            larger |= smaller
            members.update(dict.fromkeys(smaller, larger))
    frozen = {id(group): frozenset(group) for group in members.values()}
    return {number: frozen[id(group)] for number, group in members.items()}


def tellings(story: Sequence[Telling], names: Names) -> dict[int, int]:
    """Mention → in how many places its person tells this, where that is two or more.

    News that many publish is no repeat: a person speaks of himself, or in a conversation, or in few words.
    """
    hands: dict[str, list[Telling]] = {}
    for telling in story:
        who = names.who(telling.author)
        if is_first_person(telling.text):
            hands.setdefault("", []).append(telling)
        elif who and (telling.talk or len(telling.text.split()) < 60):
            hands.setdefault(who, []).append(telling)
    # Who tells it in the first person is one person, whatever the names; the same names elsewhere are that person too.
    own = hands.get("", [])
    for who in {names.who(telling.author) for telling in own} - {""}:
        own += hands.pop(who, [])
    return {
        telling.id: places
        for hand in hands.values()
        if (places := len({(telling.site, telling.thread or telling.url) for telling in hand})) > 1
        for telling in hand
    }
