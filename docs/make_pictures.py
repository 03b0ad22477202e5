"""Make the pictures in the documentation from the running app: `.venv/bin/python -m docs.make_pictures`.

Needs Chromium and the development environment (`python3 run.py test --version` prepares it). Each picture is a page
as a trainee sees it after the visit below, which is typed in and sent like any other.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from run import find_chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.served import Served
from tests.browser.steps import begin, end, say, settled, to_debrief

PICTURES = Path(__file__).with_name("pictures")
REPLIES = (
    "Mostly fine, with an 'I guess' at the end of it. What's in the 'I guess'?",
    "You fought your way out of that closet, and you were hoping for more than dry by now.",
)


def main() -> None:
    """Play a visit and photograph its pages."""
    path = find_chromium()
    if path is None:
        raise SystemExit("No Chromium here (Debian: sudo apt install chromium).")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = Served(Path(folder))
        app.start()
        try:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1100, "height": 860}, reduced_motion="reduce")
            photograph(page, app.url)
            browser.close()
        finally:
            app.kill()


def photograph(page: Any, url: str) -> None:
    """Go through the app and save what it looks like."""
    page.goto(url)
    page.locator(".st-key-see-maya-numb button").wait_for()
    settled(page)
    page.screenshot(path=PICTURES / "choose.png")
    box = begin(page, url)
    for words in REPLIES:
        say(page, box, words)
    page.wait_for_timeout(600)
    page.screenshot(path=PICTURES / "visit.png")
    end(page)
    to_debrief(page)
    page.screenshot(path=PICTURES / "debrief.png")


if __name__ == "__main__":
    main()
