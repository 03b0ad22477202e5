"""The debrief as one file: complete, self-contained, and safe whatever was typed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from simulator.debrief import debrief
from simulator.encounter import Encounter
from tests.library import library
from tests.ui.test_drawing import ALLOWED, parsed
from tests.ui.test_plain import HOSTILE
from ui.report import HEIGHT, WIDTH, drawn, file_name, report

PAGE = {"html", "head", "meta", "title", "style", "body", "header", "h1", "main", "section", "figure", "figcaption",
        "svg", "line", "text", "polyline"}  # fmt: skip


def made(replies: list[str], scenario_id: str = "maya-numb") -> tuple[str, object]:
    scenario = library()[scenario_id].scenario
    encounter = Encounter.replay(scenario, replies)
    encounter.end()
    return report(scenario, debrief(scenario, encounter.played()), datetime(2026, 3, 1, tzinfo=UTC)), encounter


def test_the_file_tells_the_whole_debrief() -> None:
    text, _encounter = made(["What's in the 'I guess'?", "Any side effects?"])
    shown = unescape(text)
    for told in ("What Maya decided", "Four weeks later", "never said", "The three skills", "What moved",
                 "The rushed one", "The collaborative one", "Any side effects?", "1 March 2026"):  # fmt: skip
        assert told in shown, told
    assert "Trust over the visit" in shown
    assert text.count('class="lane ') == 6, "three lanes, each drawn and named"


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_was_typed_is_shown_and_does_nothing(typed: str) -> None:
    text, _ = made([typed])
    found = parsed(text)
    assert found.tags <= ALLOWED | PAGE, found.tags - ALLOWED - PAGE
    assert not any(name.startswith("on") or name in {"src", "href"} for name in found.attributes)


def test_the_file_needs_nothing_else_and_may_load_nothing() -> None:
    text, _ = made(["Hello."])
    assert "default-src 'none'" in text
    assert not re.search(r"<script|<link|@import|url\(", text)


def test_a_visit_without_a_word_makes_a_file_too() -> None:
    assert "The visit ended before anything was said." in made([])[0]


def test_every_shipped_patient_can_be_reported() -> None:
    for scenario_id in library():
        assert made(["How are you?", "Take this."], scenario_id)[0].startswith("<!doctype html>")


def test_all_lanes_lie_on_the_paper() -> None:
    scenario = library()["maya-numb"].scenario
    encounter = Encounter.replay(scenario, ["Hello."] * 25)
    encounter.end()
    for lane in drawn(debrief(scenario, encounter.played()).lanes):
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in lane.points)


def test_the_name_of_the_file_is_one_that_any_system_takes() -> None:
    assert file_name("../Etc/Passwd", "html") == "rapport-etc-passwd.html"
    assert file_name("maya-numb", "json", datetime(2026, 3, 1, tzinfo=UTC)) == "rapport-maya-numb-2026-03-01.json"
