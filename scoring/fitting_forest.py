"""Growing the forests of ``forest.py``. Needs scikit-learn; used for fitting only.

Extremely randomised trees (Geurts, Ernst & Wehenkel 2006): many shallowly different trees averaged, with all outputs
in one forest, so that a move can be told by the company it keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

INNER_FOLDS = 5
_LEAST_AMOUNT = 0.004
_SHARE_OF_INPUTS = 0.3


def grow(rows: Any, wanted: Any, trees: int, least: int) -> Any:
    """Return a forest grown on all rows; the same rows give the same forest.

    Args:
        rows: inputs, one row for each case.
        wanted: outputs, one row for each case.
        trees: how many trees.
        least: the fewest cases in a leaf.
    """
    from sklearn.ensemble import ExtraTreesRegressor

    forest = ExtraTreesRegressor(trees, min_samples_leaf=least, max_features=_SHARE_OF_INPUTS, random_state=0, n_jobs=2)
    return forest.fit(rows, wanted)


def grow_unseen(rows: Any, wanted: Any, groups: Any, learn: Any, trees: int, least: int) -> tuple[Any, Any]:
    """Return predictions for every row and the forest of all ``learn`` rows.

    A row of ``learn`` is predicted by a forest that has not seen its group; any other row by the forest of all.
    """
    import numpy as np

    whole = grow(rows[learn], wanted[learn], trees, least)
    out = np.zeros((len(rows), wanted.shape[1]))
    rest = np.setdiff1d(np.arange(len(rows)), learn)
    if len(rest):
        out[rest] = whole.predict(rows[rest])
    fold = groups % INNER_FOLDS
    for number in range(INNER_FOLDS):
        left_out = learn[fold[learn] == number]
        others = learn[fold[learn] != number]
        if len(left_out) and len(others):
            out[left_out] = grow(rows[others], wanted[others], trees, least).predict(rows[left_out])
    return out, whole


def content_of(forest: Any, inputs: Sequence[str], outputs: Sequence[str]) -> dict[str, Any]:
    """Return a grown forest as it is kept in the weights file."""
    trees = []
    for estimator in forest.estimators_:
        tree = estimator.tree_
        asks: list[int] = []
        at_most: list[float] = []
        above: list[int] = []
        leaves: dict[str, list[int]] = {}
        for node in range(tree.node_count):
            if tree.children_left[node] < 0:
                asks.append(-1)
                at_most.append(0)
                above.append(0)
                leaves[str(node)] = [
                    number
                    for output, amount in enumerate(tree.value[node][:, 0].tolist())
                    if abs(amount) >= _LEAST_AMOUNT
                    for number in (output, round(amount * 1000))
                ]
            else:
                assert tree.children_left[node] == node + 1, "the branch 'at most' comes next"
                asks.append(int(tree.feature[node]))
                at_most.append(round(float(tree.threshold[node]), 3))
                above.append(int(tree.children_right[node]))
        trees.append([asks, at_most, above, leaves])
    return {"inputs": list(inputs), "outputs": list(outputs), "trees": trees}
