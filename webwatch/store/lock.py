"""One run at a time: a lock that the system drops with the process, however that ends."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from webwatch.errors import RunLockedError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


@contextmanager
def run_lock(database: Path, now: datetime) -> Iterator[None]:
    """Hold `<database>.lock` for the block.

    Raises `RunLockedError`, which says who holds it, or `StoreError` where the file cannot be made.
    """
    path = database.with_name(database.name + ".lock")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: the lock file cannot be written ({error.strerror}); check the folder") from error
    with file:
        if not _try_lock(file):
            file.seek(0)
            raise RunLockedError(
                f"{path}: another run holds the lock ({file.read(200).strip() or 'just started'}); try again later"
            )
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {now:%Y-%m-%d %H:%M:%S} UTC\n")
        file.flush()
        yield
        file.truncate(0)


def _try_lock(file: TextIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
