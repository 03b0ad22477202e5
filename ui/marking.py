"""Words cut into stretches for drawing: a reply with its moves, and a patient's line with its gestures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from scoring import HURTING_MOVES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scoring import Move

Tone = Literal["", "helps", "hurts", "both"]
_GESTURE = re.compile(r"\(([^()\n]{1,200})\)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words in a row that the same moves cover."""

    text: str
    tone: Tone
    ending: tuple[tuple[str, Tone], ...] = ()
    """The moves whose quote ends with this stretch, each with its tone; named right after the words."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of a patient's line: words, or what they do while they say them."""

    text: str
    gesture: bool


def tone_of(move: str) -> Tone:
    """Return whether a move helps or hurts."""
    return "hurts" if move in HURTING_MOVES else "helps"


def marked(reply: str, moves: Iterable[Move]) -> tuple[Stretch, ...]:
    """Return the reply in stretches; joined, they are the reply, character by character."""
    inside = [move for move in moves if 0 <= move.start < move.end <= len(reply)]
    cuts = sorted({0, len(reply), *(move.start for move in inside), *(move.end for move in inside)})
    stretches = []
    for start, end in pairwise(cuts):
        tones = {tone_of(move.move) for move in inside if move.start <= start and end <= move.end}
        tone: Tone = "both" if len(tones) > 1 else next(iter(tones), "")
        ending = dict.fromkeys((move.move, tone_of(move.move)) for move in inside if move.end == end)
        stretches.append(Stretch(reply[start:end], tone, tuple(ending)))
    return tuple(stretches)


def spoken(line: str) -> tuple[Spoken, ...]:
    """Return a patient's line as words and gestures; gestures stand in brackets in the line."""
    pieces, at = [], 0
    for found in _GESTURE.finditer(line):
        pieces.append(Spoken(line[at : found.start()].strip(), gesture=False))
        pieces.append(Spoken(found[1].strip(), gesture=True))
        at = found.end()
    pieces.append(Spoken(line[at:].strip(), gesture=False))
    return tuple(piece for piece in pieces if piece.text)
