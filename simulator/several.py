"""Two answers in one breath: which question each answers is plain, and no bare no follows on another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.everyday import said, topic_phrases
from simulator.voices import gestures_of, without_gestures
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.voices import Part

_SHORT = 5
"""Words up to which a sentence that begins with a no is nothing but a no."""
_ADDS = 4
"""Words from which what follows a no adds something to it."""


def _names(line: str, topic: str, language: str) -> bool:
    """Return True if a line says by itself what it is about."""
    return any(found.name == topic for found in topic_phrases(language).all_in(words_of(line)))


def _beyond_no(line: str, language: str) -> str | None:
    """Return what a line says after its bare no, which may be nothing; None where it begins with none."""
    left = sentences_of(without_gestures(line, gestures_of(line)))
    bare = said(language).bare_no
    count = 0
    while count < len(left):
        words = words_of(left[count])
        if not words or words[0] not in bare or len(words) > _SHORT:
            break
        count += 1
    return " ".join(left[count:]) if count else None


def _neither(replier: Replier, first: Part, second: Part, openness: Openness) -> list[Part] | None:
    """Return one no to both, with whatever the longer answer adds; None where either is more than a no."""
    language = replier.scenario.language
    beyond = [_beyond_no(part.lines[0], language) if part.lines else None for part in (first, second)]
    if beyond[0] is None or beyond[1] is None or first.tells is None:
        return None
    adds = max((text for text in beyond if text is not None), key=len)
    adds = adds if len(words_of(adds)) >= _ADDS else ""
    no = replier.stock("neither", openness)
    lines = tuple(f"{line} {adds}".strip() for line in no.lines)
    if second.tells is not None:
        replier.memory.answered.setdefault(second.tells[0], set()).add(second.tells[1])
    return [replace(first, lines=lines, instead=(*no.instead, *first.lines))]


def told_apart(replier: Replier, parts: list[Part], openness: Openness) -> list[Part]:
    """Return answers to two questions so that each is clear.

    Two that are nothing but a no become one to both. A second one that does not say what it is about has it named
    before it ("Sleep? Like a dead person."); where that has no short name, only the first question is answered.
    """
    if len(parts) != 2 or parts[1].tells is None:
        return parts
    first, second = parts
    both = _neither(replier, first, second, openness)
    if both is not None:
        return both
    language, topic = replier.scenario.language, parts[1].tells[0]
    plain = tuple(line for line in second.lines if _names(line, topic, language))
    if plain:
        return [first, replace(second, lines=plain)]
    named = said(language).named.get(topic)
    if named is None:
        return [first]
    lead = replier.manner.acts["names_it"].lines(openness)[0].replace("{topic}", named)
    return [first, replace(second, lead=lead[:1].upper() + lead[1:])]
