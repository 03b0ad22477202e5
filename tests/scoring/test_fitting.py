"""Fitting learns what was rated and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from scoring import fitting
from scoring.evaluation import cross_validate
from scoring.fit_command import main
from scoring.fitting import DATA, Workbench, fit_on, load, weights_from
from scoring.fitting_data import NotRatings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PANEL = DATA / "panel_dev.jsonl"
SOME = 36
ONE = {
    "id": "d1",
    "context": "Ana, 40, review.",
    "patient": "I stopped them. I was scared you'd be cross.",
    "reply": "Thank you for telling me, that took some courage. Of course you were scared.",
}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is learned from which rows does not depend on how many trees there are, nor on how many threads."""
    monkeypatch.setattr(fitting, "SECOND_LOOK", (2, 16))
    monkeypatch.setattr(fitting, "LEVEL_TREES", (2, 5))
    with threadpool_limits(1):  # tests run side by side; threads of several would wait for each other
        yield


def written(folder: Path, *records: dict) -> Path:
    path = folder / "people.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """A part of the panel's replies: enough to learn from, and quick."""
    lines = PANEL.read_text(encoding="utf-8").splitlines()[:SOME]
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def fitted(*paths: Path) -> tuple[Workbench, dict]:
    bench = Workbench(load(list(paths)))
    return bench, weights_from(bench, fit_on(bench, np.arange(len(bench.rated)), np.array([], dtype=int)), {})


def test_null_is_not_called_for_and_a_missing_skill_is_not_rated(tmp_path: Path) -> None:
    [null] = load([written(tmp_path, {**ONE, "validation": 4, "sdm": None})])
    assert (null.level("validation"), null.called("validation")) == (4.0, 1.0)
    assert np.isnan(null.level("sdm"))
    assert null.called("sdm") == 0.0, "somebody said that it was not called for"
    assert np.isnan(null.level("reflection"))
    assert np.isnan(null.called("reflection")), "nobody said anything"


@pytest.mark.usefixtures("quick")
def test_a_row_teaches_only_the_skill_that_somebody_rated(tmp_path: Path, some: Path) -> None:
    rows = [{**ONE, "context": f"Case {n}.", "validation": n % 2 * 4} for n in range(6)]
    _, before = fitted(some)
    bench, after = fitted(some, written(tmp_path, *rows))
    assert bench.levels.shape[0] == SOME + 6
    assert before["cuts"]["validation"] != after["cuts"]["validation"] or before["levels"] != after["levels"]
    for name in ("reflection", "sdm"):
        assert before["cuts"][name] == after["cuts"][name], f"{name} was not rated in these rows"
    assert before["called_above"] == after["called_above"]
    assert before["thresholds"] == after["thresholds"], "no moves were rated in these rows"
    at = [before["levels"]["outputs"].index(name) for name in ("reflection", "sdm", "called_sdm")]
    for number in at:
        assert before["levels"]["base"][number] == after["levels"]["base"][number]
    assert before["moves"]["base"] == after["moves"]["base"]


@pytest.mark.usefixtures("quick")
def test_moves_that_nobody_rated_do_not_count_against_the_scorer(tmp_path: Path, some: Path) -> None:
    bench = Workbench(load([some, written(tmp_path, {**ONE, "validation": 4})]))
    result = cross_validate(bench)
    assert all(matches[-1] == (0, 0, 0) for matches in result.matches.values())
    assert any(matches[at] != (0, 0, 0) for matches in result.matches.values() for at in range(SOME))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        (json.dumps({**ONE, "reply": None, "sdm": 1}), '"reply" is missing'),
        (json.dumps(ONE), "nothing is rated"),
        (json.dumps({**ONE, "sdm": 5}), "0 to 4"),
        (json.dumps({**ONE, "sdm": True}), "0 to 4"),
    ],
)
def test_a_line_that_is_no_rating_is_named_with_its_place(tmp_path: Path, line: str, told: str, capsys) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(NotRatings, match=r"odd\.jsonl, line 2: .*" + told):
        load([path])
    assert main(["fit", str(path)]) == 1
    assert told in capsys.readouterr().err
