"""What a YAML parser stumbles over, told as the slip that an author made.

The parser says where it gave up, which is often a line or two after the slip, and in words for programmers. Here each
such place becomes one problem of the catalogue; and where one line can be set aside, reading goes on to find the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

    from simulator.problems import Problem
    from simulator.reading import Document

FIELD = re.compile(
    r"^(?P<lead> *+(?:- ++)*+)(?P<key>[\w-]+|\"[^\"]*\"|'[^']*')(?P<colon> *:)(?P<gap> +|$)(?P<value>.*)$"
)
"""A line that gives a field: what stands before it, its name, and its text."""
NO_SPACE = re.compile(r"^ *+(?:- ++)*+(?P<key>[A-Za-z_][\w-]*):(?P<value>[^\s:/].*)$")
CURLY = "“”„«»‘’‚"
BULLETS = "•–—·▪●◦‣*"
"""What word processors make of a dash in front of a list item, and what people type for one."""
_NOT_TEXT = (
    (b"{\\rtf", "a rich-text file"),
    (b"PK\x03\x04", "a Word or other office file"),
    (b"\xd0\xcf\x11\xe0", "a Word or other office file"),
    (b"%PDF", "a PDF file"),
)
MAX_MENDED = 12
"""Lines set aside in one file; after that the author has enough to do."""
STAND_IN = '"…"'


@dataclass(frozen=True, slots=True)
class Slip:
    """A problem of the catalogue and where it stands."""

    code: str
    line: int
    column: int
    character: str = ""
    key: str = ""


def not_text(raw: bytes) -> str | None:
    """Return what kind of file this is where it is one of a word processor's; None for all others."""
    return next((what for start, what in _NOT_TEXT if raw.startswith(start)), None)


def syntax_problem(document: Document, error: yaml.YAMLError, last: Any = None) -> Problem:
    """Return one problem in the author's words for what the parser stumbled over.

    Args:
        document: The file.
        error: What the parser said.
        last: The parser's last text before it, if any; a quote may have swallowed other fields.
    """
    slip = swallowing_quote(document, last) or find_slip(document, error)
    return document.at(slip.code, slip.line, slip.column, character=slip.character, key=slip.key, most=20)


def find_slip(document: Document, error: yaml.YAMLError) -> Slip:
    """Return the slip behind a parser's error."""
    slip = first_guess(document, error)
    bullet = text_of(document, slip.line).lstrip()
    if bullet[:1] in BULLETS and bullet[1:2] == " ":
        return Slip("odd-dash", slip.line, indent_of(document, slip.line), character=bullet[0])
    return slip


def first_guess(document: Document, error: yaml.YAMLError) -> Slip:
    """Return the slip that the parser's own words point to."""
    said = str(getattr(error, "problem", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None)
    start = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    first, first_column = (start.line + 1, start.column + 1) if start else (line, column)
    source = text_of(document, line)
    if "nesting" in said or "flow level" in context:
        return Slip("too-deep", line, column)
    if "escape" in said or "escape" in context:
        return Slip("backslash", line, column)
    if "quoted scalar" in context:
        return Slip("open-quote", first, first_column)
    if "tab character" in said:
        return Slip("tab", line, column)
    if "block scalar" in context:
        return Slip("text-after-bar", line, column, character=text_of(document, first)[first_column - 1 : first_column])
    if any(word in context for word in ("alias", "anchor", "directive", "a tag")):
        return odd_start(document, first, first_column)
    if "cannot start any token" in said or "unexpected ':'" in said or "node content" in said:
        return odd_start(document, line, column)
    if "flow" in context:
        return Slip("open-bracket", first, first_column)
    if "sequence entries are not allowed" in said or "mapping keys are not allowed" in said:
        return odd_start(document, line, column)
    if "mapping values are not allowed" in said:
        return stray_colon(document, line, column)
    if "could not find expected ':'" in said:
        glued = NO_SPACE.match(text_of(document, first))
        if glued:
            return Slip("no-space", first, glued.end("key") + 1, key=glued["key"])
        return Slip("no-colon", first, indent_of(document, first))
    if re.search(r"['\"]\s*$", source[: column - 1]) and FIELD.match(source):
        return Slip("text-after-quote", line, column)
    if source[column - 1 : column + 1] in {"- ", "-"} and plain_text_before(document, line):
        return Slip("list-after-text", line, column)
    found, (above, number) = FIELD.match(source), line_above(document, line)
    if found and found["value"][:1] in {"[", "{"} and found.end("gap") < column - 1:
        # Brackets that were closed, and more text behind them: they were meant as part of it.
        return Slip("odd-start", line, found.start("value") + 1, character=found["value"][0])
    if found and above and not FIELD.match(above) and indent(above) == indent(source) and above.lstrip()[0] != "-":
        return Slip("no-colon", number, indent_of(document, number))
    return Slip("indentation", line, indent_of(document, line))


def swallowing_quote(document: Document, last: Any) -> Slip | None:
    """Return the slip of a quote that was not closed, and was then closed by another field's opening one."""
    if last is None or last.style not in {'"', "'"}:
        return None
    start, end = last.start_mark.line + 1, last.end_mark.line + 1
    swallowed = any(FIELD.match(text_of(document, number)) for number in range(start + 1, end + 1))
    return Slip("open-quote", start, last.start_mark.column + 1) if swallowed else None


def odd_start(document: Document, line: int, column: int) -> Slip:
    """Return the slip of a text that begins with a sign of YAML's own."""
    source = text_of(document, line)
    return Slip("odd-start", line, column, character=source[column - 1 : column] or "%")


def stray_colon(document: Document, line: int, column: int) -> Slip:
    """Return the slip behind a colon that the parser did not expect there."""
    source = text_of(document, line)
    above, number = line_above(document, line)
    found = FIELD.match(source)
    if found and found.end("key") + len(found["colon"]) == column + len(found["colon"]) - 1:
        # The colon belongs to the line's own field, so it is the lines above that are not what they seem.
        glued = NO_SPACE.match(above)
        if glued and indent(above) <= indent(source):
            return Slip("no-space", number, glued.end("key") + 1, key=glued["key"])
        if indent(above) < indent(source) and FIELD.match(above):
            before = line_above(document, number)[0]
            if indent(before) == indent(source) and FIELD.match(before):
                return Slip("too-far-left", number, indent_of(document, number))
            return Slip("indented-too-far", line, indent_of(document, line))
        if above and not FIELD.match(above):
            return Slip("no-colon", number, indent_of(document, number))
    if found and found["value"][:1] in set(CURLY):
        return Slip("curly-quotes", line, found.start("value") + 1)
    return Slip("colon-in-text", line, column)


def plain_text_before(document: Document, line: int) -> bool:
    """Return True if the line above is a field that already has its text."""
    found = FIELD.match(line_above(document, line)[0])
    return bool(found and found["value"].strip() and not found["value"].lstrip().startswith("#"))


def line_above(document: Document, line: int) -> tuple[str, int]:
    """Return the nearest line above that says something, and its number; ("", 0) where there is none."""
    for number in range(line - 1, 0, -1):
        source = text_of(document, number)
        if source.strip() and not source.lstrip().startswith("#"):
            return source, number
    return "", 0


def text_of(document: Document, line: int) -> str:
    """Return a line of the file; empty past its ends."""
    return document.lines[line - 1] if 0 < line <= len(document.lines) else ""


def indent(source: str) -> int:
    """Return how many spaces a line begins with."""
    return len(source) - len(source.lstrip(" "))


def indent_of(document: Document, line: int) -> int:
    """Return the column of the first character of a line that is not a space."""
    return indent(text_of(document, line)) + 1


MENDABLE = frozenset({"colon-in-text", "curly-quotes", "odd-start", "text-after-quote", "text-after-bar", "backslash"})
"""Slips that stay on their line, so that the rest of the file can be read with its text set aside."""


def set_aside(lines: list[str], one: Problem) -> bool:
    """Put a stand-in for the text of a problem's line, so that the rest can be read; False where that cannot be."""
    if one.code not in MENDABLE or not 0 < one.line <= len(lines):
        return False
    found = FIELD.match(lines[one.line - 1])
    if not found or STAND_IN in found["value"]:
        return False
    lines[one.line - 1] = lines[one.line - 1][: found.start("value")] + STAND_IN
    if one.code == "text-after-bar":
        lines[one.line - 1] = lines[one.line - 1][: found.start("value")] + "|"
    return True
