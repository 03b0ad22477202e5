"""What answers an open question: the next thing on the patient's mind, what they hope or fear, or a few plain words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.everyday import said
from simulator.room import fresh

if TYPE_CHECKING:
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.initiative import Initiative
    from simulator.understanding import Understood
    from simulator.voices import Part


_VAGUE = 5
"""Words up to which a question that is not understood leaves room for whatever there is ("What happens then?")."""
_OF_THE_LATEST = ("hardest", "been_like")
"""Open questions that ask about what was confided, once something was."""


def open_act(understood: Understood, language: str) -> str | None:
    """Return the open question that was asked, by its name in said.yaml, or None; one among offered ways is none."""
    if not understood.questions or understood.proposals or understood.any_act("options", "would_help"):
        return None
    return next((name for name in said(language).open_questions if name in understood.acts), None)


def invited(replier: Replier, initiative: Initiative, understood: Understood, openness: Openness) -> list[Part]:
    """Return the answer to an open question, empty where none was asked.

    What it may be answered with stands in said.yaml; of that, the first which has not been said in this visit is taken.
    """
    language = replier.scenario.language
    name = open_act(understood, language)
    return [] if name is None else answered(name, replier, initiative, understood, openness)


def answered(
    name: str, replier: Replier, initiative: Initiative, understood: Understood, openness: Openness
) -> list[Part]:
    """Return what answers an open question of this name, or one that was not understood any further.

    What the scenario has them say to it in their own words comes first, once while guarded and once while open.
    """
    language = replier.scenario.language
    told = replier.of_what_was_told("carries") if name in _OF_THE_LATEST else None
    if told is not None:
        return [told]
    if openness == "open" and name in _OF_THE_LATEST and name in replier.memory.answered:
        more = initiative.volunteer(understood)  # Asked again by somebody they open up to, they tell of something.
        if more:
            return more
    own = name != "unknown_question" and name in replier.scenario.own_words
    if own and openness not in replier.memory.answered.get(name, ()):
        part = replier.stock(name, openness)
        return [replace(part, lines=fresh(replier.memory, part.lines) or part.lines, tells=(name, openness))]
    clear = name == "unknown_question" and understood.words > _VAGUE and not understood.invites
    for source in said(language).open_questions.get(name, ()):
        if source == "moment":
            more = initiative.volunteer(understood, near=clear)
            if more:  # What they could not make out gets that much of an answer before something near it.
                return [replier.stock(name, openness), *more] if clear else more
            continue
        if clear:
            continue  # A clear question is not answered with what they fear; they do not know.
        topic, _, only = source.partition("-")
        if (only and only != openness) or topic not in replier.ear.facts or topic in replier.memory.answered:
            continue
        part = replier.about(topic, openness, understood)
        if part.tells is not None and fresh(replier.memory, part.lines):
            return [part]
    return [replier.stock(name, openness)]
