"""A service on a fresh set of records, and the app under Streamlit's own test harness."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from records import open_records
from ui.identity import MODE
from ui.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRY = Path(__file__).resolve().parents[2] / "app.py"


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
