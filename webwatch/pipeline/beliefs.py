"""What is believed of a mention's text, worked out once and kept, so that a digest need not read every text again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import cues
from webwatch.model import Belief

if TYPE_CHECKING:
    from datetime import datetime

    from webwatch.store import Store


def believe(store: Store, now: datetime) -> None:
    """Read every mention that the digest looks at and that was not read by these rules, in the caller's transaction."""
    store.believe(
        {
            mention.id: Belief(
                rules=cues.EDITION, escalation=cues.escalations(mention.entry.text, mention.entry.language)
            )
            for mention in store.unbelieved_mentions(cues.EDITION, now)
        }
    )
