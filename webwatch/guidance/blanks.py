"""What is left to fill in: `[…]`, as the templates write it."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\[([^\[\]\n]{0,80})\](?!\()")
_MARKUP = re.compile(
    r"(?:/|\*$|[a-z*]+=|(?:b|i|u|s|url|img|quote|list|code|size|color|spoiler|sic|\d+|x|email)$)", re.IGNORECASE
)


def find(draft: str) -> list[tuple[int, int]]:
    """Where the blanks stand; a forum's `[b]` and `[url=…]`, a footnote's `[1]` and a Markdown link are none."""
    return [found.span() for found in _BLANK.finditer(draft) if not _MARKUP.match(found[1].strip())]
