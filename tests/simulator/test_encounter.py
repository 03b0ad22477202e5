import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.encounter import MAX_REPLY, Encounter, ReplyRefused
from simulator.scenario import Scenario
from simulator.voices import said_as
from tests.library import library

SCENARIOS = [loaded.scenario for loaded in library().values()]
NASTY = [line for line in (Path(__file__).parent / "nasty.txt").read_text(encoding="utf-8").split("\n") if line.strip()]
each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
in_english = pytest.mark.parametrize("scenario", [s for s in SCENARIOS if s.language == "en"], ids=lambda s: s.id)
MAYA = next(s for s in SCENARIOS if s.id == "maya-numb")
QUESTIONS = [
    "How have you been sleeping?", "How's your appetite?", "How is your mood?", "How's your energy?", "Can you concentrate?",
    "Do you get anxious?", "Who do you live with?", "Do you work?", "Do you have children?", "Are you in a relationship?",
    "Do you drink?", "Do you smoke cannabis?", "Any other drugs?", "Are you taking anything else?", "Any allergies?",
    "Have you had any side effects?", "Do you miss doses?", "What worries you about the medicine?", "What do you hope for?",
    "Have you ever thought of suicide?", "Do you hear voices?", "Have you been through anything traumatic?", "How's your memory?",
    "Does anyone in your family have mental illness?", "Have you been in trouble with the law?", "What have you read about it?",
    "Can you afford it?", "Who knows that you come here?", "What do you do for fun?", "Do you snore?", "How's your thyroid?",
    "Has your weight changed?", "Do you feel restless?", "Are you in pain?", "Are you religious?", "What treatment have you had before?",
    "Is it helping?", "What keeps you going?", "When did it start?", "What do you think is going on?",
]  # fmt: skip


def assert_sound(encounter: Encounter) -> None:
    """What holds for every visit, whatever was typed."""
    spoken = [said_as(encounter.opening), *(said_as(turn.patient) for turn in encounter.turns)]
    assert len(spoken) == len(set(spoken)), "a line was said twice"
    for turn in encounter.turns:
        assert turn.patient.strip(), "an empty line"
        assert "{" not in turn.patient.replace(turn.heard_words, "") or "{" in turn.clinician
        assert turn.thought.strip()
        for value in (turn.state.trust, turn.state.heard, turn.state.willingness):
            assert 0 <= value <= 100
        for move in turn.reading.moves:
            assert turn.clinician[move.start : move.end] == move.quote
    told: set[str] = set()
    for turn in encounter.turns:
        told.update(turn.disclosed)
        for concern in encounter.scenario.concerns:
            if concern.id not in told:
                for text in (turn.patient, turn.thought):
                    assert concern.says not in text, f"{concern.id} leaked before its gate opened"
                    assert not (concern.danger and concern.danger.asked in text)


@each
def test_nasty_replies_never_break_a_visit(scenario: Scenario) -> None:
    lines = NASTY.copy()
    random.Random(scenario.id).shuffle(lines)
    del lines[len(lines) // 2 :]  # another half for each patient
    for start in range(0, len(lines), 45):
        encounter = Encounter(scenario, start)
        for line in lines[start : start + 45]:
            encounter.reply(line)
        encounter.end()
        assert_sound(encounter)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.one_of(st.text(min_size=1, max_size=200), st.sampled_from(NASTY)), min_size=1, max_size=12),
    st.integers(0, 9),
)
def test_any_text_at_all_gets_an_answer(replies: list[str], seed: int) -> None:
    encounter = Encounter(SCENARIOS[seed % len(SCENARIOS)], seed)
    for reply in replies:
        if reply.strip():
            encounter.reply(reply)
    encounter.end()
    assert_sound(encounter)


@in_english
def test_forty_ordinary_questions_are_answered_and_nothing_is_said_twice(scenario: Scenario) -> None:
    encounter = Encounter(scenario, 3)
    for question in QUESTIONS:
        encounter.reply(question)
    assert_sound(encounter)
    off = [
        t.clinician for t in encounter.turns if {"unknown_question", "unclear", "gibberish", "continues"} & set(t.acts)
    ]
    assert len(off) <= 4, f"not understood: {off}"


ABOUT_IT = ("told_already", "safety_evaded", "evades", "pressed", "already_said", "not_for_me")
REWORDED = [q for q in (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").split("\n") if q]


@in_english
def test_the_same_things_asked_in_other_words_get_answers_about_them(scenario: Scenario) -> None:
    off, asked = [], 0
    for start in range(0, len(REWORDED), 40):
        encounter = Encounter(scenario, start)
        for question in REWORDED[start : start + 40]:
            acts = encounter.reply(question).acts
            asked += 1
            if not any(act in ABOUT_IT or act.startswith(("answer:", "discloses:", "danger:")) for act in acts):
                off.append(question)
        assert_sound(encounter)
    assert len(off) <= asked * 0.1, f"not understood: {off}"


@each
def test_the_same_seed_and_replies_give_the_same_visit(scenario: Scenario, rated_anew: None) -> None:
    replies = [
        "Hello.",
        "It sounds like that's been hard to say.",
        "How do you sleep?",
        "You need to take it.",
        "I'm sorry, that was wrong.",
    ]
    first, second = Encounter.replay(scenario, replies, 7), Encounter.replay(scenario, replies, 7)
    assert first.end() == second.end()
    assert first.played().as_json() == second.played().as_json()


def test_another_seed_gives_the_same_story_in_other_words() -> None:
    replies = ["Hm.", "Tell me more.", "That must be tiring.", "What do you do for fun?", "Right."]
    visits = [Encounter.replay(MAYA, replies, seed) for seed in range(6)]
    assert len({tuple(t.patient for t in v.turns) for v in visits}) > 1
    assert len({v.state for v in visits}) == 1 or all(v.state.trust >= 0 for v in visits)


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_blank_reply_is_refused_with_a_plain_sentence(text: str) -> None:
    encounter = Encounter(MAYA)
    with pytest.raises(ReplyRefused, match="nothing to send"):
        encounter.reply(text)
    assert encounter.turns == []


def test_a_reply_that_is_too_long_is_refused_and_the_visit_is_as_before() -> None:
    encounter = Encounter(MAYA)
    before = encounter.state
    with pytest.raises(ReplyRefused, match="2,001 characters"):
        encounter.reply("x" * (MAX_REPLY + 1))
    assert encounter.state == before and encounter.minutes < 1
    encounter.reply("x " * (MAX_REPLY // 2))


def test_a_visit_ends_once_and_takes_no_more_replies() -> None:
    encounter = Encounter(MAYA)
    encounter.reply("Hello.")
    assert encounter.end() == encounter.end()
    with pytest.raises(ReplyRefused, match="has ended"):
        encounter.reply("One more thing.")


def test_a_visit_can_end_before_a_word_was_said() -> None:
    outcome = Encounter(MAYA).end()
    assert outcome.parting_words and outcome.story and outcome.disclosed == ()


def test_minutes_are_counted_by_words() -> None:
    short, long = Encounter(MAYA), Encounter(MAYA)
    short.reply("Okay.")
    long.reply("Let me tell you how these things tend to go for a good many people who come through this door. " * 4)
    assert long.minutes > short.minutes > 0


def test_insults_get_short_answers_without_theatrics_and_cost_trust() -> None:
    encounter = Encounter(MAYA)
    before = encounter.state.trust
    turn = encounter.reply("You're an idiot.")
    assert turn.state.trust < before - 5 and len(turn.patient.split()) < 20
    assert "insult" in turn.acts
