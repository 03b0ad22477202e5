"""What of a patient's own fits what was just said: near to it, and not said before in other words."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.content import read_content
from simulator.everyday import said, same_words
from simulator.words import root, sentences_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scoring.scorecard import Reading
    from simulator.memory import Memory
    from simulator.understanding import Ear, Understood

_TOLD = 2
"""Telling words that two sentences must share at least to say the same thing."""
_ALIKE = 0.6
"""Share of the shorter sentence's telling words from which two sentences say the same thing."""
_NEAR = 2
"""Words and topics in common from which something is near what was said."""
_WELL_ON = 8
"""The reply from which they ask of their own accord what is to be done."""
_AHEAD = 4
"""Moments among which one may be brought up before its turn because it is near what was said."""
_TURNS = 2
"""Moments among which the visit's seed chooses where none of them is near."""


@cache
def pacing() -> dict[str, Any]:
    """Return how long patients wait and how much they add, by manner of speech."""
    found: dict[str, Any] = read_content(Path(__file__).with_name("pacing.yaml"))
    return found


@lru_cache(maxsize=8192)
def about(text: str, language: str) -> tuple[frozenset[str], ...]:
    """Return the telling words of each sentence, by their roots, words for the same thing counted as one."""
    little, same = said(language).carries_little, same_words(language)
    told = (
        frozenset(root(same.get(word, word)) for word in words_of(sentence) if word not in little)
        for sentence in sentences_of(text)
    )
    return tuple(found for found in told if found)


def again(memory: Memory, line: str) -> bool:
    """Return True if a sentence of a line says what was said in this visit before, if in other words."""
    for mine in about(line, memory.scenario.language):
        for theirs in memory.in_words:
            common = len(mine & theirs)
            if common >= _TOLD and common >= _ALIKE * min(len(mine), len(theirs)):
                return True
    return False


def fresh(memory: Memory, lines: Iterable[str]) -> tuple[str, ...]:
    """Return the lines that say nothing again."""
    return tuple(line for line in lines if not again(memory, line))


def nearness(memory: Memory, ear: Ear, understood: Understood, line: str) -> int:
    """Return how much a line of the patient's has to do with the reply and with what they had said themselves."""
    language = memory.scenario.language
    mine: frozenset[str] = frozenset().union(*about(line, language))
    talk: frozenset[str] = frozenset().union(*about(memory.replies[-1], language), *about(memory.heard, language))
    spoken_of = understood.touched.union(understood.asked, ear.touched_by(memory.heard))
    return len(mine & talk) + _NEAR * len(ear.touched_by(line) & spoken_of)


def on_the_plan(reading: Reading, understood: Understood) -> bool:
    """Return True if a reply speaks of what is to be done."""
    does = reading.does("orders", "agrees_plan", "offers_options", "weighs_tradeoffs")
    return does or bool(understood.proposals) or understood.plan or understood.directs


def nearest(memory: Memory, ear: Ear, understood: Understood, *, planning: bool = False) -> tuple[int, bool] | None:
    """Return the moment to bring up, by its index, and whether it is near what was said; None where none fits.

    What they have said already in other words waits, and so do small things from before what they confided, and what
    is to be decided until that is spoken of or the visit is well on. Where nothing is near, the seed chooses between
    the next two.

    Args:
        memory: The visit's memory.
        ear: What a text is about.
        understood: What the patient made of the reply.
        planning: The reply speaks of what is to be done.
    """
    moments = memory.scenario.moments
    left = [at for at in memory.waiting_moments if not again(memory, moments[at].patient)]
    decides = planning or memory.plan_raised or memory.seq >= _WELL_ON
    left = [at for at in left if decides or "sdm" not in moments[at].calls_for] or left
    past = max((at for at, one in enumerate(moments) if one.leads_to in memory.disclosed), default=-1)
    left = [at for at in left if at > past or moments[at].leads_to] or left
    # "And another thing" follows on something, and is no answer to an open question.
    joins = said(memory.scenario.language).joins
    begins = [at for at in left if not joins.issuperset(words_of(moments[at].patient)[:1])]
    hanging = set(left).difference(begins) if understood.questions else set()
    if planning:
        left = [at for at in left if "sdm" in moments[at].calls_for] or left
    if not left:
        return None
    near = [
        (nearness(memory, ear, understood, f"{moments[at].patient} {moments[at].subject}"), -at) for at in left[:_AHEAD]
    ]
    much, place = max(near)
    if much >= _NEAR:
        return -place, True
    if planning:
        return (left[0], True) if "sdm" in moments[left[0]].calls_for else None
    left = [at for at in left if at not in hanging] or left
    return left[int(memory.chance("moment") * min(_TURNS, len(left)))], False
