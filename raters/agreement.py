"""How far two raters agree, skill by skill, on any two files of ratings: weighted kappa, and where they differ.

Quadratic weights: a disagreement of two levels counts four times one of one level (Cohen 1968, Psychological Bulletin
70(4), 213–220). The interval is a percentile bootstrap over replies (Efron & Tibshirani 1993), seeded.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scoring.scorecard import SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LEVELS = range(5)
Pair = tuple[int, int]
_DRAWS = 1000
_MANY = 5000
"""From this many pairs on fewer draws are enough, and time matters."""


@dataclass(frozen=True, slots=True)
class Level:
    """What one rater said about one skill of one reply."""

    level: int | None
    rated: bool = True
    """False where the rater could not rate it, which is no opinion at all."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two raters agree on one skill."""

    skill: Skill
    pairs: int
    """Replies to which both gave a level."""
    kappa: float | None
    """Quadratic weighted kappa, -1 to 1; None where it is not defined (no pairs, or no variation at all)."""
    interval: tuple[float, float] | None
    """95% interval of kappa."""
    exact: float | None
    """Share of pairs on the same level."""
    within_one: float | None
    mean_difference: float | None
    """Second rater minus first, in levels."""
    confusion: tuple[tuple[int, ...], ...]
    """Rows: the first rater's level 0–4; columns: the second's."""
    called_for: float | None
    """Share of replies, rated by both, on which both say alike whether there is a level at all."""
    not_rated: tuple[int, int]
    """How many replies the first and the second rater could not rate."""

    def as_json(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {
            "pairs": self.pairs,
            "kappa": self.kappa,
            "interval": list(self.interval) if self.interval else None,
            "exact": self.exact,
            "within_one": self.within_one,
            "mean_difference": self.mean_difference,
            "confusion": [list(row) for row in self.confusion],
            "called_for": self.called_for,
            "not_rated": list(self.not_rated),
        }


class NotRatings(ValueError):
    """A file that holds no ratings, with a sentence that says where and what."""


def read_ratings(lines: Iterable[str], name: str) -> dict[str, dict[Skill, Level]]:
    """Read ratings by id from JSON lines: each skill a level, null, or an object with a level.

    Raises:
        NotRatings: a line is no rating; nothing is passed over.
    """
    found: dict[str, dict[Skill, Level]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            row = json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            raise NotRatings(f"{name}, line {number}: this line is not JSON.") from None
        if not isinstance(row, dict) or "id" not in row or not any(skill in row for skill in SKILLS):
            raise NotRatings(f"{name}, line {number}: a rating has an id and at least one of {', '.join(SKILLS)}.")
        identity = str(row["id"])
        if identity in found:
            raise NotRatings(f'{name}, line {number}: the id "{identity}" is there twice.')
        found[identity] = {
            skill: _level(row[skill], f"{name}, line {number}: {skill}") for skill in SKILLS if skill in row
        }
    if not found:
        raise NotRatings(f"{name} holds no ratings.")
    return found


def _level(value: Any, where: str) -> Level:
    rated = True
    if isinstance(value, dict):
        if "level" not in value:
            raise NotRatings(f"{where} has no level.")
        rated = not value.get("not_rated")
        value = value["level"]
    if value is not None and (type(value) is not int or value not in LEVELS):
        raise NotRatings(f"{where} must be 0, 1, 2, 3, 4 or null.")
    return Level(value, rated)


def agreement(
    first: Mapping[str, Mapping[Skill, Level]], second: Mapping[str, Mapping[Skill, Level]]
) -> dict[Skill, Agreement]:
    """Return the agreement on each skill over the replies that both raters have, matched by id."""
    shared = [identity for identity in first if identity in second]
    return {skill: _agree(skill, [(first[i].get(skill), second[i].get(skill)) for i in shared]) for skill in SKILLS}


def _agree(skill: Skill, both: Sequence[tuple[Level | None, Level | None]]) -> Agreement:
    opinions = [(a, b) for a, b in both if a is not None and b is not None]
    rated = [(a.level, b.level) for a, b in opinions if a.rated and b.rated]
    pairs = [(a, b) for a, b in rated if a is not None and b is not None]
    counts = Counter(pairs)
    n = len(pairs)
    return Agreement(
        skill,
        n,
        weighted_kappa(counts),
        _interval(pairs) if n else None,
        sum(a == b for a, b in pairs) / n if n else None,
        sum(abs(a - b) <= 1 for a, b in pairs) / n if n else None,
        sum(b - a for a, b in pairs) / n if n else None,
        tuple(tuple(counts[a, b] for b in LEVELS) for a in LEVELS),
        sum((a is None) == (b is None) for a, b in rated) / len(rated) if rated else None,
        (sum(not a.rated for a, _ in opinions), sum(not b.rated for _, b in opinions)),
    )


def weighted_kappa(counts: Mapping[Pair, int]) -> float | None:
    """Return quadratic weighted kappa of pairs of levels; None where both raters always gave one and the same level."""
    n = sum(counts.values())
    if not n:
        return None
    first: Counter[int] = Counter()
    second: Counter[int] = Counter()
    for (a, b), count in counts.items():
        first[a] += count
        second[b] += count
    observed = sum(count * (a - b) ** 2 for (a, b), count in counts.items())
    expected = sum(first[a] * second[b] * (a - b) ** 2 for a in first for b in second) / n
    return 1 - observed / expected if expected else None


def _interval(pairs: list[Pair]) -> tuple[float, float] | None:
    # Deterministic: the same ratings always get the same interval. Sorted, so that the order of lines plays no part.
    rng = random.Random("agreement")
    ordered = sorted(pairs)
    draws = _DRAWS if len(pairs) < _MANY else _DRAWS // 5
    kappas = [weighted_kappa(Counter(rng.choices(ordered, k=len(ordered)))) for _ in range(draws)]
    known = sorted(kappa for kappa in kappas if kappa is not None)
    if len(known) < draws // 2:
        return None
    return known[int(0.025 * len(known))], known[min(len(known) - 1, int(0.975 * len(known)))]


def as_text(found: Mapping[Skill, Agreement], names: tuple[str, str]) -> str:
    """Return the agreement as a report to read."""
    rows = [f"First rater: {names[0]}. Second rater: {names[1]}."]
    for skill, one in found.items():
        rows += ["", skill]
        if one.kappa is None:
            rows.append(f"  {one.pairs} replies with a level from both; kappa is not defined for them.")
        else:
            low, high = one.interval or (float("nan"), float("nan"))
            rows.append(f"  weighted kappa {one.kappa:.2f} (95% {low:.2f} to {high:.2f}), {one.pairs} replies")
        if one.pairs:
            rows.append(
                f"  same level {one.exact:.0%}, within one level {one.within_one:.0%}, "
                f"second minus first {one.mean_difference:+.2f}"
            )
            rows.append("  first \\ second    0    1    2    3    4")
            rows += [f"  {level:>14} " + "".join(f"{n:>5}" for n in line) for level, line in enumerate(one.confusion)]
        if one.called_for is not None:
            rows.append(f"  alike on whether it was called for: {one.called_for:.0%}")
        if any(one.not_rated):
            rows.append(f"  not rated: {one.not_rated[0]} by the first, {one.not_rated[1]} by the second")
    return "\n".join(rows)
