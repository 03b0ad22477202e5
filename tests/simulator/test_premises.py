"""What is taken for granted and is not so is put right, and who came for the medicine does not complain at getting it."""

import pytest

from simulator.encounter import Encounter
from simulator.given_back import turned_round
from simulator.scenario import Scenario
from tests.library import library

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
EVERYBODY = list(SCENARIOS.values())
AGAIN = {"en": "You again. What is it this time?", "es": "Usted otra vez. ¿Qué le pasa ahora?"}
KEEP = "Everyone gets that. You need to keep taking it."


@pytest.mark.parametrize("scenario", EVERYBODY, ids=lambda s: s.id)
def test_who_has_never_met_you_says_so_to_you_again_and_nobody_else_does(scenario: Scenario) -> None:
    turn = Encounter(scenario).reply(AGAIN[scenario.language])
    assert ("never_met" in turn.acts) == scenario.visit.is_first_meeting, turn.patient


def test_an_intake_is_a_first_meeting_and_a_third_visit_is_none() -> None:
    assert SCENARIOS["conor-focus"].visit.is_first_meeting
    assert SCENARIOS["denise-injection"].visit.is_first_meeting
    assert not SCENARIOS["maya-numb"].visit.is_first_meeting


@pytest.mark.parametrize("scenario", EVERYBODY, ids=lambda s: s.id)
def test_who_takes_nothing_yet_says_so_when_told_to_keep_taking_it(scenario: Scenario) -> None:
    if scenario.language != "en":
        return
    encounter = Encounter(scenario)
    encounter.reply("How have you been?")
    assert ("not_taking" in encounter.reply(KEEP).acts) != scenario.taken_already
    assert "not_taking" not in encounter.reply(KEEP).acts  # It is said once.


def test_somebody_who_came_for_it_does_not_hear_a_but_in_being_given_it() -> None:
    for name in ("conor-focus", "leroy-nights"):
        encounter = Encounter(SCENARIOS[name])
        encounter.reply("Okay, so how are things?")
        turn = encounter.reply("I understand, but we really should just go ahead with it.")
        assert turn.acts[0] == "given_it", turn.patient


def test_somebody_who_does_not_want_it_hears_the_but() -> None:
    encounter = Encounter(SCENARIOS["ray-second-time"])
    encounter.reply("Okay, so how are things?")
    assert "given_it" not in encounter.reply("I understand, but we really should just go ahead with it.").acts


def test_words_given_back_without_their_no_are_noticed() -> None:
    assert turned_round("So harm done, you guess, and I brushed that aside.", "No harm done, I guess.", "en")
    assert turned_round("So no harm done, you guess.", "No harm done, I guess.", "en") is None
    assert turned_round("So you guess it was all right.", "No harm done, I guess.", "en") is None


def test_who_has_said_nothing_of_weight_does_not_fall_in_at_once_with_a_guess() -> None:
    for name in ("conor-focus", "leroy-nights", "maya-numb"):
        scenario = SCENARIOS[name]
        encounter = Encounter(scenario)
        encounter.reply(f"Hello {scenario.patient.name.split()[0]}. Before anything about pills, how has it been?")
        turn = encounter.reply(
            "So you keep going, and I get the feeling there's more weight in that than you let on. Is that right?"
        )
        own = scenario.own_words
        open_lines = [
            line for act in ("confirms_simple", "confirms_complex", "confirms_deep") for line in own[act].open
        ]
        assert not any(line in turn.patient for line in open_lines), turn.patient


def test_a_courtesy_given_back_as_a_burden_is_heard_as_an_echo() -> None:
    found = 0
    for scenario in EVERYBODY:
        if scenario.language != "en":
            continue
        encounter = Encounter(scenario)
        encounter.reply("Hello. How have you been, really?")
        turn = encounter.reply("You've kept going through all of that, and it shows how much you care.")
        if turn.acts and set(turn.acts) <= {"affirmed"}:
            echo = encounter.reply(f"I hear how much this weighs on you. {turn.patient}")
            found += "parroted" in echo.acts
    assert found > 3
