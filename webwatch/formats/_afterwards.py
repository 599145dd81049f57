"""What happened to a mention since it was first answered, in a sentence: why the item stands where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import text
from webwatch.desk.standing import open_promises

if TYPE_CHECKING:
    from webwatch.formats._wording import Wording
    from webwatch.model import Ranked, Said

_WIDTH = 120
_NAME = 60


def note(ranked: Ranked, words: Wording) -> str:
    """As in "you answered on 21 May; the customer wrote again on 24 May"; "" where nothing was done yet."""
    tell = _SECTIONS.get(ranked.section)
    if tell:
        return tell(ranked, words)
    promises = open_promises(ranked.standing)
    if promises:
        return _promise(ranked, words)
    if ranked.standing.state == "acknowledged" and ranked.standing.word:
        return words.say("note.acknowledged", word=words.day(ranked.standing.word))
    if ranked.standing.back in {"snooze over", "reopened"}:
        return words.name("note", ranked.standing.back)
    return ""


def newest(ranked: Ranked) -> str:
    """What was said last since our own word, in one line; "" where nothing was."""
    if not ranked.posts:
        return ""
    post = ranked.posts[-1]
    author = text.shorten(text.line(post.author), _NAME)
    said = text.shorten(text.line(post.text), 200)
    return f"{author}: {said}" if author else said


def _promise(ranked: Ranked, words: Wording) -> str:
    promise = open_promises(ranked.standing)[0]
    key = "note.promise.who" if promise.who else "note.promise"
    said = text.shorten(text.line(promise.text), _WIDTH)
    due = f"{words.weekday(promise.due)} {words.clock(promise.due)}"
    line = words.say(key, text=said, who=text.shorten(text.line(promise.who), _NAME), due=due)
    return f"{line}; {_again(ranked, words)}" if ranked.posts else line


def _silent(ranked: Ranked, words: Wording) -> str:
    stands = ranked.standing
    line = words.say(
        "note.silent",
        word=words.day(stands.word or ranked.due),
        until=f"{words.day(ranked.due)} {words.clock(ranked.due)}",
    )
    return f"{line}; {_who(ranked, ranked.posts[-1], words)}" if ranked.posts else line


def _again(ranked: Ranked, words: Wording) -> str:
    stands = ranked.standing
    if not ranked.posts:
        return words.name("note", stands.back)
    wrote = _who(ranked, ranked.posts[-1], words)
    if stands.back in {"turned negative", "thread grew"}:
        wrote = f"{words.name('note', stands.back)}: {wrote}"
    if stands.word is None:
        return wrote
    key = "note.answered" if stands.answered else "note.acknowledged"
    return f"{words.say(key, word=words.day(stands.word))}; {wrote}"


def _who(ranked: Ranked, post: Said, words: Wording) -> str:
    """As in "the customer wrote again on 24 May (3 posts)"."""
    by_customer = post.author == ranked.mention.entry.author
    author = text.shorten(text.line(post.author), _NAME)
    key = "note.customer_wrote" if by_customer else "note.wrote" if author else "note.somebody_wrote"
    line = words.say(key, day=words.day(post.at), author=author)
    return f"{line} ({words.plural('posts', len(ranked.posts))})" if len(ranked.posts) > 1 else line


def _loop(ranked: Ranked, words: Wording) -> str:
    stands = ranked.standing
    day = words.day(stands.word or ranked.due)
    if stands.told_by == "customer?":
        return words.say("note.thanked", word=day)
    if stands.moved_to:
        return words.say("note.loop.moved", word=day, moved=words.name("moved", stands.moved_to))
    return words.say("note.loop", word=day)


_SECTIONS = {
    "promises_past": _promise,
    "we_went_silent": _silent,
    "they_wrote_again": _again,
    "close_the_loop": _loop,
}
