"""What is done with mentions: by a person, and by a scan that sees what the threads say afterwards."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from webwatch.desk import afterwards, agenda, states
from webwatch.desk.afterwards import BY
from webwatch.desk.standing import effective, standing
from webwatch.errors import UsageError
from webwatch.model import Action, Said, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from webwatch.model import Config, Mention, Standing, Stored
    from webwatch.pipeline.ours import Ours
    from webwatch.store import Store

_MOST_POSTS = 50
# What is done about one post of a thread is done about those that came with it.
_FOR_THE_WHOLE_TALK = frozenset({"ack", "reply", "outcome", "close", "snooze", "watch"})


def act(store: Store, mention_id: int, action: Action) -> int:
    """Log what a person did, inside the caller's transaction; its number.

    Raises `DeskError` where the state does not allow it, `UsageError` where there is no such mention.
    """
    mention = find(store, mention_id, action.at)
    before = standing(mention.log, action.at)
    states.require(action.kind, before.state, mention_id)
    number = _log(store, mention, action)
    if action.kind in _FOR_THE_WHOLE_TALK and before.back in agenda.AGAIN:
        for other in _came_with(store, mention, before, action.at):
            _log(store, other, action._replace(of=number))
    return number


def _came_with(store: Store, mention: Mention, before: Standing, now: datetime) -> list[Mention]:
    """The mentions that the digest shows with this one: later posts of its thread that nothing was done about yet."""
    since = before.word or mention.first_seen
    later = {
        stored.id
        for stored in store.said_after([mention], now).get(mention.id, ())
        if (stored.entry.published or stored.first_seen) > since
    }
    others = store.mentions_of_entries(later, now) if later else []
    return [other for other in others if standing(other.log, now).since is None]


def find(store: Store, mention_id: int, now: datetime) -> Mention:
    """The mention of this number; raises `UsageError` with the nearest numbers where there is none."""
    mention = store.mention(mention_id, now)
    if mention is None:
        near = sorted(store.mention_ids(), key=lambda known: abs(known - mention_id))[:3]
        hint = f"; the nearest are {', '.join(map(str, sorted(near)))}" if near else "; there are none yet"
        raise UsageError(f"there is no mention {mention_id}{hint}")
    return mention


def undo(store: Store, number: int | None, by: str, now: datetime) -> tuple[Action, int]:
    """Take an action back, by default the latest of a person: what it was, and the number of the undoing."""
    undone = _latest_of_a_person(store, now) if number is None else store.action(number)
    if undone is None:
        raise UsageError(f"there is no action {number}; see `webwatch log`" if number else "there is nothing to undo")
    mention = find(store, undone.mention_id, now)
    if undone.id not in {action.id for action in _standing_actions(mention.log)}:
        raise UsageError(f"action {undone.id} is undone already; see `webwatch log {mention.id}`")
    made = _log(store, mention, Action(kind="undo", at=now, moment=now, by=by, of=undone.id))
    if undone.kind in _FOR_THE_WHOLE_TALK:
        for action in store.actions_about(undone.id, now):
            if action.kind == undone.kind:
                other = find(store, action.mention_id, now)
                _log(store, other, Action(kind="undo", at=now, moment=now, by=by, of=action.id))
    return undone, made


def _standing_actions(log: Sequence[Action]) -> list[Action]:
    """What counts, undoings included: an undo can be taken back too."""
    counting = list(effective(log))
    undone = {action.of for action in log if action.kind == "undo"}
    return [*counting, *(action for action in log if action.kind == "undo" and action.id not in undone)]


def _latest_of_a_person(store: Store, now: datetime) -> Action | None:
    latest = store.latest_actions(now, 1_000)
    undone = {action.of for action in latest if action.kind == "undo"}
    # What went along with another goes with that one.
    alone = (action for action in latest if action.kind not in _FOR_THE_WHOLE_TALK or action.of is None)
    mine = (action for action in alone if action.by != BY and action.kind != "undo")
    return next((action for action in mine if action.id not in undone), None)


def see_afterwards(config: Config, store: Store, ours: Ours, now: datetime) -> int:
    """Log what the threads show that the log does not hold, inside the caller's transaction; how many actions."""
    mentions = store.unsettled_mentions(now)
    talk = conversations(config, store, mentions, ours, now)
    rules = afterwards.Rules(watch_growth=config.desk.watch_growth)
    made = 0
    for mention in mentions:
        posts = _meant_for(mention, mentions, talk)
        actions = afterwards.implied(mention.entry.author, mention.log, posts, rules, now)
        if actions and (mention.log or not mention.history or _is_news(actions, now, config)):
            for action in actions:
                mention = mention._replace(log=(*mention.log, action))  # noqa: PLW2901 - the next one builds on it
                _log(store, mention, action)
            made += len(actions)
    return made


def _is_news(actions: Sequence[Action], now: datetime, config: Config) -> bool:
    """Of what was history already, only a new word of somebody else is worth a look."""
    last = actions[-1]
    return last.kind == "wrote_again" and last.moment > now - config.history.first_scan


def _meant_for(mention: Mention, mentions: Sequence[Mention], talk: Mapping[int, Sequence[Said]]) -> list[Said]:
    """Our posts, and those of others that go with this mention and not with another one of the thread.

    A post goes with the mention of its own author, else with the latest before it.
    """
    rivals = [other for other in mentions if other.thread_id == mention.thread_id and other.id != mention.id]
    return [post for post in talk[mention.id] if post.ours or _goes_with(post, mention, rivals, talk)]


def _goes_with(post: Said, mention: Mention, rivals: Sequence[Mention], talk: Mapping[int, Sequence[Said]]) -> bool:
    before = [other for other in rivals if any(post.entry_id == later.entry_id for later in talk[other.id])]
    if not before:
        return True
    by_author = [other for other in (mention, *before) if other.entry.author == post.author]
    candidates = by_author or [mention, *before]
    latest = max(candidates, key=lambda one: (one.entry.published or one.first_seen, one.entry_id))
    answered = [one for one in candidates if one.log]
    return (max(answered, key=lambda one: one.entry_id) if answered else latest).id == mention.id


def conversations(
    config: Config, store: Store, mentions: Iterable[Mention], ours: Ours, now: datetime
) -> dict[int, list[Said]]:
    """What was said in the thread of each mention after it, ours marked, by the mention's number.

    Ours is also the post that a person logged as our answer, whichever account made it.
    """
    mentions = list(mentions)
    logged = {
        mention.id: {action.url for action in mention.log if action.url and action.by != BY} for mention in mentions
    }
    sources = {source.name: source for source in config.sources}
    profiles = {source.name for source in config.sources if source.own}
    own = {mention.id: mention.entry.author for mention in mentions if mention.source in profiles}
    found = defaultdict(list)
    for mention_id, entries in store.said_after(mentions, now).items():
        answers = logged[mention_id]
        said = (_said(stored, sources, ours) for stored in entries)
        posts = [post._replace(ours=post.ours or post.url in answers) for post in said]
        found[mention_id] = list(afterwards.talk_with(own[mention_id], posts)) if mention_id in own else posts
    return found


def talk_so_far(config: Config, store: Store, mention: Mention, ours: Ours, now: datetime) -> list[Said]:
    """The latest posts of the thread that a mention stands in, ours marked; the mention alone where it stands alone."""
    if mention.thread_id is None:
        return []
    sources = {source.name: source for source in config.sources}
    return [_said(stored, sources, ours) for stored in store.thread_entries(mention.thread_id, now, _MOST_POSTS)]


def _said(stored: Stored, sources: Mapping[str, Source], ours: Ours) -> Said:
    entry = stored.entry
    source = sources.get(stored.source) or Source(name=stored.source, url="")
    return Said(
        entry_id=stored.id,
        at=entry.published or stored.first_seen,
        seen=stored.first_seen,
        author=entry.author,
        text=entry.text,
        url=entry.url,
        ours=ours.wrote(source, entry),
        language=entry.language,
        place=entry.position or 0,
    )


def _log(store: Store, mention: Mention, action: Action) -> int:
    number = store.log(action._replace(mention_id=mention.id))
    logged = store.mention(mention.id, action.at)
    if logged is not None:
        store.note_standing(mention.id, standing(logged.log, action.at), action.at)
    return number
