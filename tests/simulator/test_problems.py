"""A problem is safe to print anywhere: in a terminal, as JSON, as a note in a pull request."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.problems import catalogue, cut_around, problem

SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "simulator").rglob("*.py")
)  # fmt: skip


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_problem_of_the_catalogue_can_occur_and_has_a_way_out(code: str) -> None:
    entry = catalogue()[code]
    assert f'"{code}"' in SOURCES, "the manual would explain a problem that nobody can meet"
    assert entry["way_out"].strip()
    assert set(entry) <= {"severity", "says", "way_out", "why", "bad", "good", "in_place_of"}
    assert len(entry["why"]) > 20
    assert ("bad" in entry) == ("good" in entry)
    assert entry.get("severity", "error") in {"error", "warning"}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_the_wording_is_plain(code: str) -> None:
    words = f"{catalogue()[code]['says']} {catalogue()[code]['way_out']}"
    assert "!" not in words.replace('"!"', "")
    for jargon in ("invalid", "parse", "token", "scalar", "mapping", "boolean", "null", "string"):
        assert not re.search(rf"\b{jargon}\b", words, re.IGNORECASE), jargon


def made(source: str, column: int) -> object:
    return problem("unknown-field", "a.yaml", 3, column, source, key=source, owner="a fact", known="x")


@given(st.text(max_size=500), st.integers(1, 600))
def test_a_problem_never_carries_what_a_terminal_would_act_on(source: str, column: int) -> None:
    text = problem("unknown-field", "a.yaml", 3, column, source, key=source, owner="a fact", known="x").as_text()
    assert all(c.isprintable() or c == "\n" for c in text)
    assert len(text) < 1200


@given(st.text(string.ascii_letters, min_size=1, max_size=900), st.integers(0, 900))
def test_the_caret_stands_under_the_same_character_in_a_cut_line(source: str, at: int) -> None:
    at = min(at, len(source) - 1)
    shown, offset = cut_around(source, at)
    assert shown[offset] == source[at]


def test_a_note_in_a_pull_request_cannot_be_forged_by_a_file() -> None:
    one = problem("unknown-field", "a,b:c\n.yaml", 3, 1, "x", key="x\n::error::y", owner="a fact", known="100%")
    note = one.as_github()
    assert "\n" not in note
    assert note.startswith("::error file=a%2Cb%3Ac")
    assert "100%25" in note


def test_a_problem_is_plain_data() -> None:
    one = problem("tab", "a.yaml", 3, 1, "\tx")
    assert json.loads(json.dumps(one.as_json()))["line"] == 3
