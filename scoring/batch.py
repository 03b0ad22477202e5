"""Rating many replies: lines in, lines out, in order, in constant memory, on as many cores as given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from scoring.csv_files import Unreadable
from scoring.grading import grade
from scoring.language import languages
from scoring.reading import read
from scoring.scorecard import SKILLS, Reading, Scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_CHUNK = 200


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
        item = json.loads(line.removeprefix("\ufeff"))
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


def _rate_one(number: int, item: object) -> Rated:
    if isinstance(item, Unreadable):
        return Rated(number, None, item.problem)
    return rate_line(number, item) if isinstance(item, str) else rate_item(number, item)


def _rate_chunk(chunk: list[tuple[int, Any]]) -> list[Rated]:
    return [_rate_one(number, item) for number, item in chunk]


def _chunks(lines: Iterable[tuple[int, Any]]) -> Iterator[list[tuple[int, Any]]]:
    source = iter(lines)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def rate_lines(lines: Iterable[str | dict[str, Any]], jobs: int = 1) -> Iterator[Rated]:
    """Yield the rating of each line, in order; blank lines are skipped and memory does not grow with their number."""
    yield from rate_numbered(enumerate(lines, start=1), jobs)


def rate_numbered(lines: Iterable[tuple[int, str | Mapping[str, Any] | Unreadable]], jobs: int = 1) -> Iterator[Rated]:
    """Yield the rating of each line that comes with its number, in order, as `rate_lines` does.

    Args:
        lines: The number and a JSON line, a record, or why there is none.
        jobs: How many processes rate.
    """
    numbered = ((n, line) for n, line in lines if not (isinstance(line, str) and not line.strip("\ufeff \t\r\n")))
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
