"""A reply with what it answered, as a second rater reads it and as it is exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.turn import Turn
    from ui.service import OpenVisit


def reply_case(visit: OpenVisit, turn: Turn, most_earlier: int) -> dict[str, Any]:
    """Return a reply with what it answered. The patient is invented; of the person who typed there is nothing.

    Args:
        visit: The visit in which it was said.
        turn: The turn that it became.
        most_earlier: How many of the patient's earlier utterances go with it at most.
    """
    scenario = visit.scenario
    said = [visit.opening, *(one.patient for one in visit.turns[: turn.seq - 1])]
    return {
        "context": f"{scenario.patient.name}, {scenario.patient.age}, {scenario.visit.kind}, "
        f"{scenario.visit.setting}. On the table: {scenario.plan_on_the_table}",
        "patient": turn.heard_words,
        "reply": turn.clinician,
        "earlier": said[:-1][-most_earlier:],
    }
