"""From scores of clauses to moves with exact quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.scorecard import MOVES, Move

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scoring.features import Clause
    from scoring.text import Text

_OF_ASIDES = frozenset({"addresses_rater", "parrots"})
"""Moves that words set aside can still be: they are not said to the patient, or are said again."""

_NEED_A_STATEMENT = frozenset({"steps_over", "misstates", "argues", "judges", "summary", "ignores_danger"})
"""Moves that a name or a greeting ("Mr Banton.") cannot make: they take a question or a few words at least."""
_LEAST_WORDS = 3
_NO_CHECK = frozenset({
    "simple_reflection", "complex_reflection", "double_sided_reflection", "acknowledges", "legitimises", "affirms",
})  # fmt: skip
"""Moves that a closing "Have I got that right?" is not part of: it is a move of its own."""
_CHECKS = "invites_putting_right"


def spans(scores: Sequence[float], seed: float, grow: float) -> list[tuple[int, int]]:
    """Return runs of clauses around those that reach ``seed``, grown over neighbours that reach ``grow``."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(scores):
        if scores[at] < seed:
            at += 1
            continue
        first = at
        while first > 0 and scores[first - 1] >= grow and (not found or found[-1][1] < first):
            first -= 1
        last = at + 1
        while last < len(scores) and scores[last] >= grow:
            last += 1
        found.append((first, last))
        at = last
    return found


def moves_from(
    reply: Text,
    pieces: Sequence[Clause],
    scores: Sequence[Sequence[float]],
    thresholds: Mapping[str, tuple[float, float]],
) -> list[Move]:
    """Return the moves of a reply, in the order of their place; every quote is cut from the reply as typed."""
    moves: list[Move] = []
    if not pieces:
        return moves
    for name, column in zip(MOVES, zip(*scores, strict=True), strict=True):
        if name not in thresholds:
            continue
        seed, grow = thresholds[name]
        if max(column) < seed:
            continue
        for first, last in spans(column, seed, grow):
            if pieces[first].aside and name not in _OF_ASIDES:
                continue
            if name in _NO_CHECK and last - first > 1 and _checks(reply, pieces[last - 1]):
                last -= 1  # noqa: PLW2901
            start, end = pieces[first].start, pieces[last - 1].end
            quote = reply.original[start:end]
            if name in _NEED_A_STATEMENT and "?" not in quote and len(quote.split()) < _LEAST_WORDS:
                continue
            certainty = max(column[first:last])
            moves.append(Move(name, quote, start, end, round(min(1.0, certainty), 3)))
    return sorted(moves, key=lambda move: (move.start, move.end, MOVES.index(move.move)))


def asks(reply: Text, piece: Clause) -> bool:
    """Return True for a clause that ends in a question mark, quotes and brackets behind it left aside."""
    return reply.original[piece.start : piece.end].rstrip("\"'”’)").endswith("?")


def _checks(reply: Text, piece: Clause) -> bool:
    """Return True for a question whether one has understood."""
    return _CHECKS in piece.cues and asks(reply, piece)
