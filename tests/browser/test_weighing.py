"""An educator in a browser: the page of replies far apart is there where the operator says so, and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from records import Actor, KeptRating, open_records
from tests.browser.served import Served
from tests.browser.steps import check_page, settled

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SAID = "Okay, <b>here</b> is your refill then."
ONE = {"level": 4, "because": "So it reads to me.", "evidence": [SAID], "called_for": True, "not_rated": ""}
CASE = {"context": "c", "patient": "Fine.", "reply": SAID, "earlier": [], "scorer": {"sdm": 0}, "apart": ["sdm"],
        "second": {"sdm": ONE}, "scorer_because": {"sdm": "No choice was left open."}}  # fmt: skip


def keep_a_reply(folder: Path) -> None:
    records, trainee = open_records(f"sqlite:///{folder / 'data' / 'rapport.db'}"), Actor("somebody")
    visit = records.begin(trainee, "maya-numb", "", 0, "off")
    records.commit_reply(trainee, visit, 1, "a", SAID)
    records.end(trainee, visit, "{}")
    rating = KeptRating(1, "m", "p" * 64, "r", "{}", "[]", "", True, json.dumps(CASE))
    records.keep_second_rating(trainee, visit, rating)
    records.close()


def test_an_educator_sets_a_level_and_the_page_is_accessible(
    tmp_path: Path, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_EDUCATOR", "yes")
    app = Served(tmp_path)
    app.start()
    try:
        keep_a_reply(tmp_path)
        page.goto(app.url)
        page.get_by_role("link", name="Two raters apart").click()
        expect(page.get_by_text(SAID).first).to_be_visible()
        expect(page.get_by_text("No choice was left open.")).to_be_visible()
        settled(page)
        check_page(page, "the replies far apart")
        page.get_by_role("combobox").click()
        page.get_by_role("option").nth(2).click()
        page.get_by_role("button", name="Keep my level").click()
        expect(page.get_by_text("Without your level: 0 of 1.")).to_be_visible()
        expect(page.locator(".rp-own")).to_contain_text("2 of 4")
        settled(page)
        check_page(page, "a reply that was weighed")
    finally:
        app.kill()


def test_without_the_setting_there_is_no_such_page(served: Served, page: Any) -> None:
    keep_a_reply(served.folder)
    page.goto(f"{served.url}/apart")
    expect(page.get_by_text("This page is for whoever teaches here.")).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(0)
    expect(page.get_by_role("link", name="Two raters apart")).to_have_count(0)
