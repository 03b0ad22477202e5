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

UNIT = 1000.0
"""Leaves are kept as whole thousandths."""
Node = tuple[int, Any, Any, Any]
"""A question (place in ``Forest.inputs``, border, node where at most the border, node where above it), or a leaf
(-1, pairs of output and thousandths, None, None). Nodes hold each other: following them costs no look-up by number."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that share inputs and outputs, both named."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    trees: tuple[Node, ...]
    """The root of each tree."""

    def predict(self, row: Sequence[float]) -> list[float]:
        """Return the mean of the trees' leaves, one number for each output.

        Args:
            row: an amount for each of ``inputs``, in their order.
        """
        total = [0.0] * len(self.outputs)
        for root in self.trees:
            feature, border, low, high = root
            while feature >= 0:
                feature, border, low, high = low if row[feature] <= border else high
            for output, amount in border:
                total[output] += amount
        share = 1 / (UNIT * (len(self.trees) or 1))
        return [amount * share for amount in total]


def forest_from(content: Mapping[str, Any]) -> Forest | None:
    """Return the forest that a part of a weights file describes; None where the file has none.

    A tree is kept as three parallel lists by node (the input asked about, -1 for a leaf; the border; the node taken
    above it; at most the border, the next node is taken) and its leaves by their node.
    """
    if not content:
        return None
    roots = []
    for asks, borders, above, leaves in content["trees"]:
        nodes: list[Node] = [(-1, (), None, None)] * len(asks)
        for at in range(len(asks) - 1, -1, -1):  # from the end, since a node stands before those it leads to
            if asks[at] < 0:
                pairs = leaves[str(at)]
                nodes[at] = (-1, tuple(zip(pairs[::2], pairs[1::2], strict=True)), None, None)
            else:
                nodes[at] = (asks[at], borders[at], nodes[at + 1], nodes[above[at]])
        roots.append(nodes[0])
    return Forest(tuple(content["inputs"]), tuple(content["outputs"]), tuple(roots))
