"""The "by when" of a text: "uiterlijk morgen 12:00", "within 48 hours", "ik bel u vrijdag"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from webwatch import text, when

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_MOST_WORDS = 6
_MOST_PROMISES = 10
_WIDTH = 200
_SHORTEST_WORD = 5  # letters of a word that names a moment all by itself: `ma` is a mother too

_BEFORE = re.compile(
    r"(?<!\w)(?:(?:tot )?uiterlijk(?: op| om| voor| binnen| over)?|(?<!ordered )(?<!order )(?:voor|before|by)|"
    r"binnen|within|no later than|not later than|(?:op|on) or before|at the latest(?: on| by)?|op zijn laatst)\s+(?=\w)"
)
_WE_DO = re.compile(
    r"(?<!\w)(?:(?:ik|wij|we) (?:zal |zullen |kom |komen |ga |gaan )?(?:u |je |jullie |hem |haar )?(?:\w+ )?"
    r"(?:bel|bellen|mail|mailen|stuur|sturen|antwoord|antwoorden|kom|komen|laat|laten|schrijf|vertel|vertellen)|"
    r"(?:bel|mail|stuur|antwoord|laat|vertel|kom|bellen|mailen|sturen|antwoorden|laten|vertellen|komen) (?:ik|wij|we)|"
    r"(?:u|je) hoort|hoort (?:u|je)|(?:u|je) krijgt|krijgt (?:u|je)|wordt (?:u|je) gebeld|"
    r"(?:i|we)(?:'ll| will| shall| am going to| are going to)|(?:you'll|you will) (?:hear|get|have|receive))(?!\w)"
)
_DAY = re.compile(
    r"(?<!\w)(?:(?:on|op|om|at|nog|later) )?(?=(?:vandaag|morgen\w*|overmorgen|vanmiddag|vanavond|tomorrow|"
    r"today|tonight|this (?:afternoon|evening)|(?:aanstaande |komende |next )?"
    r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*|monday|tuesday|wednesday|thursday|friday|saturday|sunday))(?!\w))"
)
_NOT_OURS = re.compile(
    r"\?\s*$|(?<!\w)(?:(?:kunt|kan|kun|wilt|wil|zou|zoudt) (?:u|je)|(?:could|can|would|will) you|"
    r"please (?:send|let|mail|call)|laat(?:t)? (?:u )?(?:het )?(?:ons|me|mij)|let (?:us|me) know|mail (?:ons|me|us)|"
    r"stuur (?:ons|me)|(?:we|i|you|it|that) (?:had|was|were|said|promised)|(?:had|were|was) (?:we|i|it)|"
    r"(?:wij|we|ik|u|je|het|dat) (?:hadden|had|was|waren|beloofden?|zouden|kregen|kreeg)|"
    r"(?:hadden|had|waren|was|beloofden?|zouden|kregen|kreeg) (?:wij|we|ik|u|je)|should have|bestelt?|besteld|"
    r"(?:if|als|wie|wanneer) (?:you|u|je) (?:order|bestelt|bestel))(?!\w)"
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d])|\n+")
_COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12)
_NUMBERS = {
    **dict(
        zip(("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "tien", "twaalf"), _COUNTS, strict=True)
    ),
    **dict(
        zip(("one", "two", "three", "four", "five", "six", "seven", "eight", "ten", "twelve"), _COUNTS, strict=True)
    ),
    "vierentwintig": 24,
    "achtenveertig": 48,
    "tweeenzeventig": 72,
    "twenty-four": 24,
    "forty-eight": 48,
    "seventy-two": 72,
    "a": 1,
    "an": 1,
}
_SAME = (
    (re.compile(r"(?:the )?end of (?:the |this )?(?:business |working )?day|close of business"), "today"),
    (re.compile(r"(?:het )?(?:eind|einde) van de (?:werk)?dag"), "vandaag"),
    (re.compile(r"(?:the )?end of (?:the |this )?(?:working )?week"), "friday"),
    (re.compile(r"(?:het )?(?:eind|einde)(?: van)? (?:de|deze) week"), "vrijdag"),
    (re.compile(r"business days?"), "working days"),
    (re.compile(r"this afternoon"), "today 17:00"),
    (re.compile(r"this evening"), "tonight"),
)


class Promised(NamedTuple):
    """A promise that a text makes: the sentence it stands in, and the moment (UTC) that it names."""

    text: str
    due: datetime


def promised(draft: str, desk: when.Desk) -> tuple[Promised, ...]:
    """The promises of a text with a "by when" that is understood, one a sentence, each moment once."""
    found: dict[datetime, Promised] = {}
    for sentence in _SENTENCES.split(draft[:20_000]):
        due = _due(sentence, desk)
        if due and len(found) < _MOST_PROMISES:
            found.setdefault(due, Promised(text.shorten(text.line(sentence), _WIDTH), due))
    return tuple(found.values())


def _due(sentence: str, desk: when.Desk) -> datetime | None:
    folded = " ".join(text.fold(sentence).split())
    if _NOT_OURS.search(folded):
        return None
    for pattern, same in _SAME:
        folded = pattern.sub(same, folded)
    for start in _starts(folded):
        if due := _moment(folded[start:], desk):
            return due
    return None


def _starts(folded: str) -> Iterator[int]:
    """Where a moment may begin: after "by", or where a day stands in what we say that we will do."""
    yield from (found.end() for found in _BEFORE.finditer(folded))
    if _WE_DO.search(folded):
        yield from (found.end() for found in _DAY.finditer(folded))


def _moment(words: str, desk: when.Desk) -> datetime | None:
    """The moment that the longest beginning of these words names."""
    each = [_number(word) for word in words.split()[: _MOST_WORDS + 1]]
    if len(each) > 1 and each[1] in {"en", "and"}:
        each = each[:1]
    for count in range(min(len(each), _MOST_WORDS), 0, -1):
        typed = " ".join(each[:count]).strip(".,;:!)( \"'")
        if count == 1 and (typed.isdigit() or (typed.isalpha() and len(typed) < _SHORTEST_WORD and typed != "noon")):
            continue
        try:
            return when.ahead(typed, desk)
        except ValueError:
            continue
    return None


def _number(word: str) -> str:
    return str(_NUMBERS[word]) if word in _NUMBERS else word
