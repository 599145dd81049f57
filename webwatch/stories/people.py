"""Who speaks: names as they are compared, which of them are one person's, and whether somebody tells of himself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from webwatch import text as texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from webwatch.model import Person

_LONGEST = 20_000
_FIRST_PERSON = re.compile(r"\b(?:ik|mij|mijn|mn|m'n|i|i'm|i've|my|me|ich|mir|mein\w*)\b")
_QUOTATION = re.compile(r"\"[^\"]{1,1000}\"|(?<!\w)'[^']{1,1000}'(?!\w)")
# Names that stand for nobody in particular, and of desks that publish what others write.
_NOBODY = frozenset(
    [
        "anoniem",
        "anonymous",
        "anonymus",
        "anon",
        "gast",
        "guest",
        "bezoeker",
        "visitor",
        "onbekend",
        "unknown",
        "user",
        "gebruiker",
        "lid",
        "member",
        "admin",
        "administrator",
        "webmaster",
        "moderator",
        "redactie",
        "nieuwsredactie",
        "editor",
        "editors",
        "staff",
        "newsdesk",
        "newsroom",
        "webredactie",
        "anp",
        "reuters",
        "ap",
        "afp",
        "dpa",
        "belga",
        "novum",
        "deleted",
        "verwijderd",
    ]
)


class Names(NamedTuple):
    """Which names are one person's: handle → the handle that stands for all of them.

    `known` are all handles that somebody said are one person's; the same name elsewhere need not be the same person.
    """

    same: Mapping[str, str]
    known: frozenset[str] = frozenset()

    @classmethod
    def of(cls, people: Iterable[Person], merges: Iterable[tuple[str, str]] = ()) -> Names:
        """As the config (`people:`) and the owner (`person merge`) say; `merges` are pairs of names."""
        same: dict[str, str] = {}
        pairs = [(person.name, name) for person in people for name in (person.name, *person.also)]
        pairs += merges
        for pair in pairs:
            first, second = (_leader(same, handle(given)) for given in pair)
            if first != second:
                same[second] = first
        known = frozenset(handle(name) for pair in pairs for name in pair)
        return cls({name: _leader(same, name) for name in same}, known)

    def who(self, author: str) -> str:
        """The person's handle; "" for nobody in particular."""
        name = handle(author)
        return "" if name in _NOBODY else self.same.get(name, name)

    def handles(self, author: str) -> frozenset[str]:
        """All names of the person who has this one."""
        who = self.who(author)
        return frozenset({who, handle(author), *(name for name, leader in self.same.items() if leader == who)})


def _leader(same: Mapping[str, str], name: str) -> str:
    while name in same:
        name = same[name]
    return name


def handle(author: str) -> str:
    """A name as it is compared: folded, letters and digits alone; "Tim_in_Delft" is "timindelft"."""
    return "".join(character for character in texts.fold(author) if character.isalnum())


def is_nobody(author: str) -> bool:
    """Whether a name stands for nobody in particular: "Anonymous", a news desk, none at all."""
    return handle(author) in _NOBODY | {""}


def is_distinct(author: str) -> bool:
    """Whether a name is more than a first name: of two words, with a digit or a sign, or long."""
    name = author.strip()
    return len(name) >= 9 or not name.isalpha()


def is_first_person(text: str) -> bool:
    """Whether somebody tells of himself, and not only in a quotation."""
    return bool(_FIRST_PERSON.search(_QUOTATION.sub(" ", texts.fold(text[:_LONGEST]))))
