"""What a clause's moves depend on beside its own words: the scores of its neighbours and of the whole reply."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scoring.asides import neighbours_of
from scoring.scorecard import MOVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.echo import Heard
    from scoring.features import Clause

_NONE = (0.0,) * len(MOVES)
SCORE_INPUTS: tuple[str, ...] = tuple(
    f"{place}={move}" for place in ("own", "before", "after", "most") for move in MOVES
)
"""Names of the inputs that are scores: of the clause itself, of the clauses beside it, and the highest in the reply."""


@lru_cache(maxsize=4)
def _places(names: tuple[str, ...]) -> dict[str, int]:
    """Return where each input beside the scores stands; the clause's length, last, is no feature by name."""
    return {name: at for at, name in enumerate(names[:-1])}


def context_rows(
    pieces: Sequence[Clause], scores: Sequence[Sequence[float]], heard: Heard, names: Sequence[str]
) -> list[list[float]]:
    """Return the inputs of the second look at each clause; what is set aside is nobody's neighbour.

    Args:
        pieces: the clauses of one reply.
        scores: for each clause the first score 0–1 of each move, in the order of ``MOVES``.
        heard: the patient's words.
        names: the inputs beside ``SCORE_INPUTS``: a clause's features by name, "k=…" for a kind of patient cue, and
            "words" for the clause's length.
    """
    if not pieces:
        return []
    beside_it = neighbours_of(len(pieces), {number for number, piece in enumerate(pieces) if piece.aside})
    said = [row for row, piece in zip(scores, pieces, strict=True) if not piece.aside] or scores
    most = [max(column) for column in zip(*said, strict=True)]
    place = _places(tuple(names))
    beside = [0.0] * len(names)
    for kind in heard.kinds:
        if "k=" + kind in place:
            beside[place["k=" + kind]] = 1.0
    rows: list[list[float]] = []
    for number, piece in enumerate(pieces):
        before, after = beside_it[number]
        row = [
            *scores[number],
            *(scores[before] if before is not None else _NONE),
            *(scores[after] if after is not None else _NONE),
            *most,
        ]
        start = len(row)
        row += beside
        for name in piece.signs:
            if name in place:
                row[start + place[name]] = 1.0
        row[-1] = float(piece.span.last - piece.span.first)
        rows.append(row)
    return rows
