"""Several things asked in one breath are answered so that it is clear which answer is to which."""

import re
from itertools import pairwise

import pytest

from simulator.encounter import Encounter
from simulator.scenario import Scenario
from simulator.trainees import trainees
from simulator.voices import gestures_of, without_gestures
from simulator.words import sentences_of
from tests.library import library
from tests.played import play_as

ALL = {name: loaded.scenario for name, loaded in library().items()}
ENGLISH = [scenario for scenario in ALL.values() if scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
BARE = re.compile(r"^(?:no|nah|nope|none|yes|yeah|yep)\b", re.IGNORECASE)


def answer(name: str, asked: str) -> str:
    return Encounter(ALL[name], 43).reply(asked).patient


@pytest.mark.parametrize(
    ("name", "asked", "says"),
    [
        ("jess-divalproex", "So, any side effects? Sleep okay? Appetite?", "Sleep? Like a dead person."),
        ("lorraine-dose", "Good. Sleep, appetite, mood all right?", "Eating? Too good, look at me."),
        ("kayleigh-seven-weeks", "So, any side effects? Sleep okay? Appetite?", "Sleep? When he does."),
        ("tunde-sertraline", "Good. Sleep, appetite, mood all right?", "Eating? I forget."),
        ("conor-focus", "Any alcohol or drugs?", "A few at the weekend. Drugs? God, no."),
    ],
)
def test_a_second_answer_that_would_not_be_clear_names_what_it_answers(name: str, asked: str, says: str) -> None:
    assert says in answer(name, asked)


def test_an_answer_that_says_what_it_is_about_is_given_as_it_is() -> None:
    assert answer("denise-injection", "Sleep, appetite, mood all right?") == "I sleep fine. I eat. Mood? Blessed."


@each
def test_no_bare_no_follows_on_another(scenario: Scenario) -> None:
    said = Encounter(scenario, 43).reply("Any alcohol or drugs?").patient
    sentences = sentences_of(without_gestures(said, gestures_of(said)))
    bare = [bool(BARE.match(sentence)) and len(sentence.split()) <= 3 for sentence in sentences]
    assert not any(one and other for one, other in pairwise(bare)), said


@pytest.mark.parametrize(
    ("name", "says"), [("denise-injection", "Neither one."), ("jas-mum", "I'm a pharmacist's daughter.")]
)
def test_two_noes_become_one_to_both(name: str, says: str) -> None:
    said = answer(name, "Any alcohol or drugs?")
    assert says in said
    assert not re.search(r"\bNo\.|\bno drugs\b", said, re.IGNORECASE), said


def test_after_one_no_to_both_each_counts_as_answered() -> None:
    visit = Encounter(ALL["denise-injection"], 43)
    first = visit.reply("Any alcohol or drugs?").patient
    assert visit.reply("Any drugs at all?").patient != first


@each
def test_no_gesture_is_made_twice_in_one_turn(scenario: Scenario) -> None:
    for name in ("rushed", "repairs", "rambling", "hostile"):
        for seed in (0, 7, 43):
            for turn in play_as(scenario, trainees()[name], seed).turns:
                made = re.findall(r"\([^()]*\)", turn.patient)
                assert len(made) == len(set(made)), turn.patient


def test_what_was_done_already_is_not_done_again_in_the_same_turn() -> None:
    visit = Encounter(ALL["walter-cups"], 43)
    said = visit.reply("Any thoughts of harming yourself? Any thoughts of suicide? No? Good.").patient
    assert said.count("(looks out at the parking lot)") <= 1
    once = "(looks out at the parking lot)"
    assert (
        without_gestures(f"{once} I'm not going out of my way, is all.", {once})
        == "I'm not going out of my way, is all."
    )
