"""The doctor asks the endpoint what it can do, says it plainly, and never shows a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from language_model import LanguageModel, Settings
from model.checkup import checkup
from tests.fake_model import FakeModel

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-secret-key-0001"


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        server.answers = ['{"reason": "It is short.", "level": 1}']
        yield server


def said(fake: FakeModel, **settings: str) -> list[tuple[bool, str]]:
    return list(checkup(LanguageModel(Settings(base_url=fake.url, api_key=KEY, backoff_seconds=0.001, **settings))))


def test_a_good_server_is_said_to_be_good(fake: FakeModel) -> None:
    found = said(fake, patient_model="fake", judge_model="fake")
    assert all(fine for fine, _ in found)
    report = "\n".join(line for _, line in found)
    assert "on this machine; a key is set" in report
    assert "pieces, first words after" in report
    assert "takes a JSON schema, and kept to the form" in report
    assert KEY not in report


def test_what_is_not_set_is_said_to_be_off(fake: FakeModel) -> None:
    report = "\n".join(line for _, line in said(fake))
    assert "the scripted voice speaks" in report
    assert "there is no second rater" in report
    assert fake.requests == []


def test_a_model_that_is_not_listed_and_does_not_answer_is_told_of(fake: FakeModel) -> None:
    found = said(fake, patient_model="fault:401", judge_model="picky:no-format")
    report = "\n".join(line for _, line in found)
    assert '"fault:401" is not among the 1 models' in report
    assert "does not accept this Rapport" in report
    assert "can only be asked for JSON in words" in report
    assert KEY not in report


def test_a_judge_that_does_not_keep_to_the_form_is_told_of(fake: FakeModel) -> None:
    fake.answers = ["I would say a one."]
    assert (
        False,
        'Judge by "fake": takes a JSON schema, but did not keep to the form: expect ratings to be left out',
    ) in (said(fake, judge_model="fake"))


def test_transcription_and_speech_are_said_to_work_or_to_be_off(fake: FakeModel) -> None:
    found = said(fake, transcription_model="fake", speech_model="fake")
    report = "\n".join(line for _, line in found)
    assert all(fine for fine, _ in found)
    assert 'Transcription by "fake": answered with text after' in report
    assert 'Speech by "fake" in the voice alloy: answered with 16044 bytes of audio/wav after' in report
    off = "\n".join(line for _, line in said(fake))
    assert "there is no microphone" in off
    assert "patients are read, not heard" in off


def test_an_endpoint_without_transcription_and_speech_is_told_of(fake: FakeModel) -> None:
    with FakeModel() as other:
        found = said(fake, transcription_model="fault:404", speech_model="fault:200-html", audio_base_url=other.url)
    bad = [line for fine, line in found if not fine]
    assert len(bad) == 2
    assert "So there is no microphone." in bad[0]
    assert "So patients are read, not heard." in bad[1]
    assert any(f"Transcription and speech at {other.url}: on this machine; no key is set" in line for _, line in found)
