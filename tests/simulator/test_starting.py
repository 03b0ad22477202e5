"""A new author begins with a file that works, and an older file is brought up to date without losing a remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.loading import load_file, load_text
from simulator.starting import NotStarted, new_scenario, upgrade_file, upgraded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "title", ["Alex: the hands", "Zoë doesn't sleep", "12:30", "#1", "no", "“Quoted”", "東京", "- a"]
)
def test_a_new_scenario_reads_without_a_problem_under_any_title(tmp_path: Path, title: str) -> None:
    loaded, problems = load_file(new_scenario(title, tmp_path / "mine"))
    assert [one.as_text() for one in problems] == []
    assert loaded is not None
    assert loaded.scenario.title == title


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    path = new_scenario("Alex", tmp_path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(NotStarted, match="stays as it is"):
        new_scenario("Alex", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("title", ["", "  ", "a\x1bb", "x" * 200])
def test_a_title_that_is_none_is_refused_plainly(tmp_path: Path, title: str) -> None:
    with pytest.raises(NotStarted, match="A title is"):
        new_scenario(title, tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_title_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    assert new_scenario("../../etc/passwd", tmp_path).parent == tmp_path


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotStarted, match="cannot be written to"):
        new_scenario("Alex", tmp_path / "file")


def test_an_upgrade_keeps_every_remark_and_can_be_done_twice(tmp_path: Path) -> None:
    path = new_scenario("Alex", tmp_path)
    today = path.read_text(encoding="utf-8")
    older = today.replace("format: 1\n", "")
    path.write_text(older, encoding="utf-8")
    assert upgrade_file(path)
    assert not upgrade_file(path)
    new = path.read_text(encoding="utf-8")
    assert set(today.splitlines()) == set(new.splitlines())
    assert load_text(new, "alex.yaml")[0] is not None
    assert [one.name for one in tmp_path.iterdir()] == ["alex.yaml"]


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "old.yaml"
    path.write_bytes(b"title: \xe9\n")
    with pytest.raises(NotStarted, match="UTF-8"):
        upgrade_file(path)
    assert path.read_bytes() == b"title: \xe9\n"
    assert upgraded("title: a: b\n") == "title: a: b\n"
