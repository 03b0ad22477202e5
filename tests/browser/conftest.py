"""The real thing: the app served by the command line, seen through Chromium, every request watched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from run import find_chromium
from tests.browser.served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests here as browser tests, and skip them in one line where there is no browser, but never in CI."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if find_chromium() is None and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="no Chromium here (Debian: sudo apt install chromium)"))


WINDOW = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on this machine's own address, shared by the tests."""
    app = Served(tmp_path_factory.mktemp("served"))
    app.start()
    yield app
    app.kill()


@pytest.fixture
def own_served(tmp_path: Path) -> Iterator[Served]:
    """An app that one test may kill."""
    app = Served(tmp_path)
    app.start()
    yield app
    app.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, once for all tests."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    assert path, "Chromium is needed in CI (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def tab(browser: Any) -> Iterator[Any]:
    """The tab that the tests use one after the other: a new one takes two seconds of a processor to warm up."""
    context = browser.new_context(viewport=WINDOW, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(60_000)  # a busy machine is no reason to fail
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Any) -> Iterator[Any]:
    """A page of a browser that remembers nothing. Any request that leaves this machine, and any script error, fails."""
    foreign: list[str] = []
    broken: list[str] = []
    watched = (
        (tab.context, "request", lambda request: _note_foreign(request.url, foreign)),
        (tab, "websocket", lambda socket_: _note_foreign(socket_.url, foreign)),
        (tab, "pageerror", lambda error: broken.append(str(error))),
    )
    for of, event, note in watched:
        of.on(event, note)
    yield tab
    for of, event, note in watched:
        of.remove_listener(event, note)
    for other in tab.context.pages:
        if other is not tab:
            other.close()
    if tab.url.startswith("http"):
        tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    tab.goto("about:blank")
    tab.context.clear_cookies()
    tab.set_viewport_size(WINDOW)
    tab.emulate_media(color_scheme="light")
    assert foreign == [], "a request left this machine"
    assert broken == [], "a script on the page failed"


def _note_foreign(url: str, foreign: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:http://127.0.0.1:")):
        foreign.append(url)
