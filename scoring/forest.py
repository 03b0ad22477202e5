"""A forest of small decision trees with several outputs: reading it and using it, in pure Python.

Each tree asks about one feature at a time and ends in a leaf; the forest's answer is the mean of its leaves. What a
tree asked, and where it ended, can be read off, so an answer can still be taken apart. Growing is in
``fitting_forest.py``.
"""

from __future__ import annotations

from struct import unpack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

UNIT = 1000.0
"""Leaves are kept as whole thousandths."""
_BITS = 32
_HALF = 1 << (_BITS - 1)
LEAF = -1
Tree = list[Any]
"""A tree in one list, as in the weights file. A question takes three places: the place of its feature in
``Forest.inputs``, its border, and where in the list it goes on above it; at most the border, it goes on with the
very next place, so that following a tree mostly reads on. A leaf takes two: ``LEAF``, and the amount itself where there
is one output, else its place in ``Forest.leaves``."""


class Forest:
    """Trees that share inputs and outputs, both named."""

    __slots__ = ("_bias", "_packed", "inputs", "leaves", "outputs", "trees")

    def __init__(
        self, inputs: Sequence[str], outputs: Sequence[str], trees: Sequence[Tree], leaves: Sequence[str] = ()
    ) -> None:
        """Take what a weights file holds.

        Args:
            inputs: names of the features asked about.
            outputs: names of what is answered.
            trees: see ``Tree``.
            leaves: the leaves of several outputs: numbers of outputs, each followed by its thousandths; what is not
                named is 0.
        """
        self.inputs = tuple(inputs)
        self.outputs = tuple(outputs)
        self.trees = tuple(trees)
        self.leaves = leaves
        self._packed: list[int | None] = [None] * len(leaves)
        self._bias = sum(_HALF << (_BITS * place) for place in range(len(self.outputs)))

    def predict(self, row: Sequence[float]) -> list[float]:
        """Return the mean of the trees' leaves, one number for each output.

        Args:
            row: an amount for each of ``inputs``, in their order.
        """
        total = 0
        several = len(self.outputs) > 1
        packed = self._packed
        for tree in self.trees:
            at = 0
            feature = tree[0]
            while feature >= 0:
                at = at + 3 if row[feature] <= tree[at + 1] else tree[at + 2]
                feature = tree[at]
            end = tree[at + 1]
            if several:
                leaf = packed[end]
                total += self._pack(end) if leaf is None else leaf
            else:
                total += end
        share = 1 / (UNIT * (len(self.trees) or 1))
        if not several:
            return [total * share] * len(self.outputs)
        fields = (total + self._bias).to_bytes(4 * len(self.outputs), "little")
        return [(amount - _HALF) * share for amount in unpack(f"<{len(self.outputs)}I", fields)]

    def _pack(self, number: int) -> int:
        """Return a leaf as one long number with a field of 32 bits for each output, so that one sum adds them all."""
        listed = [int(word) for word in self.leaves[number].split()]
        leaf = sum(amount << (_BITS * output) for output, amount in zip(listed[::2], listed[1::2], strict=True))
        self._packed[number] = leaf
        return leaf


def forest_from(content: Mapping[str, Any]) -> Forest | None:
    """Return the forest that a part of a weights file describes; None where the file has none."""
    if not content:
        return None
    return Forest(content["inputs"], content["outputs"], content["trees"], content.get("leaves", ()))
