"""What patients bring up follows what was said: an answer is an answer, and what is hard comes out in its time."""

from __future__ import annotations

import itertools
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulator.checking_lines import check_lines
from simulator.encounter import Encounter
from simulator.patient import Patient
from simulator.reading import read_text
from simulator.room import about, again, nearest
from simulator.trainees import trainees
from simulator.understanding import Understood
from simulator.voices import gestures_of, without_gestures
from tests.library import library
from tests.played import play_as

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.turn import PlayedVisit

ALL = {name: loaded.scenario for name, loaded in library().items()}
ENGLISH = [scenario for scenario in ALL.values() if scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
GOOD = ("technically-perfect", "warm-undecided", "repairs")
THEIRS = ("moment:", "more:", "asks", "returns", "goes_on")
MAYA = ALL["maya-numb"]
STOPPED = MAYA.concern("stopped")


@cache
def visit(scenario_id: str, name: str, seed: int) -> PlayedVisit:
    return play_as(ALL[scenario_id], trainees()[name], seed)


@each
def test_who_has_answered_a_question_about_a_topic_adds_nothing_of_their_own(scenario: Scenario) -> None:
    for name in ("rushed", *GOOD):
        for turn in visit(scenario.id, name, 3).turns:
            if turn.acts[0].startswith("answer:"):
                assert not any(act.startswith(THEIRS) for act in turn.acts), (turn.acts, turn.patient)


@each
def test_more_of_something_is_said_once_and_after_it_was_brought_up(scenario: Scenario) -> None:
    for name in (*GOOD, "rambling"):
        for seed in (3, 4):
            played = visit(scenario.id, name, seed)
            said = played.opening
            for turn in played.turns:
                for moment in scenario.moments:
                    if moment.more and moment.more in turn.patient:
                        assert moment.patient in said
                        assert moment.more not in said
                said += turn.patient


def test_patients_do_not_answer_a_ramble_in_the_same_kinds_one_after_another() -> None:
    rambled = [visit(scenario.id, "rambling", 3).turns for scenario in ENGLISH]
    alike = 0
    for turns in zip(*rambled, strict=True):
        if any({"plan_muddled", "closing", "closing_unsaid", "answer:weather"} & set(turn.acts) for turn in turns):
            continue  # The plan was named in it, the weather asked about, or they were bidden goodbye.
        kinds = Counter(turn.acts[0].split(":")[0].split("_")[0] for turn in turns)
        alike += max(kinds.values()) * 2 > len(ENGLISH) + 2
    assert alike <= 1


IN_THE_RAMBLE = {
    "journey": "traffic was dreadful",
    "heard_of": "reading an article",
    "in_general": "some say one thing|people these days|one could say",
    "old_days": "when I was training|used to be blue",
    "medicine": "the tablets|medicine",
    "lost_word": "tip of my tongue|where was I|a moment ago",
    "paper": "leaflet",
    "their_own": "brother-in-law|my neighbour|my wife",
}


def test_what_is_taken_up_out_of_a_ramble_was_in_it() -> None:
    taken_up = 0
    for scenario in ENGLISH:
        for turn in visit(scenario.id, "rambling", 3).turns:
            if turn.acts[0].startswith("ramble_"):
                taken_up += 1
                named = IN_THE_RAMBLE[turn.acts[0].removeprefix("ramble_")]
                assert any(one in turn.clinician for one in named.split("|")), (turn.acts, turn.clinician)
    assert taken_up > len(ENGLISH)


def test_what_is_confided_to_a_warm_clinician_does_not_come_at_the_same_turn_in_every_visit() -> None:
    at: dict[tuple[str, str], set[int]] = {}
    for scenario in ENGLISH:
        for seed in range(4):
            for name in ("warm-undecided", "technically-perfect"):
                for turn in visit(scenario.id, name, seed).turns:
                    for told in turn.disclosed:
                        at.setdefault((scenario.id, f"{told} {name}"), set()).add(turn.seq)
    assert sum(len(turns) > 1 for turns in at.values()) * 3 > len(at)


@each
def test_what_was_begun_is_told_to_its_end_and_nothing_is_told_twice(scenario: Scenario) -> None:
    for name in GOOD:
        for seed in range(3):
            turns = visit(scenario.id, name, seed).turns
            for concern in scenario.concerns:
                begun = [turn for turn in turns if f"begins:{concern.id}" in turn.acts]
                told = [turn for turn in turns if f"discloses:{concern.id}" in turn.acts]
                assert len(begun) <= 1 and len(told) <= 1
                if begun and told:
                    assert concern.begins in begun[0].patient
                    assert concern.says.removeprefix(concern.begins).strip() in told[0].patient
                    assert concern.begins not in told[0].patient
                elif told:
                    assert without_gestures(concern.says, gestures_of(concern.says)) in told[0].patient


def begun_with(seed: int) -> Encounter:
    """Maya, who has said the first words of it."""
    encounter = Encounter(MAYA, seed)
    patient = encounter._patient
    encounter.reply("Hi, good to see you.")
    patient.feelings.trust = float(STOPPED.opens_when.trust)
    patient.memory.hinted["stopped"] = patient.memory.seq
    encounter.reply("It makes sense that you would not say that to just anybody. What is behind it?")
    assert "begins:stopped" in encounter.turns[-1].acts
    assert not encounter.turns[-1].disclosed
    return encounter


def test_the_rest_is_told_where_the_beginning_was_received() -> None:
    turn = begun_with(0).reply("That took courage to say. I can see why you kept it to yourself.")
    assert turn.disclosed == ("stopped",)
    assert STOPPED.says.removeprefix(STOPPED.begins).strip() in turn.patient


@pytest.mark.parametrize(
    "reply", ["That was irresponsible, and you should have known better.", "How is your appetite, and the weight?"]
)
def test_the_rest_is_kept_where_the_beginning_was_not_received(reply: str) -> None:
    assert begun_with(0).reply(reply).disclosed == ()


def test_what_is_about_danger_is_told_whole() -> None:
    for scenario in ENGLISH:
        for concern in scenario.concerns:
            assert concern.danger is None or not concern.begins, concern.id


def test_a_beginning_that_is_not_how_it_begins_is_an_error() -> None:
    loaded = library()["maya-numb"]
    text = loaded.text.replace(f'begins: "{STOPPED.begins}"', 'begins: "I quit."')
    other = STOPPED.model_copy(update={"begins": "I quit."})
    concerns = tuple(other if one.id == "stopped" else one for one in MAYA.concerns)
    found = check_lines(read_text(text, "maya.yaml"), MAYA.model_copy(update={"concerns": concerns}))
    assert "begins-otherwise" in {one.code for one in found}
    assert "begins-otherwise" not in {one.code for one in check_lines(read_text(loaded.text, "maya.yaml"), MAYA)}


def test_what_was_said_in_other_words_is_not_brought_up_again() -> None:
    leroy = ALL["leroy-nights"]
    memory = Patient(leroy).memory
    three = leroy.moments[1].patient
    assert not again(memory, three)
    memory.in_words += about("It's three o'clock when I'm up.", "en")
    assert again(memory, three)


def test_a_moment_near_what_was_said_is_brought_up_before_its_turn() -> None:
    leroy = ALL["leroy-nights"]
    patient = Patient(leroy)
    patient.memory.replies.append("you sang at the garage and asked everybody about the singing")
    found = nearest(patient.memory, patient.ear, Understood())
    assert found is not None
    assert (leroy.moments[found[0]].id, found[1]) == ("cheerful", True)


def test_what_is_to_be_decided_waits_until_somebody_speaks_of_it() -> None:
    for scenario in ENGLISH:
        for before, turn in itertools.pairwise(visit(scenario.id, "warm-undecided", 3).turns):
            for moment in scenario.moments[1:]:
                if f"moment:{moment.id}" in turn.acts and "sdm" in moment.calls_for:
                    assert turn.seq >= 8 or before.seq < 2, (turn.seq, turn.patient)
