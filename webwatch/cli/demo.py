"""`webwatch demo`: the real scan, against a small made-up web that is served on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from webwatch.cli.environment import Environment, common_options, say
from webwatch.cli.selection import chosen_format, format_options, print_digest


@click.command("demo")
@format_options
@common_options
@click.pass_context
def demo_command(ctx: click.Context, format_name: str | None, as_json: bool) -> None:
    """See it work: scan a small made-up web on this machine, and print the digest. Needs no internet.

    \b
    Example:
      webwatch demo
    """
    from webwatch import config, demo
    from webwatch.cli.scan import run

    environment = Environment(ctx)
    format_name = chosen_format(format_name, as_json=as_json)
    now = environment.now()
    with TemporaryDirectory(prefix="webwatch-demo-") as folder, demo.serve(now) as base:
        path = Path(folder, "config.yaml")
        path.write_text(demo.config_text(base), encoding="utf-8")
        settings = config.load(path, os.environ)
        say(f"Reading {len(settings.sources)} made-up sources at {base} about {settings.us.name}.\n")
        _, digest = run(environment, settings, now, show_progress=True)
        print_digest(digest, format_name)
    say("\nThat was a made-up web, in a folder that is gone again. Now yours: webwatch init")
