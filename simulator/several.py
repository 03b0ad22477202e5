"""Two answers in one breath: which question each answers is plain, and no bare no follows on another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.everyday import said, topic_phrases
from simulator.voices import gestures_of, without_gestures
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.memory import Memory
    from simulator.understanding import Understood
    from simulator.voices import Part

_SHORT = 5
"""Words up to which a sentence that begins with a no is nothing but a no."""
_ADDS = 4
"""Words from which what follows a no adds something to it."""


_LISTED = 3
"""Pieces between commas from which a question is a list, each piece a question of its own."""
_PIECE = 5
"""Words that such a piece may have."""
_TWO_BRIEF = 40
"""Words up to which two answers out of a list go into one breath."""
_LIST_STAYS = 3
"""Replies for which what is left of a list is remembered."""
_POINTS = 7
"""Words up to which a reply only points back to it ("ok and the last one?")."""
_NAMES = 3
"""Words up to which a reply only names a topic."""
_BRIEF, _ALL_BRIEF = 16, 34
"""Words up to which an answer is short enough to be one of three in a breath, and up to which all three are."""


def listed(sentence: str) -> tuple[str, ...]:
    """Return the pieces of a question that is a list ("any allergies, other meds, pain?"); the question itself else."""
    pieces = tuple(piece for piece in sentence.split(",") if piece.strip())
    a_list = len(pieces) >= _LISTED and all(len(words_of(piece)) <= _PIECE for piece in pieces)
    return pieces if a_list else (sentence,)


def _names(line: str, topic: str, language: str) -> bool:
    """Return True if a line says by itself what it is about."""
    return any(found.name == topic for found in topic_phrases(language).all_in(words_of(line)))


def beyond_no(line: str, language: str) -> str | None:
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
    beyond = [beyond_no(part.lines[0], language) if part.lines else None for part in (first, second)]
    if beyond[0] is None or beyond[1] is None or first.tells is None:
        return None
    tells = said(language).asking.tells
    if any(text and words_of(text)[:1] and words_of(text)[0] not in tells for text in beyond):
        return None  # "No. Ibuprofen, for my wrists" is no plain no.
    adds = max((text for text in beyond if text is not None), key=len)
    adds = adds if len(words_of(adds)) >= _ADDS else ""
    no = replier.stock("neither", openness)
    lines = tuple(f"{line} {adds}".strip() for line in no.lines)
    if second.tells is not None:
        replier.memory.answered.setdefault(second.tells[0], set()).add(second.tells[1])
    return [replace(first, lines=lines, instead=(*no.instead, *first.lines))]


def briefly(parts: list[Part]) -> list[Part] | None:
    """Return answers with their short lines only; None where one has none, or they are too much for one breath."""
    short = [tuple(line for line in part.lines if len(words_of(line)) <= _BRIEF) for part in parts]
    if not all(short) or any(part.tells is None for part in parts):
        return None
    if sum(min(len(words_of(line)) for line in lines) for lines in short) > _ALL_BRIEF:
        return None
    return [replace(part, lines=lines, instead=()) for part, lines in zip(parts, short, strict=True)]


def _named(replier: Replier, part: Part, openness: Openness) -> Part | None:
    """Return an answer that says by itself what it is about, or with that named before it; None where it can't be."""
    assert part.tells is not None
    language, topic = replier.scenario.language, part.tells[0]
    plain = tuple(line for line in part.lines if _names(line, topic, language))
    if plain:
        return replace(part, lines=plain)
    named = said(language).named.get(topic)
    if named is None:
        return None
    lead = replier.manner.acts["names_it"].lines(openness)[0].replace("{topic}", named)
    opening = len(lead) - len(lead.lstrip("¿"))  # Spanish opens a question before its first letter.
    return replace(part, lead=lead[: opening + 1].upper() + lead[opening + 1 :])


def told_apart(replier: Replier, parts: list[Part], openness: Openness) -> list[Part]:
    """Return answers to several questions so that each is clear.

    Two that are nothing but a no become one to both. A later one that does not say what it is about has it named
    before it ("Sleep? Like a dead person."); where that has no short name, it is left out.
    """
    if len(parts) < 2 or any(part.tells is None for part in parts[1:]):
        return parts[:2]
    both = _neither(replier, parts[0], parts[1], openness)
    said_first, rest = (both, parts[2:]) if both is not None else (parts[:1], parts[1:])
    return [*said_first, *(named for part in rest if (named := _named(replier, part, openness)) is not None)]


def in_one_breath(replier: Replier, asked: Sequence[str], openness: Openness, understood: Understood) -> bool:
    """Return True if all that was asked has answers that are short enough together."""
    memory = replier.memory
    evaded = memory.evaded
    brief = len(asked) == _LISTED and briefly([replier.about(one, openness, understood) for one in asked])
    memory.evaded = evaded
    return bool(brief)


def of_a_list(replier: Replier, asked: Sequence[str], openness: Openness, understood: Understood) -> list[Part]:
    """Return answers to the first two of a list of short topics, and the next one offered by its name.

    Where two are too much for one breath, or one of them has no plain answer, the first is answered alone. What is left
    is remembered. Empty where nothing in the list has a plain answer.
    """
    memory = replier.memory
    evaded = memory.evaded
    parts = [replier.about(topic, openness, understood) for topic in asked[:2]]
    memory.evaded = evaded
    if parts[0].tells is None:
        return []
    told = told_apart(replier, parts, openness) if parts[1].tells is not None else parts[:1]
    if sum(min(len(words_of(line)) for line in part.lines) for part in told) > _TWO_BRIEF:
        told = parts[:1]
    count = 1 if told == parts[:1] else 2
    left = tuple(asked[count:])
    name = said(replier.scenario.language).named.get(left[0])
    memory.left_of_list = (left, memory.seq)
    offer = replier.stock("still_asked", openness, topic=name) if name else replier.stock("what_else_asked", openness)
    return [*told, offer]


def with_what_is_left(memory: Memory, understood: Understood) -> Understood:
    """Return what was understood with what is left of a list as asked, where they are told to go on with it.

    A topic of the list that is asked about by its name is not left any more.
    """
    left, at = memory.left_of_list
    if not left or memory.seq - at > _LIST_STAYS:
        return understood
    if understood.any_act("the_rest") and understood.words <= _POINTS:
        memory.left_of_list = ((), -9)
        return replace(understood, asked=left, questions=max(understood.questions, 1), lists=len(left) > 1)
    goes_on = memory.seq - at == 1 and understood.words <= _POINTS and not understood.asked
    if goes_on and understood.any_act("nods", "tell_me_more"):
        memory.left_of_list = ((), -9)
        return replace(understood, asked=left[:1], questions=max(understood.questions, 1))
    named = tuple(topic for topic in left if topic in understood.touched)
    if named and not understood.asked and understood.words <= _NAMES:  # "energy?"
        understood = replace(understood, asked=named[:1], questions=max(understood.questions, 1))
    still = tuple(topic for topic in left if topic not in understood.asked)
    memory.left_of_list = (still, at)
    return understood
