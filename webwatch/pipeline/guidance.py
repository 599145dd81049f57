"""What is known of a mention that somebody is about to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import text
from webwatch.desk.standing import effective
from webwatch.guidance.about import About
from webwatch.pipeline.desk import talk_so_far
from webwatch.pipeline.ours import Ours

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from webwatch.model import Action, Config, Mention, Ranked
    from webwatch.store import Store

_OUR_WORDS = frozenset({"ack", "reply", "outcome"})


def about_nobody(config: Config) -> About:
    """What is known without a mention: who we are."""
    return About(told_in=config.digest.language, pages=config.links, business=config.us.name, domains=config.us.domains)


def about(config: Config, store: Store, item: Ranked, now: datetime) -> About:
    """What is known of the mention that an answer is for, with all that we wrote in its thread up to `now`."""
    mention = item.mention
    ours, language = _talk(config, store, mention, now)
    return about_nobody(config)._replace(
        intent=item.intent,
        language=mention.entry.language or language,
        author=mention.entry.author,
        said="\n".join(filter(None, (mention.headline, mention.entry.text))),
        ours=ours,
    )


def _talk(config: Config, store: Store, mention: Mention, now: datetime) -> tuple[tuple[str, ...], str | None]:
    """What we wrote in its thread, also what was only logged so far, and the language that is spoken there."""
    posts = talk_so_far(config, store, mention, Ours.of(config), now)
    written = [(post.at, post.text) for post in posts if post.ours]
    known = {text.fold(said) for _, said in written}
    written += [(at, said) for at, said in _logged(mention.log) if text.fold(said) not in known]
    language = next((post.language for post in posts if post.language), None)
    return tuple(said for _, said in sorted(written)), language


def _logged(log: Sequence[Action]) -> list[tuple[datetime, str]]:
    """Our words that were logged with their text."""
    return [(action.moment, action.text) for action in effective(log) if action.kind in _OUR_WORDS and action.text]
