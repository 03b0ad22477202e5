"""What a patient does with a reply that wanders: each in their manner, and by what was in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.everyday import said
from simulator.room import pacing
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from scoring.scorecard import Reading
    from simulator.answering import Replier
    from simulator.everyday import Openness, Said
    from simulator.initiative import Initiative
    from simulator.understanding import Understood
    from simulator.voices import Part

_WANDERING = 25
"""Words from which a reply that turns to something else and hardly to the patient has lost them."""
_TURNED_TO = 0.08
"""Share of words that speak to the patient from which a reply is about them all the same."""
_STRAYS = 2
"""Turns of speech out of `wanders` that make a reply one that has lost its thread."""
_LOST_EVERY = 3
"""Turns between two remarks on not being able to follow."""
_WHAT_THEY_CAME_FOR = "medicine"
"""What of a ramble is taken up before anything else in it, once."""
_ABOUT_IT = 3
"""How much likelier a question of their own is where medicines were spoken of."""


def loses_the_thread(words: tuple[str, ...], stock: Said) -> bool:
    """Return True for a long reply that turns from one thing to another and hardly to the patient."""
    to_them = sum(word in stock.to_them for word in words)
    if len(words) < _WANDERING or to_them >= len(words) * _TURNED_TO:
        return False
    return len(stock.wanders.all_in(words)) >= _STRAYS


def wandered(
    replier: Replier, initiative: Initiative, reading: Reading, understood: Understood, openness: Openness
) -> list[Part]:
    """Return what a patient says to a reply that turns from one thing to another and hardly to them.

    The plan, where it was named in it, is the one thing that is about them. Otherwise it is a matter of manner, of
    what was in it, and of chance; nobody does the same twice in a row.
    """
    memory = replier.memory
    if replier.ear.names_the_plan(reading.reply):
        memory.lost_way = "plan"
        return [replier.stock("plan_muddled", openness)]
    held = said(replier.scenario.language).rambles.names_in(words_of(reading.reply))
    pick = held[int(memory.chance("picks") * len(held))] if held else ""
    pick = _WHAT_THEY_CAME_FOR if _WHAT_THEY_CAME_FOR in held and not memory.spoke_of_it else pick

    def takes_up() -> list[Part]:
        return [replier.stock(f"ramble_{pick}", openness)] if pick else []

    def lost() -> list[Part]:
        if memory.seq - memory.lost_at < _LOST_EVERY:
            return []
        memory.lost_at = memory.seq
        return [replier.stock("long_speech", openness)]

    def asks() -> list[Part]:
        """Ask something about the medicine, where medicines are spoken of or were."""
        return initiative.wonders(understood) if "medicine" in held or memory.plan_named else []

    def back() -> list[Part]:
        returning = initiative.comes_back(reading)
        return [] if returning is None else [returning]

    ways: dict[str, Callable[[], list[Part]]] = {
        "takes_up": takes_up,
        "lost": lost,
        "quiet": lambda: [replier.stock("wordless", openness)],
        "asks": asks,
        "back": back,
    }
    weights = dict(pacing()["lost"][replier.scenario.patient.speech])
    if "medicine" in held:
        weights["asks"] *= _ABOUT_IT
    weights.pop(memory.lost_way, None)
    while weights:
        left = memory.chance(f"lost {len(weights)}") * sum(weights.values())
        for way, weight in weights.items():  # noqa: B007  the last one stands where rounding leaves nothing
            left -= weight
            if left < 0:
                break
        parts = ways[way]()
        if parts:
            memory.lost_way = way
            memory.spoke_of_it = memory.spoke_of_it or (way == "takes_up" and pick == _WHAT_THEY_CAME_FOR)
            return parts
        del weights[way]
    memory.lost_way = "quiet"
    return ways["quiet"]()
