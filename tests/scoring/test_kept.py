"""What is kept between two starts saves time and is never taken for what a changed file says."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from scoring.kept import kept
from simulator.content import read_content

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "caches"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "caches"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_made_once_is_not_made_again_until_a_file_it_came_from_changes(caches: Path, tmp_path: Path) -> None:
    words, rules = tmp_path / "words.txt", tmp_path / "rules.txt"
    words.write_text("one two", encoding="utf-8")
    rules.write_text("split", encoding="utf-8")
    made = []

    def make() -> list[str]:
        made.append(1)
        return words.read_text(encoding="utf-8").split()

    assert kept("words", (words, rules), make) == kept("words", (words, rules), make) == ["one", "two"]
    assert len(made) == 1
    assert kept("others", (words, rules), lambda: ["other"]) == ["other"], "each thing has a name of its own"
    words.write_text("six two", encoding="utf-8")
    os.utime(words, ns=(1, 1))
    assert kept("words", (words, rules), make) == ["six", "two"], "the same size at another time is another file"
    os.utime(rules, ns=(1, 1))
    kept("words", (words, rules), make)
    assert len(made) == 3, "another rule may make something else"


def test_a_kept_file_that_is_damaged_or_holds_something_else_is_made_again(caches: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("a", encoding="utf-8")
    kept("it", (source,), lambda: "as it should be")
    [file] = files_in(caches)
    whole = file.read_bytes()
    for damaged in (b"", whole[:-3], b"no marshal at all", b"i\x01\x00\x00\x00"):
        file.write_bytes(damaged)
        assert kept("it", (source,), lambda: "as it should be") == "as it should be"
        assert file.read_bytes() == whole, "and is kept anew"


def test_nothing_is_written_where_python_is_told_to_write_no_caches(
    caches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    file = tmp_path / "a.yaml"
    file.write_text("said: [yes]", encoding="utf-8")
    assert read_content(file, all_text=True) == {"said": ["yes"]}
    assert files_in(caches) == []


def test_where_nothing_can_be_kept_content_is_read_all_the_same(
    caches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches.write_text("a file where the folder should be", encoding="utf-8")
    file = tmp_path / "a.yaml"
    file.write_text("words: [a, b]", encoding="utf-8")
    assert read_content(file) == {"words": ["a", "b"]}
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert read_content(file) == {"words": ["a", "b"]}


def test_content_that_cannot_be_kept_is_read_anew_each_time(caches: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("day: 2024-05-01", encoding="utf-8")
    assert read_content(file)["day"].year == read_content(file)["day"].year == 2024
    assert files_in(caches) == []


def test_a_content_file_that_is_edited_in_place_says_what_it_says_now(caches: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    for words in ("- yes", "- yes and no", "12"):
        file.write_text(words, encoding="utf-8")
        plain, as_text = read_content(file), read_content(file, all_text=True)
        assert (read_content(file), read_content(file, all_text=True)) == (plain, as_text)
    assert (plain, as_text) == (12, "12"), "the two ways of reading are kept apart"
