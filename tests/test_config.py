"""The configuration: what the owner typed is what is meant, and every fault is named with its place."""

import contextlib
import json
import os
import re
import subprocess
import sys
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch import config, model, parse, points
from webwatch.config import decode, nodes, zones
from webwatch.config.schema import CONFIG, KEYWORD, SOURCE, short_name
from webwatch.config.shapes import Derived, ListOf, Section
from webwatch.errors import ConfigError, UsageError

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "config.example.yaml"
MINIMAL = "keywords: [De Vries]\nsources: [https://example.nl/feed.xml]\n"


@pytest.fixture
def load(tmp_path):
    def load(text, environ=None):
        path = tmp_path / "config.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return config.load(path, environ or {})

    return load


@pytest.fixture
def faults(load, tmp_path):
    """The faults of a text, without the folder."""

    def faults(text, environ=None):
        with pytest.raises(ConfigError) as caught:
            load(text, environ)
        return [fault.removeprefix(f"{tmp_path}{os.sep}") for fault in caught.value.faults]

    return faults


def keys(shape, path=""):
    """Every setting's path: keywords[].name, fetch.timeout …"""
    if isinstance(shape, ListOf):
        return keys(shape.item, f"{path}[]")
    if not isinstance(shape, Section):
        return [path.removesuffix("[]")]
    return [
        found
        for key, setting in shape.settings.items()
        for found in keys(setting.shape, f"{path}.{key}" if path else key)
    ]


def defaults(shape, path=""):
    """(path, default as written) of every setting that has one to show."""
    while isinstance(shape, ListOf):
        shape, path = shape.item, f"{path}[]"
    if not isinstance(shape, Section):
        return []
    found = []
    for key, setting in shape.settings.items():
        inner = f"{path}.{key}" if path else key
        shown = None if isinstance(setting.default, Derived) else setting.default
        found += ([(inner, shown)] if shown else []) + defaults(setting.shape, inner)
    return found


# ------------------------------------------------------------------------------------------------- what is meant


def test_two_lists_are_all_that_is_needed(load, tmp_path):
    found = load(MINIMAL, {"TZ": "Europe/Amsterdam"})

    assert found == model.Config(
        path=tmp_path / "config.yaml",
        keywords=(model.Keyword(name="De Vries", any=("De Vries",)),),
        sources=(model.Source(name="example.nl/feed.xml", url="https://example.nl/feed.xml"),),
        us=model.Us(),
        answer_within={
            "complaint": model.AnswerTime(timedelta(hours=4)),
            "question": model.AnswerTime(timedelta(hours=24)),
            "suggestion": model.AnswerTime(timedelta(days=3)),
            "compliment": model.AnswerTime(timedelta(days=3)),
            "other": model.AnswerTime(timedelta(days=7)),
        },
        desk=model.DeskRules(
            loop_after=timedelta(days=5),
            watch_growth=3,
            ack_within=model.AnswerTime(timedelta(hours=24)),
            away_after=timedelta(days=10),
            events_ahead=timedelta(days=7),
        ),
        people=(),
        links=(),
        events=(),
        rank=points.defaults(),
        timezone=ZoneInfo("Europe/Amsterdam"),
        office_hours=model.OfficeHours(days=frozenset(range(5)), opens=time(9), closes=time(17, 30)),
        digest=model.DigestRules(limit=20, language="en"),
        fetch=model.FetchRules(
            timeout=timedelta(seconds=20),
            total=timedelta(minutes=10),
            per_host_pause=timedelta(seconds=1),
            max_bytes=10_000_000,
        ),
        history=model.HistoryRules(
            first_scan=timedelta(days=7), keep_unmatched=timedelta(days=30), keep_texts=timedelta(days=3 * 365)
        ),
        database=tmp_path / "webwatch.db",
    )


def test_a_time_to_answer_may_say_what_it_counts(load):
    found = load(f"{MINIMAL}answer_within: {{complaint: 4h calendar, question: 48h Office}}\nloop_after: 2d\n")

    assert found.answer_within["complaint"] == model.AnswerTime(timedelta(hours=4), "calendar")
    assert found.answer_within["question"] == model.AnswerTime(timedelta(hours=48), "office")
    assert found.desk.loop_after == timedelta(days=2)


def test_the_example_says_what_it_shows():
    found = config.load(EXAMPLE, {})

    assert found.keywords[1] == model.Keyword(
        name="De Vries taarten",
        any=("De Vries taart", "taarten van De Vries"),
        all=("taart",),
        none=("vacature", "Hugo de Vries"),
        near=model.Near(words=("De Vries", "bakker"), within=8),
        languages=("nl", "en"),
    )
    assert found.keywords[2].query == '"De Vries" NEAR/8 (bakker OR taart*) NOT vacature'
    assert found.keywords[2].any == ()
    assert found.sources[1].kind == "alerts"
    assert found.sources[2] == model.Source(
        name="Onze pagina", url="https://example.nl/reacties.rss", own=True, language="nl", weight=1.5, reach=900
    )
    assert found.us.domains == ("bakkerijdevries.nl",)
    assert found.office_hours.holidays == {date(2026, 12, 25), date(2026, 12, 26)}
    assert found.fetch.contact == "mailto:info@example.nl"
    assert found.database == ROOT / "webwatch.db"


@pytest.mark.parametrize("typed", ["no", "On", "010", "12:30", "2024", "1e3", "0x1F", "2026-12-25", "Yes", ".5", "=x"])
def test_text_is_what_was_typed_whatever_yaml_makes_of_it(load, typed):
    assert load(MINIMAL.replace("[De Vries]", f"\n  - {typed}\n  - name: x\n    any: {typed}")).keywords == (
        model.Keyword(name=typed, any=(typed,)),
        model.Keyword(name="x", any=(typed,)),
    )


def test_the_language_code_no_is_norwegian(load):
    found = load("keywords: [{name: x, languages: [no, nl-BE, EN]}]\nsources: [{url: 'https://a.no', language: no}]")
    assert found.keywords[0].languages == ("no", "nl", "en")
    assert found.sources[0].language == "no"


def test_unquoted_times_are_times_and_not_sexagesimal_numbers(load):
    hours = load(MINIMAL + "office_hours: {from: 9:00, to: 17.30, days: [ma, Tuesday, zo.]}").office_hours
    assert (hours.opens, hours.closes, hours.days) == (time(9), time(17, 30), {0, 1, 6})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("20s", timedelta(seconds=20)),
        ("10m", timedelta(minutes=10)),
        ("1.5h", timedelta(hours=1.5)),
        ("3 d", timedelta(days=3)),
        ('"2w"', timedelta(weeks=2)),
        ("3y", timedelta(days=1095)),
        ("0s", timedelta(0)),
    ],
)
def test_lengths_of_time(load, typed, meant):
    assert load(f"{MINIMAL}history: {{first_scan: {typed}}}").history.first_scan == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("10MB", 10_000_000), ("500kB", 500_000), ("1_000", 1_000), ("1.5 mb", 1_500_000), ("4KiB", 4_096)],
)
def test_sizes(load, typed, meant):
    assert load(f"{MINIMAL}fetch: {{max_bytes: {typed}}}").fetch.max_bytes == meant


@pytest.mark.parametrize("typed", ["true", "True", "yes", "ON", '"true"'])
def test_yes_in_every_spelling(load, typed):
    assert load(f"keywords: [x]\nsources: [{{url: 'https://a.nl', own: {typed}}}]").sources[0].own is True


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_means_the_default(load, nothing):
    found = load(f"{MINIMAL}us: {nothing}\ndigest:\n  limit: {nothing}\nfetch: {{contact: {nothing}}}\n")
    assert (found.us, found.digest.limit, found.fetch.contact) == (model.Us(), 20, "")


def test_a_single_word_stands_for_a_list_of_one(load):
    found = load("keywords: [{name: x, any: a, none: b}]\nsources: [{url: 'https://a.nl'}]\nus: {authors: Team}")
    assert found.keywords[0].any == ("a",)
    assert found.keywords[0].none == ("b",)
    assert found.us.authors == ("Team",)


def test_a_keyword_that_only_excludes_looks_for_its_own_name(load):
    found = load("keywords: [{name: De Vries, none: [Hugo]}, {name: x, all: [a]}]\nsources:").keywords
    assert found[0].any == ("De Vries",)
    assert found[1].any == ()


def test_sources_may_still_be_empty(load):
    assert load("keywords: [x]\nsources:\n").sources == ()
    assert load("keywords: [x]\nsources: []\n").sources == ()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.example.nl/feed.xml", "example.nl/feed.xml"),
        ("http://example.nl/", "example.nl"),
        ("https://user:password@example.nl/feed/", "example.nl/feed"),
        ("https://example.nl/?feed=rss2", "example.nl/?feed=rss2"),
        ("https://example.nl:8080/a#top", "example.nl:8080/a"),
    ],
)
def test_a_source_without_a_name_is_called_after_its_address(load, address, name):
    assert load(f"keywords: [x]\nsources:\n  - {address}\n").sources[0].name == name
    assert load(f"keywords: [x]\nsources:\n  - url: {address}\n").sources[0].name == name


def test_domains_lose_what_only_an_address_has(load):
    found = load(f"{MINIMAL}us: {{domains: ['https://www.Example.nl/over-ons', example.be.]}}")
    assert found.us.domains == ("example.nl", "example.be")


def test_the_database_lies_beside_the_configuration_unless_its_path_is_whole(load, tmp_path):
    assert load(f"{MINIMAL}database: data/x.db").database == tmp_path / "data" / "x.db"
    assert load(f"{MINIMAL}database: /var/lib/x.db").database == Path("/var/lib/x.db")


def test_anchors_aliases_and_merge_keys_work(load):
    found = load(
        "keywords:\n"
        "  - {name: a, any: &words [x, y]}\n"
        "  - {name: b, any: *words}\n"
        "sources:\n"
        "  - &first {name: one, url: 'https://one.nl', weight: 2, own: yes}\n"
        "  - {<<: *first, name: two, url: 'https://two.nl', own: no}\n"
    )
    assert found.keywords[1].any == ("x", "y")
    assert found.sources[1] == model.Source(name="two", url="https://two.nl", weight=2.0, own=False)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(load, faults):
    assert load(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode()).keywords[0].name == "De Vries"
    assert faults(b"\xef\xbb\xbfkeyword: x\r\n" + MINIMAL.encode())[0].startswith("config.yaml:1:1: keyword: is not")


def test_the_table_gives_the_defaults_that_the_model_gives():
    def decoded(section):
        return {
            key: decode._default(setting.shape, setting.default, {})
            for key, setting in section.settings.items()
            if not setting.required and key != "name"
        }

    assert decoded(KEYWORD) == {key: model.Keyword._field_defaults[key] for key in decoded(KEYWORD)}
    assert decoded(SOURCE) == {key: model.Source._field_defaults[key] for key in decoded(SOURCE)}


# ------------------------------------------------------------------------------------------------------- secrets


def test_secrets_come_from_the_environment(load):
    found = load(
        "keywords: [x, 'costs $${5}']\nsources: ['https://example.nl/${USER_1}/feed?key=${KEY}']",
        {"USER_1": "anna", "KEY": "s3cret"},
    )
    assert found.sources[0].url == "https://example.nl/anna/feed?key=s3cret"
    assert found.sources[0].name == "example.nl/${USER_1}/feed?key=${KEY}"
    assert found.keywords[1].name == "costs ${5}"


def test_a_variable_that_is_not_set_is_named(faults):
    assert faults("keywords: [x]\nsources: ['https://${KEY}/${A B}']") == [
        "config.yaml:2:11: sources[0]: '${' begins no ${NAME}: write $${ for a plain ${",
        "config.yaml:2:11: sources[0]: the environment has no KEY: set it, or write $${ for a plain ${",
    ]


@pytest.mark.parametrize(
    "setting",
    [
        "digest: {limit: '${KEY}'}",
        "digest: {language: '${KEY}'}",
        "fetch: {contact: '${KEY}'}",
        "fetch: {timeout: '${KEY}'}",
        "fetch: {max_bytes: '${KEY}'}",
        "timezone: ${KEY}",
        "us: {domains: ['${KEY}@']}",
        "office_hours: {from: '${KEY}', days: ['${KEY}'], holidays: ['${KEY}']}",
    ],
)
def test_no_fault_shows_what_a_secret_holds(faults, setting):
    found = faults(
        "keywords: [{name: x, query: '(${KEY}', weight: '${KEY}', match_case: '${KEY}', languages: '${KEY}'}]\n"
        f"sources: ['${{KEY}}', {{url: 'https://a.nl', kind: '${{KEY}}'}}]\n{setting}",
        {"KEY": "4h s3cret"},
    )
    assert len(found) >= 7
    assert "s3cret" not in "\n".join(found)


# -------------------------------------------------------------------------------------------------------- faults


def test_all_faults_are_named_at_once_in_the_order_of_the_file(faults):
    text = (
        "keywords:\n"
        "  - De Vries\n"
        "  - name: de vries\n"
        "    weigth: 2\n"
        "    fields: [x]\n"
        "sources:\n"
        "  - example.nl/feed.xml\n"
        "  - {name: a, url: 'https://a.nl', kind: rrs}\n"
        "  - {name: A, url: 'https://a.nl', reach: 1, reach: 2}\n"
        "  - {name: b}\n"
        "timezone: xx\n"
        "digset: {}\n"
        "database: ''\n"
    )
    assert faults(text) == [
        "config.yaml:3:11: keywords[1].name: 'de vries' is the same as in keywords[0], line 2: each needs its own",
        "config.yaml:4:5: keywords[1].weigth: is not a setting here (did you mean 'weight'?)",
        "config.yaml:5:14: keywords[1].fields[0]: 'x' is not one of title, text, author, url",
        "config.yaml:7:5: sources[0]: 'example.nl/feed.xml' is not a full web address: write https://example.nl/feed.xml",
        f"config.yaml:8:42: sources[1].kind: 'rrs' is not one of {', '.join(parse.kinds())} (did you mean 'feed'?)",
        "config.yaml:9:12: sources[2].name: 'A' is the same as in sources[1], line 8: each needs its own",
        "config.yaml:9:20: sources[2].url: 'https://a.nl' is the same as in sources[1], line 8: each needs its own",
        "config.yaml:9:46: sources[2].reach: is set twice, first in line 9: keep one of the two",
        "config.yaml:10:5: sources[3].url: is missing: the address to read, such as https://example.nl/feed.xml",
        "config.yaml:11:11: timezone: 'xx' is not a time zone: write one such as Europe/Amsterdam",
        "config.yaml:12:1: digset: is not a setting here (did you mean 'digest'?)",
        "config.yaml:13:11: database: '' is empty: write something, or leave the setting out",
    ]


@pytest.mark.parametrize("empty", ["", "\n# nothing yet\n", "---\n", "{}", "~"])
def test_an_empty_file_lacks_keywords_and_sources(faults, empty):
    lines = faults(empty)
    assert [line.split(": ", 1)[1] for line in lines] == [
        "keywords: is missing: what to look for, as a list",
        "sources: is missing: where to look, as a list",
    ]


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("digest: {limit: 0}", "4:17: digest.limit: '0' is not between 1 and 10000"),
        ("digest: {limit: 1.5}", "4:17: digest.limit: '1.5' is not a whole number"),
        ("digest: {language: fr}", "4:20: digest.language: 'fr' is not one of en, nl"),
        ("digest: nl", "4:9: digest: expected settings (key: value), got a single value"),
        ("digest: {limit: [1]}", "4:17: digest.limit: expected a single value, got a list"),
        ("us: {authors: {a: b}}", "4:15: us.authors: expected a list, got settings"),
        ("us: {domains: [info@a.nl]}", "4:16: us.domains[0]: 'info@a.nl' is not a domain"),
        ("us: {name: [a: b]}", "4:12: us.name: expected a single value, got a list"),
        ("us: {authors: [a: b]}", "4:16: us.authors[0]: expected a single value, got settings (key: value): put text"),
        ("us: {authors: [a, ~]}", "4:19: us.authors[1]: is empty: text that begins with #"),
        ('us: {name: "a\\u001b[31m"}', "4:12: us.name: 'a\\x1b[31m' holds a control character"),
        ("answer_within: {complaint: soon}", "4:28: answer_within.complaint: 'soon' is not a length of time"),
        ("answer_within: {question: 24}", "4:27: answer_within.question: '24' is not a length of time"),
        ("answer_within: {other: 4h workdays}", "it counts: write 4h office, or 4h calendar"),
        ("rank: {reach: 101}", "4:15: rank.reach: '101' is not between 0 and 100"),
        ("rank: {reach: 100, readers: 100}", "rank.reach: the points come to 420 in all; with more than 380 a popular"),
        ("events: [{name: a, from: 2026-12-05, to: 2026-12-04}]", "2026-12-04 is earlier than from, 2026-12-05"),
        ("answer_within: {other: -4h}", "4:24: answer_within.other: '-4h' is not a length of time"),
        ("history: {keep_texts: 999999999y}", "history.keep_texts: '999999999y' is not between 0s and 100y"),
        ("fetch: {timeout: 0s}", "4:18: fetch.timeout: '0s' is not between 0.1s and 1h"),
        ("fetch: {max_bytes: lots}", "4:20: fetch.max_bytes: 'lots' is not a size"),
        ("fetch: {contact: info@a.nl}", "4:18: fetch.contact: 'info@a.nl' is not a contact"),
        ("office_hours: {from: 17:30, to: 9:00}", "4:33: office_hours.to: 09:00 is not later than from, 17:30"),
        ("office_hours: {to: 24:00}", "4:20: office_hours.to: '24:00' is not a time of day"),
        ("office_hours: {days: []}", "4:22: office_hours.days: needs 1 or more items, has 0"),
        ("office_hours: {days: [someday]}", "4:23: office_hours.days[0]: 'someday' is not a day of the week"),
        ("office_hours: {holidays: [25-12-2026]}", "'25-12-2026' is not a date: write year-month-day"),
        ("office_hours: {holidays: [2026-02-30]}", "'2026-02-30' is not a date"),
        ("timezone: ../../etc/passwd", "4:11: timezone: '../../etc/passwd' is not a time zone"),
        ("timezone: Europe", "4:11: timezone: 'Europe' is not a time zone"),
        ("timezone: amsterdam", "(did you mean 'Europe/Amsterdam'?)"),
        ("timezone: Europe/Amsterdma", "(did you mean 'Europe/Amsterdam'?)"),
    ],
)
def test_a_wrong_value_is_one_fault_with_a_way_out(faults, setting, fault):
    lines = faults(f"{MINIMAL}\n{setting}\n")
    assert len(lines) == 1
    assert fault in lines[0]


@pytest.mark.parametrize(
    ("keyword", "fault"),
    [
        ("{name: x, weight: 1,5: }", "5: is not a setting here"),
        ("{name: x, weight: '1,5'}", "keywords[0].weight: '1,5' is not a number"),
        ("{name: x, weight: inf}", "keywords[0].weight: 'inf' is not a number"),
        ("{name: x, weight: nan}", "keywords[0].weight: 'nan' is not a number"),
        ("{name: x, weight: -1}", "keywords[0].weight: '-1' is not between 0 and 100"),
        ("{name: x, match_case: maybe}", "keywords[0].match_case: 'maybe' is neither yes nor no"),
        ("{name: x, languages: [dutch]}", "keywords[0].languages[0]: 'dutch' is not a language code"),
        ("{name: x, near: {words: [a], within: 3}}", "keywords[0].near.words: needs 2 or more items, has 1"),
        ("{name: x, near: {within: 3}}", "keywords[0].near.words: is missing"),
        ("{name: x, near: [a, b]}", "keywords[0].near: expected settings (key: value), got a list"),
        ("{name: x, fields: []}", "keywords[0].fields: needs 1 or more items"),
        ("{any: [a]}", "keywords[0].name: is missing"),
        ("{Bakkerij: De Vries, name: x}", "keywords[0].Bakkerij: is not a setting here: there are name, any"),
        ('""', "keywords[0]: '' is empty"),
        ("~", "keywords[0]: is empty"),
        ("{name: x, query: a, none: [b]}", "keywords[0].query: stands beside none"),
        ("{name: x, query: 'a AND (b'}", "keywords[0].query: 'a AND (b' is not a query that can be read, column "),
    ],
)
def test_a_wrong_keyword_is_one_fault(faults, keyword, fault):
    lines = faults(f"keywords: [{keyword}]\nsources: []\n")
    assert len(lines) == 1
    assert fault in lines[0]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("ftp://example.nl/", "is not a web address: it must begin with http:// or https://"),
        ("https:///feed", "has no host name"),
        ("https://exa mple.nl/", "holds a space"),
        ("//example.nl/feed", "is not a full web address: write https://example.nl/feed"),
        ("https://example.nl/" + "a" * 3_000, "is an address of more than 2,000 characters"),
    ],
)
def test_a_wrong_address_is_one_fault(faults, address, fault):
    lines = faults(f"keywords: [x]\nsources:\n  - {address}\n")
    assert len(lines) == 1
    assert fault in lines[0]


def test_a_list_is_asked_for_where_sections_are_wanted(faults):
    assert faults("keywords: De Vries\nsources: {url: x}\n") == [
        "config.yaml:1:11: keywords: expected a list, got a single value: begin each item with '- '",
        "config.yaml:2:10: sources: expected a list, got settings (key: value): begin each item with '- '",
    ]


def test_the_root_must_be_settings(faults):
    assert faults("- a\n- b\n") == ["config.yaml:1:1: expected settings (key: value), got a list"]


def test_a_fault_elsewhere_causes_no_second_one(faults):
    assert len(faults(f"{MINIMAL}office_hours: {{from: late, to: '08:00'}}")) == 1


# --------------------------------------------------------------------------------------- what is no usable YAML


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("keywords:\n\t- x\n", "2:1: a tab stands here: indent with spaces"),
        ("keywords:\n  - @handle\n", "2:5: text that begins with @ must be in quotes"),
        ("keywords:\n  - *taart\n", "2:5: *taart refers to nothing: text that begins with * must be in quotes"),
        ("keywords:\n  - &Zo Bakkers\n", "2:5: &Zo is referred to nowhere: text that begins with & must be in quotes"),
        ("keywords:\n  - !Wow\n", "2:5: a YAML tag stands here: text that begins with ! must be in quotes"),
        ("a: b: c\n", "1:5: a second ': ' in one line"),
        ("a: 'x\nb: c\n", "1:4: a quote is opened here and never closed"),
        ("a: [1, 2\nb: 3\n", "2:2: a '[' is not closed"),
        ("a:\n  b: 1\n c: 2\n", "3:2: this does not fit the lines above it"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document begins here"),
        ("{[a]: b}", "1:2: a key must be a single word"),
        ("a: &x [*x]\n", "1:8: *x stands inside what it refers to"),
        ("<<: [a]\n", "1:6: << takes settings in from elsewhere"),
        ("a: \x07\n", "1:4: the control character U+0007 stands here"),
    ],
)
def test_broken_yaml_is_one_fault_in_plain_words(faults, text, fault):
    lines = faults(text)
    assert len(lines) == 1
    assert lines[0].startswith(f"config.yaml:{fault}")


def test_a_file_in_another_encoding_names_the_byte(faults):
    assert faults("a: x\nb: caf\xe9\n".encode("latin-1")) == [
        "config.yaml:2:7: byte 0xE9 is not UTF-8: save the file as UTF-8"
    ]
    assert "byte 0xFF is not UTF-8" in faults(MINIMAL.encode("utf-16"))[0]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{"])
def test_deep_nesting_is_a_fault_and_not_a_crash(faults, opening):
    lines = faults(opening * 200_000)
    assert len(lines) == 1
    assert "nested more than 30 deep" in lines[0]


def test_an_alias_bomb_is_a_fault(faults):
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    assert "the file holds more than 100,000 values" in faults(bomb)[0]


def test_too_many_values_are_a_fault(faults):
    assert "more than 100,000 values" in faults("keywords: [" + "x," * 100_001 + "]")[0]


def test_a_huge_file_is_a_fault(faults):
    assert faults(b"#" * (nodes.MAX_BYTES + 1)) == ["config.yaml:1:1: the file is larger than 5 MB"]


def test_a_missing_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match=r"none\.yaml: there is no such file; `webwatch init` writes one"):
        config.load(tmp_path / "none.yaml", {})


def test_a_folder_in_place_of_the_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match="is a folder, not a file"):
        config.load(tmp_path, {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(load, tmp_path):
    (tmp_path / "config.yaml").touch(mode=0)
    with pytest.raises(ConfigError, match="cannot be read: Permission denied"):
        config.load(tmp_path / "config.yaml", {})


def test_a_path_inside_the_current_folder_is_shown_from_there(tmp_path, monkeypatch):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "my.yaml").write_text("x: 1\n" + MINIMAL)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as caught:
        config.load(tmp_path / "shop" / "my.yaml", {})
    assert caught.value.faults[0].startswith(f"shop{os.sep}my.yaml:1:1: x: is not a setting here")


# ------------------------------------------------------------------------------------------------- where it lies


def test_the_first_place_that_is_named_wins(tmp_path):
    for name in ("config.yaml", "a.yaml", "b.yaml"):
        (tmp_path / name).touch()
    environ = {"WEBWATCH_CONFIG": "b.yaml"}

    assert config.find("a.yaml", environ, tmp_path) == tmp_path / "a.yaml"
    assert config.find(None, environ, tmp_path) == tmp_path / "b.yaml"
    assert config.find(None, {"WEBWATCH_CONFIG": ""}, tmp_path) == tmp_path / "config.yaml"


@pytest.mark.parametrize(("explicit", "environ"), [("x.yaml", {}), (None, {"WEBWATCH_CONFIG": "x.yaml"}), ("\0", {})])
def test_a_named_file_that_is_not_there_is_not_passed_over(tmp_path, explicit, environ):
    (tmp_path / "config.yaml").touch()
    with pytest.raises(UsageError, match="there is no such file"):
        config.find(explicit, environ, tmp_path)


def test_the_users_own_folder_comes_last(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    (home / "webwatch").mkdir(parents=True)
    (home / "webwatch" / "config.yaml").touch()
    assert config.find(None, {}, tmp_path).name == "config.yaml"


@pytest.mark.parametrize("home", [{"HOME": "/"}, {}])
def test_without_a_home_the_message_says_where_it_looked(tmp_path, home):
    code = "import os, pathlib; from webwatch import config; config.find(None, os.environ, pathlib.Path.cwd())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "LANG": "C", **home},
        capture_output=True,
        text=True,
        check=False,
    )
    message = done.stderr[done.stderr.rindex("UsageError:") :]
    assert f"  {tmp_path / 'config.yaml'}\n" in message
    assert "webwatch init" in message
    assert all(Path(line.strip()).is_absolute() for line in message.splitlines() if line.startswith("  "))


# ------------------------------------------------------------------------------------------------------- zones


def test_the_systems_zone_is_tz_then_localtime_then_utc(tmp_path):
    amsterdam = next(path for folder in zoneinfo.TZPATH if (path := Path(folder) / "Europe/Amsterdam").exists())
    link, copy = tmp_path / "link", tmp_path / "copy"
    link.symlink_to(amsterdam)
    copy.write_bytes(amsterdam.read_bytes())

    assert zones.of_system({"TZ": ":Asia/Tokyo"}, link) == ZoneInfo("Asia/Tokyo")
    assert zones.of_system({"TZ": "no such zone"}, link) == ZoneInfo("Europe/Amsterdam")
    assert zones.of_system({}, copy).utcoffset(datetime(2026, 7, 1, tzinfo=UTC)) == timedelta(hours=2)
    assert zones.of_system({}, tmp_path / "none") is UTC


# ------------------------------------------------------------------------------------------------------ starter


@pytest.mark.parametrize(
    "name", ["Bakkerij De Vries", 'O\'Neill & "Zn": #1', "no", "${HOME}", "*ster", "Café ☕", "a\\b", "x\u2028y", "{0}"]
)
def test_the_starter_loads_and_looks_for_the_business(load, name):
    found = load(config.starter(name, "nl", "example.nl/feed.xml"))
    meant = " ".join(name.split())
    assert found.keywords == (model.Keyword(name=meant, any=(meant,)),)
    assert found.us.name == meant
    assert found.sources[0].url == "https://example.nl/feed.xml"
    assert found.digest.language == "nl"


def test_a_starter_without_an_address_loads_and_says_so(load):
    text = config.starter("De Vries", "en", "")
    assert load(text).sources == ()
    assert "There is none yet" in text
    assert load(text.replace("# - https://", "- https://")).sources[0].url == "https://example.nl/feed.xml"


def test_the_comments_of_a_starter_are_settings_too(load):
    text = config.starter("De Vries", "en", "a.nl")
    found = load(re.sub(r"^( *)# (?=[- ] ?[a-z{ ]|[a-z]+: )", r"\1", text, flags=re.MULTILINE))
    assert (len(found.keywords), len(found.sources), found.us.authors) == (2, 4, ("OurShop",))


@pytest.mark.parametrize(("language", "address"), [("xx", ""), ("en", "exa mple.nl"), ("en", "ftp://example.nl")])
def test_a_starter_of_what_cannot_be_set_is_refused(language, address):
    with pytest.raises(UsageError):
        config.starter("x", language, address)


# ------------------------------------------------------------------------------------------ schema and documents


def test_the_json_schema_is_one_and_accepts_the_example():
    schema = config.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    example = json.loads(json.dumps(yaml.safe_load(EXAMPLE.read_text()), default=str))
    assert list(validator.iter_errors(example)) == []
    assert schema["properties"]["fetch"]["properties"]["timeout"]["default"] == "20s"
    assert schema["properties"]["digest"]["properties"]["limit"]["default"] == 20
    for wrong in ({"keywords": [], "sources": []}, {"sources": []}, {"keywords": ["x"], "sources": [], "x": 1}):
        assert not validator.is_valid(wrong)


def test_every_setting_stands_in_the_example():
    def keys_of(tree, path=""):
        if isinstance(tree, list):
            return {key for item in tree for key in keys_of(item, f"{path}[]")}
        if not isinstance(tree, dict):
            return {path.removesuffix("[]")}
        return {key for name, value in tree.items() for key in keys_of(value, f"{path}.{name}" if path else name)}

    assert set(keys(CONFIG)) <= keys_of(yaml.load(EXAMPLE.read_text(), Loader=yaml.BaseLoader))


def test_every_setting_stands_in_the_documentation_with_its_default():
    rows = [line for line in (ROOT / "docs" / "config.md").read_text().splitlines() if line.startswith("| `")]
    documented = {row.split("|")[1].strip(" `"): row.split("|")[2].strip() for row in rows}
    assert set(documented) == set(keys(CONFIG))
    for path, default in defaults(CONFIG):
        assert documented[path] == ", ".join(
            f"`{word}`" for word in ([default] if isinstance(default, str) else default)
        )


def test_yaml_is_not_loaded_until_a_file_is_read():
    code = (
        "import sys, webwatch.config; "
        "assert not {'yaml', 'platformdirs', 'difflib', 'zoneinfo', 'webwatch.match'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT)}, check=True)


# ---------------------------------------------------------------------------------------------------- properties

_WORDS = ["keywords: ", "sources: ", "\n  - ", "name: ", "url: https://a.nl", "x", "${A}", "<<: ", "*a", "&a ", "---\n"]
_PIECES = st.sampled_from(_WORDS) | st.text("[]{},:-#*&!|>'\"%@`~?$<\n\t aé\x85", min_size=1, max_size=3)


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_is_a_configuration_or_faults(tmp_path_factory, text):
    _load_or_faults(tmp_path_factory, text.encode())


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_configuration_is_a_configuration_or_faults(tmp_path_factory, data):
    example = EXAMPLE.read_bytes()
    start = data.draw(st.integers(0, len(example)))
    end = data.draw(st.integers(start, min(start + 30, len(example))))
    _load_or_faults(tmp_path_factory, example[:start] + data.draw(st.binary(max_size=6)) + example[end:])


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_every_name_survives_the_starter(tmp_path_factory, name):
    path = tmp_path_factory.mktemp("starter") / "config.yaml"
    path.write_text(config.starter(name, "en", ""), encoding="utf-8")
    assert len(config.load(path, {}).keywords) == 1


@given(st.from_regex(r"https?://[a-z:@./?#\[\]]{1,20}", fullmatch=True))
@settings(max_examples=100, deadline=None)
def test_a_source_always_gets_a_name(address):
    assert short_name(address)


def _load_or_faults(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "config.yaml"
    path.write_bytes(data)
    with contextlib.suppress(ConfigError):
        assert config.load(path, {}).keywords
