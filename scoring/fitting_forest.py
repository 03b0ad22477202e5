"""Growing the forests of ``forest.py``. Needs scikit-learn; used for fitting only.

Extremely randomised trees (Geurts, Ernst & Wehenkel 2006): many shallowly different trees averaged. All moves share one
forest, so that a move can be told by the company it keeps; each level has its own, so that a reply teaches only the
skills that somebody rated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

from scoring.forest import LEAF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.forest import Tree

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
    return forest.fit(rows, wanted if wanted.shape[1] > 1 else wanted[:, 0])


def _predicted(forest: Any, rows: Any) -> Any:
    found = forest.predict(rows)
    return found.reshape(len(rows), -1)


def grow_unseen(rows: Any, wanted: Any, folds: Any, learn: Any, trees: int, least: int) -> tuple[Any, Any]:
    """Return predictions for every row and the forest of all ``learn`` rows.

    A row of ``learn`` is predicted by a forest that has not seen its fold; any other row by the forest of all.

    Args:
        rows: inputs, one row for each case.
        wanted: outputs, one row for each case; only those of ``learn`` are looked at.
        folds: for each case a number from 0 to ``INNER_FOLDS`` - 1, the same for all of a situation.
        learn: which cases to grow on.
        trees: how many trees.
        least: the fewest cases in a leaf.
    """
    import numpy as np

    whole = grow(rows[learn], wanted[learn], trees, least)
    out = np.zeros((len(rows), wanted.shape[1]))
    rest = np.setdiff1d(np.arange(len(rows)), learn)
    if len(rest):
        out[rest] = _predicted(whole, rows[rest])
    for number in range(INNER_FOLDS):
        left_out = learn[folds[learn] == number]
        others = learn[folds[learn] != number]
        if len(left_out) and len(others):
            out[left_out] = _predicted(grow(rows[others], wanted[others], trees, least), rows[left_out])
    return out, whole


def fold_of(situation: str) -> int:
    """Return a situation's inner fold. It rests on the words alone, so that further data moves nobody's fold."""
    return crc32(situation.encode()) % INNER_FOLDS


def content_of(forest: Any, inputs: Sequence[str], outputs: Sequence[str]) -> dict[str, Any]:
    """Return a grown forest as it is kept in the weights file (see ``forest.Tree``)."""
    leaves: dict[str, int] = {}
    trees: list[Tree] = []
    for estimator in forest.estimators_:
        trees.append([])
        _write(trees[-1], estimator.tree_, 0, leaves if len(outputs) > 1 else None)
    content = {"inputs": list(inputs), "outputs": list(outputs), "trees": trees}
    return content if len(outputs) == 1 else {**content, "leaves": list(leaves)}


def _write(written: Tree, tree: Any, node: int, leaves: dict[str, int] | None) -> None:
    """Add a node with all below it to a list.

    Args:
        written: what it is added to (see ``forest.Tree``).
        tree: a grown tree.
        node: the number of the node in it.
        leaves: the numbers of the leaves so far, to which this tree's are added; None where there is one output.
    """
    if tree.children_left[node] >= 0:
        goes_on = len(written) + 2
        written += [int(tree.feature[node]), round(float(tree.threshold[node]), 3), 0]
        _write(written, tree, int(tree.children_left[node]), leaves)
        written[goes_on] = len(written)
        _write(written, tree, int(tree.children_right[node]), leaves)
        return
    amounts = [
        (output, round(amount * 1000))
        for output, amount in enumerate(tree.value[node][:, 0].tolist())
        if abs(amount) >= _LEAST_AMOUNT
    ]
    if leaves is None:
        end = amounts[0][1] if amounts else 0
    else:
        end = leaves.setdefault(" ".join(f"{output} {amount}" for output, amount in amounts), len(leaves))
    written += [LEAF, end]
