"""Measures of agreement, in plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def weighted_kappa(a: Sequence[int], b: Sequence[int], levels: int = 5) -> float:
    """Return the quadratic weighted kappa of two ratings 0–4 (Cohen 1968); 1 is full agreement, 0 is chance."""
    n = len(a)
    if not n:
        return float("nan")
    seen = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) / n
    left, right = [a.count(k) / n for k in range(levels)], [b.count(k) / n for k in range(levels)]
    chance = sum(left[i] * right[j] * (i - j) ** 2 for i in range(levels) for j in range(levels))
    return 1 - seen / chance if chance else float("nan")


def partial_correlation(level: Sequence[float], length: Sequence[float], given: Sequence[float]) -> float:
    """Return the Spearman correlation of given levels with length once the raters' level is held still."""
    a, b, c = (_ranks(values) for values in (level, length, given))
    ab, ac, bc = _pearson(a, b), _pearson(a, c), _pearson(b, c)
    rest = ((1 - ac * ac) * (1 - bc * bc)) ** 0.5
    return (ab - ac * bc) / rest if rest else float("nan")


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end + 1 < len(order) and values[order[end + 1]] == values[order[at]]:
            end += 1
        for k in range(at, end + 1):
            ranks[order[k]] = (at + end) / 2
        at = end + 1
    return ranks


def _pearson(a: Sequence[float], b: Sequence[float]) -> float:
    n = len(a)
    ma, mb = sum(a) / n, sum(b) / n
    top = sum((x - ma) * (y - mb) for x, y in zip(a, b, strict=True))
    under = (sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b)) ** 0.5
    return top / under if under else float("nan")
