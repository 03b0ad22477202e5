"""What the patient notices about a reply beyond its moves: a hard thing met or dropped, silence, repetition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.scorecard import HURTING_MOVES
from simulator.everyday import said
from simulator.reactions import DIRE, is_hurt, is_zero, table
from simulator.words import root, words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard
    from simulator.memory import Memory
    from simulator.reactions import Event
    from simulator.understanding import Understood

_REFLECTS = ("simple_reflection", "complex_reflection", "double_sided_reflection", "summary")
_HANDFUL = 4
"""Content words of which two texts need so many each for their overlap to tell anything."""
_HURTS = tuple(move for move in DIRE if move != "steps_over")
"""Moves that hurt by themselves and are answered as such."""
_GOES_ON = ("agrees_plan", "offers_options", "informs", "steps_over")
"""Moves by which a reply goes on to something else."""
_TAKEN_UP = 0.25
"""Share of the content words of what was confided from which a reply takes it up."""
_GOES_PAST = ("orders", "steps_over")
_ANSWERS = ("informs", "weighs_tradeoffs", "offers_options", "grants", "agrees_plan", "supports_autonomy")


def content_roots(text: str, language: str = "en") -> set[str]:
    """Return the roots of the words that carry a text's content."""
    return {root(w) for w in words_of(text) if w not in said(language).carries_little}


def overlap(reply: str, other: str, language: str = "en") -> float:
    """Return the share of the shorter text's content words that the two have in common, 0–1."""
    mine, theirs = content_roots(reply, language), content_roots(other, language)
    if not mine or not theirs:
        return 0.0
    return len(mine & theirs) / min(len(mine), len(theirs))


def much_the_same(reply: str, other: str, least: float, language: str = "en") -> bool:
    """Return True if at least this share of content words is common to both; of a handful of words, no share is."""
    if words_of(reply) == words_of(other):
        return True
    fewest = min(len(content_roots(reply, language)), len(content_roots(other, language)))
    return fewest >= _HANDFUL and overlap(reply, other, language) >= least


def met(scorecard: Scorecard, least: int = 2) -> bool:
    """Return True if the feeling or the content was answered to at least at this level."""
    return any((scorecard[skill].level or 0) >= least for skill in ("validation", "reflection"))


def wounds(reading: Reading, scorecard: Scorecard) -> bool:
    """Return True if a reply hurts so that nobody confides in the same breath.

    Who meets what was said, and then asks for more than was on the table, has not stepped over it.
    """
    if met(scorecard, 2) and not is_zero(scorecard, "validation"):
        return reading.does(*_HURTS)
    return is_hurt(reading, scorecard)


def answers_question(question: str, reading: Reading) -> bool:
    """Return True if the reply takes up the patient's question: by what it does, or in its words.

    What goes past them more surely than it answers ("right, I'll send it to the pharmacy") is no answer.
    """

    def surest(moves: tuple[str, ...]) -> float:
        return max((move.certainty for move in reading.moves if move.move in moves), default=0.0)

    answers = reading.does(*_ANSWERS) and surest(_ANSWERS) >= surest(_GOES_PAST)
    return answers or overlap(reading.reply, question, reading.language) >= 0.4


def notice(memory: Memory, reading: Reading, scorecard: Scorecard, understood: Understood) -> list[Event]:
    """Return what happened in this reply besides its moves, and keep count of it in the memory."""
    events: list[Event] = []
    hurt = reading.does(*HURTING_MOVES)
    if understood.any_act("insult"):
        events.append("insult")
        memory.insults += 1
    if understood.any_act("improper"):
        events.append("improper")
    if understood.any_act("gibberish", "other_language", "instructions"):
        events.append("nonsense")
    if understood.any_act("asks_alone") and memory.overheard:
        events.append("word_alone")
    memory.silences = memory.silences + 1 if understood.any_act("silence") else 0
    if memory.silences:
        events.append("silence_held" if memory.silences == 1 else "silence_long")
    if understood.any_act("long_speech") and not met(scorecard, 3):
        events.append("long_speech")
    as_said = " ".join(words_of(reading.reply))
    if len(as_said) > 25 and as_said in memory.replies:
        events.append("repeats_self")
    memory.replies.append(as_said)
    if understood.asks_safety and not reading.does(*DIRE):
        memory.bare_questions = 0
    elif memory.just_told is not None:
        if reading.does(*DIRE) or (not met(scorecard, 2) and not reading.does("open_question", "supports")):
            events.append("worry_dropped")
        elif met(scorecard, 2):
            events.append("worry_met")
    elif memory.seq > 1 and memory.answers_moment and _passed_over(reading, scorecard) and not reading.does(*DIRE):
        events.append("passed_over")
    if memory.waiting is not None:
        got_it = answers_question(memory.waiting, reading)
        events.append("question_answered" if got_it else "question_dropped")
        memory.owed = ("", -9) if got_it else (memory.waiting, memory.seq)
    if wounds(reading, scorecard):
        memory.heard_times = max(0, memory.heard_times - int(table()["gates"]["lost_by_a_hurt"]))
    elif met(scorecard, 2) and not hurt:
        memory.heard_times += 1
    gave = reading.does(*_REFLECTS) or met(scorecard, 2)
    memory.bare_questions = 0 if gave or not understood.questions else memory.bare_questions + 1
    if memory.bare_questions >= 3 and not hurt:
        events.append("nothing_new")
    return events


def left_lying(memory: Memory, told: str, reading: Reading, scorecard: Scorecard, understood: Understood) -> bool:
    """Return True, once in a visit, if a reply goes on past what was confided: not met, and not a word taken up.

    What is about danger is followed up in its own way.
    """
    concern = memory.scenario.concern(told)
    if (
        memory.let_lie_told
        or concern.danger is not None
        or not _goes_past(concern.says, reading, scorecard, understood)
    ):
        return False
    memory.let_lie_told = True
    memory.stepped = None
    return True


def _goes_past(says: str, reading: Reading, scorecard: Scorecard, understood: Understood) -> bool:
    if reading.does(*_HURTS) or met(scorecard, 2) or understood.asks_safety or understood.any_act("nods"):
        return False
    going_on = understood.questions > 0 or reading.does(*_GOES_ON) or understood.directs
    return going_on and overlap(reading.reply, says, reading.language) < _TAKEN_UP


def _passed_over(reading: Reading, scorecard: Scorecard) -> bool:
    """Return True if the moment called for being heard and nothing of it was."""
    called = [s for s in ("validation", "reflection") if reading.called_for.get(s)]
    return bool(called) and not met(scorecard, 2)
