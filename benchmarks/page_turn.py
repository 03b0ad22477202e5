"""How long the page takes to answer a reply, in Chromium, over a visit of forty replies.

Serves the app from a temporary folder, opens a visit with the coach on, and types forty replies. For each, the time
from pressing Enter until the patient's answer stands on the page and the box takes the next reply. Prints a JSON line.

    python benchmarks/page_turn.py [--replies 40]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from run import find_chromium  # noqa: E402
from tests.browser.conftest import ARGUMENTS  # noqa: E402
from tests.browser.served import Served  # noqa: E402
from tests.browser.steps import begin  # noqa: E402

LINES = (
    "What's in the 'I guess'?",
    "It sounds like it has been a long road, and that you are tired of being asked.",
    "How have you been sleeping?",
    "That makes sense, given what you have been carrying by yourself.",
    "What would matter most to you, if we changed something?",
    "There are a few ways we could go: wait and watch, go lower, or change. Each has its price.",
    "Have I got that right?",
    "And how are things at home?",
)
ANSWERED = """n => document.querySelector(`.rp-turn[data-seq="${n}"] .rp-say.them`)
    && !document.querySelector('[data-testid=stChatInputTextArea]').disabled"""


def measure(replies: int) -> list[float]:
    """Return the seconds that the page took for each reply."""
    path = find_chromium()
    if path is None:
        sys.exit("No Chromium here (Debian: sudo apt install chromium).")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = Served(Path(folder))
        app.start()
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        box = begin(page, app.url)
        took = []
        try:
            for number in range(1, replies + 1):
                box.fill(LINES[number % len(LINES)] + f" ({number})")
                began = time.perf_counter()
                box.press("Enter")
                page.wait_for_function(ANSWERED, arg=number, polling="raf")
                took.append(time.perf_counter() - began)
        finally:
            browser.close()
            app.kill()
        return took


def spin() -> float:
    """Return the seconds of five million additions: how fast, and how free, this machine is just now."""
    began, total = time.perf_counter(), 0
    for number in range(5_000_000):
        total += number
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, default=40)
    took = measure(parser.parse_args().replies)
    late = took[-10:]
    print(
        json.dumps(
            {
                "replies": len(took),
                "median_s": round(statistics.median(took), 3),
                "median_last_ten_s": round(statistics.median(late), 3),
                "p95_s": round(sorted(took)[int(len(took) * 0.95) - 1], 3),
                "first_s": round(took[0], 3),
                "most_s": round(max(took), 3),
                "machine": {"load_1min": round(os.getloadavg()[0], 1), "loop_s": round(spin(), 2)},
            }
        )
    )


if __name__ == "__main__":
    main()
