"""A person's own level: kept beside the scorer's, written out as the fit reads it, in nobody's name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from records import Actor
from scoring.fitting_data import load
from ui.own_levels import as_lines, exported, own_levels, set_own_level, take_back
from ui.report import report

if TYPE_CHECKING:
    from pathlib import Path

    from ui.service import OpenVisit, Service

ME = Actor("local")
REPLIES = ("What's in the 'I guess'?", "Any side effects?")


@pytest.fixture
def visit(service: Service) -> OpenVisit:
    visit_id = service.begin(ME, "maya-numb", "off")
    for seq, words in enumerate(REPLIES, 1):
        service.say(ME, visit_id, seq, str(seq), words)
    service.end(ME, visit_id)
    return service.open(ME, visit_id)


def test_what_a_person_sets_stands_until_they_take_it_back(service: Service, visit: OpenVisit) -> None:
    first = visit.turns[0]
    set_own_level(service.records, ME, visit, first, "validation", 4, " It opened the door. ")
    set_own_level(service.records, ME, visit, first, "sdm", None, "")
    kept = own_levels(service.records, ME, visit.record.id)[1]
    assert (kept["validation"].level, kept["validation"].reason) == (4, "It opened the door.")
    assert kept["validation"].scorer_level == first.scorecard.validation.level
    assert (kept["sdm"].level, kept["sdm"].stance) == (None, "not_called_for")
    take_back(service.records, ME, visit, first, "sdm")
    assert list(own_levels(service.records, ME, visit.record.id)[1]) == ["validation"]


def test_the_fit_takes_the_export_and_only_what_was_set_is_in_it(
    service: Service, visit: OpenVisit, tmp_path: Path
) -> None:
    set_own_level(service.records, ME, visit, visit.turns[0], "validation", 4, "It opened the door.")
    set_own_level(service.records, ME, visit, visit.turns[0], "sdm", None, "")
    set_own_level(service.records, ME, visit, visit.turns[1], "reflection", 0, "")
    path = tmp_path / "own.jsonl"
    path.write_text(as_lines(exported(service.records, ME)), encoding="utf-8")
    one, two = sorted(load([path]), key=lambda rated: REPLIES.index(rated.record["reply"]))
    assert (one.level("validation"), one.called("sdm"), one.called("reflection")) == (
        4.0,
        0.0,
        pytest.approx(float("nan"), nan_ok=True),
    )
    assert "moves" not in one.record
    assert one.record["because"] == {"validation": "It opened the door."}
    assert one.record["patient"] == visit.opening
    assert one.record["earlier"] == []
    assert (two.record["patient"], two.record["earlier"]) == (visit.turns[0].patient, [visit.opening])
    assert two.record["reflection"] == 0
    assert two.record["scorer"] == {"reflection": visit.turns[1].scorecard.reflection.level}


def test_an_export_names_nobody_and_no_visit(service: Service, visit: OpenVisit) -> None:
    set_own_level(service.records, ME, visit, visit.turns[0], "validation", 4, "")
    lines = as_lines(exported(service.records, Actor("teacher", "educator")))
    assert set(json.loads(lines)) == {
        "id", "context", "patient", "reply", "earlier", "validation", "scorer", "because"
    }  # fmt: skip
    for secret in (visit.record.id, '"local"', "teacher"):
        assert secret not in lines
    assert exported(service.records, Actor("another trainee")) == []


def test_an_export_holds_no_concern_that_stayed_closed(service: Service, visit: OpenVisit) -> None:
    assert visit.outcome is not None
    assert visit.outcome.never_said
    set_own_level(service.records, ME, visit, visit.turns[1], "validation", 4, "")
    lines = as_lines(exported(service.records, ME))
    for concern in visit.outcome.never_said:
        assert visit.scenario.concern(concern).says not in lines


def test_the_printed_debrief_shows_both_levels_and_escapes_the_reason(service: Service, visit: OpenVisit) -> None:
    set_own_level(service.records, ME, visit, visit.turns[0], "validation", 4, "<b>warm</b>")
    _, debrief = service.debrief(ME, visit.record.id)
    page = report(visit.scenario, debrief, None, own_levels(service.records, ME, visit.record.id))
    assert page.count("You say:") == 1
    assert "4 of 4, legitimised" in page
    assert "&lt;b&gt;warm" in page
    assert f"{visit.turns[0].scorecard.validation.level} of 4" in page
