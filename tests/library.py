"""The library that ships, read once for all tests: nobody changes a scenario, and reading them takes its time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from simulator.loading import load_folder

if TYPE_CHECKING:
    from simulator.loading import Loaded


@cache
def library() -> dict[str, Loaded]:
    """Return the scenarios that ship, by id, each with its text."""
    return load_folder().scenarios
