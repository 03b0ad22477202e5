"""Whatever a model's server does, the answer is whole or there is a reason, by kind; nothing raises anything else."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from language_model import LanguageModel
from model import prompts
from tests.fake_model import FAULTS, WORDS, FakeModel
from tests.model.asking import failure_of, language_model, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: dict[str, str] = {
    "400": "rejected", "401": "authentication", "402": "quota", "403": "authentication", "404": "not_found",
    "405": "not_found", "408": "timeout", "409": "server", "413": "overflow", "422": "rejected", "429": "busy",
    "429-ms": "busy", "429-date": "busy", "429-long": "busy", "429-final": "busy", "quota": "quota", "500": "server",
    "500-empty": "server", "502-html": "server", "503-loading": "server", "504": "server", "301": "not_found",
    "context-openai": "overflow", "context-llama": "overflow", "azure-filter": "filter", "error-vllm": "rejected",
    "200-error": "server", "200-error-quota": "quota", "200-html": "garbled", "200-empty-body": "empty",
    "200-not-json": "garbled", "200-list": "garbled", "200-null": "garbled", "200-latin1": "garbled",
    "200-deep": "garbled", "no-choices": "empty", "null-choices": "empty", "wrong-choices": "empty", "empty": "empty",
    "blank": "empty", "null": "empty", "null-message": "empty", "refusal": "refusal", "filter": "filter",
    "no-finish": "incomplete", "finish-error": "server", "finish-tool": "garbled", "only-think": "empty",
    "hang": "timeout", "hang-headers": "timeout", "trickle": "timeout", "drop": "incomplete", "reset": "unreachable",
    "refuse-body": "incomplete", "eof-clean": "incomplete", "bad-event": "garbled", "error-event": "server",
    "stall": "timeout", "html-event": "garbled", "endless": "garbled",
}  # fmt: skip
PLAIN_CUT = {"eof-clean", "bad-event", "error-event", "html-event"}
"""Streamed these differ; as a whole answer each is a body that breaks off, which is not JSON."""
ONE_REQUEST = {"400", "401", "402", "403", "404", "405", "422", "429-long", "429-final", "quota", "301", "azure-filter",
               "error-vllm"}  # fmt: skip
TRIED_AGAIN = {"408", "409", "429", "429-ms", "429-date", "500", "500-empty", "502-html", "503-loading", "504", "reset"}


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        yield server


def impatient(fake: FakeModel, fault: str) -> LanguageModel:
    slow = fault in {"hang", "hang-headers", "stall", "trickle"}
    return language_model(fake, f"fault:{fault}", **({"read_seconds": 0.3, "total_seconds": 0.4} if slow else {}))


def test_the_table_of_faults_is_complete() -> None:
    assert set(KINDS) == set(FAULTS)
    assert len(FAULTS) >= 40


@pytest.mark.parametrize("fault", FAULTS)
def test_a_streamed_fault_ends_in_its_kind_of_failure(fake: FakeModel, fault: str) -> None:
    failure = failure_of(lambda: list(impatient(fake, fault).stream("doctor-patient")))
    assert failure.kind == KINDS[fault]
    assert failure.sentence
    if fault in ONE_REQUEST:
        assert len(fake.requests) == 1, "a final answer of the server was asked for again"
    if fault in TRIED_AGAIN:
        assert len(fake.requests) == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_a_plain_fault_ends_in_its_kind_of_failure(fake: FakeModel, fault: str) -> None:
    failure = failure_of(lambda: impatient(fake, fault).ask("doctor-patient"))
    assert failure.kind == ("garbled" if fault in PLAIN_CUT else KINDS[fault])
    if fault in ONE_REQUEST:
        assert len(fake.requests) == 1


@pytest.mark.parametrize("fault", sorted(TRIED_AGAIN | {"hang"}))
def test_a_fault_before_the_first_byte_that_passes_costs_nothing(fake: FakeModel, fault: str) -> None:
    patient = language_model(fake, f"once:{fault}", read_seconds=0.5)
    assert "".join(patient.stream("doctor-patient")) == WORDS
    assert len(fake.requests) == 2


@pytest.mark.parametrize("fault", ["drop", "eof-clean", "stall", "error-event", "bad-event"])
def test_a_stream_that_has_begun_is_never_asked_for_again(fake: FakeModel, fault: str) -> None:
    patient = language_model(fake, f"once:{fault}", read_seconds=0.5)
    heard: list[str] = []
    failure_of(lambda: heard.extend(patient.stream("doctor-patient")))
    assert heard == ["I don't "]
    assert len(fake.requests) == 1


@pytest.mark.parametrize("fault", ["empty", "no-finish", "200-html", "drop", "refusal"])
def test_a_whole_answer_that_came_broken_is_asked_for_once_more(fake: FakeModel, fault: str) -> None:
    assert language_model(fake, f"once:{fault}").ask("doctor-patient").text == WORDS
    assert len(fake.requests) == 2


def test_a_server_that_is_not_there_is_unreachable(fake: FakeModel) -> None:
    gone = replace(settings(fake), base_url="http://127.0.0.1:9/v1")
    assert failure_of(lambda: LanguageModel(gone).ask("doctor-patient")).kind == "unreachable"


@pytest.mark.parametrize("picky", ["max_tokens", "temperature", "no-format", "schema-500"])
def test_a_server_with_gaps_is_asked_otherwise_once_and_then_rightly(fake: FakeModel, picky: str) -> None:
    judge = language_model(fake, f"picky:{picky}")
    fake.answers = ['{"reason": "short", "level": 1}']
    judge.ask("doctor-judge")
    learned = len(fake.requests)
    assert learned > 1
    judge.ask("doctor-judge")
    assert len(fake.requests) == learned + 1, "what was learned about the server was forgotten"


def test_one_answer_that_was_cut_off_does_not_cost_the_schema_for_good(fake: FakeModel) -> None:
    judge = language_model(fake, "picky:schema-cut")
    fake.answers = ['{"reason": "short", "level": 1}']
    assert judge.ask("doctor-judge").rung == "json_object"
    assert judge.ask("doctor-judge").rung == "json_schema"


def test_the_ladder_goes_from_schema_to_object_to_words(fake: FakeModel) -> None:
    judge = language_model(fake, "picky:no-format")
    answer = judge.ask("doctor-judge")
    forms = [request.get("response_format", {}).get("type") for request in fake.requests]
    assert forms == ["json_schema", "json_object", None]
    assert answer.rung == "prompt"


def test_a_fixed_token_parameter_is_never_swapped(fake: FakeModel) -> None:
    patient = language_model(fake, "picky:max_tokens", token_parameter="max_tokens")
    assert failure_of(lambda: patient.ask("doctor-patient")).kind == "rejected"
    assert all("max_completion_tokens" not in request for request in fake.requests)


def test_only_the_portable_part_of_chat_completions_is_sent(fake: FakeModel) -> None:
    list(language_model(fake).stream("patient", **PATIENT))
    allowed = {"model", "messages", "max_tokens", "temperature", "stop", "stream"}
    assert set(fake.requests[0]) <= allowed
    assert [message["role"] for message in fake.requests[0]["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<think>She stopped the pills.</think>I sleep badly.", "I sleep badly."),
        ("<thinking>Hmm.</thinking>\nOkay.<think>More</think>", "Okay."),
        ("a < b and <b> stays", "a < b and <b> stays"),
        ("Half a tag <thi", "Half a tag <thi"),
    ],
)
def test_reasoning_never_reaches_the_page(fake: FakeModel, said: str, shown: str) -> None:
    fake.answers = [said]
    assert "".join(language_model(fake).stream("doctor-patient")).strip() == shown
    assert language_model(fake).ask("doctor-patient").text == shown


def test_reasoning_that_nothing_opened_is_withheld_and_remembered(fake: FakeModel) -> None:
    fake.answers = ["She must not say it.</think>I sleep badly."]
    patient = language_model(fake)
    assert failure_of(lambda: list(patient.stream("doctor-patient"))).kind == "garbled"
    assert "".join(patient.stream("doctor-patient")) == "I sleep badly."
    assert patient.ask("doctor-patient").text == "I sleep badly."


def test_an_answer_cut_at_the_length_limit_says_so(fake: FakeModel) -> None:
    patient = language_model(fake, "length:m")
    stream = patient.stream("doctor-patient")
    list(stream)
    assert stream.finish == "length"
    assert patient.ask("doctor-patient").finish == "length"


def test_an_overlong_visit_is_shortened_from_its_beginning_and_asked_again(fake: FakeModel) -> None:
    patient = language_model(fake, "once:context-openai", context_tokens=100_000)
    said = [{"who": "You", "words": f"reply {n} " + "x" * 300} for n in range(40)]
    patient.ask("patient", **{**PATIENT, "earlier": said})
    first, second = (request["messages"][-1]["content"] for request in fake.requests)
    assert "reply 39 " in second
    assert "reply 0 " in first
    assert "reply 0 " not in second


def test_the_messages_fit_the_context_before_they_are_sent(fake: FakeModel) -> None:
    patient = language_model(fake, context_tokens=2000)
    said = [{"who": "You", "words": "x" * 400} for n in range(200)]
    patient.ask("patient", **{**PATIENT, "earlier": said})
    assert prompts.tokens_in(fake.requests[0]["messages"]) <= 2000


def test_a_key_is_never_shown_or_logged(fake: FakeModel, caplog: pytest.LogCaptureFixture) -> None:
    key = "sk-secret-key-0001"
    patient = language_model(fake, "fault:401", api_key=key)
    with caplog.at_level(logging.DEBUG):
        failure = failure_of(lambda: patient.ask("doctor-patient"))
    assert fake.headers[0]["authorization"] == f"Bearer {key}"
    for shown in (str(failure), failure.sentence, failure.details, repr(patient.settings), caplog.text):
        assert key not in shown


def test_nothing_about_this_machine_is_sent_along(fake: FakeModel) -> None:
    language_model(fake).ask("doctor-patient")
    told = {"lang", "package-version", "os", "arch", "runtime", "runtime-version"}
    assert not {name.removeprefix("x-stainless-") for name in fake.headers[0]} & told
    assert fake.headers[0]["user-agent"] == "Rapport"


@pytest.mark.parametrize("name", ["patient", "judge", "judge-repair", "doctor-patient", "doctor-judge"])
def test_every_prompt_is_there_with_its_settings(name: str) -> None:
    found = prompts.prompt(name)
    assert found.most_tokens > 0
    assert len(found.sha256) == 64


PATIENT: dict[str, Any] = {
    "name": "Maya", "age": 34, "pronouns": "she/her", "manner": "dry", "speech": "terse", "setting": "clinic",
    "door_note": "Third visit.", "stance": "guarded", "confided": [], "sentences": "Three sentences",
    "language": "English", "fence": "<<f>>", "earlier": [], "clinician": "How do you sleep?", "says": "Okay. I sleep.",
}  # fmt: skip


def test_what_is_put_into_a_prompt_is_never_rendered_again(fake: FakeModel) -> None:
    said = [{"who": "You", "words": "{{ 7 * 7 }} {% raw %}"}]
    language_model(fake).ask("patient", **{**PATIENT, "earlier": said})
    assert "{{ 7 * 7 }} {% raw %}" in fake.requests[0]["messages"][-1]["content"]
