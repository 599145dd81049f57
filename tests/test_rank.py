"""What comes first, and why."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from webwatch import digest, points, rank
from webwatch.config import load
from webwatch.model import AnswerTime, Coverage, Entry, Keyword, Mention, Place, Source

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


DEFAULTS = load(Path(__file__).parents[1] / "config.example.yaml", {})._replace(
    keywords=(Keyword(name="light", weight=0.2), Keyword(name="plain"), Keyword(name="heavy", weight=3)),
    sources=(
        Source(name="plain", url="https://a.example/"),
        Source(name="own", url="https://b.example/", own=True),
        Source(name="famous", url="https://c.example/", reach=10**9, weight=3),
        Source(name="light", url="https://d.example/", weight=0.2),
    ),
    answer_within=dict.fromkeys(points.INTENTS, AnswerTime(timedelta(days=7))),
    timezone=ZoneInfo("Europe/Amsterdam"),
)


def mention(number=1, *, hours_ago=1.0, source="plain", keyword="plain", places=(), **given) -> Mention:
    entry = Entry(url=f"https://krant.example/{number}", published=NOW - timedelta(hours=hours_ago))
    all_places = tuple(Place(url=entry.url, source=name, seen=NOW) for name in (source, *places))
    return Mention(
        id=number, entry=entry, source=source, first_seen=NOW, keywords=(keyword,), places=all_places, **given
    )


def ranked(mentions):
    return rank.rank(mentions, rank.Ranking(config=DEFAULTS, kinds={}, now=NOW))


def order(*mentions):
    return [item.mention.id for item in ranked(mentions)]


def test_sections_follow_the_due_moment_in_the_owners_zone():
    found = ranked(
        [mention(1, hours_ago=24 * 8), mention(2, hours_ago=24 * 7 - 1), mention(3), mention(4, keyword="light")]
    )
    assert [item.section for item in found] == ["overdue", "due_today", "later", "for_your_information"]


def test_reach_never_lifts_a_fresh_comment_over_an_overdue_one():
    assert order(mention(1, source="famous", keyword="heavy"), mention(2, hours_ago=24 * 9)) == [2, 1]


def test_our_own_profile_comes_before_somebody_elses_and_is_never_just_information():
    assert order(mention(1), mention(2, source="own")) == [2, 1]
    (own,) = ranked([mention(source="own", keyword="light")])
    assert own.section == "later"


def test_one_more_place_never_makes_a_mention_less_important():
    (alone,) = ranked([mention()])
    (spread,) = ranked([mention(places=("light", "own"))])
    assert spread.score > alone.score
    assert spread.own


def test_the_one_that_waits_longer_comes_first():
    assert order(mention(1, hours_ago=24 * 8), mention(2, hours_ago=24 * 9)) == [2, 1]


def test_history_is_for_information_only():
    (item,) = ranked([mention(hours_ago=9999, history=True)])
    assert item.section == "for_your_information"


def test_an_undated_mention_waits_since_it_was_first_seen():
    undated = mention()._replace(entry=Entry(url="u"))
    (item,) = ranked([undated])
    assert item.due == NOW + timedelta(days=7)


MENTIONS = st.lists(
    st.builds(
        mention,
        st.integers(1, 20),
        hours_ago=st.sampled_from([0.0, 1.0, 5.0, 160.0, 300.0]),
        source=st.sampled_from(["plain", "own", "famous", "gone"]),
        keyword=st.sampled_from(["light", "plain", "heavy", "gone"]),
        history=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda item: item.id,
)


@given(MENTIONS, st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_the_order_of_arrival(mentions, chance: random.Random):
    shuffled = list(mentions)
    chance.shuffle(shuffled)
    assert order(*mentions) == order(*shuffled)


@given(MENTIONS)
def test_the_score_is_the_sum_of_its_reasons(mentions):
    for item in ranked(mentions):
        assert item.score == round(sum(reason.points for reason in item.reasons), 4)


@given(MENTIONS, st.integers(0, 15))
def test_a_limit_bounds_what_is_shown_and_never_what_is_counted(mentions, limit):
    found = ranked(mentions)
    whole = digest.build(found, Coverage(sources=0, read=0), DEFAULTS, NOW, None)
    cut = digest.build(found, Coverage(sources=0, read=0), DEFAULTS, NOW, limit)
    assert cut.counts == whole.counts
    assert sum(len(section.items) for section in cut.sections) == min(limit, len(mentions))
    assert sum(section.total for section in cut.sections) == len(mentions)


@given(MENTIONS)
def test_a_due_class_is_worth_more_than_all_other_points_together(mentions):
    found = ranked(mentions)
    classes = [item.section for item in sorted(found, key=lambda item: -item.score) if item.section[0] in "od"]
    assert classes == sorted(classes, key=rank.SECTIONS.index)
