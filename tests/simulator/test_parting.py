"""Parting words are true of the visit, and what was stepped over is come back to in other words."""

import re

import pytest

from simulator.everyday import manner
from simulator.loading import load_folder
from simulator.play import play
from simulator.scenario import Scenario
from simulator.trainees import play_as, trainees
from simulator.voices import said_as

ENGLISH = [loaded.scenario for loaded in load_folder().scenarios.values() if loaded.scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
AGREED = re.compile(
    r"\b(?:like|as|how|what|way) we (?:said|have it)\b|\bagreed\b|worked out|\bas arranged\b|\bthat way\b",
    re.IGNORECASE,
)


@each
def test_nobody_speaks_of_a_plan_at_the_door_that_was_never_put_to_them(scenario: Scenario) -> None:
    for seed in (0, 7):
        ended = play_as(scenario, trainees()["warm-undecided"], seed).outcome
        assert ended is not None
        assert not AGREED.search(ended.parting_words), ended.parting_words


@each
def test_who_said_yes_after_doubting_says_first_that_they_came_round(scenario: Scenario) -> None:
    made = manner(scenario.patient.speech)
    came, second = made.acts["parting_came_round"].open, made.acts["parting_second_thoughts"].open
    for seed in (0, 7):
        visit = play_as(scenario, trainees()["repairs"], seed)
        assert visit.outcome is not None
        leaning = [act.rsplit("_")[-1] for turn in visit.turns for act in turn.acts if act.startswith("preference_")]
        words = visit.outcome.parting_words
        if leaning:
            doubted = leaning[-1] != "willing"
            warm = visit.turns[-1].state.stance in {"warming", "open"}
            assert words.startswith(came) == (doubted and warm and visit.outcome.decision == "willing"), words
            assert words.startswith(second) == (not doubted and visit.outcome.decision != "willing"), words


@each
def test_who_agreed_in_the_room_parts_with_the_scenarios_own_words(scenario: Scenario) -> None:
    ended = play(scenario, "collaborative").outcome
    assert ended is not None
    if ended.decision == "willing":
        assert ended.parting_words.endswith(scenario.ending.willing)


@each
def test_nobody_quotes_themselves_when_they_come_back_to_what_was_stepped_over(scenario: Scenario) -> None:
    visit = play_as(scenario, trainees()["rambling"], 7)
    said: list[str] = [visit.opening]
    for turn in visit.turns:
        if "returns" in turn.acts:
            assert '"' not in turn.patient, turn.patient
            sentences = [s for words in said for s in re.split(r"(?<=[.?!]) ", words) if len(s.split()) > 5]
            assert not any(said_as(s) in said_as(turn.patient) for s in sentences), turn.patient
        said.append(turn.patient)


def test_what_a_moment_is_about_is_named_when_it_is_come_back_to() -> None:
    named = 0
    for scenario in ENGLISH:
        for turn in play_as(scenario, trainees()["rambling"], 7).turns:
            if "returns" in turn.acts:
                named += any(m.subject and m.subject in turn.patient for m in scenario.moments)
    assert named > 3
