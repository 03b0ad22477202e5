"""Replies and ratings as CSV: read row by row with the line each begins on, and written so that a spreadsheet is safe.

Where a row cannot be read it is said with its line, and reading goes on behind it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from scoring.scorecard import SKILLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_CELL = 131_072
"""Characters; a longer cell is nearly always a quotation mark that is never closed."""
NEEDED = ("patient", "reply")
"""The columns without which nothing can be rated."""
_SEPARATORS = ",;\t"
_COLUMNS = (
    "id", "main", *(f"{skill}_{part}" for skill in SKILLS for part in ("level", "certainty", "because", "evidence")),
    "moves",
)  # fmt: skip


class NoColumns(ValueError):
    """The file is no table of replies, with a sentence to show."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in place of a row that cannot be read."""

    problem: str


class _Lines:
    """The lines of a file, counted, with what has been met since the row began."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = 0
        self.begun_at = 1
        self._quotes = 0

    def begin(self) -> None:
        """Note that a row begins with the next line."""
        self.begun_at, self._quotes = self.number + 1, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self._quotes += line.count('"')
        return line.removeprefix("\ufeff") if self.number == 1 else line

    @property
    def inside_quotes(self) -> bool:
        """True if a quotation mark has been opened since the row began and not closed."""
        return self._quotes % 2 == 1

    def to_the_closing_quote(self) -> None:
        """Pass over what still belongs to the row, keeping none of it."""
        while self.inside_quotes and next(self, None) is not None:
            pass


def read_csv(lines: Iterable[str]) -> Iterator[tuple[int, dict[str, str] | Unreadable]]:
    """Yield the rows of a CSV file as records by column, each with the number of the line on which it begins.

    Args:
        lines: The file's lines with their line ends as they stand (opened with ``newline=""``). The first one names
            the columns; commas, semicolons or tabs stand between cells, as that line shows.

    Raises:
        NoColumns: The first line does not name the columns that are needed.
    """
    csv.field_size_limit(LONGEST_CELL)  # what Python has anyway, unless another library changed it
    counted = _Lines(lines)
    first = next(counted, "")
    between = next((one for one in _SEPARATORS if set(NEEDED) <= set(_names(first, one))), None)
    if between is None:
        raise NoColumns("The first line must name the columns, for example: id,patient,reply. Nothing was rated.")
    columns = _names(first, between)
    rows = csv.reader(counted, delimiter=between)
    while True:
        counted.begin()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            begun = counted.begun_at
            counted.to_the_closing_quote()
            whole = f"this row goes on to line {counted.number} and" if counted.number > begun else "this row"
            yield (
                begun,
                Unreadable(
                    f"{whole} has a cell of more than {LONGEST_CELL:,} characters, or cannot be read as CSV; "
                    "perhaps a quotation mark is missing"
                ),
            )
            continue
        if any(cell.strip() for cell in cells):
            yield counted.begun_at, _record(columns, cells, counted)


def _names(line: str, between: str) -> list[str]:
    try:
        return [name.strip().casefold() for name in next(csv.reader([line], delimiter=between), [])]
    except csv.Error:
        return []


def _record(columns: list[str], cells: list[str], lines: _Lines) -> dict[str, str] | Unreadable:
    if lines.inside_quotes and lines.number > lines.begun_at:
        return Unreadable("a quotation mark is opened in this row and never closed")
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Unreadable(
            "this row has more cells than the first line names; put a text that holds commas in quotation marks"
        )
    return dict(zip(columns, cells, strict=False))


def csv_header() -> str:
    """Return the first line of CSV output."""
    return ",".join(_COLUMNS)


def as_csv(row: dict[str, Any]) -> str:
    """Return one rating as a line of CSV."""
    cells: list[object] = [_safe_cell(row["id"]), row["main"]]
    for skill in SKILLS:
        rating = row[skill]
        cells += [rating["level"], rating["certainty"], rating["because"], _safe_cell(" | ".join(rating["evidence"]))]
    cells.append(" ".join(move["move"] for move in row["moves"]))
    out = StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _safe_cell(value: object) -> object:
    """Return a cell that a spreadsheet will not run as a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
