"""Names as the pages show them. The rubric's own wording comes from the scorer; the rest is the pages' own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring import SKILLS, rubric

if TYPE_CHECKING:
    from datetime import datetime

    from scoring import Scorecard, Skill

__all__ = ["SKILLS"]

_DECISIONS = {
    "willing": ("{name} left willing to go on with it.", "willing"),
    "unsure": ("{name} left undecided.", "undecided"),
    "unwilling": ("{name} left not wanting it.", "not willing"),
}
_FOUR_WEEKS = {
    "kept": "took it as agreed",
    "halved": "took about half of it",
    "stopped_told": "stopped, and said so",
    "stopped_hidden": "stopped, and told nobody",
    "changed_plan": "on another plan, made together",
}
_DIFFICULTY = {1: "gentle", 2: "middling", 3: "hard"}
_QUANTITY = {"trust": "trust", "heard": "feeling heard", "willingness": "willingness"}
_LANES = {"rushed": "Rushed prescriber", "collaborative": "Collaborative prescriber", "you": "You"}


def skill_name(skill: Skill) -> str:
    """Return the skill's name as the rubric shows it."""
    return rubric().skills[skill].name


def skill_meaning(skill: Skill) -> str:
    """Return what the skill is, in the rubric's sentence."""
    return rubric().skills[skill].means


def level_name(skill: Skill, level: int) -> str:
    """Return what the rubric calls a level, 0–4."""
    return rubric().skills[skill].levels[level].name


def own_level(skill: Skill, level: int | None) -> str:
    """Return a level as a person sets it: its number and name, or that the skill was not called for."""
    return "not called for here" if level is None else f"{level} of 4, {level_name(skill, level)}"


def move_label(move: str) -> str:
    """Return a move's name in plain language."""
    return rubric().moves[move].label


def one_tip(card: Scorecard) -> str:
    """Return the one thing to try: that of the lowest level called for; empty where all stood at the top."""
    rated = [card[skill] for skill in SKILLS if card[skill].level is not None and card[skill].try_this]
    return min(rated, key=lambda one: one.level or 0).try_this if rated else ""


def decision(key: str, name: str) -> str:
    """Return what the patient decided, as a sentence."""
    return _DECISIONS[key][0].format_map({"name": name}) if key in _DECISIONS else ""


def decision_short(key: str) -> str:
    """Return what the patient decided, in a word or two."""
    return _DECISIONS[key][1] if key in _DECISIONS else ""


def four_weeks(key: str) -> str:
    """Return what became of the plan, in a few words."""
    return _FOUR_WEEKS.get(key, key)


def difficulty(level: int) -> str:
    """Return how hard a patient is to reach, in a word."""
    return _DIFFICULTY[level]


def quantity(key: str) -> str:
    """Return the name of one of the patient's three numbers."""
    return _QUANTITY.get(key, key)


def lane(label: str) -> str:
    """Return whose visit a lane is."""
    return _LANES.get(label, label)


def replies(count: int) -> str:
    """Return a number of replies, in words that agree."""
    return f"{count} {'reply' if count == 1 else 'replies'}"


def day(moment: datetime) -> str:
    """Return a day as people write it, the same on every platform."""
    return f"{moment.day} {moment:%B %Y}"
