"""The rating guide, read from ``rubric.yaml``: skills, levels, borderlines, tie-breaks, labels of moves, reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from scoring.content import RULES, load_yaml
from scoring.kept import kept
from scoring.scorecard import MOVES, SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).with_name("rubric.yaml")


@dataclass(frozen=True, slots=True)
class LevelWords:
    """One level of one skill: its name, what a reply at this level does, why in one line, and what to try."""

    name: str
    does: str
    because: str
    try_this: str


@dataclass(frozen=True, slots=True)
class SkillWords:
    """One skill: the name shown, what it means, when it is called for, and its five levels."""

    name: str
    means: str
    called_for: str
    not_called_for: str
    levels: tuple[LevelWords, ...]


@dataclass(frozen=True, slots=True)
class MoveWords:
    """One move: its plain label, its meaning in the guide, and the reason given where it carried a level."""

    label: str
    means: str
    because: str


@dataclass(frozen=True, slots=True)
class Borderline:
    """Where two levels of a skill lie close together, and what tells them apart."""

    skill: Skill
    between: tuple[int, int] | None
    """The two levels, the lower first; None where it is about giving no level at all."""
    rule: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """The whole rating guide."""

    skills: Mapping[Skill, SkillWords]
    moves: Mapping[str, MoveWords]
    task: str
    """What a rater is asked to do, in one paragraph."""
    shared_decision_elements: tuple[str, ...]
    borderlines: tuple[Borderline, ...]
    tie_breaks: tuple[str, ...]
    """What counts where two rules would give different levels."""
    not_sure: str
    source: str


@cache
def rubric() -> Rubric:
    """Return the rating guide, read once. Raises KeyError if ``rubric.yaml`` misses a part of it."""
    content = kept("rubric", (FILE, RULES), lambda: load_yaml(FILE))
    skills: dict[Skill, SkillWords] = {
        skill: SkillWords(
            name=words["name"],
            means=words["means"],
            called_for=words["called_for"],
            not_called_for=words["not_called_for"],
            levels=tuple(LevelWords(**level) for level in words["levels"]),
        )
        for skill, words in ((skill, content["skills"][skill]) for skill in SKILLS)
    }
    moves = {
        move: MoveWords(content["moves"][move]["label"], content["moves"][move]["means"], content["reasons"][move])
        for move in MOVES
    }
    return Rubric(
        MappingProxyType(skills),
        MappingProxyType(moves),
        content["task"].strip(),
        tuple(content["shared_decision_elements"]),
        tuple(_borderline(**one) for one in content["borderlines"]),
        tuple(content["tie_breaks"]),
        content["not_sure"],
        content["source"],
    )


def _borderline(skill: Skill, between: list[int | None], rule: str) -> Borderline:
    if skill not in SKILLS:
        raise KeyError(skill)
    if between == [None]:
        return Borderline(skill, None, rule)
    low, high = (level for level in between if level is not None)
    return Borderline(skill, (low, high), rule)
