"""The table of settings as a JSON Schema (draft 2020-12), for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from webwatch.config.schema import CONFIG
from webwatch.config.shapes import Choice, Derived, ListOf, Section, Setting, Shape, Value


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `config.yaml`. What it accepts is accepted; forgiving spellings are left out of it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "webwatch configuration",
        **_fragment(CONFIG),
    }


def _fragment(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Value):
        return dict(shape.schema)
    if isinstance(shape, Choice):
        return {"type": "string", "enum": list(shape.words())}
    return _list(shape) if isinstance(shape, ListOf) else _section(shape)


def _list(shape: ListOf) -> dict[str, Any]:
    several: dict[str, Any] = {"type": "array", "items": _fragment(shape.item)}
    if shape.at_least:
        several["minItems"] = shape.at_least
    if isinstance(shape.item, Section) or shape.at_least > 1:
        return several
    return {"anyOf": [several, _fragment(shape.item)]}


def _section(section: Section) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "type": "object",
        "properties": {key: _setting(setting) for key, setting in section.settings.items()},
        "additionalProperties": False,
    }
    if required := [key for key, setting in section.settings.items() if setting.required]:
        whole["required"] = required
    if not section.bare:
        return whole
    return {"anyOf": [_fragment(section.settings[section.bare].shape), whole]}


def _setting(setting: Setting) -> dict[str, Any]:
    described = {"description": setting.help, **_fragment(setting.shape)}
    default = setting.default
    if isinstance(default, Derived):
        return described
    if isinstance(default, tuple):
        described["default"] = list(default)
    elif isinstance(default, str) and default:
        described["default"] = _typed(setting.shape, default)
    return described


def _typed(shape: Shape, default: str) -> str | float:
    """A number or flag as JSON has it; a length, size or name as the owner would write it."""
    if isinstance(shape, Value) and "pattern" not in shape.schema:
        value = shape.read(default)
        return value if isinstance(value, bool | int | float) else default
    return default
