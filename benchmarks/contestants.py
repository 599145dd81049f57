"""The programs that scan the same feeds: each is set up in a folder of its own, and then reads them twice."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import make_web
import serve_web

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXPAT = """
import os, sys
from xml.parsers import expat
for entry in os.scandir(sys.argv[1]):
    with open(entry.path, "rb") as file:
        body = file.read()
    try:
        expat.ParserCreate().Parse(body, True)
    except expat.ExpatError:
        pass
"""

READER_SETUP = """
from reader import make_reader
reader = make_reader("reader.db")
for address in open("urls.txt").read().split():
    reader.add_feed(address)
"""
READER_UPDATE = """
from reader import make_reader
make_reader("reader.db").update_feeds(scheduled=False, workers=32)
"""
NEWSBOAT = "reload-threads 8\ndownload-retries 1\ndownload-timeout 20\nmax-items 0\n"


class Contestant(NamedTuple):
    """`first` and `again` are run in the folder that `set_up(folder)` prepared; `accepted` are their exit codes."""

    name: str
    set_up: Callable[[Path], Sequence[Sequence[str]]]
    first: Sequence[str]
    again: Sequence[str]
    accepted: Sequence[int] = (0,)


def curl(data: Path, parallel: int = 100) -> Contestant:
    """The floor: bodies to files, and the second time with each feed's validator."""
    command = ("curl", "--silent", "--show-error", "--no-progress-meter", "--parallel", "--parallel-max", str(parallel))
    bodies = sorted((data / "feeds").iterdir())

    def set_up(folder: Path) -> Sequence[Sequence[str]]:
        addresses = (folder / "urls.txt").read_text(encoding="utf-8").split()
        (folder / "bodies").mkdir()
        first, again = [], []
        for address, body in zip(addresses, bodies, strict=True):
            transfer = f'url = "{address}"\noutput = "bodies/{body.name}"\n'
            tag = serve_web.etag(body.read_bytes()).replace('"', '\\"')
            first.append(transfer)
            again.append(f'{transfer}header = "If-None-Match: {tag}"\n')
        (folder / "first.curl").write_text("".join(first), encoding="utf-8")
        (folder / "again.curl").write_text("next\n".join(again), encoding="utf-8")
        return ()

    return Contestant("curl", set_up, (*command, "--config", "first.curl"), (*command, "--config", "again.curl"))


def expat(data: Path) -> Contestant:
    """The other half of the floor, a bare parse of every feed; `again` is the interpreter's start, to be subtracted."""
    command = (sys.executable, "-I", "-S", "-c", EXPAT)

    def set_up(folder: Path) -> Sequence[Sequence[str]]:
        (folder / "nothing").mkdir()
        return ()

    return Contestant("expat", set_up, (*command, str(data / "feeds")), (*command, "nothing"))


def webwatch(program: str) -> Contestant:
    """Ours, whole: fetch, parse, match, deduplicate, store, and the digest as JSON. 3 means: some sources failed."""
    scan = (program, "scan", "--json", "--config", "config.yaml")
    return Contestant("webwatch", lambda _: (), scan, scan, (0, 3))


def reader(python: str) -> Contestant:
    """lemon24/reader, as installed for the interpreter `python`; its feeds are added beforehand."""
    update = (python, "-c", READER_UPDATE)
    return Contestant("reader", lambda _: ((python, "-c", READER_SETUP),), update, update)


def newsboat() -> Contestant:
    """Newsboat, without its screen."""
    command = ("newsboat", "-q", "-C", "newsboat.conf", "-u", "urls.txt", "-c", "cache.db", "-x", "reload")

    def set_up(folder: Path) -> Sequence[Sequence[str]]:
        (folder / "newsboat.conf").write_text(NEWSBOAT, encoding="utf-8")
        return ()

    return Contestant("newsboat", set_up, command, command)


def installed(program: str) -> str:
    """Where `program` is: beside this interpreter, or on the PATH; "" where it is not."""
    beside = Path(sys.executable).with_name(program)
    return str(beside) if beside.exists() else shutil.which(program) or ""


def fresh(folder: Path, port: int, feeds: int) -> Path:
    """`folder`, empty but for `config.yaml` and `urls.txt`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make_web.write_config(folder, port, feeds)
    return folder
