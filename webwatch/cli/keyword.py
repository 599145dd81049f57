"""`webwatch keyword test`: which keywords match a text, where, and why the others do not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from webwatch.cli.environment import Environment, common_options, print_json, write

if TYPE_CHECKING:
    from webwatch.match import Explanation
    from webwatch.model import Entry, Match


@click.group("keyword")
def keyword_command() -> None:
    """Try keywords on a text, before they go into the configuration or after."""


@keyword_command.command("test")
@click.argument("text", required=False)
@click.option("--title", default="", help="A title to go with the text.")
@click.option("--language", help="The language of the text, for keywords that ask for one.")
@click.option("--query", help="Try this query instead of the keywords of the configuration.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.keyword-test/1, see docs/json.md.")
@common_options
@click.pass_context
def test_command(
    ctx: click.Context, text: str | None, title: str, language: str | None, query: str | None, as_json: bool
) -> None:
    """Say which keywords match TEXT (or standard input), where, and why not.

    \b
    Examples:
      webwatch keyword test "Gisteren bij bakkerij de vries geweest"
      pbpaste | webwatch keyword test
      webwatch keyword test --query '"De Vries" NEAR/8 (bakker OR taart*)' "De Vries, de bakker"
    """
    from webwatch.match import compile_keywords
    from webwatch.model import Entry, Keyword

    keywords = (Keyword(name=query, query=query),) if query else Environment(ctx).config().keywords
    entry = Entry(url="", title=title, text=text if text is not None else sys.stdin.read(1_000_000), language=language)
    explanations = compile_keywords(keywords).explain(entry)
    if as_json:
        print_json(_to_dict(explanations))
    else:
        for explanation in explanations:
            write("\n".join(_lines(explanation, entry)) + "\n")


def _to_dict(explanations: tuple[Explanation, ...]) -> dict[str, object]:
    keywords = [
        {
            "keyword": explanation.keyword,
            "matched": explanation.matched,
            "matches": [match._asdict() for match in explanation.matches],
            "reason": explanation.reason or None,
        }
        for explanation in explanations
    ]
    return {"schema": "webwatch.keyword-test/1", "keywords": keywords}


def _lines(explanation: Explanation, entry: Entry) -> list[str]:
    from webwatch.text import line

    if not explanation.matched:
        return [f"no   {line(explanation.keyword)}: {line(explanation.reason)}"]
    return [f"yes  {line(explanation.keyword)}", *(f"       {_where(match, entry)}" for match in explanation.matches)]


def _where(match: Match, entry: Entry) -> str:
    from webwatch.text import line

    field: str = getattr(entry, match.field)
    before, after = field[max(0, match.start - 30) : match.start], field[match.end : match.end + 30]
    return line(f"{match.field} {match.start}-{match.end}: {before}[{field[match.start : match.end]}]{after}")
