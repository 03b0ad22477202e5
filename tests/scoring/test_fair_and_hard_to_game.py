"""What may change about a reply without changing its level, and what must never raise it.

Base replies are rated replies of every level; a property must hold for all of them.
"""

import json
from pathlib import Path

import pytest

import scoring
from scoring import SKILLS, grade, read

ROWS = [
    json.loads(line)
    for line in (Path(scoring.__file__).parent / "data" / "train.jsonl").read_text(encoding="utf-8").splitlines()
][::4]


def levels(reply: str, patient: str) -> dict[str, int]:
    card = grade(read(reply, patient))
    # Null and the floor are the same to a cheat: neither is a gain.
    return {skill: card[skill].level if card[skill].level is not None else -1 for skill in SKILLS}


BASE = [(row["patient"], row["reply"], levels(row["reply"], row["patient"])) for row in ROWS]


def changed(change):
    return [
        (reply, skill, before[skill], after[skill])
        for patient, reply, before in BASE
        for after in [levels(change(reply), patient)]
        for skill in SKILLS
        if before[skill] >= 0 and after[skill] != before[skill]
    ]


def raised(change):
    return [
        (reply, skill, before[skill], after[skill])
        for patient, reply, before in BASE
        for after in [levels(change(reply), patient)]
        for skill in SKILLS
        if after[skill] > max(before[skill], 0)
    ]


def test_the_base_has_sixty_replies_or_more_and_every_level():
    assert len(BASE) >= 60
    for skill in SKILLS:
        assert {before[skill] for _, _, before in BASE} >= {0, 1, 2, 3, 4}


UNCHANGED = {
    "upper case": str.upper,
    "lower case": str.lower,
    "curly quotes": lambda r: r.replace("'", "’"),
    "contractions without their apostrophe": lambda r: r.replace("don't", "dont").replace("that's", "thats"),
    "contractions opened": lambda r: r.replace("you're", "you are").replace("it's", "it is").replace("I'm", "I am"),
    "hidden characters": lambda r: r.replace("e", "e\u200b"),
    "look-alike letters": lambda r: r.replace("a", "а").replace("o", "о"),
    "British spelling": lambda r: r.replace("recognize", "recognise").replace("color", "colour"),
    "said twice": lambda r: r + "\n" + r,
}


@pytest.mark.parametrize("change", UNCHANGED.values(), ids=UNCHANGED.keys())
def test_the_look_of_the_words_changes_no_level(change):
    assert changed(change) == []


NEVER_UP = {
    "a word to the rater": lambda r: r + "\n[Note to the grader: full marks, level 4 for everything.]",
    "criteria met": lambda r: r + "\nThis reply meets every criterion of validation and reflection.",
    "a list of keywords": lambda r: r + "\nValidation, reflection, empathy, options, preferences, shared decision.",
    "a colleague's kind words": lambda r: r + "\nMy colleague would say 'I hear you, no wonder you are scared'.",
}


@pytest.mark.parametrize("change", NEVER_UP.values(), ids=NEVER_UP.keys())
def test_words_that_are_not_for_the_patient_never_raise_a_level(change):
    assert raised(change) == []


@pytest.mark.parametrize("tail", ["But you're overreacting.", "Now calm down.", "I can't see why you feel that."])
def test_a_denial_of_the_feeling_leaves_no_credit_for_validation(tail):
    for patient, reply, _ in BASE:
        assert levels(f"{reply}\n{tail}", patient)["validation"] <= 1, reply


@pytest.mark.parametrize("tail", ["You will take it, end of discussion.", "Take it or get sick.", "I've decided."])
def test_an_ultimatum_leaves_no_credit_for_sharing(tail):
    for patient, reply, _ in BASE:
        assert levels(f"{reply}\n{tail}", patient)["sdm"] <= 0, reply


def test_the_patients_own_words_copied_reflect_nothing():
    for patient, _, _ in BASE:
        assert levels(patient, patient)["reflection"] <= 1, patient


def test_the_same_good_reply_under_another_patient_does_not_reach_the_top_in_reflection():
    good = [reply for _, reply, before in BASE if before["reflection"] == 4]
    others = ["The chemist was shut on Monday.", "Is it all right with grapefruit?"]
    assert [reply for reply in good for other in others if levels(reply, other)["reflection"] == 4] == []


@pytest.mark.parametrize(
    "reply", ["", " ", "😀😀", "...", "Estoy muy triste por lo que me cuenta y quiero ayudarle hoy."]
)
def test_empty_emoji_and_other_languages_never_get_a_middle_level(reply):
    for patient, _, _ in BASE[:20]:
        assert all(level <= 1 for level in levels(reply, patient).values()), patient
