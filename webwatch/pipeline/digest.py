"""The run that tells: live mentions → rank → digest. Pure, but for reading the database once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import digest as digests
from webwatch import rank as ranking
from webwatch.desk import agenda
from webwatch.desk.standing import open_promises, standing
from webwatch.pipeline.desk import conversations
from webwatch.pipeline.ours import Ours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from webwatch.model import Config, Digest, Mention, Ranked, Said, Standing
    from webwatch.store import Store


def digest(
    config: Config,
    store: Store,
    *,
    now: datetime,
    limit: int | None,
    pick: Callable[[Mention], bool] = lambda _mention: True,
    everything: bool = False,
) -> Digest:
    """What still needs an answer at `now`, of the mentions that `pick` lets through; `everything`: history as well."""
    mentions = store.all_mentions(now) if everything else store.live_mentions(now)
    ranked = ranked_mentions(config, store, filter(pick, mentions), now)
    coverage = store.coverage(config.sources, now)
    return digests.build(ranked, coverage, config, now, limit, last_deed=store.last_deed(now))


def ranked_mentions(config: Config, store: Store, mentions: Iterable[Mention], now: datetime) -> list[Ranked]:
    """These mentions, as they stand at `now`, with what was said since our last word; the first to answer first."""
    mentions = list(mentions)
    wanted = {mention.id for mention in mentions}
    stories = {mention.story for mention in mentions if mention.story is not None}
    mates = [mate for mate in store.story_mates(stories, now) if mate.id not in wanted] if stories else []
    standings = {mention.id: standing(mention.log, now) for mention in mentions if mention.log}
    talked = [mention for mention in mentions if mention.thread_id and _is_watched(standings.get(mention.id))]
    said = {}
    if talked:
        talk = conversations(config, store, talked, Ours.of(config), now)
        said = {mention.id: since_ours(talk[mention.id], standings[mention.id]) for mention in talked}
    by = ranking.Ranking(config=config, kinds=store.kinds(), now=now, said=said)
    ranked = _with_stories(ranking.rank([*mentions, *mates], by))
    return [item for item in ranked if item.mention.id in wanted]


def _with_stories(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Each with the others of its story, those in rank order too."""
    stories: dict[int, list[Ranked]] = {}
    for item in ranked:
        if item.mention.story is not None:
            stories.setdefault(item.mention.story, []).append(item)
    return [
        item._replace(story=tuple(other for other in stories[item.mention.story] if other is not item))
        if item.mention.story is not None
        else item
        for item in ranked
    ]


def _is_watched(stands: Standing | None) -> bool:
    """Whether it matters what was said since."""
    return stands is not None and (
        stands.back in agenda.AGAIN
        or stands.state == "acknowledged"
        or bool(stands.told_by)
        or bool(open_promises(stands))
    )


def since_ours(posts: Sequence[Said], stands: Standing) -> tuple[Said, ...]:
    """What others said after our last word: after our last post, or after the answer that was logged by hand."""
    last = max((post.at for post in posts if post.ours), default=None)
    words = [moment for moment in (last, stands.word) if moment]
    since = max(words, default=None)
    return tuple(post for post in posts if not post.ours and (since is None or post.at > since))
