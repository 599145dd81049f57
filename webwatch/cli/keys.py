"""Single keys from a terminal, without Enter. Off a terminal they are read from standard input as they come."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from webwatch.cli.environment import write

if TYPE_CHECKING:
    from collections.abc import Iterator

END = frozenset({"", "\x03", "\x04", "\x1b"})  # end of input, Ctrl-C, Ctrl-D, Escape


def ask(question: str) -> str:
    """The key that answers a question, in lower case; one of `END` where the person has had enough.

    The terminal takes single keys before the question is shown, so that a quick answer is not lost.
    """
    if not sys.stdin.isatty():
        write(question)
        sys.stdout.flush()
        return _from_pipe()
    try:
        import termios  # noqa: F401 - not on Windows
    except ImportError:
        write(question)
        sys.stdout.flush()
        return click.getchar().lower()
    with _single_keys():
        write(question)
        sys.stdout.flush()
        return os.read(sys.stdin.fileno(), 32).decode(errors="replace").lower()[:1]


def line(question: str) -> str:
    """What is typed up to Enter; "" for nothing, and at the end of the input."""
    write(f"{question}: ")
    sys.stdout.flush()
    return sys.stdin.readline().strip()


def _from_pipe() -> str:
    key = sys.stdin.read(1)
    while key == "\n":
        key = sys.stdin.read(1)
    return key.lower()


@contextmanager
def _single_keys() -> Iterator[None]:
    """The terminal without lines and echo, and as it was afterwards; what is typed already is kept."""
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    single = termios.tcgetattr(terminal)
    single[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(terminal, termios.TCSANOW, single)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)
