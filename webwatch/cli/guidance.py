"""`webwatch draft` and `lint`: a text to start from, and a second look at what was written. Nothing is ever posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from webwatch.cli.acting import person, shown
from webwatch.cli.environment import Environment, common_options, print_json, say, write
from webwatch.errors import ExitCode, UsageError
from webwatch.guidance.about import INTENTS, About
from webwatch.guidance.drafting import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webwatch.guidance.about import Remark

_LARGEST = 200_000  # bytes
intent_option = click.option("--intent", type=click.Choice(INTENTS), help="What the mention wants.")


@click.command("draft")
@click.argument("mention_id", metavar="ID", type=int)
@click.option("--kind", type=click.Choice(KINDS), default="reply", help="What it is to be (default: reply).")
@intent_option
@click.option("--by", metavar="NAME", help="Who signs it (default: $WEBWATCH_USER, or your login).")
@click.option("--edit", is_flag=True, help="Open it in $EDITOR, and lint what comes out.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.draft/1, see docs/json.md.")
@common_options
@click.pass_context
def draft_command(
    ctx: click.Context, mention_id: int, kind: str, intent: str | None, by: str | None, edit: bool, as_json: bool
) -> int:
    """Print a draft for an answer, with blanks to fill in. It is never posted by itself.

    \b
    Examples:
      webwatch draft 42
      webwatch draft 42 --kind ack --by Ann
      webwatch draft 42 --edit > answer.txt && webwatch reply 42 --draft answer.txt
    """
    from webwatch.formats import json
    from webwatch.guidance import drafting, linting

    about = _about(ctx, mention_id, None)
    draft = drafting.compose(about, kind, intent=intent or "", by=by or person(None))
    remarks: Sequence[Remark] = ()
    if edit:
        draft = draft._replace(text=(click.edit(draft.text + "\n", require_save=False) or draft.text).rstrip())
        draft = draft._replace(blanks=drafting.blanks_of(draft.text))
        remarks = linting.lint(draft.text, about._replace(intent=draft.intent))
    if as_json:
        print_json(json.draft_object(draft, mention_id))
    else:
        write(draft.text + "\n")
        for hint in draft.hints:
            say(f"* {hint}")
    for line in _lines(remarks, "draft"):
        say(line)
    return ExitCode.WARNINGS if remarks else ExitCode.OK


@click.command("lint")
@click.argument("file", metavar="[FILE|-]", default="-")
@click.option("--for", "mention_id", metavar="ID", type=int, help="The mention that it answers.")
@intent_option
@click.option("--json", "as_json", is_flag=True, help="As webwatch.lint/1, see docs/json.md.")
@common_options
@click.pass_context
def lint_command(ctx: click.Context, file: str, mention_id: int | None, intent: str | None, as_json: bool) -> int:
    """Warn about the tone of an answer, personal data in it, and what it lacks. Leaves with 7 where it warns.

    \b
    Examples:
      webwatch lint answer.txt --for 42
      echo "Dat klopt niet. Groet, Ann" | webwatch lint
    """
    from webwatch.formats import json
    from webwatch.guidance import linting

    about = _about(ctx, mention_id, intent)
    remarks = linting.lint(read_draft(file), about)
    if as_json:
        print_json(json.lint_object(remarks))
    for line in () if as_json else _lines(remarks, "" if file == "-" else file):
        write(line + "\n")
    if not remarks:
        say("Nothing to remark on.")
    return ExitCode.WARNINGS if remarks else ExitCode.OK


def _about(ctx: click.Context, mention_id: int | None, intent: str | None) -> About:
    """What is known of the mention, or of us where none is named; nothing where there is no configuration either."""
    from webwatch.pipeline import guidance

    environment = Environment(ctx)
    about = About()
    if mention_id is not None:
        config = environment.config()
        now = environment.now(config.timezone)
        with environment.store(config) as store:
            about = guidance.about(config, store, shown(config, store, [mention_id], now)[0], now)
    elif environment.has_config():
        about = guidance.about_nobody(environment.config())
    return about._replace(intent=intent or about.intent)


def read_draft(file: str) -> str:
    """What was written, from a file or (`-`) from standard input; raises `UsageError` where it cannot be read."""
    try:
        with click.open_file(file, "rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    if len(content) > _LARGEST:
        raise UsageError(f"{file}: is larger than an answer can be ({_LARGEST // 1000} kB)")
    return str(content, "utf-8-sig", "replace").replace("\r\n", "\n")


def _lines(remarks: Sequence[Remark], file: str) -> list[str]:
    """One line for each remark: where, which rule, the words, why, and what to do instead."""
    from webwatch import text

    place = f"{text.line(file)}:" if file else ""
    return [f"{place}{one.line}:{one.column}: {one.rule}: {one.words!r}: {one.reason}; {one.advice}" for one in remarks]
