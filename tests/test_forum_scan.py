"""A forum that grows between scans: every new post once, and never more requests than allowed."""

from pathlib import Path

import pytest

from tests.board import Board, Shop
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
def shop(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def configure(shop: Desk, address: str, more: str = "") -> None:
    shop.configure(
        f'keywords: [Bakkerij De Vries]\nsources: [{{name: forum, kind: forum, url: "{address}"{more}}}]'
        "\nus: {authors: [Anneke]}"
    )


def scan(shop: Desk, day: int) -> dict:
    shop.now = f"2026-11-{day}T09:00:00Z"
    return shop.json("scan", code=None)


def test_a_thread_gives_its_first_and_its_newest_pages_within_the_bound(shop, board):
    thread = board.thread("Gebak", posts=95)
    configure(shop, board.url(thread), ", pages: 4")
    [source] = scan(shop, 23)["sources"]

    assert board.asked() == [
        f"/viewtopic.php?t={thread}{start}" for start in ("", "&start=90", "&start=80", "&start=70")
    ]
    assert source["new_entries"] == 35


def test_a_thread_is_read_on_from_where_it_was_left(shop, board):
    thread = board.thread("Gebak", posts=15)
    configure(shop, board.url(thread))
    scan(shop, 23)
    board.asked()
    for number in range(12):
        board.reply(thread, "Piet", f"Nog een bericht, nummer {number}, van Piet.")
    [source] = scan(shop, 24)["sources"]

    assert source["new_entries"] == 12
    assert board.asked() == [f"/viewtopic.php?t={thread}&start={start}" for start in (10, 20)]


def test_nothing_new_is_one_request_and_no_entry(shop, board):
    thread = board.thread("Gebak", posts=15)
    configure(shop, board.url(thread))
    scan(shop, 23)
    board.asked()
    [source] = scan(shop, 24)["sources"]

    assert (source["status"], source["new_entries"]) == ("unchanged", 0)
    assert len(board.asked()) == 1


def test_a_board_gives_the_threads_that_moved(shop, board):
    quiet, busy = board.thread("Stil", posts=2), board.thread("Druk", posts=2)
    board.thread("Oud", posts=2, days_ago=90)
    configure(shop, board.url())
    assert scan(shop, 23)["sources"][0]["new_entries"] == 4
    board.asked()
    board.reply(busy, "Piet", "Bakkerij De Vries heeft het ook.")
    report = scan(shop, 24)

    assert report["sources"][0]["new_mentions"] == 1
    assert board.asked() == ["/viewforum.php?f=1", f"/viewtopic.php?t={busy}"]
    [mention] = shop.mentions()
    assert (mention["author"], mention["text"]) == ("Piet", "Bakkerij De Vries heeft het ook.")
    assert quiet


def test_a_thread_with_a_mention_is_followed_when_the_board_no_longer_shows_it(shop, board):
    thread = board.thread("Taart", posts=1)
    board.reply(thread, "Piet", "Bakkerij De Vries was dicht.")
    configure(shop, board.url())
    scan(shop, 23)
    posts = board.threads[thread]
    board.reply(thread, "Klaas", "Bij mij ook, en niemand nam op.")
    board.threads[9] = board.threads.pop(thread) | {"posts": []}  # gone from the list
    board.threads[thread] = posts
    board._row = lambda number, listed: ""  # the board shows nothing any more
    board.thread("Iets anders")
    report = scan(shop, 24)

    assert [(visit["status"], visit["new_entries"]) for visit in report["threads"]] == [("read", 1)]
    assert report["digest"]["coverage"]["threads"] == 1


def test_our_own_posts_and_quoted_names_are_no_mentions(shop, board):
    thread = board.thread("Taart", posts=1)
    board.reply(thread, "Anneke", "Hier Anneke van Bakkerij De Vries: kom langs.")
    quoted = "<blockquote><div><cite>Piet schreef:</cite>Bakkerij De Vries is top</div></blockquote>"
    board.reply(thread, "Klaas", quoted + "Ik zou zelf liever een andere winkel nemen, want daar is het goedkoper.")
    board.reply(thread, "Jan", quoted + "Helemaal mee eens!")
    configure(shop, board.url(thread))
    scan(shop, 23)

    assert [mention["author"] for mention in shop.mentions()] == ["Jan"]


def test_an_edited_and_a_deleted_post_are_nothing_new(shop, board):
    thread = board.thread("Gebak", posts=14)
    configure(shop, board.url(thread))
    scan(shop, 23)
    posts = board.threads[thread]["posts"]
    posts[12]["text"] += " Bewerkt."
    del posts[11]
    [source] = scan(shop, 24)["sources"]

    assert source["new_entries"] == 0


def test_robots_txt_keeps_us_out_of_a_forum(shop, web, board):
    thread = board.thread("Gebak")
    web.page("/robots.txt", "User-agent: *\nDisallow: /viewtopic.php")
    configure(shop, board.url(thread))
    [source] = scan(shop, 23)["sources"]

    assert (source["status"], source["class"]) == ("failed", "blocked")
    assert "robots.txt" in source["message"]
    assert board.asked() == []


def test_a_thread_is_followed_and_left_by_hand(shop, board):
    configure(shop, board.url(board.thread("Gebak")))
    other = board.thread("Iets anders", posts=2)
    said = shop.run("thread", "follow", board.url(other)).stdout
    report = scan(shop, 23)

    assert "thread unfollow 1" in said
    assert [visit["new_entries"] for visit in report["threads"]] == [2]
    [followed] = shop.json("thread", "list")["threads"]
    assert (followed["title"], followed["engine"], followed["followed"]) == ("Iets anders", "phpbb", True)
    assert "Iets anders" in shop.run("thread", "list").stdout
    shop.run("thread", "unfollow", "1")
    assert shop.json("thread", "list")["threads"] == []
    assert scan(shop, 24)["threads"] == []


def test_a_thread_that_is_not_known_is_named_with_the_nearest(shop, board):
    configure(shop, board.url())
    shop.run("thread", "follow", board.url(1))
    refused = shop.run("thread", "unfollow", "7", code=2)

    assert "there is no thread 7; there are 1" in refused.stderr


# ------------------------------------------------------------------------------------------------------------- boards


@pytest.fixture
def quick(tmp_path: Path, monkeypatch) -> Shop:
    for name in ("http_proxy", "HTTP_PROXY", "WEBWATCH_NOW", "WEBWATCH_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return Shop(tmp_path)


def test_old_threads_that_are_pinned_to_the_top_are_not_read(quick, board):
    for number in range(25):
        board.threads[board.thread(f"Regels {number}", days_ago=400)]["sticky"] = True
    moved = board.thread("Taart")
    quick.watch(board.url())

    assert quick.source()["new_entries"] == 1
    assert board.asked() == ["/viewforum.php?f=1", f"/viewtopic.php?t={moved}"]


def test_threads_beyond_the_bound_are_read_at_the_next_visit(quick, board):
    for number in range(30):
        board.thread(f"Onderwerp {number}")
    quick.watch(board.url())
    first, asked = quick.source(), board.asked()
    assert (first["new_entries"], len(asked)) == (20, 21)
    assert "10 more threads" in first["message"]
    second = quick.source(1)

    assert (second["new_entries"], second["message"]) == (10, "")
    assert quick.source(2)["status"] == "unchanged"


def test_threads_that_wait_are_read_though_the_board_no_longer_lists_them(quick, board):
    board.rows = 25
    for number in range(25):
        board.thread(f"Onderwerp {number}")
    quick.watch(board.url())
    quick.scan()
    for number in range(25):
        board.thread(f"Nieuwer {number}", days_ago=-1)
    seen = [quick.source(day)["new_entries"] for day in (1, 9, 17, 25)]

    assert sum(seen) == 5 + 25
    board.asked()
    quick.scan(26)
    assert len(board.asked()) == 1
    assert max(seen) <= 20


def test_a_thread_with_new_posts_waits_as_well(quick, board):
    known = board.thread("Taart")
    quick.watch(board.url())
    quick.scan()
    board.reply(known, "Piet", "Bakkerij De Vries had het druk.", days_ago=-0.5)
    for number in range(40):
        board.thread(f"Nieuwer {number}", days_ago=-1)
    board.rows = 41
    quick.scan(1)
    board.rows = 5
    for day in (2, 3):
        quick.scan(day)

    assert [mention["author"] for mention in quick.mentions()] == ["Piet"]


def test_a_thread_that_could_not_be_read_is_tried_again_though_the_board_is_as_it_was(quick, board):
    thread = board.thread("Taart", words="Bakkerij De Vries")
    board.thread("Ander")
    quick.watch(board.url())
    board.refused[f"/viewtopic.php?t={thread}"] = 403
    first = quick.source()
    assert (first["status"], first["new_entries"]) == ("read", 1)
    assert f"t={thread}" in first["message"]
    board.refused.clear()

    assert quick.source(1)["new_mentions"] == 1


def test_a_board_that_names_nothing_but_the_last_posts(quick, board):
    board.posts_alone = True
    threads = [board.thread(f"Onderwerp {number}", posts=12) for number in range(3)]
    quick.watch(board.url())
    assert quick.source()["new_entries"] == 36
    board.asked()
    assert quick.source(1)["status"] == "unchanged"
    board.asked()
    board.reply(threads[1], "Piet", "Nog iets.")

    assert quick.source(2)["new_entries"] == 1
    assert len(board.asked()) == 2
    assert [thread["url"] for thread in quick.threads().values()] != []
    assert len(quick.threads()) == 3


def test_session_ids_are_neither_asked_for_nor_kept(quick, board):
    thread = board.thread("Taart", posts=25)
    board.reply(thread, "Piet", "Bakkerij De Vries was dicht.")
    board.session = "0123456789abcdef0123456789abcdef"
    quick.watch(board.url())
    quick.scan()
    board.session = "fedcba9876543210fedcba9876543210"
    board.replies(thread, 1)
    assert quick.source(1)["new_entries"] == 1

    assert not any("sid=" in path for path in board.asked())
    assert "sid=" not in quick.run("thread", "list", "--all", "--json").stdout
    assert "sid=" not in quick.run("list", "--all", "--json").stdout


def test_the_board_does_not_read_again_what_was_read_for_itself(quick, board):
    thread = board.thread("Taart", words="Bakkerij De Vries")
    quick.watch(board.url())
    quick.scan()
    board.replies(thread, 1)
    board.refused["/viewforum.php"] = 403
    assert [visit["new_entries"] for visit in quick.scan(1)["threads"]] == [1]
    board.refused.clear()
    board.asked()
    quick.scan(2)

    assert board.asked() == ["/viewforum.php?f=1", f"/viewtopic.php?t={thread}"]  # the latter since it is followed
