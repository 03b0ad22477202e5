"""Readings and scorecards made by hand, so that the patient can be tested apart from the scorer."""

from __future__ import annotations

from scoring.scorecard import SKILLS, Move, Reading, Scorecard, SkillRating


def reading(reply: str, *moves: str, patient: str = "I stopped taking it, I was scared.") -> Reading:
    """A reading in which the whole reply is the quote of each named move."""
    found = tuple(Move(move, reply, 0, len(reply)) for move in moves)
    return Reading(reply, patient, found, (), "other", dict.fromkeys(SKILLS, True))


def scorecard(validation: int | None = 1, reflection: int | None = 1, sdm: int | None = None) -> Scorecard:
    """A scorecard with these levels."""
    ratings = [
        SkillRating(skill, level, level is not None, "made by hand", (), 0.9, True)
        for skill, level in zip(SKILLS, (validation, reflection, sdm), strict=True)
    ]
    return Scorecard(*ratings)
