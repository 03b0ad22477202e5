"""Which of several ways the patient picks: one that was offered, in a line that names it, or none, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.understanding import Understood
    from simulator.voices import Part

_INSTEAD = ("wait", "lower", "talk", "test", "refer", "switch", "stop")
"""What somebody who does not want what is on the table picks first, of what is offered."""
_THE_PLAN = frozenset(["start", "raise", "keep"])
_FRESH = 2
"""Turns after something was confided in which nobody says yes as if it had not been."""


def chosen(replier: Replier, understood: Understood, openness: Openness, leaning: str) -> Part:
    """Return the pick, and remember it.

    Args:
        replier: Who picks; what was confided may rule out what is on the table.
        understood: What was offered.
        openness: Guarded or open.
        leaning: How they stand to what is on the table: willing, unsure or unwilling.
    """
    memory = replier.memory
    ruled_out = any(c.changes_the_plan and c.id in memory.disclosed for c in replier.scenario.concerns)
    if leaning == "willing" and not ruled_out and memory.seq - memory.told_at <= _FRESH:
        leaning = "unsure"
    if leaning == "unsure" and not ruled_out:
        return replier.stock("choice_unsure", openness)
    offered = understood.proposals
    if leaning == "willing" and not ruled_out and (_THE_PLAN.intersection(offered) or understood.any_act("goes_ahead")):
        memory.chose = "plan"
        return replier.stock("choice_willing", openness)
    pick = next((name for name in _INSTEAD if name in offered), None)
    if pick is not None:
        memory.chose = "instead"
        part = replier.stock("choice_unwilling" if pick == "wait" else f"{pick}_willing", openness)
        return replace(part, act="choice_instead")
    if understood.any_act("something_else"):
        memory.chose = "instead"
        return replace(replier.stock("choice_other", openness), act="choice_instead")
    return replier.stock("choice_none" if leaning != "willing" or ruled_out else "choice_willing", openness)
