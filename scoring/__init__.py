"""Rates a clinician's reply on three skills, by one rating guide, with the words that carried each level.

``read`` finds what a reply does; ``grade`` turns the reading into levels. Pure Python, no network, the same answer
every time. How far to trust it stands in ``docs/scorer-card.md``.
"""

from __future__ import annotations

from scoring.grading import grade
from scoring.reading import read
from scoring.rubric import LevelWords, MoveWords, Rubric, SkillWords, rubric
from scoring.scorecard import (
    HELPING_MOVES,
    HURTING_MOVES,
    MOVES,
    SKILLS,
    CueKind,
    MainBehaviour,
    Move,
    PatientCue,
    Reading,
    Scorecard,
    Skill,
    SkillRating,
)
from scoring.visit import Opportunity, OptionItem, VisitFigures, visit_figures

__all__ = [
    "HELPING_MOVES",
    "HURTING_MOVES",
    "MOVES",
    "SKILLS",
    "CueKind",
    "LevelWords",
    "MainBehaviour",
    "Move",
    "MoveWords",
    "Opportunity",
    "OptionItem",
    "PatientCue",
    "Reading",
    "Rubric",
    "Scorecard",
    "Skill",
    "SkillRating",
    "SkillWords",
    "VisitFigures",
    "grade",
    "read",
    "rubric",
    "visit_figures",
]
