"""Spoken practice on the pages: shown where an endpoint offers it, told of beforehand, and never in the way of typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from language_model import LanguageModel, Settings
from tests.fake_audio import recording
from tests.fake_model import FakeModel
from tests.ui.test_pages import ME, fine, words
from ui import spoken
from ui.recording import _Recording
from ui.working import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from ui.service import Service

HUM = recording()
SAID = "You must be worn out."


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    with FakeModel() as server:
        server.answers = [SAID]
        yield server


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch, fake: FakeModel) -> Iterator[Any]:
    """Return what sets up an endpoint for the pages, tried already, and takes it away afterwards."""
    import language_model

    def set_up(name: str = "m", **changed: Any) -> Any:
        given: dict[str, Any] = {"transcription_model": name, "speech_model": name, "total_seconds": 10.0}
        given |= {"base_url": fake.url, "read_seconds": 5.0, "backoff_seconds": 0.001}
        made = LanguageModel(Settings(**{**given, **changed})).spoken
        monkeypatch.setattr(language_model, "spoken", lambda: made)
        spoken.use(made)
        for role in made.roles:
            made._try(role)
        fake.requests.clear()
        return made

    yield set_up
    spoken.use(None)


def open_talk(app: AppTest, service: Service) -> str:
    visit_id = service.begin(ME, "maya-numb", "off")
    app.query_params["visit"] = visit_id
    app.switch_page("ui/talk.py")
    fine(app.run())
    return visit_id


def begin(app: AppTest, sound: bytes, typed: str) -> _Recording:
    """Begin to have a recording written down; the harness has no microphone of its own."""
    given = app.query_params["visit"]
    made = _Recording(given if isinstance(given, str) else given[0], typed, "en", sound)
    made.write_down()
    app.session_state["recording"] = made
    return made


def record(app: AppTest, sound: bytes = HUM, typed: str = "") -> AppTest:
    """Send a recording as the box does, and wait until it has been dealt with."""
    made = begin(app, sound, typed)
    if made.task is not None:
        assert made.task.wait(20)
    return fine(app.run())


def audio(app: AppTest) -> list[Any]:
    return list(app.get("audio"))


def test_without_settings_nothing_of_it_shows(app: AppTest, service: Service) -> None:
    open_talk(app, service)
    assert not app.chat_input(key="say").proto.accept_audio
    assert [toggle.label for toggle in app.toggle] == ["Coach"]
    assert "record" not in words(app)
    assert spoken.what_is_sent() == ""


@pytest.mark.parametrize("fault", ["404", "200-html", "reset"])
def test_an_endpoint_that_does_not_answer_shows_nothing_either(
    app: AppTest, service: Service, endpoint: Any, fault: str
) -> None:
    endpoint(f"fault:{fault}")
    open_talk(app, service)
    assert not app.chat_input(key="say").proto.accept_audio
    assert [toggle.label for toggle in app.toggle] == ["Coach"]


def test_each_half_shows_by_itself(app: AppTest, service: Service, endpoint: Any) -> None:
    endpoint(speech_model="")
    open_talk(app, service)
    assert app.chat_input(key="say").proto.accept_audio
    assert [toggle.label for toggle in app.toggle] == ["Coach"]
    endpoint(transcription_model="")
    fine(app.run())
    assert not app.chat_input(key="say").proto.accept_audio
    assert [toggle.label for toggle in app.toggle] == ["Coach", "Hear the patient"]


def test_the_door_says_what_goes_where_and_the_microphone_says_it_again(
    app: AppTest, service: Service, endpoint: Any
) -> None:
    made = endpoint()
    app.query_params["scenario"] = "maya-numb"
    app.switch_page("ui/door.py")
    shown = words(fine(app.run()))
    assert "the recording goes to a language model on this computer, which writes it down" in shown
    assert "If you turn on “Hear the patient”, what the patient says goes to" in shown
    open_talk(app, service)
    assert "What you record goes to a language model on this computer to be written down." in words(app)
    assert "to be spoken" in app.toggle(key="hear-patient").help
    assert made.is_local


def test_what_was_heard_stands_in_the_box_and_is_not_sent(
    app: AppTest, service: Service, endpoint: Any, fake: FakeModel
) -> None:
    endpoint()
    visit_id = open_talk(app, service)
    record(app, typed="Maya, ")
    box = app.chat_input(key="say")
    assert box.proto.value == f"Maya, {SAID}"
    assert "Check it, mend it, then send it." in words(app)
    assert service.open(ME, visit_id).turns == ()
    assert "recording" not in app.session_state
    assert [request["language"] for request in fake.requests] == ["en"]
    box.set_value("You must be very worn out.").run()
    assert service.open(ME, visit_id).turns[0].clinician == "You must be very worn out."


@pytest.mark.parametrize(
    ("sound", "name", "sentence"),
    [(recording(1.0, 0.0), "m", "Nothing could be heard"), (recording(121.0), "m", "longer than two minutes"),
     (b"no sound", "m", "could not be made out"), (HUM, "fault:audio-loop", "could not be made out"),
     (HUM, "fault:audio-silent", "Nothing could be heard")],
)  # fmt: skip
def test_a_recording_of_no_use_is_a_sentence_and_what_was_typed_is_back(
    app: AppTest, service: Service, endpoint: Any, sound: bytes, name: str, sentence: str
) -> None:
    endpoint(name)
    open_talk(app, service)
    record(app, sound, typed="Maya?")
    assert sentence in words(app)
    assert app.chat_input(key="say").proto.value == "Maya?"
    assert not app.chat_input(key="say").disabled
    assert "recording" not in app.session_state
    assert sentence not in words(fine(app.run()))


def test_a_recording_that_failed_can_be_sent_again_and_typing_goes_on(
    app: AppTest, service: Service, endpoint: Any
) -> None:
    made = endpoint()
    visit_id = open_talk(app, service)
    made.settings = LanguageModel(Settings(made.settings.base_url, transcription_model="fault:500")).settings
    record(app, typed="Maya?")
    assert "could not be written down just now" in words(app)
    assert app.chat_input(key="say").proto.value == "Maya?"
    made.settings = LanguageModel(Settings(made.settings.base_url, transcription_model="m")).settings
    app.button(key="record-again").click().run()
    if "recording" in app.session_state:  # else it is there already
        assert app.session_state["recording"].task.wait(20)
        fine(app.run())
    assert app.chat_input(key="say").proto.value == SAID
    app.chat_input(key="say").set_value("Hello.").run()
    assert len(service.open(ME, visit_id).turns) == 1


def test_typing_lets_a_recording_go(app: AppTest, service: Service, endpoint: Any) -> None:
    made = endpoint()
    open_talk(app, service)
    made.settings = LanguageModel(Settings(made.settings.base_url, transcription_model="fault:500")).settings
    record(app)
    app.chat_input(key="say").set_value("Hello.").run()
    assert "recording" not in app.session_state
    assert "written down just now" not in words(fine(app))


def test_while_it_is_written_down_the_box_waits_and_nobody_has_to(
    app: AppTest, service: Service, endpoint: Any, fake: FakeModel
) -> None:
    endpoint()
    open_talk(app, service)
    fake.first_seconds = 30
    made = begin(app, HUM, "Maya?")
    fine(app.run())
    assert "Writing down what you said." in words(app)
    assert app.chat_input(key="say").disabled
    app.button(key="type-instead").click().run()
    fine(app.run())
    assert "recording" not in app.session_state
    assert not app.chat_input(key="say").disabled
    assert made.task is not None
    assert made.task.wait(20)
    assert made.task.failed == "cancelled"


def test_the_patient_is_heard_only_where_somebody_wants_it_and_each_line_once(
    app: AppTest, service: Service, endpoint: Any, fake: FakeModel
) -> None:
    endpoint(speech_voice="she=nova")
    open_talk(app, service)
    assert not audio(app)
    assert fake.requests == []
    app.toggle(key="hear-patient").set_value(True).run()
    assert app.session_state["aloud"].task.wait(20)
    fine(app.run())
    fine(app.run())
    (player,) = audio(app)
    assert player.proto.autoplay
    (request,) = fake.requests
    assert (request["input"], request["voice"]) == (service.library().scenarios["maya-numb"].scenario.opening, "nova")
    app.chat_input(key="say").set_value("How have you been sleeping?").run()
    assert app.session_state["aloud"].task.wait(20)
    fine(app.run())
    assert len(fake.requests) == 2
    app.toggle(key="hear-patient").set_value(False).run()
    assert not audio(app)
    assert len(fake.requests) == 2


def test_who_hears_one_patient_hears_the_next(app: AppTest, service: Service, endpoint: Any, fake: FakeModel) -> None:
    endpoint()
    open_talk(app, service)
    app.toggle(key="hear-patient").set_value(True).run()
    app.switch_page("ui/your_visits.py")
    fine(app.run())
    visit_id = open_talk(app, service)
    assert app.toggle(key="hear-patient").value
    assert app.session_state["aloud"].key == f"{visit_id}-0"
    assert app.session_state["aloud"].task.wait(20)
    service.end(ME, visit_id)
    fine(app.run())
    assert app.session_state["aloud"].key == f"{visit_id}-end"
    assert app.session_state["aloud"].task.wait(20)
    assert service.open(ME, visit_id).outcome.parting_words.startswith(fake.requests[-1]["input"][:10])


def test_a_line_that_cannot_be_spoken_is_a_sentence(app: AppTest, service: Service, endpoint: Any) -> None:
    made = endpoint()
    open_talk(app, service)
    made.settings = LanguageModel(Settings(made.settings.base_url, speech_model="fault:audio-pdf")).settings
    app.toggle(key="hear-patient").set_value(True).run()
    assert app.session_state["aloud"].task.wait(20)
    fine(app.run())
    assert "Maya cannot be heard just now. The words are all here." in words(app)
    assert not audio(app)


@pytest.mark.parametrize(
    ("line", "aloud"),
    [("It's fine. (shrugs) Okay.", "It's fine. Okay."), ("(looks at the floor)", ""), ("*sighs* No. [pause] Yes.", "No. Yes."),
     ("I said (twice).", "I said ."), ("", "")],
)  # fmt: skip
def test_what_a_patient_does_is_not_spoken(line: str, aloud: str) -> None:
    assert spoken.said_aloud(line) == aloud


def test_a_task_that_meets_anything_ends_with_its_kind() -> None:
    def fail(**_: Any) -> str:
        raise ValueError("anything")

    task = Task(fail)
    assert task.wait(20)
    assert (task.failed, task.result) == ("ValueError", None)
