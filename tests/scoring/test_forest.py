"""The forests of small trees: kept as they were grown, read as they are kept."""

from __future__ import annotations

import json
from random import Random

import numpy as np
import pytest

from scoring.fitting_forest import content_of, grow
from scoring.forest import forest_from


@pytest.mark.parametrize("outputs", [1, 3])
def test_a_forest_read_from_its_file_answers_as_the_grown_one(outputs: int) -> None:
    chance = Random(1)
    rows = np.array([[round(chance.random(), 1) for _ in range(4)] for _ in range(120)])
    wanted = np.array([[round(chance.random() * 4 - 1, 2) for _ in range(outputs)] for _ in range(120)])
    grown = grow(rows, wanted, trees=7, least=4)
    kept = json.loads(json.dumps(content_of(grown, list("abcd"), [str(n) for n in range(outputs)])))
    forest = forest_from(kept)
    assert forest is not None
    expected = grown.predict(rows).reshape(len(rows), -1)
    for row, answer in zip(rows.tolist(), expected.tolist(), strict=True):
        assert forest.predict(row) == pytest.approx(answer, abs=0.005)


def test_a_file_without_a_forest_gives_none() -> None:
    assert forest_from({}) is None
