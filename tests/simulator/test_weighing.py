"""What a question is about is weighed from all that speaks for each topic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.everyday import topics
from simulator.hearing import NONE
from simulator.patient import ear_of
from simulator.scenario import Fact
from simulator.weighing import NOT_AT_ALL, NOTHING, SPEAKS, WEIGHTS, weights
from simulator.weighing_fit import WEIGHED, asked, cases_of, fit, right_share
from tests.library import library

if TYPE_CHECKING:
    from simulator.understanding import Ear

PATIENTS = {name: loaded.scenario for name, loaded in library().items()}
MAYA = PATIENTS["maya-numb"]
WALTER = PATIENTS["walter-cups"]
EAR = ear_of(MAYA)


def likeliest(ear: Ear, question: str, previous: str = "") -> tuple[str, float]:
    """Return what a question is most likely about, and how certain that is."""
    words, hits, before = ear.question(question, previous)
    first = ear.about.weighing.likely(words, before, hits, ())[0]
    return first.topic, first.certainty


def test_a_fact_of_this_patient_is_likelier_than_a_word_that_names_a_topic() -> None:
    kayleigh = ear_of(PATIENTS["kayleigh-seven-weeks"])
    assert likeliest(kayleigh, "When he does sleep, are you able to sleep as well?")[0] == "sleep_when_he_does"
    assert likeliest(kayleigh, "How are you sleeping?")[0] == "sleep"


def test_a_patient_written_a_minute_ago_is_weighed_with_the_same_weights() -> None:
    few = {"kite": Fact(guarded="It flew.", open="It flew twice.", asked_like=("How did the kite fly on the beach?",))}
    ear = ear_of(MAYA.model_copy(update={"facts": few}))
    assert ear.hear("did that kite ever fly, at the beach").asked == ("kite",)
    assert ear.hear("how are you sleeping at the moment").asked == ("sleep",)


def test_what_is_about_nothing_is_likeliest_about_nothing() -> None:
    assert likeliest(EAR, "Does that make sense so far?")[0] == NONE


def test_a_question_that_only_points_back_is_about_what_was_said_before_it() -> None:
    heard = EAR.hear("Antidepressants quite often affect people's sex lives, so I ask everybody. Has yours changed?")
    assert heard.asked == ("sex",)


def test_a_word_quoted_back_is_not_what_is_asked() -> None:
    kayleigh = ear_of(PATIENTS["kayleigh-seven-weeks"])
    assert kayleigh.hear('When you say "just tired", how much sleep did you get last night?').asked[0] in {
        "sleep",
        "hours_slept",
    }
    assert "first_words" not in kayleigh.hear("You said you're just tired. When he does sleep, do you sleep?").asked


@pytest.mark.parametrize("scrap", ["miss many doses", "nightmares at all lately"])
def test_a_few_words_that_plainly_ask_need_no_mark(scrap: str) -> None:
    assert ear_of(PATIENTS["jess-divalproex"]).hear(scrap).asked


@given(
    st.lists(st.sampled_from(["how", "the", "sleep", "running", "shoes", "dani", "xyzzy", "ring", "you"]), max_size=12)
)
def test_certainties_are_shares_of_one_and_what_is_hardly_likely_is_left_out(words: list[str]) -> None:
    likely = EAR.about.weighing.likely(tuple(words), (), [], ())
    assert all(one.certainty >= NOT_AT_ALL * likely[0].certainty for one in likely)
    left_out = len(EAR.facts) - len(likely)
    assert 1 - NOT_AT_ALL * left_out <= sum(one.certainty for one in likely) + 1e-9 <= 1 + 2e-9
    assert [one.certainty for one in likely] == sorted((one.certainty for one in likely), reverse=True)


def test_what_is_left_out_is_not_found_by_itself() -> None:
    topic, question = next(
        (name, fact.asked_like[0]) for name, fact in WALTER.facts.items() if len(fact.asked_like) > 3
    )
    ear = ear_of(WALTER)
    words, hits, before = ear.question(question, "")
    whole, without = (ear.about.speaks(words, hits, before, but)[topic][0] for but in ((), words))
    assert whole == pytest.approx(1) and without < 0.95


def test_there_is_a_weight_for_each_thing_that_speaks() -> None:
    assert list(json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]) == [*SPEAKS, *NOTHING]
    assert len(weights()) == len(SPEAKS) + len(NOTHING)


def test_every_question_to_learn_from_is_under_something_that_the_patient_can_be_asked() -> None:
    paths = sorted(WEIGHED.glob("*.yaml"))
    assert len(paths) == 13
    for path in paths:
        ear = ear_of(PATIENTS[path.stem])
        known = {*ear.facts, *ear.scenario.facts, *topics(ear.scenario.language)}
        assert not {topic for answers in asked(path).values() for topic in answers} - known, path.name


def test_weights_that_fit_find_more_than_weights_that_say_nothing() -> None:
    some = dict(list(asked(WEIGHED / "walter-cups.yaml").items())[:60])
    cases = cases_of(ear_of(WALTER), some)
    fitted, nothing = right_share(cases, fit(cases))[0], right_share(cases, fit(cases) * 0)[0]
    assert fitted > 0.8 * len(cases) > nothing


@pytest.mark.parametrize("name", sorted(PATIENTS))
def test_every_question_to_learn_from_is_heard_without_fail(name: str) -> None:
    ear = ear_of(PATIENTS[name])
    heard = [ear.hear(question) for question in asked(WEIGHED / f"{name}.yaml")]
    assert sum(bool(one.asked) for one in heard) > 0.9 * len(heard)


def test_a_word_in_kindness_names_no_topic() -> None:
    heard = EAR.hear(
        "It makes sense that this weighs on you, and it took courage to tell me. How does that sit with you?"
    )
    assert not heard.asked and heard.any_act("preference")


def test_whether_a_plan_feels_right_asks_about_nothing_else() -> None:
    assert not ear_of(PATIENTS["leroy-nights"]).hear("zopiclone 7.5 at night then. does that feel ok?").asked
