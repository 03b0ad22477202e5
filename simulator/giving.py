"""What a reply gives and asks nothing about: a fact, a warning, a promise, an offer, a feeling named, a remark.

Each is answered as what it is. The last sentence that gives something counts, for that is what people answer; where a
sentence after it asks, proposes or reflects, that is answered instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.asking import is_asked
from simulator.everyday import said
from simulator.noticing import answers_question, overlap
from simulator.premises import given_it
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.understanding import Understood
    from simulator.voices import Part

_EXPLAINED = frozenset(
    ["told_side_effects", "told_cost", "told_onset", "told_how_to", "told_why", "told_how_works", "told_numbers",
     "told_checks", "told_stopping", "told_result_good", "told_result_bad", "warned", "warned_of_worse"]
)  # fmt: skip
_CAN_TOUCH = frozenset(["told_side_effects", "told_cost", "told_stopping", "told_onset"])
"""What is explained of a medicine by which somebody may find what weighs on them named."""
_ANSWERS_A_CONFIDENCE = ("promised", "told_private", "named_", "offered", "does_not_know", "autonomy")
"""What can be given to somebody who has just confided something; all else goes past it."""
_A_PROMISE = 14
"""Words up to which a promise to ring is that and no plan."""
_IN_A_QUESTION = ("offered", "complimented", "rhetorical", "good_question")
"""What a question can be that asks for nothing else ("Would you like some water?")."""
_NOT_BESIDE = {
    "told_checks": frozenset(["test", "keep"]), "told_stopping": frozenset(["stop", "lower"]),
    "told_onset": frozenset(["wait"]), "warned": frozenset(["stop", "test"]),
    "told_how_to": frozenset(["keep", "lower"]), "told_result_good": frozenset(["test"]),
    "told_result_bad": frozenset(["test"]),
    "warned_of_worse": frozenset(["stop"]), "offered_comfort": frozenset(["wait"]),
}  # fmt: skip
"""Proposals that these only look like."""
_BARE = 3
"""Words beside a feeling and how the sentence begins, up to which nothing but the feeling was named."""
_NOT = frozenset(["not", "no", "never", "nothing"])
_TOLD_FIRST = 4
"""Words from which something was told before an "ok?" at the end."""
_ANSWERED = 0.5
"""Share of content words in common from which what is explained answers a question of theirs."""
_CHECK = 6
"""Words up to which a question in passing asks whether something was understood."""
_COURTESIES = frozenset(["sorry_wait", "sorry_small", "told_agenda", "told_private", "good_question", "held_up"])
"""What is given in passing: what is asked after it is answered, too."""
_KIND = frozenset(["glad_told", "makes_sense", "sums_up", "both_sides", "closing"])
"""What a sentence can be that is answered in kind, whatever else is in it."""
_ENDS = _KIND | {"praises", "feels_for", "apology", "greeting", "introduces", "preference", "would_help"}
"""What a sentence that gives nothing can be for it to be what is answered."""
_SURE = 0.3
"""Certainty from which the reader's word that a sentence to them does something is taken."""
_GIVES_WAY = frozenset(
    ["acknowledged", "validated", "confirms_simple", "stock_phrase", "supported", "affirmed", "granted", "permission",
     "self_disclosure", "invited_correction", "apology_idle", "falsely_reassured", "advised"]
)  # fmt: skip
"""Ways to take a reply that rest on less than what its words plainly give."""
_BESIDE_AN_EXPLANATION = frozenset(["confirms_complex", "confirms_deep", "ordered", "jargon"])


@dataclass(frozen=True, slots=True)
class Given:
    """What a reply gives."""

    act: str
    """The act that answers it."""
    checks: bool = False
    """It was asked in passing whether that was understood."""
    sentence: str = ""

    @property
    def explained(self) -> bool:
        """True for what was explained or warned of."""
        return self.act in _EXPLAINED

    @property
    def goes_past(self) -> bool:
        """True for what goes past something confided just before."""
        return not self.act.startswith(_ANSWERS_A_CONFIDENCE)


def _feeling(words: tuple[str, ...], language: str) -> str | None:
    """Return the act that answers a feeling being named, where the sentence does nothing else."""
    stock = said(language)
    begins = max((hit.last + 1 for hit in stock.names_feeling.all_in(words) if hit.first <= 1), default=0)
    felt = [hit for hit in stock.feelings.all_in(words) if hit.first >= begins]
    if not begins or not felt or _NOT.intersection(words):
        return None
    beside = len(words) - begins - (felt[-1].last - felt[-1].first + 1)
    return felt[-1].name if beside <= _BARE else None


def _asks_whether_followed(sentence: str, language: str) -> tuple[str, bool]:
    """Return a sentence without the question in passing at its end, and whether there was one."""
    if "?" not in sentence and "," not in sentence:
        words = words_of(sentence)
        return sentence, False if not words else _is_check(words, language) and len(words) > 1
    before, comma, last = sentence.rpartition(",")
    if comma and _is_check(words_of(last), language):
        return before, True
    *body, end = sentence.rstrip("? ").rsplit(None, 1) if " " in sentence.rstrip("? ") else ("", sentence)
    if len(words_of(body[0])) >= _TOLD_FIRST and _is_check(words_of(end), language) and not _opens(body[0], language):
        return body[0], True  # "take it at night ok?"
    return sentence, _is_check(words_of(sentence), language)


def _opens(text: str, language: str) -> bool:
    """Return True if the first word that counts opens a question."""
    asking = said(language).asking
    return next((word for word in words_of(text) if word not in asking.before), "") in asking.first


def _is_check(words: tuple[str, ...], language: str) -> bool:
    rest = words
    while rest and rest[0] in said(language).asking.before - {"okay", "ok", "right", "yes", "yeah", "alright"}:
        rest = rest[1:]
    return 0 < len(rest) <= _CHECK and any(
        hit.first == 0 and hit.last == len(rest) - 1 for hit in said(language).checks_follow.all_in(rest)
    )


def given(reading: Reading, understood: Understood) -> Given | None:
    """Return what a reply gives last, or None where it asks, proposes or answers to what was said instead.

    Args:
        reading: The reply as the patient takes it.
        understood: What was made of its words.
    """
    language = reading.language
    stock = said(language)
    checks = False
    found: Given | None = None
    for sentence in reversed(sentences_of(reading.reply)):
        told, asked = _asks_whether_followed(sentence, language)
        checks = checks or asked
        words = words_of(told)
        if asked and words == words_of(sentence):
            continue  # "Does that make sense?" gives nothing, and asks about what stands before it.
        if stock.nods.issuperset(words):
            continue
        acts = frozenset(stock.acts.found_in(words))
        act = next(iter(stock.given.found_in(words)), None)
        if act is None and "feels_for" not in acts:
            act = _feeling(words, language)
        if act is None and "prescribes" in acts:
            act = "prescribed"
        if "?" in told and not (act is not None and act.startswith(_IN_A_QUESTION)):
            return None
        if act is None and is_asked(told, words, stock.asking):
            return None  # "dont drive after it. any allergies"
        if act is not None and not _KIND & acts:
            found = Given(act, checks, told)
            break
        if act == "rhetorical" and "makes_sense" in acts:
            return Given("validated")  # "Who wouldn't be scared?"
        if _ENDS & acts or _does_something(sentence, reading):
            return None
    asks = (
        understood.only_asks
        and bool(understood.asked)
        and not checks
        and found is not None
        and not found.act.startswith(_IN_A_QUESTION)
    )
    if found is None or asks or understood.any_act("options", "sums_up", "both_sides"):
        return None
    beside = set(understood.proposals) - _NOT_BESIDE.get(found.act, frozenset())
    promises = found.act == "promised" and understood.words <= _A_PROMISE
    return None if beside or (understood.plan and not (found.explained or promises)) else found


def _does_something(sentence: str, reading: Reading) -> bool:
    """Return True if the reader is fairly sure of something that a sentence to them does."""
    if said(reading.language).to_them.isdisjoint(words_of(sentence)):
        return False
    start = reading.reply.rfind(sentence)
    stop = start + len(sentence)
    return any(m.certainty >= _SURE and m.start < stop and m.end > start for m in reading.moves)


def outweighs(gave: Given, reaction: Part | None, *, owed: bool) -> bool:
    """Return True if what a reply gives is answered, and not how it would be taken otherwise.

    Args:
        gave: What it gives.
        reaction: How it would be taken otherwise, if in any way.
        owed: True if something had been said to which the reply owed an answer.
    """
    if reaction is None or reaction.act in _GIVES_WAY:
        return True
    if reaction.act == "rushed":
        return not (owed and gave.explained)
    return gave.explained and reaction.act in _BESIDE_AN_EXPLANATION and not (owed and reaction.act == "ordered")


def answered(
    replier: Replier,
    reading: Reading,
    understood: Understood,
    reaction: Part | None,
    openness: Openness,
    told: str | None,
) -> list[Part]:
    """Return what answers what a reply gives, empty where something else about it is answered.

    Args:
        replier: What the patient can answer with.
        reading: The reply as the patient takes it.
        understood: What was made of its words.
        reaction: How it would be taken otherwise.
        openness: Guarded or open.
        told: The concern said in the patient's last words: to go on to an explanation is to go past it.
    """
    if understood.any_act("wandering"):
        return []
    gave = given(reading, understood)
    explains = gave.explained if gave is not None else reading.does("informs") and not understood.questions
    waiting = replier.memory.waiting
    if explains and waiting is not None and answers_question(waiting, reading):
        return [replier.stock("answered", openness)]
    if explains and told is None and _wondered(replier, reading):
        follows = [replier.stock("follows_you", openness)] if gave is not None and gave.checks else []
        return [*follows, replier.stock("wondered", openness)]
    if gave is not None and gave.act == "autonomy" and understood.asked:
        return []  # "What worries you about it? You can say no" is a question all the same.
    if gave is None or (told is not None and gave.goes_past):
        return []
    only_polite = gave.act in _COURTESIES and len(words_of(gave.sentence)) == understood.words
    if not (only_polite or outweighs(gave, reaction, owed=replier.memory.answers_moment or told is not None)):
        return []
    parts = answer(replier, gave, understood, openness)
    if gave.act in _COURTESIES and understood.asked:  # "Sorry, I'm running late. Do you live alone?"
        parts += [part for part in replier.asked_topics(understood, openness)[:1] if part.tells is not None]
    return parts


def answer(replier: Replier, gave: Given, understood: Understood, openness: Openness) -> list[Part]:
    """Return what answers it: whether it was understood, if that was asked, and what they make of it.

    Where what is explained is what weighs on them and has not been said, they look up.
    """
    if gave.act in _CAN_TOUCH and not gave.checks and _near(replier, gave.sentence):
        return [replier.stock("touches_worry", openness)]
    wanted = given_it(replier, gave.act, understood, openness) if gave.act == "prescribed" else None
    part = wanted or replier.stock(gave.act, openness)
    if gave.act == "lets_tell":
        replier.memory.let_tell_at = replier.memory.seq
    if not gave.checks:
        return [part]
    follows = replier.stock("follows_you", openness)
    if not gave.explained:
        return [follows]
    return [follows, replace(part, needed=False)]


def _wondered(replier: Replier, reading: Reading) -> bool:
    """Return True if what is explained answers a question of theirs that they have not put; it is not put any more."""
    memory = replier.memory
    for question in replier.scenario.questions:
        if question not in memory.asked and overlap(reading.reply, question, reading.language) >= _ANSWERED:
            memory.asked.append(question)
            return True
    return False


def _near(replier: Replier, sentence: str) -> bool:
    """Return True if a sentence names what weighs on them and is not out, which is noticed once for each."""
    memory = replier.memory
    closed = {c.id for c in replier.scenario.concerns if c.id not in memory.disclosed}
    near = closed.intersection(replier.ear.hear(sentence).concerns) - memory.touched
    memory.touched |= near
    return bool(near)
