"""What the patient decides to say to a reply: one reaction, what was asked, what is confided, what they bring up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from simulator import dangers, giving, in_turn, responding
from simulator.choosing import takes_up
from simulator.company import asked_to_leave, in_private
from simulator.confiding import Confiding, answers
from simulator.enough import had_enough
from simulator.in_kind import in_a_word, varied
from simulator.initiative import Initiative
from simulator.listening import listened
from simulator.noticing import left_lying
from simulator.premises import GIVEN, NEVER_MET, NOT_TAKING
from simulator.reactions import DIRE
from simulator.replying import content_of
from simulator.standing import weighed

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.reactions import Feelings
    from simulator.understanding import Understood
    from simulator.voices import Part

Pace = Literal["talk", "script"]
_RUSHED_EVERY = 4
"""Turns between two remarks on being passed over, where nothing new was."""
_STINGS = frozenset(
    [
        "judged",
        "belittled",
        "ordered",
        "prescribed",
        "argued",
        "minimised",
        "like_everyone",
        "falsely_reassured",
        "taken_back",
        "addressed_rater",
        NEVER_MET,
        NOT_TAKING,
        GIVEN,
    ]
)
_GOES_PAST = frozenset(["rushed", "taken_back", "ordered", "prescribed", "like_everyone", "falsely_reassured"])
"""Stings that are lighter than a question which got no answer."""
_LIGHT = frozenset(["affirmed", "granted", "self_disclosure", "stock_phrase"])
"""What is too light, or beside the point, right after something was confided."""
_BREAKS_OFF = 0.5
"""How often somebody with something on the tip of their tongue breaks off at the door; others ask a question, or go."""
_ONE_OF_SEVERAL = frozenset(["several_questions", "what_else_asked", "still_asked"])
"""What is said where not all that was asked is answered; nothing of their own is put on top."""
_SAID_ALONE = ("moment:", "worries:", "carries:", "asks")
"""What the last of an answer begins with, beside which nothing is hinted at."""
_TOLD = ("worries:", "carries:")
"""What the acts begin with in which they speak of what was confided."""
_SAYS_YES = ("confirms_", "validated", "acknowledged", "thanked_for_telling", "affirmed", "supported", "nodded_to")
"""What mostly begins with a yes; two that are nearly the same never follow on each other."""
_NONE_BESIDE_A_YES = ("rushed", "confirms_", "parroted")
"""What the acts begin with that are not said beside the answer to another way."""
_ODD = ("improper", "insult", "other_language", "gibberish", "instructions", "robot", "silence")


class Deciding:
    """Decides for one patient in one visit."""

    def __init__(self, replier: Replier, feelings: Feelings, pace: Pace) -> None:
        """Take what the patient can answer with, how they feel, and whether they wait or go on."""
        self.replier = replier
        self.feelings = feelings
        self.pace: Pace = pace
        self.scenario = replier.scenario
        self.memory = replier.memory
        self._initiative = Initiative(replier, feelings)
        self._confiding = Confiding(replier, feelings, pace == "talk")

    @property
    def openness(self) -> Openness:
        """Whether the patient answers guarded or open."""
        return self.feelings.openness

    def parts(
        self, reading: Reading, scorecard: Scorecard, understood: Understood, answered: set[str], told: str | None
    ) -> list[Part]:
        """Return what will be said to a reply.

        Args:
            reading: The reply as the patient takes it.
            scorecard: How well it did.
            understood: What was asked, offered, touched on.
            answered: Events of this reply, by the names in reactions.yaml.
            told: The concern said in the patient's last words, if one was.
        """
        parts = self._parts(reading, scorecard, understood, answered, told)
        if self.pace == "talk":
            parts = had_enough(self.replier, parts, self.openness, _STINGS)
            parts = weighed(self.replier, parts, reading, self.feelings)
        if parts and parts[0].act.startswith(_SAYS_YES):
            parts = [varied(parts[0], reading.patient_words, reading.language), *parts[1:]]
        return in_private(self.replier, parts, self.openness)

    def _parts(
        self, reading: Reading, scorecard: Scorecard, understood: Understood, answered: set[str], told: str | None
    ) -> list[Part]:
        at_once = self._odd(understood) or self._closing(reading, understood)
        if at_once:
            return at_once
        leaves = asked_to_leave(self.replier, understood)
        opened = self._confiding.opened(reading, scorecard, understood)
        if leaves is not None and self.pace == "talk":
            answer = self.replier.asked_topics(understood, self.openness)[:1] if understood.asks_safety else []
            answer = [] if any(part.act.startswith("discloses:") for part in opened) else answer
            return [leaves, *answer] if self._confiding.not_yet(opened) else [leaves, *answer, *opened]
        confides = any(part.act.startswith(("discloses:", "begins:")) for part in opened)
        reaction, weighty = self._reaction(reading, scorecard, understood, told, confides=confides)
        if self.pace == "talk" and reaction is not None and reaction.act.startswith("danger:"):
            return [reaction, *self._beside_the_danger(reaction, understood)]
        own = reaction is not None and reaction.act.startswith("moment:")
        if self.pace == "script":
            return self._script(reaction, opened)
        if confides:
            to_decide = in_turn.asked_first(reading, understood) in {"choice", "plan"}
            fits = not to_decide or (self.memory.moment is not None and "sdm" in self.memory.moment.calls_for)
            before = [reaction] if reaction is not None and own and fits else []
            if to_decide and any(
                part.act == "finishes_first" for part in opened
            ):  # What was put to them has its answer, too.
                content = self._content(reading, scorecard, understood, None, told)[1]
                opened = [*opened, *[part for part in content if answers(part) and part.tells is None][:1]]
            return [*before, *(part for part in opened if not (before and part.act in in_turn.LEADS_OVER))]
        reaction, content, gave = self._content(reading, scorecard, understood, reaction, told)
        weighty = weighty or gave
        brings_back = own or any(part.act.startswith(_TOLD) for part in content)
        if told and not brings_back and left_lying(self.memory, told, reading, scorecard, understood):
            self._confiding.not_yet(opened)
            answer = content[: min(understood.questions, 1)]
            return [self.replier.stock("let_lie", self.openness), *map(self._held_back, answer)]
        parts: list[Part] = []
        if reaction is not None and (weighty or own or not content or content[0].act in {"continues", "informed"}):
            parts.append(reaction)
            content = [part for part in content if part.act not in {"continues", "informed"}]
        if "question_answered" in answered and not parts and not content:
            parts.append(self.replier.stock("answered", self.openness))
        waits = self.memory.let_tell_at == self.memory.seq  # They said that they would hear something, and so they do.
        if opened and (own or (content and (waits or content[-1].act.startswith(_SAID_ALONE)))):
            self._confiding.not_yet(opened)
            opened = []
        if (
            opened
            and not confides
            and content
            and not self._confiding.fits_after(content[0], opened, reading, understood)
        ):
            self._confiding.not_yet(opened)
            opened = []
        if opened:
            return [*self._confiding.before(parts, content), *opened]
        if own and reaction is not None:
            told_of = [part for part in content if part.tells is not None and understood.asked][:1]
            return told_of if told_of and reaction.act.endswith(":rushed") else [*parts, *told_of]
        if reaction is not None and (reaction.act in _STINGS or reaction.act == "rushed"):
            # Whoever has just been hurt or run over says that much, answers what was asked, and volunteers nothing.
            answer = [part for part in content if part.tells is not None][:1]
            mild = reaction.act in _GOES_PAST and not reading.does(*DIRE)
            if mild and not answer and self._initiative.still_wonders(reading, understood):
                return [self._initiative.unanswered()]
            wonders = reaction.act in {"ordered", GIVEN} and not answer and not reading.does(*DIRE)
            return [reaction, *(self._initiative.wonders(understood) if wonders else answer)]
        way_put = self.memory.plans[-1].settled and self.memory.plans[-1].elsewhere
        stays = told is not None or reading.does("agrees_plan") or understood.plan or way_put
        if told is not None and not parts and not content and not reading.does(*DIRE):
            parts.append(self.replier.stock("having_told", self.openness))
        return self._with_more(reading, understood, parts, content, answered, stays=stays) or [
            self._fallback(reading, understood)
        ]

    def _beside_the_danger(self, reaction: Part, understood: Understood) -> list[Part]:
        """Return the answer to what was asked past a danger: they take it back, and answer that."""
        past_it = reaction.act.endswith(":ignored") and understood.questions > 0
        answer = self.replier.asked_topics(understood, self.openness)[:1] if past_it else []
        return [part for part in answer if part.tells is not None]

    def _content(
        self, reading: Reading, scorecard: Scorecard, understood: Understood, reaction: Part | None, told: str | None
    ) -> tuple[Part | None, list[Part], bool]:
        """Return how they take the reply, what answers it, and whether it is what it gives that is answered."""
        asks = self.replier.ear.plans.asks_first(self.memory.plans[-1])
        way = self.replier.stock(asks, self.openness) if asks is not None else None
        way = way or takes_up(self.replier, understood, self.feelings)
        if way is not None:
            beside = replace(understood, asked=self.replier.ear.beside_the_way(understood, self.memory.plans[-1]))
            answers = self.replier.asked_topics(beside, self.openness)[:1] if beside.asked else []
            content = [way, *(part for part in answers if part.tells is not None)]
            if reaction is not None and (reaction.act in _STINGS or reaction.act.startswith(_NONE_BESIDE_A_YES)):
                reaction = None  # What was put before and is now settled on is no order, and a yes is answer enough.
            return *responding.fitting(reaction, content, reading, understood, self.openness), True
        gave = giving.answered(self.replier, reading, understood, reaction, self.openness, told)
        if gave:
            return gave[0], gave[1:], True
        content = content_of(self.replier, self._initiative, self.feelings, reading, scorecard, understood)
        if [part.act for part in content] == ["tell_me_more"]:
            more = self._initiative.more()
            content = content if more is None else [more]
        if content and content[0].act.startswith("moment:"):
            content = self._initiative.after_the_whole(content, reaction, understood)
            reaction = None if content else reaction
        return *responding.fitting(reaction, content, reading, understood, self.openness), False

    def _with_more(
        self,
        reading: Reading,
        understood: Understood,
        parts: list[Part],
        content: list[Part],
        answered: set[str],
        *,
        stays: bool,
    ) -> list[Part]:
        """Return what is said to a reply, and after it what they bring up unasked, if there is room for it."""
        going_on: list[Part] = []
        several = any(part.act in _ONE_OF_SEVERAL for part in content)
        if not several and sum(part.tells is not None for part in content) <= 1:
            going_on = self._initiative.going_on(reading, understood, parts, content, answered, stays=stays)
        if going_on:
            # Coming back to what they said is itself the answer to whoever has lost the thread.
            back = going_on[-1].act == "returns"
            content = [part for part in content if part.act != "wordless" and not (back and part.act == "long_speech")]
        if going_on and going_on[-1].act.startswith(("moment:", "more:")):
            # What they bring up by themselves stands behind a word or two at most.
            parts = [short for short in map(in_a_word, parts) if short is not None]
        if going_on and parts and content:
            # One remark and one thing of their own; a third would have nothing to do with either.
            parts, content = ([], content) if answers(content[0]) else (parts, [])
        if going_on and understood.questions and not parts and not content:
            going_on = going_on[-1:]  # It is the answer, so no word leads over to it.
        return [*parts, *content[: 3 if not going_on else 1], *going_on]

    def _odd(self, understood: Understood) -> list[Part] | None:
        """Answer what is no part of the visit: an insult, another language, an attempt to break the frame."""
        found = next((act for act in _ODD if act in understood.acts), None)
        if found is None or (found in {"insult", "robot", "instructions"} and self.pace == "script"):
            return None
        if found == "insult" and self.memory.insults > 1:
            found = "insult_again"
        leaves_room = found == "silence" and self.openness == "open" and self.memory.silences == 1
        if leaves_room and self.memory.next_moment is not None and not self.memory.answers_moment:
            return self._initiative.next_moment(understood)
        return [self.replier.stock(found, self.openness)]

    def _reaction(
        self, reading: Reading, scorecard: Scorecard, understood: Understood, told: str | None, *, confides: bool
    ) -> tuple[Part | None, bool]:
        """Return the one reaction that fits best, and whether it is said even before an answer."""
        memory, replier, openness = self.memory, self.replier, self.openness
        danger = dangers.going_on(self.scenario, memory, reading, understood, told)
        if danger is not None and self.pace == "talk":
            return danger, True
        if understood.any_act("wandering") and self.pace == "talk":
            return None, False
        if memory.answers_moment and memory.moment is not None:
            own = responding.own_line(memory.moment, reading, scorecard, understood, confides=confides)
            if own is not None:
                memory.last_reaction = own[1].act
                return own[1], True
        if danger is not None:
            return danger, True
        found: tuple[Part, bool] | None = None
        due = memory.seq - memory.rushed_at >= _RUSHED_EVERY and not understood.proposals
        hurt = responding.hurt(replier, reading, scorecard, openness, understood)
        if reading.does("apologises") and not reading.does(*DIRE):
            passed = memory.moment_at >= 0 and memory.answers_moment
            owed = memory.seq > 1 and (self.feelings.since_hurt <= 4 or passed)
            again = self.feelings.apologies > 2
            found = (
                replier.stock("apology_again" if again else "apology_repair" if owed else "apology_idle", openness),
                True,
            )
        elif hurt is not None and hurt.act != "rushed":
            found = hurt, True
        elif understood.asks_safety or (
            memory.seq == 1 and understood.any_act("greeting", "introduces", "how_are_you")
        ):
            found = listened(replier, reading, scorecard, openness, memory.last_reaction, understood)
        elif hurt is not None and memory.seq - memory.let_tell_at == 1:
            found = None  # They said that they would hear it, so nobody runs them over by telling it.
        elif hurt is not None and (memory.answers_moment or told or due):
            memory.rushed_at = memory.seq
            found = hurt, True
        else:
            found = listened(replier, reading, scorecard, openness, memory.last_reaction, understood)
        if found is None and understood.any_act("asks_first") and not understood.asked:
            found = replier.stock("permission", openness), False
        if found is None:
            return None, False
        if told is not None and found[0].act in _LIGHT:
            found = replier.stock("having_told", openness), found[1]
        if found[0].act == "granted" and understood.directs:
            leaning = replier.leaning(self.feelings.willingness)
            if leaning != "willing":  # Nobody is granted what they would rather not have.
                found = replier.stock(f"plan_{leaning}", openness), True
        memory.last_reaction = found[0].act
        return found

    def _script(self, reaction: Part | None, opened: list[Part]) -> list[Part]:
        """Answer and go on to the next moment, as when a scenario's own prescriber is played."""
        hinted = [] if self._confiding.not_yet(opened) else opened
        parts = [reaction or self.replier.stock("continues", self.openness), *hinted]
        return [*parts, *self._initiative.next_moment()] if self.memory.next_moment is not None else parts

    def _held_back(self, part: Part) -> Part:
        """Return what they say of the plan as somebody says it who has just been gone past."""
        if part.tells is not None or not answers(part):
            return part
        # A yes that is held back is none yet, and neither is a way picked.
        held = part.act.replace("_willing", "_unsure").replace("choice_instead", "choice_unsure")
        if held != part.act:
            self.memory.chose, self.memory.picked = "", None
        return self.replier.stock(held, "guarded")

    def _closing(self, reading: Reading, understood: Understood) -> list[Part]:
        """Take leave where the clinician does and asks nothing more."""
        asks = "?" in reading.reply or (understood.questions and not in_turn.takes_leave(reading))
        if self.pace == "script" or not understood.any_act("closing") or asks or understood.words >= 30:
            return []
        if self.memory.plans[-1].settled and self.memory.plans[-1].elsewhere:
            return []  # "Bupropion then, see you in two weeks" is answered first.
        breaks_off = self.memory.leaves_something and self.memory.chance("breaks off") < _BREAKS_OFF
        if breaks_off:
            return [self.replier.stock("closing_unsaid", self.openness)]
        own = self._initiative.invited_question(understood) if self.memory.leaves_something else []
        return own or [self.replier.stock("closing", self.openness)]

    def _fallback(self, reading: Reading, understood: Understood) -> Part:
        if understood.any_act("nods"):
            return self.replier.stock("nodded_to", self.openness)
        act = "continues" if understood.words <= 6 or reading.does("supports", "agrees_plan") else "unclear"
        return self.replier.stock(act, self.openness)
