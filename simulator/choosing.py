"""Which way the patient picks or agrees to: one that was offered, in a line that names it, or none, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.turn import PlanHeard

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.reactions import Feelings
    from simulator.understanding import Understood
    from simulator.voices import Part

_INSTEAD = ("wait", "lower", "talk", "test", "refer", "switch", "stop")
"""What somebody who does not want what is on the table picks first, of what is offered."""
_THE_PLAN = frozenset(["start", "raise", "keep"])
_ORDERS = ("prescribes", "insists", "threatens")
"""Acts that put a plan over somebody's head."""
_OFFERED = 15
"""What it counts for, in willingness, that a way was one of several put to them, or what they confided asks for it."""
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
        memory.picked = PlanHeard("on_the_table", settled=True)
        return replier.stock("choice_willing", openness)
    right = replier.ear.plans.right_steps(memory.disclosed)  # What they confided asks for it, so it comes first.
    pick = next((name for name in (*right, *_INSTEAD) if name in offered), None)
    if pick is not None:
        memory.chose = "instead"
        among = next((one.among for one in reversed(memory.plans) if one.among), ())
        memory.picked = replier.ear.plans.picked(pick, among, memory.disclosed)
        part = replier.stock("choice_unwilling" if pick == "wait" else f"{pick}_willing", openness)
        return replace(part, act="choice_instead")
    if understood.any_act("something_else"):
        memory.chose = "instead"
        return replace(replier.stock("choice_other", openness), act="choice_instead")
    return replier.stock("choice_none" if leaning != "willing" or ruled_out else "choice_willing", openness)


def _told_to(plan: PlanHeard, understood: Understood) -> bool:
    """Return True if a plan is put over their head, or nothing was named and they are told what to do."""
    if understood.any_act(*_ORDERS) and not understood.questions:
        return True
    return understood.any_act("directs") and not plan.by_name


def winds_up_a_way(plan: PlanHeard, understood: Understood) -> bool:
    """Return True if a reply settles, if in few words, on another way that was put to them before."""
    return plan.settled and plan.again and plan.elsewhere and not _told_to(plan, understood)


def willing_to_it(replier: Replier, feelings: Feelings) -> float:
    """Return how willing they are, 0–100, to what was settled on last: what is on the table, or another way.

    How willing they are to what is on the table says little about another way: who trusts, or was offered it as one of
    several, goes along with it, and so does whoever confided why the first will not do.
    """
    memory = replier.memory
    settled = memory.settled_on
    if settled is None or not settled.elsewhere:
        return feelings.willingness
    offered = any(settled.way in one.among for one in memory.plans)
    ruled_out = bool(replier.ear.plans.right_steps(memory.disclosed))
    return max(feelings.willingness, feelings.trust) + (_OFFERED if offered or ruled_out else 0)


def takes_up(replier: Replier, understood: Understood, feelings: Feelings) -> Part | None:
    """Return what they say to another way that is put to them as what will be done ("So bupropion then"), if one is.

    Args:
        replier: Who is asked; what the reply named is in their memory.
        understood: What was made of the reply.
        feelings: How they stand.
    """
    memory, openness = replier.memory, feelings.openness
    plan = memory.plans[-1]
    if not plan.settled or not plan.elsewhere or _told_to(plan, understood):
        return None
    if not plan.by_name and not plan.again:
        return None  # Put to them for the first time in general words, it is answered as the step that it is.
    if memory.chose == "instead":
        return replier.stock("plan_instead", openness)
    leaning = replier.leaning(willing_to_it(replier, feelings))
    step = replier.ear.plans.step_of(plan.way)
    return replier.stock(f"{'plan' if plan.again or step == 'keep' else step}_{leaning}", openness)
