"""Who sits in with the patient: asked for a word alone, they go, and nothing said after it has them in the room."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.voices import Part

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.understanding import Understood

_LEAVES = "companion_leaves"
_GESTURE = re.compile(r"\s*\([^()]*\)")


def asked_to_leave(replier: Replier, understood: Understood) -> Part | None:
    """Return how the companion goes, if this reply asks for a word alone and somebody is there to be asked."""
    companion, memory = replier.scenario.companion, replier.memory
    if companion is None or memory.alone_at is not None or not understood.any_act("asks_alone"):
        return None
    memory.alone_at = memory.seq
    return Part(_LEAVES, (companion.leaves,))


def _without(line: str, marks: tuple[str, ...]) -> str:
    """Return a line without the gestures that have the companion in the room."""
    bare = _GESTURE.sub(lambda found: "" if any(mark in found.group(0) for mark in marks) else found.group(0), line)
    return bare.strip()


def in_private(replier: Replier, parts: list[Part], openness: Openness) -> list[Part]:
    """Return the parts without what can only be said while the companion is there, once they have gone.

    Where every line of a part has them in the room, it is said without that gesture, or a gesture stands for it.
    """
    companion = replier.scenario.companion
    if companion is None or replier.memory.alone_at is None:
        return parts
    marks = companion.marks
    gone = replier.memory.alone

    def free(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line for line in lines if not any(mark in line for mark in marks))

    made = []
    for part in parts:
        if not gone:
            gone = part.act == _LEAVES
            made.append(part)
            continue
        lines, instead = free(part.lines), free(part.instead)
        lines = lines or instead or free(tuple(filter(None, (_without(line, marks) for line in part.lines))))
        if part.lines:
            made.append(replace(part, lines=lines or replier.stock("wordless", openness).lines, instead=instead))
        else:
            made.append(part)
    return made
