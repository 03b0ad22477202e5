"""Whether a plan has been put to the patient by name: nobody says yes to one that has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoring.scorecard import Reading
    from simulator.answering import Replier
    from simulator.understanding import Understood

_SURE = 0.4
"""Certainty from which a plan counts as wound up though its usual words were not heard."""


def asks_yes_to_nothing(replier: Replier, reading: Reading, understood: Understood) -> bool:
    """Return True if the patient is to agree to a plan that nobody has named, or to a way that they never picked.

    Args:
        replier: Who is asked; what was named and picked so far is in their memory.
        reading: The reply as the patient takes it.
        understood: What was made of it.
    """
    memory = replier.memory
    if understood.proposals or understood.any_act("options", "about_the_plan", "would_help"):
        return False
    if understood.any_act("your_way"):
        return not memory.chose
    wound_up = understood.plan or any(m.move == "agrees_plan" and m.certainty >= _SURE for m in reading.moves)
    return wound_up and not memory.plan_named and not memory.chose
