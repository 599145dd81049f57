"""A spreadsheet of the items: RFC 4180 with a header row, UTF-8, and nothing that a spreadsheet would calculate.

A cell of foreign text that begins as a formula gets an apostrophe in front (CWE-1236), so it stays text.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.formats import Format, Screen
from webwatch.formats._elsewhere import where
from webwatch.formats._excerpt import excerpt
from webwatch.formats._json import moment

if TYPE_CHECKING:
    from webwatch.model import Digest, Ranked

COLUMNS = (
    "section", "id", "due", "published", "source", "author", "title", "excerpt", "url", "keywords", "intent", "score",
    "repeat", "also_at",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render(digest: Digest, _screen: Screen) -> str:
    """A row for each item in rank order under a header row; `keywords` are joined by " | "."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_row(section.name, ranked) for section in digest.sections for ranked in section.items)
    return out.getvalue()


def _row(section: str, ranked: Ranked) -> tuple[str | int | float, ...]:
    mention, entry = ranked.mention, ranked.mention.entry
    return (
        section,
        mention.id,
        moment(ranked.due),
        moment(entry.published) if entry.published else "",
        cell(mention.source),
        cell(entry.author),
        cell(mention.headline),
        cell(excerpt(mention)),
        cell(entry.url),
        cell(" | ".join(mention.keywords)),
        cell(ranked.intent),
        round(ranked.score, 4),
        "yes" if ranked.repeat else "",
        cell(" | ".join(f"{where(other)}: {other.standing.state}" for other in ranked.story)),
    )


def cell(foreign: str) -> str:
    """Foreign text on one line, that no spreadsheet takes for a formula."""
    clean = text.line(foreign)
    return f"'{clean}" if clean.startswith(FORMULA) else clean


part = Format(render=render)
