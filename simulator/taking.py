"""How the patient takes what the reader found: a doubtful hurt is not felt, an echo is an echo."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from scoring.scorecard import HURTING_MOVES, Move
from simulator.asking import opens
from simulator.everyday import said
from simulator.reactions import DONE_WELL, table
from simulator.words import words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard, Skill
    from simulator.understanding import Understood

_ECHO = 0.8
"""Share of words in the same order from which a reply is the patient's own words again."""
_ECHO_LEAST = 5
"""A shorter echo is a way of listening."""
_LEAD_IN = 5
"""Words that may lead in to an echo ("So what you're saying is")."""
_HALF_SURE = 0.35
"""Certainty from which somebody is told that they got it wrong."""
_SURE = 0.5
"""Certainty from which a move needs nothing to bear it out."""
_END = re.compile(r"[.!?\n]")
_SMALL_TALK = {"weather"}
_HURT_IN: dict[str, Skill] = {
    "minimises": "validation", "falsely_reassures": "validation", "judges": "validation", "argues": "validation",
    "takes_back": "validation", "ignores_danger": "validation", "orders": "sdm", "advises": "sdm",
    "steps_over": "reflection", "misstates": "reflection", "parrots": "reflection", "stock_phrase": "validation",
}  # fmt: skip


def as_taken(reading: Reading, scorecard: Scorecard) -> Reading:
    """Return the reading as the patient takes it: a hurt that the rating itself does not count is not felt.

    Patient and scorer share one reading. Where a reply reaches level 3 or more in the skill that a hurt belongs to, the
    scorer did not hold it against the reply, and neither does the patient; nor what the reader hardly believes in.
    """
    felt = tuple(m for m in reading.moves if m.move not in HURTING_MOVES or _is_felt(m, scorecard))
    return reading if len(felt) == len(reading.moves) else replace(reading, moves=felt)


def _is_felt(move: Move, scorecard: Scorecard) -> bool:
    skill = _HURT_IN.get(move.move)
    level = 0 if skill is None else scorecard[skill].level or 0
    if move.move == "takes_back":  # a "but" that holds both sides of something together takes nothing back
        level = max(level, scorecard.reflection.level or 0)
    rule = table()["certainty"]
    return level < DONE_WELL and move.certainty >= float(rule["felt" if level < 2 else "felt_beside_good"])


def echoed(reading: Reading, *, again: bool = False) -> Reading:
    """Return the reading as a mere echo where the reply only says the patient's words again.

    Args:
        reading: The reply as it was read.
        again: They have just been echoed; a short echo is no way of listening any more, whatever leads in to it.
    """
    mine, theirs = words_of(reading.reply), words_of(reading.patient_words)
    if again and len(theirs) > 1 and mine[-len(theirs) :] == theirs and len(mine) - len(theirs) <= _LEAD_IN:
        return _only_an_echo(reading)
    if len(mine) < _ECHO_LEAST or len(mine) < len(theirs) * 0.6 or Indel.normalized_similarity(mine, theirs) < _ECHO:
        return reading
    return _only_an_echo(reading)


def is_only_echo(reading: Reading) -> bool:
    """Return True for a reply that is nothing but the patient's words again."""
    return any(move.move == "parrots" and move.quote == reading.reply for move in reading.moves)


def _only_an_echo(reading: Reading) -> Reading:
    return replace(reading, moves=(Move("parrots", reading.reply, 0, len(reading.reply)),))


def _stands_in_a_question(move: Move, reading: Reading) -> bool:
    """Return True if a move's words stand in a sentence that opens as a question does and ends with its mark."""
    reply, asking = reading.reply, said(reading.language).asking
    end = _END.search(reply, max(move.end - 1, move.start))
    before = [found.end() for found in _END.finditer(reply, 0, move.start)]
    sentence = reply[before[-1] if before else 0 : end.end() if end else len(reply)]
    return end is not None and end.group() == "?" and opens(words_of(sentence), asking)


def _borne_out(move: Move, reading: Reading, understood: Understood, *, something_said: bool) -> bool:
    """Return False for a move that the reader is unsure of and nothing else in the reply bears out."""
    if move.move == "apologises":
        return understood.any_act("apology")
    if move.move in ("orders", "advises") and not understood.directs and _stands_in_a_question(move, reading):
        return False  # "How do you take it, twice a day?" tells nobody to.
    if move.certainty >= _SURE:
        return True
    if move.move in ("minimises", "argues", "judges") and _SMALL_TALK & set(understood.asked):
        return False  # it is about the rain and the neighbour
    if move.move == "minimises" and not something_said and not understood.any_act("dismisses"):
        return False  # Nothing was said that could be made smaller: "lots of people do" makes it easier to say.
    if move.move == "orders":
        return understood.directs
    if move.move == "falsely_reassures":
        return understood.any_act("reassures")
    if move.move == "misstates":
        return move.certainty >= _HALF_SURE
    if move.move == "steps_over":
        return not understood.asks_safety and (something_said or bool(reading.cues))
    return True


def taken(
    reading: Reading, scorecard: Scorecard, understood: Understood, *, something_said: bool, again: bool = False
) -> Reading:
    """Return the reading as the patient takes it.

    Args:
        reading: What the reader found.
        scorecard: How it was rated.
        understood: What the patient made of the reply's words.
        something_said: True if the patient's last words held something that could be passed over.
        again: True if they have just been echoed.
    """
    reading = echoed(as_taken(reading, scorecard), again=again)
    moves = tuple(m for m in reading.moves if _borne_out(m, reading, understood, something_said=something_said))
    return reading if len(moves) == len(reading.moves) else replace(reading, moves=moves)
