"""One file a language: the words its dates are written in and, where the digest speaks it, its phrases."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from webwatch import registry

if TYPE_CHECKING:
    from collections.abc import Mapping


class DateWords(NamedTuple):
    """How a language writes moments; every word in lower case, without accents or full stops.

    `months` and `weekdays` (Monday = 0) hold full names and abbreviations; `days` holds words such as "gisteren" → -1;
    `units` holds "uur" → 3600 seconds ("month" is 30 days, "year" 365); `ago` holds the words that turn "3 uur" into a
    moment, before or behind it; `one` the articles that count as 1 ("een", "an"); `now` words for this very moment;
    `filler` the words that may stand around a date ("om", "at", "uhr").
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    units: Mapping[str, int]
    ago: frozenset[str]
    one: frozenset[str]
    now: frozenset[str]
    filler: frozenset[str]


class Language(NamedTuple):
    """A language as a part. `phrases` is empty where the digest does not speak it; then English is used."""

    code: str
    dates: DateWords
    phrases: Mapping[str, str] = MappingProxyType({})


def load(code: str) -> Language:
    """The language with this code (`nl`); raises `LookupError` where there is none."""
    language: Language = registry.load(__name__, code)
    return language


def codes() -> tuple[str, ...]:
    """The codes of all languages, sorted."""
    return registry.names(__name__)
