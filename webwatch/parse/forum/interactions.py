"""How often a thread was answered and read, as its page says in structured data (JSON-LD of schema.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from webwatch.parse.forum.records import count, record, records, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.model import Thread
    from webwatch.parse._document import Document

_MARK = "interactionStatistic"
_ANSWERS = "answerCount"
_ANSWERED = ("ReplyAction", "CommentAction")
_READ = ("ViewAction", "WatchAction")


def counted(document: Document, thread: Thread) -> Thread:
    """The thread with its `replies` and `views`, where the page's markup has not told them."""
    if _MARK not in document.source and _ANSWERS not in document.source:
        return thread
    replies, views = thread.replies, thread.views
    for kind, number in _counters(document):
        if replies is None and kind.endswith(_ANSWERED):
            replies = number
        elif views is None and kind.endswith(_READ):
            views = number
    return thread._replace(replies=replies, views=views)


def _counters(document: Document) -> Iterator[tuple[str, int]]:
    """What is counted of the page's own posting (not of the comments in it), and how often."""
    for data in document.scripts("application/ld+json"):
        for posting in [record(data), record(data, "mainEntity"), *records(record(data).get("@graph"))]:
            answers = count(posting, _ANSWERS)
            if answers is not None:
                yield _ANSWERED[0], answers
            for counter in _listed(posting.get(_MARK)):
                kind = said(counter, "interactionType") or said(record(counter, "interactionType"), "@type", "@id")
                number = count(counter, "userInteractionCount")
                if number is not None:
                    yield kind, number


def _listed(value: object) -> list[dict[str, Any]]:
    return records(value if isinstance(value, list) else [value])
