"""Complaints about keywords that can be read, and still will not do what their owner hopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import text
from webwatch.errors import QueryError
from webwatch.match import query, terms
from webwatch.match.matcher import conditions
from webwatch.match.query import All, Any, Not, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.match.query import Node
    from webwatch.model import Keyword

# Words that stand in most Dutch or English texts of some length.
_COMMON_WORDS = """
de het een en van in is op te dat die voor met zijn er aan niet om ook als dan maar bij uit naar ik je we wij u was
worden wordt heeft hebben had kan zou door over nog wel geen meer al of deze dit ze hij mijn
the a an and of to in is it that for on with as was were be are this have has had not you your i we they he she at by
from or but if my so what all can will just about
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_SHORTEST_BEGINNING = 3


def lint(keyword: Keyword) -> tuple[str, ...]:
    """What is wrong with a keyword, a sentence for each complaint; none where all is well."""
    try:
        tree = All(tuple(condition.node for condition in conditions(keyword)))
        anchors = query.anchors(tree)
    except QueryError as error:
        return (f"the query cannot be read: {error}",)
    complaints = [*_matches_nothing(tree, keyword), *_matches_everything(anchors)]
    if keyword.query is not None:
        complaints += _lower_case_operators(tree)
    return tuple(dict.fromkeys(complaints))


def _matches_everything(anchors: tuple[Term, ...]) -> Iterator[str]:
    for term in anchors:
        folded = text.fold(term.text).strip()
        if folded in _COMMON:
            yield f"'{term.text}' stands in nearly every text: add a word to it, or quote it as part of a phrase"
        elif folded.endswith("*") and " " not in folded and len(folded) <= _SHORTEST_BEGINNING:
            yield f"'{term.text}' begins very many words: give more of its letters"
        elif len(folded) == 1 and folded.isascii() and terms.can_match(folded):
            yield f"'{term.text}' is a single character, and matches far too much"


def _matches_nothing(tree: All, keyword: Keyword) -> Iterator[str]:
    positive = query.positive_terms(tree)
    for term in positive:
        if not terms.can_match(term.text):
            yield f"'{term.text}' has no letter or digit, and so never matches"
        elif "*" in term.text.removesuffix("*").replace("* ", " "):
            yield f"'{term.text}': '*' may only end a word, and is a plain character elsewhere"
    for unwanted in _unwanted(tree):
        for term in positive:
            if _stands_in(unwanted, term, keyword):
                yield f"'{term.text}' can never match, since '{unwanted.text}' may not be there"


def _unwanted(node: Node) -> Iterator[Term]:
    """The terms of which each alone keeps the whole tree from matching."""
    match node:
        case All(nodes):
            for child in nodes:
                yield from _unwanted(child)
        case Not(Term() as term):
            yield term
        case Not(Any(nodes)):
            yield from (child for child in nodes if isinstance(child, Term))


def _stands_in(inner: Term, outer: Term, keyword: Keyword) -> bool:
    """Whether every text with `outer` has `inner` too, where the keyword looks for it."""
    if not set(outer.fields or keyword.fields) <= set(inner.fields or keyword.fields):
        return False
    folded = text.fold(outer.text.removesuffix("*"), keep_case=keyword.match_case)
    return bool(terms.occurrences(terms.finder(inner.text, keep_case=keyword.match_case), folded))


def _lower_case_operators(tree: All) -> Iterator[str]:
    for term in query.positive_terms(tree):
        if term.text in {"or", "and", "not", "of", "en", "niet"}:
            yield f"'{term.text}' is looked for as a word: operators are English and in capitals, AND OR NOT"
