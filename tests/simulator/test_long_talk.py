import random
from dataclasses import replace

import pytest

from benchmarks.long_talk import Found, check, marked, talk, typed
from simulator.encounter import MAX_REPLY, Encounter
from simulator.scenario import Scenario
from tests.library import library

SCENARIOS = [loaded.scenario for loaded in library().values()]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
def test_a_patient_holds_whatever_is_typed(scenario: Scenario) -> None:
    found = talk(scenario, 90, seed=7)
    assert found.replies == 90 and not found.failures, "\n".join(found.failures)


def test_what_is_typed_is_never_blank_or_too_long_and_the_same_again_from_the_same_seed() -> None:
    encounter = Encounter(SCENARIOS[0])
    first = [typed(encounter, random.Random(seed)) for seed in range(150)]
    assert first == [typed(encounter, random.Random(seed)) for seed in range(150)]
    assert all(text.strip() and len(text) <= MAX_REPLY for text in first)


def test_a_leak_or_a_line_said_twice_is_found() -> None:
    patient = marked(SCENARIOS[0])
    encounter = Encounter(patient)
    for _ in range(2):
        encounter.reply("How do you sleep?")
    encounter.turns[0] = replace(encounter.turns[0], patient=patient.concerns[0].says)
    encounter.turns[1] = replace(encounter.turns[1], patient=encounter.opening)
    found = Found()
    check(encounter, found)
    assert any("leaked" in failure for failure in found.failures)
    assert any("said twice" in failure for failure in found.failures)


def test_an_ending_typed_as_a_word_of_its_own_breaks_nothing() -> None:
    encounter = Encounter(SCENARIOS[0])
    for text in ("I'm n't here about drugs.", "n't a,sinalie", "Mm. nAd you c.n't ?n-read them.", "n't n't 's 'm"):
        assert encounter.reply(text).patient
