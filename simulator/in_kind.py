"""What kind of kindness a reply ends on, so that it is answered in kind, and yeses that differ from the last one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.everyday import said
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scoring.scorecard import Reading
    from simulator.voices import Part

_KINDS = (
    ("glad_told", "thanked_for_telling"),
    ("praises", "affirmed"),
    ("makes_sense", "validated"),
    ("feels_for", "acknowledged"),
)
"""What is heard in a sentence, and what answers it; the first that is heard counts."""
_MOVES = {
    "acknowledges": "acknowledged", "legitimises": "validated", "affirms": "affirmed", "supports": "supported",
    "simple_reflection": "confirms_", "complex_reflection": "confirms_", "double_sided_reflection": "confirms_",
    "summary": "confirms_",
}  # fmt: skip
"""What answers a move that the reader finds in a sentence, by how the act begins."""
_GESTURE = re.compile(r"\([^()]*\)")
_SHORT = 2
"""Words that a yes may have where a question waits for its answer behind it."""
_SAME_START = 2
"""Words in common at the start from which two lines begin the same way."""


def ends_on(reading: Reading) -> tuple[str, ...]:
    """Return what answers the last kind or reflecting sentence of a reply, by how the acts begin; empty where none is.

    People answer what was said to them last: who hears "So he was joking. That sounds lonely." answers the second.
    """
    acts = said(reading.language).acts
    end = len(reading.reply)
    for sentence in reversed(sentences_of(reading.reply)):
        start = reading.reply.rfind(sentence, 0, end)
        start, stop, end = (start, start + len(sentence), start) if start >= 0 else (0, end, end)
        if "?" in sentence:
            continue
        heard = acts.found_in(words_of(sentence))
        kind = next((act for name, act in _KINDS if name in heard), None)
        if kind is not None:
            return (kind,)
        made = [m.move for m in reading.moves if m.start < stop and m.end > start]
        answers = tuple(dict.fromkeys(_MOVES[move] for move in made if move in _MOVES))
        if answers:
            return answers
    return ()


def in_kind(found: list[tuple[int, str]], reading: Reading, level: int) -> list[tuple[int, str]]:
    """Return those of the ways to take a reply that answer what it ends on, or all of them where none does.

    Args:
        found: Ways to take it, each with its weight.
        reading: The reply as the patient takes it.
        level: Its level of validation: below 2 nobody feels thanked, praised or understood by it.
    """
    whole = [pair for pair in found if pair[1] in {"confirms_summary", "confirms_both"}]
    if whole:
        return whole
    last = ends_on(reading)
    fits = [pair for pair in found if pair[1].startswith(last)] if last else []
    if last == ("thanked_for_telling",) and not fits and level >= 2:
        return [(7 if level >= 3 else 4, "thanked_for_telling")]
    return fits or found


def _opening(text: str) -> tuple[str, ...]:
    """Return the words of the first sentence, gestures left out."""
    return words_of(next(iter(sentences_of(_GESTURE.sub(" ", text).strip(" …"))), ""))


def much_like(line: str, before: str, language: str) -> bool:
    """Return True if a line says yes as what was said before did: both begin with a plain yes, or in the same words."""
    mine, last = _opening(line), _opening(before)
    if not mine or not last:
        return False
    yes = said(language).yeses
    return (yes.issuperset(mine) and yes.issuperset(last)) or mine[:_SAME_START] == last[:_SAME_START]


def varied(part: Part, before: str, language: str) -> Part:
    """Return a part without the lines that say yes as the patient's last words did, where others are left.

    Args:
        part: What the patient is about to say.
        before: What they said to the reply before.
        language: Whose yeses.
    """
    if not before:
        return part
    lines = _unlike(part.lines, before, language)
    instead = _unlike(part.instead, before, language)
    if not lines and not instead:
        return part
    return replace(part, lines=lines, instead=(*instead, *part.lines, *part.instead))


def _unlike(lines: Iterable[str], before: str, language: str) -> tuple[str, ...]:
    return tuple(line for line in lines if not much_like(line, before, language))


def in_a_word(part: Part) -> Part | None:
    """Return a yes of a word or two out of a part's lines, as said before an answer; None where it has none."""
    short = tuple(line for line in part.lines if len(line.split()) <= _SHORT and not line.startswith(("(", "…")))
    return replace(part, lines=short, instead=(), needed=False) if short else None
