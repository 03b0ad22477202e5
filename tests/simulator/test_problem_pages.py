"""Every example of the manual is tried: the bad one has exactly its problem, the good one has none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.checking import check
from simulator.loading import Loaded, load_text
from simulator.problems import catalogue

BASE = (Path(__file__).parents[2] / "scenarios" / "gallery" / "one-concern.yaml").read_text(encoding="utf-8")
SHOWN = sorted(code for code, entry in catalogue().items() if "bad" in entry)
TOP = re.compile(r"^[^\W\d]\w*")
BY_CHECKING = {code for code in SHOWN if list(catalogue()).index(code) >= list(catalogue()).index("secret-told")}


def blocks(text: str) -> dict[str, list[str]]:
    """Split a file into its outermost fields."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if (match := TOP.match(line)) and match.group() not in found:
            name = match.group()
        found.setdefault(name, []).append(line)
    return found


def with_fields(fragment: str, in_place_of: str = "") -> str:
    base, new = blocks(BASE), blocks(fragment)
    base.pop(in_place_of, None)
    # The example goes first, so that a quote or bracket it leaves open is found at its own place.
    rest = {name: lines for name, lines in base.items() if name not in new}
    return "\n".join(line for lines in (*new.values(), *rest.values()) for line in lines)


def problems_of(text: str, code: str) -> list[str]:
    scenario, problems = load_text(text, "example.yaml")
    if scenario is not None and code in BY_CHECKING:
        problems = [*problems, *check(Loaded(scenario, text, Path("example.yaml")))]
    return [one.code for one in problems if one.code != "not-reviewed" or code == "not-reviewed"]


@pytest.mark.parametrize("code", SHOWN)
def test_the_bad_example_has_its_problem_and_the_good_one_has_none(code: str) -> None:
    entry = catalogue()[code]
    bad = problems_of(with_fields(entry["bad"], entry.get("in_place_of", "")), code)
    assert code in bad, f"the manual promises {code}"
    # One slip of the pen makes one problem. A slip of the story may show in several ways when it is played.
    assert code in BY_CHECKING or set(bad) == {code}
    assert problems_of(with_fields(entry["good"]), code) == []


def test_most_problems_are_shown_by_an_example() -> None:
    assert len(SHOWN) > 0.65 * len(catalogue())
