"""A medicine that the scenario doesn't list is heard as another way, and gets a human answer: what is that, why that."""

import pytest

from simulator.encounter import Encounter
from simulator.patient import ear_of
from simulator.plans import in_words
from tests.library import library

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
ORDERED = [
    ("conor-focus", "ok so methylphenidate 18mg, start tmrw", "methylphenidate", "why_that_one"),
    ("maya-numb", "lets try quetiapine 25 at night", "quetiapine", "other_medicine"),
    ("leroy-nights", "im going to give you some zolpidem 5mg", "zolpidem", "other_medicine"),
    ("walter-cups", "lets start citalopram 10mg once a day ok", "citalopram", "other_medicine"),
    ("jas-mum", "start citalopram 10mg tomorrow and see me in 2 wks", "citalopram", "other_medicine"),
    ("elvira-insulina", "le voy a recetar sitagliptina 100 mg", "sitagliptina", "other_medicine"),
]


@pytest.mark.parametrize(("scenario", "order", "medicine", "answer"), ORDERED)
def test_an_order_for_another_medicine_is_heard_as_one_and_asked_about(
    scenario: str, order: str, medicine: str, answer: str
) -> None:
    turn = Encounter(SCENARIOS[scenario]).reply(order)
    assert turn.plan.elsewhere and turn.plan.settled and turn.plan.way == medicine
    assert answer in turn.acts
    assert in_words(SCENARIOS[scenario], turn.plan) == medicine, "the debrief calls it what it was called"


@pytest.mark.parametrize("asked", ["what about venlafaxine?", "how about clozapine", "maybe try trazodone?"])
def test_another_medicine_that_is_only_asked_about_is_not_settled(asked: str) -> None:
    turn = Encounter(SCENARIOS["maya-numb"]).reply(asked)
    assert turn.plan.elsewhere and not turn.plan.settled
    assert turn.acts == ("other_medicine",)


def test_once_it_was_asked_about_it_is_answered_as_a_plan() -> None:
    visit = Encounter(SCENARIOS["maya-numb"])
    visit.reply("lets try venlafaxine 75mg")
    turn = visit.reply("its another antidepressant. so we start venlafaxine 75mg then")
    assert turn.plan.again
    assert any(act.startswith("plan_") for act in turn.acts), turn.acts


@pytest.mark.parametrize(
    "reply",
    [
        "Have you ever tried venlafaxine?",
        "Do you take trazodone for sleep?",
        "Were you on fluoxetine before?",
        "Are you on any lithium?",
        "Venlafaxine can cause headaches in some people and so it is used less.",
    ],
)
def test_to_ask_about_or_speak_of_a_medicine_puts_none(reply: str) -> None:
    turn = Encounter(SCENARIOS["maya-numb"]).reply(reply)
    assert not turn.plan.elsewhere
    assert not {"other_medicine", "why_that_one"} & set(turn.acts)


def test_what_the_patient_takes_or_is_offered_is_no_other_medicine() -> None:
    for scenario, named in (("walter-cups", "metoprolol 25mg"), ("fatuma-insulin", "metformin 1000 mg twice a day")):
        assert Encounter(SCENARIOS[scenario]).reply(f"keep taking the {named}").plan.way in {"", "keep", "box-again"}
    maya = ear_of(SCENARIOS["maya-numb"])
    assert maya.plans.asks_first(Encounter(SCENARIOS["maya-numb"]).reply("so bupropion 150 then").plan) is None
