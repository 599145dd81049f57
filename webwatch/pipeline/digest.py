"""The run that tells: open mentions → rank → digest. Pure, but for reading the database once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import digest as digests
from webwatch import rank as ranking

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from webwatch.model import Config, Digest, Mention
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
    mentions = store.all_mentions(now) if everything else store.open_mentions(now)
    ranked = ranking.rank(filter(pick, mentions), config, store.kinds(), now)
    return digests.build(ranked, store.coverage(config.sources, now), config, now, limit)
