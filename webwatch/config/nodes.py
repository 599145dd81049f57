"""YAML text → a tree of nodes that know where they stand. Nothing else in webwatch imports `yaml`.

The tree is built from the parser's events, not by PyYAML's composer: that one recurses in C (deep nesting crashes the
interpreter) and lets YAML guess types (`no`, `12:30`, `010`). Here a scalar is the text that the owner typed.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yaml import AliasEvent, Event, MappingStartEvent, MarkedYAMLError, ScalarEvent, SequenceStartEvent

MAX_BYTES = 5_000_000
MAX_DEPTH = 30
MAX_NODES = 100_000

_UNSET = frozenset(("", "~", "null", "Null", "NULL"))
_UNPRINTABLE = "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_PLAIN_TAGS = (None, "!", "tag:yaml.org,2002:str")

# What PyYAML says (libyaml's words and its own), and what an owner can do about it.
_MISFIT = "this does not fit the lines above it: check the indentation, and put text that holds quotes in quotes whole"
_REMEDIES = {
    "mapping values are not allowed": "a second ': ' in one line, or a wrong indentation: put text with ': ' in quotes",
    "unexpected end of stream": "a quote is opened here and never closed",
    "or ']'": "a '[' is not closed, or a comma is missing between two items",
    "or '}'": "a '{' is not closed, or a comma is missing between two settings",
    "expected ':'": "this line has no ':' (write `key: value`)",
    "tab": "a tab stands here: indent with spaces",
    "escape": "a backslash in double quotes begins a code: write it twice, or use single quotes",
    "'-' indicator": "this line does not fit the list above it: check the indentation and the '- '",
    "expected key": _MISFIT,
    "<block end>": _MISFIT,
}


class ScalarNode(NamedTuple):
    """One value as text; `plain` where no quotes stand round it. Lines and columns count from 1."""

    text: str
    line: int
    column: int
    plain: bool = True


class ListNode(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


class MappingNode(NamedTuple):
    """Keys and values in the order of the file; a key may stand there twice."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    line: int
    column: int


Node = ScalarNode | ListNode | MappingNode


def is_unset(node: Node) -> bool:
    """Whether nothing stands there, or YAML's words for nothing."""
    return isinstance(node, ScalarNode) and node.plain and node.text in _UNSET


class YamlError(ValueError):
    """The text is not one YAML document of bearable size; says where and what to do."""

    def __init__(self, problem: str, line: int = 1, column: int = 1) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.column = column


def parse(data: bytes) -> Node | None:
    """The tree of a YAML file, None where it is empty; raises `YamlError`. Aliases and merge keys are resolved."""
    import yaml

    text = _decoded(data)
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _tree(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        raise _translated(error, text) from None


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise YamlError(f"the file is larger than {MAX_BYTES // 1_000_000} MB")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode()
        problem = f"byte 0x{data[error.start]:02X} is not UTF-8: save the file as UTF-8"
        raise YamlError(problem, *_position(good)) from None
    if bad := re.search(_UNPRINTABLE, text):
        problem = f"the control character U+{ord(bad[0]):04X} stands here: remove it"
        raise YamlError(problem, *_position(text[: bad.start()]))
    return text


def _position(before: str) -> tuple[int, int]:
    """Line and column of what follows this text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _translated(error: MarkedYAMLError, text: str) -> YamlError:
    """A YAML library's complaint in words that an owner can act on."""
    problem = error.problem or "this is not YAML"
    mark = error.problem_mark or error.context_mark
    if "end of stream" in problem:
        mark = error.context_mark or mark
    told = next((remedy for words, remedy in _REMEDIES.items() if words in problem), problem)
    if mark is None:
        return YamlError(told)
    sign = text[mark.index : mark.index + 1]
    if "cannot start any token" in problem:
        told = _REMEDIES["tab"] if sign == "\t" else f"text that begins with {sign} must be in quotes"
    return YamlError(told, mark.line + 1, mark.column + 1)


class _Open(NamedTuple):
    """A list or mapping whose end has not come yet; keys and values of a mapping alternate in `children`."""

    is_mapping: bool
    children: list[Node]
    line: int
    column: int
    anchor: str | None
    nodes_before: int


class _Tree:
    """The nodes so far: what is open, what has a name, and how many there are with every alias written out."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.unused: dict[str, tuple[int, int]] = {}
        self.nodes = 0

    def scalar(self, event: ScalarEvent) -> None:
        line, column = _start(event)
        _refuse_tag(event)
        plain = not event.style and event.tag is None
        self._add(ScalarNode(event.value, line, column, plain), event.anchor, 1)

    def begin(self, event: MappingStartEvent | SequenceStartEvent, *, is_mapping: bool) -> None:
        line, column = _start(event)
        _refuse_tag(event)
        if len(self.open) >= MAX_DEPTH:
            raise YamlError(f"lists and settings are nested more than {MAX_DEPTH} deep", line, column)
        self.open.append(_Open(is_mapping, [], line, column, event.anchor, self.nodes))

    def end(self) -> None:
        done = self.open.pop()
        node: Node
        if done.is_mapping:
            node = MappingNode(_pairs(done.children), done.line, done.column)
        else:
            node = ListNode(tuple(done.children), done.line, done.column)
        size = self.nodes - done.nodes_before + 1
        self.nodes = done.nodes_before
        self._add(node, done.anchor, size)

    def alias(self, event: AliasEvent) -> None:
        line, column = _start(event)
        name = event.anchor
        if any(name == outer.anchor for outer in self.open):
            raise YamlError(f"*{name} stands inside what it refers to", line, column)
        if name not in self.anchors:
            raise YamlError(f"*{name} refers to nothing: text that begins with * must be in quotes", line, column)
        node, size = self.anchors[name]
        self.unused.pop(name, None)
        self._add(node, None, size)

    def _add(self, node: Node, anchor: str | None, size: int) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise YamlError(f"the file holds more than {MAX_NODES:,} values", node.line, node.column)
        if anchor:
            self.anchors[anchor] = (node, size)
            self.unused[anchor] = (node.line, node.column)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node


def _tree(events: Iterable[Any]) -> Node | None:
    import yaml

    tree = _Tree()
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            tree.scalar(event)
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            tree.end()
        elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            tree.begin(event, is_mapping=kind is yaml.MappingStartEvent)
        elif kind is yaml.AliasEvent:
            tree.alias(event)
        elif kind is yaml.DocumentStartEvent and tree.root is not None:
            raise YamlError("a second document begins here (---): one file holds one configuration", *_start(event))
    for name, (line, column) in tree.unused.items():
        raise YamlError(f"&{name} is referred to nowhere: text that begins with & must be in quotes", line, column)
    return tree.root


def _start(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _refuse_tag(event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
    if event.tag not in _PLAIN_TAGS:
        problem = "a YAML tag stands here: text that begins with ! must be in quotes"
        raise YamlError(problem, *_start(event))


def _pairs(children: list[Node]) -> tuple[tuple[ScalarNode, Node], ...]:
    """Keys with their values; what a merge key (`<<`) brings in comes last, and never overrides."""
    pairs: list[tuple[ScalarNode, Node]] = []
    merged: list[Node] = []
    for key, value in zip(children[::2], children[1::2], strict=True):
        if not isinstance(key, ScalarNode):
            problem = "a key must be a single word: text that begins with [ or { must be in quotes"
            raise YamlError(problem, key.line, key.column)
        if key.plain and key.text == "<<":
            merged += value.items if isinstance(value, ListNode) else (value,)
        else:
            pairs.append((key, value))
    return tuple(pairs + _inherited(pairs, merged)) if merged else tuple(pairs)


def _inherited(pairs: list[tuple[ScalarNode, Node]], merged: list[Node]) -> list[tuple[ScalarNode, Node]]:
    taken = {key.text for key, _ in pairs}
    inherited = []
    for node in merged:
        if not isinstance(node, MappingNode):
            raise YamlError("<< takes settings in from elsewhere (<<: *name): this is none", node.line, node.column)
        for key, value in node.pairs:
            if key.text not in taken:
                taken.add(key.text)
                inherited.append((key, value))
    return inherited
