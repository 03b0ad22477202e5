"""A forest of small decision trees with several outputs: reading it and using it, in pure Python.

Each tree asks about one feature at a time and ends in a leaf; the forest's answer is the mean of its leaves. What a
tree asked, and where it ended, can be read off, so an answer can still be taken apart. Growing is in
``fitting_forest.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAF = -1
UNIT = 1000.0
"""Leaves are kept as whole thousandths."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree as parallel lists by node. The branch "at most" is the next node; the other one stands in ``above``."""

    asks: tuple[int, ...]
    """The feature that a node asks about, by its place in ``Forest.inputs``; LEAF where the tree ends."""
    at_most: tuple[float, ...]
    above: tuple[int, ...]
    leaves: Mapping[int, tuple[tuple[int, float], ...]]
    """For each leaf: (output, thousandths), outputs that are zero left out."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that share inputs and outputs, both named."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    trees: tuple[Tree, ...]

    def predict(self, row: Sequence[float]) -> list[float]:
        """Return the mean of the trees' leaves, one number for each output.

        Args:
            row: an amount for each of ``inputs``, in their order.
        """
        total = [0.0] * len(self.outputs)
        for tree in self.trees:
            asks, at_most, above = tree.asks, tree.at_most, tree.above
            node = 0
            while (feature := asks[node]) >= 0:
                node = node + 1 if row[feature] <= at_most[node] else above[node]
            for output, amount in tree.leaves[node]:
                total[output] += amount
        share = 1 / (UNIT * (len(self.trees) or 1))
        return [amount * share for amount in total]


def forest_from(content: Mapping[str, Any]) -> Forest | None:
    """Return the forest that a part of a weights file describes; None where the file has none."""
    if not content:
        return None
    trees = []
    for asks, at_most, above, leaves in content["trees"]:
        trees.append(
            Tree(
                tuple(asks),
                tuple(at_most),
                tuple(above),
                {int(node): tuple(zip(pairs[::2], pairs[1::2], strict=True)) for node, pairs in leaves.items()},
            )
        )
    return Forest(tuple(content["inputs"]), tuple(content["outputs"]), tuple(trees))
