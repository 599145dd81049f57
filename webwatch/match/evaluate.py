"""Whether a tree holds for one entry, where its terms stand, and if not, why not.

Places are `(field, start, end)` in the folded field; `Reading.original` turns them back. NEAR counts the words between
the end of the first and the start of the last, as full-text indexes do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from webwatch import text
from webwatch.match import terms
from webwatch.match.query import All, Any, Near, Node, Not, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from webwatch.model import Entry

Place: TypeAlias = tuple[str, int, int]

HOST = "host"  # the host in the address: what `site:` reads beside `entry.site`


class Reading:
    """One entry as the keywords with one setting of `match_case` read it; each field is folded once, when asked for."""

    def __init__(self, entry: Entry, *, keep_case: bool) -> None:
        self._entry = entry
        self.keep_case = keep_case
        self._fields: dict[str, tuple[str, Sequence[int] | None]] = {}
        self._found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._words: dict[str, list[int]] = {}

    def _field(self, name: str) -> tuple[str, Sequence[int] | None]:
        if name not in self._fields:
            raw = _only_host(self._entry.url) if name == HOST else getattr(self._entry, name)
            self._fields[name] = text.fold_map(raw, keep_case=self.keep_case)
        return self._fields[name]

    def spans(self, term: str, field: str) -> list[tuple[int, int]]:
        """Where the term stands in the folded field."""
        key = (term, field)
        if key not in self._found:
            finder = terms.finder(term, keep_case=self.keep_case)
            self._found[key] = terms.occurrences(finder, self._field(field)[0])
        return self._found[key]

    def has_within(self, term: str, field: str) -> bool:
        """Whether the term stands in the folded field at all, be it inside a word."""
        finder = terms.finder(term, keep_case=self.keep_case)
        return finder.pattern.search(self._field(field)[0]) is not None

    def words_between(self, field: str, end: int, start: int) -> int:
        """How many words begin in the folded `field[end:start]`."""
        if field not in self._words:
            self._words[field] = [word.start() for word in _word().finditer(self._field(field)[0])]
        begins = self._words[field]
        return bisect_left(begins, start) - bisect_left(begins, end)

    def original(self, place: Place) -> Place:
        """The place in the characters of the entry."""
        field, start, end = place
        origins = self._field(field)[1]
        if origins is not None:
            last = origins[end - 1]
            while origins[end] == last:  # only a part of what one character was folded to
                end += 1
            start, end = origins[start], origins[end]
        return ("url" if field == HOST else field), start, end


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{terms.SPACELESS}]|\w[^\s{terms.SPACELESS}]*+")


def _only_host(url: str) -> str:
    """The address with all but its host blanked, so that offsets stay."""
    scheme = url.find("//")
    start = scheme + 2 if scheme >= 0 else 0
    end = next((index for index in range(start, len(url)) if url[index] in "/?#"), len(url))
    start = url.rfind("@", start, end) + 1 or start
    return " " * start + url[start:end]


def fields_of(term: Term, default: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that a term is looked for in."""
    return ("site", HOST) if term.fields == ("site",) else term.fields or default


class Evaluator:
    """Asks trees of one reading; `fields` is where terms without a prefix are looked for."""

    def __init__(self, reading: Reading, fields: tuple[str, ...]) -> None:
        self._reading = reading
        self._default = fields

    def _term_places(self, term: Term, only: str = "") -> list[Place]:
        return [
            (field, start, end)
            for field in fields_of(term, self._default)
            if not only or field == only
            for start, end in self._reading.spans(term.text, field)
        ]

    def holds(self, node: Node) -> bool:
        """Whether the tree is true of the entry."""
        match node:
            case Term():
                return any(self._reading.spans(node.text, field) for field in fields_of(node, self._default))
            case All(nodes):
                return all(map(self.holds, nodes))
            case Any(nodes):
                return any(map(self.holds, nodes))
            case Not(inner):
                return not self.holds(inner)
            case Near(within=within):
                return any(apart <= within for apart, _ in self._windows(node))

    def places(self, node: Node) -> list[Place]:
        """Where the terms stand that make the tree true."""
        match node:
            case Term():
                return self._term_places(node)
            case All(nodes) | Any(nodes):
                return [place for child in nodes if self.holds(child) for place in self.places(child)]
            case Not():
                return []
            case Near(within=within):
                return [place for apart, places in self._windows(node) if apart <= within for place in places]

    def _windows(self, near: Near) -> Iterator[tuple[int, list[Place]]]:
        """For each place that the other operands follow: how many words are between the outermost, and all places."""
        fields = {field for operand in near.operands for term in operand for field in fields_of(term, self._default)}
        for field in sorted(fields):
            operands = [
                sorted({place for term in operand for place in self._term_places(term, field)})
                for operand in near.operands
            ]
            for index, firsts in enumerate(operands):
                others = operands[:index] + operands[index + 1 :]
                for first in firsts:
                    followers = [_next(places, first) for places in others]
                    if None in followers:
                        break
                    window = [first, *(follower for follower in followers if follower)]
                    yield self._reading.words_between(field, first[2], max(window)[1]), window

    def why_not(self, node: Node) -> str:
        """Why the tree is not true of the entry, in a clause."""
        match node:
            case Term():
                return f"'{node.text}' {self._absence(node)}"
            case All(nodes):
                return " and ".join(self.why_not(child) for child in nodes if not self.holds(child))
            case Any(nodes):
                if len(nodes) == 1:
                    return self.why_not(nodes[0])
                return f"none of {', '.join(map(_described, nodes))} is there"
            case Not(inner):
                return self._why(inner)
            case Near():
                return self._why_not_near(node)

    def _absence(self, term: Term) -> str:
        if any(self._reading.has_within(term.text, field) for field in fields_of(term, self._default)):
            return "stands only inside another word"
        return "is missing in exactly this case" if self._reading.keep_case else "is missing"

    def _why(self, node: Node) -> str:
        match node:
            case Any(nodes):
                return " and ".join(self._why(child) for child in nodes if self.holds(child))
            case _:
                return f"{_described(node)} is there"

    def _why_not_near(self, near: Near) -> str:
        missing = [operand for operand in near.operands if not any(map(self._term_places, operand))]
        if missing:
            return " and ".join(self.why_not(Any(operand)) for operand in missing)
        named = " and ".join(_described(Any(operand)) for operand in near.operands)
        apart = min((apart for apart, _ in self._windows(near)), default=None)
        if apart is None:
            return f"{named} are not together in one field"
        return f"{named} are {apart:,} words apart, more than {near.within:,}"


def _next(places: Sequence[Place], first: Place) -> Place | None:
    """The first of the sorted places that begins at the end of `first` or later."""
    index = bisect_left(places, first[2], key=lambda place: place[1])
    return places[index] if index < len(places) else None


def _described(node: Node) -> str:
    match node:
        case Term():
            return f"'{node.text}'"
        case Any(nodes) if len(nodes) == 1:
            return _described(nodes[0])
        case Any(nodes):
            return f"({' or '.join(map(_described, nodes))})"
        case All(nodes):
            return f"({' and '.join(map(_described, nodes))})"
        case Not(inner):
            return f"not {_described(inner)}"
        case Near(operands, within):
            return f" near/{within} ".join(_described(Any(operand)) for operand in operands)
