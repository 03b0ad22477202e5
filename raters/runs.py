"""Rating one reply several times over: the median of the runs is the level, and every run stays on record.

More than half of the runs must have rated a skill. Words that any run found addressed to the rater are taken out in
every run, so that a run which overlooked them cannot raise the median.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from raters.judge import SecondRating, SkillVerdict, nothing_rated
from scoring.scorecard import SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raters.judge import Judge

MOST_RUNS = 9
"""How often one reply is rated at most; beyond it a batch only becomes dear."""
NO_USE = frozenset(("not_configured", "unsafe_address", "quota", "authentication", "not_found"))
"""Failures that the next run and the next reply would meet as well: somebody has to see to it first."""


@dataclass(frozen=True, slots=True)
class RepeatedRating:
    """What several runs come to, and the runs themselves in order."""

    rating: SecondRating
    runs: tuple[SecondRating, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the rating as a single one is returned; from two runs on with each run's levels and their spread."""
        row = self.rating.as_json()
        if len(self.runs) == 1:
            return row
        for skill in SKILLS:
            levels = [run[skill].level for run in self.runs]
            rated = [level for level in levels if level is not None]
            row[skill] |= {"levels": levels, "spread": max(rated) - min(rated) if rated else None}
        row["rater"]["runs"] = [
            {skill: run[skill].as_json() for skill in SKILLS}
            | {"repaired": run.repaired, "failure": run.failure, "raw_answers": len(run.raw_answers)}
            for run in self.runs
        ]
        return row


def rate_often(
    judge: Judge,
    runs: int,
    reply: str,
    patient_words: str,
    earlier: Sequence[str] = (),
    situation: str = "",
    flagged: Sequence[tuple[int, int]] = (),
) -> RepeatedRating:
    """Rate one reply ``runs`` times, one after the other; see ``Judge.rate`` for the rest.

    A failure that the next run would meet too ends it at once, and nothing is rated then.
    """
    made: list[SecondRating] = []
    spans = set(flagged)
    for _ in range(runs):
        one = judge.rate(reply, patient_words, earlier, situation, sorted(spans))
        made.append(one)
        if one.failure in NO_USE:
            return _together(made, runs)
        spans |= {(quote.start, quote.end) for quote in one.addressed_to_rater}
    for place, one in enumerate(made):
        if not one.failure and spans - {(quote.start, quote.end) for quote in one.addressed_to_rater}:
            made[place] = judge.without(one, sorted(spans), reply, patient_words, earlier, situation)
    return _together(made, runs)


def _together(made: list[SecondRating], runs: int) -> RepeatedRating:
    if len(made) == runs == 1:
        return RepeatedRating(made[0], tuple(made))
    through = [one for one in made if not one.failure]
    failed = Counter(one.failure for one in made if one.failure)
    addressed = {(quote.start, quote.end): quote for one in made for quote in one.addressed_to_rater}
    hopeless = next((one for one in made if one.failure in NO_USE), None)
    failure = ""
    if hopeless is not None:
        failure, skills = hopeless.failure, nothing_rated(hopeless[SKILLS[0]].not_rated)
    else:
        skills = {skill: _median([one[skill] for one in made], skill, careful=bool(addressed)) for skill in SKILLS}
        if len(through) <= runs // 2:
            failure = failed.most_common(1)[0][0]
    rating = replace(
        (through or made)[0],
        skills=skills,
        raw_answers=tuple(raw for one in made for raw in one.raw_answers),
        repaired=any(one.repaired for one in made),
        addressed_to_rater=tuple(addressed[place] for place in sorted(addressed)),
        failure=failure,
    )
    return RepeatedRating(rating, tuple(made))


def _median(verdicts: list[SkillVerdict], skill: Skill, *, careful: bool) -> SkillVerdict:
    """Return the verdict of the run in the middle; between two, the lower, for a level is one that a run gave.

    Args:
        verdicts: One of each run.
        skill: Which skill.
        careful: True where words were addressed to the rater. Runs without a level then stand below all others when
            the middle is looked for: such words may not raise a level by making low runs drop out.
    """
    rated = [one for one in verdicts if not one.not_rated]
    whole = len(verdicts)
    if len(rated) <= whole // 2:
        why = next(one.not_rated for one in verdicts if one.not_rated)
        return SkillVerdict(skill, None, None, "", (), f"Only {len(rated)} of {whole} runs rated this. {why}")
    with_level = sorted((one for one in rated if one.level is not None), key=lambda one: one.level or 0)
    without = [one for one in rated if one.level is None]
    if len(without) > len(with_level):
        return without[0]
    if len(without) == len(with_level):
        why = "The runs are evenly split on whether there is anything to rate."
        return SkillVerdict(skill, None, None, "", (), why)
    middle = (len(with_level) - 1) // 2
    if careful:
        middle = max(0, (whole - 1) // 2 - (whole - len(with_level)))
    return with_level[middle]
