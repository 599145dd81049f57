"""Whose words a quote repeats: the captions that engines write above it, in four languages."""

from __future__ import annotations

import re

from webwatch import text
from webwatch.model import Quote

_BEFORE = re.compile(
    r"^(?:(?:quoting|quote|citaat|zitat|citation|reply|re|(?:originally |initially )?posted|"
    r"(?:(?:oorspronkelijk|origineel) )?(?:geplaatst|gepost|geschreven)|message original|"
    r"(?:(?:urspr(?:ü|ue)nglich|original) )?(?:geschrieben|gepostet)(?= von\b)|original(?= von\b)|"
    r"(?:initialement )?(?:envoy|post|publi|(?:é|e)crit(?= par\b))(?:é|e)?(?= par\b)|envoy(?:é|e)|message(?= de\b)|"
    r"in reply to|als antwoord op|in antwort auf|en r(?:é|e)ponse (?:à|a))"
    r"\b\s*:?\s*(?:(?:from|by|van|door|von|de|par|of)\b\s*:?\s*)?"
    r"|(?:from|by|door|par)\b\s*:?\s*){1,2}",
    re.IGNORECASE,
)
_DATE_FIRST = re.compile(
    r"(?:on|op|am|le|vor|il y a|\d+)\b[^\n]*?"
    r"(?:,\s*(?P<before>[^,]+?)\s+(?:said|wrote|a (?:écrit|dit))|\b(?:zei|schreef|schrieb|sagte)\s+(?P<after>[^:]+?))"
    r"[\s:]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:(?:\b(?:wrote|said|schreef|zei|schrieb|sagte|(?:hat|heeft) (?:geschrieben|gesagt|geschreven|gezegd)|meinte"
    r"|meint|escribió|reageerde)\b"
    r"\.?|\ba (?:écrit|ecrit|dit)\b)(?:[\s:↑].*)?"
    r"|\s(?:on|op|am|le|@)\s+(?=.*\d).*)?[\s:»>↑]*$",
    re.IGNORECASE | re.DOTALL,
)
_NOBODY = re.compile(
    r"(?:quote|citaat|zitat|citation|code|spoiler|cite|originally posted by|…|\.\.\.)?\s*:?$", re.IGNORECASE
)
_MAX_CAPTION = 200


def author_in(caption: str) -> str:
    """The name in a caption: "Jan wrote:", "Quote from: Jan on May 12", "Originally Posted by Jan"; "" without one."""
    caption = text.line(caption)[:_MAX_CAPTION]
    if _NOBODY.match(caption):
        return ""
    dated = _DATE_FIRST.match(caption)
    name = (dated["before"] or dated["after"]) if dated else _BEFORE.sub("", _AFTER.sub("", caption, count=1), count=1)
    return name.strip(" \t:,\"“”„'«»@(")[:100]


def marked(plain: str) -> tuple[str, tuple[Quote, ...]]:
    """A text in which quoted lines begin with `>`, as in mail and Markdown: what is left of it, and the quotes."""
    own: list[str] = []
    found: list[list[str]] = []
    quoting = False
    for row in plain.split("\n"):
        stripped = row.lstrip()
        if stripped.startswith(">") and not stripped.startswith((">!", ">>>")):
            if not quoting:
                found.append([])
            found[-1].append(stripped.lstrip("> "))
        else:
            own.append(row)
        quoting = stripped.startswith(">")
    said = [text.clean("\n".join(rows)) for rows in found]
    return "\n".join(own), tuple(Quote(author="", text=each) for each in said if each)
