"""Against a real server, where one is named: answers stream, structure is asked for rightly, nonsense gets nowhere."""

from __future__ import annotations

import os

import pytest

from language_model import LanguageModel, ModelFailure, Settings
from raters import Judge, rubric_in_use
from scoring import SKILLS
from simulator.encounter import Encounter
from simulator.improvised import ImprovisedVoice
from simulator.loading import load_folder

URL, NAME = os.environ.get("RAPPORT_TEST_MODEL_URL", ""), os.environ.get("RAPPORT_TEST_MODEL", "model")
SCHEMAS = os.environ.get("RAPPORT_TEST_MODEL_SCHEMAS", "").lower() in {"1", "yes", "true", "on"}
pytestmark = pytest.mark.skipif(not URL, reason="no real server is named (RAPPORT_TEST_MODEL_URL; see docs/models.md)")


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    key = os.environ.get("OPENAI_API_KEY", "")
    return LanguageModel(
        Settings(base_url=URL, api_key=key, patient_model=NAME, judge_model=NAME, read_seconds=120, total_seconds=300)
    )


def test_an_answer_streams(model: LanguageModel) -> None:
    stream = model.stream("doctor-patient")
    pieces = list(stream)
    assert len(pieces) > 1
    assert stream.finish in {"stop", "length", "eos", "end_turn"}


def test_a_structured_answer_is_asked_for_in_a_way_that_the_server_takes(model: LanguageModel) -> None:
    answer = model.ask("doctor-judge")
    assert answer.text
    assert answer.rung in {"json_schema", "json_object", "prompt"}


@pytest.mark.skipif(not SCHEMAS, reason="the server is not said to enforce schemas (RAPPORT_TEST_MODEL_SCHEMAS=yes)")
def test_a_server_that_enforces_schemas_is_asked_by_schema(model: LanguageModel) -> None:
    answer = model.ask("doctor-judge")
    assert answer.rung == "json_schema"


def test_the_patient_answers_with_what_was_decided_or_a_guarded_wording_of_it(model: LanguageModel) -> None:
    encounter = Encounter(load_folder().scenarios["maya-numb"].scenario)
    turn = encounter.reply("How have you been sleeping?")
    shown: list[str] = []
    wording = ImprovisedVoice(encounter.scenario, model.stream).word(
        turn, [], encounter.opening, shown.append, shown.clear
    )
    assert wording.words == turn.patient if wording.voice == "scripted" else wording.words == "".join(shown)


def test_a_reply_is_rated_with_its_own_words_or_not_at_all(model: LanguageModel) -> None:
    reply = "It makes sense that you were scared to tell me. What was it like to stop?"
    try:
        second = Judge(model.ask, rubric_in_use()).rate(reply, "I stopped them. I was scared you'd be angry.")
    except ModelFailure as failure:
        pytest.fail(f"a failure got out: {failure}")
    for skill in SKILLS:
        one = second[skill]
        assert one.level is None or (0 <= one.level <= 4 and (one.level < 2 or one.evidence))
        assert all(reply[quote.start : quote.end] == quote.quote for quote in one.evidence)
