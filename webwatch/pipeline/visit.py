"""One visit to one source: ask for the page (in a thread), then make entries of it.

Reading is not done in the threads: two threads that both compute only fight over the interpreter lock (1,000 feeds:
3.4 s of CPU for parsing in threads, 2.3 in one).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from webwatch import parse
from webwatch.errors import SourceError
from webwatch.fetch import politeness

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from webwatch.model import Checkpoint, Context, Page, Parsed, Request, Source


class Answer(NamedTuple):
    """What the network said. `page` is None where the server asked to be left alone for now."""

    page: Page | None
    seconds: float = 0.0


class Visit(NamedTuple):
    """What a visit came to. `parsed` is None where the page is as it was; `checkpoint` is for the next visit."""

    answer: Answer
    parsed: Parsed | None
    checkpoint: Checkpoint


def ask(
    source: Source,
    checkpoint: Checkpoint,
    get: Callable[[Request], Page],
    now: datetime,
    monotonic: Callable[[], float],
) -> Answer:
    """Fetch a source's page, unless the server said to wait; raises `FetchError`."""
    if checkpoint.not_before and checkpoint.not_before > now:
        return Answer(None)
    started = monotonic()
    try:
        page = get(parse.load(source.kind).start(source, checkpoint))
    except SourceError as error:
        error.seconds = monotonic() - started
        raise
    return Answer(page, monotonic() - started)


def read(source: Source, checkpoint: Checkpoint, answer: Answer, context: Context) -> Visit:
    """Make entries of a page that is new; raises `ParseError`."""
    page = answer.page
    if page is None:
        return Visit(answer, None, checkpoint)
    if page.not_modified:
        kept = checkpoint._replace(
            etag=page.headers.get("etag", checkpoint.etag),
            last_modified=page.headers.get("last-modified", checkpoint.last_modified),
        )
        return Visit(answer, None, _read_now(kept, page, context.now))
    body_hash = hashlib.blake2b(page.body, digest_size=16).hexdigest()
    parsed = None if body_hash == checkpoint.body_hash else parse.load(source.kind).parse(page, context)
    kept = checkpoint._replace(
        etag=page.headers.get("etag", ""), last_modified=page.headers.get("last-modified", ""), body_hash=body_hash
    )
    if parsed:
        kept = kept._replace(parsed_at=context.now, had_entries=bool(parsed.entries))
    return Visit(answer, parsed, _read_now(kept, page, context.now))


def _read_now(checkpoint: Checkpoint, page: Page, now: datetime) -> Checkpoint:
    return checkpoint._replace(not_before=politeness.fresh_until(page.headers, now), failing=False, read_at=now)
