"""What the patient answers to what they have answered before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.everyday import topics
from simulator.noticing import content_roots
from simulator.voices import Part, filled_in

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.understood import Understood

_SAME = 0.75
"""Share of content words in common with an earlier reply from which a question is the same question."""


def again(replier: Replier, topic: str, openness: Openness, understood: Understood) -> Part:
    """Return the answer to a topic that was answered before.

    The same question gets the same answer. Another one is taken for what it may be about besides, if that is unsaid; or
    it gets an everyday line where they have told nothing of their own: beside that, such a line could say the opposite.
    """
    known = topics(replier.scenario.language).get(topic)
    fact = replier.ear.facts.get(topic)
    same = _asked_before(replier)
    meant = dict(understood.or_else).get(topic)
    if meant is not None and not same and _is_unsaid(replier, meant):
        return replier.about(meant, openness, replace(understood, or_else=()))
    name = known.about if known is not None else ""  # Their own topics have a name in their file only.
    acts = replier.manner.acts["already_said"]
    own = (*acts.guarded, *acts.open) if acts.stock is not None else acts.lines(openness)
    others = (acts.stock or acts).guarded + (acts.stock or acts).open
    fitting = [filled_in(some, {"topic": name}) for some in (own, others)]
    said = Part("already_said", fitting[0], acts.thinks, instead=tuple(dict.fromkeys(fitting[1])))
    entry = replier.manner.topics.get(topic)
    fresh = known is not None and fact is None and not (known.safety or known.tender)
    if not fresh or entry is None or same:
        return said
    lines = list(entry.lines(openness, heavy=replier.memory.heavy))
    return Part(f"answer:{topic}", tuple(lines), instead=said.instead, tells=(topic, openness))


def _is_unsaid(replier: Replier, topic: str) -> bool:
    """Return True if there is a fact about a topic of which nothing was said yet."""
    fact = replier.ear.facts.get(topic)
    alike = [name for name, other in replier.ear.facts.items() if other is fact]
    return fact is not None and not any(name in replier.memory.answered for name in alike)


def _asked_before(replier: Replier) -> bool:
    """Return True if the trainee has said the same before."""
    latest, *earlier = reversed(replier.memory.replies)
    language = replier.scenario.language
    return any(_alike(latest, before, language) >= _SAME for before in earlier)


def _alike(reply: str, other: str, language: str) -> float:
    """Return the share of the longer text's content words that the two have in common, 0–1."""
    mine, theirs = content_roots(reply, language), content_roots(other, language)
    return len(mine & theirs) / max(len(mine), len(theirs), 1)
