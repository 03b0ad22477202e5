"""What was told in a visit, what was never said, and at which reply it could have been."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import scoring
from simulator.company import LEAVES
from simulator.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Concern, Scenario
    from simulator.turn import Turn


@dataclass(frozen=True, slots=True)
class Told:
    """A concern that was said out loud, and after which reply."""

    concern_id: str
    name: str
    says: str
    seq: int


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A concern that was never said, and where it could have been."""

    concern_id: str
    name: str
    seq: int | None
    """The reply at which it could have opened; None if the visit never came near it."""
    patient_words: str
    """What the patient had just said then; empty where `seq` is None."""
    question: str
    """A question that would have opened it, by the scenario."""
    why_not: str
    if_never_opened: str


def told(scenario: Scenario, turns: Sequence[Turn]) -> tuple[Told, ...]:
    """Return what was said out loud, in order."""
    return tuple(
        Told(concern_id, scenario.concern(concern_id).name, scenario.concern(concern_id).says, turn.seq)
        for turn in turns
        for concern_id in turn.disclosed
    )


def _doors(scenario: Scenario, concern: Concern, turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns at which the concern could have been said.

    Those are its moment's, those that answered its hint, and those in which the clinician named it.
    """
    moments = {moment.id for moment in scenario.moments if moment.leads_to == concern.id}
    found = []
    for before, turn in zip([None, *turns], turns, strict=False):
        hinted = before is not None and {f"hint:{concern.id}", f"begins:{concern.id}"} & set(before.acts)
        if turn.moment in moments or hinted or concern.id in turn.named:
            found.append(turn)
    return found


def _labels(moves: Sequence[str]) -> Sentence:
    """Return the plain names of some moves, for one sentence."""
    known = scoring.rubric()
    *names, last = [Sentence.of_words(known.moves[move].label, lowered=True) for move in moves[:3]]
    return Sentence("%(these)s or %(last)s", these=Sentence.joined(names, ", "), last=last) if names else last


def _overheard(scenario: Scenario, concern: Concern, turns: Sequence[Turn], door: Turn | None) -> bool:
    """Return True if somebody who must not hear the concern was still in the room when it could have been said."""
    if scenario.companion is None or not concern.only_alone:
        return False
    return not any(LEAVES in turn.acts for turn in turns if door is None or turn.seq < door.seq)


def _why_not(concern: Concern, turn: Turn | None, first: str, *, overheard: bool) -> Sentence:
    need = concern.opens_when.trust
    alone = Sentence("%(name)s says this to nobody but you: ask for a word alone first.", name=first)
    if turn is None:
        never = Sentence(
            "The talk never came near it. %(name)s needs trust of about %(trust)s to say it.", name=first, trust=need
        )
        return Sentence.joined([never, alone]) if overheard else never
    trust = turn.state.trust
    made = turn.reading.does(*concern.opens_when.any) if concern.opens_when.any else turn.reading.does("open_question")
    reasons = []
    if trust < need:
        reasons.append(
            Sentence(
                "Trust stood at %(trust)s; %(name)s would have said it from about %(need)s.",
                trust=trust,
                name=first,
                need=need,
            )
        )
    if not made:
        wanted = _labels(concern.opens_when.any or ("open_question", "asks_permission"))
        reasons.append(Sentence("What would have helped: %(moves)s.", moves=wanted))
    if overheard:
        reasons.append(alone)
    if not reasons:
        reasons.append(Sentence("The reply did something else first, and the moment went by."))
    return Sentence.joined(reasons)


def unsaid(scenario: Scenario, turns: Sequence[Turn], never: Sequence[str]) -> tuple[Unsaid, ...]:
    """Return what was never said, with where it could have been.

    Args:
        scenario: The patient.
        turns: The visit.
        never: Ids of the concerns that were not said.
    """
    first = scenario.patient.name.split()[0]
    found = []
    for concern_id in never:
        concern = scenario.concern(concern_id)
        doors = _doors(scenario, concern, turns)
        door = max(doors, key=lambda t: (t.state.trust, -t.seq)) if doors else None
        found.append(
            Unsaid(
                concern.id,
                concern.name,
                door.seq if door else None,
                door.heard_words if door else "",
                concern.would_have_opened,
                _why_not(concern, door, first, overheard=_overheard(scenario, concern, turns, door)),
                concern.if_never_opened,
            )
        )
    return tuple(found)
