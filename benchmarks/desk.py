"""A year at the desk, 20 mentions a day, each of them dealt with: how long `digest --json` takes, and one action.

    python benchmarks/desk.py [--check]

Nineteen in twenty of what was answered have their ending, a tenth was dismissed, and of the last ten days half waits.
`--check` exits 1 where the digest takes more than 150 ms at its best.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from webwatch.desk.standing import standing
from webwatch.model import Action, Arrival, Entry, Match, Source
from webwatch.pipeline.beliefs import believe
from webwatch.store import Store

DAYS, A_DAY, RUNS = 365, 20, 20
LIMIT = 0.150
END = datetime(2026, 11, 23, 9, tzinfo=UTC)
KRANT = Source(name="krant", url="https://krant.example/rss")
CONFIG = f"""\
keywords: [Pakketpost]
sources: [{{name: krant, url: "{KRANT.url}"}}]
timezone: Europe/Amsterdam
"""
WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()


def mentions(day: int, chance: Random) -> list[Arrival]:
    """What came in on one day."""
    made = []
    for number in range(day * A_DAY + 1, (day + 1) * A_DAY + 1):
        entry = Entry(
            url=f"https://krant.example/{number}",
            title=f"Bericht {number}",
            text=f"Pakketpost {' '.join(chance.choices(WORDS, k=60))}.",
            author=f"lid{chance.randrange(3_000)}",
            published=END - timedelta(days=DAYS - day),
        )
        found = (Match(keyword="Pakketpost", field="text", start=0, end=10),)
        made.append(
            Arrival(
                entry=entry,
                entry_id=number,
                verdict="new",
                item=number,
                keys=(number,),
                content=number,
                matches=found,
            )
        )
    return made


def deeds(day: int, chance: Random) -> list[tuple[str, timedelta, str]]:
    """What was done about one mention of a day: kind, how long after it came, and the word that goes with it."""
    drawn = chance.random()
    if day > DAYS - 10 and drawn < 0.5:
        return []
    if drawn < 0.1:
        return [("dismiss", timedelta(hours=3), "not-us")]
    answered = [("reply", timedelta(hours=3), "")]
    return [*answered, ("outcome", timedelta(days=3), "us")] if drawn < 0.955 else answered


def fill(folder: Path) -> None:
    """The year, in a database."""
    chance = Random(1)
    with Store.open(folder / "webwatch.db") as store, store.transaction():
        store.checkpoints([KRANT])
        for day in range(DAYS):
            came = END - timedelta(days=DAYS - day)
            store.add(KRANT.name, mentions(day, chance), came)
            store.finish_run(store.start_run("", came), came)
        for number in range(1, DAYS * A_DAY + 1):
            day = (number - 1) // A_DAY
            log = []
            for kind, after, value in deeds(day, chance):
                at = END - timedelta(days=DAYS - day) + after
                action = Action(kind=kind, at=at, moment=at, by="Ann", value=value, mention_id=number)
                log.append(action._replace(id=store.log(action)))
            if log:
                store.note_standing(number, standing(log, END), log[-1].at)
        believe(store, END)


def best(folder: Path, *arguments: str) -> float:
    """The least wall time of a command, in seconds."""
    least = 60.0
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        least = min(least, time.perf_counter() - started)
    return least


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
        fill(folder)
        now = ("--now", "2026-11-23T09:00:00Z")
        bare = best(folder, "-c", "pass")
        digest = best(folder, "-m", "webwatch", *now, "digest", "--json")
        note = best(folder, "-m", "webwatch", *now, "note", "7000", "tried again")
    print(f"{DAYS * A_DAY:,} mentions")
    for command, seconds in (("bare interpreter", bare), ("digest --json", digest), ("note", note)):
        print(f"{command:20}{seconds * 1_000:7.0f} ms{seconds / bare:7.1f} x")
    if "--check" in sys.argv and digest > LIMIT:
        sys.exit(f"digest --json took {digest * 1_000:.0f} ms; the goal is {LIMIT * 1_000:.0f} ms")


if __name__ == "__main__":
    main()
