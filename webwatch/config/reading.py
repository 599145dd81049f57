"""File → Config, or every fault in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from webwatch.config import zones
from webwatch.config.decode import Decoder, Fault
from webwatch.config.nodes import MAX_BYTES, MappingNode, YamlError, is_unset, parse
from webwatch.config.schema import CONFIG
from webwatch.errors import ConfigError, UsageError
from webwatch.model import Config

if TYPE_CHECKING:
    from collections.abc import Mapping


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """The checked configuration with the defaults filled in; paths in it are absolute.

    Raises `UsageError` where there is no such file, `ConfigError` with all faults in the order of the file.
    """
    data = _bytes(path)
    try:
        node = parse(data)
    except YamlError as error:
        raise _told(path, [Fault(error.line, error.column, "", error.problem)]) from None
    decoder = Decoder(environ)
    values = decoder.decode(MappingNode((), 1, 1) if node is None or is_unset(node) else node, CONFIG)
    if decoder.faults:
        raise _told(path, decoder.faults)
    path = path.absolute()
    values["timezone"] = values["timezone"] or zones.of_system(environ)
    values["database"] = path.parent / values["database"]
    return Config(path=path, **values)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"{_shown(path)}: there is no such file; `webwatch init` writes one") from None
    except IsADirectoryError:
        raise ConfigError([f"{_shown(path)}: is a folder, not a file: name the file in it"]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError([f"{_shown(path)}: cannot be read: {reason}"]) from None


def _told(path: Path, faults: list[Fault]) -> ConfigError:
    name = _shown(path)
    lines = (f"{name}:{fault.line}:{fault.column}: {_complaint(fault)}" for fault in sorted(set(faults)))
    return ConfigError(list(lines))


def _complaint(fault: Fault) -> str:
    return f"{fault.path}: {fault.problem}" if fault.path else fault.problem


def _shown(path: Path) -> str:
    """The path as seen from the current folder where it lies inside it, else whole."""
    try:
        whole = path.absolute()
        here = Path.cwd()
    except OSError:  # the current folder is gone
        return str(path)
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)
