"""What happens after the first answer: small webs that change over days, through the command line and its JSON."""

from pathlib import Path

import pytest

from tests.board import Board
from tests.command import Desk
from tests.web import Web


@pytest.fixture
def web():
    with Web() as running:
        yield running


@pytest.fixture
def board(web: Web) -> Board:
    return Board(web)


@pytest.fixture
def shop(tmp_path: Path, board: Board) -> Desk:
    desk = Desk(tmp_path)
    desk.configure(
        f'keywords: [Pakketpost]\nsources: [{{name: forum, kind: forum, url: "{board.url()}"}}]'
        "\nus: {authors: [Webcare]}\nanswer_within: {other: 4h, complaint: 4h}"
    )
    return desk


def day(shop: Desk, board: Board, date: str, clock: str = "09:00") -> None:
    from datetime import datetime

    shop.now = f"2026-11-{date}T{clock}:00Z"
    board.now = datetime.fromisoformat(shop.now)


def sections(shop: Desk, *command: str) -> dict[str, list[int]]:
    digest = shop.json(*(command or ("scan",)), code=None)
    digest = digest.get("digest", digest)
    return {section["name"]: [item["id"] for item in section["items"]] for section in digest["sections"]}


def items(shop: Desk) -> dict[int, dict]:
    return {item["id"]: item for section in shop.json("digest")["sections"] for item in section["items"]}


def test_a_complaint_our_reply_and_three_calls_for_an_answer(shop, board):
    day(shop, board, "16")
    thread = board.thread("Pakket kwijt", posts=1)
    board.reply(thread, "Marieke", "Pakketpost is mijn pakket kwijt, en niemand belt terug.")
    assert sections(shop) == {"due_today": [1]}
    day(shop, board, "16", "11:00")
    ours = board.reply(thread, "Webcare", "Wat vervelend! We zoeken het uit.")
    day(shop, board, "17")
    assert sections(shop) == {}
    [mention] = shop.mentions()
    assert mention["state"] == "replied"
    assert mention["actions"][-1]["evidence"]
    assert mention["answered_at"] == "2026-11-16T11:00:00Z"
    assert str(ours) in mention["answer_url"]
    for date, text in (("18", "Hallo?"), ("19", "Is er al nieuws?"), ("20", "Ik stap naar Radar!")):
        day(shop, board, date)
        board.reply(thread, "Marieke", text)
        assert sections(shop) == {"they_wrote_again": [1]}
    item = items(shop)[1]
    assert [post["text"] for post in item["thread"]] == ["Hallo?", "Is er al nieuws?", "Ik stap naar Radar!"]
    assert {reason["why"] for reason in item["reasons"]} >= {"they wrote again", "reminded", "escalation"}
    assert item["command"] == "webwatch reply 1"
    print(shop.run("digest").stdout)


def test_an_ack_then_silence_then_a_threat(shop, board):
    day(shop, board, "16")
    thread = board.thread("Rekening geblokkeerd", posts=1)
    board.reply(thread, "Kees", "Pakketpost heeft mijn rekening geblokkeerd.")
    sections(shop)
    said = shop.run("ack", "1", "--until", "tomorrow 12:00", "--by", "Ann").stdout
    assert "until Tue 17 Nov 2026 12:00" in said
    assert sections(shop, "digest") == {"later": [1]}
    day(shop, board, "17", "10:00")
    assert sections(shop) == {"due_today": [1]}
    day(shop, board, "17", "14:00")
    assert sections(shop) == {"we_went_silent": [1]}
    shop.run("digest", "--check", code=6)
    day(shop, board, "19")
    board.reply(thread, "Kees", "Nog steeds niets gehoord. Ik stap naar Radar.")
    assert sections(shop) == {"we_went_silent": [1]}
    item = items(shop)[1]
    assert item["state"] == "acknowledged"
    assert {"we went silent", "escalation", "reminded"} <= {reason["why"] for reason in item["reasons"]}
    assert "you said on 16 Nov that you would answer by 17 Nov 12:00" in shop.run("digest").stdout.replace(
        "\n    ", " "
    )


def test_the_holding_post_itself_is_no_answer_to_what_was_acknowledged(shop, board):
    day(shop, board, "16")
    thread = board.thread("Rekening", posts=1)
    board.reply(thread, "Kees", "Pakketpost heeft mijn rekening geblokkeerd.")
    sections(shop)
    shop.run("ack", "1", "--until", "tomorrow 12:00")
    day(shop, board, "16", "13:00")
    board.reply(thread, "Webcare", "We zoeken het uit en komen er morgen op terug.")
    day(shop, board, "17", "14:00")
    assert sections(shop) == {"we_went_silent": [1]}
    board.reply(thread, "Webcare", "De blokkade was een fout van ons en is opgeheven.")
    assert sections(shop) == {}


def test_a_promise_that_is_not_kept_and_two_reminders(shop, board):
    day(shop, board, "16")
    thread = board.thread("Abonnement", posts=1)
    board.reply(thread, "Sanne", "Pakketpost schrijft dubbel af.")
    sections(shop)
    board.reply(thread, "Webcare", "We bellen je morgen.")
    mention = shop.json("promise", "1", "Sanne", "bellen", "--by", "morgen 12:00", "--who", "Piet")["mention"]
    [promise] = mention["promises"]
    assert (promise["by"], promise["who"], promise["state"]) == ("2026-11-17T11:00:00Z", "Piet", "open")
    day(shop, board, "17", "08:30")
    assert sections(shop) == {"due_today": [1]}
    scores = []
    for date, text in (("18", ""), ("19", "Jullie zouden me toch bellen?"), ("20", "Is er al nieuws?")):
        day(shop, board, date)
        if text:
            board.reply(thread, "Sanne", text)
        assert sections(shop) == {"promises_past": [1]}
        scores.append(items(shop)[1]["score"])
    assert scores == sorted(set(scores))
    assert items(shop)[1]["command"] == f"webwatch promise-kept {promise['id']}"
    shop.run("promise-kept", str(promise["id"]))
    assert sections(shop, "digest") == {"they_wrote_again": [1]}
    assert shop.json("promises")["promises"] == []


def test_a_friendly_ending_is_offered_and_one_command_confirms_it(shop, board):
    day(shop, board, "16")
    thread = board.thread("Brievenbus", posts=1)
    board.reply(thread, "Truus", "Pakketpost stopt de post bij de buren.")
    sections(shop)
    day(shop, board, "16", "12:00")
    board.reply(thread, "Webcare", "Dank voor het melden, de bezorger weet het nu.")
    day(shop, board, "17")
    board.reply(thread, "Truus", "Top, bedankt!")
    assert sections(shop) == {"close_the_loop": [1]}
    item = items(shop)[1]
    assert (item["state"], item["command"]) == ("replied", "webwatch outcome 1 --told-by customer")
    shop.run(*item["command"].split()[1:])
    assert sections(shop, "digest") == {}
    assert shop.mentions()[0]["state"] == "closed"


def test_a_talk_that_moved_to_mail_comes_back_until_its_ending_is_told(shop, board):
    day(shop, board, "02")
    thread = board.thread("Schade", posts=1)
    board.reply(thread, "Els", "Pakketpost heeft mijn vaas gebroken.")
    sections(shop)
    assert "tell the ending in public" in shop.run("reply", "1", "--moved-to", "mail").stdout
    day(shop, board, "05")
    assert sections(shop) == {}
    day(shop, board, "09")
    assert sections(shop) == {"close_the_loop": [1]}
    assert [mention["id"] for mention in shop.json("loops")["mentions"]] == [1]
    assert "took it to mail" in shop.run("digest").stdout
    day(shop, board, "20")
    assert sections(shop) == {"close_the_loop": [1]}
    shop.run("outcome", "1", "--note", "nieuwe vaas")
    assert sections(shop) == {}


def test_our_answer_from_another_account_is_logged_by_hand(shop, board):
    day(shop, board, "16")
    thread = board.thread("Tijden", posts=1)
    board.reply(thread, "Bram", "Hoe laat komt Pakketpost?")
    number = board.reply(thread, "Jan van de winkel", "Rond drie uur.")
    assert sections(shop) == {"due_today": [1]}
    url = board.url(thread).replace(f"t={thread}", f"p={number}#p{number}")
    shop.run("reply", "1", "--url", url, "--at", "9:30")
    assert sections(shop) == {}
    day(shop, board, "17")
    assert sections(shop) == {}


def test_an_answer_that_the_scan_saw_can_be_undone_and_is_not_made_again(shop, board):
    day(shop, board, "16")
    thread = board.thread("Tijden", posts=1)
    board.reply(thread, "Bram", "Hoe laat komt Pakketpost?")
    board.reply(thread, "Webcare", "Dit ging over iets anders.")
    sections(shop)
    [mention] = shop.mentions()
    assert mention["state"] == "replied"
    shop.run("undo", str(mention["actions"][-1]["id"]))
    day(shop, board, "17")
    assert sections(shop) == {"overdue": [1]}
    board.reply(thread, "Webcare", "Rond drie uur.")
    assert sections(shop) == {}


def test_an_edited_post_is_the_same_mention_as_it_stood(shop, board):
    day(shop, board, "16")
    thread = board.thread("Doos", posts=1)
    board.reply(thread, "Pim", "Pakketpost heeft de doos laten vallen.")
    sections(shop)
    shop.run("reply", "1")
    day(shop, board, "17")
    board.threads[thread]["posts"][-1]["text"] += " EDIT: de inhoud was heel."
    assert sections(shop) == {}
    [mention] = shop.mentions()
    assert (mention["state"], "EDIT" in mention["text"]) == ("replied", True)


def test_a_closed_mention_comes_back_after_half_a_year(shop, board):
    day(shop, board, "16")
    thread = board.thread("Drempel", posts=1)
    board.reply(thread, "Ria", "Pakketpost gooit pakjes over de heg.")
    sections(shop)
    shop.run("reply", "1")
    shop.run("outcome", "1")
    from datetime import UTC, datetime

    shop.now = "2027-05-20T09:00:00Z"
    board.now = datetime(2027, 5, 20, 8, tzinfo=UTC)
    assert sections(shop) == {}
    board.reply(thread, "Ria", "Vandaag weer over de heg!")
    shop.now = "2027-05-21T09:00:00Z"
    assert sections(shop) == {"they_wrote_again": [1]}


def test_a_snoozed_mention_comes_back_at_its_hour_or_when_somebody_writes(shop, board):
    day(shop, board, "16")
    thread = board.thread("Twee", posts=1)
    board.reply(thread, "Ria", "Pakketpost was laat.")
    other = board.thread("Drie", posts=1)
    board.reply(other, "Rob", "Pakketpost was vroeg.")
    sections(shop)
    ria, rob = (next(found["id"] for found in shop.mentions() if found["author"] == name) for name in ("Ria", "Rob"))
    shop.run("snooze", "1", "2", "--until", "donderdag")
    day(shop, board, "17")
    board.reply(other, "Rob", "En nu weer te vroeg.")
    assert sections(shop) == {"they_wrote_again": [rob]}
    day(shop, board, "19", "10:00")
    assert sections(shop) == {"they_wrote_again": [rob], "due_today": [ria]}


def test_a_watched_thread_comes_back_when_it_grows_or_turns_negative(shop, board):
    day(shop, board, "16")
    calm, angry = board.thread("Kalm", posts=1), board.thread("Boos", posts=1)
    board.reply(calm, "Ria", "Pakketpost gezien.")
    board.reply(angry, "Rob", "Pakketpost gezien.")
    sections(shop)
    shop.run("watch", "1", "2")
    for date, number in (("17", 1), ("18", 2)):
        day(shop, board, date)
        board.reply(calm, f"Lid{number}", "Ik ook.")
        assert sections(shop) == {}
    day(shop, board, "19")
    board.reply(calm, "Lid3", "Ik ook al.")
    board.reply(angry, "Lid4", "Wat een schande, ik dien een klacht in.")
    assert set(sections(shop)["they_wrote_again"]) == {1, 2}
    assert {item["back"] for item in items(shop).values()} == {"thread grew", "turned negative"}


def test_a_compliment_is_thanked_and_stands_apart(shop, board):
    day(shop, board, "16")
    thread = board.thread("Pizza", posts=1)
    board.reply(thread, "Tom", "Pakketpost was weer lekker op tijd, complimenten!")
    sections(shop)
    shop.run("label", "1", "compliment")
    assert sections(shop, "digest") == {"compliments_to_thank_for": [1]}


def test_nobody_at_the_desk_is_said(shop, board):
    day(shop, board, "02")
    thread = board.thread("Pizza", posts=1)
    board.reply(thread, "Tom", "Pakketpost?")
    sections(shop)
    assert shop.run("doctor").stdout == "All is well.\n"
    day(shop, board, "13")
    assert sections(shop) == {"overdue": [1]}
    assert "Nobody has done anything here for 11 days" in shop.run("digest").stdout
    assert "Nobody has done anything for 11 days" in shop.run("doctor", code=3).stdout
    shop.run("note", "1", "ik", "ben", "er")
    assert shop.run("doctor").stdout == "All is well.\n"


def test_who_names_us_again_after_our_answer_is_one_line_and_one_answer(shop, board):
    day(shop, board, "16")
    thread = board.thread("Weg", posts=1)
    board.reply(thread, "Noor", "Pakketpost is mijn pakket kwijt.")
    board.reply(thread, "Webcare", "We zoeken het uit.")
    sections(shop)
    day(shop, board, "18")
    board.reply(thread, "Noor", "Pakketpost, hoe staat het?")
    assert sections(shop) == {"they_wrote_again": [1]}
    shop.run("reply", "1")
    assert sections(shop, "digest") == {}
    assert {mention["state"] for mention in shop.mentions()} == {"replied"}
    shop.run("undo")
    assert sections(shop, "digest") == {"they_wrote_again": [1]}


def test_our_own_page_that_links_to_a_mention_is_our_answer(tmp_path, web):
    from tests.command import item, rss

    desk = Desk(tmp_path, now="2026-11-23T09:00:00Z")
    blog = "https://pakketpost.example/antwoord/7"
    link = '&lt;p&gt;Op &lt;a href="https://krant.example/1"&gt;deze klacht&lt;/a&gt;: opgelost.&lt;/p&gt;'
    web.page("/krant", rss(item(1, "Pakketpost is laat.")))
    web.page("/wij", rss(item(2, "Nieuws.", link="https://pakketpost.example/nieuws", guid="n2")))
    desk.configure(
        f"keywords: [Pakketpost]\nsources: [{web.url('/krant')}, {web.url('/wij')}]"
        "\nus: {domains: [pakketpost.example]}"
    )
    assert sections(desk) == {"later": [1]}
    desk.now = "2026-11-24T09:00:00Z"
    web.page("/wij", rss(item(3, link, link=blog, guid="n3", pubDate="Tue, 24 Nov 2026 08:00:00 +0000")))
    assert sections(desk) == {}
    [mention] = desk.mentions()
    assert (mention["state"], mention["answer_url"]) == ("replied", blog)


def test_comments_below_an_article_are_one_talk_with_it(tmp_path, web):
    from tests.command import item, rss

    desk = Desk(tmp_path, now="2026-11-23T09:00:00Z")
    web.page("/krant", rss(item(1, "Pakketpost is laat.", author="Els")))
    desk.configure(f"keywords: [Pakketpost]\nsources: [{web.url('/krant')}]\nus: {{authors: [Webcare]}}")
    sections(desk)
    answer = item(2, "We kijken ernaar.", link="https://krant.example/1#comment-2", guid="c2", author="Webcare")
    again = item(
        3, "En nu?", link="https://krant.example/1#comment-3", guid="c3", author="Els",
        pubDate="Tue, 24 Nov 2026 08:00:00 +0000",
    )  # fmt: skip
    desk.now = "2026-11-24T09:00:00Z"
    web.page("/krant", rss(again, answer, item(1, "Pakketpost is laat.", author="Els")))
    assert sections(desk) == {"they_wrote_again": [1]}


def test_on_our_own_page_each_person_is_a_talk_of_its_own(tmp_path, web):
    from tests.command import item, rss

    def comment(number: int, text: str, author: str, hour: int) -> str:
        at = f"Mon, 23 Nov 2026 {hour:02}:00:00 +0000"
        return item(
            number, text, link=f"https://ons.example/p#comment-{number}", guid=f"c{number}", author=author, pubDate=at
        )

    first = [comment(1, "Rekening klopt niet.", "H. Postma", 5), comment(2, "Waar kan ik parkeren?", "Lotte", 6)]
    ours = comment(3, "Dag Lotte, achter het gebouw.", "Webcare", 7)
    later = comment(4, "Zijn jullie zondag open?", "Samira", 8)
    desk = Desk(tmp_path, now="2026-11-23T09:00:00Z")
    web.page("/wij", rss(later, ours, *reversed(first)))
    desk.configure(
        f"keywords: [Pakketpost]\nsources: [{{name: wij, url: '{web.url('/wij')}', own: true}}]"
        "\nus: {authors: [Webcare]}"
    )
    sections(desk)
    stands = {mention["author"]: mention["state"] for mention in desk.mentions()}
    assert stands == {"H. Postma": "open", "Lotte": "replied", "Samira": "open"}
    desk.now = "2026-11-23T12:00:00Z"
    again = [comment(5, "Klopt, morgen open.", "Webcare", 9), comment(6, "Dank, en is dat gratis?", "Lotte", 10)]
    web.page("/wij", rss(*reversed(again), later, ours, *reversed(first)))
    sections(desk)
    stands = {
        mention["author"]: (mention["state"], mention["back"]) for mention in desk.mentions() if mention["id"] < 4
    }
    assert stands["Samira"] == ("replied", "")
    assert ("open", "wrote again") in stands.values()
    assert [mention["state"] for mention in desk.mentions() if mention["author"] == "H. Postma"] == ["open"]


def test_the_feed_of_one_thread_is_one_talk_although_its_links_name_posts_alone(tmp_path, web):
    from tests.command import item, rss

    def post(number: int, text: str, author: str, day: int) -> str:
        link = f"https://forum.example/viewtopic.php?p={number}#p{number}"
        return item(number, text, link=link, guid=link, author=author, pubDate=f"{day} Nov 2026 08:00:00 +0000")

    desk = Desk(tmp_path, now="2026-11-20T09:00:00Z")
    path = "/feed.php?f=2&t=12"
    web.page(path, rss(post(1, "Pakketpost is laat.", "Els", 20)))
    desk.configure(f"keywords: [Pakketpost]\nsources: ['{web.url(path)}']\nus: {{authors: [Webcare]}}")
    sections(desk)
    desk.now = "2026-11-22T09:00:00Z"
    web.page(path, rss(post(3, "Nog niets.", "Els", 22), post(2, "We bellen.", "Webcare", 21)))
    assert sections(desk) == {"they_wrote_again": [1]}
