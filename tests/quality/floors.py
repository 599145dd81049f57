"""The floors: read, compared, written."""

from __future__ import annotations

import json
from pathlib import Path

BASELINE = Path(__file__).parent / "baseline.json"
Figures = dict[str, float]


def floors() -> dict[str, Figures]:
    """Measure → figure → the least that it may be."""
    return json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}


def below(measured: Figures, floor: Figures) -> list[str]:
    """What fell, a line each."""
    return [
        f"{name}: {measured.get(name, 0):.4f}, the floor is {least:.4f}"
        for name, least in floor.items()
        if measured.get(name, 0) < least
    ]


def raised(measured: Figures, floor: Figures) -> Figures:
    """The floors, none lower than it was."""
    return {name: max(down(value), floor.get(name, 0)) for name, value in measured.items()}


def down(figure: float) -> float:
    """Four digits, never more than what was measured."""
    return int(figure * 10_000) / 10_000


def write(new: dict[str, Figures]) -> None:
    """Keep the floors, for review as a diff."""
    BASELINE.write_text(f"{json.dumps(new, indent=1, sort_keys=True)}\n", "utf-8")
