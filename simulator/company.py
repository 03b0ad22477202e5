"""Who sits in with the patient: what is not said while they listen, and how they go when asked for a word alone.

While they listen, nothing open is said about them, nor what is tender or about danger, and a concern marked
`only_alone` waits: the patient lets the clinician see, once, that there is something for their ears alone. Once they
have gone, nothing that is said has them in the room.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.everyday import topics
from simulator.voices import Part
from simulator.words import words_of

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness, Topic
    from simulator.memory import Memory
    from simulator.scenario import Companion, Concern, Fact
    from simulator.understanding import Understood

LEAVES = "companion_leaves"
_OWN = ("moment:", "more:", "hint:", "begins:", "discloses:", "danger:")
"""What the acts begin with whose lines the scenario has placed itself."""
_DELICATE = frozenset(["been_like", "hardest", "matters_most", "want_known", "feeling_asked", "fears", "mood", "told"])
"""What the acts are that are delicate while somebody listens, topics among them."""
_SOON, _NOW_AND_THEN = 2, 4
"""Replies after which somebody who listens is noticed again, where something is delicate and where nothing is."""
_NOT_BEFORE = ("moment:", "closing", "hint:", "begins:", "discloses:", "insult", "silence")
"""What the acts begin with before which nobody is glanced at: the scenario has placed those lines."""
_GESTURE = re.compile(r"\s*\([^()]*\)")


def asked_to_leave(replier: Replier, understood: Understood) -> Part | None:
    """Return how the companion goes, if this reply asks for a word alone and somebody is there to be asked."""
    companion, memory = replier.scenario.companion, replier.memory
    if companion is None or memory.alone_at is not None or not understood.any_act("asks_alone"):
        return None
    memory.alone_at = memory.seq
    return Part(LEAVES, (companion.leaves,))


def _speaks_of(companion: Companion, line: str) -> bool:
    """Return True if the line speaks of the companion, and not so that only the clinician notices."""
    if any(mark in line for mark in companion.marks):
        return False
    called = {word for name in companion.called for word in words_of(name)}
    return not called.isdisjoint(words_of(line))


def kept_to_oneself(memory: Memory, known: Topic | None, fact: Fact) -> bool:
    """Return True if an open answer is not given while the companion listens: it is tender, or about them."""
    companion = memory.scenario.companion
    if companion is None or not memory.overheard or any(mark in fact.open for mark in companion.marks):
        return False
    delicate = known is not None and (known.tender or known.safety)
    return delicate or any(_speaks_of(companion, text) for text in (fact.open, *fact.asked_as))


def word_alone(memory: Memory, concern: Concern) -> list[Part] | None:
    """Return what comes instead of a concern that somebody would overhear; None where it can be said."""
    companion = memory.scenario.companion
    if companion is None or not memory.overheard or not concern.only_alone:
        return None
    if memory.word_alone_asked or not companion.asks_alone:
        return []
    memory.word_alone_asked = True
    memory.hinted[concern.id] = memory.seq
    return [Part(f"hint:{concern.id}", companion.asks_alone)]


def _unheard(companion: Companion, part: Part) -> Part:
    """Return a part without its lines about whoever is listening, where it has others."""
    if part.act.startswith(_OWN) or part.tells is not None:
        return part
    lines, instead = (
        tuple(line for line in some if not _speaks_of(companion, line)) for some in (part.lines, part.instead)
    )
    return replace(part, lines=lines or instead or part.lines, instead=instead)


def _noticed(replier: Replier, companion: Companion, parts: list[Part]) -> list[Part]:
    """Return the parts with a sign that somebody listens, where something is delicate, and now and then.

    Lines in which they are noticed come first; where there are none, a glance at them goes before.
    """
    memory = replier.memory
    known = topics(replier.scenario.language)
    held = [any(mark in line for line in part.lines for mark in companion.marks) for part in parts]
    if any(held) and all(any(mark in line for mark in companion.marks) for part in parts for line in part.lines):
        memory.noticed_at = memory.seq
        return parts
    asked = {part.act.removeprefix("answer:") for part in parts}
    grave = any(name in known and known[name].safety for name in asked)
    delicate = grave or any(act in _DELICATE for act in asked)
    every = 1 if grave else _SOON if delicate else _NOW_AND_THEN
    if not parts or memory.seq - memory.noticed_at < every or any(part.act.startswith(_NOT_BEFORE) for part in parts):
        return parts
    memory.noticed_at = memory.seq
    if held[0]:
        of_them = tuple(line for line in parts[0].lines if any(mark in line for mark in companion.marks))
        return [replace(parts[0], lines=of_them, instead=(*parts[0].lines, *parts[0].instead)), *parts[1:]]
    plain = tuple(line for line in parts[0].lines if not line.startswith("("))
    if not companion.noticed or not plain:
        return parts
    return [Part("noticed", companion.noticed, needed=False), replace(parts[0], lines=plain), *parts[1:]]


def _without(line: str, marks: tuple[str, ...]) -> str:
    """Return a line without the gestures that have the companion in the room."""
    bare = _GESTURE.sub(lambda found: "" if any(mark in found.group(0) for mark in marks) else found.group(0), line)
    return bare.strip()


def in_private(replier: Replier, parts: list[Part], openness: Openness) -> list[Part]:
    """Return the parts without what is not said while the companion listens, or only while they are there.

    Where every line of a part has them in the room, it is said without that gesture, or a gesture stands for it.
    """
    companion = replier.scenario.companion
    if companion is None:
        return parts
    if replier.memory.overheard:
        return _noticed(replier, companion, [_unheard(companion, part) for part in parts])
    marks = companion.marks
    gone = replier.memory.alone

    def free(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(line for line in lines if not any(mark in line for mark in marks))

    made = []
    for part in parts:
        if not gone:
            gone = part.act == LEAVES
            made.append(part)
            continue
        lines, instead = free(part.lines), free(part.instead)
        lines = lines or instead or free(tuple(filter(None, (_without(line, marks) for line in part.lines))))
        if part.lines:
            made.append(replace(part, lines=lines or replier.stock("wordless", openness).lines, instead=instead))
        else:
            made.append(part)
    return made
