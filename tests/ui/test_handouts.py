"""The hand-outs hold what an actor and a facilitator need, and nothing an author typed becomes markup."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from simulator.loading import SCENARIOS, load_text
from tests.library import library
from ui.handouts import actors_script, asked_about, facilitators_guide, write_handouts

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = library()
ONE = (SCENARIOS / "gallery" / "one-concern.yaml").read_text(encoding="utf-8")


def shown(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def plain(text: str) -> str:
    return " ".join(re.sub(r"[()]", " ", text).split())


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_an_actor_finds_every_line_and_both_stand_alone(name: str) -> None:
    scenario = LIBRARY[name].scenario
    script, guide = actors_script(scenario), facilitators_guide(scenario)
    for concern in scenario.concerns:
        assert plain(concern.says) in shown(script)
        assert concern.would_have_opened in shown(guide)
    for moment in scenario.moments:
        assert plain(moment.patient) in shown(script)
        assert moment.collaborative.says in shown(guide)
    for page in (script, guide):
        assert not re.search(r"(?:src|href)\s*=|url\(|@import", page), "a hand-out must need nothing else"
        assert "{{" not in page
        assert "_question" not in page, "an actor knows no names of moves"


def test_the_guide_never_shows_what_did_not_apply() -> None:
    scenario, _problems = load_text(ONE, "x.yaml")
    assert scenario is not None
    assert "Once it is known, the plan has to change" not in facilitators_guide(scenario)


def test_what_an_author_typed_is_shown_and_never_acts() -> None:
    evil = '"<script>alert(1)</script> {{ 7*7 }} <img src=x onerror=y>"'
    scenario, _problems = load_text(ONE.replace("Ray wants something strong", evil), "x.yaml")
    assert scenario is not None
    for page in (actors_script(scenario), facilitators_guide(scenario)):
        assert "<script" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in shown(page)


def test_the_files_are_named_for_the_patient(tmp_path: Path) -> None:
    scenario, _problems = load_text(ONE, "x.yaml")
    assert scenario is not None
    assert [path.name for path in write_handouts(scenario, tmp_path / "out")] == [
        "one-concern-actor.html",
        "one-concern-guide.html",
    ]


def test_the_script_says_plainly_what_the_patient_only_calls_that() -> None:
    scenario = next(one.scenario for one in LIBRARY.values() if "suicidal_thoughts" in one.scenario.facts)
    assert asked_about("suicidal_thoughts", scenario) in {"thoughts of dying", "pensar en morir"}
    assert asked_about("pigeons_on_the_roof", scenario) == "pigeons on the roof"
