"""`webwatch rank`: what a mention with given facts is worth, and why; a bench for owners who set `rank:`."""

from __future__ import annotations

import sys
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from webwatch import points
from webwatch.cli.environment import Environment, common_options, write
from webwatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LONGEST_LINE = 1_000_000


@click.command("rank")
@click.option("--jsonl", is_flag=True, required=True, help="Read objects, one a line, and answer with one a line.")
@click.argument("file", type=click.File("rb"), default="-")
@common_options
@click.pass_context
def rank_command(ctx: click.Context, file: Iterable[bytes], *, jsonl: bool) -> None:  # noqa: ARG001 - says what it reads
    """Say what a mention with given facts is worth, and why: `score`, `section` and `reasons` for each line.

    Facts: intent, confidence, state, own, age_hours, due_in_hours, promise_due_in_hours, wrote_again_hours, escalation,
    reminders, vip, repeat, reach, readers, places, keyword_weight, source_weight. What is left out is as usual. With a
    configuration its `rank:` counts.

    \b
    Examples:
      echo '{"intent": "complaint", "own": true, "due_in_hours": -3}' | webwatch rank --jsonl
      webwatch rank --jsonl facts.jsonl
    """
    environment = Environment(ctx)
    table = environment.config().rank if environment.has_config() else points.defaults()
    for line in _answers(file, table):
        write(line + "\n", utf8=True)
    sys.stdout.flush()


def _answers(lines: Iterable[bytes], table: Mapping[str, float]) -> Iterator[str]:
    from webwatch.formats import json

    for line in lines:
        if line.strip():
            yield json.encode(_answer(line, table))


def _answer(line: bytes, table: Mapping[str, float]) -> dict[str, Any]:
    """The sum for one line; `error` says what is wrong with a line that cannot be read."""
    import json

    try:
        given = _object(json.loads(line[:_LONGEST_LINE]))
        facts = points.Facts(**{name: _fact(name, value) for name, value in given.items() if name != "id"})
    except (ValueError, RecursionError):
        return {"error": "is no JSON"}
    except UsageError as error:
        return {"error": str(error)}
    section = points.section(facts)
    found = points.reasons(facts, section, table)
    return {
        **({"id": given["id"]} if "id" in given else {}),
        "score": round(sum(reason.points for reason in found), 4),
        "section": section,
        "reasons": [{"why": reason.why, "points": reason.points} for reason in found],
    }


def _object(given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise UsageError("is no object")
    return given


def _fact(name: str, value: object) -> Any:
    """A fact as it is counted with; raises `UsageError` for what is none."""
    if name not in points.Facts._field_defaults:
        from webwatch.cli.environment import suggestion

        raise UsageError(f"{name!r} is no fact{suggestion(name, list(points.Facts._fields))}")
    usual = points.Facts._field_defaults[name]
    if value is None:
        return usual
    if name == "intent" and value not in points.INTENTS:
        raise UsageError(f"intent {value!r} is not one of {', '.join(points.INTENTS)}")
    if isinstance(usual, str):
        return str(value)
    if not isinstance(value, int | float) or not isfinite(value):
        raise UsageError(f"{name} {value!r} is no number")
    if name == "repeat" and isinstance(value, bool):
        return 2 * value
    return bool(value) if isinstance(usual, bool) else value
