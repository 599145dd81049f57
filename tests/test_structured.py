"""What pages say of themselves as JSON-LD and microdata; above all what is wrong, hostile or too much."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch.model import Context, Page, Source
from webwatch.parse._document import Document
from webwatch.parse.forum import recipe, structured
from webwatch.parse.forum.post import Reading

ADDRESS = "https://forum.example.de/thema/12"
COMMENT = {
    "@type": "Comment",
    "text": "Das Rad war nach zwei Tagen fertig.",
    "author": {"@type": "Person", "name": "Ulla", "url": "/wer/ulla"},
    "datePublished": "2026-05-12T10:00:00+02:00",
    "url": "/thema/12#c5",
}


def read(*said: object, markup: str = "") -> Reading:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in said)
    source = Source(name="forum", url=ADDRESS, kind="forum")
    context = Context(source=source, now=datetime(2026, 11, 22, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Amsterdam"))
    page = Page(url=ADDRESS, body=f"<html><head>{scripts}</head><body>{markup}</body></html>".encode())
    return structured.read(Document(page), context)


def test_a_comment_is_a_post():
    (post,) = read(COMMENT).posts

    assert (post.body, post.author, post.author_url) == (COMMENT["text"], "Ulla", "/wer/ulla")
    assert (post.date, post.link) == (COMMENT["datePublished"], COMMENT["url"])


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        17,
        "Comment",
        [],
        [[[]]],
        {"@type": None},
        {"@type": {"@type": "Comment"}},
        {"@type": ["Comment", 7, None], "text": 5},
        {"@type": "Comment", "text": None, "author": []},
        {"@type": "Comment", "text": {"@value": 7}},
        {"@type": "Comment", "text": ["een", "twee"], "author": [[["x"]]]},
        {"@type": "DiscussionForumPosting", "comment": 3, "interactionStatistic": "veel"},
        {"@type": "Question", "acceptedAnswer": "ja", "suggestedAnswer": {"text": 1}},
        {"@graph": {"@graph": {"@graph": 1}}},
        {"@type": "Comment", "text": "x" * 20, "author": {"name": {"name": "x"}}, "datePublished": 2014},
        {"@type": "Comment", "text": "zonder Namen und Datum"},
        {"@type": "Question", "name": "?", "answerCount": "1e9", "text": True},
    ],
)
def test_wrong_types_give_no_post_and_no_failure(wrong: Any):
    assert len(read(wrong, COMMENT).posts) == 1


def test_json_that_is_none_is_passed_over():
    markup = '<script type="application/ld+json">{"@type": "Comment", </script>'

    assert len(read(COMMENT, markup=markup).posts) == 1


def test_deep_json_is_read_as_far_as_is_reasonable():
    inner: Any = {**COMMENT, "text": "ganz unten"}
    for depth in range(300):
        inner = {**COMMENT, "text": f"Ebene {depth}", "comment": [inner]}
    posts = read(inner).posts

    assert 100 < len(posts) < 300
    assert posts[0].body == "Ebene 299"


def test_json_deeper_than_can_be_decoded_is_none():
    nested = '{"comment":' * 100_000 + "1" + "}" * 100_000
    markup = f'<script type="application/ld+json">{nested}</script>'

    assert len(read(COMMENT, markup=markup).posts) == 1


def test_ids_that_lead_in_a_circle_are_not_followed():
    one = {**COMMENT, "@id": "#een", "comment": [{"@id": "#twee"}]}
    two = {**COMMENT, "@id": "#twee", "text": "Zwei", "comment": [{"@id": "#een"}]}

    assert [post.body for post in read({"@graph": [one, two]}).posts] == [COMMENT["text"], "Zwei"]


def test_the_same_post_told_twice_is_one():
    assert len(read(COMMENT, {"@graph": [COMMENT, COMMENT]}).posts) == 1


def test_ten_thousand_comments_are_bounded():
    comments = [{**COMMENT, "text": f"Kommentar {number}"} for number in range(10_000)]

    assert len(read({"@type": "DiscussionForumPosting", "comment": comments}).posts) == recipe.MAX_POSTS


def test_questions_that_nobody_asked_are_no_posts():
    faq = {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Versand?", "text": "x", **COMMENT}]}

    assert read({**faq, "mainEntity": [{**COMMENT, "@type": "Question"}]}).posts == ()


def test_the_accepted_answer_is_marked():
    question = {**COMMENT, "@type": "Question", "name": "Wer repariert Räder?", "url": ADDRESS, "answerCount": "2"}
    answers = {
        "acceptedAnswer": {**COMMENT, "@type": "Answer", "text": "Die Werkstatt am Markt."},
        "suggestedAnswer": [{**COMMENT, "@type": "Answer", "text": "Ich selbst."}],
    }
    reading = read({"@type": "QAPage", "mainEntity": {**question, **answers}})

    assert [(post.body, post.accepted) for post in reading.posts][1:] == [
        ("Die Werkstatt am Markt.", True),
        ("Ich selbst.", False),
    ]
    assert reading.thread
    assert (reading.thread.title, reading.thread.replies) == ("Wer repariert Räder?", 2)


REVIEW = (
    '<div itemprop="review" itemscope itemtype="https://schema.org/Review"><b itemprop="name">{title}</b>'
    '<span itemprop="author">by {name}</span> <span itemprop="datePublished">Date added: {date}</span>'
    '<p itemprop="reviewBody">{said}</p></div>'
)


def reviews(*said: str) -> str:
    return "".join(
        REVIEW.format(title=f"Titel {index}", name=f"Ulla {index}", date=f"Tuesday {index + 3} March, 2015", said=each)
        for index, each in enumerate(said)
    )


def test_microdata_is_cut_down_to_the_name_and_the_date():
    reading = read(markup=reviews("Schnell repariert, gern wieder.", "Leider teuer."))

    assert [(post.author, post.title) for post in reading.posts] == [("Ulla 0", "Titel 0"), ("Ulla 1", "Titel 1")]
    assert [post.date for post in reading.posts] == ["Tuesday 3 March, 2015", "Tuesday 4 March, 2015"]


def test_reviews_whose_texts_are_all_the_same_were_never_filled_in():
    assert read(markup=reviews("comment", "comment", "comment")).posts == ()
    assert len(read(markup=reviews("Gut.", "Gut.", "Schlecht.")).posts) == 3


def test_the_first_review_keeps_its_own_headline():
    from webwatch.parse import forum

    source = Source(name="shop", url=ADDRESS, kind="forum")
    context = Context(source=source, now=datetime(2026, 11, 22, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Amsterdam"))
    body = f"<html><body><h1>Radwerkstatt am Markt</h1>{reviews('Schnell repariert.', 'Leider teuer.')}</body></html>"
    parsed = forum.parse(Page(url=ADDRESS, body=body.encode()), context)

    assert [entry.title for entry in parsed.entries] == ["Titel 0", "Titel 1"]
    assert parsed.title == "Radwerkstatt am Markt"


def test_microdata_within_microdata_belongs_to_the_nearest():
    item = '<div itemscope itemtype="https://schema.org/Comment"><p itemprop="text">x</p>'
    markup = f"{item * 400}{'</div>' * 400}"

    assert read(markup=markup).posts == ()


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["Comment", "Question", "text", "2014-05-12", "#a", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "text", "author", "name", "datePublished", "comment", "@graph", "url", "headline"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@settings(max_examples=80, deadline=None)
@given(values)
def test_whatever_json_says_nothing_is_raised(said: Any):
    for post in read(said).posts:
        assert isinstance(post.body, str)
        assert isinstance(post.author, str)
        assert isinstance(post.date, str)
