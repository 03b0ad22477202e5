"""A batch says first what it will take, loses nothing when it is broken off, and stops where going on is of no use."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from language_model import LanguageModel, Settings
from raters import Judge, rubric_in_use
from raters.command import score_with_judge
from tests.fake_model import FakeModel
from tests.raters.test_judge import rating

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPLY = "It makes sense that you were scared to tell me."


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        server.answers = [json.dumps(rating())]
        yield server


def replies(folder: Path, count: int) -> Path:
    path = folder / "replies.jsonl"
    rows = [{"id": f"r{n}", "patient": "I was scared.", "reply": f"{REPLY} {n}"} for n in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(fake: FakeModel, *words: str, model: str = "m", prices: Any = (None, None)) -> int:
    seam = LanguageModel(Settings(base_url=fake.url, judge_model=model, backoff_seconds=0.001, at_once=2))
    judge = Judge(seam.ask, rubric_in_use())
    return score_with_judge([*words, "--judge"], judge, model, 2, seam.tokens, prices)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_reply_is_rated_once_with_the_embedded_levels_beside(fake: FakeModel, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(fake, str(replies(tmp_path, 7)), "--out", str(out), "--yes") == 0
    found = rows(out)
    assert sorted(row["id"] for row in found) == [f"r{n}" for n in range(7)]
    assert all(row["validation"]["level"] == 4 for row in found)
    assert all({"validation", "reflection", "sdm"} == set(row["embedded"]) for row in found)
    assert all(row["rater"]["raw_answers"] for row in found)


def test_going_on_makes_no_rating_again(fake: FakeModel, tmp_path: Path) -> None:
    out, source = tmp_path / "out.jsonl", replies(tmp_path, 6)
    assert run(fake, str(source), "--out", str(out), "--yes") == 0
    half = out.read_text(encoding="utf-8").splitlines()[:3]
    out.write_text("\n".join(half) + '\n{"id": "r5", "valid', encoding="utf-8")
    before = len(fake.requests)
    assert run(fake, str(source), "--out", str(out), "--yes") == 0
    assert len(fake.requests) - before == 3
    assert len(rows(out)) == len({row["id"] for row in rows(out)}) == 6


def test_what_could_not_be_rated_is_tried_again(fake: FakeModel, tmp_path: Path) -> None:
    out, source = tmp_path / "out.jsonl", replies(tmp_path, 3)
    assert run(fake, str(source), "--out", str(out), "--yes", model="fault:500") == 1
    assert [row["rater"]["failure"] for row in rows(out)] == ["server"] * 3
    assert all(row["validation"]["level"] is None for row in rows(out))
    assert run(fake, str(source), "--out", str(out), "--yes") == 0
    assert [row["validation"]["level"] for row in rows(out)] == [4, 4, 4]


@pytest.mark.parametrize("fault", ["quota", "401", "404"])
def test_a_batch_stops_where_the_next_reply_would_fail_too(fake: FakeModel, tmp_path: Path, fault: str) -> None:
    out = tmp_path / "out.jsonl"
    assert run(fake, str(replies(tmp_path, 50)), "--out", str(out), "--yes", model=f"fault:{fault}") == 1
    assert len(fake.requests) <= 4
    assert rows(out) == []


def test_nothing_is_asked_before_somebody_agreed(
    fake: FakeModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(fake, str(replies(tmp_path, 5)), "--out", str(tmp_path / "o"), prices=(20.0, 80.0))
    said = capsys.readouterr().err
    assert code == 1
    assert fake.requests == []
    assert "5 replies: about" in said
    assert "up to about 0.8" in said
    assert not (tmp_path / "o").exists()


def test_ratings_by_another_model_are_not_mixed_in(
    fake: FakeModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, source = tmp_path / "out.jsonl", replies(tmp_path, 2)
    run(fake, str(source), "--out", str(out), "--yes", model="one")
    assert run(fake, str(source), "--out", str(out), "--yes", model="two") == 1
    assert 'begun with the model "one"' in capsys.readouterr().err


def test_a_file_of_something_else_is_left_alone(fake: FakeModel, tmp_path: Path) -> None:
    out = tmp_path / "notes.txt"
    out.write_text("my notes\nmore notes\n", encoding="utf-8")
    assert run(fake, str(replies(tmp_path, 2)), "--out", str(out), "--yes") == 1
    assert out.read_text(encoding="utf-8") == "my notes\nmore notes\n"


def test_bad_lines_are_reported_and_the_rest_goes_on(
    fake: FakeModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = replies(tmp_path, 2)
    source.write_text(
        source.read_text(encoding="utf-8") + 'no\n{"id": "x"}\n{"id":"r0","patient":"a","reply":"b"}\n',
        encoding="utf-8",
    )
    assert run(fake, str(source), "--out", str(tmp_path / "o"), "--yes") == 0
    said = capsys.readouterr().err
    assert "line 3: this line is not JSON" in said
    assert "line 4:" in said
    assert 'line 5: the id "r0" is there twice' in said
