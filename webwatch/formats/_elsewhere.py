"""Where else a story stands: "also at klacht.example: answered 21 May", "De Telegraaf and 6 others"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import addresses, text

if TYPE_CHECKING:
    from webwatch.formats._wording import Wording
    from webwatch.model import Ranked

_MOST_PLACES = 3
_NAME = 60


def also_at(ranked: Ranked, words: Wording) -> str:
    """What was done in the other places; "" where there are none, or they are publishers that nobody answered."""
    if not ranked.story or publishers(ranked, words):
        return ""
    places = [f"{where(other)}: {_done(other, words)}" for other in ranked.story[:_MOST_PLACES]]
    left = len(ranked.story) - len(places)
    if left:
        places.append(words.plural("also.more", left))
    return words.say("also.at", places="; ".join(places))


def publishers(ranked: Ranked, words: Wording) -> str:
    """Who published what many did and nobody answered: "De Telegraaf and 6 others"; "" of anything else."""
    if ranked.repeat or any(other.standing.state != "open" or other.standing.answered for other in ranked.story):
        return ""
    here = where(ranked)
    others = {where(other) for other in ranked.story} - {here}
    return words.plural("also.published", len(others), name=here) if others else ""


def where(ranked: Ranked) -> str:
    """The publisher that an alert names, or its site; else the source."""
    entry = ranked.mention.entry
    name = entry.site or (addresses.host(entry.url).removeprefix("www.") if ranked.kind == "alerts" else "")
    return text.shorten(text.line(name or ranked.mention.source), _NAME)


def _done(other: Ranked, words: Wording) -> str:
    stands = other.standing
    if stands.answered and stands.word:
        return words.say("also.answered", day=words.day(stands.word))
    return words.name("state", stands.state)
