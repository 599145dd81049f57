"""Stories and people in the JSON contracts; docs/json.md explains each key."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from webwatch.desk.states import STATES
from webwatch.formats._json import moment
from webwatch.formats._mention import elsewhere, mention_object

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from webwatch.model import Author, Ranked


def story_object(items: Sequence[Ranked], now: datetime) -> dict[str, Any]:
    """The mentions of one story as `webwatch.story/1`, in the order given."""
    return {
        "schema": "webwatch.story/1",
        "generated_at": moment(now),
        "story_id": items[0].mention.story,
        "repeat": any(item.repeat for item in items),
        "mentions": [_told(item) for item in items],
    }


def person_object(author: Author, now: datetime) -> dict[str, Any]:
    """What is known of one author as `webwatch.person/1`."""
    from webwatch.sites import site  # its list is for this contract alone

    states = Counter(item.standing.state for item in author.items)
    return {
        "schema": "webwatch.person/1",
        "generated_at": moment(now),
        "name": author.name,
        "also": list(author.also),
        "vip": author.vip,
        "reach": author.reach,
        "counts": {
            "mentions": len(author.items),
            "sites": len({site(item.mention.entry.url) for item in author.items}),
            "answered": sum(item.standing.answered for item in author.items),
            **{state: states[state] for state in STATES},
        },
        "mentions": [_told(item) for item in author.items],
        "namesakes": [elsewhere(item) for item in author.namesakes],
    }


def _told(item: Ranked) -> dict[str, Any]:
    return {"section": item.section, **mention_object(item)}
