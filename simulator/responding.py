"""How the patient takes a reply that hurts, or that falls near one of the scenario's own prescribers.

Near the scenario's own prescribers in quality, the educator's line is used; elsewhere the everyday stock.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from scoring.scorecard import SKILLS
from simulator.everyday import said
from simulator.given_back import only_theirs
from simulator.in_kind import in_a_word
from simulator.in_turn import asked_first
from simulator.inviting import open_act
from simulator.leaning import OF_A_PLAN
from simulator.listening import echoes_a_courtesy
from simulator.noticing import met, much_the_same, overlap
from simulator.premises import given_it, put_right
from simulator.rating import rate
from simulator.reactions import DIRE, is_zero
from simulator.taking import is_only_echo
from simulator.voices import Part
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.scenario import Moment, Prescriber
    from simulator.understanding import Understood

Near = Literal["rushed", "collaborative"]
_GIVES = ("acknowledges", "legitimises", "affirms", "supports", "apologises", "simple_reflection", "complex_reflection")
_NEAR_COLLABORATIVE, _NEAR_RUSHED = 0.66, 0.25
"""Where between the two prescribers' levels (0 rushed, 1 collaborative) a reply counts as near one of them."""
_ALIKE = 0.34
"""Share of content words in common from which a reply says much the same as a prescriber's line."""
_NEARLY_THE_SAME = 0.8
_CLOSE = 0.5
"""Share from which a reply may get an answer that fits the prescriber's own words only."""
_SHORT_ANSWER = 7
"""Words up to which a patient's answer to the rushed prescriber, if made of small words only, fits any rushed reply."""
_HURTS = (
    ("judged", "judges"), ("ordered", "orders"), ("argued", "argues"), ("minimised", "minimises"),
    ("falsely_reassured", "falsely_reassures"), ("taken_back", "takes_back"), ("addressed_rater", "addresses_rater"),
    ("jargon", "jargon"), ("advised", "advises"),
)  # fmt: skip
_HEARD = (("belittled", "belittles"), ("judged", "blames"), ("ordered", "threatens"), ("minimised", "dismisses"))
"""Hurts that are plain from the words alone, whatever the reader makes of them."""
_OF_THEM = frozenset(["judges", "argues", "minimises"])
_OF_THEM_OR_IT = frozenset(["you", "your", "yours", "it", "that", "this"])
_OTHERS = frozenset(["he", "she", "him", "her"])
_OF_THE_PLAN = frozenset(["ordered", "taken_back", "prescribed"])
"""Hurts that are none to who came in for what is on the table."""
_CERTAIN = {"judges": 0.35, "argues": 0.35, "minimises": 0.35, "advises": 0.2, "steps_over": 0.3}
"""Certainty from which the patient answers the hurt by name; below it they only turn drier."""
_ZEROS = {"validation": "rushed", "reflection": "rushed", "sdm": "ordered"}
"""What a level of 0 feels like, where no single move says more."""
_SMALL_TALK = frozenset(["greeting", "introduces", "thanked", "continues", "informed"])
"""Said only where nothing weightier is."""
_KIND = frozenset(
    ["validated", "acknowledged", "thanked_for_telling", "affirmed", "supported", "granted", "self_disclosure",
     "stock_phrase"]
)  # fmt: skip
_HOLDS_BACK = frozenset(["tell_me_more", "evades", "pressed", "yes_no", "unknown_question"])
"""Answers that give nothing, or nothing while they are guarded."""
_PICKS = ("choice_", "preference_", "plan_", "would_help", "options_heard")
_OF_ANOTHER_WAY = frozenset(["plan_instead", "choice_instead"])
_BESIDE_A_PLAN = (*_KIND, "invited_correction", "having_told", "confirms_")
"""Ways to take a reply that are no answer to whether a plan suits them."""
_TO_A_REQUEST = frozenset(["permission", "evades", "pressed"])
_NO_ANSWER = ("yes_no", "as_told", "evades", "pressed")


@lru_cache(maxsize=512)
def _graded(says: str, patient_words: str, language: str) -> Scorecard:
    return rate(says, patient_words, language=language)[1]


def _quality(scorecard: Scorecard, skills: tuple[str, ...]) -> float:
    levels = [scorecard[skill].level for skill in skills]  # type: ignore[index]
    return sum(1.0 if level is None else float(level) for level in levels) / len(levels)


def nearness(moment: Moment, scorecard: Scorecard, language: str = "en") -> float:
    """Return where a reply falls between the two prescribers on the skills that the moment calls for.

    0 is as the rushed prescriber, 1 as the collaborative one; beyond either is possible.
    """
    low = _quality(_graded(moment.rushed.says, moment.patient, language), moment.calls_for)
    high = _quality(_graded(moment.collaborative.says, moment.patient, language), moment.calls_for)
    mine = _quality(scorecard, moment.calls_for)
    if high - low < 0.5:
        low, high = 1.0, 3.0
    return (mine - low) / (high - low)


def _fits(prescriber: Prescriber, reading: Reading, understood: Understood) -> bool:
    """Return True if the patient's answer to the prescriber answers this reply, too."""
    if much_the_same(reading.reply, prescriber.says, _ALIKE, reading.language):
        return True
    asked = open_act(understood, reading.language)
    return not understood.asked and (asked is None or "moment" in said(reading.language).open_questions[asked])


def own_line(
    moment: Moment, reading: Reading, scorecard: Scorecard, understood: Understood, *, confides: bool
) -> tuple[Near, Part] | None:
    """Return the educator's line for this moment where the reply falls near one of the prescribers, else None.

    Args:
        moment: The moment that the reply answers.
        reading: The reply as the patient takes it.
        scorecard: How well it did.
        understood: What was asked, offered, touched on.
        confides: True if this reply brings out a concern, to which the line for a good reply leads over.
    """
    language = reading.language
    alike = {
        name: much_the_same(reading.reply, getattr(moment, name).says, _NEARLY_THE_SAME, language)
        for name in ("rushed", "collaborative")
    }
    near: Near
    if alike["rushed"]:
        near = "rushed"
    elif alike["collaborative"]:
        near = "collaborative"
    else:
        at = nearness(moment, scorecard, language)
        if at <= _NEAR_RUSHED:
            near = "rushed"
        elif at >= _NEAR_COLLABORATIVE and met(scorecard) and not reading.does(*DIRE) and not is_heard(understood):
            near = "collaborative"
        else:
            return None
    prescriber: Prescriber = getattr(moment, near)
    to_decide = asked_first(reading, understood) in {"choice", "plan"}
    elsewhere = near == "collaborative" and not (alike["collaborative"] or confides)
    if elsewhere and to_decide and "sdm" not in moment.calls_for:
        return None  # A choice or a plan was put to them, and the line speaks of something else.
    if prescriber.only_here and not confides and not much_the_same(reading.reply, prescriber.says, _CLOSE, language):
        return None
    if near == "rushed" and not much_the_same(reading.reply, prescriber.says, _ALIKE, language):
        if "?" in prescriber.says or reading.does(*_GIVES):
            return None  # It answers that question, or is drier than somebody is to whom something was given.
        answer = words_of(prescriber.patient)
        small = len(answer) <= _SHORT_ANSWER and said(language).small_answers.issuperset(answer)
        if not small or understood.questions:
            return None
    if not _fits(prescriber, reading, understood):
        return None
    return near, Part(f"moment:{moment.id}:{near}", (prescriber.patient,), (prescriber.thinks,))


def is_heard(understood: Understood) -> bool:
    """Return True if the reply blames, threatens or waves away in so many words."""
    return understood.any_act(*(act for _, act in _HEARD))


def hurt(
    replier: Replier, reading: Reading, scorecard: Scorecard, openness: Openness, understood: Understood
) -> Part | None:
    """Return the answer to the worst that the reply does, if it hurts: shorter and drier, without theatrics."""
    not_so = put_right(replier, understood, openness)
    if not_so is not None:
        return not_so
    heard = replier.first_fresh(((act, name in understood.acts) for act, name in _HEARD), openness)
    if heard is not None:
        return _more_exactly(heard, replier, openness, understood)
    if reading.does("misstates"):
        return corrects(replier, reading, openness)
    warm = reading.does("acknowledges", "legitimises", "affirms", "supports", "stock_phrase")
    theirs = tuple(m for m in reading.moves if not (m.move in _OF_THEM and _of_others(m.quote)))
    sure = {m.move for m in theirs if m.certainty >= _CERTAIN.get(m.move, 0)}
    asks_view = understood.questions and (understood.plan or understood.any_act("preference", "about_the_plan"))
    if (not understood.directs and understood.only_asks) or (asks_view and not understood.any_act("directs")):
        sure.discard("orders")  # A question about the plan names it and decides nothing.
    if "orders" in sure and not understood.directs and reading.does("complex_reflection", "simple_reflection"):
        sure.discard("orders")  # "You must miss her" tells nobody what to do.
    if "orders" in sure and all(only_theirs(m.quote, reading.patient_words) for m in reading.quotes("orders")):
        sure.discard("orders")  # "You'll have to think about that one" is what they had just said.
    felt = ((act, move in sure and (act != "taken_back" or warm)) for act, move in _HURTS)
    found = replier.first_fresh(felt, openness)
    if found is not None:
        return _more_exactly(found, replier, openness, understood)
    if any(m.move in _OF_THEM for m in theirs):
        return replier.stock("rushed", openness)
    gives_back = reading.does("simple_reflection", "complex_reflection", "double_sided_reflection", "summary")
    pressed = pressed_on(understood)
    if pressed is not None:
        return _more_exactly(replier.stock(pressed, openness), replier, openness, understood)
    if echoes_a_courtesy(replier, reading):
        return replier.stock("parroted", openness)
    by = "like_everyone" if understood.any_act("everyone") else "rushed"
    if reading.does("ignores_danger") or (reading.does("steps_over") and not (gives_back and "steps_over" not in sure)):
        return replier.stock(by, openness)
    if reading.does("parrots"):
        return replier.stock("parroted", openness)
    zero = [
        skill for skill in SKILLS if is_zero(scorecard, skill) and (skill != "sdm" or understood.any_act("directs"))
    ]
    if not zero:
        return None
    if zero[0] == "reflection" and gives_back:
        echoes = overlap(reading.reply, reading.patient_words, reading.language) >= _CLOSE
        return replier.stock("parroted", openness) if echoes else None
    felt_as = "rushed" if understood.questions else _ZEROS[zero[0]]
    return replier.stock(by if felt_as == "rushed" else felt_as, openness)


def _of_others(quote: str) -> bool:
    """Return True for a few words about somebody else alone ("so at least he's happy"), as in small talk."""
    words = set(words_of(quote))
    return bool(words & _OTHERS) and not words & _OF_THEM_OR_IT and len(words) <= _SHORT_ANSWER


def pressed_on(understood: Understood) -> str | None:
    """Return how it is taken to be told to get on with it or to keep taking it, where nothing is asked."""
    if understood.questions or understood.any_act("apology"):
        return None
    if understood.any_act("insists"):
        return "taken_back" if understood.any_act("turns") else "ordered"
    return "ordered" if understood.any_act("directs") and understood.proposals == ("keep",) else None


def _more_exactly(part: Part, replier: Replier, openness: Openness, understood: Understood) -> Part:
    """Return the answer to what everybody is said to have, or to a prescription already sent, where it was that."""
    wanted = given_it(replier, part.act, understood, openness) if part.act in _OF_THE_PLAN else None
    if wanted is not None:
        return wanted
    if part.act == "ordered" and understood.any_act("prescribes") and not understood.any_act("threatens"):
        return replier.stock("prescribed", openness)
    alike = part.act == "minimised" and understood.any_act("everyone")
    return replier.stock("like_everyone", openness) if alike else part


def corrects(replier: Replier, reading: Reading, openness: Openness) -> Part:
    """Return a correction with what is true: a fact on what was misstated, or the patient's own words again."""
    quote = " ".join(m.quote for m in reading.quotes("misstates"))
    for topic in sorted(replier.ear.hear(quote).touched):
        fact = replier.ear.facts.get(topic)
        told = replier.memory.answered.get(topic, set())
        if fact is not None and openness not in told:
            lead = replier.stock("corrects", openness)
            return Part(
                f"corrects:{topic}",
                tuple(f"{line} {getattr(fact, openness)}" for line in lead.lines),
                lead.thoughts,
                tells=(topic, openness),
            )
    sentences = sentences_of(reading.patient_words)
    told_so = [s for s in sentences if 4 <= len(words_of(s)) <= 18 and "(" not in s and '"' not in s and "?" not in s]
    if told_so:
        return replier.stock("corrects_with", openness, words=max(told_so, key=len))
    return replier.stock("corrects", openness)


def fitting(
    reaction: Part | None, content: list[Part], reading: Reading, understood: Understood, openness: Openness
) -> tuple[Part | None, list[Part]]:
    """Return reaction and answer so that they can be said in one breath: where one makes the other odd, it goes."""
    if reaction is None or not content:
        return reaction, content
    first = content[0]
    if first.act.startswith(("worries:", "carries:")):
        return None, content  # They speak of what they confided; nothing goes before that.
    asked = open_act(understood, reading.language)
    if asked is not None and reaction.act.startswith("confirms_"):
        return in_a_word(
            reaction
        ), content  # A yes is no answer to what it has been like, and no more than a yes is due.
    just_asks = understood.only_asks and not understood.gives_back and not reading.does("invites_correction")
    if just_asks and (reaction.act in _KIND or reaction.act.startswith("confirms_")):
        return None, content  # Nothing but questions was put: there is nothing to confirm and nothing to be touched by.
    if reaction.act == "parroted" and (not understood.questions or is_only_echo(reading)):
        return reaction, []  # Nothing is asked by their own words.
    if reaction.act == "acknowledged" and understood.any_act("apology"):
        return None, content  # To be sorry for interrupting is not to have noticed how hard it is.
    if reaction.act.startswith("apology") and first.act in {"yes_no", "unknown_question"}:
        return reaction, []
    if first.act in _SMALL_TALK:
        return reaction, []
    if first.act.startswith("choice_") and reaction.act.startswith("confirms_"):
        return None, content  # Several ways were put to them: nothing was said about them that could be confirmed.
    answers_a_plan = first.act.startswith(OF_A_PLAN) or first.act in _OF_ANOTHER_WAY
    if answers_a_plan and understood.questions and reaction.act.startswith(_BESIDE_A_PLAN):
        return None, content  # "How does that sit with you?" is answered by what they would do, and by nothing else.
    moved = reaction.act in _KIND or reaction.act == "having_told"
    if moved and (first.act.startswith(_PICKS) or asked is not None):
        return None, content  # The question is answered; relief is no answer to it.
    if reaction.act == "rushed" and (understood.questions or first.act == "how_are_you"):
        return None, content  # What was asked is answered; nobody complains first and answers all the same.
    if understood.any_act("asks_first") and reaction.act.startswith("confirms_") and first.act in _TO_A_REQUEST:
        return None, content  # "May I ask more about it?" is answered; a yes to what stood before it is none.
    unanswered = _NO_ANSWER if reading.does("invites_correction") else _NO_ANSWER[:2]
    if reaction.act.startswith(("confirms_", "parroted")) and first.act in unanswered:
        return reaction, []  # "Have I got that right?" has been answered by then.
    if reaction.act in _KIND and first.act in _HOLDS_BACK and (openness == "guarded" or first.act != "tell_me_more"):
        return reaction, []  # To be touched by it and to wave it away in one breath would be two people.
    return reaction, content
