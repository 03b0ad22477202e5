"""Strict reading of a hand-written YAML file: text in, plain data and places out, problems in the author's words.

YAML is read as authors think it works: all text is text (``no``, ``12:30`` and ``1.0`` stay as typed), a key stands
once, and there are no anchors, tags or second documents. Limits come before parsing and the tree is built from the
parser's events without recursion, so that no file can take more than a moment or overflow anything.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from simulator.mistakes import MAX_MENDED, not_text, set_aside, syntax_problem
from simulator.problems import has_errors, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from simulator.problems import Problem

MAX_BYTES = 384 * 1024
"""Half as much again as the longest patients of the library need, so that a copy of one can grow."""
MAX_DEPTH = 20
MAX_NODES = 20_000
LoaderClass: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NODES = frozenset([yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent, yaml.AliasEvent])
_ENDS = frozenset([yaml.SequenceEndEvent, yaml.MappingEndEvent])
LATE_DASH = re.compile(r"^ *+-(?= |$)")
HASH_IN_TEXT = re.compile(r"\s*+#[^\s#]")
Path_ = tuple[str | int, ...]
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")
ODD_SPACE = re.compile("^ *+(?:(?:- ++)?+[A-Za-z_]++: *+)?+[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""A space from a word processor where only a plain one counts: before a field, or right after its colon."""
TAB_INDENT = re.compile(r"^ *+\t\s*+\S")


@dataclass(slots=True)
class Document:
    """A file as read: its data and where each part of it stands."""

    name: str
    """The file as the author knows it."""
    lines: list[str]
    data: Any = None
    """Dictionaries, lists and text; None where nothing could be read."""
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each value, by its path."""
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each key, by the path of its value."""
    problems: list[Problem] = field(default_factory=list)
    set_aside: frozenset[int] = frozenset()
    """Lines whose text could not be read; nothing more is said about them."""
    ruined: bool = False
    """True where reading had to stop, so that ``data`` says nothing about the rest of the file."""

    def at(self, code: str, line: int, column: int, /, **values: object) -> Problem:
        """Return a problem at a place of this file, with the author's line."""
        source = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return problem(code, self.name, line, column, source, **values)

    def place(self, path: Path_, key: bool = False) -> tuple[int, int]:
        """Return line and column of a value or, with ``key``, of its key; the nearest parent's where it has none."""
        while path:
            if key and path in self.keys:
                return self.keys[path]
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.places.get((), (1, 1))

    def owner_place(self, path: Path_) -> tuple[int, int]:
        """Return where to point when something is missing from an owner: its key or first line, or the file's end."""
        if path:
            return self.place(path, key=True)
        last = max((number for number, line in enumerate(self.lines, 1) if line.strip()), default=1)
        return last, len(self.lines[last - 1].rstrip()) + 1 if self.lines else 1


def read_file(path: Path, name: str | None = None) -> Document:
    """Read a hand-written YAML file; never raises for what is in it or for a file that cannot be opened."""
    name = name or str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        document = Document(name, [])
        document.problems.append(problem("cannot-open", name, why=error.strerror or "it cannot be read"))
        return document
    return read_bytes(raw, name)


def read_bytes(raw: bytes, name: str) -> Document:
    """Read the bytes of a hand-written YAML file."""
    document = Document(name, [])
    if len(raw) > MAX_BYTES:
        document.problems.append(problem("too-big", name, most=MAX_BYTES // 1024))
        return document
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.problems.append(problem("wrong-encoding", name, 1, 1, what="UTF-16"))
        return document
    if what := not_text(raw):
        document.problems.append(problem("not-plain-text", name, 1, 1, what=what))
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line = before.count("\n") + 1
        source = raw.split(b"\n")[line - 1].decode("utf-8", "replace")
        column = len(before.rsplit("\n", 1)[-1]) + 1
        document.problems.append(
            problem("wrong-encoding", name, line, column, source, what="another encoding than UTF-8")
        )
        return document
    return read_text(text, name)


def read_text(text: str, name: str) -> Document:
    """Read the text of a hand-written YAML file."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    document = Document(name, text.split("\n"))
    if len(text) > MAX_BYTES:
        document.problems.append(problem("too-big", name, most=MAX_BYTES // 1024))
        return document
    document.problems.extend(odd_characters(document))
    if has_errors(document.problems):
        return document
    build_around_slips(document)
    document.ruined = document.data is None and has_errors(document.problems)
    return document


def build_around_slips(document: Document) -> None:
    """Build the document; where one line cannot be read, note it, set its text aside and read the rest."""
    lines = unicodedata.normalize("NFC", "\n".join(document.lines)).split("\n")
    slips: list[Problem] = []
    while True:
        document.data, document.problems = None, []
        document.places.clear()
        document.keys.clear()
        builder = _Builder(document)
        try:
            builder.build("\n".join(lines))
        except yaml.YAMLError as error:
            slip = syntax_problem(document, error, builder.last)
            document.data = None
            if slips and slip.line <= slips[-1].line:
                break  # It follows from the line that was set aside.
            slips.append(slip)
            if len(slips) < MAX_MENDED and set_aside(lines, slip):
                continue
        break
    document.set_aside = frozenset(slip.line for slip in slips)
    document.problems = [one for one in document.problems if one.line not in document.set_aside] + slips


def odd_characters(document: Document) -> Iterator[Problem]:
    """Yield a problem for each line with characters that cannot be seen, or a tab where spaces must stand."""
    for number, line in enumerate(document.lines, 1):
        if line.isprintable():
            continue  # as nearly all are: nothing of what follows is printable
        if found := CONTROL.search(line):
            yield document.at("control-character", number, found.start() + 1, which=f"U+{ord(found.group()):04X}")
        elif found := INVISIBLE.search(line):
            # Zero-width joiners are part of many emoji and of several scripts; between letters of those they stay.
            joins = found.group() in "\u200c\u200d" and found.start() > 0 and ord(line[found.start() - 1]) > 0x2FF
            if not joins:
                yield document.at("hidden-character", number, found.start() + 1, which=f"U+{ord(found.group()):04X}")
        elif TAB_INDENT.match(line):
            yield document.at("tab", number, line.index("\t") + 1)
        elif found := ODD_SPACE.match(line):
            yield document.at("odd-space", number, found.end(), which=f"U+{ord(line[found.end() - 1]):04X}")


class _Stop(Exception):
    """Reading cannot go on; the problem has been noted."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    value: dict[str, Any] | list[Any]
    path: Path_
    key: str | None = None
    waiting_for_key: bool = True
    seen: dict[str, int] = field(default_factory=dict)
    skipping: bool = False
    """The value that comes belongs to a key that already stood: read, but kept nowhere."""


class _Builder:
    """Builds plain data from the parser's events, one at a time, so that depth costs no stack."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0
        self.last: Any = None
        """The last text that was read."""

    def build(self, text: str) -> None:
        try:
            parser = LoaderClass(text)
            try:
                for event in iter(parser.get_event, None):
                    self.take(event)
            finally:
                parser.dispose()
        except _Stop:
            self.document.data = None

    def note(self, code: str, mark: Any, **values: object) -> None:
        self.document.problems.append(self.document.at(code, mark.line + 1, mark.column + 1, **values))

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind in _NODES:
            self.node(event)
            if kind is yaml.ScalarEvent:
                self.last = event
                self.scalar(event)
            else:
                self.open(event)
        elif kind in _ENDS:
            self.put(self.stack.pop().value)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.note("second-document", event.start_mark)
                raise _Stop

    def node(self, event: Any) -> None:
        """Stop at what is not taken: names for parts, types of values, and too much of anything."""
        mark = event.start_mark
        alias = isinstance(event, yaml.AliasEvent)
        if alias or event.anchor:
            self.note("anchor", mark, sign="*" if alias else "&", name=event.anchor)
            raise _Stop
        if event.tag is not None:
            self.note("tag", mark, tag=event.tag)
            raise _Stop
        self.nodes += 1
        if self.nodes > MAX_NODES or len(self.stack) >= MAX_DEPTH:
            self.note("too-deep" if len(self.stack) >= MAX_DEPTH else "too-many-parts", mark, most=MAX_DEPTH)
            raise _Stop

    def open(self, event: Any) -> None:
        top = self.stack[-1] if self.stack else None
        mark = event.start_mark
        if top and top.waiting_for_key and isinstance(top.value, dict):
            self.note("key-not-text", mark)
            raise _Stop
        opened = _Open({} if type(event) is yaml.MappingStartEvent else [], self.next_path())
        self.document.places.setdefault(opened.path, (mark.line + 1, mark.column + 1))
        self.stack.append(opened)

    def scalar(self, event: Any) -> None:
        top = self.stack[-1] if self.stack else None
        mark, value = event.start_mark, event.value
        if not value.isprintable() and CONTROL.search(value):
            # An escape such as "\0" in double quotes: no database and no page can hold it.
            self.note("control-character", mark, which="written as an escape")
            raise _Stop
        place = (mark.line + 1, mark.column + 1)
        if top and top.waiting_for_key and isinstance(top.value, dict):
            top.skipping = value in top.seen
            if top.skipping:
                self.note("twice", mark, key=value, first=top.seen[value])
            else:
                top.seen[value] = place[0]
                self.document.keys[(*top.path, value)] = place
            top.key, top.waiting_for_key = value, False
            return
        plain = not event.style
        if plain:
            self.look_closer(event)
        self.document.places.setdefault(self.next_path(), place)
        self.put(None if plain and value in ("", "~", "null") else value)

    def look_closer(self, event: Any) -> None:
        """Note what YAML would take in silence from text without quotes: a list read as text, a lost ending."""
        start, end = event.start_mark, event.end_mark
        lines = self.document.lines
        for number in range(start.line + 1, end.line + 1):
            if number < len(lines) and (found := LATE_DASH.match(lines[number])):
                self.document.problems.append(self.document.at("dash-in-text", number + 1, found.end()))
                return
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        if event.value and HASH_IN_TEXT.match(rest):
            column = end.column + rest.index("#") + 1
            self.document.problems.append(self.document.at("hash-in-text", end.line + 1, column))
        elif len(event.value) > 2 and event.value[0] in "“„«" and event.value[-1] in "”“»":
            self.document.problems.append(self.document.at("curly-quotes-shown", start.line + 1, start.column + 1))

    def next_path(self) -> Path_:
        if not self.stack:
            return ()
        top = self.stack[-1]
        return (*top.path, (top.key or "") if isinstance(top.value, dict) else len(top.value))

    def put(self, value: Any) -> None:
        if not self.stack:
            self.document.data = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
            return
        if not top.skipping:
            top.value[top.key or ""] = value
        top.key, top.waiting_for_key, top.skipping = None, True, False
