"""Every setting of `config.yaml`: its key, what it may hold, its default, and what it means.

The one table that reading, the JSON Schema, and the tests of the documentation all go by.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from webwatch import points, registry
from webwatch.config import values
from webwatch.config.shapes import Choice, Derived, ListOf, Section, Setting
from webwatch.model import (
    AnswerPage,
    DeskRules,
    DigestRules,
    Event,
    FetchRules,
    HistoryRules,
    Keyword,
    Near,
    OfficeHours,
    Person,
    Select,
    Source,
    Us,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OTHER_KINDS = {
    "rss": "feed",
    "atom": "feed",
    "rdf": "feed",
    "json": "feed",
    "google": "alerts",
    "talkwalker": "alerts",
    "thread": "forum",
    "board": "forum",
    "website": "page",
    "html": "page",
}
_WORD_LISTS = ("any", "all", "none", "near")


@cache
def _kinds() -> tuple[str, ...]:
    return registry.names("webwatch.parse")


def short_name(address: str) -> str:
    """A name for a source that has none: its address without scheme, password, `www.` and the slash at the end."""
    place = address.partition("://")[2] or address
    host, slash, rest = place.partition("/")
    return f"{host.rpartition('@')[2].removeprefix('www.')}{slash}{rest}".partition("#")[0].rstrip("/") or address


def _keyword(found: dict[str, Any]) -> Keyword:
    if not any(found[key] for key in ("any", "all", "near", "query")):
        found["any"] = (found["name"],)
    return Keyword(**found)


def _keyword_faults(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    beside = [key for key in _WORD_LISTS if found[key]]
    if found["query"] and beside:
        yield "query", f"stands beside {', '.join(beside)}: write the keyword as a query or as words, not as both"


def _office_hours(found: dict[str, Any]) -> OfficeHours:
    return OfficeHours(
        days=frozenset(found["days"]),
        opens=found["from"],
        closes=found["to"],
        holidays=frozenset(found["holidays"]),
    )


def _office_hours_faults(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if found["from"] and found["to"] and found["from"] >= found["to"]:
        yield "to", f"{found['to']:%H:%M} is not later than from, {found['from']:%H:%M}"


def _event(found: dict[str, Any]) -> Event:
    return Event(
        name=found["name"],
        start=found["from"],
        end=found["to"] or found["from"],
        checklist=found["checklist"],
    )


def _event_faults(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if found["from"] and found["to"] and found["from"] > found["to"]:
        yield "to", f"{found['to']} is earlier than from, {found['from']}"


def _rank_faults(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if None not in found.values() and points.most(found) > points.MOST:
        sums = f"the points come to {points.most(found):g} in all; with more than {points.MOST:g} a popular mention"
        yield max(found, key=lambda name: found[name]), f"{sums} could stand above an urgent one"


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    """The rules that bring a mention back stand at the top of the file, and together in the configuration."""
    return found | {"desk": DeskRules(**{name: found.pop(name) for name in DeskRules._fields})}


_RULE_LENGTH = values.duration("0s", "100y")

NEAR = Section(
    {
        "words": Setting(ListOf(values.text, at_least=2), None, "two or more words that stand near each other", True),
        "within": Setting(values.whole(0, 1_000), "8", "how many words there may be between them"),
    },
    make=lambda found: Near(**found),
)

KEYWORD = Section(
    {
        "name": Setting(values.text, None, "what the digest calls it; on its own, also the words looked for", True),
        "any": Setting(ListOf(values.text), (), "one of these must be there"),
        "all": Setting(ListOf(values.text), (), "each of these must be there too"),
        "none": Setting(ListOf(values.text), (), "none of these may be there"),
        "near": Setting(NEAR, None, "words that must stand near each other"),
        "query": Setting(values.query, None, "a query, in place of any, all, none and near"),
        "match_case": Setting(values.flag, "false", "whether capitals matter"),
        "fields": Setting(
            ListOf(Choice(lambda: ("title", "text", "author", "url")), at_least=1),
            ("title", "text"),
            "where to look: title, text, author, url",
        ),
        "languages": Setting(ListOf(values.language), (), "only entries in these languages; none named: in any"),
        "weight": Setting(values.number(0, 100), "1.0", "how much a mention of it counts; 1.0 is normal"),
    },
    make=_keyword,
    faults=_keyword_faults,
    bare="name",
)

SELECT = Section(
    {
        "post": Setting(values.text, None, "the CSS selector of each post", True),
        "text": Setting(values.text, "", "within a post: what its author says"),
        "author": Setting(values.text, "", "within a post: who says it"),
        "date": Setting(values.text, "", "within a post: when"),
        "link": Setting(values.text, "", "within a post: the link to it"),
    },
    make=lambda found: Select(**found),
    bare="post",
)

SOURCE = Section(
    {
        "name": Setting(values.text, Derived("url", short_name), "its name, which its history hangs on"),
        "url": Setting(values.address, None, "the address to read, such as https://example.nl/feed.xml", True),
        "kind": Setting(Choice(_kinds, _OTHER_KINDS), "feed", "what kind of source it is"),
        "own": Setting(values.flag, "false", "whether it is our own page, where everything is answered"),
        "language": Setting(
            values.language, None, "the language written there, where the source says nothing or is wrong"
        ),
        "weight": Setting(values.number(0, 100), "1.0", "how much what is said there counts; 1.0 is normal"),
        "reach": Setting(values.whole(0, 10_000_000_000), "0", "how many people read it"),
        "pages": Setting(values.whole(1, 100), "5", "how many pages of a thread one visit may read"),
        "us": Setting(ListOf(values.text), (), "our names there, beside those under us"),
        "select": Setting(SELECT, None, "where a forum's posts stand, for one that webwatch cannot read by itself"),
    },
    make=lambda found: Source(**found),
    bare="url",
)

US = Section(
    {
        "name": Setting(values.text, "", "what our business is called"),
        "authors": Setting(ListOf(values.text), (), "the names that we write under"),
        "domains": Setting(ListOf(values.domain), (), "our own sites"),
    },
    make=lambda found: Us(**found),
)

ANSWER_WITHIN = Section(
    {
        "complaint": Setting(values.answer_time, "4h", "how soon a complaint is answered"),
        "question": Setting(values.answer_time, "24h", "how soon a question is answered"),
        "suggestion": Setting(values.answer_time, "3d", "how soon a suggestion is answered"),
        "compliment": Setting(values.answer_time, "3d", "how soon a compliment is thanked"),
        "other": Setting(values.answer_time, "7d", "how soon anything else is answered"),
    },
    make=dict,
)

OFFICE_HOURS = Section(
    {
        "days": Setting(ListOf(values.weekday, at_least=1), ("mon", "tue", "wed", "thu", "fri"), "the days we work"),
        "from": Setting(values.clock_time, "09:00", "when we open"),
        "to": Setting(values.clock_time, "17:30", "when we close"),
        "holidays": Setting(ListOf(values.day), (), "dates on which we do not work"),
    },
    make=_office_hours,
    faults=_office_hours_faults,
)

DIGEST = Section(
    {
        "limit": Setting(values.whole(1, 10_000), "20", "how many items the digest shows"),
        "language": Setting(Choice(lambda: ("en", "nl")), "en", "the language that the digest speaks"),
        "to": Setting(values.text, "", "the address that the digest is mailed to, with --format eml"),
    },
    make=lambda found: DigestRules(**found),
)

FETCH = Section(
    {
        "timeout": Setting(values.duration("0.1s", "1h"), "20s", "how long one request may take in all"),
        "total": Setting(values.duration("1s", "1d"), "10m", "how long a whole scan may take"),
        "per_host_pause": Setting(values.duration("0s", "1h"), "1s", "the pause between two requests to one host"),
        "max_bytes": Setting(values.size("1kB", "1GB"), "10MB", "how large a page may be"),
        "contact": Setting(values.contact, "", "where a site's owner reaches you; sent with each request"),
    },
    make=lambda found: FetchRules(**found),
)

HISTORY = Section(
    {
        "first_scan": Setting(_RULE_LENGTH, "7d", "what is older than this at a source's first scan is history"),
        "keep_unmatched": Setting(_RULE_LENGTH, "30d", "how long entries that do not name us are kept"),
        "keep_texts": Setting(_RULE_LENGTH, "3y", "how long the texts of mentions are kept"),
    },
    make=lambda found: HistoryRules(**found),
)

RANK = Section(
    {name: Setting(values.number(0, 100), f"{worth:g}", means) for name, (worth, means) in points.TABLE.items()},
    make=dict,
    faults=_rank_faults,
)

PERSON = Section(
    {
        "name": Setting(values.text, None, "what we call this person", True),
        "also": Setting(ListOf(values.text), (), "the names that this person writes under elsewhere"),
        "vip": Setting(values.flag, "false", "whether what this person says counts for more"),
        "reach": Setting(values.whole(0, 10_000_000_000), "0", "how many people follow this person"),
    },
    make=lambda found: Person(**found),
    bare="name",
)

LINK = Section(
    {
        "topic": Setting(values.text, None, "what the page answers", True),
        "url": Setting(values.address, None, "its address", True),
        "words": Setting(ListOf(values.text), (), "words of such questions; none given: those of the topic"),
    },
    make=lambda found: AnswerPage(**found),
)

EVENT = Section(
    {
        "name": Setting(values.text, None, "what is going to happen", True),
        "from": Setting(values.day, None, "its first day", True),
        "to": Setting(values.day, None, "its last day; none given: the first"),
        "checklist": Setting(ListOf(values.text), (), "what is to be done before"),
    },
    make=_event,
    faults=_event_faults,
)

CONFIG = Section(
    {
        "keywords": Setting(
            ListOf(KEYWORD, at_least=1, unique={"name": str.casefold}), None, "what to look for, as a list", True
        ),
        "sources": Setting(
            ListOf(SOURCE, unique={"name": str.casefold, "url": str}), None, "where to look, as a list", True
        ),
        "us": Setting(US, "", "who we are: what we write ourselves is never a mention"),
        "answer_within": Setting(ANSWER_WITHIN, "", "how soon an answer is owed"),
        "ack_within": Setting(values.answer_time, "24h", "how soon the answer follows a holding reply"),
        "loop_after": Setting(_RULE_LENGTH, "5d", "how long after our reply it is asked how it ended"),
        "watch_growth": Setting(values.whole(1, 1_000), "3", "after how many new posts a watched mention comes back"),
        "away_after": Setting(
            _RULE_LENGTH, "10d", "after how long without anything done it is said that nobody is there"
        ),
        "people": Setting(ListOf(PERSON, unique={"name": str.casefold}), (), "people to know when they write"),
        "links": Setting(ListOf(LINK), (), "pages of ours that answer questions; a draft names them"),
        "events": Setting(ListOf(EVENT), (), "what is known beforehand that people will talk about"),
        "events_ahead": Setting(_RULE_LENGTH, "7d", "how long before its first day the digest names an event"),
        "rank": Setting(RANK, "", "what each reason is worth at most in the order of the digest"),
        "timezone": Setting(values.timezone, None, "the zone of what is typed, printed, and read without a zone"),
        "office_hours": Setting(OFFICE_HOURS, "", "when we work: the hours that answers are due in"),
        "digest": Setting(DIGEST, "", "how the digest is told"),
        "fetch": Setting(FETCH, "", "how sources are read"),
        "history": Setting(HISTORY, "", "what counts as old, and how long things are kept"),
        "database": Setting(values.file, "webwatch.db", "the file that everything is kept in, from this file's folder"),
    },
    make=_whole,
)
