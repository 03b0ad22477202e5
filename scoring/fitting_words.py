"""Word vectors for fitting: a word that was seldom or never rated leans on words that mean alike.

The mean of a text's word vectors is a sum over its words, so a weight for each direction is as good as a further weight
for each word: after fitting, ``folded`` adds it to the words' own weights, and rating takes no more time or parts.
"""

from __future__ import annotations

from base64 import b64decode
from functools import cache
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VECTORS = Path(__file__).with_name("data") / "word_vectors.txt"
"""A word in each line, and its vector; made by ``docs/make_word_vectors.py``."""
DIRECTIONS = 64
ONE = 24.0
"""Directions are kept as whole numbers from -127 to 127; this is one standard deviation."""
SHARE = 0.2
"""How much of the fit may rest on the vectors, beside the words themselves."""
_BYTES = Struct(f"{DIRECTIONS}b")
_NAMES = tuple(f"v={number:02d}" for number in range(DIRECTIONS))


@cache
def word_vectors() -> Mapping[str, tuple[int, ...]]:
    """Return the vectors of the words that have one. Raises OSError or ValueError where their file cannot be read."""
    vectors: dict[str, tuple[int, ...]] = {}
    for line in VECTORS.read_text(encoding="utf-8").splitlines():
        word, kept = line.split(" ")
        vectors[word] = _BYTES.unpack(b64decode(kept))
    return vectors


def directions_of(words: Iterable[str], scale: float) -> dict[str, float]:
    """Return features for where a text stands in each direction: the scaled sum over its words.

    Args:
        words: Each word of the text once.
        scale: That of the text's words as features, so that ``folded`` is exact.
    """
    vectors = word_vectors()
    known = [vectors[word] for word in words if word in vectors]
    if not known:
        return {}
    amount = scale * SHARE / ONE
    return {name: amount * sum(column) for name, column in zip(_NAMES, zip(*known, strict=True), strict=True)}


def folded(names: Sequence[str], weights: Any) -> dict[str, Any]:
    """Return each feature's weights, with those of the directions moved to the words that point there.

    Args:
        names: The features that were fitted.
        weights: A row for each of them.
    """
    import numpy as np

    rows = {name: row for name, row in zip(names, weights, strict=True) if not name.startswith("v=")}
    place = {name: at for at, name in enumerate(names)}
    if any(name not in place for name in _NAMES):
        return rows
    by_direction = weights[[place[name] for name in _NAMES]]
    nothing = np.zeros(weights.shape[1])
    for word, vector in word_vectors().items():
        rows["w=" + word] = rows.get("w=" + word, nothing) + (np.array(vector) * (SHARE / ONE)) @ by_direction
    return rows
