"""The digest: what is shown of the ranked mentions, in which sections, with the counts and the coverage."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from webwatch.model import Counts, Digest, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from webwatch.model import Config, Coverage, Ranked


def build(ranked: Sequence[Ranked], coverage: Coverage, config: Config, now: datetime, limit: int | None) -> Digest:
    """The digest of mentions in rank order; `limit` bounds the items shown in all, never the counts."""
    sections = []
    left = len(ranked) if limit is None else limit
    for name, group in groupby(ranked, key=lambda item: item.section):
        items = tuple(group)
        sections.append(Section(name=name, items=items[: max(0, left)], total=len(items)))
        left -= len(items)
    totals = {section.name: section.total for section in sections}
    return Digest(
        generated_at=now,
        zone=config.timezone,
        language=config.digest.language,
        business=config.us.name or (config.keywords[0].name if config.keywords else ""),
        mail_to=config.digest.to,
        counts=Counts(
            open=sum(item.mention.state == "open" and not item.mention.history for item in ranked),
            overdue=totals.get("overdue", 0),
            due_today=totals.get("due_today", 0),
            new=sum(item.mention.first_seen == coverage.last_scan for item in ranked),
        ),
        sections=tuple(sections),
        coverage=coverage,
    )
