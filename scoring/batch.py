"""Rating many replies: lines in, lines out, in order, in constant memory, on as many cores as given."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

from scoring.grading import grade
from scoring.language import languages
from scoring.reading import read
from scoring.scorecard import SKILLS, Reading, Scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 200
_COLUMNS = (
    "id", "main", *(f"{skill}_{part}" for skill in SKILLS for part in ("level", "certainty", "because", "evidence")),
    "moves",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rated:
    """The result for one line: a row to write, or what is wrong with the line."""

    number: int
    row: dict[str, Any] | None
    problem: str = ""


def as_row(identity: object, reading: Reading, card: Scorecard) -> dict[str, Any]:
    """Return the rating of one reply in the shape that is written out."""
    row: dict[str, Any] = {"id": identity}
    for skill in SKILLS:
        rating = card[skill]
        row[skill] = {
            "level": rating.level,
            "certainty": rating.certainty,
            "sure": rating.sure,
            "because": rating.because,
            "evidence": [move.quote for move in rating.evidence],
        }
        if rating.note:
            row[skill]["note"] = rating.note
    row["moves"] = [
        {"move": move.move, "quote": move.quote, "start": move.start, "end": move.end} for move in reading.moves
    ]
    row["main"] = reading.main
    return row


def rate_line(number: int, line: str) -> Rated:
    """Rate one JSON line {id, patient, reply, optional context, earlier}; a bad line comes back as a problem."""
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return Rated(number, None, "this line is not JSON")
    return rate_item(number, item)


def rate_item(number: int, item: object) -> Rated:
    """Rate one record; what is missing or of the wrong kind comes back as a problem."""
    if not isinstance(item, dict):
        return Rated(number, None, "this line is not an object with id, patient and reply")
    for field in ("patient", "reply"):
        if not isinstance(item.get(field), str):
            return Rated(number, None, f'"{field}" is missing or not text')
    earlier = item.get("earlier") or []
    if isinstance(earlier, str):
        earlier = [earlier]
    if not isinstance(earlier, list) or not all(isinstance(words, str) for words in earlier):
        return Rated(number, None, '"earlier" is not a list of texts')
    language = str(item.get("language") or "en")
    if language not in languages():
        return Rated(number, None, f'"language" is not one that can be read ({", ".join(languages())})')
    reading = read(item["reply"], item["patient"], earlier, str(item.get("context") or ""), language)
    return Rated(number, as_row(item.get("id", number), reading, grade(reading)))


def _rate_chunk(chunk: list[tuple[int, Any]]) -> list[Rated]:
    return [rate_line(n, item) if isinstance(item, str) else rate_item(n, item) for n, item in chunk]


def _chunks(lines: Iterable[tuple[int, Any]]) -> Iterator[list[tuple[int, Any]]]:
    source = iter(lines)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def rate_lines(lines: Iterable[str | dict[str, Any]], jobs: int = 1) -> Iterator[Rated]:
    """Yield the rating of each line, in order; blank lines are skipped and memory does not grow with their number."""
    numbered = (
        (number, line)
        for number, line in enumerate(lines, start=1)
        if not (isinstance(line, str) and not line.strip("\ufeff \t\r\n"))
    )
    if jobs <= 1:
        for chunk in _chunks(numbered):
            yield from _rate_chunk(chunk)
        return
    from collections import deque
    from concurrent.futures import Future, ProcessPoolExecutor

    with ProcessPoolExecutor(max_workers=jobs) as pool:
        # A short queue keeps the cores busy without reading the whole input ahead.
        waiting: deque[Future[list[Rated]]] = deque()
        for chunk in _chunks(numbered):
            waiting.append(pool.submit(_rate_chunk, chunk))
            if len(waiting) >= jobs * 3:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def read_csv(stream: TextIO) -> Iterator[dict[str, Any]]:
    """Yield the records of a CSV file with the columns id, patient, reply and optionally context."""
    for row in csv.DictReader(stream):
        yield {str(name).strip(): value for name, value in row.items() if name is not None}


def _safe_cell(value: object) -> object:
    """Return a cell that a spreadsheet will not run as a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


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
