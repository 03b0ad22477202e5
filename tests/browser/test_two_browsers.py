"""Served to others, each browser finds its own visits and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.browser.steps import REPLIES, begin, say, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def for_others(tmp_path: Path) -> Iterator[Served]:
    app = Served(tmp_path, host="0.0.0.0")
    app.start()
    yield app
    app.kill()


def test_another_browser_cannot_open_a_visit_even_with_its_address(for_others: Served, page: Any, browser: Any) -> None:
    box = begin(page, for_others.url)
    say(page, box, REPLIES[0])
    cookies = [one for one in page.context.cookies() if one["name"] == "rapport_person"]
    assert [(one["httpOnly"], one["sameSite"]) for one in cookies] == [(True, "Lax")]
    stranger = browser.new_context()
    other = stranger.new_page()
    other.goto(page.url)
    expect(other.get_by_text("There is no visit at this address")).to_be_visible()
    other.goto(for_others.url + "/visits")
    expect(other.get_by_text("There are none yet")).to_be_visible()
    stranger.close()
    page.goto(for_others.url + "/visits")
    page.get_by_role("button", name="Go on").wait_for()
    settled(page)
    data = (for_others.folder / "data" / "rapport.db").read_bytes()
    assert cookies[0]["value"].encode() not in data, "the cookie is a key and must not be stored"
