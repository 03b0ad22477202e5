"""A fresh set of records in a temporary folder, and the people who use it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from records import Actor, Records, open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ME = Actor("me")


class Clock:
    """A clock that a test sets: it moves a second at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'rapport.db'}"


@pytest.fixture
def records(url: str, clock: Clock) -> Iterator[Records]:
    opened = open_records(url, clock)
    yield opened
    opened.close()


@pytest.fixture
def visit_id(records: Records) -> str:
    return records.begin(ME, "maya", "id: maya\n", 7, "each", title="Maya")
