"""YAML as text with line numbers: every value stays what stands in the file, and every fault knows its line.

Values are not guessed (`17:30` is not 1050, `no` is not false): who reads a field knows what it should be. Built from
the parser's events, so that neither deep nesting nor aliases can make a small file large.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.core.pack import Fault

LARGEST = 2_000_000  # bytes; a pack of a whole municipality stays under a tenth of it
DEEPEST = 12
EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times faster, where it is there


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it is written; `empty` where nothing (or null) stands."""

    line: int
    text: str
    empty: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of values."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """Keys and values. `lines` gives the line of each key."""

    line: int
    values: Mapping[str, Node]
    lines: Mapping[str, int]


Node = Scalar | Listed | Mapped


class Unreadable(Exception):
    """The file cannot be read on: holds the fault that says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(slots=True)
class _Source:
    """A file being parsed: its name in faults, its events, and what was found wrong on the way."""

    file: str
    events: Iterator[yaml.Event]
    faults: list[Fault] = field(default_factory=list)


def read_marked(path: Path, file: str) -> tuple[Node, list[Fault]]:
    """The whole file as nodes, with the faults that leave it readable (duplicate keys, a byte order mark).

    Raises Unreadable where there is nothing to read: missing, too large, not UTF-8, not YAML, empty.
    """
    text, faults = _text(path, file)
    source = _Source(file, yaml.parse(text, Loader=PARSER), faults)
    try:
        node = _document(source)
    except yaml.YAMLError as error:
        raise Unreadable(_broken(error, file, text)) from error
    return node, source.faults


def _text(path: Path, file: str) -> tuple[str, list[Fault]]:
    if not path.is_file():
        raise Unreadable(Fault(file, 1, "file", "is missing.", f"Make the file {file} in the pack's folder."))
    try:
        with path.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except OSError as error:
        problem = f"cannot be read ({error.strerror})."
        raise Unreadable(Fault(file, 1, "file", problem, "Give this program the right to read it.")) from error
    if len(raw) > LARGEST:
        problem = "is larger than 2 MB."
        raise Unreadable(Fault(file, 1, "file", problem, "Split it into several files in activities/."))
    faults = []
    if raw.startswith(codecs.BOM_UTF8):
        mend = "Save the file as UTF-8 without byte order mark (BOM)."
        faults.append(Fault(file, 1, "file", "begins with an invisible byte order mark.", mend))
        raw = raw[len(codecs.BOM_UTF8) :]
    try:
        return raw.decode("utf-8"), faults
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        mend = "Save the file as UTF-8 (in the editor: Save as, Encoding)."
        raise Unreadable(Fault(file, line, "file", "is not UTF-8 text.", mend)) from error


def _broken(error: yaml.YAMLError, file: str, text: str) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    told = getattr(error, "problem", None) or getattr(error, "reason", None) or "it does not parse"
    if "\t" in _indent(text, line):
        return Fault(file, line, "file", "has a tab where spaces belong.", "Replace tabs by spaces.")
    problem = f"is not YAML: {' '.join(str(told).split())}."
    mend = (
        'Look at this line and the one above: spaces in front, a colon and a space, "quotes" round a text with : or #.'
    )
    return Fault(file, line, "file", problem, mend)


def _indent(text: str, line: int) -> str:
    """What stands before the first word of a line (from 1)."""
    lines = text.split("\n")
    found = lines[line - 1] if line <= len(lines) else ""
    return found[: len(found) - len(found.lstrip())]


def _document(source: _Source) -> Node:
    next(source.events)  # the stream starts
    event = next(source.events)
    if isinstance(event, yaml.StreamEndEvent):
        raise Unreadable(Fault(source.file, 1, "file", "is empty.", "Write the entries, or take the example pack."))
    node = _node(source, next(source.events), 1)
    next(source.events)  # the document ends
    after = next(source.events)
    if not isinstance(after, yaml.StreamEndEvent):
        mend = "Remove the line `---` and what follows."
        raise Unreadable(Fault(source.file, _line(after), "file", "holds a second document.", mend))
    return node


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark is not None else 1


def _node(source: _Source, event: yaml.Event, depth: int) -> Node:
    _refuse(source, event, depth)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(_line(event), event.value, not event.style and event.value in EMPTY)
    if isinstance(event, yaml.SequenceStartEvent):
        return _listed(source, event, depth)
    return _mapped(source, event, depth)


def _refuse(source: _Source, event: yaml.Event, depth: int) -> None:
    """Aliases, anchors and tags are for programmers (and for attacks); nothing here nests deeply."""
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        mend = "Write the value out, or put it in quotes if it begins with & or *."
        raise Unreadable(Fault(source.file, _line(event), "file", "uses an alias or anchor (& or *).", mend))
    if getattr(event, "tag", None):
        mend = "Remove it, or put the value in quotes if it begins with !."
        raise Unreadable(Fault(source.file, _line(event), "file", "uses a tag (!).", mend))
    if depth > DEEPEST:
        mend = "Remove the needless brackets or indents."
        raise Unreadable(Fault(source.file, _line(event), "file", "nests too deeply.", mend))


def _listed(source: _Source, start: yaml.Event, depth: int) -> Listed:
    items = []
    while not isinstance(event := next(source.events), yaml.SequenceEndEvent):
        items.append(_node(source, event, depth + 1))
    return Listed(_line(start), tuple(items))


def _mapped(source: _Source, start: yaml.Event, depth: int) -> Mapped:
    values: dict[str, Node] = {}
    lines: dict[str, int] = {}
    while not isinstance(event := next(source.events), yaml.MappingEndEvent):
        key = _node(source, event, depth + 1)
        if not isinstance(key, Scalar):
            mend = "Write a simple word before the colon."
            raise Unreadable(Fault(source.file, key.line, "file", "has a list or group as a key.", mend))
        value = _node(source, next(source.events), depth + 1)
        if key.text in values:
            problem = f"stands twice (first in line {lines[key.text]})."
            source.faults.append(Fault(source.file, key.line, key.text, problem, "Keep one of them."))
            continue
        values[key.text], lines[key.text] = value, key.line
    return Mapped(_line(start), values, lines)
