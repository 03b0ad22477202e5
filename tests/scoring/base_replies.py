"""The replies that the metamorphic suite changes, and what the scorer gives them.

Rated replies of ``scoring/data`` spread over the levels of each skill, and some of our own that the scorer was not
fitted on.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

import scoring
from scoring import SKILLS, Skill, grade, read

_HERE = Path(__file__).parent
_DATA = Path(scoring.__file__).parent / "data" / "panel_dev.jsonl"
Levels = dict[Skill, int | None]


class Base(NamedTuple):
    """One reply with the patient's words before it, and the level a rater gave each skill."""

    id: str
    patient: str
    reply: str
    rated: Levels


@cache
def bases() -> tuple[Base, ...]:
    """Return the base replies: two in three of those that three raters agreed on, then our own."""
    rows = [json.loads(line) for line in _DATA.read_text(encoding="utf-8").splitlines()]
    rows = [row for number, row in enumerate(rows) if number % 3]
    rows += yaml.safe_load((_HERE / "base_replies.yaml").read_text(encoding="utf-8"))
    return tuple(Base(row["id"], row["patient"], row["reply"], {skill: row[skill] for skill in SKILLS}) for row in rows)


@cache
def levels(reply: str, patient: str) -> Levels:
    """Return the level of each skill that the scorer gives."""
    card = grade(read(reply, patient))
    return {skill: card[skill].level for skill in SKILLS}
