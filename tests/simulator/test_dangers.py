"""A danger that was said is gone on about by what the clinician did about it, and by nothing else in that turn."""

import pytest

from simulator import dangers
from simulator.encounter import Encounter
from simulator.memory import Memory
from simulator.patient import ear_of
from simulator.scenario import Concern, Scenario
from simulator.voices import Part
from tests.library import library
from tests.simulator.made import reading

LIBRARY = [loaded.scenario for loaded in library().values()]
PATIENTS = {one.id: one for one in LIBRARY}
DANGERS = [(s, c) for s in LIBRARY for c in s.concerns if c.danger is not None]
each = pytest.mark.parametrize(("scenario", "concern"), DANGERS, ids=lambda one: one.id)


def told(scenario: Scenario, concern: Concern) -> Memory:
    """A visit in which the danger was said in the patient's last words."""
    memory = Memory(scenario, seq=5)
    memory.disclosed.append(concern.id)
    memory.danger, memory.told_at = concern.id, 4
    return memory


def answer(memory: Memory, text: str, *moves: str) -> Part | None:
    heard = ear_of(memory.scenario).hear(text)
    return dangers.going_on(memory.scenario, memory, reading(text, *moves), heard, memory.danger)


def test_some_shipped_patients_have_a_danger_to_say() -> None:
    assert len(DANGERS) >= 3


@each
@pytest.mark.parametrize(
    "text",
    ["Are you having thoughts of ending your life?", "Do you ever feel you might act on it?", "Are you safe to go home?",
     "Have you got a plan?", "Who would you call if it got worse?"],
)  # fmt: skip
def test_a_plain_question_about_danger_gets_the_educators_words(
    scenario: Scenario, concern: Concern, text: str
) -> None:
    assert concern.danger is not None
    memory = told(scenario, concern)
    part = answer(memory, text)
    assert part is not None
    assert part.lines == (concern.danger.asked,)
    assert memory.danger is None, "asked about once, it is closed"


@each
def test_words_that_only_stand_near_each_other_are_no_question_about_danger(
    scenario: Scenario, concern: Concern
) -> None:
    memory = told(scenario, concern)
    assert answer(memory, "What have you found yourself doing about the evenings lately?", "open_question") is None
    assert memory.danger == concern.id


@each
def test_a_danger_that_is_hurt_over_is_taken_back(scenario: Scenario, concern: Concern) -> None:
    assert concern.danger is not None
    part = answer(told(scenario, concern), "Everyone gets that, you'll be fine.", "minimises")
    assert part is not None
    assert part.lines == (concern.danger.ignored,)


@each
def test_a_kind_word_alone_neither_asks_nor_ignores(scenario: Scenario, concern: Concern) -> None:
    memory = told(scenario, concern)
    assert answer(memory, "That sounds frightening. I'm glad you said it.", "acknowledges") is None
    assert memory.danger == concern.id


@each
def test_guns_at_home_have_an_answer_of_their_own_even_then(scenario: Scenario, concern: Concern) -> None:
    memory = told(scenario, concern)
    assert answer(memory, "Any guns at home?", "checks_safety") is None
    assert "means" in ear_of(scenario).hear("Any guns at home?").asked


def test_nothing_is_gone_on_about_where_nothing_was_said() -> None:
    scenario, _ = DANGERS[0]
    assert answer(Memory(scenario), "Are you having thoughts of ending your life?") is None


NOT_ABOUT_DANGER = [
    ("have you ever had a heart attack?", "health"),
    ("any heart attacks or strokes?", "health"),
    ("panic attacks?", "anxiety"),
    ("family history of suicide?", "family_suicide"),
    ("any suicide in the family?", "family_suicide"),
    ("has anyone in your family killed themselves?", "family_suicide"),
    ("do you feel safe at home?", "safe_home"),
    ("are you safe at home?", "safe_home"),
    ("are you safe with your husband?", "safe_home"),
]


@pytest.mark.parametrize(("asked", "topic"), NOT_ABOUT_DANGER)
def test_a_word_of_danger_in_another_question_is_no_question_about_danger(asked: str, topic: str) -> None:
    heard = ear_of(PATIENTS["maya-numb"]).hear(asked)
    assert topic in heard.asked and not heard.asks_safety, heard.asked


@pytest.mark.parametrize(
    "asked",
    [
        "any thoughts of suicide?",
        "Have you thought of killing yourself?",
        "are you safe?",
        "do you ever want to attack anyone?",
        "Any suicide in the family, and do you think of suicide yourself?",
    ],
)
def test_a_question_about_danger_stays_one(asked: str) -> None:
    assert ear_of(PATIENTS["maya-numb"]).hear(asked).asks_safety


def test_a_question_about_the_family_brings_out_no_danger_of_their_own() -> None:
    for asked in ("family history of suicide?", "did he kill himself?", "Any suicide in your family?"):
        visit = Encounter(PATIENTS["walter-cups"])
        feelings = visit._patient.feelings
        feelings.trust, feelings.stance = 80.0, "open"
        turn = visit.reply(asked)
        assert not any("heart-pills" in act for act in turn.acts), f"{asked}: {turn.acts}"
