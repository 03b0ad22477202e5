"""How the patient goes on about a danger that was said: by what the clinician did about it, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.reactions import DIRE
from simulator.voices import Part

if TYPE_CHECKING:
    from scoring.scorecard import Reading
    from simulator.memory import Memory
    from simulator.scenario import Scenario
    from simulator.understanding import Understood

ABOUT_DANGER: frozenset[str] = frozenset(["suicide", "self_harm", "harm_others"])
"""Topics by which a danger is asked about. Where the means are kept ("any guns at home?") has an answer of its own."""
_SURE = 0.4
"""Certainty from which a question counts as one about danger though none of its usual words were said."""


def going_on(
    scenario: Scenario, memory: Memory, reading: Reading, understood: Understood, told: str | None
) -> Part | None:
    """Return how the patient goes on about a danger that was said, once; None where this reply is not about it.

    Args:
        scenario: Whose danger it is; the words are the educator's.
        memory: What was said so far; a danger that has been asked about is closed in it.
        reading: The reply as the patient takes it.
        understood: What was asked, offered, touched on.
        told: The concern said in the patient's last words, if one was.
    """
    if memory.danger is None or memory.told_at == memory.seq:
        return None
    danger = scenario.concern(memory.danger).danger
    assert danger is not None
    asked = ABOUT_DANGER.intersection(understood.asked) or (
        understood.any_act("checks_risk") and understood.questions and "means" not in understood.asked
    )
    checked = any(m.move == "checks_safety" and m.certainty >= _SURE for m in reading.moves)
    if asked or (checked and not understood.asked and not understood.any_act("anothers_life")):
        memory.danger = None
        return Part("danger:asked", (danger.asked,))
    if told == memory.danger and reading.does(*DIRE):
        return Part("danger:ignored", (danger.ignored,))
    return None
