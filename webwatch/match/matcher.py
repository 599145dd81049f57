"""All keywords against one entry: one pass over its text says which keywords may match, and only those are evaluated.

The pass (`scan`) looks for the beginnings of each keyword's anchors, of which one stands in every text that matches.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from webwatch.match import query, terms
from webwatch.match.evaluate import HOST, Evaluator, Reading, fields_of
from webwatch.match.query import All, Any, Near, Node, Not, Term
from webwatch.match.scan import Scan
from webwatch.model import Match

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from webwatch.model import Entry, Keyword

MAX_MATCHES = 20


class Condition(NamedTuple):
    """One of the parts of a keyword, all of which must hold; `setting` is where its owner wrote it."""

    setting: str
    node: Node


class Explanation(NamedTuple):
    """What one keyword made of an entry. `reason` says in a sentence why it did not match; "" where it did."""

    keyword: str
    matched: bool
    matches: tuple[Match, ...]
    reason: str


def conditions(keyword: Keyword) -> tuple[Condition, ...]:
    """What a keyword asks for, as trees; raises `QueryError`."""
    if keyword.query is not None:
        return (Condition("query", query.parse(keyword.query)),)
    found = [Condition("all", Term(term)) for term in keyword.all]
    if keyword.near is not None:
        found.append(Condition("near", Near(tuple((Term(word),) for word in keyword.near.words), keyword.near.within)))
    if keyword.any or not found:
        found.insert(0, Condition("any", Any(tuple(map(Term, keyword.any or (keyword.name,))))))
    found += [Condition("none", Not(Term(term))) for term in keyword.none]
    return tuple(found)


def compile_keywords(keywords: Sequence[Keyword]) -> Matcher:
    """Makes keywords ready; raises `QueryError`."""
    return Matcher(keywords)


class Matcher:
    """Keywords made ready; `find` is the hot path, `explain` the patient one."""

    def __init__(self, keywords: Sequence[Keyword]) -> None:
        self._keywords = [(keyword, conditions(keyword)) for keyword in keywords]
        owners: dict[str, set[int]] = {}
        fields: set[str] = set()
        for index, (keyword, parts) in enumerate(self._keywords):
            for term in query.anchors(All(tuple(part.node for part in parts))):
                fields.update("url" if field == HOST else field for field in fields_of(term, keyword.fields))
                if beginning := terms.literal(term.text):
                    owners.setdefault(beginning, set()).add(index)
        self._scan = Scan(owners)
        self._texts = _getter(sorted(fields))

    def find(self, entry: Entry) -> tuple[Match, ...]:
        """Every place, sorted, where a keyword that matches stands; the first twenty for each keyword."""
        hit = self._scan.owners_in(self._texts(entry))
        if not hit:
            return ()
        readings = _readings(entry)
        matches = [
            match
            for keyword, parts in map(self._keywords.__getitem__, sorted(hit))
            if _speaks(keyword, entry)
            for match in _matches(keyword, parts, readings[keyword.match_case])
        ]
        return tuple(sorted(matches, key=_by_place))

    def explain(self, entry: Entry) -> tuple[Explanation, ...]:
        """For each keyword, in order, whether it matches, where, and why not."""
        readings = _readings(entry)
        return tuple(
            _explanation(keyword, parts, entry, readings[keyword.match_case]) for keyword, parts in self._keywords
        )


def _readings(entry: Entry) -> dict[bool, Reading]:
    return {keep_case: Reading(entry, keep_case=keep_case) for keep_case in (False, True)}


def _matches(keyword: Keyword, parts: tuple[Condition, ...], reading: Reading) -> list[Match]:
    evaluator = Evaluator(reading, keyword.fields)
    if not all(evaluator.holds(part.node) for part in parts):
        return []
    places = {reading.original(place) for part in parts for place in evaluator.places(part.node)}
    return [
        Match(keyword=keyword.name, field=field, start=start, end=end)
        for field, start, end in sorted(places, key=lambda place: (_FIELD_ORDER[place[0]], *place[1:]))[:MAX_MATCHES]
    ]


def _explanation(keyword: Keyword, parts: tuple[Condition, ...], entry: Entry, reading: Reading) -> Explanation:
    evaluator = Evaluator(reading, keyword.fields)
    failing = [part for part in parts if not evaluator.holds(part.node)]
    reasons = [f"{evaluator.why_not(part.node)} ({part.setting})" for part in failing]
    if not _speaks(keyword, entry):
        reasons.insert(0, f"language is {entry.language}")
    matches = () if reasons else tuple(_matches(keyword, parts, reading))
    return Explanation(keyword=keyword.name, matched=not reasons, matches=matches, reason=" and ".join(reasons))


def _speaks(keyword: Keyword, entry: Entry) -> bool:
    """Whether the entry's language, where it is known, is one that the keyword is for; `nl` is for `nl-BE`."""
    if not keyword.languages or not entry.language:
        return True
    return _primary(entry.language) in map(_primary, keyword.languages)


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].strip().lower()


_FIELD_ORDER = {name: index for index, name in enumerate(query.FIELDS)}


def _by_place(match: Match) -> tuple[int, int, int, str]:
    return _FIELD_ORDER[match.field], match.start, match.end, match.keyword


def _getter(fields: list[str]) -> Callable[[Entry], str]:
    """What reads the named fields of an entry as one text."""
    if len(fields) <= 1:
        return attrgetter(fields[0]) if fields else lambda _: ""
    read = attrgetter(*fields)
    return lambda entry: "\n".join(read(entry))
