"""Measuring the scorer by cross-validation: whole situations left out of fitting, thresholds and borders.

The levels that are measured are those that ``grade`` would give, caps included.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan
from typing import TYPE_CHECKING, Any

from scoring.agreement import weighted_kappa
from scoring.fitting import FOLDS, Workbench, fit_on, folds_of
from scoring.fitting_borders import count_matches
from scoring.grading import cap, level_of
from scoring.moves import moves_from, places, sentences_of
from scoring.reading import guards
from scoring.scorecard import MOVES, SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DRAWS = 500


@dataclass
class CrossValidated:
    """What cross-validation gave for every reply, and for every move."""

    levels: dict[Skill, list[int]] = field(default_factory=dict)
    scores: dict[Skill, list[float]] = field(default_factory=dict)
    margins: dict[Skill, list[float]] = field(default_factory=dict)
    called: dict[str, list[bool]] = field(default_factory=dict)
    matches: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)
    """For each move and reply: matched, found and quoted places."""


def cross_validate(bench: Workbench, tell: Callable[[str], None] = lambda _: None) -> CrossValidated:
    """Return out-of-fold levels, called-for decisions and move matches for every reply.

    Args:
        bench: the rated replies, made ready.
        tell: called with a line on how far it is, for people who wait.
    """
    import numpy as np

    count = len(bench.rated)
    result = CrossValidated(
        levels={skill: [0] * count for skill in SKILLS},
        scores={skill: [0.0] * count for skill in SKILLS},
        margins={skill: [0.0] * count for skill in SKILLS},
        called={"reflection": [True] * count, "sdm": [True] * count},
        matches={move: [(0, 0, 0)] * count for move in MOVES},
    )
    for number, test in enumerate(folds_of(bench), start=1):
        tell(f"measuring: part {number} of {FOLDS}")
        train = np.setdiff1d(np.arange(count), test)
        fitted = fit_on(bench, train, test)
        for at in (int(i) for i in test):
            reply = bench.rated[at]
            moves = moves_from(reply.text, reply.pieces, fitted.move_scores[at], fitted.thresholds)
            sentences = sentences_of(reply.text, reply.pieces)
            facts = guards(reply.text, reply.heard, reply.pieces, moves)
            for skill in SKILLS:
                score = float(fitted.level_scores[skill][at])
                cuts = fitted.cuts[skill]
                result.scores[skill][at] = score
                result.levels[skill][at] = min(level_of(score, cuts), cap({**facts, skill: score}, skill))
                result.margins[skill][at] = min(abs(score - cut) for cut in cuts)
            for skill in ("reflection", "sdm"):
                border = fitted.called_above[skill]
                result.called[skill][at] = bool(fitted.level_scores["called_" + skill][at] >= border)
            for place, move in enumerate(MOVES):
                gold = reply.gold(move)
                found: list[tuple[int, int]] = []
                if move in fitted.thresholds and reply.pieces and bench.moves_rated[at]:
                    column = [row[place] for row in fitted.move_scores[at]]
                    found = [
                        (reply.pieces[first].start, reply.pieces[last - 1].end)
                        for first, last in places(column, sentences, fitted.thresholds[move])
                    ]
                result.matches[move][at] = (count_matches(found, gold), len(found), len(gold))
    return result


def f1(matches: Sequence[tuple[int, int, int]]) -> float:
    """Return the F1 of matched, found and quoted places added up."""
    hits = sum(m[0] for m in matches)
    both = sum(m[1] + m[2] for m in matches)
    return 2 * hits / both if both else float("nan")


def interval(groups: Sequence[int], figure: Any) -> tuple[float, float]:
    """Return a 95% bootstrap interval of ``figure(rows)``, drawing whole situations (500 draws, seed 0)."""
    import random

    rng = random.Random(0)
    members: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    names = sorted(members)
    values = []
    for _ in range(_DRAWS):
        rows = [row for name in rng.choices(names, k=len(names)) for row in members[name]]
        value = figure(rows)
        if not isnan(value):
            values.append(value)
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def skill_kappa(bench: Workbench, result: CrossValidated, skill: Skill, rows: Sequence[int]) -> float:
    """Return the quadratic weighted kappa with the raters on some replies; null ratings are left out."""
    at = SKILLS.index(skill)
    known = [row for row in rows if bench.levels[row, at] == bench.levels[row, at]]
    return weighted_kappa([int(bench.levels[row, at]) for row in known], [result.levels[skill][row] for row in known])


def fit_certainty(bench: Workbench, result: CrossValidated, skill: Skill) -> tuple[float, float, float]:
    """Return floor, slope and ceiling of how often the level is the raters' own, by distance from the nearest border.

    A straight line by least squares over out-of-fold replies, kept between the lowest and highest tenth's hit rate.
    """
    at = SKILLS.index(skill)
    pairs = sorted(
        (result.margins[skill][row], float(int(bench.levels[row, at]) == result.levels[skill][row]))
        for row in range(len(bench.rated))
        if bench.levels[row, at] == bench.levels[row, at]
    )
    xs, ys = [p[0] for p in pairs], [p[1] for p in pairs]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mx) * (y - my) for x, y in pairs) / sum((x - mx) ** 2 for x in xs)
    fifth = max(1, len(pairs) // 5)
    ceiling = sum(ys[-fifth:]) / fifth
    return round(my - slope * mx, 3), round(max(0.0, slope), 3), round(max(ceiling, my), 3)
