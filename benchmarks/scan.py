"""A first scan and one with nothing changed, of 1,000 feeds: what they cost, side by side with a floor in C and others.

    python benchmarks/scan.py [--check] [--runs 3] [--reader PYTHON] [--newsboat]

Makes the feeds if they are not there, serves them on loopback from a process of its own, runs every program in turn
(`--runs` times; the best counts), and prints seconds, ratios, and how much of the truth webwatch found. Then once more
with latency, for the wall time. `--check` exits 1 when a goal is missed. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import contestants
from measuring import Usage, best, measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contestants import Contestant

HERE = Path(__file__).parent
NUMBER = re.compile(r"(\d{6})/?(?:\?|$)")

Costs = dict[tuple[str, str], Usage]


class Goal(NamedTuple):
    """A figure and its limit; `value` is None where it was not measured. `least` turns the limit into a minimum."""

    name: str
    value: float | None
    limit: float
    least: bool = False

    @property
    def missed(self) -> bool:
        """Whether the figure was measured and is on the wrong side of the limit."""
        if self.value is None:
            return False
        return self.value < self.limit if self.least else self.value > self.limit


class Found(NamedTuple):
    """What webwatch made of the truth: mentions there are, found, wrong (or with a wrong keyword), and doubled."""

    true: int
    found: int
    wrong: int
    doubled: int


# ------------------------------------------------------------------------------------------------------ measuring


@contextmanager
def served(data: Path, port: int, latency: str) -> Iterator[None]:
    """The web, served from a process of its own."""
    command = [
        sys.executable,
        str(HERE / "make_web.py"),
        str(data),
        "--serve",
        "--port",
        str(port),
        "--latency",
        latency,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            if not process.stdout.readline().startswith(b"serving"):
                raise SystemExit("the web could not be served")
            yield
        finally:
            process.terminate()


def costs(programs: Sequence[Contestant], runs: int, work: Path, port: int, feeds: int) -> Costs:
    """The best of `runs` for (program, "first") and (program, "again"); the programs take turns."""
    taken: dict[tuple[str, str], list[Usage]] = {}
    for run in range(runs):
        for program in programs:
            print(f"run {run + 1} of {runs}: {program.name} …", file=sys.stderr, flush=True)
            folder = contestants.fresh(work / program.name, port, feeds)
            for command in program.set_up(folder):
                measure(command, folder)
            for phase, command in (("first", program.first), ("again", program.again)):
                taken.setdefault((program.name, phase), []).append(measure(command, folder, program.accepted))
                (folder / "stdout").replace(folder / f"{phase}.out")
    return {key: best(usages) for key, usages in taken.items()}


def with_floor(measured: Costs) -> Costs:
    """Adds the floor: curl and a bare expat pass for a first scan, curl alone where nothing changed."""
    first, again = measured["curl", "first"], measured["curl", "again"]
    parsing = measured["expat", "first"].cpu - measured["expat", "again"].cpu
    return measured | {
        ("floor", "first"): first._replace(cpu=first.cpu + parsing, wall=first.wall + parsing),
        ("floor", "again"): again,
    }


# ---------------------------------------------------------------------------------------------------------- truth


def found(truth: dict[str, Any], mentions: Sequence[dict[str, Any]]) -> Found:
    """Compare the stored mentions with the planted ones, by the entry numbers that their addresses carry."""
    groups = truth["groups"]
    group_of = {number: name for name, group in groups.items() for number in (*group["whole"], *group["cut_off"])}
    times: dict[str, int] = {}
    wrong = 0
    for mention in mentions:
        addresses = [mention["url"], *(place["url"] for place in mention["places"])]
        named = {group_of.get(int(number)) for address in addresses for number in NUMBER.findall(address)}
        name = named.pop() if len(named) == 1 else None
        if name is None or mention["keywords"] != [groups[name]["keyword"]]:
            wrong += 1
        else:
            times[name] = times.get(name, 0) + 1
    needed = [name for name, group in groups.items() if group["whole"]]
    doubled = sum(count - 1 for count in times.values())
    return Found(len(needed), sum(name in times for name in needed), wrong, doubled)


def stored(program: str, folder: Path) -> list[dict[str, Any]]:
    """All the mentions that webwatch holds after its scans in `folder`."""
    measure((program, "list", "--all", "--json", "--config", "config.yaml"), folder)
    mentions: list[dict[str, Any]] = json.loads((folder / "stdout").read_bytes())["mentions"]
    return mentions


def statuses(folder: Path, phase: str) -> dict[str, int]:
    """How many sources a scan read, found unchanged and failed to read, and how many entries and mentions were new."""
    counts = {"new_entries": 0, "new_mentions": 0}
    for source in json.loads((folder / f"{phase}.out").read_bytes())["sources"]:
        counts[source["status"]] = counts.get(source["status"], 0) + 1
        counts["new_entries"] += source["new_entries"]
        counts["new_mentions"] += source["new_mentions"]
    return counts


# --------------------------------------------------------------------------------------------------------- telling


def table(measured: Costs, base: str) -> str:
    """CPU, wall and memory of every program, and its CPU as a multiple of `base`'s."""
    lines = [f"| program | scan | CPU s | of {base}'s | wall s | MB |", "|---|---|---:|---:|---:|---:|"]
    for (name, phase), usage in measured.items():
        ratio = usage.cpu / measured[base, phase].cpu
        lines.append(f"| {name} | {phase} | {usage.cpu:.2f} | {ratio:.1f} | {usage.wall:.2f} | {usage.megabytes:.0f} |")
    return "\n".join(lines)


def goals(measured: Costs, slow: Costs, truth: Found, again: dict[str, int]) -> list[Goal]:
    """What was promised, against what was measured."""

    def ratio(of: Costs, program: str, other: str, phase: str, figure: str = "cpu") -> float | None:
        if (other, phase) not in of:
            return None
        return getattr(of[program, phase], figure) / getattr(of[other, phase], figure)  # type: ignore[no-any-return]

    memory = max(measured["webwatch", "first"].megabytes, measured["webwatch", "again"].megabytes)
    return [
        Goal("first scan, CPU, × floor", ratio(measured, "webwatch", "floor", "first"), 7),
        Goal("nothing changed, CPU, × floor", ratio(measured, "webwatch", "floor", "again"), 10),
        Goal("first scan, CPU, × reader", ratio(measured, "webwatch", "reader", "first"), 1 / 9),
        Goal("nothing changed, CPU, × reader", ratio(measured, "webwatch", "reader", "again"), 1 / 3),
        Goal("first scan with latency, wall, × curl", ratio(slow, "webwatch", "curl", "first", "wall"), 2.0),
        Goal("nothing changed with latency, wall, × curl", ratio(slow, "webwatch", "curl", "again", "wall"), 1.3),
        Goal("memory, MB", memory, 110),
        Goal("true mentions found, %", 100 * truth.found / truth.true, 99.9, least=True),
        Goal("wrong mentions", truth.wrong, 0),
        Goal("mentions doubled", truth.doubled, 0),
        Goal("new entries in a second scan", again["new_entries"], 0),
    ]


def told(goals: Sequence[Goal]) -> str:
    """The goals as a table."""
    lines = ["| goal | limit | measured | |", "|---|---:|---:|---|"]
    for goal in goals:
        sign = "≥" if goal.least else "≤"
        value = "–" if goal.value is None else f"{goal.value:.2f}"
        verdict = "not measured" if goal.value is None else "MISSED" if goal.missed else "ok"
        lines.append(f"| {goal.name} | {sign} {goal.limit:.2f} | {value} | {verdict} |")
    return "\n".join(lines)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("0.0.0.0", 0))
        port: int = probe.getsockname()[1]
        return port


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure whole scans.")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "webwatch-benchmark")
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--latency", default="50-200", metavar="MS-MS", help="of the slow part; 0 leaves it out")
    parser.add_argument("--webwatch", default=contestants.installed("webwatch"), metavar="PROGRAM")
    parser.add_argument("--reader", metavar="PYTHON", help="an interpreter that has lemon24/reader")
    parser.add_argument("--newsboat", action="store_true")
    parser.add_argument("--check", action="store_true", help="exit 1 when a goal is missed")
    return parser.parse_args()


def _programs(options: argparse.Namespace, data: Path) -> list[Contestant]:
    programs = [contestants.curl(data), contestants.expat(data)]
    if options.webwatch:
        programs.append(contestants.webwatch(options.webwatch))
    if options.reader:
        programs.append(contestants.reader(options.reader))
    if options.newsboat:
        programs.append(contestants.newsboat())
    return programs


def main() -> None:
    options = _arguments()
    data = options.folder / f"web-{options.feeds}"
    work = options.folder / "work"
    if not (data / "truth.json").exists():
        subprocess.run(
            [sys.executable, str(HERE / "make_web.py"), str(data), "--feeds", str(options.feeds)], check=True
        )
    port = _free_port()
    programs = _programs(options, data)
    with served(data, port, "0"):
        measured = with_floor(costs(programs, options.runs, work, port, options.feeds))
    print(f"{options.feeds} feeds, best of {options.runs}; Python {platform.python_version()}, {platform.platform()}\n")
    print(table({key: usage for key, usage in measured.items() if key[0] != "expat"}, "floor"))
    if not options.webwatch:
        raise SystemExit("webwatch is not installed: nothing more to compare")
    scanned = work / "webwatch"
    truth = found(json.loads((data / "truth.json").read_bytes()), stored(options.webwatch, scanned))
    first, again = statuses(scanned, "first"), statuses(scanned, "again")
    print(f"\nfirst: {first}\nagain: {again}\n{truth}\n")
    slow: Costs = {}
    if options.latency != "0":
        with served(data, port, options.latency):
            slow = costs([programs[0], programs[2]], options.runs, work, port, options.feeds)
        print(f"with {options.latency} ms of latency\n\n{table(slow, 'curl')}\n")
    results = goals(measured, slow, truth, again)
    print(told(results))
    if options.check and any(goal.missed for goal in results):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
