"""What the patient decided and did, as one possible story: a small documented table, drawn with the seed.

The numbers are in reactions.yaml under `outcome`, with their sources. They illustrate the size of an effect and predict
no real patient.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

from simulator.parting import is_hurt, part
from simulator.plans import settled_on
from simulator.reactions import table
from simulator.sentence import Sentence
from simulator.story import plan_in_words, story
from simulator.turn import Cause, Decision, FourWeeks, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.everyday import Manner
    from simulator.scenario import Scenario
    from simulator.turn import PlayedVisit, State, Turn

_WAYS: tuple[FourWeeks, ...] = ("kept", "halved", "stopped_told", "stopped_hidden")
_PLANS_TOGETHER = ("agrees_plan", "offers_options", "elicits_preference", "supports_autonomy", "grants")
_MOST_CAUSES = 4
_DRAWS = 20
"""Decisions drawn for each visit that is played for the shares."""


def _rules() -> dict[str, Any]:
    rules = table()["outcome"]
    assert isinstance(rules, dict)
    return rules


def readiness(state: State) -> float:
    """Return how ready the patient is to say yes, 0–100: mostly willingness, partly trust and feeling heard."""
    parts = _rules()["readiness"]
    return float(sum(parts[what] * getattr(state, what) for what in parts))


def chance_of_yes(state: State) -> float:
    """Return the chance, 0–1, that the patient says yes in the room (calibrated to Saha & Beach 2011)."""
    at = readiness(state)
    points = [(float(x), float(y)) for x, y in _rules()["accepts"]]
    for (x0, y0), (x1, y1) in pairwise(points):
        if at <= x1:
            return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
    return points[-1][1]


def plan_changed(scenario: Scenario, state: State, turns: Sequence[Turn]) -> bool:
    """Return True if something was said that changes the plan, and a new plan was then made together.

    Where it is known what was settled on last, it must be the plan that was changed to; where it is not, another way
    must at least have been put to them since.
    """
    settled = settled_on(turns)
    if settled is not None and settled.named == "other_way":
        return False
    changing = {c.id for c in scenario.concerns if c.changes_the_plan}
    said_at = [t.seq for t in turns if changing.intersection(t.disclosed)]
    if not said_at or not changing.intersection(state.disclosed):
        return False
    after = settled_on([turn for turn in turns if turn.seq > said_at[0]])
    if after is not None and after.named == "on_the_table":
        return False
    since = [t for t in turns if t.seq >= said_at[0]]
    other = any(t.plan.elsewhere or t.plan.named == "a_choice" or t.picked is not None for t in since)
    return other and any(t.reading.does(*_PLANS_TOGETHER) for t in since)


def _decision(state: State, rng: random.Random) -> Decision:
    yes = chance_of_yes(state)
    drawn = rng.random()
    if drawn < yes:
        return "willing"
    unsure = min(1.0, readiness(state) / _rules()["all_unsure_at"])
    return "unsure" if drawn < yes + (1 - yes) * unsure else "unwilling"


def _four_weeks(
    scenario: Scenario, state: State, turns: Sequence[Turn], decision: Decision, rng: random.Random
) -> FourWeeks:
    drawn = rng.random() * 100
    if decision != "unwilling" and scenario.four_weeks_later.changed_plan and plan_changed(scenario, state, turns):
        return "changed_plan"
    stood = "hurt" if is_hurt(turns, state) else state.stance
    chances = [float(n) for n in _rules()["four_weeks"][decision][stood]]
    unsaid = min(2, sum(c.id not in state.disclosed for c in scenario.concerns))
    moved = min(chances[0], unsaid * float(_rules()["unsaid"]))
    chances[0] -= moved
    chances[1] += moved / 2
    chances[3] += moved / 2
    for way, chance in zip(_WAYS, chances, strict=True):
        if drawn < chance:
            return way
        drawn -= chance
    return _WAYS[-1]


def causes(scenario: Scenario, turns: Sequence[Turn], decision: Decision) -> tuple[Cause, ...]:
    """Return the turns that weighed most, in order: what moved willingness and trust, what was confided."""
    weighed: dict[int, Cause] = {}
    for turn in turns:
        for concern_id in turn.disclosed:
            name = scenario.concern(concern_id).name
            weighed[turn.seq] = Cause(
                turn.seq, Sentence("It was said: %(concern)s.", concern=f"{name[0].lower()}{name[1:]}"), 99
            )
        steps = [c for c in turn.changes if c.what in {"willingness", "trust"}]
        if steps and turn.seq not in weighed:
            down = decision != "willing"
            worst = min(steps, key=lambda c: c.by if down else -c.by)
            weighed[turn.seq] = Cause(turn.seq, worst.because, worst.by)
    fitting = [c for c in weighed.values() if (c.by > 0) == (decision == "willing") or c.by == 99]
    most = sorted(fitting, key=lambda c: (-abs(c.by), c.seq))[:_MOST_CAUSES]
    return tuple(Cause(c.seq, c.because, 0 if c.by == 99 else c.by) for c in sorted(most, key=lambda c: c.seq))


def decide(scenario: Scenario, start: State, turns: Sequence[Turn], seed: int, manner: Manner) -> Outcome:
    """Return the outcome of a visit.

    Args:
        scenario: The patient.
        start: How they stood at the door; the outcome of a visit without a reply.
        turns: The visit.
        seed: Draws the decision and what followed; the same seed gives the same outcome.
        manner: The everyday stock, for parting words where the scenario's own would be too warm.
    """
    state = turns[-1].state if turns else start
    rng = random.Random(f"{scenario.id}/{seed}/outcome")
    drawn = _decision(state, rng)
    parted = part(scenario, drawn, state, turns, manner, seed, changed=plan_changed(scenario, state, turns))
    four_weeks = _four_weeks(scenario, state, turns, drawn, rng)
    if parted.agreed == "nothing":
        four_weeks = "nothing_agreed"
    elif parted.plan is not None and parted.plan.named == "other_way":
        kept_to = parted.decision == "willing" and parted.agreed != "decided" and not parted.hurt
        four_weeks = "other_way" if kept_to else four_weeks
    return Outcome(
        parted.decision,
        parted.words,
        four_weeks,
        story(scenario, parted, state, four_weeks),
        state.disclosed,
        tuple(c.id for c in scenario.concerns if c.id not in state.disclosed),
        causes(scenario, turns, parted.decision),
        plan_in_words(scenario, parted, four_weeks),
    )


@dataclass(frozen=True, slots=True)
class Shares:
    """How often patients said yes, and kept to it, after each way of talking to them (0–1)."""

    rushed: float
    """Share willing after the rushed prescriber."""
    collaborative: float
    rushed_kept: float
    """Share who took what was on the table for four weeks, among those whose plan was not changed."""
    collaborative_kept: float
    rushed_spread: float
    """Standard deviation of the chance of a yes over scenarios and temperaments."""
    collaborative_spread: float
    visits: int
    """Visits played each way."""

    def as_json(self) -> dict[str, float | int]:
        """Return the shares rounded to three places."""
        return {name: round(getattr(self, name), 3) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Row:
    willing: bool
    kept: bool | None
    chance: float


def _varied(scenario: Scenario, seed: int) -> Scenario:
    """Return the scenario with another temperament at the door: trust and willingness up to 15 points off."""
    rng = random.Random(f"{scenario.id}/{seed}/temperament")
    own = scenario.patient.temperament
    trust = min(90, max(5, own.trust + rng.randint(-15, 15)))
    willingness = min(95, max(5, own.willingness + rng.randint(-15, 15)))
    temperament = own.model_copy(update={"trust": trust, "willingness": willingness})
    return scenario.model_copy(update={"patient": scenario.patient.model_copy(update={"temperament": temperament})})


def shares(scenarios: Iterable[Scenario], seeds: Iterable[int]) -> dict[str, Shares]:
    """Play all scenarios both ways over many seeds and temperaments; return the shares overall ("all") and by scenario.

    Each seed is another temperament at the door; the decision is drawn twenty times for each visit, since only the draw
    differs. A calibrated illustration: the table was set so that the mean over the shipped scenarios lies near the
    published contrast (Saha & Beach 2011: 74% and 96% would accept); it says nothing about a real patient.
    """
    from simulator.play import play

    drawn = list(seeds)
    gathered: dict[str, dict[str, list[_Row]]] = {}
    for scenario in scenarios:
        lanes = gathered.setdefault(scenario.id, {"rushed": [], "collaborative": []})
        for seed in drawn:
            varied = _varied(scenario, seed)
            for lane, rows in lanes.items():
                rows.extend(_draws(varied, play(varied, lane, seed), seed))
    everyone = {
        lane: [row for lanes in gathered.values() for row in lanes[lane]] for lane in ("rushed", "collaborative")
    }
    return {name: _shares(lanes) for name, lanes in {"all": everyone, **gathered}.items()}


def _draws(scenario: Scenario, visit: PlayedVisit, seed: int) -> list[_Row]:
    state = visit.turns[-1].state if visit.turns else visit.start
    rows = []
    for draw in range(_DRAWS):
        rng = random.Random(f"{scenario.id}/{seed}/{draw}/shares")
        decision = _decision(state, rng)
        four_weeks = _four_weeks(scenario, state, visit.turns, decision, rng)
        kept = None if four_weeks == "changed_plan" else four_weeks == "kept"
        rows.append(_Row(decision == "willing", kept, chance_of_yes(state)))
    return rows


def _shares(lanes: dict[str, list[_Row]]) -> Shares:
    found: dict[str, tuple[float, float, float]] = {}
    for lane, rows in lanes.items():
        kept = [row.kept for row in rows if row.kept is not None]
        found[lane] = (
            fmean(row.willing for row in rows),
            fmean(kept) if kept else 1.0,
            pstdev([row.chance for row in rows]),
        )
    (rushed, rushed_kept, rushed_spread), (listened, listened_kept, spread) = found["rushed"], found["collaborative"]
    return Shares(rushed, listened, rushed_kept, listened_kept, rushed_spread, spread, len(lanes["rushed"]) // _DRAWS)
