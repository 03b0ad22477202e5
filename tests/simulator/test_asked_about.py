"""What a question is about is heard in words that nobody wrote down."""

import pytest

from simulator.encounter import Encounter
from simulator.everyday import same_words, topics
from simulator.hearing import NONE, guessed, hearing, parts_of, roots_of
from simulator.hearing_fit import questions
from simulator.patient import ear_of
from simulator.words import words_of
from tests.library import library
from tests.simulator.made import without_questions_of_their_own

MAYA = library()["maya-numb"].scenario
LORRAINE = ear_of(library()["lorraine-dose"].scenario)


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Who'd be there for you if it went wrong?", "supports"),
        ("Have your clothes gotten loose?", "weight"),
        ("What was the previous doctor like with you?", "treated"),
        ("I was wondering how you get to your appointments.", "transport"),
    ],
)
def test_a_question_is_heard_whose_words_no_phrasing_has(asked: str, topic: str) -> None:
    assert topic in ear_of(MAYA).hear(asked).asked


def test_a_mood_that_is_asked_about_since_the_last_visit_is_a_mood_and_no_open_question() -> None:
    heard = LORRAINE.hear("How's your mood been since last time?")
    assert heard.asked[0] == "mood" and not heard.any_act("want_known")


@pytest.mark.parametrize(
    "said",
    [
        "That sounds like a long year.",
        "The tablets take about two weeks to work.",
        "Does that make sense?",
        "Which of the two would you rather have?",
        "Shall we meet again on Tuesday?",
    ],
)
def test_what_asks_about_no_topic_is_not_heard_as_one(said: str) -> None:
    assert not ear_of(MAYA).hear(said).asked


def test_what_is_said_of_others_is_asked_of_the_patient() -> None:
    ear = ear_of(MAYA)
    assert ear.hear("A lot of people leave out a tablet here and there. Do you?").asked == ("missed_doses",)
    assert ear.hear("It can put on weight. Do you?").asked != ("weight",)
    low = ear.hear("Some people don't sleep and then think of ending it all. Has that happened to you?")
    assert low.asked == ("suicide",)


def test_danger_is_never_guessed_lightly() -> None:
    ear = ear_of(without_questions_of_their_own(MAYA))
    unsure = 0
    for question in questions():
        words = words_of(question.text)
        likely = ear.about.weighing.likely(words, (), [], ())[0]
        if likely.topic in topics() and topics()[likely.topic].safety and likely.certainty < 0.6:
            unsure += 1
            assert likely.topic not in ear.about.of(words, [], (), ()).topics, question.text
    assert unsure > 10


def test_another_language_is_not_guessed_at_with_the_model_of_this_one() -> None:
    assert guessed(words_of("How do you sleep"), "es") is None


def test_words_that_are_not_known_are_not_guessed_at() -> None:
    assert hearing().guess(words_of("blorft quazzle vimp"), same_words()) is None


def test_a_slip_of_the_keyboard_does_not_hide_what_is_asked() -> None:
    right, slipped = (guessed(words_of(f"how are the {word}"), "en") for word in ("finances", "finnances"))
    assert right is not None and right == slipped


def test_the_model_is_the_one_that_the_questions_make() -> None:
    stored = hearing()
    asked = questions()
    assert set(stored.topics) == {question.topic for question in asked} == {*topics(), NONE}
    seen: dict[str, int] = {}
    for question in asked:
        for part in dict.fromkeys(parts_of(roots_of(words_of(question.text), same_words()))):
            seen[part] = seen.get(part, 0) + 1
    assert set(stored.parts) == {part for part, count in seen.items() if count > 1}, "python -m simulator.hearing_fit"


@pytest.mark.parametrize(
    ("patient", "question", "about"),
    [
        ("conor-focus", "who at home is most fed up with the half done jobs", "fed_up"),
        ("maya-numb", "How is your concentration at work?", "concentration"),
        ("jess-divalproex", "You use the divalproex with food at night, or without?", "how_taken"),
        ("fatuma-insulin", "numb feet, any sores or burns you didnt feel", "sores"),
        ("fatuma-insulin", "hodan, how is her sleep", "sleep"),
        (
            "lorraine-dose",
            "Hello, thank you for coming in. Before the pills, what's it been like for you lately?",
            "mood",
        ),
        ("lorraine-dose", "how's life?", "mood"),
        ("denise-injection", "anyone out to get you, ppl watching, that sort of thing", "suspicion"),
    ],
)
def test_what_only_stands_beside_a_question_is_not_what_it_asks(patient: str, question: str, about: str) -> None:
    heard = ear_of(library()[patient].scenario).hear(question)
    assert heard.asked == (about,)
    assert "insult" not in heard.acts


def test_what_stands_by_itself_behind_an_or_is_asked_too() -> None:
    assert ear_of(library()["maya-numb"].scenario).hear("Do you smoke or drink?").asked == ("smoking", "alcohol")


def test_to_start_over_asks_about_nothing() -> None:
    assert ear_of(library()["conor-focus"].scenario).hear("I'm sorry. Could we start over?").asked == ()


@pytest.mark.parametrize(
    ("patient", "reply", "never"),
    [
        ("tunde-sertraline", "Has a parent, brother or sister ever had bipolar disorder or a breakdown?", "begins:"),
        ("walter-cups", "How do you take the apixaban, twice a day, and do you use a pill box?", "ordered"),
        ("conor-focus", "I ask everyone, so please don't take it the wrong way. Do you use cannabis?", "ordered"),
        ("jas-mum", "jas ok if i see you on your own for a bit", "closing"),
        ("leroy-nights", "I'd like to help with the sleep. Is there anything else you've been carrying?", "asks"),
        ("maya-numb", "Would the blue lantern fit beside the second one on the shelf?", "answer:fears"),
    ],
)
def test_no_answer_to_something_else_is_given(patient: str, reply: str, never: str) -> None:
    scenario = library()[patient].scenario
    warm = ["Hello, good to meet you.", "That sounds hard, and it makes sense that it weighs on you."]
    turn = Encounter.replay(scenario, [*warm, reply]).turns[-1]
    assert not [act for act in turn.acts if act.startswith(never)]
