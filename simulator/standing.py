"""What they told that speaks against a plan and that nobody took up: named once, then made the condition of a yes.

Something told is taken up where a later reply gives something and speaks of it: explains, offers, promises, leaves them
the say. To be kind about it, or to give it back, is to have heard it; the plan is the same as before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from simulator.leaning import AGAINST, PROVIDED, UNDECIDED, leaning_in
from simulator.noticing import content_roots
from simulator.voices import Part
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.scorecard import Reading
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.reactions import Feelings
    from simulator.scenario import Concern, Scenario

Kind = Literal["against:", "undecided:", "provided:"]
_STOCK = {AGAINST: "against", UNDECIDED: "undecided_told", PROVIDED: "provided"}
_GIVES = frozenset(
    [
        "informs",
        "weighs_tradeoffs",
        "offers_options",
        "grants",
        "agrees_plan",
        "supports",
        "supports_autonomy",
        "elicits_preference",
    ]
)
_SURE = 0.3
"""Certainty from which a reply gives something."""
_OF_IT = 3
"""Telling words of what they would need from which a reply speaks of that."""
_YES_TO_ANOTHER = frozenset(["plan_instead", "plan_willing", "preference_willing", "autonomy", "autonomy_agreed"])
_KIND_WORDS = ("acknowledges", "legitimises", "affirms", "apologises", "simple_reflection", "complex_reflection")
"""Moves with which something told did get a word."""
_TELLS = ("discloses:", "begins:")
_ASIDE = ("choice_", "plan_instead")
"""What the acts begin with that are no answer to a plan that is put to them alone."""


def takes_up(concern: Concern, reading: Reading, scenario: Scenario) -> bool:
    """Return True if a reply answers what they told: it gives something, and speaks of that.

    The words for what is on the table speak of nothing; they are said by whoever goes on with the plan.
    """
    if not any(move.move in _GIVES and move.certainty >= _SURE for move in reading.moves):
        return False
    plan = (scenario.plan_on_the_table, *scenario.plan_called)
    of_the_plan = {word for name in plan for word in words_of(name)}
    reply = f" {' '.join(words_of(reading.reply))} "
    about = (words_of(phrase) for phrase in concern.about)
    if any(f" {' '.join(words)} " in reply for words in about if of_the_plan.isdisjoint(words)):
        return True
    words = content_roots(concern.provided, reading.language) - content_roots(" ".join(plan), reading.language)
    return len(words & content_roots(reading.reply, reading.language)) >= _OF_IT


def weighed(replier: Replier, parts: list[Part], reading: Reading, feelings: Feelings) -> list[Part]:
    """Return what they say of a plan as somebody says it who told of something that speaks against it.

    Args:
        replier: Whose words they are; what was taken up is kept in their memory.
        parts: What they would say otherwise.
        reading: The reply as the patient takes it.
        feelings: How they stand.
    """
    memory, scenario = replier.memory, replier.scenario
    now = {part.act.partition(":")[2] for part in parts if part.act.startswith(_TELLS)}
    before = [scenario.concern(one) for one in memory.disclosed if one not in now]
    memory.taken_up |= {one.id for one in before if takes_up(one, reading, scenario)}
    if now:
        return parts
    left = [one for one in reversed(before) if one.id not in memory.taken_up]
    standing = next(iter(sorted(left, key=lambda one: not one.changes_the_plan)), None)
    if _gone_past(replier, parts, reading, left):
        memory.let_lie_told = True
        return [replier.stock("let_lie", feelings.openness)]
    return [_as_it_stands(replier, part, standing, feelings) for part in parts]


def _gone_past(replier: Replier, parts: list[Part], reading: Reading, left: list[Concern]) -> bool:
    """Return True if they would say yes to another way in the breath after something they told got not a word."""
    memory = replier.memory
    told = [one for one in left if memory.told_at == memory.seq - 1 and one.id == memory.disclosed[-1]]
    elsewhere = memory.settled_on is not None and memory.settled_on.elsewhere
    yes = any(part.act in _YES_TO_ANOTHER for part in parts)
    return bool(told) and elsewhere and yes and not memory.let_lie_told and not reading.does(*_KIND_WORDS)


def _as_it_stands(replier: Replier, part: Part, standing: Concern | None, feelings: Feelings) -> Part:
    memory, openness = replier.memory, feelings.openness
    settled, put = memory.settled_on, memory.plans[-1]
    if part.act == "autonomy" and settled is not None:
        told = standing if not settled.elsewhere else None
        if told is None:
            return replier.stock("autonomy_agreed", openness) if memory.leaning == "willing" else part
        if openness == "open" and replier.leaning(feelings.willingness) == "willing":
            return _worded(replier, part, told, PROVIDED, openness)
        return part if _said(memory.answered, AGAINST, UNDECIDED) else _worded(replier, part, told, UNDECIDED, openness)
    if standing is None or memory.chose == "instead":
        return part
    if part.act in {"choice_willing", "choice_unsure"}:
        kind: Kind = "provided:" if part.act == "choice_willing" else "undecided:"
        return _worded(replier, part, standing, kind, openness)
    leaning = leaning_in((part.act,))
    of_the_table = put.settled and put.named == "on_the_table" and not part.act.startswith(_ASIDE)
    if not of_the_table or leaning not in {"willing", "unsure"}:
        return part
    if not _said(memory.answered, AGAINST):
        return _worded(replier, part, standing, AGAINST, openness)
    return _worded(replier, part, standing, PROVIDED, openness) if leaning == "willing" else part


def _said(answered: dict[str, set[str]], *kinds: str) -> bool:
    return any(name.startswith(kinds) for name in answered)


def _worded(replier: Replier, part: Part, concern: Concern, kind: Kind, openness: Openness) -> Part:
    """Return it in the scenario's words, then in everyday ones; after both they say what they would otherwise."""
    act = f"{kind}{concern.id}"
    said: Sequence[str] | set[str] = replier.memory.answered.get(act, ())
    stock = replier.stock(_STOCK[kind], openness)
    line = {AGAINST: concern.against, UNDECIDED: concern.undecided, PROVIDED: concern.provided}[kind]
    if line and not said:
        return Part(act, (line,), stock.thoughts, tells=(act, "open"))
    if "guarded" in said or (kind == UNDECIDED and said):
        return part
    return replace(stock, act=act, tells=(act, "guarded"))
