"""What a text adds to what we wrote in the same conversation before: a new fact, or the same again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import languages, text
from webwatch.guidance import tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHINGLE = 3  # words
_SAME = 0.8  # the share of the shingles of the shorter one that the other has too
_FEWEST_WORDS = 5
_MANY = 2  # posts of ours; the next one is the third
_SHORTEST_NOUN = 4  # letters
_LINK = re.compile(r"https?://\S+|www\.\S+")
_PRONOUNS = tone.words("het dat dit that this")  # or articles; a verb may follow
_VERBAL = re.compile(r"^ge\w{2,}[dt]$|en$|ed$")
_NEAR_DAYS = tone.words("morgen overmorgen vandaag vanmiddag vanavond tomorrow today tonight noon")


def is_repeated(draft: str, ours: Iterable[str]) -> bool:
    """Whether we wrote the same before, greeting and signature apart."""
    words = _words(_body(draft))
    return any(_alike(words, _words(_body(other))) for other in ours)


def argues(draft: str, ours: Sequence[str]) -> bool:
    """Whether this is our third post in a conversation, or a later one, and says nothing new."""
    return len(ours) >= _MANY and not new_facts(draft, ours)


def new_facts(draft: str, ours: Iterable[str]) -> frozenset[str]:
    """The dates, numbers, links and nouns of a text that no earlier one has."""
    return frozenset(_facts(_body(draft)) - set().union(*(_facts(other) | _stems(other) for other in ours)))


def _alike(one: list[str], other: list[str]) -> bool:
    if one == other or min(len(one), len(other)) < _FEWEST_WORDS:
        return one == other and bool(one)
    shingles = [{tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)} for words in (one, other)]
    first, second = shingles
    return len(first & second) >= _SAME * max(len(first), len(second))


def _words(said: str) -> list[str]:
    return re.findall(r"\w+", text.fold(said))


def _body(said: str) -> str:
    """A text without its greeting and signature: its first and last lines where they are short."""
    lines = [line for line in said.strip().splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].rstrip().endswith(",") and len(lines[0].split()) <= _FEWEST_WORDS:
        lines = lines[1:]
    while len(lines) > 1 and len(lines[-1].split()) <= 3:
        lines.pop()
    return "\n".join(lines)


def _facts(said: str) -> set[str]:
    links = {link.rstrip(".,)").casefold() for link in _LINK.findall(said)}
    bare = _LINK.sub(" ", said)
    folded = text.fold(bare)
    words = re.findall(r"\w+", folded)
    days = {word for word in words if word in _NEAR_DAYS or _is_day(word)}
    return links | set(re.findall(r"\d+", folded)) | days | _nouns(bare)


def _is_day(word: str) -> bool:
    dates = (languages.load(code).dates for code in ("nl", "en"))
    return len(word) >= _SHORTEST_NOUN and any(word in date.weekdays or word in date.months for date in dates)


def _nouns(said: str) -> set[str]:
    """The words that look like nouns, and say something.

    They stand after an article (and an adjective), end as nouns do, or have a capital within a sentence.
    """
    found = set()
    before = earlier = ""
    for word in re.finditer(r"[^\W\d_]+|[.!?]", said):
        folded = text.fold(word[0])
        is_name = (
            word[0][0].isupper() and before not in {"", ".", "!", "?"} and len(word[0]) > 1 and not word[0].isupper()
        )
        is_verb = before in _PRONOUNS and _VERBAL.search(folded)
        if not is_verb and (is_name or _has_article(before, earlier) or folded.endswith(_endings())):
            found.add(folded)
        before, earlier = folded, before
    return {_stem(word) for word in found if _says_something(word)}


def _has_article(before: str, earlier: str) -> bool:
    return any(before in words.determiners for words in tone.every()) or (
        before.endswith(("e", "al", "ed", "y", "ic", "ous", "ful"))
        and any(earlier in words.determiners for words in tone.every())
    )


def _endings() -> tuple[str, ...]:
    return tuple(ending for words in tone.every() for ending in words.noun_endings)


def _says_something(word: str) -> bool:
    return len(word) >= _SHORTEST_NOUN and not any(
        word in words.hollow or word in words.common for words in tone.every()
    )


def _stems(said: str) -> set[str]:
    return {_stem(word) for word in _words(said)}


def _stem(word: str) -> str:
    """A word without the plural's ending."""
    return re.sub(r"(?:en|s|es|'s)$", "", word) if len(word) > _SHORTEST_NOUN else word
