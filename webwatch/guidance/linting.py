"""A text before it is posted: what in it is worth a second look, where, why, and what to do instead.

Nothing is rewritten and nothing is refused. What is quoted (`> …`, `[quote]`, “…”) is not ours, and is not judged.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.guidance import blanks, pages, personal, signature, talk, tone
from webwatch.guidance.about import About, Found, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RULES = (
    "shouting", *tone.RULES, "apology", "personal_data", "unsigned", "no_link", "blank", "copy_paste"
)  # fmt: skip
LONGEST = 50_000  # characters; what comes after is not read
_QUOTED = re.compile(
    r"^[ \t]*>[^\n]*$|\[quote.{0,100}?\].*?\[/quote\]|[\"“„«](?:[^\"“”„«»\n]{1,300}?)[\"”»]",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_FEWEST_QUOTED = 3  # words; fewer in quotation marks are ours
_WIDTH = 60


def lint(draft: str, about: About | None = None) -> tuple[Remark, ...]:
    """What is worth a second look in a draft, in the order of the text."""
    about = about or About()
    draft = draft[:LONGEST]
    found = sorted({*_in_words(draft, about), *_in_whole(draft, about)}, key=lambda one: (one.start, one.end, one.rule))
    return tuple(_remark(draft, one, about) for one in _apart(found))


def _in_words(draft: str, about: About) -> Iterator[Found]:
    """What single words and phrases give away."""
    own = _without(_LINK, _without(_QUOTED, draft))
    yield from tone.shouting(_without_blanks(own), _known_capitals(about))
    folded, origins = text.fold_map(own)
    for one in (*tone.find(folded), *(tone.apologies(folded) if about.intent == "compliment" else ())):
        yield one if origins is None else one._replace(start=origins[one.start], end=origins[one.end - 1] + 1)
    yield from personal.find(_without(_LINK, draft), about.domains)
    for start, end in blanks.find(draft):
        yield Found("blank", start, end)


def _in_whole(draft: str, about: About) -> Iterator[Found]:
    """What the text as a whole lacks or repeats."""
    body = draft.rstrip()
    last = body.rfind("\n") + 1
    if not body:
        return
    if not signature.is_signed(_without(_QUOTED, draft), about.business):
        yield Found("unsigned", last, len(body))
    if talk.is_repeated(body, about.ours):
        yield Found("copy_paste", 0, _line_end(body))
    elif talk.argues(body, about.ours):
        yield Found("yes_you_did", 0, _line_end(body))
    tied = pages.tied(about.said, about.pages) if _asks(about) else ()
    if tied and not any(pages.is_linked(draft, page) for page in tied):
        yield Found("no_link", 0, _line_end(body))


def _asks(about: About) -> bool:
    """Whether the mention is a question: it was labelled one or, where nobody said what it is, holds one."""
    return about.intent == "question" or (about.intent in {"", "other"} and "?" in about.said)


def _line_end(body: str) -> int:
    end = body.find("\n")
    return len(body) if end < 0 else end


def _apart(found: Sequence[Found]) -> Iterator[Found]:
    """One remark of a rule for each place: what overlaps an earlier one says nothing more."""
    reached: dict[str, int] = {}
    for one in found:
        if one.start >= reached.get(one.rule, -1):
            reached[one.rule] = max(one.end, one.start + 1)
            yield one


def _remark(draft: str, found: Found, about: About) -> Remark:
    reason, advice = tone.told(found.rule, about.told_in)
    if found.rule == "no_link":
        advice = advice.format(url=pages.tied(about.said, about.pages)[0].url)
    return Remark(
        rule=found.rule,
        line=draft.count("\n", 0, found.start) + 1,
        column=found.start - (draft.rfind("\n", 0, found.start) + 1) + 1,
        words=text.shorten(text.line(draft[found.start : found.end]), _WIDTH),
        reason=reason,
        advice=advice,
    )


# ------------------------------------------------------------------------------------------------- what is left out


def _without(pattern: re.Pattern[str], draft: str) -> str:
    """The text with blanks of the same length, so that positions hold, in place of what the pattern finds."""
    return pattern.sub(_emptied, draft)


def _emptied(found: re.Match[str]) -> str:
    if found[0][0] in '"“„«' and len(found[0].split()) < _FEWEST_QUOTED:
        return found[0]
    return re.sub(r"[^\n]", " ", found[0])


def _without_blanks(draft: str) -> str:
    for start, end in blanks.find(draft):
        draft = draft[:start] + " " * (end - start) + draft[end:]
    return draft


def _known_capitals(about: About) -> frozenset[str]:
    """Names that are written in capitals: ours, the customer's."""
    names = re.findall(r"\w+", f"{about.business} {about.author}")
    return frozenset(text.fold(name) for name in names)
