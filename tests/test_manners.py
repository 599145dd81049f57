"""Where webwatch goes by itself and where it does not: robots.txt, sites, deeds, walls; and pages that are no forum."""

import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.board import HTML, Board, Shop
from tests.web import Web
from webwatch import addresses, config
from webwatch.fetch import Fetcher
from webwatch.fetch.transport import Transport
from webwatch.model import Source
from webwatch.pipeline.scan import scan
from webwatch.pipeline.steps import Reader, Steps
from webwatch.store import Store


@pytest.fixture
def board(web: Web) -> Board:
    return Board(web)


@pytest.fixture
def slept(monkeypatch) -> list[float]:
    """The pauses that were asked for; none is made."""
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    return pauses


@pytest.fixture
def shop(tmp_path: Path, monkeypatch, slept) -> Shop:
    for name in ("http_proxy", "HTTP_PROXY", "WEBWATCH_NOW", "WEBWATCH_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return Shop(tmp_path)


def listing(*links: str) -> str:
    """A board that lists these addresses."""
    rows = "".join(
        f'<li class="row"><a class="topictitle" href="{link}">Onderwerp {number}</a> 3 Reacties '
        f'<time datetime="2026-11-23T08:00:00+00:00">toen</time></li>'
        for number, link in enumerate(links)
    )
    return f'<html lang="nl"><title>Bakken</title><body id="phpbb"><ul class="topiclist">{rows}</ul></body></html>'


# --------------------------------------------------------------------------------------------------------- robots.txt


@pytest.mark.parametrize("status", [404, 410, 401, 403])
def test_without_a_robots_txt_everything_may_be_read(shop, web, board, status):
    web.page("/robots.txt", status=status)
    shop.watch(board.url(board.thread("Taart")))

    assert shop.source()["new_entries"] == 1


@pytest.mark.parametrize(("status", "failure"), [(500, "server error"), (503, "server error"), (429, "rate limited")])
def test_while_the_server_cannot_give_its_robots_txt_nothing_is_read(shop, web, board, status, failure):
    web.page("/robots.txt", status=status)
    shop.watch(board.url(board.thread("Taart")))
    source = shop.source()

    assert (source["status"], source["class"]) == ("failed", failure)
    assert "robots.txt" in source["message"]
    assert board.asked() == []


def test_a_robots_txt_that_cannot_be_reached_forbids_for_now(shop, web, board):
    web.on("/robots.txt", lambda call: call.reset())
    thread = board.thread("Taart")
    shop.watch(board.url(thread))
    assert shop.source()["class"] == "unreachable"
    assert board.asked() == []
    web.page("/robots.txt")

    assert shop.source(1)["new_entries"] == 1


def test_a_page_that_calls_itself_robots_txt_forbids_nothing(shop, web, board):
    web.page("/robots.txt", "<!DOCTYPE html><html><title>404</title>User-agent: * Disallow: /</html>")
    shop.watch(board.url(board.thread("Taart")))

    assert shop.source()["new_entries"] == 1


def test_the_pause_that_robots_txt_asks_for_is_kept_between_pages(shop, web, board, slept):
    web.page("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    shop.watch(board.url(board.thread("Gebak", posts=45)))
    shop.scan()
    pages = len(board.asked())

    assert pages == 5
    assert sum(6 < pause <= 7 for pause in slept) == pages - 1


def test_robots_txt_is_read_once_a_scan(shop, web, board):
    for number in range(5):
        board.thread(f"Onderwerp {number}")
    shop.watch(board.url(), board.url(1))
    shop.scan()

    assert [call.path for call in web.requests].count("/robots.txt") == 1


def test_a_redirect_leads_nowhere_that_robots_txt_forbids(shop, web, board):
    web.page("/robots.txt", "User-agent: *\nDisallow: /prive/")
    web.redirect("/viewtopic.php?t=5", "/prive/viewtopic.php?t=5")
    shop.watch(web.url("/viewtopic.php?t=5"))

    assert shop.source()["class"] == "blocked"
    assert board.asked() == ["/viewtopic.php?t=5"]


# -------------------------------------------------------------------------------------------------------------- sites


def test_threads_at_another_site_are_not_visited(shop, web, board):
    own, other = board.thread("Taart"), web.url("/viewtopic.php?t=9", host="127.0.0.2")
    web.page("/viewforum.php?f=2", listing(f"/viewtopic.php?t={own}", other), headers=HTML)
    shop.watch(web.url("/viewforum.php?f=2"))

    assert shop.source()["new_entries"] == 1
    assert {call.host for call in web.requests} == {"127.0.0.1"}


def test_a_followed_thread_does_not_lead_to_another_site(shop, web, board):
    thread = board.thread("Taart", words="Bakkerij De Vries")
    board.thread("Anders")
    shop.watch(board.url())
    shop.scan()
    web.redirect(f"/viewtopic.php?t={thread}", web.url("/", host="127.0.0.2"), status=301)
    [visit] = shop.scan(1)["threads"]

    assert (visit["status"], visit["class"]) == ("failed", "blocked")
    assert "another site" in visit["message"]
    assert {call.host for call in web.requests} == {"127.0.0.1"}


def test_an_address_that_leads_to_another_site_is_read_and_that_is_said(shop, web, board):
    thread = board.thread("Taart", posts=25)
    web.redirect("/oud", web.url(f"/viewtopic.php?t={thread}", host="127.0.0.2"))
    shop.watch(web.url("/oud"))
    source = shop.source()

    assert source["new_entries"] == 10
    assert "another site" in source["message"]
    assert "put http://127.0.0.2" in source["message"]


def test_a_public_forum_does_not_lead_into_our_own_network(shop, web):
    """`example.nl` is public here, and `binnen.example.nl` of the same site is a name for an address inside."""
    inside = "http://binnen.example.nl/viewtopic.php?t=6"
    web.page("/viewforum.php", listing(inside, "/viewtopic.php?t=5"), headers=HTML)
    web.redirect("/viewtopic.php?t=5", inside)
    hosts = {b"forum.example.nl": "127.0.0.1", b"binnen.example.nl": "127.0.0.2"}

    def resolve(host, *_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (hosts[host], web.port(hosts[host])))]

    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    shop.watch("http://forum.example.nl/viewforum.php")
    settings = config.load(shop.folder / "config.yaml", os.environ)
    fetcher = Fetcher(
        settings.fetch,
        user_agent="webwatch",
        clock=lambda: now,
        sleep=lambda _: None,
        random=lambda: 0.0,
        transport=Transport(resolve=resolve, is_public=lambda address: address == "127.0.0.1"),
    )
    with Store.open(":memory:") as store:
        [report] = scan(settings, store, fetcher, now=now, monotonic=lambda: 0.0).sources
    fetcher.close()

    assert report.message.count("inside your own network") == 2
    assert {call.host for call in web.requests} == {"127.0.0.1"}


# -------------------------------------------------------------------------------------------------------------- deeds

DEEDS = """
/ucp.php?mode=login  /ucp.php?mode=logout&sid=1  /posting.php?mode=reply&t=5  /posting.php?mode=quote&p=7
/app.php/post/7/report  /report.php?f=1&p=7  /viewtopic.php?t=5&view=print  /memberlist.php?mode=viewprofile&u=2
/login/  /login/?do=login  /members/logout  /account/login  /threads/taart.5/reply  /posts/7/report  /posts/7/react
/posts/7/vote  /newreply.php?do=newreply&p=7  /printthread.php?t=5  /report.php?p=7  /member.php?action=logout
/index.php?action=login  /index.php?action=reporttm;topic=5  /index.php?action=printpage;topic=5.0
/index.php?action=post;quote=7;topic=5.0  /t/taart/12/print  /wp-login.php?action=logout  /misc.php?report=7
/index.php?app=core&module=global&section=login  /topic/5-taart/?do=reportComment&comment=7
/vote?id=5&how=up&goto=news  /reply?id=7  /search.php?keywords=taart  /viewtopic.php?t=5&vote=up
""".split()  # noqa: SIM905 - a list of them would be harder to read

SHOWN = """
/viewtopic.php?t=5  /viewtopic.php?f=1&t=5&start=20  /t/login/12  /t/print/12?page=2  /topic/12/login  /topic/print
/threads/printer-login.5/page-2  /questions/5/vote  /discussion/5/email/p2  /topic/5-poll/  /d/5-report
/r/brood/comments/a1b2c3/edit
/showthread.php?t=5&page=2  /index.php?topic=5.20  /index.php/topic,5.msg7.html  /post/7  /forum/login-problemen-5.html
""".split()  # noqa: SIM905 - a list of them would be harder to read


@pytest.mark.parametrize("path", [pytest.param(path, id=path) for path in DEEDS])
def test_what_does_something_is_never_asked_for(path):
    assert not steps().may_follow(f"https://forum.example.nl{path}")


@pytest.mark.parametrize("path", [pytest.param(path, id=path) for path in SHOWN])
def test_a_thread_may_be_about_logins_and_printers(path):
    assert steps().may_follow(f"https://forum.example.nl{path}")


def steps() -> Steps:
    return Steps(Reader(None, None, UTC), Source(name="forum", url="https://www.example.nl/"), None)


def test_a_board_full_of_deeds_is_asked_for_its_threads_alone(shop, web, board):
    thread = board.thread("Taart", posts=35)
    web.page("/viewforum.php?f=2", listing(f"/viewtopic.php?t={thread}", *DEEDS), headers=HTML)
    shop.watch(web.url("/viewforum.php?f=2"))
    for day in range(3):
        shop.scan(day)

    threads = {f"/viewtopic.php?t={thread}{start}" for start in ("", "&start=30", "&start=20", "&start=10")}
    assert set(board.asked()) == {"/viewforum.php?f=2", *threads}


# -------------------------------------------------------------------------------------------------------------- walls

WALLS = {
    "login": "<title>Inloggen</title><p>Je moet ingelogd zijn om dit forum te bekijken.</p><form><input name=username>"
    "<input type=password name=password></form>",
    "captcha": "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>Checking your browser",
    "maintenance": "<title>Onderhoud</title><p>Het forum is tijdelijk gesloten wegens onderhoud.</p>",
}


@pytest.mark.parametrize("wall", WALLS)
@pytest.mark.parametrize("what", ["source", "thread of a board", "followed thread"])
def test_a_wall_is_a_failure_and_not_an_empty_thread(shop, web, board, wall, what):
    thread = board.thread("Taart", words="Bakkerij De Vries")
    board.thread("Anders")
    shop.watch(board.url(thread) if what == "source" else board.url())
    if what == "followed thread":
        shop.scan()
    web.page(f"/viewtopic.php?t={thread}", f'<html lang="nl">{WALLS[wall]}</html>', headers=HTML)
    report = shop.scan(1)

    if what == "source":
        assert (report["sources"][0]["status"], report["sources"][0]["class"]) == ("failed", "blocked")
    elif what == "thread of a board":
        assert report["sources"][0]["new_entries"] == 1
        assert f"t={thread}" in report["sources"][0]["message"]
    else:
        assert [(visit["status"], visit["class"]) for visit in report["threads"]] == [("failed", "blocked")]
        assert [problem["class"] for problem in report["digest"]["coverage"]["problems"]] == ["blocked"]


def test_a_wall_in_the_middle_of_a_thread_loses_nothing(shop, web, board):
    thread = board.thread("Taart", posts=8)
    shop.watch(board.url(thread))
    shop.scan()
    board.replies(thread, 5)
    wall = f"<html>{WALLS['login']}</html>".encode()
    board.refused[f"/viewtopic.php?t={thread}&start=10"] = lambda call: call.answer(wall, headers=HTML)
    source = shop.source(1)
    assert (source["status"], source["new_entries"]) == ("read", 2)
    assert "log in" in source["message"]
    board.refused.clear()

    assert shop.source(2)["new_entries"] == 3


# --------------------------------------------------------------------------------------------------------- kind: page


def test_of_a_page_only_what_is_added_counts(shop, web):
    said = ["Welkom op de site van de wijk, met nieuws voor iedereen die hier woont en werkt."]

    def publish(*added: str) -> None:
        said.extend(added)
        paragraphs = "".join(f"<p>{words}</p>" for words in said)
        menu = "<nav><a href=/>Bakkerij De Vries</a></nav>"
        page = f'<html lang="nl"><title>Wijknieuws</title>{menu}<main><h1>Wijk</h1>{paragraphs}</main></html>'
        web.page("/nieuws", page, headers=HTML)

    publish()
    shop.watch(web.url("/nieuws"), kind="page")
    assert (shop.source()["new_entries"], shop.mentions()) == (1, [])
    assert shop.source(1)["status"] == "unchanged"
    publish("Bakkerij De Vries sluit op vrijdag om vier uur, zo laat de eigenaar weten.")
    assert (shop.source(2)["new_entries"], shop.source(2.1)["new_entries"]) == (1, 0)
    publish("De markt begint voortaan om negen uur in plaats van om acht uur.")
    source = shop.source(3)

    assert (source["new_entries"], source["new_mentions"]) == (1, 0)
    [mention] = shop.mentions()
    assert mention["text"] == said[1]


def test_a_page_is_read_only_where_robots_txt_allows_it(shop, web):
    web.page("/robots.txt", "User-agent: webwatch\nDisallow: /nieuws")
    web.page("/nieuws", "<p>Bakkerij De Vries</p>", headers=HTML)
    shop.watch(web.url("/nieuws"), kind="page")

    assert shop.source()["class"] == "blocked"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/viewtopic.php?sid=0123456789abcdef0123456789abcdef&t=1#p3", "/viewtopic.php?t=1#p3"),
        ("/viewtopic.php?t=1&sid=0123456789abcdef0123456789abcdef#p3", "/viewtopic.php?t=1#p3"),
        ("/index.php?PHPSESSID=0123456789abcdef01234567&topic=12.0", "/index.php?topic=12.0"),
        ("/index.php?topic=12.0;PHPSESSID=abc123", "/index.php?topic=12.0"),
        ("/showthread.php?s=0123456789abcdef0123456789abcdef&t=5", "/showthread.php?t=5"),
        ("/forum;jsessionid=ABC?t=5", "/forum?t=5"),
        ("/?s=taart", "/?s=taart"),
        ("/avatar?s=48&", "/avatar?s=48&"),
    ],
)
def test_an_address_to_visit_has_no_session_id(address, expected):
    assert addresses.without_session(f"https://forum.example.nl{address}") == f"https://forum.example.nl{expected}"
