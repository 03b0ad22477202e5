"""What else a patient says of what was just asked, where a reply only asks for more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.everyday import said, topics
from simulator.noticing import content_roots
from simulator.room import fresh
from simulator.voices import Part

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness


def more_of_the_last(replier: Replier, reply: str, openness: Openness) -> list[Part]:
    """Return what else they say of the topic that they have just answered; empty where there is nothing safe.

    Only a reply that names nothing of its own ("Can you tell me more about that?") asks for that. Where their own story
    answers a topic that an everyday line could contradict, nothing more is said of it.
    """
    memory, language = replier.memory, replier.scenario.language
    topic, seq = memory.answered_last
    known, entry = topics(language).get(topic), replier.manner.topics.get(topic)
    if known is None or entry is None or seq != memory.seq - 1:
        return []
    if known.safety or (known.own and topic in replier.ear.facts):
        return []
    if content_roots(reply, language) - content_roots(" ".join(said(language).asks_on), language):
        return []
    lines = tuple(line for line in entry.lines(openness, heavy=memory.heavy) if fresh(memory, (line,)))
    return [Part(f"answer:{topic}", lines, tells=(topic, openness))] if lines else []
