"""`webwatch scan` from end to end: a real web, the real command line, a real database."""

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.command import item, rss
from webwatch.errors import FailureClass, FetchError
from webwatch.model import Checkpoint, Source
from webwatch.pipeline.visit import Target, ask
from webwatch.pipeline.walk import Walker


@pytest.fixture
def shop(desk, web):
    """A desk whose one source is /feed.xml."""
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources:\n  - {{name: krant, url: '{web.url('/feed.xml')}'}}")
    return desk


def only_source(scan):
    (report,) = scan["sources"]
    return report


def test_a_scan_keeps_what_names_us_and_leaves_the_rest(shop, web):
    web.page("/feed.xml", rss(item(1), item(2, "Over de kapper."), item(3, "BAKKERIJ DE\nVRIES!")))
    report = only_source(shop.json("scan"))
    assert (report["status"], report["entries"], report["new_entries"], report["new_mentions"]) == ("read", 3, 3, 2)
    assert [mention["title"] for mention in shop.mentions()] == ["Bericht 1", "Bericht 3"]


def test_a_second_scan_of_the_same_web_adds_nothing_and_asks_with_the_servers_own_words(shop, web):
    web.page("/feed.xml", rss(item(1)), headers={"ETag": '"één"', "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"})
    shop.run("scan")
    report = only_source(shop.json("scan"))
    assert (report["status"], report["new_entries"], report["new_mentions"]) == ("unchanged", 0, 0)
    assert web.requests[-1].headers["if-modified-since"] == "Mon, 23 Nov 2026 08:00:00 GMT"
    assert len(shop.mentions()) == 1


def test_a_server_without_validators_costs_a_download_and_no_second_reading(shop, web):
    web.page("/feed.xml", rss(item(1)))
    shop.run("scan")
    assert only_source(shop.json("scan"))["status"] == "unchanged"


def test_an_edited_entry_is_the_same_mention_with_a_revision(shop, web):
    web.page("/feed.xml", rss(item(1)))
    shop.run("scan")
    web.page("/feed.xml", rss(item(1, "Bakkerij De Vries: het is opgelost.")))
    assert only_source(shop.json("scan"))["new_mentions"] == 0
    (mention,) = shop.mentions()
    assert mention["text"] == "Bakkerij De Vries: het is opgelost."
    spans = [mention["text"][match["start"] : match["end"]] for match in mention["matches"]]
    assert spans == ["Bakkerij De Vries"]
    with closing(sqlite3.connect(shop.folder / "webwatch.db")) as db:
        assert db.execute("SELECT text FROM revisions").fetchall() == [("Gisteren bij Bakkerij De Vries geweest.",)]


def test_an_entry_that_names_us_only_after_an_edit_becomes_a_mention(shop, web):
    web.page("/feed.xml", rss(item(1, "Over een bakker.")))
    shop.run("scan")
    web.page("/feed.xml", rss(item(1)))
    assert only_source(shop.json("scan"))["new_mentions"] == 1


def test_a_mention_that_no_longer_names_us_stays_a_mention(shop, web):
    web.page("/feed.xml", rss(item(1)))
    shop.run("scan")
    web.page("/feed.xml", rss(item(1, "Verwijderd.")))
    shop.run("scan")
    (mention,) = shop.mentions()
    assert (mention["text"], mention["keywords"], mention["matches"]) == ("Verwijderd.", ["Bakkerij De Vries"], [])


def test_an_entry_that_several_sources_carry_is_one_mention_with_several_places(desk, web):
    web.page("/feed.xml", rss(item(1)))
    link = "https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://www.krant.example/1%3Futm_source%3Dx&amp;ct=ga"
    alert = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Google Alert</title><entry>'
        "<id>tag:google.com,2013:googlealerts/feed:1</id>"
        "<title type='html'>Bericht 1 bij &lt;b&gt;De Vries&lt;/b&gt;</title>"
        f"<link href='{link}'/><published>2026-11-23T08:30:00Z</published>"
        "<content type='html'>bij &lt;b&gt;Bakkerij De Vries&lt;/b&gt; ...</content></entry></feed>"
    )
    web.page("/alert", alert.encode())
    sources = f"  - {{name: krant, url: '{web.url('/feed.xml')}'}}\n"
    sources += f"  - {{name: alert, kind: alerts, url: '{web.url('/alert')}'}}"
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources:\n{sources}")
    desk.run("scan")
    (mention,) = desk.mentions()
    assert [place["source"] for place in mention["places"]] == ["krant", "alert"]
    assert mention["places"][1]["url"] == "https://www.krant.example/1?utm_source=x"


def test_a_place_that_names_us_makes_a_mention_of_an_entry_that_did_not(desk, web):
    web.page("/short.xml", rss(item(1, "Een bakker in het nieuws.")))
    web.page("/long.xml", rss(item(1, "Een bakker in het nieuws: Bakkerij De Vries.")))
    desk.configure(
        "keywords: [Bakkerij De Vries]\nsources:\n"
        f"  - {{name: short, url: '{web.url('/short.xml')}'}}\n  - {{name: long, url: '{web.url('/long.xml')}'}}"
    )
    desk.run("scan")
    (mention,) = desk.mentions()
    assert mention["text"].endswith("De Vries.")
    assert mention["source"] == "long"


def test_one_failing_source_does_not_hinder_another_and_the_exit_code_says_that_one_failed(desk, web):
    web.page("/feed.xml", rss(item(1)))
    web.page("/busy", b"", status=429, headers={"Retry-After": "3600"})
    web.page("/page", b"<!doctype html><title>Welkom</title><p>Welkom!")
    desk.configure(
        "keywords: [Bakkerij De Vries]\nsources:\n"
        + "".join(
            f"  - {{name: {name}, url: '{web.url('/' + name)}'}}\n" for name in ("gone", "busy", "page", "feed.xml")
        )
    )
    scan = desk.json("scan", code=3)
    assert [report["class"] for report in scan["sources"]] == ["not found", "rate limited", "not a feed", ""]
    assert scan["digest"]["coverage"]["read"] == 1
    problems = scan["digest"]["coverage"]["problems"]
    assert [(problem["source"], problem["failures"]) for problem in problems] == [("gone", 1), ("busy", 1), ("page", 1)]
    assert len(desk.mentions()) == 1


def test_a_server_that_said_when_to_come_back_is_left_alone_until_then_and_stays_a_problem(shop, web):
    web.page("/feed.xml", b"", status=429, headers={"Retry-After": "3600"})
    shop.run("scan", code=3)
    asked = len(web.requests)
    shop.now = "2026-11-23T09:30:00Z"
    scan = shop.json("scan", code=3)
    assert only_source(scan)["status"] == "waiting"
    assert len(web.requests) == asked
    assert scan["digest"]["coverage"]["problems"][0]["class"] == "rate limited"
    shop.now = "2026-11-23T10:30:00Z"
    web.page("/feed.xml", rss(item(1)))
    assert only_source(shop.json("scan"))["status"] == "read"


def test_a_page_is_not_asked_for_again_while_the_server_calls_it_fresh(shop, web):
    web.page("/feed.xml", rss(item(1)), headers={"Cache-Control": "max-age=1800"})
    shop.run("scan")
    shop.now = "2026-11-23T09:20:00Z"
    assert only_source(shop.json("scan"))["status"] == "unchanged"
    assert len(web.requests) == 1
    shop.now = "2026-11-23T09:40:00Z"
    shop.run("scan")
    assert len(web.requests) == 2


def test_failures_in_a_row_are_counted_since_the_first_and_end_with_a_success(shop, web):
    web.page("/feed.xml", b"", status=500)
    for hour in (9, 10, 11):
        shop.now = f"2026-11-23T{hour:02}:00:00Z"
        scan = shop.json("scan", code=3)
    (problem,) = scan["digest"]["coverage"]["problems"]
    assert (problem["class"], problem["failures"], problem["since"]) == ("server error", 3, "2026-11-23T09:00:00Z")
    web.page("/feed.xml", rss())
    shop.now = "2026-11-23T12:00:00Z"
    assert shop.json("scan")["digest"]["coverage"]["problems"] == []


def test_what_is_old_at_the_first_visit_is_history_and_counted_as_such(shop, web):
    old = "Mon, 02 Nov 2026 08:00:00 +0000"
    web.page("/feed.xml", rss(item(1), item(2, pubDate=old)))
    digest = shop.json("scan")["digest"]
    assert (digest["counts"]["open"], digest["coverage"]["history"]) == (1, 1)
    web.page("/feed.xml", rss(item(1), item(3, pubDate=old)))
    assert shop.json("scan")["digest"]["counts"]["open"] == 2


def test_a_window_that_rolled_over_between_two_visits_is_a_gap(shop, web):
    web.page("/feed.xml", rss(item(1), item(2)))
    shop.run("scan")
    web.page("/feed.xml", rss(item(3), item(4, pubDate="Mon, 23 Nov 2026 05:00:00 +0000")))
    shop.now = "2026-11-23T12:00:00Z"
    (gap,) = shop.json("scan")["digest"]["coverage"]["gaps"]
    assert (gap["source"], gap["since"], gap["until"]) == ("krant", "2026-11-23T09:00:00Z", "2026-11-23T12:00:00Z")
    assert "3 hours" in gap["message"]


def test_what_we_wrote_ourselves_is_no_mention(desk, web):
    web.page(
        "/feed.xml",
        rss(item(1, author="info@x.example (BakkerijDeVries)"), item(2, link="https://www.devries.example/2")),
    )
    desk.configure(
        f"keywords: [Bakkerij De Vries]\nsources: [{web.url('/feed.xml')}]\n"
        "us: {name: De Vries, authors: [bakkerijdevries], domains: [devries.example]}"
    )
    desk.run("scan")
    assert desk.mentions() == []


def test_on_our_own_profile_everything_is_a_mention(desk, web):
    web.page("/feed.xml", rss(item(1, "Zijn jullie zondag open?")))
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources: [{{name: wij, url: '{web.url('/feed.xml')}', own: true}}]")
    (mention,) = desk.json("scan")["digest"]["sections"][0]["items"]
    assert (mention["own"], mention["keywords"]) == (True, [])
    assert {"why": "own profile", "points": 40.0} in mention["reasons"]


def test_unmatched_entries_are_kept_as_long_as_the_owner_says_or_the_feed_carries_them(shop, web):
    def stored():
        with closing(sqlite3.connect(shop.folder / "webwatch.db")) as db:
            return [url for (url,) in db.execute("SELECT url FROM entries ORDER BY id")]

    web.page("/feed.xml", rss(item(1, "Over de kapper."), item(2), item(3, "Over de slager.")))
    shop.run("scan")
    web.page("/feed.xml", rss(item(2), item(3, "Over de slager.")))
    shop.now = "2026-12-30T09:00:00Z"
    shop.run("scan")
    assert stored() == ["https://krant.example/2", "https://krant.example/3"]


def test_texts_are_forgotten_when_their_time_is_over_and_the_counts_stay(shop, web):
    web.page("/feed.xml", rss(item(1)))
    shop.run("scan")
    shop.now = "2030-01-01T09:00:00Z"
    shop.run("scan")
    (mention,) = shop.mentions()
    assert (mention["text"], mention["matches"]) == ("", [])


def test_a_second_scan_at_the_same_time_is_told_who_holds_the_lock(shop, web):
    asked = threading.Event()
    web.on("/feed.xml", lambda call: (asked.set(), call.hang()))
    first = subprocess.Popen(
        [sys.executable, "-m", "webwatch", "scan"], cwd=shop.folder, env=shop.environment(), stderr=subprocess.PIPE
    )
    try:
        assert asked.wait(60)
        refused = shop.run("scan", code=4)
        assert f"process {first.pid}" in refused.stderr
        assert shop.json("digest")["counts"]["open"] == 0
    finally:
        first.kill()
        first.communicate()
    web.page("/feed.xml", rss(item(1)))
    shop.run("scan")


def test_a_scan_that_was_killed_is_made_good_by_the_next(desk, web):
    for number in range(3):
        web.page(f"/{number}.xml", rss(item(number)))
    asked = threading.Event()
    web.on("/3.xml", lambda call: (asked.set(), call.hang()))
    sources = "".join(f"  - {web.url(f'/{n}.xml', host=f'127.0.0.{n + 1}')}\n" for n in range(4))
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources:\n{sources}")
    first = subprocess.Popen([sys.executable, "-m", "webwatch", "scan"], cwd=desk.folder, env=desk.environment())
    assert asked.wait(60)
    first.send_signal(signal.SIGKILL)
    first.wait()
    web.page("/3.xml", rss(item(3)))
    desk.run("scan")
    assert sorted(mention["url"] for mention in desk.mentions()) == [f"https://krant.example/{n}" for n in range(4)]


def test_a_source_keeps_its_history_when_its_address_changes(desk, web):
    web.page("/old.xml", rss(item(1)), headers={"ETag": '"1"'})
    web.page("/new.xml", rss(item(1), item(2)), headers={"ETag": '"1"'})
    sources = "keywords: [Bakkerij De Vries]\nsources: [{{name: krant, url: '{}'}}]"
    desk.configure(sources.format(web.url("/old.xml")))
    desk.run("scan")
    desk.configure(sources.format(web.url("/new.xml")))
    report = only_source(desk.json("scan"))
    assert (report["status"], report["new_entries"]) == ("read", 1)
    assert "if-none-match" not in web.requests[-1].headers


def test_hostile_text_reaches_no_output_as_it_came(shop, web):
    title = "[red]\x9b31m&#x202e;=HYPERLINK(&quot;x&quot;)\x1b]0;pwned\x07"
    web.page("/feed.xml", rss(item(1, title=title)).replace(b"\x1b", b"\x1b"))
    shop.run("scan", code=None)
    for name in ("table", "plain", "json", "jsonl", "markdown", "csv", "html", "eml"):
        shown = shop.run("digest", "--format", name).stdout
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown), name


def test_the_json_of_a_scan_is_all_that_standard_output_carries(shop, web):
    web.page("/feed.xml", rss(item(1)))
    done = shop.run("scan", "--json")
    assert json.loads(done.stdout)["schema"] == "webwatch.scan/1"
    assert done.stderr == ""


def test_a_keyword_added_today_is_matched_against_what_is_stored(shop, web):
    web.page(
        "/feed.xml",
        rss(item(1, "Over de kapper."), item(2), item(3, "De kapper.", pubDate="Mon, 02 Nov 2026 08:00:00 GMT")),
    )
    shop.run("scan")
    config = shop.folder / "config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("[Bakkerij De Vries]", "[Bakkerij De Vries, kapper]"),
        encoding="utf-8",
    )
    preview = shop.json("rematch", "--dry-run")
    assert [change["url"] for change in preview["changes"]] == ["https://krant.example/1", "https://krant.example/3"]
    assert len(shop.mentions()) == 1
    done = shop.run("scan")
    assert "2 of the entries that were stored before are mentions now" in done.stderr
    assert shop.json("digest")["counts"]["open"] == 2
    assert [mention["keywords"] for mention in shop.json("list")["mentions"]] == [["kapper"], ["Bakkerij De Vries"]]
    assert shop.json("rematch")["changes"] == []


def test_a_rematch_keeps_copies_together_and_adds_keywords_to_mentions(desk, web):
    text = "Bakkerij De Vries en de kapper verhuizen samen naar de Markt, meldt de gemeente deze week."
    web.page("/a.xml", rss(item(1, text), item(2, text.replace("Bakkerij De Vries", "De slager"))))
    web.page("/b.xml", rss(item(3, text.replace("Bakkerij De Vries", "De slager"), title="Bericht 2")))
    sources = f"sources:\n  - {{name: a, url: '{web.url('/a.xml')}'}}\n  - {{name: b, url: '{web.url('/b.xml')}'}}"
    desk.configure(f"keywords: [Bakkerij De Vries]\n{sources}")
    desk.run("scan")
    desk.configure(f"keywords: [Bakkerij De Vries, kapper]\n{sources}")
    desk.run("rematch")
    first, second = sorted(desk.mentions(), key=lambda mention: -len(mention["keywords"]))
    assert first["keywords"] == ["Bakkerij De Vries", "kapper"]
    assert {match["keyword"] for match in first["matches"]} == {"Bakkerij De Vries", "kapper"}
    assert [place["source"] for place in second["places"]] == ["a", "b"]


def test_a_page_that_is_gone_for_good_is_paused_and_that_is_said(shop, web):
    web.page("/feed.xml", b"", status=410)
    shop.run("scan", code=3)
    shop.now = "2026-12-01T09:00:00Z"
    scan = shop.json("scan", code=3)
    assert only_source(scan)["status"] == "waiting"
    assert len(web.requests) == 1
    (problem,) = scan["digest"]["coverage"]["problems"]
    assert problem["class"] == "gone"
    assert problem["message"].endswith("paused, and asked for again on 2026-12-23")


def test_what_a_source_carried_is_dropped_in_time_when_the_source_left_the_configuration(shop, web):
    web.page("/feed.xml", rss(item(1, "Over de kapper.")))
    web.page("/other.xml", rss())
    shop.run("scan")
    shop.configure(f"keywords: [Bakkerij De Vries]\nsources: [{web.url('/other.xml')}]")
    shop.now = "2026-12-30T09:00:00Z"
    shop.run("scan")
    with closing(sqlite3.connect(shop.folder / "webwatch.db")) as db:
        assert db.execute("SELECT count(*) FROM entries").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM keys").fetchone() == (0,)


def test_a_failed_visit_says_how_long_it_took():
    moments = iter([10.0, 12.5])

    def refuse(request):
        raise FetchError(FailureClass.TIMEOUT, "too slow")

    source = Source(name="krant", url="https://krant.example/")
    now = datetime(2026, 11, 23, tzinfo=UTC)
    walker = Walker(get=refuse, now=now, zone=UTC, first_scan=timedelta(days=7), known={}, visited=set())
    with pytest.raises(FetchError) as caught:
        ask(Target(source), Checkpoint(), walker, now, lambda: next(moments))
    assert caught.value.seconds == 2.5
