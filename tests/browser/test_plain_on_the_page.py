"""Escaped words on a real page: nothing of them becomes a link, a picture, a heading or an icon."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import ROOT, free_port
from tests.ui.test_plain import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

OPTIONS = ("server.headless=true", "browser.gatherUsageStats=false", "server.fileWatcherType=none")


@pytest.fixture
def plain_page() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "tests/browser/plain_app.py", f"--server.port={port}"]
    app = subprocess.Popen(
        [*command, "--server.address=127.0.0.1", *(f"--{one}" for one in OPTIONS)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    url, until = f"http://127.0.0.1:{port}", time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url + "/_stcore/health", timeout=2)
            break
        except OSError:
            time.sleep(0.1)
    yield url
    app.kill()
    app.wait()


def test_hostile_words_stay_words_in_texts_titles_and_labels(plain_page: str, page: Any) -> None:
    page.goto(plain_page)
    page.locator(f".st-key-label-{len(HOSTILE) - 1}").wait_for()
    page.locator('[data-test-script-state="notRunning"]').wait_for(state="attached")
    for number, words in enumerate(HOSTILE):
        for place in ("text", "title", "label"):
            drawn = page.locator(f".st-key-{place}-{number}")
            expect(drawn).to_contain_text(re.compile(r"\S"))  # drawn a moment after its place is there
            assert drawn.inner_text().replace("\N{WORD JOINER}", "").strip() == " ".join(words.split()), place
            assert drawn.locator("a, img, script, svg, h2, ul, code, [data-testid=stIconMaterial]").count() == 0, words
