"""A keyword of today, matched against what was stored before (rule 24 of the product)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import dedupe
from webwatch.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from webwatch.model import Config, Match, Stored
    from webwatch.pipeline.relevance import Relevance
    from webwatch.store import Store


class Change(NamedTuple):
    """A stored entry that becomes a mention, or a mention that more keywords find."""

    stored: Stored
    matches: tuple[Match, ...]


def changes(config: Config, store: Store, relevance: Relevance) -> Iterator[Change]:
    """What the keywords as they are now would change. A mention stays one, also when no keyword finds it any more."""
    sources = {source.name: source for source in config.sources}
    for stored in store.entries():
        matches = relevance.find(sources.get(stored.source) or Source(name=stored.source, url=""), stored.entry)
        if matches is None:
            continue
        if stored.keywords is None or not stored.keywords.issuperset(match.keyword for match in matches):
            yield Change(stored, matches)


def rematch(config: Config, store: Store, relevance: Relevance, now: datetime) -> int:
    """Make these changes, inside the caller's transaction; the number of new mentions.

    What is older than `history.first_scan` becomes history, as at a first visit: a new keyword is not a flood.
    """
    horizon = now - config.history.first_scan
    new = 0
    for stored, matches in list(changes(config, store, relevance)):
        published = stored.entry.published or stored.first_seen
        key = dedupe.text_key(stored.entry)
        new += store.adopt(stored.id, matches, key, history=published < horizon, now=now)
    return new
