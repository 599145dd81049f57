"""Parts are files: `kind: feed` is `webwatch/parse/feed`, `--format json` is `webwatch/formats/json.py`.

A part's module holds one frozen value named `part`. Files whose name begins with an underscore are not parts.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@cache
def names(package: str) -> tuple[str, ...]:
    """The parts of a package, sorted, without importing any of them: `names("webwatch.formats")`."""
    path = import_module(package).__path__
    return tuple(sorted(module.name for module in iter_modules(path) if not module.name.startswith("_")))


@cache
def load(package: str, name: str) -> Any:  # noqa: ANN401 - each package says what its parts are
    """The value `part` of the module `package.name`; raises `LookupError` where there is no such file."""
    if name not in names(package):
        raise LookupError(f"{name!r} is not one of {', '.join(names(package))}")
    return import_module(f"{package}.{name}").part
