"""A question is heard as the fact whose listed questions it is nearest to, in words of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.own_questions import OwnQuestions
from simulator.patient import ear_of
from simulator.scenario import Fact, Scenario
from simulator.words import words_of
from tests.library import library
from tests.simulator.made import without_questions_of_their_own

HOUSES = ("Which of the houses is furthest from being finished?", "How many jobs are half done at the moment?")
FORMS = ("How did you find filling in the questionnaires?", "Did you do all the paperwork on your own?")
LIKE = OwnQuestions(
    [*(("houses", words_of(q)) for q in HOUSES), *(("forms", words_of(q)) for q in FORMS)],
    "en",
)


def asked_of(question: str, *, tidy: bool = True) -> tuple[str, ...]:
    """Return what Maya hears a question as, once she has two facts with questions of their own."""
    maya = without_questions_of_their_own(library()["maya-numb"].scenario)
    own = {
        "houses": Fact(guarded="A few.", open="Four, and none of them lit.", asked_like=HOUSES),
        "forms": Fact(guarded="Long.", open="Three hours, and I lost the pen twice.", asked_like=FORMS),
    }
    scenario: Scenario = maya.model_copy(update={"facts": {**maya.facts, **own}})
    return ear_of(scenario).hear(question if tidy else question.rstrip("?").lower()).asked


@pytest.mark.parametrize("tidy", [True, False])
@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How did you find filling in all those questionnaires?", "forms"),
        ("Did you do the paperwork on your own or with somebody?", "forms"),
        ("Which house is furthest from being finished?", "houses"),
        ("How many jobs have you got half done?", "houses"),
    ],
)
def test_a_question_in_other_words_is_heard(question: str, topic: str, *, tidy: bool) -> None:
    assert asked_of(question, tidy=tidy) == (topic,)


@pytest.mark.parametrize(
    ("question", "topic"), [("How are you sleeping?", "sleep"), ("Do you drink at all?", "alcohol")]
)
def test_an_everyday_question_stays_what_it_is(question: str, topic: str) -> None:
    assert asked_of(question) == (topic,)


def test_danger_named_is_asked_about_whatever_the_question_is_like_otherwise() -> None:
    assert "suicide" in asked_of("Did you do all the paperwork on your own, or think of killing yourself over it?")


def test_small_words_in_common_show_nothing() -> None:
    assert LIKE.listed(words_of("How did you do on your own at the moment?")) is None
    assert LIKE.listed(words_of("What do the neighbours say?")) is None
    near = LIKE.near(words_of("What do the neighbours say?"))
    assert all(one.nearest < 0.2 and one.telling == 0 for one in near.values())


def test_a_slip_of_the_keyboard_is_forgiven() -> None:
    near = LIKE.near(words_of("how did you find filling in the questionaires"))
    assert near["forms"].nearest == pytest.approx(LIKE.near(words_of(FORMS[0]))["forms"].nearest)


def test_between_two_facts_that_are_as_near_nothing_is_guessed() -> None:
    twins = OwnQuestions([("one", words_of(HOUSES[0])), ("other", words_of(HOUSES[0]))], "en")
    assert twins.listed(words_of(HOUSES[0])) is None


@given(st.lists(st.sampled_from([*" ".join((*HOUSES, *FORMS)).split(), "xyzzy", "tell", "you"]), max_size=20))
def test_nearness_is_a_share_and_what_is_listed_is_nearest_to_itself(words: list[str]) -> None:
    found = LIKE.nearest(words_of(" ".join(words)))
    assert found is None or 0 <= found.next_share <= found.share <= 1.000001
    for question in (*HOUSES, *FORMS):
        itself = LIKE.nearest(words_of(question))
        assert itself is not None
        assert itself.share == pytest.approx(1)
