"""With a microphone and a voice at hand: what is said stands in the box to be checked, what is answered is heard."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from run import find_chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.served import Served
from tests.browser.steps import begin, check_page, settled
from tests.fake_model import FakeModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAID = "You must be worn out."
MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        server.answers = [SAID]
        yield server


@pytest.fixture
def speaking(fake: FakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("RAPPORT_AUDIO_BASE_URL", fake.url)
    monkeypatch.setenv("RAPPORT_TRANSCRIPTION_MODEL", "fake")
    monkeypatch.setenv("RAPPORT_SPEECH_MODEL", "fake")
    app = Served(tmp_path)
    app.start()
    yield app
    app.kill()


@pytest.fixture
def page_with_microphone(browser: Any) -> Iterator[Any]:
    """A page of a browser whose microphone hears a beep every second."""
    opened = browser.browser_type.launch(executable_path=find_chromium(), args=[*ARGUMENTS, *MICROPHONE])
    context = opened.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", reduced_motion="reduce")
    context.grant_permissions(["microphone"])
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    opened.close()
    assert broken == [], "a script on the page failed, or the browser refused something of the page's own"


def test_a_reply_is_spoken_checked_and_sent_and_the_patient_is_heard(
    speaking: Served, page_with_microphone: Any, fake: FakeModel
) -> None:
    page = page_with_microphone
    page.goto(speaking.url)
    settled(page)
    until = time.monotonic() + 20
    while len(fake.requests) < 2 and time.monotonic() < until:  # it is tried when the first page is drawn
        page.wait_for_timeout(50)
    box = begin(page, speaking.url)
    expect(page.get_by_text("What you record goes to a language model on this computer")).to_be_visible()
    page.get_by_role("button", name="Start recording").click()
    page.wait_for_timeout(2500)  # so long somebody speaks
    page.get_by_role("button", name="Submit recording").click()
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_have_value(SAID, timeout=45_000)
    expect(page.get_by_text("Check it, mend it, then send it.")).to_be_visible()
    assert page.locator(".rp-say.you").count() == 0, "a recording was sent unchecked"
    (heard,) = (one for one in fake.requests[2:] if "file" in one)
    assert heard["file"] > 16_000
    settled(page)
    box.fill("You must be very worn out.")
    box.press("Enter")
    expect(page.locator(".rp-say.you")).to_contain_text("You must be very worn out.")
    settled(page)
    assert page.get_by_test_id("stAudio").count() == 0
    page.get_by_text("Hear the patient").click()
    page.get_by_test_id("stAudio").wait_for()
    page.wait_for_function("() => document.querySelector('[data-testid=stAudio]').currentTime > 0")  # it plays
    answer = page.locator(".rp-say.them").last.inner_text()
    assert fake.requests[-1]["input"] in answer.replace("\n", " ")
    settled(page)
    check_page(page, "a visit that is heard")
