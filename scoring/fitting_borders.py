"""Borders between levels, thresholds of moves and the part of length, each chosen on scores of unseen situations."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from scoring.agreement import partial_correlation, weighted_kappa
from scoring.grading import level_of
from scoring.moves import Quoting, places, sentences_of
from scoring.scorecard import MOVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.fitting_data import Rated

_SEEDS = tuple(round(0.08 + 0.05 * step, 2) for step in range(13))
_GROWS = (0.45, 0.7, 1.0, 9.0)
_BESIDE = 0.25
"""What the figure of a neighbouring border counts beside a border's own."""
_WHOLE_IS_BETTER_BY = 0.01
_NEAR_ZERO = 0.05
_MOST_FURTHER_STEPS = 5


def best_cuts(scores: Sequence[float], levels: Sequence[int]) -> tuple[float, ...]:
    """Return the four borders that agree best with the rated levels by quadratic weighted kappa (coordinate search)."""
    cuts = [0.55, 1.5, 2.45, 3.3]
    wanted = list(levels)
    best = weighted_kappa(wanted, [level_of(s, cuts) for s in scores])
    for step in (0.2, 0.1, 0.05):
        for _ in range(2):
            for at in range(4):
                for move in (-step, step):
                    trial = list(cuts)
                    trial[at] += move
                    if trial != sorted(trial):
                        continue
                    kappa = weighted_kappa(wanted, [level_of(s, trial) for s in scores])
                    if kappa > best + 1e-9:
                        best, cuts = kappa, trial
    return tuple(round(cut, 3) for cut in cuts)


def overlap_by_half(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Return True if two places share at least half of the longer one."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= max(a[1] - a[0], b[1] - b[0])


def count_matches(found: Sequence[tuple[int, int]], gold: Sequence[tuple[int, int]]) -> int:
    """Return how many found places match a different gold place each."""
    left = list(gold)
    hits = 0
    for place in found:
        for other in left:
            if overlap_by_half(place, other):
                left.remove(other)
                hits += 1
                break
    return hits


def best_thresholds(rated: Sequence[Rated], scores: Sequence[Sequence[Sequence[float]]]) -> dict[str, Quoting]:
    """Return for each move from what score on it is quoted, and how far: the best F1 against the raters' quotes.

    A border's own F1 is averaged with those of the borders beside it, since a peak over few cases is mostly luck, and
    whole sentences must be better than clauses by ``_WHOLE_IS_BETTER_BY``.
    """
    sentences = [sentences_of(reply.text, reply.pieces) for reply in rated]
    chosen: dict[str, Quoting] = {}
    for number, move in enumerate(MOVES):
        gold = [reply.gold(move) for reply in rated]
        if not any(gold):
            continue
        columns = [[row[number] for row in reply] for reply in scores]
        best, most = Quoting(0.5, 0.5), -1.0
        for ratio, whole in product(_GROWS, (False, True)):
            tried = [Quoting(seed, round(min(1.01, seed * ratio), 4), whole) for seed in _SEEDS]
            found = [_f1(rated, columns, sentences, gold, quoting) for quoting in tried]
            for quoting, smooth in zip(tried, _smoothed(found), strict=True):
                worth = smooth - (_WHOLE_IS_BETTER_BY if whole else 0.0)
                if worth > most + 1e-9:
                    best, most = quoting, worth
        chosen[move] = best
    return chosen


def _f1(
    rated: Sequence[Rated],
    columns: Sequence[Sequence[float]],
    sentences: Sequence[Sequence[tuple[int, int]]],
    gold: Sequence[Sequence[tuple[int, int]]],
    quoting: Quoting,
) -> float:
    """Return the F1 of one move's quotes, matched where they overlap by half."""
    hits = count = 0
    for reply, column, within, wanted in zip(rated, columns, sentences, gold, strict=True):
        if not column or max(column) < quoting.seed:
            continue
        quotes = [(reply.pieces[a].start, reply.pieces[b - 1].end) for a, b in places(column, within, quoting)]
        count += len(quotes)
        hits += count_matches(quotes, wanted) if wanted else 0
    return 2 * hits / (sum(map(len, gold)) + count)


def _smoothed(figures: Sequence[float]) -> list[float]:
    """Return each figure averaged with its neighbours, which count a quarter each."""
    result = []
    for at, figure in enumerate(figures):
        beside = [*figures[max(0, at - 1) : at], *figures[at + 1 : at + 2]]
        result.append((figure + _BESIDE * sum(beside)) / (1 + _BESIDE * len(beside)))
    return result


def even_out(scores: Any, lengths: Any, levels: Any) -> tuple[float, tuple[float, ...]]:
    """Return what to take off a score for each unit of length, and the borders between the levels that then follow.

    First the step of a grid at which the partial rank correlation of score and length, given the raters' level, is
    nearest zero; from there upwards the smallest at which that of the level itself is at most ``_NEAR_ZERO``. Borders
    can bring back what was taken off the scores, since many replies share a level.
    """
    wanted, size = levels.tolist(), lengths.tolist()
    whole = [int(level) for level in wanted]
    step = min(
        (round(0.05 * step, 2) for step in range(-6, 19)),
        key=lambda b: (round(abs(partial_correlation((scores - b * lengths).tolist(), size, wanted)), 3), abs(b)),
    )
    found: list[tuple[float, float, tuple[float, ...]]] = []
    for further in range(_MOST_FURTHER_STEPS):
        trial = round(step + 0.05 * further, 2)
        evened = (scores - trial * lengths).tolist()
        cuts = best_cuts(evened, whole)
        left = abs(partial_correlation([level_of(score, cuts) for score in evened], size, wanted))
        found.append((left, trial, cuts))
        if left <= _NEAR_ZERO:
            break
    _, step, cuts = found[-1] if found[-1][0] <= _NEAR_ZERO else min(found)
    return step, cuts
