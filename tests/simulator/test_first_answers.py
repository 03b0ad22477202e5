"""The first answer to how things have been stands on its own: it says how they are, and needs no story to be known."""

import pytest

from simulator.encounter import Encounter
from simulator.patient import ear_of
from simulator.scenario import Scenario
from tests.library import library

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
ASKED = {
    "en": (
        "how have things been?",
        "hi, im dr lee, sorry you waited. before anything else, how have things actually been?",
        "How are you doing with everything?",
        "how are you managing?",
        "how's life?",
    ),
    "es": ("¿cómo le ha ido?", "buenas tardes, ¿cómo van las cosas?", "¿cómo ha estado?"),
}


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda s: s.id)
def test_asked_first_how_things_have_been_they_say_how_they_are(scenario: Scenario) -> None:
    for asked in ASKED[scenario.language]:
        answered = [act for act in Encounter(scenario).reply(asked).acts if act not in {"never_met", "noticed"}]
        assert answered[-1] in {"answer:mood", "how_are_you", "answer:last_days"}, f"{asked}: {answered}"


def test_how_things_have_been_somewhere_is_about_that() -> None:
    maya = ear_of(SCENARIOS["maya-numb"])
    assert maya.hear("How have things been at home?").asked == ("home",)
    assert maya.hear("And how have things been at work?").asked == ("work",)
    assert maya.hear("What does a normal day look like?").asked == ("day",)


def test_good_to_see_you_again_winds_up_no_plan() -> None:
    visit = Encounter(SCENARIOS["maya-numb"])
    assert visit.reply("Hi Maya. good to see you again. how are you doing with everything?").acts == ("how_are_you",)


def listed(scenario: str, *replies: str) -> list[str]:
    visit = Encounter(SCENARIOS[scenario])
    visit._patient.feelings.trust, visit._patient.feelings.stance = 48.0, "warming"
    for reply in replies:
        visit.reply(reply)
    return [" ".join(turn.acts) for turn in visit.turns]


def test_a_list_of_short_topics_gets_two_answers_and_the_next_is_offered_by_name() -> None:
    visit = Encounter(SCENARIOS["maya-numb"])
    visit._patient.feelings.trust, visit._patient.feelings.stance = 48.0, "warming"
    answer = visit.reply("sleep, appetite, energy?")
    assert answer.acts == ("answer:sleep", "answer:appetite", "still_asked")
    assert "energy" in answer.patient


@pytest.mark.parametrize("goes_on", ["and the last one?", "ok and the other?", "yes", "go on", "energy?"])
def test_what_is_left_of_a_list_is_answered_next(goes_on: str) -> None:
    assert listed("maya-numb", "sleep, appetite, energy?", goes_on)[1].startswith("answer:energy")


def test_what_was_asked_by_name_is_not_left_of_the_list() -> None:
    asked = listed("maya-numb", "sleep, appetite, energy?", "energy?", "and the last one?")
    assert asked[1] == "answer:energy"
    assert "answer:energy" not in asked[2]


def test_a_list_is_forgotten_after_a_while() -> None:
    between = ("That sounds hard.", "You carry a lot.", "I can see that.", "That makes sense.")
    assert "answer:energy" not in listed("maya-numb", "sleep, appetite, energy?", *between, "and the last one?")[-1]
