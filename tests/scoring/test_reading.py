"""Properties that carry the design of the reader."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import MOVES, SKILLS, grade, read, rubric

PATIENT = "I've put on two stone since the pills. I stopped looking in mirrors."


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.text(max_size=200))
def test_reading_never_raises_and_every_quote_is_the_replys_own_words(reply, patient):
    reading = read(reply, patient)
    card = grade(reading)
    for move in reading.moves:
        assert move.move in MOVES
        assert move.quote
        assert reply[move.start : move.end] == move.quote
    for cue in reading.cues:
        assert patient[cue.start : cue.end] == cue.quote
    for skill in SKILLS:
        assert card[skill].level in (None, 0, 1, 2, 3, 4)
        assert 0 <= card[skill].certainty <= 1
        for move in card[skill].evidence:
            assert reply[move.start : move.end] == move.quote


def test_a_very_long_reply_is_read_without_trouble():
    assert grade(read("word salad " * 5000, PATIENT)).validation.level in (0, 1)


def test_the_same_reply_is_read_the_same_every_time():
    reply = "So the mirror went, and the pills with it? I'd want to hide too."
    assert read(reply, PATIENT) == read(reply, PATIENT)


def test_a_misspelt_chatty_reflection_that_names_the_fear_is_a_full_validation():
    assert grade(read("It sounds like the weight gain really scared u", PATIENT)).validation.level == 3


def test_understanding_followed_by_an_order_is_not_praised():
    card = grade(read("I understand, but you need to take it", PATIENT))
    assert card.validation.level <= 1
    assert card.sdm.level in (None, 0, 1)
    assert read("I understand, but you need to take it", PATIENT).does("stock_phrase")


def test_business_past_a_hint_is_heard_as_stepping_over_it():
    reading = read("Great. Any side effects? No? I'll refill it.", "It's fine. Same as last time, I guess.")
    assert reading.does("steps_over")
    assert reading.does("closed_question")
    assert grade(reading).validation.level <= 1


def test_picking_up_two_words_and_asking_what_is_in_them_reflects():
    reading = read(
        "'Fine, I guess' has a lot of room in it. What's in the 'I guess'?", "It's fine. Same as last time, I guess."
    )
    assert reading.does("open_question")
    assert grade(reading).reflection.level >= 2


def test_every_level_has_a_reason_and_every_level_but_the_top_something_to_try():
    for skill in SKILLS:
        levels = rubric().skills[skill].levels
        assert len(levels) == 5
        assert all(level.because for level in levels)
        assert all(level.try_this for level in levels[:4])


def test_copying_the_patients_sentence_reflects_nothing():
    copy = "You've put on two stone since the pills. You stopped looking in mirrors."
    assert grade(read(copy, PATIENT)).reflection.level <= 1


def test_phrases_in_one_breath_get_the_floor_even_with_one_word_of_the_patients():
    mashed = "scared because anyone would be your choice options or wait pros cons you feel both sides tell me if wrong"
    card = grade(read(mashed, "I was too scared to ring, so I did nothing."))
    assert card.validation.level in (0, 1)
    assert card.reflection.level in (0, 1)


def test_a_list_of_keywords_gets_the_floor():
    words = "options preferences validation reflection empathy shared decision autonomy together"
    assert set(grade(read(words, PATIENT)).levels().values()) <= {0, None}


@pytest.mark.parametrize("reply", ["hi", "ok", "hmm", "Hello, nice to meet you.", "asdf gh", "thanks"])
def test_a_word_or_two_that_does_nothing_is_never_in_the_middle(reply: str) -> None:
    patient = "That last doctor wrote 'poor insight' on me. I saw it upside down."
    levels = grade(read(reply, patient)).levels()
    assert all(level is None or level <= 2 for level in levels.values()), levels
    assert (levels["reflection"] or 0) <= 1, "nothing was given back"


def test_the_words_shown_for_a_level_are_not_shown_twice():
    card = grade(read("You fought your way out of that closet, and you were hoping for more than dry by now.",
                      "I'm not crying in the supply closet anymore. So. That's the bar, I suppose."))  # fmt: skip
    for skill in SKILLS:
        spans = sorted((move.start, move.end) for move in card[skill].evidence)
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans)), spans


@pytest.mark.parametrize("greeting", ["Mr Banton.", "Evening Leroy.", "Hello there."])
def test_a_name_or_a_greeting_is_no_stepping_over(greeting):
    reply = f"{greeting} You've been up since three, and you're still worried about keeping me."
    hurts = [move.quote for move in read(reply, "I don't sleep, doctor. I'm sorry to keep you.").moves
             if move.move in {"steps_over", "misstates", "judges", "argues"}]  # fmt: skip
    assert greeting not in hurts


@pytest.mark.parametrize(
    "reply",
    [
        "everyone gets a bit of that its just the tablets bedding in dont worry about it",
        "everyone feels like that at first",
        "i wouldnt worry about that, completely normal",
        "you just need to give it a chance",
        "youre worrying about nothing",
    ],
)
def test_brushing_off_is_no_listening_however_it_is_typed(reply):
    for patient in (PATIENT, "They bring hotdish. Eleven of them.", "It's fine. Same as last time, I guess."):
        card = grade(read(reply, patient))
        assert card.validation.level <= 1
        assert (card.reflection.level or 0) <= 1


@pytest.mark.parametrize("reply", ["hm that sounds tough", "That sounds hard.", "who would you be afraid of losing"])
def test_words_that_would_fit_anybody_are_no_specific_validation_and_no_reflection(reply: str) -> None:
    levels = grade(read(reply, "I haven't slept since March and he thinks it's him.")).levels()
    assert (levels["validation"] or 0) <= 2
    assert (levels["reflection"] or 0) <= 1


def test_having_no_time_for_the_patient_is_no_acknowledgement() -> None:
    levels = grade(read("i dont have time for this", "I'm scared it'll change who I am.")).levels()
    assert (levels["validation"] or 0) <= 1
