"""People: one author's mentions on all sites, and how names are joined."""

import pytest

from tests.command import Desk
from tests.test_stories import COMPLAINT, IN_OTHER_WORDS, Papers
from tests.web import Web


@pytest.fixture
def papers(desk: Desk, web: Web) -> Papers:
    return Papers(desk, web)


OTHER = "Pakketpost heeft nieuwe busjes in onze straat, ze zijn oranje en maken geen geluid."


def ids(found: dict) -> tuple[set[int], set[int]]:
    return {one["id"] for one in found["mentions"]}, {one["id"] for one in found["namesakes"]}


def test_a_person_is_shown_with_everything_that_was_said_and_done(papers):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("trust", IN_OTHER_WORDS, author="Marieke_82")
    papers.says("blog", OTHER, author="Kees B")
    papers.scan("people: [{name: Marieke Smit, also: [marieke82], vip: true, reach: 5000}]")
    papers.desk.run("reply", "1")
    found = papers.desk.json("person", "Marieke", "Smit")
    assert ids(found) == ({1, 2}, set())
    assert (found["name"], found["also"]) == ("Marieke Smit", ["marieke82", "Marieke_82"])
    assert (found["vip"], found["reach"]) == (True, 5000)
    counts = found["counts"]
    assert (counts["mentions"], counts["sites"], counts["answered"], counts["open"]) == (2, 2, 1, 1)
    assert {one["id"]: one["section"] != "" for one in found["mentions"]} == {1: False, 2: True}
    assert papers.desk.json("person", "@MARIEKE82")["mentions"] == found["mentions"]
    page = papers.desk.run("person", "marieke82").stdout
    assert "2 mentions, 1 answered, 1 open" in page
    assert "reply" in page


def test_the_same_name_on_another_site_is_the_same_person_only_where_the_story_is(papers):
    papers.says("forum", COMPLAINT, author="Jan")
    papers.says("klacht", COMPLAINT + " Wie nog meer?", author="jan")
    papers.says("blog", OTHER, author="Jan")
    papers.scan()
    assert ids(papers.desk.json("person", "jan")) == ({1, 2}, {3})
    assert "Of the same name" in papers.desk.run("person", "Jan").stdout
    papers.desk.run("person", "merge", "Jan", "Jan")
    assert ids(papers.desk.json("person", "jan")) == ({1, 2, 3}, set())
    papers.desk.run("undo")
    assert ids(papers.desk.json("person", "jan")) == ({1, 2}, {3})


def test_names_joined_by_hand_are_one_person_and_one_story_until_that_is_undone(papers):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("trust", IN_OTHER_WORDS, author="msmit_utrecht")
    papers.scan()
    assert [line["story"] for line in papers.lines()] == [[], []]
    told = papers.desk.run("person", "merge", "marieke82", "msmit_utrecht").stdout
    assert "msmit_utrecht is marieke82" in told
    [line] = papers.lines()
    assert (line["repeat"], len(line["story"])) == (True, 1)
    assert ids(papers.desk.json("person", "msmit_utrecht")) == ({1, 2}, set())
    papers.scan()
    assert len(papers.lines()) == 1
    papers.desk.run("undo")
    assert [line["story"] for line in papers.lines()] == [[], []]
    assert ids(papers.desk.json("person", "msmit_utrecht")) == ({2}, set())
    papers.desk.run("undo", "2")
    assert len(papers.lines()) == 1


def test_the_configuration_joins_what_comes_after_it(papers):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("trust", IN_OTHER_WORDS, author="Mevr. Smit")
    papers.scan("people: [{name: Marieke Smit, also: [marieke82, Mevr. Smit]}]")
    assert [line["repeat"] for line in papers.lines()] == [True]


def test_somebody_who_is_not_there_is_met_with_the_nearest(papers):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("blog", OTHER, author="Anoniem")
    papers.scan()
    assert "the nearest are marieke82" in papers.desk.run("person", "mareike82", code=2).stderr
    assert "nobody who is called 'Zoë'" in papers.desk.run("person", "Zoë", code=2).stderr
    assert "nobody in particular" in papers.desk.run("person", "anoniem", code=2).stderr
    assert "the nearest are" in papers.desk.run("person", "merge", "marieke82", "marieke83", code=2).stderr
    assert papers.desk.json("log")["actions"] == []


def test_praise_on_many_sites_is_no_repeat(papers):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("klacht", COMPLAINT + " Wie nog meer?", author="marieke82")
    papers.scan()
    papers.desk.run("label", "1", "compliment")
    assert papers.desk.json("show", "1")["mention"]["repeat"] is False
    assert papers.desk.json("show", "2")["mention"]["repeat"] is True
