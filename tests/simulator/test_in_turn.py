"""What was asked is answered before anything else is told; what weighs on them does not stand behind an answer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulator.encounter import Encounter
from simulator.trainees import trainees
from tests.library import library
from tests.played import play_as

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.turn import PlayedVisit, Turn

ALL = {name: loaded.scenario for name, loaded in library().items()}
ENGLISH = [scenario for scenario in ALL.values() if scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
TIES = {"before_choice", "before_plan", "finishes_first", "takes_up_again", "tells_now"}
FINISHED = ("confirms_both", "apology_", "validated", "affirmed", "thanked_for_telling", "choice_", "would_help")
JAS = ALL["jas-mum"]


@cache
def visit(scenario_id: str, name: str, seed: int) -> PlayedVisit:
    return play_as(ALL[scenario_id], trainees()[name], seed)


def turns_of(scenario: Scenario, *names: str) -> list[Turn]:
    return [turn for name in names for seed in (5, 12) for turn in visit(scenario.id, name, seed).turns]


def confides(turn: Turn) -> bool:
    return any(act.startswith(("begins:", "discloses:")) for act in turn.acts)


@each
def test_how_a_plan_sits_with_them_is_answered_or_something_is_said_to_come_first(scenario: Scenario) -> None:
    asked = [turn for turn in turns_of(scenario, "technically-perfect", "repairs") if "sit with you" in turn.clinician]
    assert asked
    for turn in asked:
        own = turn.acts[0].startswith("moment:") and turn.acts[0].endswith(":collaborative")
        assert not confides(turn) or own or TIES & set(turn.acts), (turn.acts, turn.patient)


@each
def test_what_they_do_about_it_is_answered_with_that(scenario: Scenario) -> None:
    asked = [turn for turn in turns_of(scenario, "technically-perfect") if "doing about it lately" in turn.clinician]
    assert asked
    for turn in asked:
        assert not confides(turn), (turn.acts, turn.patient)


@each
def test_nothing_new_stands_behind_a_finished_answer(scenario: Scenario) -> None:
    for turn in turns_of(scenario, "technically-perfect", "repairs", "warm-undecided", "awkward-sincere"):
        for before, after in zip(turn.acts, turn.acts[1:], strict=False):
            if before.startswith(FINISHED):
                assert not (after.startswith(("moment:", "hint:")) and after.count(":") == 1), (turn.acts, turn.patient)


@each
def test_nobody_answers_a_ramble_with_what_weighs_on_them(scenario: Scenario) -> None:
    for turn in turns_of(scenario, "rambling"):
        assert not any(act.startswith(("moment:", "hint:", "begins:")) for act in turn.acts), turn.patient


def test_asked_alone_whether_they_are_safe_a_patient_says_whether_they_are() -> None:
    fatuma = ALL["fatuma-insulin"]
    turn = Encounter(fatuma, 5).reply(
        "Could we have ten minutes, just the two of us? I ask everybody this in private: do you ever hurt yourself?"
    )
    assert turn.acts[0] == "companion_leaves"
    answer = next(
        part for act, part in zip(turn.acts, [turn.patient] * len(turn.acts), strict=True) if "answer:" in act
    )
    assert any(line in answer for line in (fatuma.facts["self_harm"].guarded, fatuma.facts["self_harm"].open)), (
        turn.patient
    )


def test_who_is_asked_for_leave_to_ask_gives_it_and_does_not_confirm_something_else() -> None:
    for scenario in ENGLISH:
        for turn in turns_of(scenario, "technically-perfect"):
            if "asked more about it" in turn.clinician and "permission" in turn.acts:
                assert turn.acts[0] == "permission", (turn.acts, turn.patient)


def test_a_question_of_theirs_that_was_talked_past_is_not_let_go_at_once() -> None:
    kept = 0
    for scenario in ENGLISH:
        for seed in (5, 12, 71):
            turns = visit(scenario.id, "rushed", seed).turns
            for at, turn in enumerate(turns[:-2]):
                if "asks" in turn.acts:
                    kept += any("unanswered" in later.acts for later in turns[at + 1 : at + 3])
    assert kept
