from functools import cache
from pathlib import Path

import pytest

from simulator.content import read_content
from simulator.encounter import Encounter
from tests.library import library

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
VISITS = read_content(Path(__file__).with_name("kind_visits.yaml"))
SEEDS = range(3)


@cache
def confided(visit: str, seed: int) -> tuple[str, ...]:
    encounter = Encounter(SCENARIOS[visit.partition("/")[0]], seed)
    for reply in VISITS[visit]:
        encounter.reply(reply)
    return encounter.state.disclosed


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_ten_kind_replies_of_an_ordinary_clinician_bring_out_something(scenario: str) -> None:
    visits = [(visit, seed) for visit in VISITS if visit.partition("/")[0] == scenario for seed in SEEDS]
    heard = [bool(confided(*one)) for one in visits]
    assert len(heard) >= 6
    assert sum(heard) * 2 >= len(heard), f"{scenario}: only {sum(heard)} of {len(heard)} kind visits heard anything"


def test_most_kind_visits_with_most_patients_bring_out_something() -> None:
    heard = [bool(confided(visit, seed)) for visit in VISITS for seed in SEEDS]
    assert sum(heard) >= len(heard) * 0.75, f"{sum(heard)} of {len(heard)}"


def test_nobody_tells_everything_in_ten_replies_whoever_asks() -> None:
    whole = [
        visit for visit in VISITS if len(confided(visit, 0)) == len(SCENARIOS[visit.partition("/")[0]].concerns) > 2
    ]
    assert whole == []
