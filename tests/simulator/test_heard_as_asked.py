"""Ordinary questions are heard in the words of tired people, and what only sounds like one is not."""

import pytest

from simulator.loading import load_folder
from simulator.understanding import Ear

SCENARIOS = {name: loaded.scenario for name, loaded in load_folder().scenarios.items()}
LORRAINE = Ear(SCENARIOS["lorraine-dose"])


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what do you do when you wake at 3", "sleep"), ("how would Eddie know if it was working", "on_others"),
        ("how would you know if it was working", "medicine_helps"), ("talk me through a morning", "day"),
        ("whats it like being around people", "anxiety"), ("do they drift off, your thoughts", "concentration"),
        ("you stopped them, what happened", "stopped"), ("any exersize", "exercise"), ("pmh?", "health"), ("any si", "suicide"),
        ("take me back to when this all started", "story"), ("has it given you any trouble", "side_effects"),
        ("what have you had to give up", "given_up"), ("how has your life got smaller", "given_up"), ("are you due", "pregnancy"),
        ("do you lose your train of thought", "concentration"), ("clothes any looser or tighter", "weight"),
        ("did you nearly cancel", "being_here"), ("what finally got you to make the call", "reason"),
        ("have you got a stash of pills", "means"), ("do your eyes or ears play tricks on you", "voices"),
        ("whats your fuse like", "anger"), ("how do you get to the clinic", "transport"), ("who's around for you", "supports"),
    ],
)  # fmt: skip
def test_a_question_is_heard_however_it_is_put(question: str, topic: str) -> None:
    assert topic in LORRAINE.hear(question).asked


@pytest.mark.parametrize(
    "reply",
    [
        "Can you hear me okay?", "Does Thursday suit you?", "Was that too fast?", "Is it alright if the student stays?",
        "Does that make sense?", "Shall we look at the pros and cons?", "Would you want to start lower?", "Are we on the same page?",
        "What a thing to have to live with.", "Can we come back to that?", "How do you weigh the pros and cons?",
        "Should we end it there for today?", "How far would you want to go with it?", "Can I help with that?",
        "Do you see things differently now?", "Would it help to take a short break?",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_topic_asks_about_none(reply: str) -> None:
    assert LORRAINE.hear(reply).asked == ()
