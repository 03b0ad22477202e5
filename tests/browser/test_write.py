"""An author in a browser: a slip is shown beside its line, the patient talks back, and a refresh loses nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.steps import check_page, settled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.served import Served

KIND = "Getting slower at what you love must be unsettling. What have you noticed?"


def opened(served: Served, page: Any) -> Any:
    page.goto(f"{served.url}/write")
    box = page.locator(".rpe-text")
    box.wait_for()
    expect(box).to_have_value(holding("id: a-new-patient"))
    expect(page.locator(".rpe-count")).not_to_be_empty()
    settled(page)
    return box


def holding(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def test_a_slip_is_named_beside_its_line_and_leads_there(served: Served, page: Any) -> None:
    box = opened(served, page)
    text = box.input_value()
    box.fill(text.replace("  age: 46", "  aeg: 46"))
    problem = page.locator(".rpe-problems button")
    expect(problem).to_contain_text('Did you mean "age"?')
    line = text.split("\n").index("  age: 46") + 1
    expect(page.locator(".rpe-gutter .error")).to_contain_text(str(line))
    problem.click()
    chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert box.evaluate(chosen) == "aeg: 46"
    expect(page.get_by_text("Once the errors are mended")).to_be_visible()
    check_page(page, "the editor with an error")
    box.fill(text)
    expect(page.get_by_text("Talk to them")).to_be_visible()


def test_an_author_talks_to_the_patient_and_sees_why(served: Served, page: Any) -> None:
    opened(served, page)
    page.get_by_test_id("stChatInputTextArea").fill(KIND)
    page.get_by_test_id("stChatInputTextArea").press("Enter")
    expect(page.locator("#tried-1")).to_contain_text("trust 40")
    expect(page.locator("#tried-1")).to_contain_text("Heard:")
    settled(page)
    check_page(page, "a try")
    page.get_by_role("tab", name="Both prescribers").click()
    expect(page.get_by_text("The collaborative one").first).to_be_visible()
    settled(page)
    check_page(page, "both prescribers")


def test_a_refresh_keeps_what_was_typed_and_the_file_can_be_taken_home(
    served: Served, page: Any, tmp_path: Path
) -> None:
    box = opened(served, page)
    box.fill(box.input_value().replace("name: Alex Morgan", "name: Robin Vale"))
    expect(page.get_by_placeholder("Say something to Robin")).to_be_visible()
    page.reload()
    expect(page.locator(".rpe-text")).to_have_value(holding("name: Robin Vale"))
    expect(page.get_by_placeholder("Say something to Robin")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_text("Download the file").click()
    download.value.save_as(tmp_path / "mine.yaml")
    assert "name: Robin Vale" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


def test_a_file_that_was_brought_is_shown_with_its_problems(served: Served, page: Any, tmp_path: Path) -> None:
    opened(served, page)
    mine = tmp_path / "mine.yaml"
    mine.write_text("title: Ray: tablets\n<script>alert(1)</script>\n", encoding="utf-8")
    page.get_by_text("Bring a file").click()
    page.locator("input[type=file]").set_input_files(mine)
    expect(page.locator(".rpe-text")).to_have_value(holding("<script>alert(1)</script>"))
    expect(page.locator(".rpe-problems")).to_contain_text("colon")


def test_enter_keeps_the_indentation_and_tab_leaves_the_editor(served: Served, page: Any) -> None:
    box = opened(served, page)
    box.evaluate("e => { const at = e.value.indexOf('  age: 46') + 9; e.focus(); e.setSelectionRange(at, at); }")
    page.keyboard.press("Enter")
    page.keyboard.type("pronouns: he/him")
    expect(box).to_have_value(holding("  age: 46\n  pronouns: he/him\n"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.rpe-frame') === null")
