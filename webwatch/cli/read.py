"""`webwatch read`: see what webwatch sees at one address or in one saved file; nothing is stored."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webwatch.cli.environment import Environment, common_options, print_json, suggestion, write
from webwatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from webwatch.model import Entry, Page, Parsed, Source

_MAX_BYTES = 10_000_000


@click.command("read")
@click.argument("address", metavar="ADDRESS|FILE")
@click.option("--as", "url", metavar="URL", help="Read a saved file as if it came from this address.")
@click.option("--kind", help="The kind of source (default: feed; alerts for the address of an alert feed).")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.read/1, see docs/json.md.")
@common_options
@click.pass_context
def read_command(ctx: click.Context, address: str, url: str | None, kind: str | None, as_json: bool) -> None:
    """Read one address or saved file, store nothing, and show what is found there.

    \b
    Examples:
      webwatch read https://example.nl/feed.xml
      webwatch read saved.xml --as https://example.nl/feed.xml --json
      curl -s https://example.nl/feed.xml | webwatch read -
    """
    from webwatch import parse
    from webwatch.config import zones
    from webwatch.model import Context, Source

    environment = Environment(ctx)
    zone = zones.of_system(os.environ)
    now = environment.now(zone)
    kind = kind or ("alerts" if "google." in (url or address) and "/alerts/feeds/" in (url or address) else "feed")
    if kind not in parse.kinds():
        raise UsageError(f"--kind {kind!r} is not one of {', '.join(parse.kinds())}{suggestion(kind, parse.kinds())}")
    page = _page(environment, address, url, now)
    source = Source(name=page.url, url=page.url, kind=kind)
    parsed = parse.load(kind).parse(page, Context(source=source, now=now, zone=zone))
    if as_json:
        from webwatch.formats import json

        print_json(json.read_object(parsed, page.url, kind, _is_ours(environment, source)))
    else:
        write("\n".join(_lines(parsed, kind, zone)) + "\n")


def _is_ours(environment: Environment, source: Source) -> Callable[[Entry], bool]:
    """Whether we wrote an entry, by the `us:` of the configuration, where there is one."""
    from functools import partial

    from webwatch.pipeline.ours import Ours

    try:
        config = environment.config()
    except UsageError:
        return lambda _entry: False
    known = next((other for other in config.sources if other.url == source.url), source)
    return partial(Ours.of(config).wrote, known)


def _page(environment: Environment, address: str, url: str | None, now: datetime) -> Page:
    from webwatch.model import FetchRules, Page, Request

    if address.startswith(("http://", "https://")):
        rules = FetchRules(
            timeout=timedelta(seconds=20),
            total=timedelta(minutes=1),
            per_host_pause=timedelta(seconds=1),
            max_bytes=_MAX_BYTES,
        )
        page = environment.fetcher(rules, now).get(Request(url=address))
        return page._replace(url=url) if url else page
    try:
        body = sys.stdin.buffer.read(_MAX_BYTES + 1) if address == "-" else _file(Path(address))
    except OSError as error:
        raise UsageError(
            f"{address}: cannot be read ({error.strerror}); give a file, or an address with https://"
        ) from error
    if len(body) > _MAX_BYTES:
        raise UsageError(f"{address}: larger than {_MAX_BYTES:,} bytes")
    return Page(url=url or "", body=body)


def _file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MAX_BYTES + 1)


def _lines(parsed: Parsed, kind: str, zone: tzinfo) -> list[str]:
    from webwatch import text

    found = f"{kind}, {len(parsed.entries)} entries, {parsed.language or 'no language given'}"
    lines = [f"{text.line(parsed.title) or '(no title)'}: {found}"]
    lines += [f"! {text.line(problem)}" for problem in parsed.problems]
    for entry in parsed.entries:
        facts = (_moment(entry.published, zone) or entry.published_raw or "no date", entry.author, entry.site)
        lines += ["", text.line(entry.title) or text.shorten(text.line(entry.text), 70) or "(no title)"]
        lines += [f"    {text.line(' · '.join(fact for fact in facts if fact))}", f"    {text.line(entry.url)}"]
        lines += [f"    {text.excerpt(entry.text, width=200)}"] if entry.text else []
    return lines


def _moment(moment: datetime | None, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
