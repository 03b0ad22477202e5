from functools import cache
from statistics import fmean

import pytest

from simulator.outcome import readiness
from simulator.scenario import Scenario
from simulator.trainees import play_as, trainees, turned
from simulator.turn import PlayedVisit
from tests.library import library

SCENARIOS = [loaded.scenario for loaded in library().values()]
each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)


@cache
def visit(scenario_id: str, name: str) -> PlayedVisit:
    scenario = next(s for s in SCENARIOS if s.id == scenario_id)
    return play_as(scenario, trainees(scenario.language)[name])


def skills(played: PlayedVisit) -> float:
    return fmean(level for t in played.turns for level in t.scorecard.levels().values() if level is not None)


@each
def test_who_listens_comes_out_ahead_of_who_does_not(scenario: Scenario) -> None:
    groups: dict[str, list[str]] = {"low": [], "middle": [], "high": []}
    for name, trainee in trainees(scenario.language).items():
        groups[trainee.ranks].append(name)
    for better in groups["high"]:
        for worse in groups["low"]:
            good, bad = visit(scenario.id, better), visit(scenario.id, worse)
            assert skills(good) > skills(bad), f"{worse} was rated above {better}"
            assert readiness(good.turns[-1].state) > readiness(bad.turns[-1].state), f"{worse} came out above {better}"
            assert good.turns[-1].state.trust > bad.turns[-1].state.trust, f"{worse} was trusted more than {better}"


@each
def test_a_repair_ends_better_than_the_start_it_repairs(scenario: Scenario) -> None:
    repaired, rushed = visit(scenario.id, "repairs"), visit(scenario.id, "rushed")
    assert repaired.turns[-1].state.trust > repaired.turns[1].state.trust
    assert repaired.turns[-1].state.trust > rushed.turns[-1].state.trust


@each
def test_nobody_confides_in_someone_who_is_hostile_or_silent_or_only_has_the_words(scenario: Scenario) -> None:
    names = {"hostile", "silent", "keyword-stuffer", "jargon-lecturer", "rushed"} & set(trainees(scenario.language))
    assert len(names) >= 3
    for name in sorted(names):
        assert visit(scenario.id, name).turns[-1].state.disclosed == (), name


def test_a_statement_is_turned_from_i_to_you() -> None:
    assert turned("(sighs) I can't do it. I was scared of my own hands.") == "you were scared of your own hands"
    assert turned("Why?") == "there's something here that's hard to put into words"
