"""Tables of weights: for each word, pair of words or sign a row with one number for each output.

A row is packed into one long number with a field of bits for each output: one sum of rows adds all their outputs, and
one product scales them. Rows are packed when they are first asked for, since a text needs few of the thousands.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from math import sqrt
from operator import mul
from struct import Struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

UNIT = 1000.0
"""Weights are kept as whole thousandths."""
FINE = 1 << 20
"""Scales are used as whole millionths or so, so that sums of packed rows stay whole."""
_FINEST = 1 / (UNIT * FINE)
_NOTHING = repeat(0)
_MOST_MET = 60_000


class Packing:
    """How a row of some outputs becomes one number, and sums of such numbers outputs again."""

    __slots__ = ("_bias", "_fields")

    def __init__(self, width: int, size: int) -> None:
        """Prepare for rows of ``width`` outputs, 4 or 8 bytes each."""
        self._fields = Struct(f"<{width}{'i' if size == 4 else 'q'}")
        self._bias = sum(1 << (8 * size * (place + 1) - 1) for place in range(width))

    def packed(self, written: str) -> int:
        """Return a row as the weights file has it, with spaces between its numbers, as one number."""
        fields = self._fields.pack(*map(int, written.split()))
        return (int.from_bytes(fields, "little") ^ self._bias) - self._bias

    def unpacked(self, total: int) -> tuple[int, ...]:
        """Return the outputs of a sum of packed rows."""
        fields = self._fields
        return fields.unpack(((total + self._bias) ^ self._bias).to_bytes(fields.size, "little"))


class Rows(dict[Any, int]):
    """Packed rows by what they are for, put in as they are asked for; 0 for what has none."""

    __slots__ = ("_named", "_packing", "_tables")

    def __init__(self, packing: Packing, named: str, *tables: tuple[Mapping[str, str], int]) -> None:
        """Prepare.

        Args:
            packing: for the outputs of all tables, one behind the other.
            named: how a key is written in the tables, such as ``w=%s``.
            tables: the rows as the weights file has them, by name, and how many outputs they have.
        """
        super().__init__()
        self._packing = packing
        self._named = named
        self._tables = [(rows, "0 " * width) for rows, width in tables]

    def __missing__(self, key: Any) -> int:
        if len(self) >= _MOST_MET:
            self.clear()
        name = self._named % key
        found = [rows.get(name) for rows, _ in self._tables]
        row = 0
        if any(found):
            written = [one or nothing for one, (_, nothing) in zip(found, self._tables, strict=True)]
            row = self._packing.packed(" ".join(written))
        self[key] = row
        return row

    def sum_of(self, keys: Iterable[Any]) -> int:
        """Return the sum of the rows of some keys."""
        return sum(map(self.__getitem__, keys))  # inside the interpreter's own loops


class Words:
    """Rows of words and of pairs of words, for the outputs of two tables at once: both ask about the same words.

    Fields of 32 bits are enough for sums that are not scaled yet, and half as much has to be fetched from memory.
    """

    __slots__ = ("_packing", "_pairs", "_words")

    def __init__(self, *tables: tuple[Mapping[str, str], int]) -> None:
        """Take the rows of each table and how many outputs they have."""
        self._packing = Packing(sum(width for _, width in tables), 4)
        self._words = Rows(self._packing, "w=%s", *tables)
        self._pairs = Rows(self._packing, "b=%s_%s", *tables)

    def sums_of(self, words: Collection[str], pairs: Collection[tuple[str, str]]) -> tuple[int, ...]:
        """Return the outputs for words and for pairs of them, not scaled."""
        return self._packing.unpacked(self._words.sum_of(words) + self._pairs.sum_of(pairs))


def scale_of(words: Collection[str], pairs: Collection[tuple[str, str]]) -> int:
    """Return the scale of words and their pairs: they share one unit of length, whatever their number."""
    return int(1 / sqrt(len(words) + len(pairs) or 1) * FINE)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of weights, its rows of words left aside: for each sign a row, one number for each output."""

    outputs: tuple[str, ...]
    base: tuple[float, ...]
    signs: Rows
    packing: Packing

    def of_signs(self, names: Collection[str], scales: Iterable[float]) -> int:
        """Return the packed sum for named features, each with its scale."""
        return sum(map(mul, map(self.signs.__getitem__, names), [int(scale * FINE) for scale in scales]))

    def outputs_of(self, total: int, sums: Iterable[int] = _NOTHING, scale: int = 0) -> list[float]:
        """Return the outputs of a packed sum of scaled rows, and of the sums of words with their scale."""
        return [
            base + (amount + scale * words) * _FINEST
            for base, amount, words in zip(self.base, self.packing.unpacked(total), sums, strict=False)
        ]

    def cut_outputs_of(self, total: int, sums: Iterable[int], scale: int) -> list[float]:
        """Return the same, cut to 0–1."""
        return [
            score if 0.0 < (score := base + (amount + scale * words) * _FINEST) < 1.0 else 1.0 if score > 0.0 else 0.0
            for base, amount, words in zip(self.base, self.packing.unpacked(total), sums, strict=False)
        ]


def part_from(table: Mapping[str, Any]) -> Part:
    """Return the part that a table of a weights file describes."""
    width = len(table["outputs"])
    packing = Packing(width, 8)
    return Part(tuple(table["outputs"]), tuple(table["base"]), Rows(packing, "%s", (table["rows"], width)), packing)
