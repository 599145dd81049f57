"""The query language, and the tree that both queries and word lists become.

    query  = and { "OR" and }                         NOT binds closest, then NEAR, then AND, then OR
    and    = near { ["AND"] near }                    side by side is AND
    near   = not { "NEAR/" number not }
    not    = ("NOT" | "-") not | group
    group  = [field ":"] ( "(" query ")" | word | '"' phrase '"' )

Operators are written in capitals; a word or a phrase may end in `*`.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from webwatch import text
from webwatch.errors import QueryError
from webwatch.match.terms import can_match

MAX_LENGTH = 4_000
MAX_DEPTH = 50
MAX_DISTANCE = 1_000
FIELDS = ("title", "text", "author", "site", "url")

# --------------------------------------------------------------------------------------------------------- nodes


class Term(NamedTuple):
    """A word or phrase as it was typed. No `fields` means: wherever the keyword looks. `column` counts from 1."""

    text: str
    fields: tuple[str, ...] = ()
    column: int = 1


class All(NamedTuple):
    """Each of `nodes` holds."""

    nodes: tuple[Node, ...]


class Any(NamedTuple):
    """At least one of `nodes` holds."""

    nodes: tuple[Node, ...]


class Not(NamedTuple):
    """`node` does not hold."""

    node: Node
    column: int = 1


class Near(NamedTuple):
    """One term of each operand stands in one field, with at most `within` words between the outermost."""

    operands: tuple[tuple[Term, ...], ...]
    within: int


Node: TypeAlias = Term | All | Any | Not | Near


def positive_terms(node: Node) -> tuple[Term, ...]:
    """The terms that can make a text match, in the order in which they were typed."""
    match node:
        case Term():
            return (node,)
        case Near(operands):
            return tuple(term for operand in operands for term in operand)
        case All(nodes) | Any(nodes):
            return tuple(term for child in nodes for term in positive_terms(child))
        case Not():
            return ()


def anchors(node: Node) -> tuple[Term, ...]:
    """Terms of which at least one stands in every text that matches: as few and as long as can be had.

    None where a text without any of the tree's terms would match.
    """
    match node:
        case Term():
            return (node,)
        case Near(operands):
            return max(operands, key=_selectivity)
        case Any(nodes):
            found = [anchors(child) for child in nodes]
            return tuple(term for terms in found for term in terms) if all(found) else ()
        case All(nodes):
            return max(filter(None, map(anchors, nodes)), key=_selectivity, default=())
        case Not():
            return ()


def _unanchored(node: Node) -> int:
    """The column of the first negation that stands alone, in a tree without anchors."""
    match node:
        case Not(column=column):
            return column
        case All(nodes) | Any(nodes):
            return next(_unanchored(child) for child in nodes if not anchors(child))
    return 1


def _selectivity(terms: tuple[Term, ...]) -> int:
    return min(len(term.text) for term in terms)


# -------------------------------------------------------------------------------------------------------- tokens

_QUOTES = '"“”„‟'
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
       | (?P<open>\() | (?P<close>\))
       | (?P<minus>-)(?=[^\s)-])
       | (?P<phrase>[{_QUOTES}](?P<quoted>[^{_QUOTES}]*+)(?P<end>[{_QUOTES}]?)(?P<star>\*?))
       | (?P<field>[A-Za-z]+):(?!//)
       | (?P<word>[^\s()]+)""",
    re.VERBOSE,
)
_NEAR = re.compile(r"NEAR(?:/(.*))?\Z", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,6}\Z")
_OPERATORS = frozenset(("AND", "OR", "NOT", "NEAR"))


class _Token(NamedTuple):
    kind: str  # open, close, minus, field, term, AND, OR, NOT, NEAR, or end
    value: str
    column: int


def _tokens(query: str) -> list[_Token]:
    found = [_token(token) for token in _TOKEN.finditer(query) if token.lastgroup != "space"]
    return [*found, _Token("end", "", len(query) + 1)]


def _token(found: re.Match[str]) -> _Token:
    column = found.start() + 1
    if found["phrase"] is not None:
        if not found["end"]:
            raise QueryError("this quote is never closed", column)
        return _Token("term", found["quoted"] + found["star"], column)
    word = found["word"]
    if word is None:
        kind = found.lastgroup or ""
        return _Token(kind, found[kind], column)
    if near := _NEAR.match(word):
        return _Token("NEAR", near[1] or "", column)
    if word in _OPERATORS:
        return _Token(word, word, column)
    for offset, character in enumerate(word):
        if character in _QUOTES:
            raise QueryError("a quote inside a word: put a space before it", column + offset)
    return _Token("term", word, column)


# -------------------------------------------------------------------------------------------------------- parser


def parse(query: str) -> Node:
    """The tree of a query; raises `QueryError` with the column, from 1, of what cannot be read."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"the query is longer than {MAX_LENGTH:,} characters", MAX_LENGTH + 1)
    if not query.strip():
        raise QueryError("the query is empty", 1)
    parser = _Parser(_tokens(query))
    node = parser.alternatives((), 0)
    if parser.next.kind == "close":
        raise QueryError("this parenthesis was never opened", parser.next.column)
    if not anchors(node):
        raise QueryError(
            "this only says what must not be there, and so would match nearly everything", _unanchored(node)
        )
    return node


class _Parser:
    """Recursive descent, a method for each line of the grammar. `fields` is what a prefix further out has said."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._index = 0

    @property
    def next(self) -> _Token:
        return self._tokens[self._index]

    def _take(self) -> _Token:
        self._index += 1
        return self._tokens[self._index - 1]

    def alternatives(self, fields: tuple[str, ...], depth: int) -> Node:
        nodes = [self._conjunction(fields, depth)]
        while self.next.kind == "OR":
            self._take()
            nodes.append(self._conjunction(fields, depth))
        return nodes[0] if len(nodes) == 1 else Any(tuple(nodes))

    def _conjunction(self, fields: tuple[str, ...], depth: int) -> Node:
        nodes = [self._proximity(fields, depth)]
        while self.next.kind not in {"OR", "close", "end"}:
            if self.next.kind == "AND":
                self._take()
            nodes.append(self._proximity(fields, depth))
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _proximity(self, fields: tuple[str, ...], depth: int) -> Node:
        column = self.next.column
        node = self._negation(fields, depth)
        if self.next.kind != "NEAR":
            return node
        operands = [_operand(node, column)]
        distances = set()
        while self.next.kind == "NEAR":
            near = self._take()
            distances.add(_distance(near))
            if len(distances) > 1:
                raise QueryError("NEAR in a row needs the same number each time", near.column)
            column = self.next.column
            operands.append(_operand(self._negation(fields, depth), column))
        return Near(tuple(operands), distances.pop())

    def _negation(self, fields: tuple[str, ...], depth: int) -> Node:
        if self.next.kind not in {"NOT", "minus"}:
            return self._group(fields, depth)
        column = self._take().column
        return Not(self._negation(fields, _deeper(depth, column)), column)

    def _group(self, fields: tuple[str, ...], depth: int) -> Node:
        token = self._take()
        match token.kind:
            case "field":
                return self._group(_prefix(token, fields), _deeper(depth, token.column))
            case "open":
                node = self.alternatives(fields, _deeper(depth, token.column))
                if self._take().kind != "close":
                    raise QueryError("this parenthesis is never closed", token.column)
                return node
            case "term":
                return Term(_checked(token), fields, token.column)
            case "end":
                raise QueryError("the query ends where a word should follow", token.column)
        raise QueryError(f"a word should stand here, not {_name(token)}", token.column)


def _deeper(depth: int, column: int) -> int:
    if depth == MAX_DEPTH:
        raise QueryError(f"nested more than {MAX_DEPTH} deep", column)
    return depth + 1


def _name(token: _Token) -> str:
    return {"close": "')'", "minus": "'-'"}.get(token.kind, token.kind)


def _distance(near: _Token) -> int:
    if not _NUMBER.match(near.value):
        raise QueryError("NEAR needs a number: NEAR/8 is at most 8 words between", near.column)
    if int(near.value) > MAX_DISTANCE:
        raise QueryError(f"NEAR reaches at most {MAX_DISTANCE:,} words", near.column)
    return int(near.value)


def _operand(node: Node, column: int) -> tuple[Term, ...]:
    """The terms of a word, a phrase, or a group of them joined by OR."""
    match node:
        case Term():
            return (node,)
        case Any(nodes):
            return tuple(term for child in nodes for term in _operand(child, column))
    raise QueryError("NEAR stands between words, phrases, or a group such as (bread OR cake)", column)


def _prefix(token: _Token, outer: tuple[str, ...]) -> tuple[str, ...]:
    name = token.value.lower()
    if name not in FIELDS:
        from difflib import get_close_matches

        close = get_close_matches(name, FIELDS, 1)
        hint = f"did you mean '{close[0]}:'?" if close else f"it is one of {', '.join(FIELDS)}; quote it as a word"
        raise QueryError(f"unknown field '{token.value}:' ({hint})", token.column)
    if outer and outer != (name,):
        raise QueryError(f"'{name}:' inside '{outer[0]}:' can never match", token.column)
    return (name,)


def _checked(token: _Token) -> str:
    term = text.line(token.value)
    if "*" in re.sub(r"\*(?=\s|\Z)", "", term) or re.search(r"(?<!\S)\*", term):
        raise QueryError("'*' may only end a word, such as taart*", token.column)
    if not can_match(term):
        raise QueryError("nothing to look for: no letter or digit", token.column)
    return term
