"""What words give away: a mere thanks, a reminder, a threat to go to the press, that something went wrong.

One file a language. Phrases are looked for as whole words, folded (small letters, no accents); `*` ends a word that may
go on. A language that has no file is read with all of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from webwatch import registry, text

EDITION = "c1f3f8f8"  # of the phrases: what is kept of them is worked out anew when it changes (tests/test_cues.py)
_MOST_WORDS_OF_THANKS = 12
_LONGEST = 20_000


class Cues(NamedTuple):
    """The phrases of a language.

    `thanks` ends a talk, `beside_thanks` may stand with it, `but` takes it back; `reminder` asks for what was promised;
    `escalation` goes to others about us, `not_escalation` only looks like it; `negative` says that something is wrong;
    `holding` says that an answer will follow.
    """

    thanks: tuple[str, ...]
    beside_thanks: tuple[str, ...]
    but: tuple[str, ...]
    reminder: tuple[str, ...]
    escalation: tuple[str, ...]
    not_escalation: tuple[str, ...]
    negative: tuple[str, ...]
    holding: tuple[str, ...]


def is_mere_thanks(said: str, language: str | None = None) -> bool:
    """Whether a short post says thanks and nothing that waits for an answer: "bedankt!", "Top, dank je wel :)"."""
    folded = _folded(said)
    words = re.findall(r"\w+", folded)
    if not 0 < len(words) <= _MOST_WORDS_OF_THANKS or "?" in folded:
        return False
    return bool(_found("thanks", folded, language)) and not any(
        _found(group, folded, language) for group in ("but", "reminder", "escalation", "negative")
    )


def is_reminder(said: str, language: str | None = None) -> bool:
    """Whether somebody asks where we are: "zou me toch nog bellen?", "any news?"."""
    return bool(_found("reminder", _folded(said), language))


def is_holding(said: str, language: str | None = None) -> bool:
    """Whether a post of ours only says that an answer will follow: "we zoeken het uit"."""
    return bool(_found("holding", _folded(said), language))


def is_negative(said: str, language: str | None = None) -> bool:
    """Whether a post says that something is wrong, or threatens to go elsewhere with it."""
    folded = _folded(said)
    return bool(_found("negative", folded, language)) or bool(escalations(said, language))


def escalations(said: str, language: str | None = None) -> tuple[str, ...]:
    """The words that take the matter elsewhere, as they were written; a radar trap is no consumer programme."""
    folded = _folded(said)
    return tuple(dict.fromkeys(_found("escalation", _without("not_escalation", folded, language), language)))


def _folded(said: str) -> str:
    return " ".join(text.fold(said[:_LONGEST]).split())


def _found(group: str, folded: str, language: str | None) -> list[str]:
    return [
        found[0]
        for code in _codes(language)
        if (pattern := _pattern(code, group))
        for found in pattern.finditer(folded)
    ]


def _without(group: str, folded: str, language: str | None) -> str:
    for code in _codes(language):
        if pattern := _pattern(code, group):
            folded = pattern.sub(" ", folded)
    return folded


@lru_cache(maxsize=8)
def _codes(language: str | None) -> tuple[str, ...]:
    """The files to read with: that of the language, English beside Dutch, since people mix; all where it has none."""
    known = registry.names(__name__)
    code = (language or "").split("-")[0]
    return (code, *(other for other in known if other == "en" != code)) if code in known else known


@lru_cache(maxsize=64)
def _pattern(code: str, group: str) -> re.Pattern[str] | None:
    phrases: tuple[str, ...] = getattr(registry.load(__name__, code), group)
    if not phrases:
        return None
    each = sorted((_as_pattern(phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


def _as_pattern(phrase: str) -> str:
    return " ".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
