"""What a person does with a mention: `ack`, `reply`, `outcome`, `close`, `dismiss`, `snooze`, `watch`, `reopen`.

And `assign`, `note`, `label`, `tag`, which change no state. Each is one line in a log, and can be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from webwatch.cli.acting import act_on, by_option, desk_options, ids_argument, until, when_option
from webwatch.desk.states import DISMISS_REASONS
from webwatch.errors import UsageError
from webwatch.points import INTENTS

if TYPE_CHECKING:
    from collections.abc import Sequence


def _address(_ctx: click.Context, _parameter: click.Parameter, given: str | None) -> str:
    if given and not given.startswith(("http://", "https://")):
        raise UsageError(f"--url {given!r} is no web address; it begins with https:// or http://")
    return given or ""


url_option = click.option("--url", metavar="U", callback=_address, help="Where it can be read.")


@click.command("ack")
@ids_argument
@when_option("--until", "By when the answer follows (default: `ack_within`, 24h).")
@url_option
@by_option
@desk_options
def ack_command(ctx: click.Context, ids: Sequence[int], until_: str | None, url: str, **common: Any) -> None:
    """A holding reply was given; the second clock runs. It is not an answer.

    \b
    Examples:
      webwatch ack 42
      webwatch ack 42 --until "tomorrow 12:00" --by Ann
    """
    act_on(ctx, ids, "ack", until=until(until_, default="ack_within"), url=url, **common)


@click.command("reply")
@ids_argument
@url_option
@when_option("--at", "When we answered, if not just now.")
@click.option("--moved-to", type=click.Choice(["mail", "phone"]), help="It goes on in private; that ends nothing.")
@click.option("--draft", metavar="FILE|-", help='What we wrote; its "by when" becomes a promise.')
@by_option
@desk_options
def reply_command(
    ctx: click.Context,
    ids: Sequence[int],
    url: str,
    at: str | None,
    moved_to: str | None,
    draft: str | None,
    **common: Any,
) -> None:
    """We answered in public. What is left is to tell how it ends (`webwatch outcome`).

    \b
    Examples:
      webwatch reply 42
      webwatch reply 42 --url https://forum.example/t/12#p7 --at "yesterday 16:00" --by Ann
      webwatch reply 42 --moved-to mail
      webwatch reply 42 --draft answer.txt        a "by when" in it becomes a promise
    """
    from webwatch.cli.guidance import read_draft

    wrote = read_draft(draft) if draft else ""
    act_on(ctx, ids, "reply", url=url, moment=at, value=moved_to or "", text=wrote, promising=bool(draft), **common)


@click.command("outcome")
@ids_argument
@click.option("--told-by", type=click.Choice(["us", "customer"]), default="us", help="Who told it (default: us).")
@url_option
@click.option("--note", "text", metavar="T", default="", help="How it ended.")
@by_option
@desk_options
def outcome_command(ctx: click.Context, ids: Sequence[int], told_by: str, url: str, text: str, **common: Any) -> None:
    """The ending was told in public: the loop is closed.

    \b
    Examples:
      webwatch outcome 42 --note "new tyre, for free"
      webwatch outcome 42 --told-by customer --url https://forum.example/t/12#p9
    """
    act_on(ctx, ids, "outcome", value=told_by, url=url, text=text, **common)


@click.command("close")
@ids_argument
@click.option("--reason", "text", metavar="T", required=True, help="Why no ending will be told.")
@by_option
@desk_options
def close_command(ctx: click.Context, ids: Sequence[int], text: str, **common: Any) -> None:
    """No ending will be told in public, and why.

    \b
    Examples:
      webwatch close 42 --reason "the customer asked us not to"
    """
    act_on(ctx, ids, "close", text=text, **common)


@click.command("dismiss")
@ids_argument
@click.option("--reason", "value", type=click.Choice(DISMISS_REASONS), required=True, help="Why it needs no answer.")
@click.option("--note", "text", metavar="T", default="", help="In your own words.")
@by_option
@desk_options
def dismiss_command(ctx: click.Context, ids: Sequence[int], value: str, text: str, **common: Any) -> None:
    """It needs no answer, and why. What was left unanswered can be looked up later.

    \b
    Examples:
      webwatch dismiss 42 43 --reason not-us
      webwatch dismiss 42 --reason other --note "answered in the shop"
    """
    act_on(ctx, ids, "dismiss", value=value, text=text, **common)


@click.command("snooze")
@ids_argument
@when_option("--until", "When it comes back.", required=True)
@by_option
@desk_options
def snooze_command(ctx: click.Context, ids: Sequence[int], until_: str, **common: Any) -> None:
    """It comes back at a moment, or as soon as somebody else writes.

    \b
    Examples:
      webwatch snooze 42 --until friday
      webwatch snooze 42 --until "morgen 12:00"
    """
    act_on(ctx, ids, "snooze", until=until(until_, at_opening=True), **common)


@click.command("watch")
@ids_argument
@by_option
@desk_options
def watch_command(ctx: click.Context, ids: Sequence[int], **common: Any) -> None:
    """It comes back when its thread grows (`watch_growth`) or turns negative.

    \b
    Examples:
      webwatch watch 42
    """
    act_on(ctx, ids, "watch", **common)


@click.command("reopen")
@ids_argument
@by_option
@desk_options
def reopen_command(ctx: click.Context, ids: Sequence[int], **common: Any) -> None:
    """It waits for an answer again, whatever was done with it.

    \b
    Examples:
      webwatch reopen 42
    """
    act_on(ctx, ids, "reopen", **common)


@click.command("assign")
@ids_argument
@click.argument("name")
@by_option
@desk_options
def assign_command(ctx: click.Context, ids: Sequence[int], name: str, **common: Any) -> None:
    """NAME deals with it; `webwatch next --for NAME` shows it.

    \b
    Examples:
      webwatch assign 42 Ann
      webwatch assign 42 43 ""        nobody in particular
    """
    act_on(ctx, ids, "assign", value=name, **common)


@click.command("note")
@click.argument("mention_id", metavar="ID", type=int)
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@by_option
@desk_options
def note_command(ctx: click.Context, mention_id: int, words: Sequence[str], **common: Any) -> None:
    """Write something down about a mention.

    \b
    Examples:
      webwatch note 42 "called, no answer; tries again tomorrow"
    """
    act_on(ctx, (mention_id,), "note", text=" ".join(words), **common)


@click.command("label")
@ids_argument
@click.argument("intent", type=click.Choice(INTENTS))
@by_option
@desk_options
def label_command(ctx: click.Context, ids: Sequence[int], intent: str, **common: Any) -> None:
    """Say what a mention wants; what a person says is never overwritten.

    \b
    Examples:
      webwatch label 42 complaint
    """
    act_on(ctx, ids, "label", value=intent, **common)


@click.command("tag")
@ids_argument
@click.argument("tag")
@by_option
@desk_options
def tag_command(ctx: click.Context, ids: Sequence[int], tag: str, **common: Any) -> None:
    """Give a mention a word to find it by: `webwatch list --tag TAG`.

    \b
    Examples:
      webwatch tag 42 delivery
    """
    act_on(ctx, ids, "tag", value=tag, **common)
