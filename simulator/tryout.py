"""Trying a scenario out while it is being written: from any moment, at any trust, with the reasons beside each answer.

Nothing here is kept. A try is the scenario begun later or warmer, and the replies so far played through the same
patient and scorer as any visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.encounter import Encounter
from simulator.gates import USUAL_MOVES
from simulator.play import play

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Concern, Moment, Scenario
    from simulator.turn import Outcome, State, Turn


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a gate asks for, and whether the last reply brought it."""

    kind: str
    """trust, moves or reason."""
    met: bool
    have: tuple[str, ...]
    """The trust there is, or the moves that were heard and count."""
    wanted: tuple[str, ...]
    """The trust or the moves it takes; for a reason, the concern's own words."""


@dataclass(frozen=True, slots=True)
class ClosedGate:
    """A concern that has not been said, and what it waits for."""

    concern: Concern
    asks: tuple[Ask, ...]
    doors: tuple[str, ...]
    """Ids of the moments that lead to it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One reply in a try, with what it did and why."""

    turn: Turn
    before: State
    closed: tuple[ClosedGate, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """A try as it stands."""

    opening: str
    start: State
    replies: tuple[Tried, ...]
    minutes: float


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both prescribers at one moment."""

    moment: Moment
    rushed: Turn
    collaborative: Turn


@dataclass(frozen=True, slots=True)
class BothVisits:
    """Both prescribers through the whole visit."""

    rows: tuple[SideBySide, ...]
    start: State
    rushed: Outcome
    collaborative: Outcome


def starting_at(scenario: Scenario, moment_id: str | None = None, trust: int | None = None) -> Scenario:
    """Return the scenario as if the visit began at a moment, at a trust.

    Args:
        scenario: As it was written.
        moment_id: The moment to begin with; the first where left out or unknown.
        trust: Trust at the door, 0–100; the scenario's own where left out.
    """
    ids = [moment.id for moment in scenario.moments]
    first = ids.index(moment_id) if moment_id in ids else 0
    changes: dict[str, object] = {}
    if first:
        changes |= {"moments": scenario.moments[first:], "opening": scenario.moments[first].patient}
    if trust is not None:
        temperament = scenario.patient.temperament.model_copy(update={"trust": max(0, min(100, trust))})
        changes["patient"] = scenario.patient.model_copy(update={"temperament": temperament})
    return scenario.model_copy(update=changes) if changes else scenario


def attempt(
    scenario: Scenario, replies: Sequence[str], moment_id: str | None = None, trust: int | None = None, seed: int = 0
) -> Try:
    """Play replies from a moment, at a trust, and return what each did and why.

    Raises:
        ReplyRefused: if one of the replies is blank or too long.
    """
    begun = starting_at(scenario, moment_id, trust)
    encounter = Encounter(begun, seed)
    tried: list[Tried] = []
    for text in replies:
        before = encounter.state
        turn = encounter.reply(text)
        tried.append(Tried(turn, before, closed_gates(begun, turn)))
    return Try(encounter.opening, encounter.start, tuple(tried), encounter.minutes)


def closed_gates(scenario: Scenario, turn: Turn) -> tuple[ClosedGate, ...]:
    """Return each concern that is still unsaid after a turn, with what its gate asks for and what the reply brought."""
    return tuple(
        ClosedGate(
            concern,
            asks_of(scenario, concern, turn),
            tuple(moment.id for moment in scenario.moments if moment.leads_to == concern.id),
        )
        for concern in scenario.concerns
        if concern.id not in turn.state.disclosed
    )


def asks_of(scenario: Scenario, concern: Concern, turn: Turn) -> tuple[Ask, ...]:
    """Return the three things a gate asks for: trust enough, a fitting move, and a reason to say it just now."""
    gate = concern.opens_when
    wanted = gate.any or USUAL_MOVES
    heard = tuple(dict.fromkeys(move.move for move in turn.reading.moves if move.move in wanted))
    led = any(moment.id == turn.moment and moment.leads_to == concern.id for moment in scenario.moments)
    said = turn.clinician.casefold()
    named = tuple(word for word in concern.about if word.casefold() in said)
    return (
        Ask("trust", turn.state.trust >= gate.trust, (str(turn.state.trust),), (str(gate.trust),)),
        Ask("moves", bool(heard), heard, wanted),
        Ask("reason", led or bool(named), named, concern.about),
    )


def both_visits(scenario: Scenario) -> BothVisits:
    """Play both prescribers and return them moment by moment."""
    rushed, collaborative = play(scenario, "rushed"), play(scenario, "collaborative")
    assert rushed.outcome is not None
    assert collaborative.outcome is not None
    rows = zip(scenario.moments, rushed.turns, collaborative.turns, strict=False)
    return BothVisits(tuple(SideBySide(*row) for row in rows), rushed.start, rushed.outcome, collaborative.outcome)
