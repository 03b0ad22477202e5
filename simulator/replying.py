"""What a reply is answered with: topics that were asked, open questions, treatment, and the small things between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.asked_on import more_of_the_last
from simulator.choosing import willing_to_it
from simulator.everyday import said, topics
from simulator.inviting import answered as answered_openly
from simulator.inviting import invited, open_act
from simulator.rambling import wandered

if TYPE_CHECKING:
    from collections.abc import Container

    from scoring.scorecard import Reading, Scorecard
    from simulator.answering import Replier
    from simulator.initiative import Initiative
    from simulator.reactions import Feelings
    from simulator.understanding import Understood
    from simulator.voices import Part

_LIKE = ("tell_me_more", "been_like", "feeling_asked", "hardest")
"""Ways of asking what it has been like; right after something was confided they ask about that."""


def content_of(
    replier: Replier,
    initiative: Initiative,
    feelings: Feelings,
    reading: Reading,
    scorecard: Scorecard,
    understood: Understood,
) -> list[Part]:
    """Return what answers the reply, empty where it asks and offers nothing.

    Args:
        replier: What the patient can answer with.
        initiative: What they bring up where room is made for it.
        feelings: How they stand: openness, and how willing they are.
        reading: The reply as the patient takes it.
        scorecard: How well it did.
        understood: What was asked, offered, touched on.
    """
    openness, memory, scenario = feelings.openness, replier.memory, replier.scenario
    unsaid = any(c.id not in memory.disclosed for c in scenario.concerns)
    if understood.any_act("wandering"):
        return wandered(replier, initiative, reading, understood, openness)
    just_told = memory.told_at == memory.seq - 1
    offers = understood.proposals or understood.asked or understood.any_act("options", "preference")
    if just_told and not offers and understood.questions and understood.any_act(*_LIKE):
        carries = replier.of_what_was_told("carries")
        if carries is not None:
            return [carries]
    puts_a_choice = _puts_a_choice(reading, understood, topics(scenario.language))
    if understood.any_act("asks_to_tell") and not understood.asked and not understood.proposals:
        memory.let_tell_at = memory.seq
        return [replier.stock("lets_tell", openness)]
    if understood.any_act("knows_it") and understood.questions == 1 and not understood.asked:
        return [replier.stock("knows_it", openness)]
    if understood.any_act("may_we_talk") and understood.questions == 1 and not understood.asks_safety:
        return [replier.stock("permission", openness)]
    first = said(scenario.language).open_first
    if open_act(understood, scenario.language) in first and not understood.asks_safety:
        return invited(replier, initiative, understood, openness)
    answers = [] if puts_a_choice else replier.asked_topics(understood, openness)
    if answers:
        return answers
    if understood.any_act("holds_back") and understood.questions:
        return [replier.stock("evades" if unsaid else "anything_else", openness)]
    if understood.any_act("checks_risk") and memory.seq - memory.grave_at == 1:
        closed = any(c.danger and c.id not in memory.disclosed for c in scenario.concerns)
        return [replier.stock("safety_evaded" if closed else "no_plan", openness)]
    near = (
        None
        if understood.any_act("anything_else", "how_are_you")
        else replier.near_a_closed_concern(understood, openness)
    )
    if near is not None:
        return [near]
    if not reading.does("offers_options"):
        asked = invited(replier, initiative, understood, openness)
        if asked:
            return asked
    treatment = replier.treatment(reading, scorecard, understood, openness, willing_to_it(replier, feelings))
    if treatment is not None and treatment.act != "informed":
        return [treatment]
    if understood.any_act("anything_else"):
        more = initiative.invited_question(understood) if understood.any_act("asks_for_questions") else []
        more = more or initiative.volunteer(understood)
        # Who has more on their mind than a question about the tablet asks none instead.
        more = more or ([] if unsaid else initiative.invited_question(understood))
        if more:
            return more
        return [replier.stock("anything_else_unsaid" if unsaid else "anything_else", openness)]
    meets = replier.first_fresh([(act, act in understood.acts) for act in ("introduces", "greeting")], openness)
    question = replier.small_question(reading, understood, openness)
    if question is not None and question.act == "tell_me_more" and not just_told:
        asks_on = understood.any_act("tell_me_more")
        more = more_of_the_last(replier, reading.reply, openness) if asks_on else []
        more = more or initiative.volunteer(understood)
        if more:
            return more
    if question is not None and question.act == "unknown_question":
        return answered_openly(question.act, replier, initiative, understood, openness)
    if question is not None:
        return [question]
    if meets is not None:
        return [meets]
    if treatment is not None:
        return [treatment]
    if understood.any_act("joke"):
        return [replier.stock("joke", openness)]
    if understood.any_act("long_speech"):
        return [replier.stock("long_speech", openness)]
    if understood.any_act("thanked"):
        return [replier.stock("thanked", openness)]
    return []


def _puts_a_choice(reading: Reading, understood: Understood, everyday: Container[str]) -> bool:
    """Return True where a reply asks which way they would have it, or what would help, and nothing of their own."""
    prefers = understood.any_act("preference")
    chooses = (prefers and bool(understood.proposals)) or understood.any_act("would_help")
    if understood.questions != 1:
        return chooses
    their_own = any(topic not in everyday for topic in understood.asked)
    several = prefers and reading.does("offers_options") and not understood.certainly
    return several or (chooses and not their_own)
