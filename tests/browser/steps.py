"""What a trainee does on the pages, in the words of the tests."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SCENARIO = "maya-numb"
REPLIES = (
    "'Fine, I guess' has a lot of room in it. What's in the 'I guess'?",
    "Any side effects?",
    "It sounds lonely, being the one who fought her way back and now gets called a roommate. Have I got that right?",
)
expect.set_options(timeout=20_000)  # a busy machine is no reason to fail
OVER = (
    "() => Math.max(document.documentElement.scrollWidth - window.innerWidth,"
    " ...[...document.querySelectorAll('[data-testid=stMain]')].map(e => e.scrollWidth - e.clientWidth))"
)
"""By how many pixels the page is wider than the window."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def settled(page: Any) -> None:
    """Wait until the page has been drawn to its end."""
    page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")


def begin(page: Any, url: str, coach: bool = True) -> Any:
    """Choose the patient, read the door note, go in; return the box."""
    page.goto(url)
    page.locator(f".st-key-see-{SCENARIO} button").click()
    expect(page.get_by_text("What you know before you go in")).to_be_visible()
    settled(page)
    if not coach:
        page.get_by_text("Only at the end").click()
        settled(page)
    page.locator(".st-key-go-in button").click()
    box = page.get_by_test_id("stChatInputTextArea")
    box.wait_for()
    settled(page)
    return box


def say(page: Any, box: Any, words: str) -> None:
    """Say something and wait for the patient's answer."""
    before = page.locator(".rp-say.them").count()
    box.fill(words)
    box.press("Enter")
    expect(page.locator(".rp-say.them")).to_have_count(before + 1)
    settled(page)


def end(page: Any) -> None:
    """End the visit."""
    page.locator(".st-key-end button").first.click()
    page.locator(".st-key-end-now button").click()
    page.locator(".st-key-to-debrief button").wait_for()
    settled(page)


def to_debrief(page: Any) -> None:
    """Go on to the debrief and wait for its end."""
    page.locator(".st-key-to-debrief button").click()
    page.locator(".st-key-html-bottom button").wait_for()
    settled(page)


def check_page(page: Any, what: str) -> None:
    """Fail on any WCAG violation, light on a desk and dark on a small phone, and on a page that scrolls sideways."""
    for scheme, width, height in (("light", 1280, 800), ("dark", 360, 740)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        over = page.evaluate(OVER)
        for _ in range(20):  # what floats finds its new place a little later on a busy machine
            if over <= 0:
                break
            page.wait_for_timeout(250)
            over = page.evaluate(OVER)
        assert over <= 0, f"{what} scrolls sideways by {over} pixels at {width} ({scheme})"
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        told = [
            f"{one['id']}: {node['html'][:200]} {node.get('failureSummary')}" for one in found for node in one["nodes"]
        ]
        assert not told, f"{what} at {width} ({scheme}):\n" + "\n".join(told)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_timeout(150)  # what is pressed next must have found its place
