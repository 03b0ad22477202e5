"""With a model at hand: its words come piece by piece, survive a refresh, and the page says beforehand where they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.browser.steps import SCENARIO, begin, settled
from tests.fake_model import FakeModel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASK = "How have you been sleeping?"
SPOKEN = "I sleep. It's okay. (shrugs) Okay."


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        server.answers, server.piece_seconds = [SPOKEN], 0.3
        yield server


@pytest.fixture
def spoken(fake: FakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("OPENAI_BASE_URL", fake.url)
    monkeypatch.setenv("RAPPORT_PATIENT_MODEL", "fake")
    app = Served(tmp_path)
    app.start()
    yield app
    app.kill()


def test_the_door_says_where_the_words_go(spoken: Served, page: Any) -> None:
    page.goto(spoken.url)
    page.locator(f".st-key-see-{SCENARIO} button").click()
    expect(page.get_by_text("a language model on this computer")).to_be_visible()


def test_an_answer_comes_while_it_is_made_and_a_refresh_loses_nothing(
    spoken: Served, page: Any, fake: FakeModel
) -> None:
    box = begin(page, spoken.url)
    box.fill(ASK)
    box.press("Enter")
    answer = page.locator(".rp-say.them").last
    expect(answer).to_contain_text("I sleep")
    expect(page.get_by_text(ASK)).to_be_visible()
    page.reload()
    expect(page.locator(".rp-say.them").last).to_contain_text("Okay.")
    expect(page.locator(".rp-say.them")).to_have_count(2)
    expect(page.get_by_text("Coach, reply 1")).to_be_visible()
    settled(page)
    assert len(fake.requests) == 1
    assert page.locator(".rp-say.you").count() == 1
    page.get_by_test_id("stChatInputTextArea").fill("Go on.")
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    expect(page.get_by_text("Coach, reply 2")).to_be_visible()


def test_nobody_has_to_wait_for_the_model(spoken: Served, page: Any, fake: FakeModel) -> None:
    fake.piece_seconds = 5
    box = begin(page, spoken.url)
    box.fill(ASK)
    box.press("Enter")
    page.locator(".st-key-dont-wait button").click()
    expect(page.get_by_text("Coach, reply 1")).to_be_visible()
    expect(page.get_by_text("Okay. I sleep.", exact=True)).to_be_visible()


def test_a_visit_ended_in_the_middle_of_an_answer_ends(spoken: Served, page: Any, fake: FakeModel) -> None:
    fake.piece_seconds = 5
    box = begin(page, spoken.url)
    box.fill(ASK)
    box.press("Enter")
    expect(page.get_by_text("is about to answer").or_(page.locator(".rp-say.them").nth(1))).to_be_visible()
    page.get_by_role("button", name="End visit", exact=True).click()
    page.locator(".st-key-end-now button").click()
    expect(page.get_by_text("The visit is over.")).to_be_visible()
    assert page.locator(".rp-say.you").count() == 1
