"""Drafts, promises made in them, and that nothing is ever posted."""

import ast
import json
import re
import shlex
import sys
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import jsonschema
import pytest

from tests.command import Desk, item, rss
from tests.test_docs import ROOT
from webwatch import guidance
from webwatch.errors import ExitCode, FetchError, UsageError
from webwatch.fetch import Fetcher
from webwatch.formats import _schemas
from webwatch.guidance import INTENTS, KINDS, About, drafting, templates
from webwatch.model import AnswerPage, FetchRules, OfficeHours, Request
from webwatch.when import Desk as Clock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = OfficeHours(days=frozenset(range(5)), opens=time(9), closes=time(17, 30))
MONDAY = Clock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), AMSTERDAM, OFFICE)  # 10:00 in Amsterdam
EVERY = [(language, intent, kind) for language in templates.codes() for intent in INTENTS for kind in KINDS]

FILLED = {"nl": "de nieuwe oven", "en": "the new oven"}


# ---------------------------------------------------------------------------------------------------------- drafts


@pytest.mark.parametrize(("language", "intent", "kind"), EVERY)
def test_each_template_has_a_greeting_blanks_a_name_and_nothing_to_warn_about_once_it_is_filled_in(
    language, intent, kind
):
    about = About(intent=intent, language=language, author="Karin")
    draft = guidance.compose(about, kind, by="ann")
    assert draft.text.split("\n")[0] in {"Beste Karin,", "Hello Karin,"}
    assert draft.text.endswith("\nAnn")
    assert draft.blanks
    assert {remark.rule for remark in guidance.lint(draft.text, about)} == {"blank"}
    filled = re.sub(r"\[[^\]]*\]", FILLED[language], draft.text)
    assert guidance.lint(filled, about) == ()
    assert len(draft.text.split()) < 80


@pytest.mark.parametrize(("language", "intent", "kind"), [one for one in EVERY if one[2] == "ack"])
def test_a_holding_reply_asks_by_when_and_makes_that_promise(language, intent, kind):
    draft = guidance.compose(About(intent=intent, language=language), kind)
    when = {"nl": "[voor wanneer]", "en": "[by when]"}[language]
    assert when in draft.blanks
    (promise,) = guidance.promised(
        draft.text.replace(when, {"nl": "vrijdag 12:00", "en": "Friday 12:00"}[language]), MONDAY
    )
    assert promise.due == datetime(2026, 11, 27, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", templates.codes())
def test_no_compliment_is_met_with_an_apology(language):
    said = " ".join(templates.load(language).bodies["compliment"].values()).translate({ord("["): "", ord("]"): ""})
    assert guidance.lint(f"{said}\n\nAnn", About(intent="compliment")) == ()
    assert guidance.lint(f"{said} Sorry!\n\nAnn", About(intent="compliment")) != ()


def test_a_template_that_does_not_fit_is_refused_with_what_does():
    for wanted in set(INTENTS) - {"compliment", "other"}:
        with pytest.raises(UsageError, match="these do: compliment, other"):
            guidance.compose(About(intent="compliment"), intent=wanted)
    assert guidance.compose(About(intent="compliment"), intent="other").intent == "other"
    assert guidance.compose(About(intent="other"), intent="complaint").intent == "complaint"
    with pytest.raises(UsageError, match="these are"):
        guidance.compose(About(), intent="praise")


@pytest.mark.parametrize(("about", "language"), [
    ({"language": "nl-NL"}, "nl"),
    ({"language": "EN"}, "en"),
    ({"said": "Wanneer zijn jullie op zondag open?", "told_in": "en"}, "nl"),
    ({"said": "When are you open on a Sunday?", "told_in": "nl"}, "en"),
    ({"said": "Croissants", "told_in": "nl"}, "nl"),
    ({"language": "de", "said": "Was ist das?", "told_in": "nl"}, "nl"),
    ({"told_in": "fr"}, "en"),
])  # fmt: skip
def test_a_draft_is_in_the_language_of_the_mention(about, language):
    assert guidance.compose(About(**about)).language == language


@pytest.mark.parametrize(("name", "first"), [
    ("Ann de Vries", "Ann"), ("ann", "Ann"), ("ann.devries", "Ann"), ("Jan-Willem Smit", "Jan-Willem"),
    ("A. de Vries", "A. de Vries"), ("root", ""), ("", ""), ("webwatch (a person)", ""), ("piet42", "Piet"),
])  # fmt: skip
def test_it_is_signed_with_a_first_name(name, first):
    assert drafting.first_name(name) == first
    assert guidance.compose(About(language="nl"), by=name).text.endswith(f"\n{first or '[je voornaam]'}")


@pytest.mark.parametrize(
    "author", ["", "Anonymous", "gast", "karin@mail.example", "0612345678", "123", "[b]", "x" * 99]
)
def test_who_gave_no_name_is_greeted_without(author):
    assert guidance.compose(About(language="en", author=author)).text.startswith("Hello,\n")


def test_the_page_that_answers_is_named():
    hours = AnswerPage(topic="x", url="https://a.example/open", words=("openingstijden", "zondag open"))
    returns = AnswerPage(topic="De retour van een taart", url="https://a.example/retour")
    for said, linked in {
        "Zijn jullie ZONDAG  open?": [hours],
        "Zijn jullie zondagopen?": [],
        "Is een taart retour te brengen?": [returns],
        "Hoe bak je een taart?": [],
        "Ópeningstijden, en retour van een taart?": [hours, returns],
    }.items():
        about = About(language="nl", said=said, pages=(hours, returns))
        draft = guidance.compose(about, intent="question")
        assert list(draft.pages) == linked, said
        assert [page.url in draft.text for page in linked] == [True] * len(linked)
    assert guidance.compose(About(said="openingstijden", pages=(hours,), intent="compliment")).pages == ()


@pytest.mark.parametrize("intent", INTENTS)
def test_the_hints_are_told_in_the_language_of_the_owner(intent):
    assert guidance.hints(intent, "nl") != guidance.hints(intent, "en") == guidance.hints(intent, "fr")
    names = {"nl": "voornaam", "en": "first name"}
    assert all(names[code] in " ".join(guidance.hints(intent, code)) for code in names)


# -------------------------------------------------------------------------------------------------------- promises


@pytest.mark.parametrize(("said", "due"), [
    ("Ik antwoord voor vrijdag 12:00.", "Fri 27 12:00"),
    ("voor vrijdag 12.00 uur", "Fri 27 12:00"),
    ("U hoort het uiterlijk morgen.", "Tue 24 17:30"),
    ("Uiterlijk morgen om 12:00 bel ik u.", "Tue 24 12:00"),
    ("You get it by tomorrow noon.", "Tue 24 12:00"),
    ("Het komt binnen twee dagen.", "Wed 25 10:00"),
    ("We antwoorden binnen 2 werkdagen.", "Wed 25 17:30"),
    ("We answer within 48 hours.", "Wed 25 10:00"),
    ("It is there within two business days.", "Wed 25 17:30"),
    ("Vóór 17:00 staat het er.", "Mon 23 17:00"),
    ("I will answer here by the end of the day.", "Mon 23 17:30"),
    ("Wij laten het voor het eind van de week weten.", "Fri 27 17:30"),
    ("Ik bel u morgen terug.", "Tue 24 17:30"),
    ("We bellen je vrijdag om 12:00.", "Fri 27 12:00"),
    ("We'll call you on Monday at 9:00.", "Mon 30 09:00"),
    ("It is back no later than 1 December.", "Tue 01 17:30"),
])  # fmt: skip
def test_a_by_when_is_a_promise(said, due):
    (promise,) = guidance.promised(f"Beste Karin,\n\nDank u. {said}\n\nGroet,\nAnn", MONDAY)
    assert f"{promise.due.astimezone(AMSTERDAM):%a %d %H:%M}" == due
    assert promise.text == said


@pytest.mark.parametrize("said", [
    "Dank voor uw bericht.", "Voor 12 euro is hij van u.", "Kunt u voor vrijdag bellen?",
    "Wilt u ons uiterlijk morgen mailen.",
    "Wij zijn vrijdag gesloten.", "Tot morgen!", "We had promised it by Friday.",
    "Dat beloofden we voor vrijdag 12:00.",
    "Wie voor 12:00 bestelt, krijgt het morgen.", "Please call us before Friday.", "We answer within a few days.",
    "Voor ma en pa.", "It was made by Sun Bakeries.", "Ik antwoord uiterlijk [voor wanneer].", "",
])  # fmt: skip
def test_what_is_asked_past_or_vague_is_none(said):
    assert guidance.promised(said, MONDAY) == ()


def test_two_promises_of_one_moment_are_one_and_of_two_are_two():
    once = "Ik bel u voor vrijdag 12:00. Voor vrijdag 12:00 staat het hier."
    assert len(guidance.promised(once, MONDAY)) == 1
    assert len(guidance.promised(f"{once} Het geld is er binnen een week.", MONDAY)) == 2


# ---------------------------------------------------------------------------------------------------- the commands


@pytest.fixture
def shop(desk: Desk, web) -> Desk:
    """A desk with a complaint and a question, in Dutch."""
    web.page("/feed.xml", rss(
        item(1, "De taart van Bakkerij De Vries was niet vers.", author="x@y.example (Karin)"),
        item(2, "Wat zijn de openingstijden van Bakkerij De Vries?"),
    ))  # fmt: skip
    desk.configure(
        f"keywords: [Bakkerij De Vries]\nsources: ['{web.url('/feed.xml')}']\n"
        "links: [{topic: openingstijden, url: 'https://devries.example/open'}]"
    )
    desk.run("scan")
    desk.run("label", "1", "complaint")
    return desk


def test_the_draft_alone_is_on_standard_output(shop):
    done = shop.run("draft", "1", "--kind", "ack", "--by", "Ann de Vries")
    assert done.stdout.startswith("Beste Karin,\n")
    assert done.stdout.endswith("Groet,\nAnn\n")
    assert "[voor wanneer]" in done.stdout
    assert "Say when the answer comes" in done.stderr
    assert shop.run("draft", "1", WEBWATCH_USER="piet").stdout.endswith("\nPiet\n")
    assert shop.run("draft", "1").stdout.endswith("\n[je voornaam]\n")


def test_its_json_keeps_its_schema(shop):
    shop.run("label", "2", "question")
    drafted = shop.json("draft", "2", "--by", "Ann")
    jsonschema.validate(drafted, _schemas.schema("draft"))
    assert drafted["links"] == [{"topic": "openingstijden", "url": "https://devries.example/open"}]
    assert "https://devries.example/open" in drafted["text"]
    assert (drafted["intent"], drafted["kind"], drafted["language"]) == ("question", "reply", "nl")
    linted = shop.json("lint", "--for", "2", stdin=drafted["text"], code=7)
    jsonschema.validate(linted, _schemas.schema("lint"))
    assert {warning["rule"] for warning in linted["warnings"]} == {"blank"}


def test_a_complaints_template_is_not_for_a_compliment(shop):
    shop.run("label", "1", "compliment")
    said = shop.run("draft", "1", "--intent", "complaint", code=2)
    assert "these do: compliment, other" in said.stderr
    assert said.stdout == ""


def test_the_editor_gets_the_draft_and_its_result_is_linted(shop, tmp_path):
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "assert 'Beste Karin' in path.read_text(encoding='utf-8')\n"
        "path.write_text('Had u maar gebeld.\\n\\nAnn\\n', encoding='utf-8')\n",
        encoding="utf-8",
    )
    editor = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"
    done = shop.run("draft", "1", "--edit", code=7, EDITOR=editor)
    assert done.stdout == "Had u maar gebeld.\n\nAnn\n"
    assert "draft:1:1: blame" in done.stderr
    script.write_text("", encoding="utf-8")
    unchanged = shop.run("draft", "1", "--edit", "--json", code=7, EDITOR=editor)
    assert json.loads(unchanged.stdout)["blanks"]


def test_a_reply_with_its_draft_makes_the_promise_and_both_can_be_taken_back(shop):
    wrote = "Beste Karin,\n\nIk bel u uiterlijk vrijdag 12:00.\n\nGroet,\nAnn"
    said = shop.run("reply", "1", "--draft", "-", "--by", "Ann", stdin=wrote).stdout
    assert "promised by Fri 27 Nov 2026 12:00: Ik bel u uiterlijk vrijdag 12:00." in said
    (promise,) = shop.json("promises")["promises"]
    assert (promise["by"], promise["who"], promise["mention"]) == ("2026-11-27T11:00:00Z", "Ann", 1)
    logged = {action["action"]: action["text"] for action in shop.json("log", "1")["actions"]}
    assert logged["reply"] == wrote
    undo = re.findall(r"webwatch (undo \d+)", said)
    assert len(undo) == 2
    for command in reversed(undo):
        shop.run(*command.split())
    assert shop.json("promises")["promises"] == []
    assert shop.json("show", "1")["mention"]["state"] == "open"


def test_the_by_when_counts_from_when_we_answered(shop):
    (shop.folder / "answer.txt").write_text("U hoort het uiterlijk morgen 12:00. Ann", encoding="utf-8")
    shop.run("reply", "1", "--draft", "answer.txt", "--at", "yesterday 16:00")
    (promise,) = shop.json("promises")["promises"]
    assert promise["by"] == "2026-11-23T11:00:00Z"


def test_a_draft_without_a_by_when_says_so_and_all_or_nothing_is_logged(shop):
    assert 'no "by when"' in shop.run("reply", "1", "--draft", "-", stdin="Dank u. Ann").stderr
    assert shop.json("promises")["promises"] == []
    shop.run("reply", "2", "99", "--draft", "-", stdin="Uiterlijk morgen. Ann", code=2)
    assert shop.json("show", "2")["mention"]["actions"] == []
    assert "cannot be read" in shop.run("reply", "2", "--draft", "none.txt", code=2).stderr


# ------------------------------------------------------------------------------------------------- nothing is posted

_READING = {"GET", "HEAD"}
_WRITING = {"POST", "PUT", "PATCH", "DELETE"}


def test_whatever_is_fetched_the_transport_sees_only_get_and_head():
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.read()))
        status = {"/moved": 307, "/broken": 503}.get(request.url.path, 200)
        return httpx.Response(status, headers={"Location": "/here"}, stream=httpx.ByteStream(b""))

    soon = timedelta(seconds=5)
    rules = FetchRules(timeout=soon, total=soon, per_host_pause=timedelta(), max_bytes=1000)
    fetcher = Fetcher(
        rules,
        user_agent="webwatch",
        clock=lambda: MONDAY.now,
        sleep=lambda _: None,
        random=lambda: 0.0,
        transport=httpx.MockTransport(answer),
    )
    with closing(fetcher):
        for path in ("/", "/moved", "/broken"):
            for robots in (False, True):
                _tried(fetcher, Request(url=f"http://shop.example{path}", robots=robots))
    assert len(seen) >= 6
    assert {method for method, _ in seen} <= _READING
    assert {body for _, body in seen} == {b""}


def _tried(fetcher, request: Request) -> None:
    try:
        fetcher.get(request)
    except FetchError:
        return


def test_no_module_names_another_method_and_requests_are_made_in_one_place():
    made = []
    for path in sorted((ROOT / "webwatch").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                value = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
                assert value.strip().upper() not in _WRITING or not value.isupper(), (path, node.lineno, value)
            if isinstance(node, ast.Call):
                made += _requests(path, node)
    assert [(name, method) for name, method in made if method is not None] == [("attempt.py", "GET")]
    assert [name for name, method in made if method is None] == ["transport.py"]  # hands on what attempt.py made


def _requests(path: Path, call: ast.Call) -> list[tuple[str, str | None]]:
    """The method of each HTTP request that a call makes; None where it is no constant."""
    called = ast.unparse(call.func)
    assert not re.search(r"httpx\.(?:Async)?Client|httpx\.(?:get|post|put|patch|delete|request|stream)$", called), path
    assert not re.search(r"urlopen|http\.client|HTTPS?Connection|requests\.", called), (path, called)
    if called not in {"httpx.Request", "httpcore.Request"}:
        return []
    method = call.args[0]
    return [(path.name, method.value if isinstance(method, ast.Constant) else None)]


def test_the_document_of_the_guidance_names_each_kind_and_what_lint_leaves_with():
    told = (ROOT / "docs/guidance.md").read_text(encoding="utf-8")
    assert all(f"`{kind}`" in told or f"--kind {kind}" in told for kind in KINDS)
    assert f"leaves with {ExitCode.WARNINGS:d}" in told
