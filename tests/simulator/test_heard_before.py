"""What was made of a text in the check before is not made of it again; what is heard, and what is found, is the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from simulator import heard_before, patient
from simulator.checking import check_file
from simulator.heard_before import Before
from simulator.loading import SCENARIOS, load_text
from simulator.patient import ear_of
from simulator.understanding import Ear
from tests.library import library

if TYPE_CHECKING:
    from simulator.scenario import Scenario

ONE = SCENARIOS / "gallery" / "one-concern.yaml"
TEXT = ONE.read_text(encoding="utf-8")
QUESTIONS = [q for q in (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").split("\n") if q][:30]


@pytest.fixture(autouse=True)
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "caches"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(patient, "_ears", {})
    return tmp_path / "caches"


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the replies that were listened to anew, as they come."""
    hear, found = Ear._hear, []

    def hears(self: Ear, reply: str) -> object:
        found.append(reply)
        return hear(self, reply)

    monkeypatch.setattr(Ear, "_hear", hears)
    return found


def test_a_file_that_is_checked_again_is_heard_as_before(heard: list[str]) -> None:
    first, listened = check_file(ONE), len(heard)
    patient._ears.clear()
    assert check_file(ONE) == first
    assert len(heard) == listened > 20


def test_what_another_process_has_heard_is_kept_with_the_rest(heard: list[str]) -> None:
    first = check_file(ONE, apart=True)
    patient._ears.clear()
    heard.clear()
    assert check_file(ONE) == first
    assert heard == []


@pytest.mark.parametrize(
    ("written", "instead", "anew"),
    [("trust: 46", "trust: 97", False), ("about: [", "about: [the neighbour's kite, ", True)],
)
def test_only_words_that_the_patient_is_asked_in_count(
    written: str, instead: str, anew: bool, heard: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written in TEXT
    edited = tmp_path / ONE.name
    edited.write_text(TEXT, encoding="utf-8")
    check_file(edited)
    edited.write_text(TEXT.replace(written, instead), encoding="utf-8")
    known, now = set(heard), len(heard)
    after = check_file(edited)
    assert (not known.isdisjoint(heard[now:])) == anew
    patient._ears.clear()
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "nothing-kept-yet"))
    assert check_file(edited) == after


def test_what_is_kept_comes_back_whole() -> None:
    ear = ear_of(library()["maya-numb"].scenario)
    with heard_before.heard_before("a.yaml", ear):
        anew = [(ear.hear(question), ear.touched_by(question)) for question in QUESTIONS]
        topics = ear.near, ear.at_heart
    patient._ears.clear()
    later = ear_of(library()["maya-numb"].scenario)
    with heard_before.heard_before("a.yaml", later):
        assert len(later.before.understood) == len(QUESTIONS)
        assert [(later.hear(question), later.touched_by(question)) for question in QUESTIONS] == anew
        assert (later.near, later.at_heart) == topics


def test_another_patient_of_the_same_name_hears_for_themselves() -> None:
    other, _ = load_text(TEXT.replace("about: [", "about: [the neighbour's kite, "), "a.yaml")
    one, _ = load_text(TEXT, "a.yaml")
    assert one is not None
    assert other is not None
    with heard_before.heard_before("a.yaml", ear_of(one)):
        assert not ear_of(one).hear("What about the neighbour's kite?").concerns
    with heard_before.heard_before("a.yaml", ear_of(other)):
        assert ear_of(other).hear("What about the neighbour's kite?").concerns


def test_every_file_on_which_hearing_rests_counts() -> None:
    there = {path for path in Path(heard_before.__file__).parent.iterdir() if path.suffix in {".py", ".json", ".yaml"}}
    there |= set((SCENARIOS / "everyday").rglob("*.yaml"))
    assert there <= set(heard_before._sources())


class _Watched:
    """A scenario that notes down what is looked at."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario, self.seen = scenario, set[str]()

    def __getattr__(self, name: str) -> Any:
        self.seen.add(name)
        return getattr(self._scenario, name)


def test_nothing_else_of_a_scenario_is_looked_at_to_hear() -> None:
    for name in ("jas-mum", "fatuma-insulin", "maya-numb"):
        watched = _Watched(library()[name].scenario)
        ear = Ear(cast("Scenario", watched))
        ear.prepare()
        for question in QUESTIONS:
            ear.hear(question)
            ear.touched_by(question)
        counts = _Watched(library()[name].scenario)
        heard_before._asked_in(cast("Scenario", counts))
        assert watched.seen <= counts.seen


def test_only_the_latest_texts_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard_before, "_MOST", 3)
    before = Before()
    for number in range(7):
        assert heard_before.looked_up(before.touched, str(number), lambda text: frozenset([text])) == {str(number)}
    assert len(before.touched) <= 3
