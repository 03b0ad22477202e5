"""What is said is written down and what is answered is said, or there is a reason by kind; nothing else is raised."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

import pytest

from language_model import LanguageModel, ModelFailure, SettingRefused, Settings, load_settings
from model.recordings import tone
from tests.fake_audio import AUDIO_FAULTS, recording
from tests.fake_model import WORDS, FakeModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from model.spoken import Spoken

KEY = "sk-secret-key-0001"
ALIKE: dict[str, str] = {
    "401": "authentication", "404": "not_found", "429": "busy", "quota": "quota", "500": "server",
    "502-html": "server", "301": "not_found", "200-html": "garbled", "200-error": "server", "200-empty-body": "empty",
    "200-not-json": "garbled", "200-null": "garbled", "hang": "timeout", "hang-headers": "timeout",
    "reset": "unreachable", "trickle": "timeout", "drop": "incomplete", "stall": "timeout", "audio-pdf": "garbled",
    "audio-plain": "garbled", "audio-endless": "garbled", "audio-null": "garbled", "audio-number": "garbled",
    "audio-list": "garbled",
}  # fmt: skip
"""What each fault is, whether something was to be written down or to be said."""
WRITTEN = ALIKE | {
    "audio-silent": "silent", "audio-blank": "silent", "audio-huge": "unclear", "audio-loop": "unclear",
    "audio-odd": "unclear",
}  # fmt: skip
SAID = ALIKE | dict.fromkeys(("audio-silent", "audio-blank", "audio-huge", "audio-loop", "audio-odd"), "garbled")
SAID["audio-endless"] = "garbled"
TRIED_AGAIN = {"429", "500", "502-html", "reset"}
HUM = recording()


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        yield server


def model(fake: FakeModel, name: str = "m", **changed: Any) -> LanguageModel:
    quick: dict[str, Any] = {"transcription_model": name, "speech_model": name}
    quick |= {"read_seconds": 5.0, "total_seconds": 10.0, "wait_seconds": 20.0, "backoff_seconds": 0.001}
    return LanguageModel(Settings(base_url=fake.url, **{**quick, **changed}))


def spoken(fake: FakeModel, name: str = "m", **changed: Any) -> Spoken:
    return model(fake, name, **changed).spoken


def impatient(fake: FakeModel, fault: str) -> Spoken:
    slow = fault in {"hang", "hang-headers", "stall", "trickle"}
    return spoken(fake, f"fault:{fault}", **({"read_seconds": 0.3, "total_seconds": 0.4} if slow else {}))


def failure_of(call: Any) -> ModelFailure:
    with pytest.raises(ModelFailure) as caught:
        call()
    return caught.value


def test_what_is_said_is_written_down_with_nothing_sent_but_the_recording_and_its_language(fake: FakeModel) -> None:
    fake.answers = [" You must be\nworn out.\u200b "]
    assert spoken(fake).transcribe(HUM, "es") == "You must be worn out."
    (request,) = fake.requests
    assert request == {"file": len(HUM), "model": "m", "language": "es", "response_format": "json"}
    assert not [name for name in fake.headers[0] if name.startswith("x-stainless-") and name.endswith(("os", "lang"))]


def test_what_is_answered_is_said_in_the_voice_for_that_patient(fake: FakeModel) -> None:
    one = spoken(fake, speech_voice="she=nova, he=onyx, they=alloy")
    made = one.speak("It's fine.", "he/him")
    assert (made.data, made.form) == (fake.sound, "audio/wav")
    assert fake.requests == [{"model": "m", "voice": "onyx", "input": "It's fine.", "response_format": "mp3"}]
    one.speak("It's fine.", "ze/zir")
    assert fake.requests[-1]["voice"] == "nova"


@pytest.mark.parametrize(
    ("data", "form"),
    [(b"ID3\x04" + b"x" * 90, "audio/mpeg"), (b"\xff\xfb\x90" + b"x" * 90, "audio/mpeg"), (b"OggS" + b"x" * 90, "audio/ogg"),
     (b"fLaC" + b"x" * 90, "audio/flac"), (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"), (b"\xff\xf1\x50\x80", "audio/aac")],
)  # fmt: skip
def test_sound_is_known_by_its_first_bytes_whatever_the_server_calls_it(
    fake: FakeModel, data: bytes, form: str
) -> None:
    fake.sound = data
    assert spoken(fake).speak("Hello.").form == form


def test_the_table_of_faults_is_complete() -> None:
    assert set(WRITTEN) == set(SAID) == set(AUDIO_FAULTS)


@pytest.mark.parametrize("fault", AUDIO_FAULTS)
def test_a_recording_that_is_not_written_down_ends_in_its_kind_of_failure(fake: FakeModel, fault: str) -> None:
    failure = failure_of(lambda: impatient(fake, fault).transcribe(HUM))
    assert failure.kind == WRITTEN[fault]
    assert failure.sentence
    assert (len(fake.requests) == 3) is (fault in TRIED_AGAIN)


@pytest.mark.parametrize("fault", AUDIO_FAULTS)
def test_words_that_are_not_said_end_in_their_kind_of_failure(fake: FakeModel, fault: str) -> None:
    failure = failure_of(lambda: impatient(fake, fault).speak("Hello."))
    assert failure.kind == SAID[fault]
    assert (len(fake.requests) == 3) is (fault in TRIED_AGAIN)


@pytest.mark.parametrize("fault", ["429", "500", "reset", "drop", "200-html", "audio-null"])
def test_a_fault_that_passes_costs_nothing(fake: FakeModel, fault: str) -> None:
    assert spoken(fake, f"once:{fault}").transcribe(HUM) == WORDS
    assert len(fake.requests) == 2


def test_a_server_that_takes_only_what_it_must_is_asked_for_no_more(fake: FakeModel) -> None:
    one = spoken(fake, "picky:bare")
    assert one.transcribe(HUM, "en") == WORDS
    assert one.transcribe(HUM, "en") == WORDS
    assert [("language" in request, "response_format" in request) for request in fake.requests] == [
        (True, True), (False, False), (False, False)
    ]  # fmt: skip
    assert one.speak("Hello.").form == "audio/wav"


@pytest.mark.parametrize(
    ("made", "kind"),
    [(recording(1.0, 0.001), "silent"), (recording(0.1), "silent"), (recording(121.0), "too_long"),
     (b"", "unclear"), (b"RIFF", "unclear"), (HUM[:40], "unclear"), (b"\xff\xfb" * 400, "unclear")],
)  # fmt: skip
def test_a_recording_that_holds_nothing_to_write_down_is_never_sent(fake: FakeModel, made: bytes, kind: str) -> None:
    assert failure_of(lambda: spoken(fake).transcribe(made)).kind == kind
    assert fake.requests == []


@pytest.mark.parametrize("said", ["No.", "Mm.", "OK", "¿Sí?", "No, no, no, no, no.", "I. Am. Tired."])
def test_short_and_repeated_words_are_no_gibberish(fake: FakeModel, said: str) -> None:
    fake.answers = [said]
    assert spoken(fake).transcribe(HUM) == said


def test_an_address_of_its_own_gets_the_recordings_and_never_the_other_ones_key(fake: FakeModel) -> None:
    with FakeModel() as other:
        one = model(fake, api_key=KEY, audio_base_url=other.url, patient_model="p").spoken
        assert one.transcribe(HUM) == WORDS
        assert one.speak("Hello.").form == "audio/wav"
        assert len(other.requests) == 2
        assert not [headers for headers in other.headers if KEY in str(headers)]
    assert fake.requests == []


def test_the_same_address_is_one_line_and_one_key(fake: FakeModel) -> None:
    one = model(fake, api_key=KEY, audio_base_url=fake.url)
    assert one.spoken.line is one.line
    one.spoken.transcribe(HUM)
    assert KEY in fake.headers[0]["authorization"]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [({"audio_base_url": "http://elsewhere.example/v1", "audio_api_key": KEY}, "unsafe_address"),
     ({"audio_base_url": "ftp://x"}, "not_configured"), ({"audio_base_url": "https://api.openai.com/v1"}, "not_configured"),
     ({"transcription_model": "", "speech_model": ""}, "not_configured")],
)  # fmt: skip
def test_what_may_not_be_asked_is_not_offered_and_not_sent(fake: FakeModel, changed: dict[str, str], kind: str) -> None:
    one = spoken(fake, **changed)
    assert one.roles == ()
    assert not one.offers("transcription")
    assert failure_of(lambda: one.transcribe(HUM)).kind == kind
    assert failure_of(lambda: one.speak("Hello.")).kind == kind
    assert fake.requests == []


def offers(one: Spoken, role: Any) -> bool:
    """Look until the trial that the first look begins has ended."""
    one.offers(role)
    for thread in threading.enumerate():
        if thread.name == f"rapport-try-{role}":
            thread.join()
    return one.offers(role)


def test_it_is_offered_once_the_endpoint_has_answered(fake: FakeModel) -> None:
    one = spoken(fake)
    assert offers(one, "transcription")
    assert offers(one, "speech")
    assert len(fake.requests) == 2
    assert {request["model"] for request in fake.requests} == {"m"}
    assert fake.requests[0]["file"] == len(tone())


@pytest.mark.parametrize("fault", ["404", "401", "200-html", "audio-pdf", "hang", "reset"])
def test_an_endpoint_without_it_offers_nothing_and_is_not_asked_at_every_look(fake: FakeModel, fault: str) -> None:
    one = impatient(fake, fault)
    assert not offers(one, "transcription")
    assert not offers(one, "speech")
    asked = len(fake.requests)
    assert not one.offers("transcription")
    assert len(fake.requests) == asked


@pytest.mark.parametrize("fault", ["audio-blank", "audio-silent", "audio-loop"])
def test_a_tone_that_is_no_word_is_an_answer_all_the_same(fake: FakeModel, fault: str) -> None:
    assert offers(spoken(fake, f"fault:{fault}"), "transcription")


def test_people_who_speak_at_once_wait_their_turn_visibly(fake: FakeModel) -> None:
    fake.first_seconds = 0.05
    told: list[int] = []
    one = spoken(fake, at_once=2)
    threads = [threading.Thread(target=lambda: one.transcribe(HUM, waiting=told.append)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fake.requests) == 8
    assert fake.most_at_once <= 2
    assert max(told) > 1


def test_a_recording_that_nobody_wants_written_down_any_more_is_let_go(fake: FakeModel) -> None:
    wanted = threading.Event()
    failure = failure_of(lambda: spoken(fake, "fault:hang").transcribe(HUM, cancelled=lambda: not wanted.is_set()))
    assert failure.kind == "cancelled"


@pytest.mark.parametrize("name", ["m", "fault:401", "fault:audio-plain", "fault:audio-loop", "fault:audio-pdf"])
def test_no_log_holds_a_key_or_what_was_said(fake: FakeModel, name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fake.answers = ["My mother drinks."]
    one = spoken(fake, name, api_key=KEY)
    for call in (lambda: one.transcribe(HUM), lambda: one.speak("I stopped taking them.")):
        try:
            call()
        except ModelFailure as failure:
            assert KEY not in str(failure)
    for secret in (KEY, "mother", "stopped", "Hello there", "I am tired"):
        assert secret not in caplog.text
    assert KEY not in repr(one.settings)


def test_the_settings_name_it(tmp_path: Path) -> None:
    given = {"RAPPORT_TRANSCRIPTION_MODEL": "whisper", "RAPPORT_SPEECH_MODEL": "kokoro", "RAPPORT_SPEECH_VOICE": "she=a,he=b",
             "RAPPORT_AUDIO_BASE_URL": "http://127.0.0.1:8000/v1/", "RAPPORT_AUDIO_API_KEY": "x"}  # fmt: skip
    read = load_settings(given, tmp_path)
    assert (read.transcription_model, read.speech_model) == ("whisper", "kokoro")
    assert read.for_audio.base_url == "http://127.0.0.1:8000/v1"
    assert [read.voice_for(one) for one in ("she/her", "He/him", "they/them")] == ["a", "b", "a"]
    assert load_settings({}, tmp_path).voice_for("she/her") == "alloy"


@pytest.mark.parametrize("voice", ["she=", "=nova", "she=nova,", ","])
def test_a_voice_that_cannot_be_read_is_named(tmp_path: Path, voice: str) -> None:
    with pytest.raises(SettingRefused, match="RAPPORT_SPEECH_VOICE"):
        load_settings({"RAPPORT_SPEECH_VOICE": voice}, tmp_path)
