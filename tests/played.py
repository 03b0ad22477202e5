"""Visits that several tests look at, each played once: the same patient, clinician and seed give the same visit.

What is tested about playing itself plays for itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.trainees import play_as as played_anew

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.trainees import Trainee
    from simulator.turn import PlayedVisit


class _Who:
    """A scenario and a trainee, compared by what they are and not by all that they say."""

    def __init__(self, scenario: Scenario, trainee: Trainee) -> None:
        self.scenario, self.trainee = scenario, trainee

    def __hash__(self) -> int:
        return hash((id(self.scenario), self.trainee.name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Who) and self.scenario is other.scenario and self.trainee == other.trainee


@lru_cache(maxsize=1024)
def _played(who: _Who, seed: int) -> PlayedVisit:
    return played_anew(who.scenario, who.trainee, seed)


def play_as(scenario: Scenario, trainee: Trainee, seed: int = 0) -> PlayedVisit:
    """Return the visit of a synthetic trainee, to its end."""
    return _played(_Who(scenario, trainee), seed)
