"""Readings and scorecards made by hand, so that the patient can be tested apart from the scorer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.scorecard import SKILLS, Move, Reading, Scorecard, SkillRating
from simulator.loading import everyday_topics

if TYPE_CHECKING:
    from simulator.scenario import Scenario


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


_bare: dict[int, tuple[Scenario, Scenario]] = {}
"""Patients by their number, each with what was made of them: whoever hears for one is prepared once for all tests."""


def without_questions_of_their_own(scenario: Scenario) -> Scenario:
    """Return a patient who is asked nothing but what everybody is asked; the same one each time."""
    if scenario is not _bare.get(id(scenario), (None,))[0]:
        known = {name: fact for name, fact in scenario.facts.items() if name in everyday_topics()}
        facts = {name: fact.model_copy(update={"asked_like": ()}) for name, fact in known.items()}
        _bare[id(scenario)] = (scenario, scenario.model_copy(update={"facts": facts}))
    return _bare[id(scenario)][1]


def without_facts(scenario: Scenario, *topics: str) -> Scenario:
    """Return a scenario whose patient has nothing of their own to say about some topics."""
    facts = {name: fact for name, fact in scenario.facts.items() if name not in topics}
    return scenario.model_copy(update={"facts": facts})
