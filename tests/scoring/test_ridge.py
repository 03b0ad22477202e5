"""The ridge gives what solving anew without a situation would give."""

from __future__ import annotations

import numpy as np
import pytest

from scoring.ridge import Ridge, Table

GROUPS = [0, 0, 1, 1, 1, 2, 2, 3, 4, 4, 4, 5]
WORDS = ("tired", "worried", "pill", "sleep", "thanks", "sorry")


def table_and_targets() -> tuple[Table, np.ndarray]:
    chance = np.random.default_rng(3)
    rows = [{word: float(chance.uniform(0.1, 1)) for word in WORDS if chance.random() < 0.6} for _ in GROUPS]
    return Table(rows, GROUPS), chance.random((len(GROUPS), 2))


def solved(table: Table, targets: np.ndarray, keep: np.ndarray, base: np.ndarray, strength: float) -> np.ndarray:
    """Return the weights by the textbook's own formula, in double precision."""
    rows = table.matrix[keep].toarray()
    return np.linalg.solve(rows.T @ rows + strength * np.eye(rows.shape[1]), rows.T @ (targets[keep] - base))


@pytest.mark.parametrize("strength", [0.5, 3.0])
def test_weights_are_those_of_the_formula(strength: float) -> None:
    table, targets = table_and_targets()
    keep = np.array([0, 1, 2, 3, 4, 5, 6, 8, 9, 11])
    ridge = Ridge(table, targets, np.array(GROUPS), strength, keep)
    wanted = solved(table, targets, keep, targets[keep].mean(axis=0), strength)
    assert ridge.weights == pytest.approx(wanted, abs=1e-4)
    rest = np.array([7, 10])
    assert ridge.predict(rest) == pytest.approx(table.matrix[rest].toarray() @ wanted + ridge.base, abs=1e-4)


def test_a_row_is_scored_by_a_ridge_that_has_not_seen_its_situation() -> None:
    table, targets = table_and_targets()
    everyone = np.arange(len(GROUPS))
    ridge = Ridge(table, targets, np.array(GROUPS), 2.0, everyone)
    for group in set(GROUPS):
        own = np.array([at for at in everyone if GROUPS[at] == group])
        weights = solved(table, targets, np.setdiff1d(everyone, own), ridge.base, 2.0)
        assert ridge.unseen[own] == pytest.approx(table.matrix[own].toarray() @ weights + ridge.base, abs=1e-4)


def test_a_row_that_is_not_kept_has_no_score_of_its_own() -> None:
    table, targets = table_and_targets()
    ridge = Ridge(table, targets, np.array(GROUPS), 2.0, np.arange(8))
    assert np.isnan(ridge.unseen[8:]).all()
    assert not np.isnan(ridge.unseen[:8]).any()


def test_a_feature_counts_once_it_was_seen_in_enough_situations() -> None:
    rows = [{"pill": 1.0, "once": 1.0}, {"pill": 1.0}, {"pill": 0.5, "twice": 1.0}, {"twice": 1.0}]
    assert Table(rows, [0, 0, 1, 2]).names == ["pill", "twice"]
    assert Table(rows, [0, 0, 1, 2], 2, [True, True, True, False]).names == ["pill"]
    assert Table(rows, [0, 0, 1, 2], 1).matrix.toarray()[:, 1].tolist() == [1.0, 1.0, 0.5, 0.0]


def test_a_row_that_counts_three_times_is_as_good_as_three_of_it() -> None:
    chance = np.random.default_rng(5)
    rows = [{word: float(chance.uniform(0.1, 1)) for word in WORDS} for _ in range(6)]
    targets = chance.random((6, 2))
    groups = [0, 0, 1, 1, 2, 2]
    once = Ridge(Table(rows, groups), targets, np.array(groups), 2.0, np.arange(6), np.array([3.0, 1, 1, 1, 1, 1]))
    again = Table([*rows, rows[0], rows[0]], [*groups, 0, 0])
    thrice = Ridge(again, np.vstack([targets, targets[:1], targets[:1]]), np.array([*groups, 0, 0]), 2.0, np.arange(8))
    assert once.weights == pytest.approx(thrice.weights, abs=1e-4)
    assert once.unseen == pytest.approx(thrice.unseen[:6], abs=1e-4)
