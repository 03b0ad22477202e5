"""How a patient is moved: each move of a reply changes trust, feeling heard and willingness, for a reason.

The amounts and the reasons are in reactions.yaml. The moves are the reading's and the levels are the scorecard's, so
that what one praises the other cannot punish.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from scoring.scorecard import HURTING_MOVES, SKILLS
from simulator.content import read_content
from simulator.turn import Change, Quantity, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scoring.scorecard import Reading, Scorecard, Skill
    from simulator.scenario import Temperament

QUANTITIES: tuple[Quantity, ...] = ("trust", "heard", "willingness")
STANCES: tuple[Stance, ...] = ("closed", "guarded", "warming", "open")
DONE_WELL = 3
"""Level from which a skill was done well and the scorer has held no hurt against it."""
DIRE: tuple[str, ...] = tuple(m for m in HURTING_MOVES if m not in {"stock_phrase", "parrots", "jargon", "advises"})
"""Hurts after which nobody confides in the same breath."""
Event = Literal[
    "insult", "improper", "passed_over", "nonsense", "silence_held", "silence_long", "repeats_self", "long_speech",
    "nothing_new", "word_alone", "worry_met", "worry_dropped", "question_answered", "question_dropped", "sorry_again",
]  # fmt: skip


@cache
def table() -> dict[str, Any]:
    """Return reactions.yaml as read."""
    raw = read_content(Path(__file__).parent / "reactions.yaml")
    assert isinstance(raw, dict)
    return raw


@dataclass
class Feelings:
    """The three quantities between turns, unrounded, and what has worn off or still smarts."""

    trust: float
    heard: float
    willingness: float
    stance: Stance = "guarded"
    made: Counter[str] = field(default_factory=Counter)
    """How often each move was made before."""
    smart: dict[Quantity, float] = field(default_factory=dict)
    """What the latest hurts cost and an apology could win back."""
    since_hurt: int = 99
    apologies: int = 0

    @property
    def openness(self) -> Literal["guarded", "open"]:
        """Whether the patient answers guarded or open."""
        return "open" if self.stance in {"warming", "open"} else "guarded"

    def value(self, what: Quantity) -> float:
        """Return one quantity."""
        return float(getattr(self, what))

    def shown(self, what: Quantity) -> int:
        """Return one quantity as it is shown, 0–100."""
        return round(self.value(what))


@dataclass(frozen=True, slots=True)
class _Step:
    what: Quantity
    by: float
    because: str
    move: str | None = None
    quote: str = ""


def _helped(skill: str | None, scorecard: Scorecard) -> float:
    """How much of a move's worth is won, by the level of its skill; half of it where that was not called for."""
    if skill not in SKILLS:
        return 1.0
    level = scorecard[skill].level
    return 0.5 if level is None else float(table()["done_well"][level])


def is_zero(scorecard: Scorecard, skill: Skill) -> bool:
    """Return True if a level of 0 is felt: called for, sure, and (feelings apart) beside nothing done well."""
    rating = scorecard[skill]
    others = (scorecard[other].level or 0 for other in SKILLS if other != skill)
    zero = rating.level == 0 and rating.called_for and rating.sure
    return zero and (skill == "validation" or max(others) < (DONE_WELL if skill == "sdm" else 2))


def is_hurt(reading: Reading, scorecard: Scorecard) -> bool:
    """Return True if the reply hurts so that nobody confides or warms in the same breath."""
    return reading.does(*DIRE) or is_zero(scorecard, "validation")


def _temper(temperament: Temperament, move: str, skill: str | None, *, hurts: bool) -> float:
    if hurts:
        wary = table()["wary_of"]
        listed = wary.get(temperament.wary_of, ()) if temperament.wary_of else ()
        return float(wary["factor"] if move in listed else 1.0)
    return float(table()["warms_to"] if skill is not None and skill == temperament.warms_to else 1.0)


def _room(value: float, by: float) -> float:
    room = table()["room"]
    if by > 0:
        return max(0.0, min(1.0, (100 - value) / (100 - float(room["full_below"]))))
    return max(0.25, min(1.0, value / float(room["full_above"])))


def _of_moves(feelings: Feelings, reading: Reading, scorecard: Scorecard, temperament: Temperament) -> list[_Step]:
    rules, wear, sure = table()["moves"], table()["repetition"], table()["certainty"]
    hurt = reading.does(*HURTING_MOVES)
    here: Counter[str] = Counter()
    steps = []
    for move in reading.moves:
        rule = rules[move.move]
        hurts = move.move in HURTING_MOVES
        here[move.move] += 1
        if here[move.move] > 2:
            continue
        times = feelings.made[move.move] + (here[move.move] - 1) * 2
        rate, floor = (wear["hurts"], wear["hurts_floor"]) if hurts else (wear["helps"], wear["helps_floor"])
        factor = max(floor, rate**times) * _temper(temperament, move.move, rule.get("skill"), hurts=hurts)
        factor *= max(sure["least"], min(1.0, move.certainty / sure["full"]))
        if not hurts:
            factor *= _helped(rule.get("skill"), scorecard) * (table()["hurt_beside"] if hurt else 1.0)
        for what in QUANTITIES:
            if rule.get(what):
                by = rule[what] * factor
                steps.append(_Step(what, by * _room(feelings.value(what), by), rule["because"], move.move, move.quote))
    feelings.made.update(here)
    return steps


def _of_levels(
    feelings: Feelings, reading: Reading, scorecard: Scorecard, *, directs: bool, spared: bool
) -> list[_Step]:
    """Return what the levels themselves do, where no move carries them."""
    moves = table()["moves"]
    carried = {moves[m.move].get("skill") for m in reading.moves if m.move not in HURTING_MOVES}
    steps = []
    for skill in SKILLS:
        level = scorecard[skill].level
        counts = (
            scorecard[skill].sure
            and not (spared and level == 0)
            and (level != 0 or (is_zero(scorecard, skill) and (directs or skill != "sdm")))
        )
        rule = table()["levels"][skill].get(level) if counts else None
        if rule is None or (level and (skill in carried or reading.does(*HURTING_MOVES))):
            continue
        steps += [
            _Step(what, by * _room(feelings.value(what), by), rule["because"])
            for what in QUANTITIES
            if (by := rule.get(what))
        ]
    return steps


def _of_events(feelings: Feelings, events: Iterable[Event]) -> list[_Step]:
    rules = table()["events"]
    return [
        _Step(what, by * _room(feelings.value(what), by), rules[event]["because"])
        for event in events
        for what in QUANTITIES
        if (by := rules[event].get(what))
    ]


def _repair(feelings: Feelings, reading: Reading) -> list[_Step]:
    """An apology that owns a recent hurt wins part of it back, once, unless it hurts again in the same breath."""
    rule = table()["repair"]
    if not reading.does("apologises") or reading.does(*DIRE) or feelings.since_hurt > rule["within"]:
        return []
    because = table()["events"]["repaired"]["because"]
    quote = reading.quotes("apologises")[0].quote
    steps = [
        _Step(what, min(rule["most"], -lost * rule["share"]), because, "apologises", quote)
        for what, lost in feelings.smart.items()
        if lost < -1 and what != "willingness"
    ]
    feelings.smart = {}
    return steps


def _limited(steps: list[_Step], what: Quantity, down_by: str = "down") -> list[_Step]:
    limits = table()["limits"]
    mine = [s for s in steps if s.what == what]
    up = sum(s.by for s in mine if s.by > 0)
    down = sum(s.by for s in mine if s.by < 0)
    over_up = min(1.0, limits["up"][what] / up) if up else 1.0
    over_down = min(1.0, limits[down_by][what] / down) if down else 1.0
    return [_Step(s.what, s.by * (over_up if s.by > 0 else over_down), s.because, s.move, s.quote) for s in mine]


def _whole(steps: list[_Step], total: int) -> list[Change]:
    """Round the steps so that they add up to the total that is shown; steps that come to nothing are left out."""
    by = [int(s.by) for s in steps]
    rest = total - sum(by)
    order = sorted(range(len(steps)), key=lambda i: -abs(steps[i].by - by[i]))
    for i in (order * (1 + abs(rest) // max(1, len(order))))[: abs(rest)]:
        by[i] += 1 if rest > 0 else -1
    return [Change(s.what, n, s.because, s.move, s.quote) for s, n in zip(steps, by, strict=True) if n]


def stance_after(stance: Stance, trust: float, disclosed: int = 0) -> Stance:
    """Return the stance at this trust: at most one step from the last one, and left only by a margin.

    Args:
        stance: The stance so far.
        trust: Trust, 0–100.
        disclosed: How many concerns have been confided; who has confided warms a little sooner.
    """
    bounds = table()["stances"]
    at = STANCES.index(stance)
    ease = min(2, disclosed) * 2
    if at < 3 and trust >= bounds[STANCES[at + 1]] - ease:
        return STANCES[at + 1]
    if at > 0 and trust < bounds[STANCES[at]] - ease - bounds["margin"]:
        return STANCES[at - 1]
    return stance


def first_stance(trust: float) -> Stance:
    """Return the stance at the door."""
    bounds = table()["stances"]
    return max((s for s in STANCES if s == "closed" or trust >= bounds[s]), key=STANCES.index)


def react(
    feelings: Feelings,
    reading: Reading,
    scorecard: Scorecard,
    temperament: Temperament,
    events: Iterable[Event] = (),
    disclosed: int = 0,
    *,
    directs: bool = True,
    spared: bool = False,
) -> tuple[Change, ...]:
    """Move the patient by one reply and return each step with its reason; the steps add up to what is shown.

    Args:
        feelings: How the patient stands; changed in place.
        reading: What the reply does.
        scorecard: How well.
        temperament: What this patient warms to and is wary of.
        events: What else happened, by the names in reactions.yaml.
        disclosed: How many concerns have been confided so far.
        directs: False where the reply tells the patient nothing to do, so that nothing was decided over their head.
        spared: True where a level of 0 is not held against the reply, as for a first greeting.
    """
    hurt_before = feelings.since_hurt
    by_words = _of_moves(feelings, reading, scorecard, temperament) + _of_levels(
        feelings, reading, scorecard, directs=directs, spared=spared
    )
    happened = _of_events(feelings, events)
    steps = [s for what in QUANTITIES for s in _limited(by_words, what, "down_by_words")] + happened
    lost = {what: sum(s.by for s in _limited(steps, what) if s.by < 0) for what in QUANTITIES}
    repaired = _repair(feelings, reading)
    changes: list[Change] = []
    for what in QUANTITIES:
        mine = _limited(steps, what) + [s for s in repaired if s.what == what]
        before = feelings.shown(what)
        setattr(feelings, what, max(0.0, min(100.0, feelings.value(what) + sum(s.by for s in mine))))
        changes += _whole(mine, feelings.shown(what) - before)
    if lost["trust"] <= -2:
        kept = feelings.smart if hurt_before <= 1 else {}
        feelings.smart = {q: kept.get(q, 0.0) + lost[q] for q in QUANTITIES}
        feelings.since_hurt = 0
    else:
        feelings.since_hurt += 1
    feelings.apologies += reading.does("apologises")
    feelings.stance = stance_after(feelings.stance, feelings.trust, disclosed)
    return tuple(changes)
