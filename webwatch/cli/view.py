"""One mention as a person works on it: its text, the talk so far, what we did with this person before, what to mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import text
from webwatch.model import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from webwatch.model import Config, Mention, Ranked
    from webwatch.store import Store

_SHOWN_POSTS = 8
_POST_WIDTH = 400


def view(config: Config, store: Store, item: Ranked, now: datetime) -> View:
    """Everything that is known around a mention."""
    from webwatch.pipeline.desk import talk_so_far
    from webwatch.pipeline.digest import ranked_mentions
    from webwatch.pipeline.ours import Ours

    mention = item.mention
    others = [other for other in _by_same(store, mention, now) if other.id != mention.id]
    return View(
        item=item,
        posts=tuple(talk_so_far(config, store, mention, Ours.of(config), now)),
        before=tuple(ranked_mentions(config, store, others, now)),
        guidance=_guidance(item, config),
    )


def _by_same(store: Store, mention: Mention, now: datetime) -> list[Mention]:
    return store.mentions_by(mention.entry.author, now) if mention.entry.author else []


def _guidance(item: Ranked, config: Config) -> tuple[str, ...]:
    from webwatch import guidance

    return guidance.hints(item.intent, config.digest.language)


def lines(shown: View, zone: tzinfo) -> Iterator[str]:
    """The view as plain lines; foreign text is cleaned."""
    item, mention, entry = shown.item, shown.item.mention, shown.item.mention.entry
    yield f"{mention.id}  {text.line(mention.headline) or text.shorten(text.line(entry.text), 70)}"
    yield "    " + " · ".join(part for part in _facts(item, zone) if part)
    if item.standing.assigned:
        yield f"    for {text.line(item.standing.assigned)}"
    yield ""
    yield text.clean(entry.text) or "(no text)"
    for quote in entry.quotes[:3]:
        yield f"    > {text.line(quote.author)}: {text.shorten(text.line(quote.text), _POST_WIDTH)}"
    talk = [post for post in shown.posts if post.entry_id != mention.entry_id][-_SHOWN_POSTS:]
    if talk:
        yield from ("", "The thread so far:")
        for post in talk:
            yield f"  {clock(post.at, zone)}  {'US' if post.ours else text.line(post.author) or '(no name)'}:"
            yield f"      {text.shorten(text.line(post.text), _POST_WIDTH)}"
    if shown.before:
        yield from ("", f"Before, from {text.line(entry.author)}:")
        for other in shown.before[:5]:
            yield f"  {_before(other, zone)}"
    yield from _logged(item, zone)
    if shown.guidance:
        yield from ("", "To mind:")
        yield from (f"  - {hint}" for hint in shown.guidance)
    yield ""
    yield text.line(entry.url)


def _facts(item: Ranked, zone: tzinfo) -> tuple[str, ...]:
    entry = item.mention.entry
    return (
        item.section.replace("_", " "),
        "" if item.intent == "other" else item.intent,
        text.line(entry.author),
        text.line(item.mention.source) + (" (our own profile)" if item.own else ""),
        clock(entry.published or item.mention.first_seen, zone),
        f"due {clock(item.due, zone)}" if item.section not in {"", "for_your_information"} else item.standing.state,
    )


def _before(other: Ranked, zone: tzinfo) -> str:
    mention = other.mention
    said = text.shorten(text.line(mention.headline or mention.entry.text), 50)
    day = (mention.entry.published or mention.first_seen).astimezone(zone)
    return f"{mention.id:>5}  {day:%Y-%m-%d}  {other.standing.state:<13} {said}  ({text.line(mention.source)})"


def _logged(item: Ranked, zone: tzinfo) -> Iterator[str]:
    notes = [action for action in item.mention.log if action.kind in {"note", "promise", "ack", "reply"}]
    if notes:
        yield from ("", "Done so far:")
    for action in notes[-5:]:
        said = text.shorten(text.line(action.text or action.value), 70)
        until = f", until {clock(action.until, zone)}" if action.until else ""
        by = f" by {text.line(action.by)}" if action.by else ""
        yield f"  {clock(action.moment, zone)}  {action.kind}{by}{until}  {said}".rstrip()


def clock(moment: datetime, zone: tzinfo) -> str:
    """A moment in the owner's zone."""
    return f"{moment.astimezone(zone):%a %d %b %H:%M}"


def work(ranked: Sequence[Ranked], name: str | None) -> list[Ranked]:
    """What is to be done, in order, of nobody in particular or of `name`; without a name, of all."""
    return [
        item
        for item in ranked
        if item.section not in {"", "for_your_information"}
        and (name is None or item.standing.assigned.casefold() in {"", name.casefold()})
    ]
