"""Three questions in one reply are answered in one breath; a yes-or-no question gets the right one of the two."""

import pytest

from simulator.encounter import Encounter
from tests.library import library

SCENARIOS = {name: one.scenario for name, one in library().items() if one.scenario.language == "en"}


def asked(name: str, text: str):
    return Encounter.replay(SCENARIOS[name], ["Hi, good to see you.", "What brings you in today?", text]).turns[-1]


def test_three_questions_with_short_answers_are_answered_in_one_breath() -> None:
    three = ("answer:side_effects", "answer:sleep", "answer:appetite")
    for name in ("maya-numb", "jess-divalproex", "fatuma-insulin", "denise-injection"):
        assert asked(name, "So, any side effects? Sleep okay? Appetite?").acts[:3] == three


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_no_question_of_three_is_passed_over_without_a_word(name: str) -> None:
    for text in ("Sleep, appetite, mood all right?", "Do you drink, smoke, or use any drugs?"):
        turn = asked(name, text)
        answers = [act for act in turn.acts if act.startswith("answer:")]
        both = any(word in turn.patient.lower() for word in ("neither", "no to both"))
        assert "what_else_asked" in turn.acts or len(answers) + both >= 2, turn.patient


def test_in_spanish_too_what_is_named_before_an_answer_begins_like_a_sentence() -> None:
    elvira = library()["elvira-insulina"].scenario
    said = Encounter(elvira).reply("Bien. ¿Sueño, apetito, ánimo, todo en orden?").patient
    assert "¿El ánimo?" in said, said


def test_a_question_that_is_a_list_is_heard_piece_by_piece() -> None:
    acts = asked("jess-divalproex", "any allergies, other meds, medical problems?").acts
    assert {"answer:allergies", "answer:other_medicines", "answer:health"} <= set(acts)


def test_a_no_is_never_said_to_whether_they_take_it() -> None:
    for text in ("Are you taking it every day?", "Do you take it regularly?", "Are you managing to take it?"):
        said = asked("jess-divalproex", text).patient
        assert "never" not in said.lower() and "toothbrush" in said
    assert "Never" in asked("jess-divalproex", "Do you ever miss a dose?").patient


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_what_is_only_to_be_confirmed_is_answered_with_how_it_is(name: str) -> None:
    for text, topic in (
        ("So you're sleeping fine?", "sleep"), ("You're eating okay then?", "appetite"), ("No allergies?", "allergies"),
        ("So you're not drinking?", "alcohol"),
    ):  # fmt: skip
        acts = asked(name, text).acts
        assert f"answer:{topic}" in acts or any(one.startswith(("hint:", "discloses:", "evades")) for one in acts), acts


def test_what_was_told_already_and_is_given_back_is_no_question() -> None:
    visit = Encounter.replay(SCENARIOS["maya-numb"], ["How do you sleep?", "So you're sleeping okay?"])
    assert "answer:sleep" not in visit.turns[-1].acts
