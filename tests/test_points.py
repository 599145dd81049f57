"""What a mention is worth: the properties that the order of the digest rests on."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import Desk
from webwatch import points
from webwatch.points import Facts

TABLE = points.defaults()
HOURS = st.floats(-5_000, 5_000)
COUNTS = st.floats(0, 1e12)
ANY = st.builds(
    Facts,
    intent=st.sampled_from(points.INTENTS),
    confidence=st.floats(0, 1),
    state=st.just("open"),
    promise_due_in_hours=st.none(),
    wrote_again_hours=st.none(),
    own=st.booleans(),
    age_hours=st.floats(0, 10_000),
    due_in_hours=HOURS,
    escalation=st.booleans(),
    reminders=st.integers(0, 50),
    vip=st.booleans(),
    repeat=st.integers(0, 50),
    reach=COUNTS,
    readers=COUNTS,
    places=st.integers(0, 10_000),
    keyword_weight=st.floats(0, 100),
    source_weight=st.floats(0, 100),
)


def score(facts: Facts) -> float:
    return sum(reason.points for reason in points.reasons(facts, points.section(facts), TABLE))


@given(ANY, ANY)
def test_a_promise_past_outranks_silence_outranks_who_wrote_again_outranks_overdue_outranks_the_rest(one, other):
    one, other = (facts._replace(due_in_hours=-abs(facts.due_in_hours) - 0.01) for facts in (one, other))
    ladder = [
        one._replace(promise_due_in_hours=-1),
        other._replace(state="acknowledged"),
        one._replace(wrote_again_hours=1, state="open"),
        other,
        one._replace(due_in_hours=1),
        other._replace(due_in_hours=30),
    ]
    for higher, lower in pairwise(ladder):
        assert score(higher) > score(lower)


@given(ANY, ANY)
def test_no_reach_lifts_a_fresh_comment_over_an_overdue_one(fresh, overdue):
    fresh = fresh._replace(due_in_hours=abs(fresh.due_in_hours), reach=1e18, readers=1e18, places=10**9)
    assert score(overdue._replace(due_in_hours=-0.01)) > score(fresh)


@given(ANY, st.floats(0.01, 2_000), st.floats(0.1, 2_000))
def test_among_overdue_the_longer_comes_first(facts, late, longer):
    assert score(facts._replace(due_in_hours=-late - longer)) >= score(facts._replace(due_in_hours=-late))
    assert score(facts._replace(due_in_hours=-100)) > score(facts._replace(due_in_hours=-90))


@given(ANY)
def test_a_complaint_outranks_a_question_outranks_a_suggestion_all_else_equal(facts):
    facts = facts._replace(repeat=0)
    scores = [score(facts._replace(intent=intent)) for intent in ("complaint", "question", "suggestion", "other")]
    assert scores == sorted(set(scores), reverse=True)


@given(ANY)
def test_our_own_profile_outranks_others_and_more_readers_and_places_raise(facts):
    assert score(facts._replace(own=True)) > score(facts._replace(own=False))
    assert score(facts._replace(readers=100)) > score(facts._replace(readers=0))
    assert score(facts._replace(places=3)) > score(facts._replace(places=1))
    assert score(facts._replace(reach=1_000)) > score(facts._replace(reach=0))


@given(ANY, COUNTS, COUNTS)
def test_reach_is_logarithmic_and_capped(facts, one, other):
    less, more = sorted((one, other))
    assert score(facts._replace(reach=less)) <= score(facts._replace(reach=more)) <= score(
        facts._replace(reach=0)
    ) + TABLE["reach"] + 0.001  # fmt: skip


@given(ANY, st.sampled_from(points.INTENTS), st.floats(0, 0.499))
def test_an_unsure_one_is_never_below_a_sure_other(facts, intent, confidence):
    sure = facts._replace(intent="other", confidence=1.0, repeat=0)
    assert score(facts._replace(intent=intent, confidence=confidence, repeat=0)) > score(sure)


@given(st.dictionaries(st.sampled_from(sorted(points.TABLE)), st.floats(0, 100)), ANY)
def test_whatever_the_owner_sets_and_the_check_allows_no_section_reaches_the_next(changed, facts):
    table = TABLE | changed
    if points.most(table) > points.MOST:
        return
    reasons = points.reasons(facts, "later", table)
    assert -points.APART < sum(reason.points for reason in reasons[1:]) < points.APART


# ---------------------------------------------------------------------------------------------------- the bench


@pytest.fixture
def bench(tmp_path):
    return Desk(tmp_path)


def tried(bench: Desk, *lines: str) -> list[dict]:
    return [
        json.loads(line) for line in bench.run("rank", "--jsonl", stdin="\n".join(lines) + "\n").stdout.splitlines()
    ]


def test_the_bench_answers_a_line_with_a_line(bench):
    promise, reach, plain = tried(
        bench,
        '{"id": "a", "intent": "other", "promise_due_in_hours": -2}',
        '{"intent": "complaint", "reach": 4e4, "due_in_hours": 3, "repeat": true}',
        "{}",
    )
    assert (promise["id"], promise["section"]) == ("a", "promises_past")
    assert promise["score"] > reach["score"] > plain["score"]
    assert {reason["why"] for reason in reach["reasons"]} >= {"complaint", "reach", "repeat"}
    assert reach["score"] == round(sum(reason["points"] for reason in reach["reasons"]), 4)


def test_a_line_that_cannot_be_read_is_an_error_on_its_own_line(bench):
    answers = tried(bench, "{", '{"inten": "other"}', '{"intent": "anger"}', '{"reach": "many"}', "[]", "{}")
    assert ["error" in answer for answer in answers] == [True] * 5 + [False]
    assert "did you mean 'intent'" in answers[1]["error"]
    assert "is not one of complaint, question" in answers[2]["error"]


def test_the_bench_counts_with_the_owners_table(bench):
    bench.configure("keywords: [a]\nsources: []\nrank: {own_profile: 3}")
    [own] = tried(bench, '{"own": true}')
    assert {"why": "own profile", "points": 3.0} in own["reasons"]
