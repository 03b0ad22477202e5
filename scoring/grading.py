"""Grading a reading: a level or none for each skill, with the reason, the quotes and how sure the scorer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.model import model
from scoring.rubric import rubric
from scoring.scorecard import Move, Reading, Scorecard, Skill, SkillRating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CARRIES: dict[Skill, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "validation": (
        ("legitimises", "affirms", "acknowledges", "apologises", "supports", "grants", "complex_reflection"),
        ("ignores_danger", "judges", "minimises", "falsely_reassures", "argues", "takes_back", "steps_over",
         "stock_phrase", "addresses_rater"),
    ),
    "reflection": (
        ("double_sided_reflection", "complex_reflection", "summary", "simple_reflection", "invites_correction"),
        ("ignores_danger", "misstates", "parrots", "argues", "steps_over", "stock_phrase", "addresses_rater"),
    ),
    "sdm": (
        ("offers_options", "weighs_tradeoffs", "elicits_preference", "supports_autonomy", "agrees_plan",
         "checks_understanding", "asks_permission", "grants"),
        ("orders", "argues", "judges", "takes_back", "steps_over", "advises", "informs", "addresses_rater"),
    ),
}  # fmt: skip
_ALSO_CARRIES: dict[Skill, tuple[str, ...]] = {
    "validation": ("double_sided_reflection", "simple_reflection", "summary", "discloses_self", "checks_safety",
                   "open_question"),
    "reflection": ("legitimises", "acknowledges", "affirms"),
    "sdm": (),
}  # fmt: skip
"""Moves that lift a short reply too, though the level is not shown to stand on them."""
_MIDDLE = 2
_BRIEF = 8
"""Words below which a level from 2 up must stand on a move that was found, not on the sum of small signs."""
_OF_STOCK: dict[Skill, int] = {"validation": 2, "reflection": 1}
"""What a few words can reach that hold nothing but phrases of kindness: the difficulty was noticed in general."""
_A_WORD_OR_TWO = 2
"""Words that can do nothing yet unless they are the patient's own."""
_LOW = 1.5
_SURE_FROM = 0.36
"""Below this a careful rater would land on another level about two times in three: the scorer says so."""


def level_of(score: float, cuts: Sequence[float]) -> int:
    """Return the level 0–4 whose borders a score falls between."""
    return sum(score >= cut for cut in cuts)


def grade(reading: Reading) -> Scorecard:
    """Return the scorecard of a reading, by the rating guide."""
    if reading.language != "en":
        from scoring.tabled import grade_by_table

        return grade_by_table(reading)
    return Scorecard(
        validation=_rate(reading, "validation"),
        reflection=_rate(reading, "reflection"),
        sdm=_rate(reading, "sdm"),
    )


def _rate(reading: Reading, skill: Skill) -> SkillRating:
    words = rubric().skills[skill]
    weights = model()
    called = reading.called_for[skill]
    score = reading.features[skill]
    if not called:
        return SkillRating(
            skill=skill, level=None, called_for=False, because=words.not_called_for, evidence=(),
            certainty=_certainty(skill, score), sure=True,
        )  # fmt: skip
    level = min(level_of(score, weights.cuts[skill]), cap(reading.features, skill))
    good, bad = _CARRIES[skill]
    level = min(level, brief_cap(reading, skill))
    if skill != "sdm" and reading.features["greets"]:
        level = 1  # a hello passes over what was said, and hurts nobody
    wanted = good if level >= _MIDDLE else bad
    evidence = _without_repeats(sorted(
        (move for move in reading.moves if move.move in wanted), key=lambda move: wanted.index(move.move)
    ))[:3]  # fmt: skip
    because = words.levels[level].because
    if evidence and level != _MIDDLE:
        because = rubric().moves[evidence[0].move].because
    certainty = _certainty(skill, score)
    return SkillRating(
        skill=skill, level=level, called_for=True, because=because, evidence=_in_order(evidence),
        certainty=certainty, sure=certainty >= _SURE_FROM, try_this=words.levels[level].try_this,
    )  # fmt: skip


def brief_cap(reading: Reading, skill: Skill) -> int:
    """Return the highest level that a reply of a few words can have: a greeting or "ok" has done nothing yet.

    Short replies can be excellent, so any move that carries the skill lifts this; in shared decisions each kind of
    move lifts it by one level, since a level there counts elements.
    """
    if reading.features["kept"] >= _BRIEF:
        return 4
    if reading.features["greets"] or (reading.features["kept"] <= _A_WORD_OR_TWO and not reading.features["echoes"]):
        return 1
    good, _ = _CARRIES[skill]
    also = _ALSO_CARRIES[skill]
    found = {move.move for move in reading.moves if move.move in good or move.move in also}
    if skill == "sdm":
        return 1 + len(found)
    return 4 if found & set(good) else 2 if found else 1


def cap(facts: Mapping[str, float], skill: Skill) -> int:
    """Return the highest level that the plain facts of a reply allow: the worst act counts, within its own skill."""
    if not facts["kept"]:
        return 0
    most = 4
    if skill == "validation" and facts["denies"]:
        most = 1 if facts["takes_in"] and facts["validation"] >= _LOW else 0
    if skill == "sdm" and facts["coerces"]:
        most = 0
    if skill == "reflection" and not facts["echoes"]:
        most = 3
    if facts["foreign"] or facts["strung"]:
        most = min(most, 1)
    if skill != "sdm" and facts["stock"] and facts["kept"] < _BRIEF:
        most = min(most, _OF_STOCK[skill])  # "That sounds tough" would fit anybody
    if skill != "sdm" and (facts["passes_danger"] or facts["brushes_off"]):
        most = min(most, 1)
    if skill != "sdm" and facts["copied"]:
        most = min(most, 1)
    return most


def _without_repeats(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Return the moves, the telling ones first, without those whose words already stand in another one's."""
    kept: list[Move] = []
    for move in moves:
        if not any(move.start < other.end and other.start < move.end for other in kept):
            kept.append(move)
    return tuple(kept)


def _in_order(moves: Sequence[Move]) -> tuple[Move, ...]:
    return tuple(sorted(moves, key=lambda move: (move.start, move.end)))


def _certainty(skill: Skill, score: float) -> float:
    """Return how likely a careful rater lands on the level given, by the distance of the score from a border."""
    weights = model()
    near = min(abs(score - cut) for cut in weights.cuts[skill])
    floor, slope, cap = weights.certainty[skill]
    return round(max(0.0, min(floor + slope * near, cap or 1.0)), 3)
