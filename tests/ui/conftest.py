"""A service on a fresh set of records, and the app under Streamlit's own test harness."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from records import open_records
from simulator.loading import Library, load_folder
from ui.identity import MODE
from ui.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.loading import Loaded
    from simulator.problems import Problem

ENTRY = Path(__file__).resolve().parents[2] / "app.py"


Stamps = tuple[tuple[str, int, int], ...]


@cache
def _read(folder: Path, _stamps: Stamps) -> tuple[dict[str, Loaded], list[Problem]]:
    library = load_folder(folder)
    return library.scenarios, library.problems


def _load_folder(folder: Path) -> Library:
    """Read a folder as ever, but once for all tests for as long as its files are the same."""
    stamps = tuple(sorted((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in folder.iterdir()))
    scenarios, problems = _read(folder, stamps)
    return Library(dict(scenarios), list(problems))


_installed = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a page of the tests find the library, and what is installed, as the page before it found them."""
    monkeypatch.setattr("ui.service.load_folder", _load_folder)
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", _installed)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("RAPPORT_DATABASE_URL", raising=False)
    monkeypatch.setenv("RAPPORT_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(MODE, "served_to_others", False)
    monkeypatch.setattr(MODE, "educator", False)
    return f"sqlite:///{tmp_path / 'data' / 'rapport.db'}"


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    made = Service(open_records(url))
    yield made
    made.records.close()


@pytest.fixture
def app(url: str) -> AppTest:
    return AppTest.from_file(str(ENTRY), default_timeout=120)  # a busy machine is no reason to fail
