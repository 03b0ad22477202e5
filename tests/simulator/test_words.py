import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.everyday import not_slips, topics
from simulator.phrases import Phrases
from simulator.words import root, sentences_of, straight, words_of


def found(text: str) -> list[str]:
    phrases = Phrases(((t.id, p) for t in topics().values() for p in t.asked_as), not_slips())
    return phrases.names_in(words_of(text))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("How are you sleping?", "sleep"),
        ("do you snore, or have sleep apnoea", "apnoea"),
        ("Any side efects?", "side_effects"),
        ("whats your apetite like", "appetite"),
        ("Do you hear voices?", "voices"),
        ("Who's at home with you?", "home"),
        ("do you have a car", "transport"),
    ],
)
def test_a_question_is_understood_slips_of_the_keyboard_and_all(text: str, topic: str) -> None:
    assert topic in found(text)


@pytest.mark.parametrize(
    "text", ["I really care about you.", "Let me be clear.", "That's a fair point.", "Thank you for coming."]
)
def test_a_word_that_only_looks_like_another_asks_nothing(text: str) -> None:
    assert found(text) == []


def test_sleep_apnoea_is_not_sleep() -> None:
    assert found("Do you have sleep apnoea?") == ["apnoea"]


def test_endings_are_forgiven_and_short_words_are_not() -> None:
    assert root("sleeping") == root("sleeps") == "sleep"
    assert root("cared") != root("car") and root("cares") != root("car") and root("cars") == root("car")


@given(st.text(max_size=300))
def test_straightening_keeps_every_offset(text: str) -> None:
    assert len(straight(text)) == len(text)
    words_of(text)
    sentences_of(text)
