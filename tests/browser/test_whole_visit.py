"""A whole visit in a browser, as a trainee lives it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.steps import REPLIES, begin, check_page, end, say, settled, to_debrief

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.served import Served


def test_a_whole_visit_from_the_choice_to_the_downloads(served: Served, page: Any, tmp_path: Path) -> None:
    page.goto(served.url)
    expect(page.get_by_role("heading", name="Whom would you like to see?")).to_be_visible()
    settled(page)
    check_page(page, "the choice")
    page.locator(".st-key-see-maya-numb button").click()
    expect(page.get_by_text("This is practice")).to_be_visible()
    settled(page)
    check_page(page, "the door")
    box = begin(page, served.url)
    for words in REPLIES:
        say(page, box, words)
        assert box.evaluate("box => box === document.activeElement"), "the box must keep the focus"
        assert box.input_value() == ""
    assert re.search(r"\d+ of 20 min", page.locator(".st-key-controls").inner_text())
    latest = page.locator("details.rp-coach[open]")
    expect(latest).to_have_count(1)
    expect(latest).to_contain_text("of 4")
    check_page(page, "the visit")
    end(page)
    check_page(page, "the end of the visit")
    to_debrief(page)
    for heading in (
        "What was said",
        "The three skills",
        "What the field counts",
        "Trust over the visit",
        "Reply by reply",
    ):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.locator("canvas, svg.marks").first.wait_for()
    check_page(page, "the debrief")
    with page.expect_download() as html:
        page.locator(".st-key-html-top button").click()
    with page.expect_download() as data:
        page.locator(".st-key-json-top button").click()
    html.value.save_as(tmp_path / "debrief.html")
    data.value.save_as(tmp_path / "debrief.json")
    text = (tmp_path / "debrief.html").read_text(encoding="utf-8")
    assert REPLIES[1] in text
    assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)", text), "the file must need nothing else"
    assert json.loads((tmp_path / "debrief.json").read_text(encoding="utf-8"))


def test_the_printed_debrief_opens_by_itself(served: Served, page: Any, browser: Any, tmp_path: Path) -> None:
    box = begin(page, served.url)
    say(page, box, "<img src=http://127.0.0.2/x> ![x](http://127.0.0.2/y) **bold**")
    expect(page.locator(".rp-say.you .words")).to_have_text(
        "<img src=http://127.0.0.2/x> ![x](http://127.0.0.2/y) **bold**"
    )
    end(page)
    to_debrief(page)
    with page.expect_download() as html:
        page.locator(".st-key-html-top button").click()
    html.value.save_as(tmp_path / "debrief.html")
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    paper = context.new_page()
    paper.goto((tmp_path / "debrief.html").as_uri())
    expect(paper.locator(".exchange .rp-say.you")).to_contain_text("http://127.0.0.2/x>")
    check_page(paper, "the printed debrief")
    assert len(paper.pdf()) > 10_000
    assert asked == [(tmp_path / "debrief.html").as_uri()]
    context.close()


def test_a_refused_reply_stays_in_the_box(served: Served, page: Any) -> None:
    box = begin(page, served.url)
    for words, told in (("   ", "nothing to send"), ("long " * 401, "2,005 characters")):
        box.fill(words)
        box.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(told)
        expect(box).to_have_value(words)
        settled(page)
        assert page.locator(".rp-say.you").count() == 0
    check_page(page, "a refusal")
    box.fill("")
    say(page, box, "Hello, Maya.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_visit_goes_on_after_a_refresh_and_after_the_server_was_killed(own_served: Served, page: Any) -> None:
    box = begin(page, own_served.url)
    say(page, box, REPLIES[0])
    answer = page.locator(".rp-say.them").last.inner_text()
    address = page.url
    assert "visit=" in address
    page.reload()
    expect(page.locator(".rp-say.them").last).to_have_text(re.compile(re.escape(answer.split("\n")[-1])))
    own_served.kill()
    own_served.start()
    page.goto(address)
    expect(page.locator(".rp-say.you .words")).to_have_text(REPLIES[0])
    assert page.locator(".rp-say.them").last.inner_text() == answer
    page.goto(own_served.url + "/?" + address.split("?")[1])
    box = page.get_by_test_id("stChatInputTextArea")
    box.wait_for()
    settled(page)
    say(page, box, REPLIES[2])
    page.goto(own_served.url + "/visits")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".rp-say.you")).to_have_count(2)


def test_a_second_tab_that_is_behind_is_told_so_and_keeps_its_words(served: Served, page: Any) -> None:
    box = begin(page, served.url)
    other = page.context.new_page()
    other.goto(page.url)
    other_box = other.get_by_test_id("stChatInputTextArea")
    other_box.wait_for()
    settled(other)
    say(page, box, REPLIES[0])
    other_box.fill("Words from the second tab.")
    other_box.press("Enter")
    expect(other.get_by_role("alert")).to_contain_text("another tab")
    expect(other.locator(".rp-say.you")).to_have_count(1)
    expect(other_box).to_have_value("Words from the second tab.")


def test_a_screen_reader_hears_each_answer_once(served: Served, page: Any) -> None:
    box = begin(page, served.url)
    voice = page.get_by_role("log")
    expect(voice.locator("p")).to_have_count(1)
    say(page, box, REPLIES[0])
    expect(voice.locator("p")).to_have_count(2)
    said = page.locator(".rp-say.them .words").last.inner_text()
    assert voice.locator("p").last.inner_text().startswith("Maya says: ")
    assert re.sub(r"\W+", "", said)[-10:] == re.sub(r"\W+", "", voice.locator("p").last.inner_text())[-10:]
    assert voice.get_attribute("aria-live") == "polite"


def test_without_the_coach_nothing_is_told_until_the_debrief(served: Served, page: Any) -> None:
    box = begin(page, served.url, coach=False)
    say(page, box, REPLIES[0])
    expect(page.locator(".rp-coach")).to_have_count(0)
    expect(page.locator(".rp-thought")).to_have_count(0)
    page.locator(".st-key-coach label").click()
    expect(page.locator(".rp-coach")).to_have_count(1)
    expect(page.locator(".rp-thought")).to_have_count(1)


def test_everything_can_be_reached_and_done_with_the_keyboard(served: Served, page: Any) -> None:
    begin(page, served.url)
    page.reload()
    page.get_by_test_id("stChatInputTextArea").wait_for()
    settled(page)
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("() => document.activeElement.innerText || document.activeElement.placeholder || ''")
        )
    for wanted in ("Practise", "Your visits", "Door note", "End visit", "Say something"):
        assert any(wanted in one for one in reached), f"{wanted} cannot be reached with Tab: {reached}"


def test_the_list_of_visits_and_about_are_accessible_and_a_visit_can_be_deleted(own_served: Served, page: Any) -> None:
    box = begin(page, own_served.url)
    say(page, box, REPLIES[0])
    address = page.url
    page.goto(own_served.url + "/about")
    expect(page.get_by_role("heading", name="What it rests on")).to_be_visible()
    settled(page)
    check_page(page, "about")
    page.goto(own_served.url + "/visits")
    page.get_by_role("button", name="Delete").wait_for()
    settled(page)
    check_page(page, "your visits")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("There are none yet")).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("There is no visit at this address")).to_be_visible()


def test_nobody_meets_a_traceback_and_the_log_holds_no_words(served: Served, page: Any) -> None:
    page.goto(served.url + "/talk?visit=nothing")
    expect(page.get_by_text("There is no visit at this address")).to_be_visible()
    page.goto(served.url + "/debrief?visit=%00%ff")
    expect(page.get_by_text("There is no visit at this address")).to_be_visible()
    page.goto(served.url + "/door?scenario=../../etc/passwd")
    expect(page.get_by_role("heading", name="Whom would you like to see?")).to_be_visible()
    assert "Traceback" not in served.log()
    assert REPLIES[0] not in served.log()


def test_a_trainee_disagrees_in_the_debrief_and_finds_it_counted_on_the_card(own_served: Served, page: Any) -> None:
    box = begin(page, own_served.url)
    say(page, box, REPLIES[1])
    end(page)
    to_debrief(page)
    page.get_by_role("button", name="I disagree about reply 1").click()
    page.get_by_text("What would you say?").wait_for()
    settled(page)
    check_page(page, "the place for an own level")
    page.get_by_label("Why? A few words help most.").fill("It was a <b>kind</b> question.")
    keep = page.get_by_role("button", name="Keep my level")
    keep.click()
    expect(page.get_by_text("Kept, and thank you")).to_be_visible()
    assert keep.evaluate("button => button === document.activeElement"), "the button must keep the focus"
    own = page.locator(".rp-own")
    expect(own).to_contain_text("It was a <b>kind</b> question.")
    expect(own).to_be_visible()
    settled(page)
    check_page(page, "a debrief with an own level")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="How far to trust these levels").click()
    expect(page.get_by_role("heading", name="Where people disagreed")).to_be_visible()
    settled(page)
    check_page(page, "the honesty card")
    with page.expect_download() as lines:
        page.locator(".st-key-own-levels button").click()
    record = json.loads(lines.value.path().read_text(encoding="utf-8"))
    assert record["reply"] == REPLIES[1]
    assert list(record["because"].values()) == ["It was a <b>kind</b> question."]
