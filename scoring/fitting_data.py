"""Rated replies for fitting: read from JSON lines, checked and measured.

What nobody rated is left out of a line and teaches nothing; null says that a skill was not called for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.echo import Heard, hear
from scoring.features import Clause, measure
from scoring.scorecard import SKILLS, Skill
from scoring.text import Text, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATA = Path(__file__).with_name("data")
SHIPPED = ("panel_dev.jsonl", "train.jsonl", "more.jsonl", "further.jsonl")
_TOP = 4


class NotRatings(ValueError):
    """A file does not hold rated replies; the sentence says where and why."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One reply with its ratings, read and measured."""

    record: Mapping[str, Any]
    source: str
    text: Text
    heard: Heard
    pieces: tuple[Clause, ...]

    def level(self, skill: Skill) -> float:
        """Return the rated level; not a number where it was rated as not called for, or not rated at all."""
        level = self.record.get(skill)
        return float("nan") if level is None else float(level)

    def called(self, skill: Skill) -> float:
        """Return 1 or 0 where somebody rated whether the skill was called for; not a number where nobody did.

        A field that is there and null says "not called for". A field that is missing says nothing.
        """
        return float(self.record[skill] is not None) if skill in self.record else float("nan")

    def gold(self, move: str) -> list[tuple[int, int]]:
        """Return the places that the rater quoted for a move."""
        reply = self.record["reply"]
        places = []
        for item in self.record.get("moves", ()):
            if item["move"] == move:
                start = reply.find(item["quote"])
                if start >= 0:
                    places.append((start, start + len(item["quote"])))
        return places


def load(paths: Sequence[Path] | None = None) -> list[Rated]:
    """Return rated replies from JSON lines files (fields as in ``scoring/data/README.md``), read and measured.

    Raises:
        NotRatings: A line is not a rated reply; the sentence says which and why.
        OSError: A file cannot be read.
    """
    rated = []
    for path in paths or [DATA / name for name in SHIPPED]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                record = _checked(line, f"{path.name}, line {number}")
                heard = hear(record["patient"], tuple(record.get("earlier") or ()))
                text = parse(record["reply"])
                rated.append(Rated(record, path.stem, text, heard, tuple(measure(text, heard))))
    return rated


def _checked(line: str, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise NotRatings(f"{place}: this line is not JSON.") from error
    if not isinstance(record, dict):
        raise NotRatings(f"{place}: this line is not an object with id, context, patient, reply and levels.")
    for field in ("context", "patient", "reply"):
        if not isinstance(record.get(field), str):
            raise NotRatings(f'{place}: "{field}" is missing or not text.')
    if not any(field in record for field in (*SKILLS, "moves")):
        raise NotRatings(f"{place}: nothing is rated here, neither a skill nor the moves.")
    for skill in SKILLS:
        level = record.get(skill)
        if level is not None and (type(level) is not int or not 0 <= level <= _TOP):
            raise NotRatings(f'{place}: "{skill}" must be a level from 0 to 4, or null where it was not called for.')
    return record
