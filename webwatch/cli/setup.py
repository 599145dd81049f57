"""`webwatch check`, `init` and `schema`: the configuration, and the contracts."""

from __future__ import annotations

from pathlib import Path

import click

from webwatch.cli.environment import Environment, common_options, print_json, say, suggestion, write
from webwatch.errors import UsageError


@click.command("check")
@common_options
@click.pass_context
def check_command(ctx: click.Context) -> None:
    """Check the configuration: every fault at once, with its line and the remedy.

    \b
    Examples:
      webwatch check
      webwatch check --config other.yaml
    """
    from webwatch.match import lint

    environment = Environment(ctx)
    path = environment.config_path()
    config = environment.config()
    for keyword in config.keywords:
        for complaint in lint(keyword):
            say(f"warning: keyword {keyword.name!r}: {complaint}")
    write(f"{path}: all well; {len(config.keywords)} keywords, {len(config.sources)} sources.\n")


@click.command("init")
@click.option("--name", help="The name of the business.")
@click.option("--language", type=click.Choice(["en", "nl"]), help="The language of the digest.")
@click.option("--address", help="One address to read: a feed.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@common_options
@click.pass_context
def init_command(
    ctx: click.Context, name: str | None, language: str | None, address: str | None, yes: bool, force: bool
) -> None:
    """Write a first configuration, with comments, after three questions.

    \b
    Examples:
      webwatch init
      webwatch init --yes --name "Bakkerij De Vries" --language nl --address https://example.nl/feed.xml
    """
    from webwatch import config

    path = Environment(ctx).chosen_path() or Path("config.yaml")
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; choose another with --config, or write over it with --force")
    if not yes:
        name = name or click.prompt("What is the name of your business?", err=True)
        language = language or click.prompt(
            "In which language shall the digest be?", type=click.Choice(["en", "nl"]), default="en", err=True
        )
        if address is None:
            question = "One address to read (a feed; Enter for none yet)"
            address = click.prompt(question, default="", show_default=False, err=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(config.starter(name or "My Business", language or "en", address or ""), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    say(f"Wrote {path}. Look it through, then run: webwatch check, and webwatch scan")


@click.command("schema")
@click.argument("name")
@common_options
def schema_command(name: str) -> None:
    """Print a JSON Schema (2020-12): `config` for editors, or one of the JSON outputs.

    \b
    Examples:
      webwatch schema config > config.schema.json
      webwatch schema digest
    """
    from webwatch.formats import _schemas

    names = ("config", *_schemas.names())
    if name not in names:
        raise UsageError(f"there is no schema {name!r}{suggestion(name, names)}")
    if name == "config":
        from webwatch import config

        schema = config.json_schema()
    else:
        schema = _schemas.schema(name)
    print_json(schema)
