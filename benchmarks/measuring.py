"""What one command costs: CPU seconds (user and system, children included), wall seconds, and its peak of memory."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Usage(NamedTuple):
    """Seconds of CPU and of wall time, and megabytes of resident memory at the most."""

    cpu: float
    wall: float
    megabytes: float


def measure(command: Sequence[str], folder: Path, accepted: Sequence[int] = (0,)) -> Usage:
    """Run `command` in `folder`; what it printed is in `folder`/stdout and stderr. Other exit codes end the benchmark.

    The memory is never less than this process's own, which therefore stays small (Linux hands it on at the fork).
    """
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in accepted:
        tail = (folder / "stderr").read_text(encoding="utf-8", errors="replace")[-2_000:]
        raise SystemExit(f"{' '.join(command)[:200]}: exit code {process.returncode}\n{tail}")
    return Usage(cpu=used.ru_utime + used.ru_stime, wall=wall, megabytes=used.ru_maxrss / 1024)


def best(usages: Sequence[Usage]) -> Usage:
    """The least of each figure: what is above it is the machine's other work."""
    return Usage(*(min(column) for column in zip(*usages, strict=True)))
