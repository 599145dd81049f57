"""How long a command takes to say something: `webwatch --version`, and `digest --json` over 100,000 stored entries.

    python benchmarks/startup.py [--check] [--runs 20]

Fills a database by real scans (20 feeds of 5,000 entries from a server of its own, 500 entries of which mention the
business), once; then runs each command in turn with a bare interpreter, and prints the best and the median of the wall
times, and what was imported. `--check` exits 1 when a command takes longer than 120 ms at its best.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from statistics import median
from threading import Thread
from typing import TYPE_CHECKING

import contestants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEEDS, ENTRIES, MENTIONS = 20, 5_000, 500
LIMIT = 0.120
WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
CONFIG = """\
keywords: [Bakkerij De Vries]
sources:
{sources}
fetch: {{per_host_pause: 0s, timeout: 60s}}
history: {{first_scan: 3650d, keep_unmatched: 3650d}}
database: webwatch.db
"""
LOADED = """
import atexit, sys
sys.argv[0] = "webwatch"
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
from webwatch.cli import main
main()
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The files of a folder over loopback HTTP; yields the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Quiet(*args, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def feed(number: int, random: Random, now: datetime) -> str:
    """An RSS feed of short entries of the last 60 days, every so many of them a mention."""
    items = []
    for place in range(ENTRIES):
        words = random.choices(WORDS, k=40)
        if place % (FEEDS * ENTRIES // MENTIONS) == 0:
            words.insert(20, "Bakkerij De Vries")
        address = f"https://site{number:02}.example/{place}"
        published = format_datetime(now - timedelta(seconds=random.randrange(60 * 86_400)))
        items.append(
            f"<item><title>{' '.join(words[:5])}</title><link>{address}</link><guid>{address}</guid>"
            f"<pubDate>{published}</pubDate><description>{' '.join(words[5:])}</description></item>"
        )
    return f'<rss version="2.0"><channel><title>Site {number}</title>{"".join(items)}</channel></rss>'


def fill(folder: Path, program: str) -> None:
    """Make the feeds and scan them into `folder`/webwatch.db."""
    web = folder / "web"
    web.mkdir(parents=True, exist_ok=True)
    random, now = Random(1), datetime.now(UTC)
    for number in range(FEEDS):
        (web / f"{number}.xml").write_text(feed(number, random, now), encoding="utf-8")
    with served(web) as base:
        sources = "\n".join(f"  - {base}/{number}.xml" for number in range(FEEDS))
        (folder / "config.yaml").write_text(CONFIG.format(sources=sources), encoding="utf-8")
        subprocess.run([program, "scan", "--json"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (folder / "filled").touch()


def timed(commands: dict[str, Sequence[str]], folder: Path, runs: int) -> dict[str, list[float]]:
    """Wall seconds of each command, `runs` times, in turn."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            seconds[name].append(time.perf_counter() - started)
    return seconds


def imported(arguments: Sequence[str], folder: Path) -> tuple[list[str], list[str]]:
    """The modules that `webwatch ARGUMENTS` leaves loaded: ours, and the packages of others."""
    command = [sys.executable, "-c", LOADED, *arguments]
    result = subprocess.run(
        command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    names = set(result.stderr.split())
    ours = sorted(name for name in names if name.split(".")[0] == "webwatch")
    packages = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"webwatch", "cython_runtime"}
    others = sorted(package for package in packages if not package.startswith("_"))
    return ours, others


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how soon a command answers.")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "webwatch-benchmark" / "startup")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--webwatch", default=contestants.installed("webwatch"), metavar="PROGRAM")
    parser.add_argument("--check", action="store_true", help="exit 1 when a command takes longer than 120 ms")
    options = parser.parse_args()
    if not options.webwatch:
        raise SystemExit("webwatch is not installed")
    if not (options.folder / "filled").exists():
        fill(options.folder, options.webwatch)
    asked = {"--version": ("--version",), "digest --json": ("digest", "--json")}
    commands = {"bare interpreter": (sys.executable, "-c", "pass")} | {
        f"webwatch {name}": (options.webwatch, *arguments) for name, arguments in asked.items()
    }
    seconds = timed(commands, options.folder, options.runs)
    bare = min(seconds["bare interpreter"])
    digest = subprocess.run(commands["webwatch digest --json"], cwd=options.folder, check=True, capture_output=True)
    size = (options.folder / "webwatch.db").stat().st_size / 1e6
    print(f"Python {platform.python_version()}, {platform.platform()}, database {size:.0f} MB")
    print(f"open mentions: {json.loads(digest.stdout)['counts']['open']}\n")
    print("| command | best, ms | median, ms | of bare |\n|---|---:|---:|---:|")
    for name, taken in seconds.items():
        print(f"| {name} | {min(taken) * 1e3:.0f} | {median(taken) * 1e3:.0f} | {min(taken) / bare:.1f} |")
    for name, arguments in asked.items():
        ours, others = imported(arguments, options.folder)
        print(f"\n{name} loads of others: {', '.join(others)}\n  of ours: {', '.join(ours)}")
    if options.check and any(min(taken) > LIMIT for taken in seconds.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
