from functools import cache
from statistics import fmean

import pytest

from scoring.scorecard import SKILLS
from simulator.outcome import chance_of_yes, shares
from simulator.play import play
from simulator.scenario import Scenario
from simulator.turn import PlayedVisit
from tests.library import library

SCENARIOS = [loaded.scenario for loaded in library().values()]
each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)


@cache
def played(scenario_id: str, lane: str) -> PlayedVisit:
    return play(next(s for s in SCENARIOS if s.id == scenario_id), lane)


def mean_level(visit: PlayedVisit, scenario: Scenario, skill: str) -> float:
    moments = [m.id for m in scenario.moments if skill in m.calls_for]
    return fmean(t.scorecard[skill].level or 0 for t in visit.turns if t.moment in moments)  # type: ignore[index]


@each
def test_listening_beats_rushing_on_every_skill_called_for(scenario: Scenario) -> None:
    rushed, collaborative = played(scenario.id, "rushed"), played(scenario.id, "collaborative")
    for skill in SKILLS:
        if any(skill in m.calls_for for m in scenario.moments):
            assert mean_level(collaborative, scenario, skill) >= mean_level(rushed, scenario, skill) + 1, skill


@each
def test_listening_beats_rushing_on_trust_and_willingness(scenario: Scenario) -> None:
    rushed, collaborative = (
        played(scenario.id, "rushed").turns[-1].state,
        played(scenario.id, "collaborative").turns[-1].state,
    )
    assert collaborative.trust >= rushed.trust + 15
    assert collaborative.willingness >= rushed.willingness + 10
    assert chance_of_yes(collaborative) > chance_of_yes(rushed)


@each
def test_whoever_listens_is_told_more(scenario: Scenario) -> None:
    rushed, collaborative = played(scenario.id, "rushed"), played(scenario.id, "collaborative")
    assert rushed.outcome is not None and collaborative.outcome is not None
    assert len(collaborative.outcome.disclosed) > len(rushed.outcome.disclosed)
    assert rushed.outcome.disclosed == ()


@each
def test_each_moment_is_said_and_answered_in_turn(scenario: Scenario) -> None:
    for lane in ("rushed", "collaborative"):
        visit = played(scenario.id, lane)
        assert [t.moment for t in visit.turns] == [m.id for m in scenario.moments]
        for turn, moment in zip(visit.turns, scenario.moments, strict=True):
            assert getattr(moment, lane).patient in turn.patient


def test_the_size_of_the_effect_stays_near_the_published_one() -> None:
    found = shares(SCENARIOS, range(3))["all"]
    assert abs(found.rushed - 0.74) <= 0.07, found
    assert abs(found.collaborative - 0.96) <= 0.05, found
    assert found.rushed_spread > 0.02


def test_an_unknown_prescriber_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="no prescriber called"):
        play(SCENARIOS[0], "hurried")
