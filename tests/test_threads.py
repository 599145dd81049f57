"""Conversations that are followed from visit to visit: what is new is seen once, whatever happens to the thread."""

import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from tests.board import PER_PAGE, Board, Shop
from tests.discourse import Discourse
from tests.web import Web


@pytest.fixture
def board(web: Web) -> Board:
    return Board(web)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch) -> Shop:
    for name in ("http_proxy", "HTTP_PROXY", "WEBWATCH_NOW", "WEBWATCH_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return Shop(tmp_path)


def followed(shop: Shop, board: Board, posts: int = 1) -> int:
    """A thread with a mention as its last post, found by way of the board, which lists nothing from then on."""
    thread = board.thread("Taart", posts=posts)
    board.reply(thread, "Piet", "Bakkerij De Vries was dicht.")
    shop.watch(board.url())
    shop.scan()
    board.rows = 1
    board.threads[board.thread("Iets anders")]["sticky"] = True
    shop.scan()
    board.asked()
    return thread


def close_all(shop: Shop, moment: str) -> None:
    """What a command to close will write."""
    with sqlite3.connect(shop.folder / "webwatch.db") as db:
        db.execute("UPDATE mentions SET state = 'closed', state_since = ?", (moment,))


# ------------------------------------------------------------------------------------------------------ a long thread


def test_a_thread_of_400_pages_costs_no_more_than_its_bound(shop, board):
    thread = board.thread("Gebak", posts=400 * PER_PAGE)
    shop.watch(board.url(thread), more=", pages: 3")

    assert shop.source()["new_entries"] == 3 * PER_PAGE
    assert len(board.asked()) == 3
    assert shop.source(1)["new_entries"] == 0
    assert len(board.asked()) == 1


def test_each_new_post_of_a_long_thread_is_seen_once(shop, board):
    thread = board.thread("Gebak", posts=40 * PER_PAGE - 3)
    shop.watch(board.url(thread), more=", pages: 4")
    shop.scan()
    written = []
    for day, count in enumerate((1, 2, 1, 9, 10, 25, 0, 30), start=1):
        for number in range(count):
            written.append(f"Dag {day}, bericht {number}: Bakkerij De Vries bezocht.")
            board.reply(thread, "Piet", written[-1])
        board.asked()
        report = shop.scan(day)
        assert report["sources"][0]["new_mentions"] == count
        assert report["digest"]["coverage"]["gaps"] == []
        assert len(board.asked()) <= 4

    assert sorted(mention["text"] for mention in shop.mentions()) == sorted(written)


def test_more_new_posts_than_a_visit_reaches_back_to_are_a_gap_that_is_said_once(shop, board):
    thread = board.thread("Gebak", posts=15)
    shop.watch(board.url(thread), more=", pages: 3")
    shop.scan()
    board.asked()
    board.replies(thread, 100)
    report = shop.scan(1)

    assert len(board.asked()) == 3
    assert report["sources"][0]["new_entries"] == 5 + 10 + 5  # the page read last, and the newest two
    [gap] = report["digest"]["coverage"]["gaps"]
    assert "Gebak" in gap["message"]
    assert "pages: 3" in gap["message"]
    board.replies(thread, 3)
    report = shop.scan(2)
    assert report["sources"][0]["new_entries"] == 3
    assert len(report["digest"]["coverage"]["gaps"]) == 1


def test_one_page_a_visit_goes_on_to_the_newest_with_the_next_visit(shop, board):
    thread = board.thread("Gebak", posts=10)
    shop.watch(board.url(thread), more=", pages: 1")
    shop.scan()
    board.replies(thread, 5)
    board.asked()

    assert [shop.source(day)["new_entries"] for day in (1, 2, 3)] == [0, 5, 0]
    assert len(board.asked()) == 3


@pytest.mark.parametrize("full", [1, 2])
def test_what_comes_after_a_page_that_was_exactly_full_is_seen(shop, board, full):
    thread = board.thread("Gebak", posts=full * PER_PAGE)
    shop.watch(board.url(thread))
    assert shop.source()["new_entries"] == full * PER_PAGE
    board.replies(thread, 1)
    assert shop.source(1)["new_entries"] == 1
    board.replies(thread, 9)
    assert shop.source(2)["new_entries"] == 9
    board.replies(thread, 10)
    assert shop.source(3)["new_entries"] == 10


# ------------------------------------------------------------------------------------------- deleted, edited, broken


def test_a_post_is_deleted_and_all_others_move_up(shop, board):
    thread = board.thread("Gebak", posts=21)
    shop.watch(board.url(thread))
    shop.scan()
    del board.threads[thread]["posts"][3:5]  # the page that was read last is gone
    board.replies(thread, 4)

    assert shop.source(1)["new_entries"] == 4
    assert shop.source(2)["new_entries"] == 0


def test_when_many_are_deleted_and_many_come_the_pages_before_the_last_one_known_are_read_too(shop, board):
    thread = board.thread("Gebak", posts=25)
    shop.watch(board.url(thread))
    shop.scan()
    del board.threads[thread]["posts"][5:17]  # 13 are left
    board.replies(thread, 25)

    assert shop.source(1)["new_entries"] == 25


def test_an_edited_post_that_names_us_now_becomes_a_mention_once(shop, board):
    thread = board.thread("Gebak", posts=3)
    shop.watch(board.url(thread))
    shop.scan()
    board.threads[thread]["posts"][1]["text"] = "Ik bedoelde Bakkerij De Vries."

    assert [shop.source(day)["new_mentions"] for day in (1, 2)] == [1, 0]
    [mention] = shop.mentions()
    assert mention["text"] == "Ik bedoelde Bakkerij De Vries."


def test_a_page_that_fails_is_read_at_the_next_visit(shop, board):
    thread = board.thread("Gebak", posts=15)
    shop.watch(board.url(thread))
    shop.scan()
    board.replies(thread, 20)
    board.refused[f"/viewtopic.php?t={thread}&start=20"] = 403
    source = shop.source(1)
    assert source["new_entries"] == 5 + 5
    assert "start=20" in source["message"]
    board.refused.clear()

    assert shop.source(2)["new_entries"] == 10
    assert shop.source(3)["status"] == "unchanged"


def test_a_relative_date_keeps_its_first_reading(shop, board):
    thread = board.thread("Gebak")
    number = board.reply(thread, "Piet", "Bakkerij De Vries was dicht.")
    board.threads[thread]["posts"][-1]["said"] = "3 uur geleden"
    shop.watch(board.url(thread))
    shop.scan()
    board.threads[thread]["posts"][-1]["text"] += " Echt."
    shop.scan(0.1)
    board.replies(thread, 1)
    shop.scan(0.2)

    [mention] = shop.mentions()
    assert mention["url"].endswith(f"#p{number}")
    assert mention["text"] == "Bakkerij De Vries was dicht. Echt."
    assert mention["published"] == "2026-11-23T06:00:00Z"


def test_relative_dates_do_not_make_a_quiet_thread_look_lively(shop, board):
    thread = followed(shop, board)
    for post in board.threads[thread]["posts"]:
        post["said"] = "1 uur geleden"  # which a page from a cache goes on to say
    for day in range(1, 30):
        board.threads[thread]["posts"][0]["text"] += "."
        shop.scan(day)

    assert len([path for path in board.asked() if "viewtopic" in path]) < 20


# ------------------------------------------------------------------------------------------------------ moved, locked


def test_a_thread_that_moved_is_followed_to_its_new_address(shop, board):
    thread = followed(shop, board, posts=12)
    board.move(thread, 77)
    board.replies(77, 2)
    [visit] = shop.scan(1)["threads"]
    assert (visit["status"], visit["new_entries"]) == ("read", 2)
    board.asked()
    board.replies(77, 1)

    [visit] = shop.scan(2)["threads"]
    assert visit["new_entries"] == 1
    assert f"/viewtopic.php?t={thread}" not in board.asked()


def test_a_thread_that_moved_and_stands_on_the_board_under_its_new_number_is_read_once(shop, board):
    thread = followed(shop, board)
    board.move(thread, 77)
    board.rows = 1_000
    board.replies(77, 2)
    report = shop.scan(1)

    new = [visit["new_entries"] for visit in (*report["sources"], *report["threads"])]
    assert new == [2, 0]
    assert len(shop.mentions()) == 1


def test_a_thread_that_became_a_part_of_another_is_followed_there(shop, board):
    thread = followed(shop, board)
    other = board.thread("Alles over taart", posts=4, days_ago=30)
    board.threads[other]["posts"] += board.threads.pop(thread)["posts"]
    there = board.url(other)
    board.refused[f"/viewtopic.php?t={thread}"] = lambda call: call.answer(b"", 301, {"Location": there})
    board.replies(other, 1)
    [visit] = shop.scan(1)["threads"]

    assert (visit["status"], visit["new_entries"]) == ("read", 4 + 1)
    assert len(shop.mentions()) == 1


def test_a_locked_thread_is_shown_as_such(shop, board):
    thread = followed(shop, board)
    board.threads[thread]["locked"] = True
    board.replies(thread, 1)
    [visit] = shop.scan(1)["threads"]

    assert visit["new_entries"] == 1
    assert shop.threads()["Taart"]["locked"]
    board.threads[thread]["locked"] = False
    board.replies(thread, 1)
    shop.scan(2)
    assert not shop.threads()["Taart"]["locked"]


@pytest.mark.parametrize(("status", "failure"), [(404, "not found"), (410, "gone"), (403, "blocked")])
def test_a_thread_that_is_gone_is_a_problem_that_the_digest_names(shop, board, status, failure):
    thread = followed(shop, board)
    board.refused[f"/viewtopic.php?t={thread}"] = status
    report = shop.scan(1)

    assert [(visit["status"], visit["class"]) for visit in report["threads"]] == [("failed", failure)]
    [problem] = report["digest"]["coverage"]["problems"]
    assert (problem["source"], problem["class"]) == ("Taart", failure)
    board.asked()
    assert shop.scan(1.01)["threads"] == []  # not asked again at once
    assert shop.json("digest")["coverage"]["problems"] == [problem]
    del board.refused[f"/viewtopic.php?t={thread}"]
    report = shop.scan(5)
    assert report["digest"]["coverage"]["problems"] == []


def test_a_thread_whose_address_leads_to_the_board_now_is_gone(shop, board):
    thread = followed(shop, board)
    there = board.url()
    board.refused[f"/viewtopic.php?t={thread}"] = lambda call: call.answer(b"", 302, {"Location": there})
    [visit] = shop.scan(1)["threads"]

    assert (visit["status"], visit["class"]) == ("failed", "not found")


def test_a_server_that_is_down_for_weeks_is_asked_now_and_then_until_it_is_back(shop, board):
    thread = followed(shop, board)
    board.refused[f"/viewtopic.php?t={thread}"] = 403
    for day in range(1, 60):
        shop.scan(day)
    assert 3 < sum("viewtopic" in path for path in board.asked()) < 20
    board.refused.clear()
    board.replies(thread, 1)

    assert sum(visit["new_entries"] for day in range(60, 68) for visit in shop.scan(day)["threads"]) == 1


# ------------------------------------------------------------------------------------------------- how often, how long


def test_a_thread_is_visited_less_and_less_often_as_it_goes_quiet(shop, board):
    thread = followed(shop, board)
    days = []
    for day in range(1, 91):
        shop.scan(day)
        if any("viewtopic" in path for path in board.asked()):
            days.append(day)
    pauses = [later - earlier for earlier, later in pairwise(days)]

    assert days[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert pauses == sorted(pauses)
    assert max(pauses) == 7
    board.replies(thread, 1, days_ago=-91)
    assert shop.scan(97)["threads"]
    assert [bool(shop.scan(day)["threads"]) for day in (98, 99)] == [True, True]


def test_following_ends_14_days_after_the_mention_was_closed(shop, board):
    thread = followed(shop, board)
    close_all(shop, "2026-11-24T09:00:00Z")
    board.replies(thread, 1, days_ago=-10)
    shop.scan(12)
    assert shop.threads()["Taart"]["followed"]
    board.asked()
    for day in range(16, 60, 7):
        assert shop.scan(day)["threads"] == []
    assert not shop.threads()["Taart"]["followed"]
    assert not any("viewtopic" in path for path in board.asked())


def test_history_is_not_followed(shop, board):
    thread = board.thread("Oud", posts=1, days_ago=90)
    board.reply(thread, "Piet", "Bakkerij De Vries was dicht.", days_ago=90)
    shop.watch(board.url(thread))
    shop.scan()

    assert shop.json("digest")["coverage"]["history"] == 1
    assert not shop.threads()["Oud"]["followed"]


# ---------------------------------------------------------------------------------------------- the same post elsewhere


def test_a_post_of_the_feed_and_of_the_board_is_one_mention(shop, web, board):
    thread = board.thread("Taart", posts=2)
    board.reply(thread, "Piet", "Bakkerij De Vries was dicht.")
    shop.configure(
        "keywords: [Bakkerij De Vries]\nsources:"
        f'\n  - {{name: feed, url: "{web.url("/feed.php")}"}}\n  - {{name: board, kind: forum, url: "{board.url()}"}}'
    )
    report = shop.scan()

    assert sum(source["new_mentions"] for source in report["sources"]) == 1
    assert sum(source["new_entries"] for source in report["sources"]) == 3
    [mention] = shop.mentions()
    shown = shop.json("show", str(mention["id"]))
    assert sorted(place["source"] for place in shown["mention"]["places"]) == ["board", "feed"]


def test_a_thread_that_a_feed_names_is_followed_from_then_on(shop, web, board):
    thread = board.thread("Taart", posts=2, days_ago=60, words="Bakkerij De Vries")
    board.replies(thread, 12)
    board.reply(thread, "Piet", "Bakkerij De Vries was dicht.")
    shop.watch(web.url("/feed.php"), kind="feed")
    shop.scan()
    board.replies(thread, 2)
    report = shop.scan(1)

    assert [(visit["status"], visit["new_entries"]) for visit in report["threads"]] == [("read", 5)]
    assert shop.threads()["Taart"]["engine"] == "phpbb"
    assert report["digest"]["counts"]["open"] == 1  # what is older than a week is history in a thread read first
    board.replies(thread, 15)
    report = shop.scan(2)
    assert report["sources"][0]["new_entries"] == 10  # what the feed holds
    assert [visit["new_entries"] for visit in report["threads"]] == [5]  # and what had left it already


@pytest.mark.parametrize("feed", ["/posts.rss", "/latest.rss"])
def test_a_post_of_a_discourse_feed_its_page_and_its_json_is_one_mention(shop, web, feed):
    forum = Discourse(web)
    for author in ("Piet", "Klaas", "Jan") if feed == "/posts.rss" else ("Piet",):
        forum.reply(author, f"{author} vindt Bakkerij De Vries leuk.")
    forum.reply("Truus", "Ik niet.")
    shop.configure(
        "keywords: [Bakkerij De Vries]\nsources:"
        f'\n  - {{name: feed, url: "{forum.url(feed)}"}}'
        f'\n  - {{name: page, kind: forum, url: "{forum.url()}"}}'
        f'\n  - {{name: json, kind: forum, url: "{forum.url("/t/taart/12.json")}"}}'
    )
    report = shop.scan()
    mentions = shop.mentions()

    assert [source["status"] for source in report["sources"]] == ["read"] * 3
    assert sorted(mention["author"] for mention in mentions) == sorted({post["username"] for post in forum.posts[:-1]})
    for mention in mentions:
        places = shop.json("show", str(mention["id"]))["mention"]["places"]
        assert {place["source"] for place in places} == {"feed", "page", "json"}


def test_a_page_of_scripts_alone_is_asked_for_as_json_and_read_on_there(shop, web):
    forum = Discourse(web, shell=True)
    for number in range(45):
        forum.reply("Piet", f"Bericht {number} over Bakkerij De Vries.")
    shop.watch(forum.url())
    assert shop.source()["new_entries"] == 45
    assert forum.asked() == ["/t/taart/12", *(f"/t/taart/12.json{page}" for page in ("", "?page=3", "?page=2"))]
    forum.reply("Piet", "Nog een.")

    assert shop.source(1)["new_entries"] == 1
    assert forum.asked() == ["/t/taart/12.json?page=3"]


def test_a_board_of_scripts_alone_is_asked_for_as_json(shop, web):
    forum = Discourse(web, shell=True)
    forum.reply("Piet", "Bakkerij De Vries was dicht.")
    shop.watch(forum.url("/latest"))
    assert shop.source()["new_mentions"] == 1
    forum.reply("Jan", "Bakkerij De Vries? Bij mij niet.")

    assert shop.source(0.5)["new_mentions"] == 1
