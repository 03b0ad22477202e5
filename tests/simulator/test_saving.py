"""Saving keeps every earlier version, and changes nothing where something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.loading import SCENARIOS, load_folder
from simulator.saving import NotSaved, save

if TYPE_CHECKING:
    from pathlib import Path

ONE = (SCENARIOS / "gallery" / "one-concern.yaml").read_text(encoding="utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_each_version_before_is_kept(tmp_path: Path) -> None:
    path, kept = save(ONE, tmp_path)
    assert kept is None
    _path, first = save(ONE.replace("age: 58", "age: 59"), tmp_path)
    _path, second = save(ONE.replace("age: 58", "age: 60"), tmp_path)
    assert first is not None
    assert second is not None
    assert "age: 58" in first.read_text(encoding="utf-8")
    assert "age: 59" in second.read_text(encoding="utf-8")
    assert "age: 60" in path.read_text(encoding="utf-8")
    assert list(load_folder(tmp_path).scenarios) == ["one-concern"]


def test_saving_the_same_text_twice_keeps_no_version(tmp_path: Path) -> None:
    save(ONE, tmp_path)
    assert save(ONE, tmp_path)[1] is None
    assert set(everything(tmp_path)) == {"one-concern.yaml"}


@pytest.mark.parametrize(
    "change", [("title:", "tilte:"), ("id: one-concern", "id: ../../x"), ("id: one-concern", "id: nul")]
)
def test_what_has_an_error_is_not_saved(tmp_path: Path, change: tuple[str, str]) -> None:
    save(ONE, tmp_path)
    before = everything(tmp_path)
    with pytest.raises(NotSaved):
        save(ONE.replace(*change), tmp_path)
    assert everything(tmp_path) == before


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="cannot be saved"):
        save(ONE, tmp_path / "nowhere")
