"""From scores of clauses to moves with exact quotes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from scoring.scorecard import HURTING_MOVES, MOVES, Move

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


class Quoting(NamedTuple):
    """From what score on a move is quoted, and how far its quote goes."""

    seed: float
    """What a clause must reach to be quoted (0–1)."""
    grow: float
    """What its neighbours must reach to be quoted with it."""
    whole: bool = False
    """True where raters quote this move by whole sentences: a sentence then has its clauses' mean score."""


def sentences_of(reply: Text, pieces: Sequence[Clause]) -> list[tuple[int, int]]:
    """Return the first and last clause (exclusive) of each sentence, in order."""
    ends = [sentence.last for sentence in reply.sentences]
    at, numbers = 0, []
    for piece in pieces:
        while at + 1 < len(ends) and ends[at] <= piece.span.first:
            at += 1
        numbers.append(at)
    runs, first = [], 0
    for _, group in groupby(numbers):
        last = first + len(list(group))
        runs.append((first, last))
        first = last
    return runs


def places(scores: Sequence[float], sentences: Sequence[tuple[int, int]], quoting: Quoting) -> list[tuple[int, int]]:
    """Return the clauses that are quoted for a move, as runs of first and last (exclusive).

    Args:
        scores: of each clause, 0–1.
        sentences: the clauses of each sentence (`sentences_of`).
        quoting: when and how far.
    """
    if not quoting.whole:
        return spans(scores, quoting.seed, quoting.grow)
    means = [sum(scores[first:last]) / (last - first) for first, last in sentences]
    return [(sentences[first][0], sentences[last - 1][1]) for first, last in spans(means, quoting.seed, quoting.grow)]


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
    thresholds: Mapping[str, Quoting],
) -> list[Move]:
    """Return the moves of a reply, in the order of their place; every quote is cut from the reply as typed."""
    moves: list[Move] = []
    if not pieces:
        return moves
    sentences = sentences_of(reply, pieces)
    for name, column in zip(MOVES, zip(*scores, strict=True), strict=True):
        quoting = thresholds.get(name)
        if quoting is None or max(column) < quoting.seed:
            continue
        for first, last in places(column, sentences, quoting):
            if pieces[first].aside and name not in _OF_ASIDES:
                continue
            if name in _NO_CHECK and last - first > 1 and _checks(reply, pieces[last - 1]):
                last -= 1  # noqa: PLW2901
            start, end = pieces[first].start, pieces[last - 1].end
            quote = reply.original[start:end]
            if name in _NEED_A_STATEMENT and "?" not in quote and len(quote.split()) < _LEAST_WORDS:
                continue
            certainty = max(column[first:last])
            if quoting.whole and name in HURTING_MOVES:
                certainty = sum(column[first:last]) / (last - first)  # nobody is hurt by one clause of a chat
            moves.append(Move(name, quote, start, end, round(min(1.0, certainty), 3)))
    return in_order(moves)


_PLACE = {name: at for at, name in enumerate(MOVES)}


def in_order(moves: Sequence[Move]) -> list[Move]:
    """Return moves in the order of their place, those of one place in the order of the guide."""
    return sorted(moves, key=lambda move: (move.start, move.end, _PLACE[move.move]))


def asks(reply: Text, piece: Clause) -> bool:
    """Return True for a clause that ends in a question mark, quotes and brackets behind it left aside."""
    return reply.original[piece.start : piece.end].rstrip("\"'”’)").endswith("?")


def _checks(reply: Text, piece: Clause) -> bool:
    """Return True for a question whether one has understood."""
    return _CHECKS in piece.cues and asks(reply, piece)
