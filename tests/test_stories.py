"""Stories: the same text, or the same person with the same matter, in several places is one line."""

import json
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.board import Board
from tests.command import Desk, item, rss
from tests.test_rank import DEFAULTS, mention
from tests.web import Web
from webwatch import stories
from webwatch.model import Action
from webwatch.rank import Ranking, rank
from webwatch.store import Store
from webwatch.stories import Compared, Likeness, Names, Telling

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
COMPLAINT = (
    "Ik wacht nu al drie weken op mijn bestelling bij Pakketpost. Volgens de website is de bezorger twee keer geweest, "
    "maar ik was de hele dag thuis en er is niemand aan de deur geweest."
)
IN_OTHER_WORDS = (
    "Pakketpost beweert dat de bezorger aan de deur is geweest terwijl ik de hele dag thuis was. Al drie weken wachten "
    "op een bestelling, schandalig!"
)
NEWS = (
    "Pakketpost opent tweehonderd kluizen op stations. Reizigers kunnen hun pakketje dag en nacht ophalen met een code "
    "op hun telefoon. De eerste kluizen komen in Leiden, Gouda en Delft, meldt het bedrijf. Een proef in Amersfoort "
    "eindigde in december. Volgens woordvoerder Anja Kok mislukt nu een op de vijf bezorgingen bij de eerste poging."
)


def same(one: str, other: str, by: str = "", answer_by: str = "", thread: int | None = None) -> bool:
    first = Compared(Telling(1, one, by, thread=thread))
    second = Compared(Telling(2, other, answer_by, thread=thread))
    found = stories.is_same_text(first, second)
    assert stories.is_same_text(second, first) == found
    return found


def words(text: str) -> list[str]:
    return text.split()


# ---------------------------------------------------------------------------------------------------- the same text


def test_a_copy_is_found_whatever_its_case_punctuation_and_accents():
    shouted = NEWS.upper().replace(",", "").replace(".", " –")
    assert same(NEWS, shouted)
    assert stories.sketch(NEWS) == stories.sketch(shouted.replace("U", "Ü"))


@pytest.mark.parametrize("every", [13, 17, 25])
def test_a_copy_with_some_words_changed_is_found(every):
    edited = " ".join("anders" if place % every == 5 else word for place, word in enumerate(words(NEWS)))
    assert same(NEWS, edited)
    assert len({*stories.sketch(NEWS)} & {*stories.sketch(edited)}) >= stories.FEWEST_SHARED


@pytest.mark.parametrize("length", [16, 25, 40])
@pytest.mark.parametrize("start", [0, 10, 20])
def test_a_piece_of_a_text_belongs_to_it_and_the_index_finds_it(start, length):
    article = NEWS + " " + " ".join(f"woord{number}" for number in range(500))
    piece = " ".join(words(NEWS)[start : start + length])
    assert same(article, f"... {piece} ...")
    assert len({*stories.sketch(article)} & {*stories.sketch(piece)}) >= stories.FEWEST_SHARED


def test_what_a_publisher_writes_under_it_changes_nothing():
    assert same(NEWS, f"{NEWS} Lees ook: Pakketpost neemt zeshonderd bezorgers aan voor de drukke dagen")
    assert same(NEWS, f"{NEWS} The post appeared first on The Daily Parcel and is shown here with permission of all")


@pytest.mark.parametrize(
    "reply",
    [
        f'Marieke schreef: "{COMPLAINT}" Dat had ik ook, het lag bij de buren drie straten verderop.',
        f"> {COMPLAINT}\nWelkom bij de club, bij mij ging het terug naar de winkel.",
        f"Marieke schreef: {COMPLAINT} Bekijk je contract nog eens goed, daar staat het in.",
        f'"{COMPLAINT}" Zo gaat het hier al maanden, mijn broer wacht nog steeds op zijn schoenen.',
    ],
)
def test_a_reply_that_quotes_a_post_does_not_become_it(reply):
    assert not same(COMPLAINT, reply)


def test_a_reply_that_repeats_a_post_without_marks_is_told_by_its_author():
    reply = f"{COMPLAINT}\n\nDan moet je ze in gebreke stellen, met een brief en een termijn van veertien dagen."
    assert not same(COMPLAINT, reply, "Marieke", "Peter")
    assert same(COMPLAINT, reply, "Marieke", "marieke")


def test_short_posts_are_the_same_only_where_they_say_the_same():
    assert not same("Slechte service, nooit meer", "Slechte service, nooit meer!")
    one = "Wat een slechte service aan de balie in Hilversum"
    assert not same(one, "Wat een slechte service aan de telefoon vandaag zeg")
    assert same(one, one.upper() + "!!")


def test_two_posts_of_one_thread_are_a_talk_unless_they_are_identical():
    assert not same(COMPLAINT, COMPLAINT.replace("drie", "vier"), thread=7)
    assert same(COMPLAINT, COMPLAINT.lower(), thread=7)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one, other):
    same(one, other)
    assert len(stories.sketch(one)) <= 400


# -------------------------------------------------------------------------------------------------- the same person


def matter(one: str, other: str, author: str, **facts: object) -> bool:
    first = Compared(Telling(1, one, author=author, site="a.example", at=NOW))
    second = Compared(Telling(2, other, author=author, site="b.example", at=NOW)._replace(**facts))
    return stories.is_same_matter(first, second, frozenset([b"pakketpost"]))


def test_one_person_tells_the_same_in_other_words_on_another_site():
    assert matter(COMPLAINT, IN_OTHER_WORDS, "marieke82")
    assert not matter(COMPLAINT, IN_OTHER_WORDS, "marieke82", site="a.example")
    assert not matter(COMPLAINT, IN_OTHER_WORDS, "marieke82", at=NOW + timedelta(days=90))
    assert not matter(COMPLAINT, "Pakketpost kleurt mijn straat oranje met die nieuwe busjes.", "marieke82")


def test_a_first_name_needs_more_in_common_than_a_handle():
    other = (
        "Wie weet wanneer Pakketpost een bestelling bezorgt in Zeeland? Al weken ligt de winkel vol pakjes en dozen."
    )
    assert matter(COMPLAINT, other, "marieke82")
    assert not matter(COMPLAINT, other, "Jan")


def test_names_are_one_persons_where_the_owner_says_so():
    from webwatch.model import Person

    names = Names.of([Person(name="Marieke Smit", also=("@marieke_82",))], [("marieke82", "M.S.")])
    assert names.who("ms") == names.who("Marieke82") == names.who("Marieke Smit") == "mariekesmit"
    assert names.handles("ms") == {"ms", "marieke82", "mariekesmit"}
    assert names.who("Anoniem") == ""
    assert names.who("Kees") == "kees"


def test_news_that_many_publish_is_told_by_nobody():
    paper = [Telling(number, NEWS, author="ANP", site=f"{number}.example") for number in (1, 2, 3)]
    assert stories.tellings(paper, Names.of([])) == {}
    byline = [telling._replace(author="Jan de Boer") for telling in paper]
    long = [telling._replace(text=f'{NEWS} {NEWS} "Ik ben er blij mee", zegt een reiziger.') for telling in byline]
    assert stories.tellings(long, Names.of([])) == {}


def test_one_person_who_tells_it_under_two_names_is_counted_once():
    told = [Telling(1, COMPLAINT, "marieke82", "a.example"), Telling(2, COMPLAINT, "M. Smit", "b.example")]
    assert stories.tellings(told, Names.of([])) == {1: 2, 2: 2}
    assert stories.tellings([told[0], told[0]._replace(id=3)], Names.of([])) == {}


# ---------------------------------------------------------------------------------------------------------- grouping

NUMBERS = st.integers(1, 8)
LINKS = st.lists(st.tuples(NUMBERS, NUMBERS).filter(lambda pair: pair[0] != pair[1]), max_size=12)


def decision(kind: str, one: int, other: int | str = "") -> Action:
    return Action(kind=kind, at=NOW, moment=NOW, mention_id=one, value=str(other))


@settings(max_examples=100, deadline=None)
@given(LINKS, st.randoms(use_true_random=False))
def test_stories_do_not_depend_on_the_order_in_which_likenesses_were_found(links, dice):
    found = [Likeness(*pair, "text") for pair in links]
    shuffled = [
        Likeness(other, one, "text") if dice.random() < 0.5 else Likeness(one, other, "text") for one, other, _ in found
    ]
    dice.shuffle(shuffled)
    assert stories.groups(found, []) == stories.groups(shuffled, [])
    assert stories.groups(found, []) == stories.groups(found + found, [])


@settings(max_examples=100, deadline=None)
@given(LINKS, NUMBERS, st.data())
def test_splitting_off_and_joining_again_gives_back_what_was(links, number, data):
    found = [Likeness(*pair, "text") for pair in links]
    before = stories.groups(found, [])
    split = [decision("story_split", number)]
    apart = stories.groups(found, split)
    assert not any(number in story for story in apart)
    mates = [story for story in before if number in story]
    if mates:
        other = data.draw(st.sampled_from(sorted(mates[0] - {number})))
        pair = data.draw(st.sampled_from([(number, other), (other, number)]))
        assert stories.groups(found, [*split, decision("story_join", *pair)]) == before


def test_what_is_joined_elsewhere_stays_apart_from_where_it_was():
    found = [Likeness(1, 2, "text"), Likeness(2, 3, "text"), Likeness(8, 9, "text")]
    moved = [decision("story_split", 3), decision("story_join", 3, 8)]
    assert stories.groups(found, moved) == [{1, 2}, {3, 8, 9}]
    assert stories.groups(found, [*moved, decision("story_split", 3)]) == [{1, 2}, {8, 9}]


# -------------------------------------------------------------------------------------------- through the command line


class Papers:
    """Feeds on loopback, and a desk that reads them."""

    def __init__(self, desk: Desk, web: Web) -> None:
        self.desk, self.web = desk, web
        self.feeds: dict[str, list[str]] = {}

    def says(self, name: str, text: str, **given: str) -> None:
        number = sum(map(len, self.feeds.values())) + 1
        link = given.pop("link", f"https://{name}.example/{number}")
        facts = {"link": link, "guid": link, "title": f"Bericht van {name}"} | given
        self.feeds.setdefault(name, []).append(item(number, text, **facts))

    def scan(self, more: str = "") -> dict:
        sources = []
        for name, items in self.feeds.items():
            self.web.page(f"/{name}.xml", rss(*items, title=name))
            kind = ", kind: alerts" if name == "alert" else ""
            sources.append(f'{{name: {name}, url: "{self.web.url(f"/{name}.xml")}"{kind}}}')
        self.desk.configure(f"keywords: [Pakketpost]\nsources: [{', '.join(sources)}]\n{more}")
        return self.desk.json("scan")["digest"]

    def lines(self) -> list[dict]:
        return [item for section in self.desk.json("digest")["sections"] for item in section["items"]]


@pytest.fixture
def papers(desk: Desk, web: Web) -> Papers:
    return Papers(desk, web)


def reasons(item: dict) -> dict[str, float]:
    return {reason["why"]: reason["points"] for reason in item["reasons"]}


def test_a_customer_who_tells_his_story_on_three_sites_is_one_line_and_is_answered_on_one(papers):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("klacht", COMPLAINT.lower().replace("drie", "3"), author="Marieke82")
    papers.says("trust", IN_OTHER_WORDS, author="marieke_82")
    papers.scan()
    papers.desk.run("reply", "2", "--at", "9:30")
    [line] = papers.lines()
    assert (line["id"], line["repeat"], line["story_id"]) == (1, True, 1)
    assert {(other["id"], other["state"]) for other in line["story"]} == {(2, "replied"), (3, "open")}
    assert {other["answered_at"] for other in line["story"]} == {None, "2026-11-23T08:30:00Z"}
    assert reasons(line)["repeat"] == 14
    shown = papers.desk.run("digest", "--format", "plain").stdout
    assert "also at " in shown
    assert "klacht: answered 23 Nov" in shown
    assert "trust: open" in shown
    for format_ in ("table", "markdown", "html", "eml"):
        assert "also at trust: open" in papers.desk.run("digest", "--format", format_).stdout
    assert "trust: open | klacht: replied" in papers.desk.run("digest", "--format", "csv").stdout
    told = papers.desk.json("story", "3")
    assert told["repeat"] is True
    assert [(one["id"], one["state"]) for one in told["mentions"]] == [(1, "open"), (2, "replied"), (3, "open")]
    papers.desk.run("reply", "1", "3")
    assert papers.lines() == []


def test_an_alert_its_article_and_two_copies_are_one_line_of_news(papers):
    papers.says("telegraaf", NEWS, title="Kluizen op stations")
    papers.says("volkskrant", f"{NEWS} Lees ook: Drukte bij de bezorgers")
    papers.says("stad", " ".join(words(NEWS)[:30]))
    papers.says(
        "alert",
        f"... {' '.join(words(NEWS)[20:45])} ...",
        link="https://omroep.example/9",
        title="Pakketpost in het nieuws",
    )
    papers.scan()
    [line] = papers.lines()
    assert (line["repeat"], len(line["story"])) == (False, 3)
    assert "repeat" not in reasons(line)
    shown = papers.desk.run("digest", "--format", "plain").stdout
    assert "and 3 others" in shown
    assert "also at" not in shown
    papers.desk.configure(
        (papers.desk.folder / "config.yaml").read_text().replace("keywords", "digest: {language: nl}\nkeywords")
    )
    assert "en 3 anderen" in papers.desk.run("digest", "--format", "plain").stdout


def test_two_short_posts_with_one_title_stay_two(papers):
    papers.says("forum", "Pakketpost heeft slechte service, nooit meer", title="Slechte service", author="Jan")
    papers.says("klacht", "Bij Pakketpost alweer een slechte service vandaag", title="Slechte service", author="Jan")
    papers.scan()
    assert [line["story"] for line in papers.lines()] == [[], []]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_story_is_the_same_in_whatever_order_its_places_are_seen(papers, order):
    texts = (NEWS, " ".join(words(NEWS)[:35]), f"... {' '.join(words(NEWS)[30:55])} ...")
    for place in order:
        papers.says(f"krant{place}", texts[place])
        papers.scan()
    assert len(papers.lines()) == 1
    before = papers.desk.mentions()
    papers.scan()
    assert papers.desk.mentions() == before


def test_a_story_is_taken_apart_put_together_and_both_are_taken_back(papers):
    for name in ("forum", "klacht", "trust"):
        papers.says(name, COMPLAINT, author="marieke82", title=name)
    papers.says("blog", "Een heel ander verhaal over Pakketpost en de nieuwe busjes in onze straat.")
    papers.scan()
    together = {line["id"]: line["story_id"] for line in papers.desk.mentions()}
    assert together == {1: 1, 2: 1, 3: 1, 4: None}
    assert "3 stands alone" in papers.desk.run("story", "split", "3").stdout
    assert {line["id"] for line in papers.lines()} == {1, 3, 4}
    papers.scan()
    assert {line["id"] for line in papers.lines()} == {1, 3, 4}
    papers.desk.run("story", "join", "4", "3")
    assert {one["id"] for one in papers.desk.json("story", "3")["mentions"]} == {3, 4}
    papers.desk.run("undo")
    assert papers.desk.json("story", "3")["story_id"] is None
    papers.desk.run("story", "join", "1", "3")
    assert {line["id"]: line["story_id"] for line in papers.desk.mentions()} == together
    papers.desk.run("undo")
    papers.desk.run("undo", "1")
    assert {line["id"]: line["story_id"] for line in papers.desk.mentions()} == together
    assert [action["action"] for action in papers.desk.json("log", "3")["actions"]].count("undo") == 3


def test_what_was_already_over_does_not_come_back_for_being_split_off(papers):
    papers.says("forum", COMPLAINT, author="marieke82", pubDate="Mon, 03 Aug 2026 08:00:00 +0000")
    papers.says("klacht", COMPLAINT + " Wie nog meer?", author="marieke82", pubDate="Mon, 03 Aug 2026 08:00:00 +0000")
    papers.scan()
    assert papers.lines() == []
    papers.desk.run("story", "split", "2")
    assert all(section["name"] == "for_your_information" for section in papers.desk.json("digest")["sections"])


def test_an_edited_post_leaves_the_story_that_it_no_longer_tells(papers):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("krant", COMPLAINT + " Herkenbaar?", author="")
    papers.scan()
    assert len(papers.lines()) == 1
    papers.feeds["krant"][0] = papers.feeds["krant"][0].replace(
        COMPLAINT, "Rectificatie: dit bericht over Pakketpost is ingetrokken na overleg met de lezer."
    )
    papers.scan()
    assert len(papers.lines()) == 2


def test_the_commands_say_what_is_there_already_and_what_is_not(papers):
    papers.says("forum", COMPLAINT)
    papers.scan()
    assert "stands alone" in papers.desk.run("story", "1").stdout
    assert "stands alone already" in papers.desk.run("story", "split", "1").stderr
    assert "there is no mention 9" in papers.desk.run("story", "9", code=2).stderr
    assert "there is no mention 9" in papers.desk.run("story", "join", "1", "9", code=2).stderr
    assert "two mentions" in papers.desk.run("story", "join", "1", code=2).stderr
    assert papers.desk.json("log")["actions"] == []


def test_two_posts_in_one_forum_thread_are_not_a_story(desk, web):
    board = Board(web)
    thread = board.thread("Pakket kwijt")
    board.reply(thread, "Marieke", COMPLAINT)
    board.reply(thread, "Kees", COMPLAINT.replace("drie", "vier") + " Net als Marieke hierboven dus, en niemand belt.")
    desk.configure(f'keywords: [Pakketpost]\nsources: [{{name: forum, kind: forum, url: "{board.url()}"}}]')
    desk.run("scan")
    assert [mention["story"] for mention in desk.mentions()] == [[], []]


@pytest.mark.parametrize("contract", ["story", "person"])
def test_what_is_printed_keeps_its_contract(papers, contract):
    papers.says("forum", COMPLAINT, author="marieke82")
    papers.says("klacht", COMPLAINT + " Wie nog meer?", author="marieke82")
    papers.scan()
    schema = json.loads(papers.desk.run("schema", contract).stdout)
    printed = papers.desk.json(contract, "1" if contract == "story" else "marieke82")
    jsonschema.validate(printed, schema, cls=jsonschema.Draft202012Validator)
    assert len(printed["mentions"]) == 2


# ----------------------------------------------------------------------------------------------------------- ranking


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000_000), st.integers(0, 40), st.integers(0, 40))
def test_neither_reach_nor_places_lift_a_fresh_comment_over_an_overdue_complaint(reach, told, places):
    loud = mention(1, hours_ago=0.1, source="plain")._replace(told=told + places)
    small = mention(2, hours_ago=24 * 30, source="plain")
    famous = DEFAULTS._replace(sources=tuple(source._replace(reach=reach) for source in DEFAULTS.sources))
    ranked = rank([loud, small], Ranking(config=famous, kinds={}, now=NOW))
    assert [item.mention.id for item in ranked] == [2, 1]
    assert ranked[0].section == "overdue"
    points = {reason.why: reason.points for reason in ranked[1].reasons}
    assert points.get("reach", 0) <= 12
    assert points.get("repeat", 0) in {0, *(min(22, 10 + 4 * (many - 2)) for many in range(2, 81))}


def test_more_places_never_count_less():
    items = [
        rank([mention(1)._replace(told=told)], Ranking(config=DEFAULTS, kinds={}, now=NOW))[0]
        for told in (0, 2, 3, 4, 5, 50)
    ]
    scores = [item.score for item in items]
    assert scores == sorted(scores)
    repeats = [{reason.why: reason.points for reason in item.reasons}.get("repeat", 0) for item in items]
    assert repeats == [0, 10, 14, 18, 22, 22]


# --------------------------------------------------------------------------------------------------------- the index


def test_a_hash_that_everything_shares_leads_to_the_newest_alone():
    with Store.open(":memory:") as store, store.transaction():
        for number in range(1, 500):
            store.stories.remember(number, "", (1, 1000 + number))
        found = store.stories.sharing((1, 1007))
    assert len(found) <= 65
    assert found[7] == 1
    assert found[499] == 1


def test_a_likeness_is_kept_once_and_forgotten_both_ways():
    with Store.open(":memory:") as store:
        store._db.execute("PRAGMA foreign_keys = OFF")
        with store.transaction():
            store.stories.link([Likeness(1, 2, "text"), Likeness(2, 1, "text"), Likeness(2, 3, "person")])
            assert len(store.stories.likenesses([2])) == 2
            assert store.stories.unlink(2) == {1, 3}
            assert store.stories.likenesses([1, 2, 3]) == []
