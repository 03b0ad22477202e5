"""Open questions get an answer of their own, a choice is answered by naming a way, and what is out is hinted at no more."""

import pytest

from simulator.encounter import Encounter
from simulator.everyday import said
from simulator.patient import ear_of
from simulator.voices import said_as
from tests.library import library
from tests.simulator.made import without_questions_of_their_own

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
LORRAINE = SCENARIOS["lorraine-dose"]
QUESTIONS = {
    "want_known": "ok so what did i miss last time",
    "hardest": "whats the hardest part of all this for you",
    "matters_most": "What matters most to you in all of this?",
    "doing_about": "what have you been doing about it lately?",
    "where_start": "where would you like to start today",
    "good_outcome": "What would a good outcome look like for you?",
    "talk_today": "how has it been to talk about it today",
}


@pytest.mark.parametrize(("name", "question"), QUESTIONS.items())
def test_an_open_question_is_heard_as_the_one_that_it_is(name: str, question: str) -> None:
    understood = ear_of(LORRAINE).hear(question)
    assert name in understood.acts and understood.questions == 1


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        ("want_known", "It makes sense that you'd be careful in here. What would you most want me to understand?"),
        (
            "doing_about",
            "I'd feel the same, with what you've told me. What have you found yourself doing about it lately?",
        ),
    ],
)
def test_what_is_said_before_an_open_question_makes_no_other_of_it(name: str, reply: str) -> None:
    for scenario in (one for one in SCENARIOS.values() if one.language == "en"):
        assert name in ear_of(scenario).hear(reply).acts, scenario.id


def test_to_honour_that_they_told_asks_nothing() -> None:
    hear = ear_of(LORRAINE).hear
    assert hear("It makes sense that this weighs on you, and it took courage to tell me.").questions == 0
    assert hear("I'd like you to tell me about your sleep.").questions == 1


@pytest.mark.parametrize("scenario_id", ["lorraine-dose", "leroy-nights", "jas-mum"])
@pytest.mark.parametrize(("name", "question"), QUESTIONS.items())
def test_an_open_question_is_never_waved_away(scenario_id: str, name: str, question: str) -> None:
    encounter = Encounter(SCENARIOS[scenario_id])
    encounter.reply("Hi, good to see you. Have a seat.")
    acts = encounter.reply(question).acts
    answers = (name, "answer:", "moment:", "hint:", "discloses:")
    assert any(act.startswith(answers) for act in acts), acts
    assert not {"unknown_question", "yes_no", "validated", "continues"}.intersection(acts), acts


def test_every_open_question_has_lines_and_known_answers() -> None:
    assert set(said().open_first) <= set(said().open_questions)
    assert set(QUESTIONS) <= set(said().open_questions)


def test_a_choice_is_answered_with_one_of_the_ways_that_were_offered() -> None:
    for scenario in (s for s in SCENARIOS.values() if s.language == "en"):
        encounter = Encounter(scenario)
        encounter.reply("Hi, good to see you.")
        acts = encounter.reply(
            "There are a few options: we could go ahead, or we could wait. Which would you prefer?"
        ).acts
        assert any(act.startswith(("choice_", "discloses:", "hint:")) for act in acts), (scenario.id, acts)
        assert "choice_other" not in acts


def test_a_second_question_about_what_was_confided_gets_no_coy_answer() -> None:
    encounter = Encounter(LORRAINE)
    patient = encounter._patient
    patient.memory.disclosed.append("third-day")
    turn = encounter.reply("Do you ever miss a dose?")
    assert turn.patient == LORRAINE.facts["missed_doses"].told


def test_a_plain_question_about_something_else_is_answered_and_brings_nothing_else_out() -> None:
    ray = SCENARIOS["ray-second-time"]
    encounter = Encounter(ray)
    encounter._patient.feelings.trust = 60.0
    for question in ("Are you eating?", "What do you do for fun?", "Any allergies?", "Do you have pain anywhere?"):
        assert not encounter.reply(question).disclosed, question


def test_what_somebody_would_do_if_it_went_well_is_a_question_without_its_mark() -> None:
    assert ear_of(LORRAINE).hear("if the sugar was good again what would you be doing").asked == ("hopes",)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("how has this been for your family", "on_others"),
        ("what made you stop", "stopped"),
        ("whats a good day like", "good_days"),
        ("walk me through last night", "last_days"),
        ("what has all this cost you", "given_up"),
        ("how did the other doctors treat you", "treated"),
        ("how do you feel about being here", "being_here"),
        ("any days where you think about not being here", "suicide"),
        ("what do you know about vortioxetine", "read"),
        ("any depression in your family", "family_history"),
    ],
)
def test_what_is_asked_is_told_from_what_only_sounds_like_it(question: str, topic: str) -> None:
    assert ear_of(without_questions_of_their_own(LORRAINE)).hear(question).asked == (topic,)


def test_no_two_answers_of_a_patient_are_the_same_line() -> None:
    for scenario in SCENARIOS.values():
        lines: dict[str, str] = {}
        for topic, fact in scenario.facts.items():
            for line in {fact.guarded, fact.open, fact.told} - {""}:
                assert lines.setdefault(said_as(line), topic) == topic, (scenario.id, line)


def test_a_plain_question_about_danger_gets_a_plain_no_where_nothing_is() -> None:
    encounter = Encounter(SCENARIOS["maya-numb"])
    assert encounter.reply("Do you ever think about hurting yourself?").patient.startswith("No")
