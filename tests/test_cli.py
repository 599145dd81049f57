"""The command line: what it says, what it prints where, and with which code it leaves."""

import json
import os
import pty
import subprocess
import sys

import pytest

from tests.command import item, rss

COMMANDS = ["scan", "digest", "list", "show", "open", "read", "rematch", "keyword", "check", "init", "schema", "demo"]


@pytest.fixture
def shop(desk, web):
    """A desk with two mentions of the morning."""
    web.page("/feed.xml", rss(item(1), item(2, title="Taart van Bakkerij De Vries", author="x@y.example (Ann)")))
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources:\n  - {{name: krant, url: '{web.url('/feed.xml')}'}}")
    desk.run("scan")
    return desk


def test_help_lists_every_command_and_each_has_an_example(desk):
    overview = desk.run("--help").stdout
    for command in COMMANDS:
        assert f"\n  {command} " in overview
        shown = desk.run(*([command, "test"] if command == "keyword" else [command]), "--help").stdout
        assert "Example" in shown
        assert f"webwatch {command}" in shown


def test_a_mistyped_command_is_met_with_the_nearest(desk):
    assert "Did you mean 'digest'?" in desk.run("digset", code=2).stderr


def test_no_config_says_where_it_looked_and_how_to_make_one(desk):
    said = desk.run("scan", code=2).stderr
    assert "webwatch init" in said
    assert "config.yaml" in said


def test_init_writes_a_config_that_checks_and_scans_and_writes_over_nothing(desk):
    desk.run("init", "--yes", "--name", 'On: "De" Vries', "--language", "nl", "--address", "https://example.nl/feed")
    assert "1 keywords, 1 sources" in desk.run("check").stdout
    assert "--force" in desk.run("init", "--yes", code=2).stderr


def test_init_asks_three_questions(desk):
    said = desk.run("init", stdin="De Vries\nnl\n\n")
    assert said.stderr.count("?") >= 2
    assert "De Vries" in (desk.folder / "config.yaml").read_text(encoding="utf-8")
    desk.run("scan")


def test_check_names_all_faults_at_once(desk):
    desk.configure("keywords: [a, a]\nsources:\n  - {url: 'https://a.example/', kind: rrs}\nuss: {}")
    said = desk.run("check", code=2).stderr
    assert "config.yaml:3:39: sources[0].kind: 'rrs' is not one of alerts, feed" in said
    assert "config.yaml:4:1: uss: is not a setting here (did you mean 'us'?)" in said
    assert "keywords[1]" in said


def test_check_warns_of_a_keyword_that_matches_everything(desk):
    desk.configure("keywords: [de]\nsources: []")
    assert "warning: keyword 'de'" in desk.run("check").stderr


def test_show_prints_a_mention_and_the_sum_that_ranks_it(shop):
    shown = shop.run("show", "2", "--why").stdout
    assert shown.startswith("2  Taart van Bakkerij De Vries\n")
    assert "https://krant.example/2" in shown
    assert "in all" in shown
    assert shop.json("show", "2")["mention"]["author"] == "Ann"


def test_a_mention_that_is_not_there_is_met_with_the_nearest(shop):
    assert "there is no mention 7; the nearest are 1, 2" in shop.run("show", "7", code=2).stderr


def test_open_prints_the_address(shop):
    assert shop.run("open", "1", BROWSER="true").stdout == "https://krant.example/1\n"


def test_list_and_digest_can_be_narrowed(shop):
    assert [mention["id"] for mention in shop.json("list", "--since", "2d", "--limit", "1")["mentions"]] == [1]
    assert shop.json("list", "--since", "2026-11-24")["mentions"] == []
    assert shop.json("list", "--source", "KRANT", "--keyword", "bakkerij de vries")["mentions"] != []
    assert "did you mean 'krant'" in shop.run("list", "--source", "krnt", code=2).stderr
    cut = shop.json("digest", "--limit", "1")
    assert (len(cut["sections"][0]["items"]), cut["counts"]["open"]) == (1, 2)
    assert shop.json("digest", "--limit", "1", "--all")["sections"][0]["total"] == 2


def test_digest_check_tells_a_script_whether_something_is_overdue(shop):
    shop.run("digest", "--check")
    shop.now = "2026-12-23T09:00:00Z"
    shop.run("digest", "--check", code=6)


def test_now_moves_the_clock_before_and_after_the_command(shop):
    late = shop.json("--now", "2027-01-01", "digest")
    assert late["counts"]["overdue"] == 2
    assert late["generated_at"] == "2026-12-31T23:00:00Z"
    assert shop.json("digest", "--now", "2026-11-22T09:00:00Z")["counts"]["open"] == 0
    assert "is not a moment" in shop.run("digest", "--now", "soon", code=2).stderr


def test_keyword_test_says_what_matches_where_and_why_not(desk):
    desk.configure("keywords: [De Vries, {name: taart, all: [taart], none: [vacature]}]\nsources: []")
    said = desk.run("keyword", "test", "Vacature voor een taart bij de vries!").stdout
    assert "yes  De Vries" in said
    assert "no   taart: 'vacature' is there" in said
    tested = desk.json("keyword", "test", stdin="De Vries")
    assert [keyword["matched"] for keyword in tested["keywords"]] == [True, False]
    assert "column" in desk.run("keyword", "test", "--query", "a AND (", "x", code=2).stderr


def test_read_shows_what_is_found_in_a_file_or_at_an_address_and_stores_nothing(desk, web):
    (desk.folder / "saved.xml").write_bytes(rss(item(1, link="/een")))
    read = desk.json("read", "saved.xml", "--as", "https://krant.example/feed.xml")
    assert read["schema"] == "webwatch.read/1"
    assert [entry["url"] for entry in read["entries"]] == ["https://krant.example/een"]
    web.page("/feed.xml", rss(item(1)))
    assert "Bericht 1" in desk.run("read", web.url("/feed.xml")).stdout
    assert desk.run("read", web.url("/none"), code=3).stderr.startswith("webwatch: ")
    assert "cannot be read" in desk.run("read", "none.xml", code=2).stderr
    assert [path.name for path in desk.folder.iterdir()] == ["saved.xml"]


def test_every_schema_that_is_named_is_printed(desk):
    for name in ("config", "digest", "list", "show", "read", "scan"):
        assert json.loads(desk.run("schema", name).stdout)["$schema"].startswith("https://json-schema.org/")
    assert "did you mean 'digest'" in desk.run("schema", "digets", code=2).stderr


def test_database_trouble_leaves_with_its_own_code(desk):
    desk.configure("keywords: [De Vries]\nsources: []")
    (desk.folder / "webwatch.db").write_bytes(b"no database" * 999)
    assert "webwatch.db: it is not a webwatch database" in desk.run("digest", code=5).stderr


def test_a_reader_that_has_enough_is_no_error(shop):
    script = f"{sys.executable} -m webwatch digest --all --format html | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        cwd=shop.folder,
        env=shop.environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def terminal(desk, *arguments: str, columns: int, **extra: str) -> str:
    """What the command writes on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = desk.environment(COLUMNS=str(columns), TERM="xterm-256color", **extra)
    process = subprocess.Popen(
        [sys.executable, "-m", "webwatch", *arguments],
        cwd=desk.folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # the other end is closed: Linux says so with EIO
        pass
    finally:
        os.close(ours)
    assert process.wait() == 0
    return shown.decode()


def test_a_terminal_gets_colour_and_a_pipe_or_no_color_gets_none(shop):
    assert "\x1b[" in terminal(shop, "digest", columns=80)
    assert "\x1b[" not in terminal(shop, "digest", columns=80, NO_COLOR="1")
    assert "\x1b[" not in shop.run("digest").stdout


def test_a_digest_fits_a_terminal_of_60_columns(shop):
    shown = terminal(shop, "digest", columns=60, NO_COLOR="1")
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= 60
    assert "https://krant.example/1" in shown


def test_the_digest_speaks_dutch_when_asked_to(shop):
    config = (shop.folder / "config.yaml").read_text(encoding="utf-8")
    (shop.folder / "config.yaml").write_text(config + "digest: {language: nl}\n", encoding="utf-8")
    assert "bronnen" in shop.run("digest").stdout or "bron" in shop.run("digest").stdout
    assert shop.json("digest")["sections"][0]["name"] == "later"


def test_the_demo_shows_a_digest_with_what_was_and_was_not_read(desk):
    said = desk.json("demo")
    assert said["counts"]["open"] > 10
    assert {problem["class"] for problem in said["coverage"]["problems"]} >= {"rate limited", "not a feed"}
    assert any(len(mention["places"]) > 1 for section in said["sections"] for mention in section["items"])
    assert list(desk.folder.iterdir()) == []


def test_a_configuration_without_sources_never_looks_like_all_quiet(desk):
    desk.configure("keywords: [De Vries]\nsources: []")
    said = desk.run("scan").stdout
    assert "nothing to read yet" in said
    assert "Nothing needs an answer" not in said
