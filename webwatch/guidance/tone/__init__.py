"""What a text gives away of its tone: shouting, sarcasm, blame, denial, threats, requests to take a message away.

One file a language; people mix, so a text is read with all of them. What is quoted is not ours, and is not read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from webwatch import registry, text
from webwatch.guidance.about import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RULES = ("sarcasm", "blame", "denial", "yes_you_did", "withdrawal", "threat")


class Tone(NamedTuple):
    """The words of a language.

    Phrases are regular expressions over folded text (small letters, no accents) on one
    line, and begin and end at a word's edge.

    `phrases` go by rule, `apology` is looked for in an answer to a compliment. A sentence with one of `excuse` is not
    what it looks like: we say that the customer is right, or need not do something. `loud` are common words that nobody
    writes in capitals but to shout, `closings` stand before a name, `not_names` stand where a name should.
    `ours` stands before an address or number that is our own. `common` are words that carry no topic; `determiners` and
    `noun_endings` tell nouns, of which `hollow` say nothing new. `told` gives each rule's reason and advice.
    """

    phrases: Mapping[str, tuple[str, ...]]
    apology: tuple[str, ...]
    excuse: Mapping[str, tuple[str, ...]]
    loud: frozenset[str]
    closings: tuple[str, ...]
    not_names: frozenset[str]
    ours: tuple[str, ...]
    common: frozenset[str]
    determiners: frozenset[str]
    noun_endings: tuple[str, ...]
    hollow: frozenset[str]
    told: Mapping[str, tuple[str, str]]


def words(said: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(said.split())


def load(code: str) -> Tone:
    """The words of a language; raises `LookupError` where it has none."""
    tone: Tone = registry.load(__name__, code)
    return tone


def every() -> Iterator[Tone]:
    """The words of each language."""
    return map(load, registry.names(__name__))


def told(rule: str, language: str) -> tuple[str, str]:
    """The reason and the advice of a rule, in a language; in English where it has none."""
    return load(language if language in registry.names(__name__) else "en").told[rule]


def find(folded: str) -> Iterator[Found]:
    """Where a folded text (see `text.fold`) has the wrong tone."""
    folded = _LINE_END.sub(" ", folded)
    for rule in RULES:
        for found in _pattern(rule).finditer(folded):
            if not _is_excused(rule, sentence(folded, *found.span())):
                yield Found(rule, *found.span())


def apologies(folded: str) -> Iterator[Found]:
    """Where a folded text says sorry."""
    return (Found("apology", *found.span()) for found in _pattern("apology").finditer(_LINE_END.sub(" ", folded)))


def _is_excused(rule: str, said: str) -> bool:
    return any(rule in words.excuse for words in every()) and bool(_excuse(rule).search(said))


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    phrases = [words.apology if rule == "apology" else words.phrases.get(rule, ()) for words in every()]
    return _compiled([phrase for some in phrases for phrase in some])


@cache
def _excuse(rule: str) -> re.Pattern[str]:
    return _compiled([phrase for words in every() for phrase in words.excuse.get(rule, ())])


def _compiled(phrases: list[str]) -> re.Pattern[str]:
    """All of these, the longest first, so that it is the whole that is found."""
    each = "|".join(sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{each})(?!\w)")


_LINE_END = re.compile(r"(?<!\n)\n(?!\n)|[\t\r]")
_NEAR = 500  # characters
_ENDS = re.compile(r"[.!?]+(?=\s|$)|\n\s*\n")


def sentence(said: str, start: int, end: int) -> str:
    """The sentence around a span, as far as it is near."""
    first, last = max(0, start - _NEAR), min(len(said), end + _NEAR)
    before = max((found.end() for found in _ENDS.finditer(said, first, start)), default=first)
    after = _ENDS.search(said, end, last)
    return said[before : after.end() if after else last]


# ---------------------------------------------------------------------------------------------------------- shouting

_MARKS = re.compile(r"(?:[!?]\s?){2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONG = 7  # letters: an abbreviation is seldom longer
_NO_ABBREVIATION = 5


def shouting(said: str, known: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Where a text shouts; `known` are words (folded) that are written in capitals anyhow, such as names."""
    for found in _MARKS.finditer(said):
        yield Found("shouting", found.start(), found.start() + len(found[0].rstrip()))
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(said):
        if _is_loud(word[0]) and text.fold(word[0]) not in known:
            if run and said[run[-1].end() : word.start()].strip(" ,\n"):
                yield from _shouted(run)
                run = []
            run.append(word)
        else:
            yield from _shouted(run)
            run = []
    yield from _shouted(run)


def _is_loud(word: str) -> bool:
    return word.isupper() and (len(word) > 1 or word in {"U", "I", "A"})


def _shouted(run: list[re.Match[str]]) -> Iterator[Found]:
    """A row of words in capitals, unless they may all be abbreviations."""
    words = [word[0] for word in run]
    loud = any(text.fold(word) in tone.loud for word in words for tone in every())
    if loud or any(len(word) >= _LONG for word in words) or _is_row(words):
        yield Found("shouting", run[0].start(), run[-1].end())


def _is_row(words: list[str]) -> bool:
    return len(words) > 1 and any(len(word) >= _NO_ABBREVIATION for word in words)


# ---------------------------------------------------------------------------------------------------------- language


def is_common(word: str) -> bool:
    """Whether a folded word carries no topic in any language."""
    return any(word in words.common for words in every())


def language(said: str) -> str:
    """The language whose common words a text holds most of; "" where that is not clear."""
    words = re.findall(r"\w+", text.fold(said[:5_000]))
    counts = {code: sum(word in load(code).common for word in words) for code in registry.names(__name__)}
    first, second, *_ = sorted(counts, key=counts.__getitem__, reverse=True)
    return first if counts[first] >= 2 and counts[first] > 1.5 * counts[second] else ""
