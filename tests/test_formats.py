"""The formats of the digest: their contract, their goldens, and what hostile text may not do in any of them.

`python -m tests.test_formats --regenerate` writes tests/fixtures/digest/ anew; read the difference before keeping it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from email import message_from_string
from email.policy import default as mail_policy
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from webwatch import formats, languages
from webwatch.errors import FailureClass
from webwatch.formats import Screen, _schemas
from webwatch.formats import json as contract
from webwatch.formats._wording import wording
from webwatch.model import (
    Counts,
    Coverage,
    Digest,
    Entry,
    Event,
    Further,
    Gap,
    Match,
    Mention,
    Parsed,
    Place,
    Problem,
    Promise,
    Ranked,
    Reason,
    Said,
    Section,
    SourceReport,
    Standing,
)
from webwatch.text import line, shorten

HERE = Path(__file__).parent
GOLDENS = HERE / "fixtures" / "digest"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday, 09:00 in Amsterdam
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FOR_PEOPLE = ("table", "plain", "markdown", "html", "eml")

# What strangers have put into titles: escape sequences, markup of each output, bidi overrides, formulas, line breaks.
HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "[red]not red[/red] [/] [link=http://evil.example]x[/link] :smile:",
    "\x1b[2J\x1b]0;owned\x07 \x9b31m \x00 bell\x07",
    "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;",
    "[click](javascript:alert(1)) `code` | cell | **bold** <http://evil.example> ![i](x)",
    "safe\u202egnp.exe\u202c \u2066x\u2069 zero\u200bwidth \ufeff",
    "one line\r\nBcc: everyone@evil.example\r\n\r\nbody\u2028and\u0085more",
    "{{ 7 * 7 }} {% raw %} {0} {n} %s",
    "lone \ud800 surrogate and \udfff",
    "\u200d\u200d丂♀👩؈♀",
    "# heading\n- item\n1. one\n    code\n---",
)
HOSTILE_URLS = (
    "javascript:alert(document.cookie)",
    'https://evil.example/"onmouseover="alert(1)',
    "https://evil.example/a b<script>\n\x1b[31m",
    "data:text/html,<script>alert(1)</script>",
    "JaVaScRiPt://evil.example/%0aalert(1)",
    "https://lang.example/" + "pad/" * 60 + "eind?thread=4512&pagina=2#bericht-88",
)


def item(
    id_: int = 42,
    title: str = "Taart was beschimmeld",
    text: str = "Ik heb bij Bakkerij De Vries een taart gekocht die beschimmeld was.",
    *,
    url: str = "https://forum.example/t/4512#p3",
    due: datetime = NOW - timedelta(hours=3),
    published: datetime | None = NOW - timedelta(days=2, hours=5),
    section: str = "overdue",
    author: str = "Jan de Boer",
    source: str = "Klachtenhoek",
    places: int = 1,
    intent: str = "other",
    site: str = "",
) -> Ranked:
    start = text.find("De Vries")
    found = Match(keyword="De Vries", field="text", start=start, end=start + len("De Vries"))
    mention = Mention(
        id=id_,
        entry=Entry(
            url=url, title=title, text=text, author=author, published=published, published_raw="za 21 nov", site=site
        ),
        source=source,
        first_seen=NOW - timedelta(hours=20),
        keywords=("De Vries",),
        matches=(found,) if start >= 0 else (),
        places=tuple(
            Place(url=f"https://place{n}.example/", source=source, seen=NOW - timedelta(hours=n)) for n in range(places)
        ),
    )
    reasons = (
        Reason(why="overdue", points=43.0),
        Reason(why="own profile", points=40.0),
        Reason(why="reach", points=2.5),
        Reason(why="age", points=-1.0),
    )
    return Ranked(
        mention=mention, kind="feed", own=True, intent=intent, due=due, section=section, score=84.5, reasons=reasons
    )


def digest(*sections: Section, language: str = "en", **changes) -> Digest:
    values = {
        "generated_at": NOW,
        "zone": AMSTERDAM,
        "language": language,
        "business": "Bakkerij De Vries",
        "mail_to": "",
        "counts": Counts(open=sum(section.total for section in sections), overdue=0, due_today=0, new=0),
        "sections": sections,
        "coverage": Coverage(sources=12, read=12, last_scan=NOW - timedelta(minutes=4)),
    }
    return Digest(**values | changes)


def quiet() -> Digest:
    return digest()


def one_item_in_dutch() -> Digest:
    """What an owner of a Dutch bakery sees on an ordinary morning."""
    return digest(
        Section(name="overdue", items=(item(places=3, intent="complaint"),), total=1),
        language="nl",
        mail_to="info@bakkerijdevries.example",
        counts=Counts(open=1, overdue=1, due_today=0, new=0),
        coverage=Coverage(sources=3, read=3, last_scan=NOW - timedelta(minutes=4), history=143),
    )


def overflowing() -> Digest:
    """Hostile text in every field, more items than are shown, sources that are not read, and gaps."""
    hostile = tuple(
        item(
            100 + n,
            title,
            f"Before it {title} De Vries, and after it {title}",
            author=title,
            source=title,
            url=HOSTILE_URLS[n % len(HOSTILE_URLS)],
            site=title if n % 2 else "",
        )
        for n, title in enumerate(HOSTILE)
    )
    today = (
        item(
            7, "Are you open on Sunday?", "Does De Vries open on Sunday?", due=NOW + timedelta(hours=8), published=None
        ),
        item(8, "", "First line of a post about De Vries\nand its second line", due=NOW + timedelta(hours=2)),
    )
    later = (
        item(9, "Compliments", "De Vries is great", due=NOW + timedelta(days=1), published=NOW - timedelta(seconds=9)),
        item(10, "", "", due=NOW + timedelta(days=6), published=NOW - timedelta(days=400), author="", url=""),
    )
    information = (item(11, "Sint-Maarten in Oudewijk", "Ook De Vries deed mee.", published=NOW - timedelta(days=70)),)
    problems = tuple(
        Problem(
            source=title,
            failure=list(FailureClass)[n % len(FailureClass)],
            since=NOW - timedelta(days=20 * n),
            failures=n + 1,
            message=title,
        )
        for n, title in enumerate(HOSTILE)
    )
    gap = Gap(source=HOSTILE[1], since=NOW - timedelta(days=3), until=NOW - timedelta(days=1), message=HOSTILE[2])
    return digest(
        Section(name="overdue", items=hostile, total=len(hostile)),
        Section(name="due_today", items=today, total=14),
        Section(name="later", items=later, total=2),
        Section(name="for_your_information", items=information, total=1),
        counts=Counts(open=28, overdue=11, due_today=14, new=5),
        business="De Vries\r\nBcc: everyone@evil.example",
        mail_to="info@bakkerijdevries.example\r\nBcc: everyone@evil.example",
        coverage=Coverage(
            sources=23, read=12, problems=problems, gaps=(gap,), last_scan=NOW - timedelta(hours=2), history=1
        ),
    )


def afterwards() -> Digest:
    """What comes back after the first answer, in Dutch: one item in each section, events, and nobody at the desk."""
    day = timedelta(days=1)

    def said(text: str, ago: timedelta = day, author: str = "Jan de Boer") -> Said:
        at = NOW - ago
        return Said(entry_id=7, at=at, seen=at, author=author, text=text, url="https://forum.example/t/4512#p9")

    def after(number: int, section: str, standing: Standing, *posts: Said, due: datetime = NOW - day) -> Ranked:
        ranked = item(number, f"Taart {number}", due=due, section=section)
        return ranked._replace(section=section, standing=standing, posts=posts)

    promise = Promise(id=31, text="bellen\x1b[31m", due=NOW - 3 * day, who="Piet", made=NOW - 5 * day)
    answered = Standing(state="replied", word=NOW - 6 * day, answered=True, since=NOW - 6 * day)
    items = (
        after(1, "promises_past", answered._replace(promises=(promise,)), said("Bellen jullie nog?")),
        after(2, "we_went_silent", Standing(state="acknowledged", word=NOW - 2 * day, until=NOW - day)),
        after(
            3,
            "they_wrote_again",
            answered._replace(state="open", back="wrote again"),
            said("Nog steeds beschimmeld.", 2 * day),
            said(HOSTILE[3] + HOSTILE[1]),
        ),
        after(4, "they_wrote_again", Standing(back="turned negative"), said("Schande!", author="")),
        after(5, "close_the_loop", answered._replace(moved_to="mail")),
        after(6, "close_the_loop", answered._replace(told_by="customer?"), said("Bedankt!")),
        after(7, "compliments_to_thank_for", Standing(label="compliment"), due=NOW + day),
    )
    names = dict.fromkeys(ranked.section for ranked in items)
    event = Event(
        name="Sinterklaas", start=date(2026, 12, 5), end=date(2026, 12, 5), checklist=("extra deeg", "de mail")
    )
    return digest(
        *(Section(name=name, items=(found := tuple(one for one in items if one.section == name)), total=len(found))
          for name in names),
        Section(name="for_your_information", items=(item(8, "Ter info"),), total=1),
        language="nl",
        counts=Counts(open=2, overdue=3, due_today=0, new=1),
        events=(event, event._replace(name="Radar\x07", start=NOW.date(), checklist=())),
        away_since=NOW - 12 * day,
    )  # fmt: skip


CASES = {
    "quiet": quiet,
    "one_item_in_dutch": one_item_in_dutch,
    "overflowing": overflowing,
    "afterwards": afterwards,
}


def render(digest_: Digest, format_: str, width: int = 80, colour: bool = False) -> str:
    return formats.load(format_).render(digest_, Screen(width=width, colour=colour))


def golden(case: str, format_: str) -> Path:
    return GOLDENS / f"{case}.{format_}"


# ------------------------------------------------------------------------------------------------ every format


@pytest.mark.parametrize("format_", formats.names())
@pytest.mark.parametrize("case", CASES)
def test_each_format_renders_each_digest_as_it_was_reviewed(case, format_):
    rendered, reviewed = render(CASES[case](), format_), golden(case, format_).read_bytes().decode()
    if format_ == "eml":  # where headers are folded differs between releases of Python
        assert read_back(rendered) == read_back(reviewed)
    else:
        assert rendered == reviewed


def read_back(mail: str) -> tuple[list[tuple[str, str]], list[str]]:
    message = message_from_string(mail, policy=mail_policy)
    return message.items(), [part.get_content() for part in message.iter_parts()]


def test_there_is_no_golden_without_its_format_or_case():
    kept = {path.name for path in GOLDENS.iterdir()}
    assert kept == {golden(case, format_).name for case in CASES for format_ in formats.names()}


@pytest.mark.parametrize("format_", formats.names())
def test_hostile_text_leaves_no_control_character_and_no_bidi_override_in_any_output(format_):
    rendered = render(overflowing(), format_)
    allowed = {"\n"} | ({"\r"} if format_ == "csv" else set())
    odd = {c for c in rendered if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}}
    assert odd <= allowed


@pytest.mark.parametrize("format_", formats.names())
def test_the_same_digest_gives_the_same_bytes(format_):
    assert render(overflowing(), format_) == render(overflowing(), format_)


@pytest.mark.parametrize("format_", ["csv", *FOR_PEOPLE])
def test_a_format_ends_in_a_line_end(format_):
    assert render(quiet(), format_).endswith("\n")


# ------------------------------------------------------------------------------------------- what is told, and how


@pytest.mark.parametrize("format_", ["table", "plain", "markdown", "html"])
def test_quiet_and_blind_and_never_scanned_do_not_look_alike(format_):
    blind = digest(coverage=Coverage(sources=12, read=0, last_scan=NOW))
    never = digest(coverage=Coverage(sources=12, read=0))
    assert "Nothing needs an answer." in render(quiet(), format_)
    assert "Nothing could be read" in render(blind, format_)
    assert "No scan yet: run webwatch scan" in render(never, format_)
    assert not any("Nothing needs an answer" in render(other, format_) for other in (blind, never))


def test_what_is_only_for_information_leaves_the_digest_quiet_and_owes_no_answer_by_any_hour():
    plain = render(digest(Section(name="for_your_information", items=(item(),), total=1)), "plain")
    assert "Nothing needs an answer." in plain
    assert "FOR YOUR INFORMATION (1)" in plain
    assert "hours overdue" not in plain


@pytest.mark.parametrize(("language", "line"), [
    ("en", "12 sources: 10 read, 2 not:"),
    ("nl", "12 bronnen: 10 gelezen, 2 niet:"),
])  # fmt: skip
def test_the_coverage_ends_the_digest_and_names_each_source_that_is_not_read(language, line):
    problem = Problem(
        source="Foo",
        failure="rate limited",
        since=datetime(2026, 11, 3, tzinfo=UTC),
        failures=4,
        message="429, asks to wait",
    )
    plain = render(
        digest(language=language, coverage=Coverage(sources=12, read=10, problems=(problem,), last_scan=NOW)), "plain"
    )
    *_, coverage, named = plain.splitlines()
    assert coverage.endswith(line)
    assert re.fullmatch(r"  - Foo \(.+ 3 nov, 4 .+\): 429, asks to wait", named, re.IGNORECASE)


def test_a_post_without_a_title_stands_under_that_of_its_thread():
    post = item(title="", text="Bakkerij De Vries was dicht.")
    post = post._replace(mention=post.mention._replace(thread_title="Taart in de regen"))
    lines = render(digest(Section(name="later", items=(post,), total=1)), "plain").splitlines()
    title = next(index for index, line in enumerate(lines) if "Taart in de regen" in line)
    assert any("Bakkerij De Vries was dicht." in line for line in lines[title + 1 :])


@pytest.mark.parametrize(("language", "told"), [("en", "3 threads followed."), ("nl", "3 gesprekken gevolgd.")])
def test_the_coverage_counts_the_threads_that_are_followed(language, told):
    coverage = Coverage(sources=12, read=12, last_scan=NOW, threads=3)
    assert told in render(digest(language=language, coverage=coverage), "plain")
    assert told not in render(digest(language=language, coverage=coverage._replace(threads=0)), "plain")


def test_a_section_says_how_many_items_it_does_not_show():
    plain = render(digest(Section(name="later", items=(item(),), total=13)), "plain")
    assert "LATER (13)" in plain
    assert "... and 12 more (webwatch digest --all)" in plain


def test_history_and_gaps_are_a_line_each():
    gap = Gap(source="Forum", since=NOW - timedelta(days=1), until=NOW, message="an hour would have caught it")
    coverage = Coverage(sources=1, read=1, last_scan=NOW, history=143, gaps=(gap,))
    lines = render(digest(coverage=coverage), "plain").splitlines()
    assert "143 older mentions were there before the first scan (webwatch list --all)" in lines
    assert "Gap at Forum, 22 Nov 09:00 to 23 Nov 09:00: an hour would have caught it" in lines


@pytest.mark.parametrize(("hours", "told"), [
    (-0.01, "1 minute overdue"),
    (-3, "3 hours overdue"),
    (-50, "2 days overdue"),
    (-24 * 90, "3 months overdue"),
    (-24 * 800, "2 years overdue"),
    (0, "due 09:00 today"),
    (8.5, "due 17:30 today"),
    (15, "due 00:00 tomorrow"),
    (48, "due Wed 25 Nov 09:00"),
    (24 * 60, "due Fri 22 Jan 2027 09:00"),
])  # fmt: skip
def test_the_due_moment_is_told_in_the_owners_zone(hours, told):
    assert wording(quiet()).due(NOW + timedelta(hours=hours)) == told


@pytest.mark.parametrize("code", [code for code in languages.codes() if languages.load(code).phrases])
def test_each_language_of_the_digest_has_every_phrase_with_the_same_names(code):
    english, other = languages.load("en").phrases, languages.load(code).phrases
    assert set(other) == set(english)
    names = re.compile(r"\{(\w+)\}")
    assert [key for key in english if set(names.findall(other[key])) != set(names.findall(english[key]))] == []


@pytest.mark.parametrize("failure", FailureClass)
def test_each_class_of_failure_has_its_words_in_dutch(failure):
    assert f"failure.{failure}" in languages.load("nl").phrases


def test_an_unknown_language_is_told_in_english():
    assert render(digest(language="tlh"), "plain") == render(quiet(), "plain")


def test_reasons_are_told_heaviest_first_without_the_one_that_the_heading_gives():
    assert "    reden: eigen profiel, bereik | webwatch reply 42\n" in render(one_item_in_dutch(), "plain")


# -------------------------------------------------------------------------------------------------- table, plain


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_the_table_keeps_to_the_width_and_cuts_no_address(width, colour):
    shown = re.sub(r"\x1b\[[\d;]*m", "", render(overflowing(), "table", width, colour))
    assert max(map(len, shown.splitlines())) <= width
    assert HOSTILE_URLS[-1] in re.sub(r"\s", "", shown)


def test_the_table_has_no_escape_sequence_without_colour_and_only_colours_with_it():
    assert "\x1b" not in render(overflowing(), "table")
    coloured = render(overflowing(), "table", colour=True)
    assert "\x1b[" in coloured
    assert "\x1b" not in re.sub(r"\x1b\[[\d;]*m", "", coloured)


def test_markup_of_the_terminal_library_stays_text():
    assert "[red]not red[/red] [/]" in render(overflowing(), "table", 120)


def test_plain_text_keeps_to_78_columns_and_leaves_addresses_whole():
    lines = render(overflowing(), "plain").splitlines()
    assert [line for line in lines if len(line) > 78 and " " in line.strip()] == []
    assert f"    {HOSTILE_URLS[-1]}" in lines


def test_plain_text_brings_no_punctuation_of_its_own_outside_ascii():
    assert render(one_item_in_dutch(), "plain").isascii()


foreign = st.text(st.characters(), max_size=40) | st.sampled_from(HOSTILE)


@settings(max_examples=60, deadline=None)
@given(title=foreign, body=foreign, author=foreign, message=foreign, url=foreign, width=st.integers(20, 200))
def test_no_text_breaks_any_format(title, body, author, message, url, width):
    ranked = item(title=title, text=body, author=author, url=url, source=message, places=2)
    problem = Problem(source=author, failure=message, since=NOW, failures=1, message=body)
    gap = Gap(source=title, since=NOW, until=NOW, message=message)
    strange = digest(
        Section(name="overdue", items=(ranked,), total=1),
        business=title,
        mail_to=author,
        coverage=Coverage(sources=1, read=0, problems=(problem,), gaps=(gap,), last_scan=NOW),
    )
    for format_ in formats.names():
        rendered = render(strange, format_, width)
        rendered.encode()
        assert "\x1b" not in rendered
        assert not set(rendered) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2028\u2029\x85\x9b\x00")
    assert len(render(strange, "csv").splitlines()) == 2
    assert len(render(strange, "jsonl").splitlines()) == 1


# ---------------------------------------------------------------------------------------------------------- JSON


def as_json(digest_: Digest) -> dict:
    return json.loads(render(digest_, "json"))


@pytest.mark.parametrize("case", CASES)
def test_the_json_keeps_its_schema_and_has_no_key_that_the_schema_does_not_know(case):
    rendered = as_json(CASES[case]())
    schema = _schemas.schema("digest")
    jsonschema.validate(rendered, schema, cls=jsonschema.Draft202012Validator)
    assert unknown_keys(rendered, schema) == set()


def unknown_keys(value: object, schema: dict) -> set[str]:
    if isinstance(value, list):
        return set().union(*(unknown_keys(element, schema["items"]) for element in value))
    if isinstance(value, dict):
        known = schema["properties"]
        return (set(value) - set(known)).union(
            *(unknown_keys(value[key], known[key]) for key in set(value) & set(known))
        )
    return set()


@pytest.mark.parametrize("name", _schemas.names())
def test_each_schema_is_one_and_is_printed_as_json(name):
    schema = json.loads(json.dumps(_schemas.schema(name)))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"] == {"const": f"webwatch.{name}/1"}


@pytest.mark.parametrize("name", _schemas.names())
def test_each_key_of_each_contract_is_explained_in_the_documentation(name):
    documentation = (HERE.parent / "docs" / "json.md").read_text(encoding="utf-8")
    sections = dict(section.split("\n", 1) for section in documentation.split("\n## ")[1:])
    tables = sections[f"`webwatch.{name}/1`"] + (
        sections["A mention"] if name in {"digest", "list", "next", "person", "show", "story"} else ""
    )
    explained = {key for cell in re.findall(r"^\| (`.+?) \|", tables, re.MULTILINE) for key in cell.split("`")}
    assert keys(_schemas.schema(name)) - explained == set()


def keys(schema: dict) -> set[str]:
    """The keys of a contract; the digest inside a scan is explained once, as a digest."""
    found = set()
    for key, value in schema.get("properties", {}).items():
        found.add(key)
        if key != "digest":
            found |= keys(value)
    return found | (keys(schema["items"]) if "items" in schema else set())


def test_a_schema_that_does_not_exist_is_a_lookup_error_that_names_the_others():
    with pytest.raises(LookupError, match=r"'diges' is not one of digest, doctor, draft, .*, show"):
        _schemas.schema("diges")


def test_the_json_of_lists_of_single_mentions_of_scans_and_of_reads_keeps_its_schema():
    report = SourceReport(source="Foo", status="failed", seconds=0.25, failure="gone", message="410")
    entry = Entry(url="https://a.example/", title="T", published=NOW)
    parsed = Parsed(
        entries=(entry, Entry(url="")),
        follow=(Further(url="https://a.example/2", why="older"),),
        problems=("repaired",),
    )
    made = {
        "list": contract.list_object([item(), item(7, published=None)], NOW),
        "show": contract.show_object(item(), NOW),
        "scan": contract.scan_object([report], overflowing(), NOW, timedelta(seconds=1.5)),
        "read": contract.read_object(parsed, "https://a.example/", "feed"),
    }
    for name, value in made.items():
        schema = _schemas.schema(name)
        jsonschema.validate(json.loads(contract.encode(value)), schema, cls=jsonschema.Draft202012Validator)
        assert unknown_keys(value, schema) == set()
    assert made["scan"]["totals"]["failed"] == 1


def test_moments_are_utc_to_the_second_and_unknown_ones_are_null():
    local = datetime(2026, 11, 23, 9, 0, 0, 999999, tzinfo=AMSTERDAM)
    assert contract.moment(local) == "2026-11-23T08:00:00Z"
    assert contract.mention_object(item(published=None))["published"] is None


def test_the_spans_of_matches_fit_the_text_of_the_json_even_among_hostile_characters():
    for section in as_json(overflowing())["sections"]:
        for mention in section["items"]:
            for match in mention["matches"]:
                assert mention["text"][match["start"] : match["end"]] == "De Vries"


def test_json_text_comes_back_as_it_was_but_for_lone_surrogates():
    texts = [mention["text"] for mention in as_json(overflowing())["sections"][0]["items"]]
    assert texts == [
        f"Before it {title} De Vries, and after it {title}".replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
        for title in HOSTILE
    ]


def test_sections_without_items_are_left_out_of_the_json():
    rendered = as_json(digest(Section(name="overdue", items=(), total=0), Section(name="later", items=(), total=2)))
    assert [section["name"] for section in rendered["sections"]] == ["later"]


def test_a_line_of_jsonl_is_the_item_of_the_digest_with_its_section():
    lines = [json.loads(line) for line in render(overflowing(), "jsonl").splitlines()]
    sections = as_json(overflowing())["sections"]
    assert lines == [{"section": section["name"], **mention} for section in sections for mention in section["items"]]


def test_the_json_format_loads_no_heavy_library():
    heavy = "{'rich', 'jinja2', 'email', 'httpx', 'feedparser', 'dateutil', 'sqlite3', 'yaml', 'logging', 'inspect'}"
    code = f"import sys; import webwatch.formats.json; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    assert run.stdout.strip() == "[]"


# ----------------------------------------------------------------------------------------------------------- CSV


def test_a_csv_row_is_an_item_and_every_cell_can_be_read_back():
    rows = list(csv.DictReader(io.StringIO(render(overflowing(), "csv"), newline="")))
    assert [int(row["id"]) for row in rows] == [*range(100, 111), 7, 8, 9, 10, 11]
    assert rows[0]["due"] == "2026-11-23T05:00:00Z"
    assert {len(row) for row in rows} == {14}
    assert not any(None in row for row in rows)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["=", "+", "-", "@", "\t=", "\r=", " =", "\u200b=", "\ufeff@", "＝"]), foreign)
def test_no_cell_of_foreign_text_begins_as_a_formula(start, rest):
    ranked = item(title=start + rest, text=start + rest, author=start + rest, source=start + rest, url=start + rest)
    shown = render(digest(Section(name="overdue", items=(ranked,), total=1)), "csv")
    (row,) = csv.DictReader(io.StringIO(shown, newline=""))
    for column in ("title", "excerpt", "author", "source", "url"):
        assert not row[column].startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


# ------------------------------------------------------------------------------------------------ Markdown, HTML


@settings(max_examples=150, deadline=None)
@given(foreign)
@example("#")
def test_markdown_shows_foreign_text_as_it_is_and_never_as_markup(title):
    ranked = item(title=f"x {title}", text=title, author=title, source=title, url="https://a.example/")
    rendered = render(digest(Section(name="overdue", items=(ranked,), total=1)), "markdown")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(rendered)
    inline = [child for token in tokens for child in token.children or ()]
    blocks = {token.type for token in tokens if token.nesting >= 0}
    assert blocks <= {"heading_open", "paragraph_open", "blockquote_open", "inline"}
    assert Counter(child.type for child in inline if child.nesting >= 0 and child.type != "text") == {
        "link_open": 1,
        "strong_open": 2,
        "code_inline": 1,
    }
    links = [child for child in inline if child.type == "link_open"]
    assert [link.attrs["href"] for link in links] == ["https://a.example/"]
    headings = [tokens[n + 1] for n, token in enumerate(tokens) if token.type == "heading_open"]
    assert len(headings) == 3
    assert "".join(child.content for child in headings[-1].children) == f"42: {line(f'x {title}')}"


class Links:
    """Collects what a page would run or follow."""

    def __init__(self, page: str) -> None:
        from html.parser import HTMLParser

        self.hrefs, self.tags, self.attributes, self.text = [], set(), set(), []
        parser = HTMLParser()
        parser.handle_starttag = self._tag
        parser.handle_data = self.text.append
        parser.feed(page)
        parser.close()

    def _tag(self, tag: str, attributes: list[tuple[str, str]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.hrefs += [value for name, value in attributes if name in {"href", "src"}]


def test_a_page_follows_only_http_and_runs_nothing():
    page = Links(render(overflowing(), "html"))
    assert {urlsplit(href).scheme for href in page.hrefs} == {"https"}
    assert not page.tags & {"script", "img", "iframe", "object", "form", "b", "svg", "base", "link"}
    assert not any(name.startswith("on") for name in page.attributes)
    assert any("<script>alert(1)</script>" in piece for piece in page.text)
    assert any("{{ 7 * 7 }}" in piece for piece in page.text)


@pytest.mark.parametrize("format_", ["html", "eml"])
def test_a_mail_stays_under_90_kilobytes_and_says_how_many_items_it_leaves_out(format_):
    many = tuple(item(n, "Ж" * 250, "Ж " * 400) for n in range(1, 401))
    huge = digest(Section(name="overdue", items=many, total=400), Section(name="later", items=many[:5], total=5))
    rendered = render(huge, format_)
    assert 60_000 < len(rendered.encode()) < 90_000
    shown = body_of(rendered, format_).count("webwatch reply ")
    assert 0 < shown < 400
    assert f"… and {400 - shown} more (webwatch digest --all)" in body_of(rendered, format_)
    assert "… and 5 more (webwatch digest --all)" in body_of(rendered, format_)


def body_of(rendered: str, format_: str) -> str:
    if format_ == "html":
        return rendered
    return message_from_string(rendered, policy=mail_policy).get_body(("html",)).get_content()


# ---------------------------------------------------------------------------------------------------------- mail


def test_a_mail_has_a_text_and_an_html_part_and_says_that_a_machine_sent_it():
    mail = message_from_string(render(one_item_in_dutch(), "eml"), policy=mail_policy)
    assert mail["To"] == "info@bakkerijdevries.example"
    assert mail["Subject"] == "webwatch: 1 te laat, 1 open – Bakkerij De Vries"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime == NOW
    assert mail["Content-Language"] == "nl"
    assert mail["From"] is None
    assert re.fullmatch(r"<[0-9a-f]{32}@webwatch\.invalid>", mail["Message-ID"])
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content() == render(one_item_in_dutch(), "plain")
    assert mail.get_body(("html",)).get_content() == render(one_item_in_dutch(), "html")


def test_a_mail_to_nobody_has_no_to():
    assert "\nTo:" not in "\n" + render(quiet(), "eml")


@settings(max_examples=60, deadline=None)
@given(business=foreign, mail_to=foreign | st.just("a@b.example, c@d.example\nBcc: x@evil.example"))
def test_no_text_adds_a_header_to_the_mail(business, mail_to):
    rendered = render(one_item_in_dutch()._replace(business=business, mail_to=mail_to), "eml")
    assert rendered.isascii()
    assert max(map(len, rendered.splitlines())) <= 998
    mail = message_from_string(rendered, policy=mail_policy)
    assert set(mail.keys()) <= {
        "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type",
    }  # fmt: skip
    name = shorten(line(business), 60)
    assert mail["Subject"] == "webwatch: 1 te laat, 1 open" + (f" – {name}" if name else "")
    assert mail.defects == []


def test_the_subject_tells_quiet_from_blind():
    def subject(digest_: Digest) -> str:
        return message_from_string(render(digest_, "eml"), policy=mail_policy)["Subject"]

    blind = Coverage(sources=2, read=0, last_scan=NOW)
    busy = digest(
        Section(name="later", items=(item(),), total=12), counts=Counts(open=12, overdue=3, due_today=4, new=2)
    )
    assert subject(quiet()) == "webwatch: nothing needs an answer – Bakkerij De Vries"
    assert subject(busy) == "webwatch: 3 overdue, 4 due today, 12 open – Bakkerij De Vries"
    assert subject(busy._replace(coverage=blind)).startswith("webwatch: nothing could be read, 3 overdue")


def regenerate() -> None:
    """Write every golden anew, and remove those of formats and cases that are gone."""
    GOLDENS.mkdir(parents=True, exist_ok=True)
    for path in GOLDENS.iterdir():
        path.unlink()
    for case, make in CASES.items():
        for format_ in formats.names():
            golden(case, format_).write_bytes(render(make(), format_).encode())


if __name__ == "__main__" and "--regenerate" in sys.argv:
    regenerate()
