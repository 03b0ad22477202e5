"""The schema, the reference and the pages of problems say what the reader does, and are never stale."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from simulator.loading import load_text
from simulator.problems import catalogue
from simulator.reference import ROOT, generated, json_schema, reference_page
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from pathlib import Path

FILES = list(generated())


@pytest.mark.parametrize(("path", "text"), FILES, ids=[path.name for path, _ in FILES])
def test_a_generated_file_is_fresh(path: Path, text: str) -> None:
    assert path.exists(), f"{path} is missing; run: python3 run.py generate"
    assert path.read_text(encoding="utf-8") == text, f"{path} is stale; run: python3 run.py generate"


def test_no_page_is_left_of_a_problem_that_is_gone() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "problems").glob("*.md")} - {"README"}
    assert pages == set(catalogue())


def test_every_field_is_in_the_reference() -> None:
    page = reference_page()
    for name in Scenario.model_fields:
        assert f"| {name} |" in page or f"| **{name}** |" in page


def required(model: str) -> set[str]:
    schema = json_schema()
    part = schema if model == "Scenario" else schema["$defs"][model]
    return set(part.get("required", ()))


def test_the_schema_asks_for_exactly_what_the_reader_asks_for() -> None:
    good = (ROOT / "scenarios" / "gallery" / "one-concern.yaml").read_text(encoding="utf-8")
    _scenario, problems = load_text("x: y\n", "x.yaml")
    missing = {one.message.split('"')[1] for one in problems if one.code == "missing-field"}
    # With no moments there is nothing to take an opening from, which is not reported twice.
    assert missing == required("Scenario")
    assert required("Moment") == {"patient", "calls_for", "rushed", "collaborative"}
    assert required("Concern") == {"id", "about", "says"}
    assert load_text(good, "x.yaml")[0] is not None


def test_the_schema_explains_every_field_to_an_editor() -> None:
    schema = json.loads(json.dumps(json_schema()))
    parts = [schema, *schema["$defs"].values()]
    seen = 0
    for part in parts:
        for name, field in part.get("properties", {}).items():
            seen += 1
            assert field.get("description") or "$ref" in field, name
    assert seen > 50
