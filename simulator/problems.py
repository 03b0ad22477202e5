"""Problems an author can meet: one list, drawn as text, as JSON or as a CI annotation.

The wording of each problem stands in ``problems.yaml`` (the catalogue), which also makes the manual's pages and
its tests. This module fills it in and puts the author's own line with a caret under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from simulator.content import read_content

if TYPE_CHECKING:
    from collections.abc import Iterable

CATALOGUE = Path(__file__).with_name("problems.yaml")
Severity = Literal["error", "warning"]
MAX_SOURCE = 160
"""Characters of the author's line that are shown; longer lines are cut around the place."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One slip, one problem: where, the line as typed, what is there, and the way out."""

    code: str
    """Name of the problem in the catalogue."""
    severity: Severity
    file: str
    line: int
    """1 for the first line; 0 where the problem is about the whole file."""
    column: int
    source: str
    """The line as typed, without its end."""
    message: str
    way_out: str

    def as_text(self) -> str:
        """Return the problem as the command line prints it."""
        place = self.file if not self.line else f"{self.file}, line {self.line}, column {self.column}"
        rows = [place]
        if self.source.strip():
            shown, at = cut_around(self.source, self.column - 1)
            number = str(self.line)
            rows += [f"{number:>4} | {shown}", " " * 7 + " " * at + "^"]
        return "\n".join([*rows, f"{self.message} {self.way_out}".strip()])

    def as_github(self) -> str:
        """Return the problem as a workflow command that marks the line in a pull request."""
        words = f"{self.message} {self.way_out}".strip()
        for old, new in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            words = words.replace(old, new)
        file = self.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        place = f"file={file},line={max(self.line, 1)},col={max(self.column, 1)}"
        return f"::{self.severity} {place},title={self.code}::{words}"

    def as_json(self) -> dict[str, Any]:
        """Return the problem as plain data."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "source": self.source,
            "message": self.message,
            "way_out": self.way_out,
        }


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Return the catalogue of problems by code."""
    loaded: dict[str, dict[str, Any]] = read_content(CATALOGUE)
    return loaded


def problem(code: str, file: str, line: int = 0, column: int = 0, source: str = "", /, **values: object) -> Problem:
    """Make a problem out of the catalogue.

    Args:
        code: Name in the catalogue; an unknown one is a programming error and raises KeyError.
        file: The file as the author knows it.
        line: 1 for the first line, 0 for the whole file.
        column: 1 for the first character.
        source: The author's line.
        values: What the wording's placeholders stand for. ``way_out`` overrides the catalogue's.
    """
    entry = catalogue()[code]
    shown = {name: tidy(str(value)) for name, value in values.items()}
    return Problem(
        code=code,
        severity=entry.get("severity", "error"),
        file=printable(file),
        line=line,
        column=column,
        source=printable(source),
        message=str(entry["says"]).format_map(shown).strip(),
        way_out=(shown["way_out"] if "way_out" in shown else str(entry["way_out"]).format_map(shown)).strip(),
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return True if any of the problems is an error rather than a warning."""
    return any(one.severity == "error" for one in problems)


def tidy(text: str, most: int = 400) -> str:
    """Return text safe to print on one line: no control characters, not endless."""
    text = printable(" ".join(text.split()))
    return text if len(text) <= most else text[: most - 1] + "…"


def printable(text: str) -> str:
    """Return text with every character that a terminal would act on or hide shown as a box."""
    return "".join(c if c.isprintable() else (" " if c == "\t" else "\N{WHITE SQUARE}") for c in text)


def cut_around(source: str, at: int) -> tuple[str, int]:
    """Return the part of a long line around a place, and the place's offset in that part."""
    at = max(0, min(at, len(source)))
    if len(source) <= MAX_SOURCE:
        return source, at
    start = max(0, min(at - MAX_SOURCE // 2, len(source) - MAX_SOURCE))
    lead = "…" if start else ""
    return lead + source[start : start + MAX_SOURCE] + "…", at - start + len(lead)
