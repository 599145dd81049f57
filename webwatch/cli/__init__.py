"""The command line: arguments in, parts put together, text and exit code out.

A command's file is imported when the command is called, not before: `webwatch --version` loads click alone.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from webwatch import __version__
from webwatch.errors import ConfigError, ExitCode, WebwatchError

if TYPE_CHECKING:
    from collections.abc import Sequence

# name → the module that holds it, and the line that `webwatch --help` shows for it
_COMMANDS = {
    "scan": ("scan", "Read every source once, then print the digest."),
    "digest": ("digest", "Print what still needs an answer, ranked."),
    "list": ("mentions", "List mentions, a line each."),
    "show": ("mentions", "Show one mention in full."),
    "open": ("mentions", "Open one mention in the browser."),
    "next": ("next", "The one to deal with now."),
    "triage": ("triage", "One after the other, with single keys."),
    "ack": ("desk", "A holding reply was given; the second clock runs."),
    "reply": ("desk", "We answered."),
    "outcome": ("desk", "The ending was told in public."),
    "close": ("desk", "No ending will be told, and why."),
    "dismiss": ("desk", "It needs no answer, and why."),
    "snooze": ("desk", "It comes back at a moment."),
    "watch": ("desk", "It comes back when its thread grows."),
    "reopen": ("desk", "It waits for an answer again."),
    "assign": ("desk", "Somebody deals with it."),
    "note": ("desk", "Write something down about it."),
    "label": ("desk", "Say what it wants."),
    "tag": ("desk", "Give it a word to find it by."),
    "promise": ("promises", "We said we will do something, by when."),
    "promises": ("promises", "List what we promised."),
    "promise-kept": ("promises", "We did what we promised."),
    "promise-broken": ("promises", "We did not do what we promised."),
    "loops": ("next", "What was answered, and has no ending."),
    "draft": ("guidance", "Print a draft for an answer, with blanks to fill in."),
    "lint": ("guidance", "Warn about the tone of an answer, and what it lacks."),
    "story": ("stories", "See where a story stands; take it apart, or put it together."),
    "person": ("stories", "See what one author wrote on all sites."),
    "log": ("log", "What was done, by whom and when."),
    "undo": ("log", "Take an action back."),
    "read": ("read", "Read one address or file, and show what is found there."),
    "thread": ("thread", "See which conversations are followed, and choose."),
    "rank": ("rank", "Try what a mention with given facts is worth."),
    "rematch": ("rematch", "Match today's keywords against what is stored."),
    "keyword": ("keyword", "Try keywords on a text."),
    "doctor": ("doctor", "Is all of it working, and is somebody there?"),
    "check": ("setup", "Check the configuration."),
    "init": ("setup", "Write a first configuration."),
    "schema": ("setup", "Print a JSON Schema: of the configuration, or of the JSON output."),
    "demo": ("demo", "See it work on a small made-up web, without internet."),
}


class _Commands(click.Group):
    """A group that knows its commands by name, and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(
            import_module(f"webwatch.cli.{module}"), f"{cmd_name.replace('-', '_')}_command"
        )
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command named where there is none of that name."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else " See 'webwatch --help' for what there is."
            raise click.UsageError(f"There is no command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="webwatch %(version)s")
@click.option("--config", metavar="FILE", help="The configuration (default: $WEBWATCH_CONFIG, ./config.yaml).")
@click.option("--now", metavar="ISO", help="Run as of this moment (also $WEBWATCH_NOW).")
@click.pass_context
def webwatch(ctx: click.Context, config: str | None, now: str | None) -> None:
    """Reads where people talk about your business, and says what still needs an answer.

    \b
    Examples:
      webwatch demo                 see it work, without internet
      webwatch init                 write a first config.yaml
      webwatch scan                 every morning: read all sources, print the digest
      webwatch show 42 --why        one mention, and why it ranks where it does
    """
    ctx.obj = {"config": config, "now": now}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line, and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. What is no `WebwatchError` is a bug, and comes out as a traceback."""
    gc.set_threshold(100_000)  # a command is over before there is anything to collect
    try:
        code = webwatch.main(arguments, prog_name="webwatch", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except click.Abort:
        click.echo("\nwebwatch: stopped; nothing was lost", err=True)
        return 130
    except WebwatchError as error:
        click.echo(str(error) if isinstance(error, ConfigError) else f"webwatch: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # The reader (`head`, a pager) has enough. Keep Python from complaining when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    return int(code or 0)
