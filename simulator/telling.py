"""How something is confided: whole, or a part first and the rest once that was received; sometimes a hint before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.gates import asks_what_weighs, trust_for
from simulator.noticing import met, overlap, wounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scoring.scorecard import Reading, Scorecard
    from simulator.in_turn import Asked
    from simulator.memory import Memory
    from simulator.scenario import Concern
    from simulator.understanding import Understood

_EASILY = 8
"""Points of trust above the gate from which most things are told whole."""
_IN_TWO = 0.5
"""How often something is told in two goes even then."""
_SHY = 0.5
"""How often somebody comes near something first, and tells it when that is taken up."""
_SURE_OF_IT = 12
"""Points of trust above the gate from which nobody comes near it first."""
_STAYS = 4
"""Replies for which what was begun stays on the tip of their tongue."""
_LATE = 9
"""The reply from which things are told whole: there may not be many more."""
_TAKEN_UP = 0.25
"""Share of the telling words of what was begun from which a reply takes it up."""


def rest_of(concern: Concern) -> str:
    """Return what is left to say of something once its beginning has been said."""
    return concern.says.removeprefix(concern.begins).strip()


def tells_in_two(memory: Memory, concern: Concern, trust: float) -> bool:
    """Return True if only the beginning comes out now; what is about danger is said whole."""
    if not concern.begins or concern.danger is not None or concern.id in memory.begun or memory.seq >= _LATE:
        return False
    if trust < trust_for(concern, memory.heard_times) + _EASILY:
        return True
    return memory.nature(f"in two {concern.id}") < _IN_TWO


def shy_of(memory: Memory, trust: float) -> frozenset[str]:
    """Return the concerns that they come near first before they tell them, those about danger never among them."""
    return frozenset(
        concern.id
        for concern in memory.scenario.concerns
        if concern.danger is None
        and concern.id not in memory.hinted
        and trust < trust_for(concern, memory.heard_times) + _SURE_OF_IT
        and memory.nature(f"shy {concern.id}") < _SHY
    )


def takes_up(reading: Reading, concern: Concern) -> bool:
    """Return True if a reply has the words of what was begun in it."""
    return overlap(reading.reply, concern.begins, reading.language) >= _TAKEN_UP


def goes_on_with(
    memory: Memory,
    reading: Reading,
    scorecard: Scorecard,
    understood: Understood,
    near: Mapping[str, tuple[str, ...]],
    asked: Asked | None,
) -> Concern | None:
    """Return what was begun in their last words, if this reply receives it: then they tell the rest.

    Who is asked something else that has an answer gives that; the rest waits until there is room for it. Before they
    choose or agree to a plan they finish.
    """
    lately = [one for one, at in memory.begun.items() if one not in memory.disclosed and memory.seq - at <= _STAYS]
    if not lately:
        return None
    begun = lately[-1]
    concern = memory.scenario.concern(begun)
    if wounds(reading, scorecard):
        return None
    taken_up = takes_up(reading, concern)
    close = begun in understood.concerns or any(begun in near.get(topic, ()) for topic in understood.asked)
    if memory.begun[begun] < memory.seq - 1 and asked == "answer" and not (begun in understood.concerns or taken_up):
        return None
    if asked == "answer" and not (close or taken_up or asks_what_weighs(understood)):
        return None
    asks_on = understood.questions > 0 and not understood.asked and not understood.proposals
    received = (
        (close and understood.questions > 0)
        or met(scorecard)
        or taken_up
        or asks_on
        or understood.any_act("nods", "silence", "tell_me_more")
    )
    return concern if received else None
