"""In which section of the digest a mention stands, and by when it is owed something (rules 9 to 14 of the product)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import officehours
from webwatch.desk.standing import open_promises
from webwatch.desk.states import ABOUT_STORIES

if TYPE_CHECKING:
    from datetime import datetime

    from webwatch.model import Config, Mention, Ranked, Standing

# The order of the digest. Events stand between, and the coverage last; neither holds mentions.
SECTIONS = (
    "promises_past",
    "we_went_silent",
    "they_wrote_again",
    "overdue",
    "due_today",
    "later",
    "close_the_loop",
    "compliments_to_thank_for",
    "events_ahead",
    "for_your_information",
)
AGAIN = frozenset({"wrote again", "thread grew", "turned negative"})
DONE = ""  # of what is closed, dismissed, snoozed, watched, or answered a short while ago


class Worth(NamedTuple):
    """What is believed of a mention: what it wants, whether it stands on our own profile, whether it is important."""

    intent: str
    own: bool
    important: bool


def place(mention: Mention, stands: Standing, worth: Worth, config: Config, now: datetime) -> tuple[str, datetime]:
    """The section ("" for none) and the moment (UTC) by which something is owed."""
    promises = open_promises(stands)
    answer = _answer_due(mention, stands, worth, config)
    if promises and promises[0].due < now:
        return "promises_past", promises[0].due
    section, due = _of_state(mention, stands, worth, answer, config, now)
    if promises and (section in {DONE, "close_the_loop", "for_your_information"} or promises[0].due < due):
        return (
            (_by_day(promises[0].due, config, now), promises[0].due)
            if section != "they_wrote_again"
            else (section, due)
        )
    return section, due


def _of_state(
    mention: Mention, stands: Standing, worth: Worth, answer: datetime, config: Config, now: datetime
) -> tuple[str, datetime]:
    if stands.state == "replied":
        due = (stands.word or now) + config.desk.loop_after
        return ("close_the_loop" if due <= now or stands.told_by == "customer?" else DONE), due
    if stands.state not in {"open", "acknowledged"}:
        return DONE, answer
    due = stands.until or answer if stands.state == "acknowledged" else answer
    if stands.state == "acknowledged" and due < now:
        section = "we_went_silent"
    elif stands.back in AGAIN:
        section = "they_wrote_again"
    elif (
        stands.state == "open"
        and not stands.back
        and (not worth.important or (mention.history and not _is_dealt_with(mention)))
    ):
        section = "for_your_information"
    elif stands.state == "open" and worth.intent == "compliment":
        section = "compliments_to_thank_for"
    else:
        section = _by_day(due, config, now)
    return section, due


def _is_dealt_with(mention: Mention) -> bool:
    """Whether anything was done about it but to say which story it belongs to."""
    return any(action.kind not in ABOUT_STORIES for action in mention.log)


def _answer_due(mention: Mention, stands: Standing, worth: Worth, config: Config) -> datetime:
    """Counted from when it was written, or from when it came back."""
    since = mention.entry.published or mention.first_seen
    if stands.state == "open" and stands.back and stands.since:
        since = stands.since
    return officehours.due(since, config.answer_within[worth.intent], config.office_hours, config.timezone)


def command(ranked: Ranked) -> str:
    """The command that deals with an item."""
    number, stands = ranked.mention.id, ranked.standing
    if ranked.section == "promises_past" or (
        stands.state in {"replied", "closed"} and ranked.section != "close_the_loop"
    ):
        promises = open_promises(stands)
        return f"webwatch promise-kept {promises[0].id}" if promises else f"webwatch show {number}"
    if ranked.section == "close_the_loop":
        return f"webwatch outcome {number}" + (" --told-by customer" if stands.told_by == "customer?" else "")
    return (
        f"webwatch reply {number}"
        if ranked.section not in {DONE, "for_your_information"}
        else f"webwatch show {number}"
    )


def _by_day(due: datetime, config: Config, now: datetime) -> str:
    if due < now:
        return "overdue"
    return "due_today" if due < officehours.end_of_day(now, config.timezone) else "later"
