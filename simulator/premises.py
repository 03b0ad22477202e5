"""What a reply takes for granted: that they have met, that something is being taken, that it must be pressed on them.

Anybody says at once that it is not so. Who came in for what is on the table does not complain at being given it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.last_words import came_for_it
from simulator.room import fresh

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.understanding import Understood
    from simulator.voices import Part

NEVER_MET, NOT_TAKING, GIVEN = "never_met", "not_taking", "given_it"
_AS_IF_PRESSED = {"threatens": "choice_willing", "insists": "preference_willing"}
"""How somebody answers to being pressed who came for it: as when asked."""


def put_right(replier: Replier, understood: Understood, openness: Openness) -> Part | None:
    """Return how the patient says that something taken for granted is not so; each is said once in a visit."""
    memory, scenario = replier.memory, replier.scenario
    found = None
    if understood.any_act("met_before") and scenario.visit.is_first_meeting:
        found = NEVER_MET
    elif understood.any_act("keeps_on") and understood.any_act("directs") and not understood.questions:
        begun = memory.chose or any(one.settled for one in memory.plans[:-1])
        found = NOT_TAKING if not scenario.taken_already and not begun else None
    if found is None or found in memory.put_right:
        return None
    memory.put_right.add(found)
    return replier.stock(found, openness)


def given_it(replier: Replier, act: str, understood: Understood, openness: Openness) -> Part | None:
    """Return how somebody takes it who came in for what is on the table, where it is decided for them in haste.

    Args:
        replier: Who came in for it, or did not; what they confided may have changed that.
        act: How it would be taken otherwise.
        understood: What was made of the reply.
        openness: Guarded or open.
    """
    memory, scenario = replier.memory, replier.scenario
    ruled_out = any(c.changes_the_plan and c.id in memory.disclosed for c in scenario.concerns)
    if not came_for_it(scenario) or ruled_out or memory.overtaken or memory.chose == "instead":
        return None
    if memory.harsh:
        return None  # Nobody says that they are glad of it to somebody by whom they were insulted.
    pressed = next((answer for name, answer in _AS_IF_PRESSED.items() if understood.any_act(name)), None)
    of_the_plan = understood.plan or understood.any_act("prescribes") or bool(understood.proposals)
    if pressed is None and act != "prescribed" and not of_the_plan:
        return None
    for name in dict.fromkeys((pressed or "plan_willing", "plan_willing")):
        part = replier.stock(name, openness)
        lines = tuple(line for line in part.lines if fresh(memory, (line,)))
        if lines:
            return replace(part, act=GIVEN, lines=lines, instead=())
    return None
