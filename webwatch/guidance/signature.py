"""Whether a person stands under a text: a name, not a department."""

from __future__ import annotations

import re
from functools import cache

from webwatch import text
from webwatch.guidance import blanks, tone

_MOST_WORDS = 8
_INITIALS = re.compile(r"(?:[\^~*]|(?<=\s)[-–—/])\s?([A-Z]\w{0,20})\W*$")
_POSTSCRIPT = re.compile(r"(?:p\.?\s?s\.?\b|https?://\S+$|#\w+|\^?$)", re.IGNORECASE)


def is_signed(draft: str, business: str = "") -> bool:
    """Whether the last lines hold the name of a person; the name of the `business` is none."""
    lines = [line.strip() for line in draft.strip().splitlines() if line.strip()]
    while len(lines) > 1 and _POSTSCRIPT.match(lines[-1]):
        lines.pop()
    if not lines:
        return False
    ours = frozenset(re.findall(r"\w+", text.fold(business)))
    return any(_signs(line, ours, is_last=number == 0) for number, line in enumerate(reversed(lines[-3:])))


def _signs(line: str, ours: frozenset[str], *, is_last: bool) -> bool:
    """Whether a line is, or ends in, a name; above the last line it must be short, or a closing."""
    closing = _closing().search(text.fold(line, keep_case=True)) if len(line) <= 1_000 else None
    if closing and _is_name(closing[1], ours):
        return True
    if _is_name(line, ours) or _INITIALS.search(line):
        return True
    tail = re.split(r"[.!?…:)]\s+", line)[-1]
    return is_last and tail != line and _is_name(tail, ours)


def _is_name(words: str, ours: frozenset[str]) -> bool:
    """Whether these few words name somebody: one with a capital that is no courtesy, no department and not the shop."""
    words = words.strip().strip("-–—~*^,_()| ")
    if blanks.find(words):
        return True
    each = re.findall(r"[^\W\d_][\w'’.-]*", words)
    if not 0 < len(each) <= _MOST_WORDS or re.search(r"[!?;:]|\.\s", words) or (words.endswith(".") and len(each) > 1):
        return False
    folded = [re.sub(r"\W", "", text.fold(word)) for word in each]
    if not each[0][0].isupper() and folded[0] not in _not_names():
        return len(each) <= 2 and len(folded[0]) > 1 and not any(map(tone.is_common, folded)) and folded[0] not in ours
    return any(
        word[0].isupper() and fold not in _not_names() and fold not in ours and not tone.is_common(fold)
        for word, fold in zip(each, folded, strict=True)
    )


@cache
def _not_names() -> frozenset[str]:
    return frozenset().union(*(words.not_names for words in tone.every()))


@cache
def _closing() -> re.Pattern[str]:
    """`Groet, Ann`: what stands after a closing at the end of a line."""
    each = "|".join(phrase for words in tone.every() for phrase in words.closings)
    return re.compile(rf"(?i:(?<!\w)(?:{each}))[,\s!-]+([^\W\d_][\w'’.-]*(?:[\s,]+[^\W\d_][\w'’.-]*){{0,5}})[\s,]*$")
