"""What comes first: an answer to what was asked. What was begun, or weighs on them, goes on only with a word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from simulator.everyday import said
from simulator.noticing import content_roots
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading
    from simulator.heard_before import ByTopic
    from simulator.memory import Memory
    from simulator.scenario import Concern
    from simulator.understanding import Understood

Asked = Literal["choice", "plan", "answer"]
LEADS_OVER = frozenset(["disclosing", "before_choice", "before_plan", "finishes_first", "takes_up_again", "tells_now"])
"""What stands before something confided, unless what they say before it leads there."""
_HAS_AN_ANSWER = (
    "doing_about", "would_help", "matters_most", "good_outcome", "teach_back", "how_long", "how_often", "how_bad",
    "either_or", "own_age", "own_name", "about_us",
)  # fmt: skip
"""Ways to ask, beside a topic, for something of their own; who is asked so does not begin on something else."""
_OPEN = frozenset(["view", "reason", "worse"])
"""Topics that are asked about so openly ("What is behind it?") that whatever weighs on them is an answer."""
_ASKS_ON = ("tell_me_more", "been_like", "feeling_asked", "hardest", "why", "asks_first", "may_we_talk")
_CLEAR = 4
"""Words beyond which a question that does not ask on asks something of its own."""
_LEAVE = 7
"""Words up to which a sentence that takes leave does nothing else."""
_DRAWS_TOGETHER = ("both_sides", "sums_up")
"""Ways of giving back the whole of it; whoever goes on with one thing after them says that they do."""


def asked_first(reading: Reading, understood: Understood) -> Asked | None:
    """Return what was put to them that has an answer of its own: a choice, the plan, or something else; or None.

    What it has been like, or what they would have one know, leaves room for whatever there is.
    """
    if not understood.questions:
        return None
    if understood.asks_safety:
        return "answer"
    if reading.does("offers_options") or len(understood.proposals) > 1 or understood.any_act("options"):
        return "choice"
    of_the_plan = understood.any_act("about_the_plan") or (understood.any_act("preference") and not understood.asked)
    if understood.plan or understood.proposals or of_the_plan:
        return "plan"
    asks = any(topic not in _OPEN for topic in understood.asked)
    return "answer" if asks or understood.any_act(*_HAS_AN_ANSWER) else None


def takes_leave(reading: Reading) -> bool:
    """Return True if the last few words of a reply take leave and ask nothing ("Okay. See you next time.")."""
    last = next(iter(reversed(sentences_of(reading.reply))), "")
    words = words_of(last)
    return "?" not in last and len(words) <= _LEAVE and "closing" in said(reading.language).acts.found_in(words)


def led(memory: Memory, concern: Concern) -> bool:
    """Return True if what they brought up in their last words leads to it."""
    return memory.moment is not None and memory.moment.leads_to == concern.id and memory.answers_moment


def asks_on(memory: Memory, concern: Concern, reading: Reading, understood: Understood, near: ByTopic) -> bool:
    """Return True if something in what they have just brought up is asked about, and that leads to this.

    Args:
        memory: The visit's memory.
        concern: What might be told.
        reading: The reply.
        understood: What was made of it.
        near: Topics by the concerns that they come close to.
    """
    if understood.asks_safety or not led(memory, concern):
        return False
    if understood.any_act("doing_about") or any(concern.id in near.get(topic, ()) for topic in understood.asked):
        return True
    theirs = content_roots(reading.patient_words, reading.language)
    sentences = sentences_of(reading.reply)
    asking = " ".join(one for one in sentences if "?" in one) or sentences[-1]
    return bool(understood.asked) and not theirs.isdisjoint(content_roots(asking, reading.language))


def waits(memory: Memory, concern: Concern, asked: Asked | None, *, asked_on: bool) -> bool:
    """Return True if a concern that the reply does not speak of is kept until what was asked has its answer.

    A question about something in what they have just brought up is about what that leads to, unless it is about danger.
    What changes the plan, or has been on the tip of their tongue, is said before anybody says yes to it.
    """
    if asked is None:
        return False
    if asked_on:
        return False
    bears_on_it = concern.changes_the_plan or concern.danger is not None
    return asked == "answer" or not (bears_on_it or concern.id in memory.hinted)


def asks_something_else(understood: Understood) -> bool:
    """Return True for a clear question that is no way of asking on, whether or not they could make anything of it."""
    asks_on = understood.invites or understood.any_act(*_ASKS_ON)
    return understood.questions > 0 and not asks_on and understood.words > _CLEAR


def tie(
    memory: Memory, concern: Concern, understood: Understood, asked: Asked | None, *, spoken_of: bool
) -> str | None:
    """Return the act that leads over to something confided, or None where it follows by itself.

    Args:
        memory: The visit's memory, before it is told.
        concern: What is about to be told, or begun.
        understood: What was made of the reply.
        asked: What was put to them.
        spoken_of: The reply names it or takes up what was begun of it.
    """
    if spoken_of and asked not in {"choice", "plan"}:
        return None
    begun = memory.begun.get(concern.id)
    if asked is not None and begun is not None:
        return "finishes_first"
    if asked in {"choice", "plan"}:
        return f"before_{asked}"
    draws_together = understood.any_act(*_DRAWS_TOGETHER)
    if begun == memory.seq - 1 and not spoken_of and asks_something_else(understood):
        return "finishes_first"
    if begun is not None:
        return "takes_up_again" if draws_together or begun < memory.seq - 1 else None
    follows = led(memory, concern) or memory.hinted.get(concern.id) == memory.seq - 1
    return None if follows and not draws_together else "tells_now"
