"""Measure from the command line; see the package."""

from __future__ import annotations

import argparse
import sys

from tests.quality import floors
from tests.quality.measures import MEASURES


def main() -> int:
    """Print each figure beside its floor; 1 where one fell below."""
    options = argparse.ArgumentParser(prog="python -m tests.quality")
    options.add_argument("names", nargs="*", help="which measures (default: all)")
    options.add_argument("--raise", dest="up", action="store_true", help="raise the floors to what is measured")
    options.add_argument("--lower", action="append", default=[], metavar="NAME", help="let this measure's floors fall")
    given = options.parse_args()
    kept = floors.floors()
    fell = False
    for name in given.names or MEASURES:
        measured, floor = MEASURES[name](), kept.get(name, {})
        for figure, value in measured.items():
            print(f"{name:<28} {figure:<12} {value:7.4f}   floor {floor.get(figure, 0):.4f}")
        fell = fell or (bool(floors.below(measured, floor)) and name not in given.lower)
        if name in given.lower:
            kept[name] = {figure: floors.down(value) for figure, value in measured.items()}
        elif given.up:
            kept[name] = floors.raised(measured, floor)
    if given.up or given.lower:
        floors.write(kept)
    return int(fell)


if __name__ == "__main__":
    sys.exit(main())
