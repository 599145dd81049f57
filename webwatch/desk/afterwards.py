"""What the posts of a thread say has happened since a mention: we answered, they wrote again, they said thanks.

Each such action names the post that shows it, and is never made twice for one post, not even after it was undone.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import cues, text
from webwatch.desk.standing import standing
from webwatch.model import Action

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from webwatch.model import Said, Standing

BY = "webwatch"
_SAME_ANSWER = timedelta(hours=1)  # a person logs what was done just before, or just after, it is done


class Rules(NamedTuple):
    """What the configuration says of it: after how many new posts a watched thread comes back."""

    watch_growth: int


def implied(
    author: str, log: Sequence[Action], posts: Sequence[Said], rules: Rules, now: datetime
) -> tuple[Action, ...]:
    """What these posts, all after the mention of this `author`, show and its log does not hold yet."""
    used = {action.evidence for action in log}
    made: list[Action] = []
    for post in sorted(posts, key=lambda post: (post.at, post.place, post.entry_id)):
        if post.entry_id in used:
            continue
        stands = standing([*log, *made], now)
        action = _ours(stands, post, now) if post.ours else _theirs(author, stands, post, posts, rules, now)
        if action:
            made.append(action)
    return tuple(made)


def talk_with(author: str, posts: Sequence[Said]) -> tuple[Said, ...]:
    """Of what was said on a page where many people write to us, the talk with this one: their words, and our answers.

    Our post answers whom it names; where it names nobody, it answers who wrote last before it.
    """
    writers = {post.author for post in posts if not post.ours} | {author}
    last = author
    found = []
    for post in posts:
        if not post.ours:
            last = post.author
            meant = bool(author) and post.author == author
        else:
            named = {writer for writer in writers if _names(post.text, writer)}
            meant = author in named if named else last == author
        if meant:
            found.append(post)
    return tuple(found)


def _names(said: str, author: str) -> bool:
    """Whether a text names somebody, by the first word of the name at least."""
    words = re.findall(r"\w+", text.fold(author))
    return bool(words) and len(words[0]) > 1 and words[0] in re.findall(r"\w+", text.fold(said))


def _ours(stands: Standing, post: Said, now: datetime) -> Action | None:
    """Our post is an answer, unless we know of it: a person logged it, or it is the holding reply that was logged."""
    if stands.state in {"dismissed", "closed"}:
        return None
    known = stands.word is not None and post.at <= stands.word + _SAME_ANSWER
    is_the_ack = stands.state == "acknowledged" and cues.is_holding(post.text, post.language)
    return None if known or is_the_ack else _action("reply", post, now)


def _theirs(
    author: str, stands: Standing, post: Said, posts: Sequence[Said], rules: Rules, now: datetime
) -> Action | None:
    if stands.state in {"open", "dismissed"} or not _is_news(stands, post):
        return None
    if cues.is_mere_thanks(post.text, post.language):
        is_customer = bool(author) and post.author == author and stands.answered
        return _action("thanked", post, now) if is_customer and stands.state == "replied" else None
    if stands.state == "watching":
        if cues.is_negative(post.text, post.language):
            return _action("wrote_again", post, now, "turned negative")
        grown = sum(not other.ours and _is_news(stands, other) and other.at <= post.at for other in posts)
        return _action("wrote_again", post, now, "thread grew") if grown >= rules.watch_growth else None
    return _action("wrote_again", post, now)


def _is_news(stands: Standing, post: Said) -> bool:
    """Whether we had our last word before this post, and nobody dealt with the mention after seeing it."""
    if stands.state in {"replied", "acknowledged"} and stands.word is not None:
        return post.at > stands.word
    return stands.seen_at is None or post.seen > stands.seen_at


def _action(kind: str, post: Said, now: datetime, value: str = "") -> Action:
    return Action(kind=kind, at=now, moment=post.at, by=BY, value=value, url=post.url, evidence=post.entry_id)
