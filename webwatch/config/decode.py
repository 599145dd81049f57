"""Nodes → values, as the shapes say. Nothing stops at the first fault: all of them are collected on the way.

A setting that is wrong counts as its default from there on, so that one mistake is one fault.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from webwatch.config.nodes import ListNode, MappingNode, ScalarNode, is_unset
from webwatch.config.shapes import Choice, Derived, ListOf, Section, Value
from webwatch.config.wording import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from webwatch.config.nodes import Node
    from webwatch.config.shapes import Shape

_VARIABLE = r"\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{"
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
_NO_SECTION = MappingNode((), 1, 1)

Result = Any  # what a shape's `read` or `make` gives: a str, a timedelta, a Source …


class Fault(NamedTuple):
    """What is wrong at a place in the file; sorts in the order of the file."""

    line: int
    column: int
    path: str
    problem: str


class Decoder:
    """Reads one file's nodes. `environ` fills in `${NAME}`; `faults` is what was wrong so far."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[Fault] = []

    def decode(self, node: Node, shape: Shape, path: str = "") -> Result:
        """The value of this shape, or None where it is wrong (then `faults` says why)."""
        if isinstance(shape, Section):
            return self._section(node, shape, path)
        if isinstance(shape, ListOf):
            return self._list(node, shape, path)
        return self._single(node, shape, path)

    def _fault(self, node: Node, path: str, problem: str) -> None:
        self.faults.append(Fault(node.line, node.column, path, problem))

    # ------------------------------------------------------------------------------------------- sections

    def _section(self, node: Node, section: Section, path: str) -> Result:
        if isinstance(node, ScalarNode) and section.bare:
            found: dict[str, Node] = {section.bare: node}
            paths = dict.fromkeys(section.settings, path)
        elif isinstance(node, MappingNode):
            paths = {key: f"{path}.{key}" if path else key for key in section.settings}
            found = self._known(node, section, path, paths)
        else:
            self._fault(node, path, f"expected settings (key: value), got {_kind(node)}")
            return None
        given = {key: self.decode(value, section.settings[key].shape, paths[key]) for key, value in found.items()}
        values = {
            key: _default(setting.shape, setting.default, found) if given.get(key) is None else given[key]
            for key, setting in section.settings.items()
        }
        lacking = [key for key, setting in section.settings.items() if setting.required and values[key] is None]
        for key in lacking:
            if key not in found:
                self._fault(node, paths[key], f"is missing: {section.settings[key].help}")
        for key, problem in section.faults({**values, **given}):
            self._fault(found.get(key, node), paths[key], problem)
        return None if lacking else section.make(values)

    def _known(self, node: MappingNode, section: Section, path: str, paths: Mapping[str, str]) -> dict[str, Node]:
        """What is set, by key; a key that is unknown, or stands there a second time, is a fault."""
        found: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.pairs:
            name = key.text
            if name not in section.settings:
                hint = did_you_mean(name, {key: key for key in paths}) or f": there are {', '.join(paths)}"
                place = f"{path}.{quoted(name)[1:-1]}".removeprefix(".")
                self._fault(key, place, f"is not a setting here{hint}")
            elif name in lines:
                self._fault(key, paths[name], f"is set twice, first in line {lines[name]}: keep one of the two")
            else:
                lines[name] = key.line
                if not is_unset(value):
                    found[name] = value
                elif section.settings[name].required and isinstance(section.settings[name].shape, ListOf):
                    found[name] = ListNode((), value.line, value.column)  # `sources:` with none below it yet
        return found

    # ---------------------------------------------------------------------------------------------- lists

    def _list(self, node: Node, shape: ListOf, path: str) -> tuple[Any, ...] | None:
        if isinstance(node, ListNode):
            items = node.items
        elif isinstance(node, ScalarNode) and not isinstance(shape.item, Section):
            items = (node,)
        else:
            self._fault(node, path, f"expected a list, got {_kind(node)}: begin each item with '- '")
            return None
        if len(items) < shape.at_least:
            self._fault(node, path, f"needs {shape.at_least} or more items, has {len(items)}")
        values = [self._item(item, shape.item, f"{path}[{index}]") for index, item in enumerate(items)]
        for attribute, spelling in shape.unique.items():
            self._repeated(items, values, attribute, spelling, path)
        return tuple(value for value in values if value is not None)

    def _item(self, node: Node, shape: Shape, path: str) -> Result:
        if is_unset(node):
            self._fault(node, path, "is empty: text that begins with #, or is the word null, must be in quotes")
            return None
        return self.decode(node, shape, path)

    def _repeated(
        self, items: Sequence[Node], values: Sequence[Any], attribute: str, spelling: Callable[[str], str], path: str
    ) -> None:
        first: dict[str, int] = {}
        for index, (item, value) in enumerate(zip(items, values, strict=True)):
            if value is None:
                continue
            before = first.setdefault(spelling(getattr(value, attribute)), index)
            if before != index:
                place, suffix = _part(item, attribute)
                shown = place.text if isinstance(place, ScalarNode) else getattr(value, attribute)
                problem = f"is the same as in {path}[{before}], line {items[before].line}: each needs its own"
                self._fault(place, f"{path}[{index}]{suffix}", f"{quoted(shown)} {problem}")

    # ------------------------------------------------------------------------------------- single values

    def _single(self, node: Node, shape: Value | Choice, path: str) -> Result:
        if not isinstance(node, ScalarNode):
            hint = ": put text that holds ': ' in quotes" if isinstance(node, MappingNode) else ""
            self._fault(node, path, f"expected a single value, got {_kind(node)}{hint}")
            return None
        typed = node.text.strip()
        text = self._filled_in(node, typed, path)
        if text is None:
            return None
        problem = _unusable(text)
        if not problem:
            try:
                return shape.read(text) if isinstance(shape, Value) else _chosen(text, shape)
            except ValueError as error:
                problem, *detail = error.args
                problem += detail[0] if detail and text == typed else ""
        self._fault(node, path, f"{quoted(typed)} {problem}")
        return None

    def _filled_in(self, node: ScalarNode, text: str, path: str) -> str | None:
        """The text with each `${NAME}` replaced from the environment (`$${` is a plain `${`)."""
        if "${" not in text:
            return text
        problems: list[str] = []

        def value(found: re.Match[str]) -> str:
            if found[0] == "$${":
                return "${"
            if not found[1]:
                problems.append("'${' begins no ${NAME}: write $${ for a plain ${")
            elif found[1] not in self._environ:
                problems.append(f"the environment has no {found[1]}: set it, or write $${{ for a plain ${{")
            return self._environ.get(found[1] or "", "")

        filled = re.sub(_VARIABLE, value, text).strip()
        for problem in problems:
            self._fault(node, path, problem)
        return None if problems else filled


def _kind(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return "a single value"
    return "a list" if isinstance(node, ListNode) else "settings (key: value)"


def _unusable(text: str) -> str:
    """What no setting takes, whatever its shape; "" where there is nothing of it."""
    if not text:
        return "is empty: write something, or leave the setting out"
    if not text.isprintable() and re.search(_CONTROL, text):
        return "holds a control character: remove it"
    return ""


def _chosen(text: str, choice: Choice) -> str:
    words = choice.words()
    if text.lower() not in words:
        known = {**choice.also, **{word: word for word in words}}
        raise ValueError(f"is not one of {', '.join(words)}{did_you_mean(text, known)}")
    return text.lower()


def _part(item: Node, key: str) -> tuple[Node, str]:
    """Where a key's value stands in an item, and what that adds to the path; without such a key, the item itself."""
    if isinstance(item, MappingNode):
        for name, value in item.pairs:
            if name.text == key:
                return value, f".{key}"
    return item, ""


def _default(shape: Shape, written: str | tuple[str, ...] | Derived | None, found: Mapping[str, Node]) -> Result:
    """The value of a default as the table writes it."""
    if written is None:
        return None
    if isinstance(written, Derived):
        node = found.get(written.setting)
        return written.derive(node.text.strip()) if isinstance(node, ScalarNode) else None
    if isinstance(shape, ListOf):
        return tuple(_default(shape.item, item, found) for item in written)
    if isinstance(shape, Section):
        return Decoder({}).decode(_NO_SECTION, shape)
    return shape.read(str(written)) if written and isinstance(shape, Value) else written
