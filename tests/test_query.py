"""The query language: what the operators bind, and where each mistake stands."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch.errors import QueryError
from webwatch.match import compile_keywords, query
from webwatch.match.query import All, Any, Near, Not, Term
from webwatch.model import Entry, Keyword


def bare(node):
    """The tree without columns and fields, for comparing."""
    match node:
        case Term(text):
            return text
        case Not(inner):
            return ("not", bare(inner))
        case Near(operands, within):
            return ("near", within, *(tuple(term.text for term in operand) for operand in operands))
        case All(nodes):
            return ("and", *map(bare, nodes))
        case Any(nodes):
            return ("or", *map(bare, nodes))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("taart", "taart"),
        ("a b", ("and", "a", "b")),
        ("a AND b OR c d", ("or", ("and", "a", "b"), ("and", "c", "d"))),
        ("a (b OR c) NOT d", ("and", "a", ("or", "b", "c"), ("not", "d"))),
        ('a AND NOT b -c -"d e"', ("and", "a", ("not", "b"), ("not", "c"), ("not", "d e"))),
        ("a NOT (b OR c)", ("and", "a", ("not", ("or", "b", "c")))),
        ('"De Vries" NEAR/8 (bakker OR taart*) NOT vacature',
         ("and", ("near", 8, ("De Vries",), ("bakker", "taart*")), ("not", "vacature"))),
        ("a NEAR/2 b NEAR/2 c d", ("and", ("near", 2, ("a",), ("b",), ("c",)), "d")),
        ("“De Vries” „taart”", ("and", "De Vries", "taart")),
        ('"de taart"* x', ("and", "de taart*", "x")),
        ("(a)(b)", ("and", "a", "b")),
        ("a or and b", ("and", "a", "or", "and", "b")),
        ("well-known a-b", ("and", "well-known", "a-b")),
        ("AT&T C++ https://example.nl 12:30", ("and", "AT&T", "C++", "https://example.nl", "12:30")),
        ("a (b OR NOT c)", ("and", "a", ("or", "b", ("not", "c")))),
    ],
)  # fmt: skip
def test_operators_bind_as_documented(typed, tree):
    assert bare(query.parse(typed)) == tree


def test_a_prefix_holds_for_a_word_a_phrase_and_a_group():
    def fields(typed):
        return [(term.text, term.fields) for term in query.positive_terms(query.parse(typed))]

    assert fields("title:taart brood") == [("taart", ("title",)), ("brood", ())]
    assert fields('Author:"Jan P"') == [("Jan P", ("author",))]
    assert fields("title: (a OR (b c)) d") == [(t, ("title",)) for t in "abc"] + [("d", ())]
    assert fields("title:(a title:b)") == [("a", ("title",)), ("b", ("title",))]


@pytest.mark.parametrize(
    ("typed", "column", "problem"),
    [
        ("", 1, "empty"),
        ("  \n", 1, "empty"),
        ('a "b c', 3, "quote is never closed"),
        ("a (b", 3, "parenthesis is never closed"),
        ("a b)", 4, "never opened"),
        ("a ()", 4, "not ')'"),
        ("a OR", 5, "ends where a word"),
        ("OR a", 1, "not OR"),
        ("a AND OR b", 7, "not OR"),
        ("a NOT", 6, "ends where a word"),
        ("a NEAR b", 3, "needs a number"),
        ("a NEAR/ b", 3, "needs a number"),
        ("a NEAR/x b", 3, "needs a number"),
        ("a NEAR/1001 b", 3, "at most 1,000"),
        ("a NEAR/3", 9, "ends where a word"),
        ("a NEAR/3 (b c)", 10, "NEAR stands between"),
        ("a NEAR/3 NOT b", 10, "NEAR stands between"),
        ("a NEAR/3 b NEAR/4 c", 12, "same number"),
        ("titel:taart", 1, "did you mean 'title:'"),
        ("a foo:b", 3, "one of title, text, author, site, url"),
        ("title:", 7, "ends where a word"),
        ("title:(text:a)", 8, "can never match"),
        ("NOT a", 1, "nearly everything"),
        ("a OR NOT b", 6, "nearly everything"),
        ("a OR (-b -c)", 7, "nearly everything"),
        ("a b*c", 3, "only end a word"),
        ("a *b", 3, "only end a word"),
        ("a *", 3, "only end a word"),
        ('a "..."', 3, "nothing to look for"),
        ('a b"c d"', 4, "quote inside a word"),
        ("(" * 51 + "a" + ")" * 51, 51, "more than 50 deep"),
        ("NOT " * 60 + "a", 201, "more than 50 deep"),
        ("x" * 4_001, 4_001, "longer than 4,000"),
    ],
)
def test_a_mistake_is_named_with_its_column(typed, column, problem):
    with pytest.raises(QueryError) as caught:
        query.parse(typed)
    assert caught.value.column == column
    assert problem in caught.value.problem


WORDS = ("bakker", "taart", "brood", "koek")
TREES = st.recursive(
    st.sampled_from(WORDS).map(Term),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: All(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Any(tuple(nodes))),
        inner.map(Not),
    ),
    max_leaves=8,
)


def written(node):
    match node:
        case Term(text):
            return text
        case Not(inner):
            return f"NOT ({written(inner)})"
        case All(nodes):
            return " ".join(f"({written(child)})" for child in nodes)
        case Any(nodes):
            return " OR ".join(f"({written(child)})" for child in nodes)


def truth(node, present):
    match node:
        case Term(text):
            return text in present
        case Not(inner):
            return not truth(inner, present)
        case All(nodes):
            return all(truth(child, present) for child in nodes)
        case Any(nodes):
            return any(truth(child, present) for child in nodes)


@settings(max_examples=200, deadline=None)
@given(TREES, st.sets(st.sampled_from(WORDS)))
def test_a_query_matches_exactly_where_boolean_logic_says_so(tree, present):
    typed = written(tree)
    if not query.anchors(tree):
        with pytest.raises(QueryError, match="nearly everything"):
            query.parse(typed)
        return
    matcher = compile_keywords([Keyword(name="k", query=typed)])
    entry = Entry(url="https://example.nl", text=" ".join(sorted(present)))
    assert matcher.explain(entry)[0].matched == truth(tree, present)
    assert bool(matcher.find(entry)) == truth(tree, present)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", '"', "(", ")", " ", "AND", "OR", "NOT ", "-", "NEAR/2", "NEAR", "title:", "x:", "*", "“"]
        ),
        max_size=14,
    ).map("".join)
)
def test_parsing_raises_nothing_but_a_query_error_within_the_query(typed):
    column = 1
    try:
        query.parse(typed)
    except QueryError as error:
        column = error.column
    assert 1 <= column <= len(typed) + 1
