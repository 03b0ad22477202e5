"""What a clause's moves depend on beside its own words: the scores of its neighbours and of the whole reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def context_rows(
    pieces: Sequence[Clause], scores: Sequence[Sequence[float]], heard: Heard, names: Sequence[str]
) -> list[list[float]]:
    """Return the inputs of the second look at each clause.

    Args:
        pieces: the clauses of one reply.
        scores: for each clause the first score 0–1 of each move, in the order of ``MOVES``.
        heard: the patient's words.
        names: the inputs beside ``SCORE_INPUTS``: a clause's features by name, "k=…" for a kind of patient cue, and
            "words" for the clause's length.
    """
    if not pieces:
        return []
    most = [max(column) for column in zip(*scores, strict=True)]
    kinds = {"k=" + kind for kind in heard.kinds}
    rows: list[list[float]] = []
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        there = kinds.union(piece.names)
        row = [
            *scores[number],
            *(scores[number - 1] if number else _NONE),
            *(scores[number + 1] if number < last else _NONE),
            *most,
        ]
        row.extend([1.0 if name in there else 0.0 for name in names[:-1]])
        row.append(float(piece.span.last - piece.span.first))
        rows.append(row)
    return rows
