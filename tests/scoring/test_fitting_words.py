"""Word vectors help in fitting and then live on in the words' own weights, so that rating needs none."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from scoring.fitting_words import DIRECTIONS, directions_of, folded, word_vectors

DIRECTION_NAMES = [f"v={number:02d}" for number in range(DIRECTIONS)]


def test_folding_the_directions_into_the_words_changes_no_sum() -> None:
    words = ["tired", "scared", "pills", "qwzx"]
    names = ["c=validates", "w=tired", "w=qwzx", *DIRECTION_NAMES]
    weights = np.random.default_rng(4).normal(size=(len(names), 3))
    row_of = dict(zip(names, weights, strict=True))
    scale = 0.5
    features = {"c=validates": 1.0, "w=tired": scale, "w=scared": scale, "w=pills": scale, "w=qwzx": scale}
    fitted = sum(
        amount * row_of[name] for name, amount in {**features, **directions_of(words, scale)}.items() if name in row_of
    )
    rows = folded(names, weights)
    assert not any(name.startswith("v=") for name in rows)
    assert sum(amount * rows[name] for name, amount in features.items()) == pytest.approx(fitted)


def test_without_directions_each_feature_keeps_its_own_weights() -> None:
    weights = np.array([[1.0, 2.0], [3.0, 4.0]])
    rows = folded(["w=tired", "f=you"], weights)
    assert {name: list(row) for name, row in rows.items()} == {"w=tired": [1.0, 2.0], "f=you": [3.0, 4.0]}


@pytest.mark.parametrize(
    ("one", "other"), [("scared", "afraid"), ("tired", "exhausted"), ("doctor", "nurse"), ("mum", "mother")]
)
def test_a_word_stands_nearer_to_one_that_means_alike_than_to_most(one: str, other: str) -> None:
    vectors = {word: np.array(vector) / np.linalg.norm(vector) for word, vector in word_vectors().items()}
    likeness = {word: float(vector @ vectors[one]) for word, vector in vectors.items()}
    nearer = sum(amount > likeness[other] for amount in likeness.values())
    assert nearer < len(vectors) / 50


def test_a_text_of_words_without_vectors_has_no_direction() -> None:
    unknown = "".join(Random(1).choices("qxzj", k=12))
    assert directions_of([unknown], 1.0) == {}
