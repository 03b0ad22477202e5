"""What the patient brings up unasked: what was stepped over, the next thing on their mind, a question of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from scoring.scorecard import HURTING_MOVES
from simulator.everyday import said
from simulator.noticing import answers_question
from simulator.reactions import DIRE
from simulator.room import again, nearest, on_the_plan, pacing
from simulator.voices import Part
from simulator.words import words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.memory import Memory
    from simulator.reactions import Feelings
    from simulator.understanding import Understood

_GRAVE = (
    "answer:suicide",
    "answer:self_harm",
    "answer:harm_others",
    "answer:means",
    "no_plan",
    "wants_to_live",
    "safety_evaded",
    "evades",
    "pressed",
)
"""After these the patient brings up nothing else."""
_STANDS = ("moment:", "danger:", "asks", "worries:", "carries:", "plan_muddled", "permission", "lets_tell")
"""What the acts begin with after which nothing else is brought up in the same breath."""
_MEETS = ("acknowledges", "legitimises", "affirms", "apologises")
_TAKEN_WELL = ("confirms_", "validated", "acknowledged", "thanked_for_telling", "affirmed", "supported", "granted")
"""What the acts begin with that answer a reply which heard them."""
_TAKEN_UP = ("confirms_", "acknowledged", "supported")
"""What the acts begin with that answer a reply about what they had just brought up; then they may say more of it."""
_WAVED_OFF = frozenset(["stock_phrase", "parroted", "rushed", "taken_back", "advised", "ordered", "prescribed"])
"""What answers a reply that leaves no room."""
_WHOLE = ("confirms_summary", "confirms_both")
"""What answers a reply that drew things together: then there is room for what is missing in it."""
_WHOLE_BY_ITSELF = ("apology_", "confirms_both", "having_told", *(one for one in _TAKEN_WELL if one != "confirms_"))
"""What the acts begin with behind which nothing of their own is put: they have answered."""
_LONG = 2
"""Replies beyond their patience after which they bring up something behind a plain yes."""
_STILL = 2
"""Replies after which they say no more about what they brought up."""
OF_THEIR_OWN = ("moment:", "more:", "hint:", "discloses:", "begins:", "asks")
"""What the acts begin with in which they say something of their own."""
_MORE_OR_LESS = 3
"""In how many ways they may be patient, each a reply longer than the one before, from one fewer than usual."""
_LISTED = 2
"""Replies in a row that asked and gave nothing back, beyond which the patient waits longer."""
_QUESTION_EVERY = 4
"""Turns between two questions of the patient's own."""
_LEADS_OVER_EVERY = 4
"""Replies from one word that leads over to the next at the earliest."""
_GOES_ON = 0.6
"""How often they come back to what was stepped over by saying more about it, and not by saying that it was."""
_RETURNS = 1
"""How often in a visit a patient comes back to what was stepped over; what they confided apart."""


def _is_an_answer(part: Part) -> bool:
    """Return True unless this only says that they have heard."""
    return part.act not in {"continues", "informed", "nodded_to", "wordless"}


@dataclass(frozen=True, slots=True)
class Initiative:
    """What one patient brings up on their own."""

    replier: Replier
    feelings: Feelings

    @property
    def memory(self) -> Memory:
        """The visit's memory."""
        return self.replier.memory

    @property
    def openness(self) -> Openness:
        """Whether the patient speaks guarded or open."""
        return self.feelings.openness

    def volunteer(self, understood: Understood, *, near: bool = False) -> list[Part]:
        """Bring up the moment that fits best where room is made for it and the last one has been answered.

        Args:
            understood: What was made of the reply.
            near: Only one that is near what was said, as where something clear was asked.
        """
        if self.memory.answers_moment:
            return []
        found = nearest(self.memory, self.replier.ear, understood) if near else None
        return [] if near and not (found is not None and found[1]) else self.next_moment(understood)

    def next_moment(self, understood: Understood | None = None) -> list[Part]:
        """Say a moment: the next one in their order, or the one that fits best what was understood."""
        memory = self.memory
        at = memory.next_at
        if understood is not None and not memory.in_order:
            found = nearest(memory, self.replier.ear, understood)
            at = None if found is None else found[0]
        return [] if at is None else self.moment_at(at)

    def moment_at(self, at: int) -> list[Part]:
        """Say one moment."""
        moment = self.memory.scenario.moments[at]
        return [Part(f"moment:{moment.id}", (moment.patient,))]

    def more(self) -> Part | None:
        """Return what they add about the thing they brought up last; None where they have nothing to add."""
        memory = self.memory
        at, moment = memory.moment_at, memory.moment
        if moment is None or not moment.more or at in memory.added or memory.replies_since_moment > _STILL:
            return None
        moot = moment.leads_to in memory.disclosed or (moment.on_the_plan and memory.overtaken)
        if moot or again(memory, moment.more):
            return None
        memory.added.add(at)
        return Part(f"more:{moment.id}", (moment.more,))

    def _brought_up(self, found: tuple[int, bool], reading: Reading) -> list[Part]:
        """Return a moment, with a word that leads over where it is not near what was said; none too soon after another.

        Where there is no such word to be said, it waits for a reply that it follows from.
        """
        comes = self.moment_at(found[0])
        joins = said(self.replier.scenario.language).joins.issuperset(words_of(comes[0].lines[0])[:1])
        if found[1] or joins or reading.does(*HURTING_MOVES):
            return comes
        if self.memory.seq - self.memory.led_over_seq < _LEADS_OVER_EVERY:
            return []
        self.memory.led_over_seq = self.memory.seq
        return [self.replier.stock("goes_on", self.openness), *comes]

    def after_the_whole(self, comes: list[Part], reaction: Part | None, understood: Understood) -> list[Part]:
        """Return a moment as it is said to a reply that drew things together: none behind a yes to both sides.

        Where they are asked what is missing, a word says that this is.
        """
        if reaction is None or not reaction.act.startswith(_WHOLE):
            return comes
        if not understood.any_act("sums_up"):
            return []
        joins = said(self.replier.scenario.language).joins.issuperset(words_of(comes[0].lines[0])[:1])
        return comes if joins else [self.replier.stock("goes_on", self.openness), *comes]

    def still_wonders(self, reading: Reading, understood: Understood) -> bool:
        """Return True if a question of theirs was gone past, and nothing is asked of them that comes first."""
        question, at = self.memory.owed
        owed = bool(question) and self.memory.seq - at <= _STILL and not answers_question(question, reading)
        return owed and not understood.asked

    def unanswered(self) -> Part:
        """Say, once, that a question of theirs has had no answer."""
        self.memory.owed = ("", -9)
        return self.replier.stock("unanswered", self.openness)

    def going_on(
        self,
        reading: Reading,
        understood: Understood,
        parts: list[Part],
        content: list[Part],
        answered: set[str],
        *,
        stays: bool,
    ) -> list[Part]:
        """Return what the patient says unasked: more about the same, what was stepped over, a moment, a question.

        Who has answered a question has answered it. What is their own comes when there is room: after a reply that
        heard them, in a pause, or when they have waited for as long as somebody of their manner waits.

        Args:
            reading: The reply as the patient takes it.
            understood: What was asked, offered, touched on.
            parts: How they take it.
            content: What answers it.
            answered: Events of this reply, by the names in reactions.yaml.
            stays: True where nothing new is brought up: something was just confided, or a plan is being wound up.
        """
        memory = self.memory
        if any(part.act.startswith(_STANDS) or part.act in _GRAVE for part in content):
            return []
        if understood.any_act("wandering"):
            return []  # What they do with that has been decided.
        asked = understood.questions > 0
        closed = self.feelings.stance == "closed"
        if "question_dropped" in answered and not asked and not closed:
            return [self.unanswered()]
        if asked and content:
            return []
        taken_well = any(part.act.startswith(_TAKEN_WELL) for part in parts)
        taken_up = any(part.act.startswith(_TAKEN_UP) for part in parts)
        adds = taken_up and memory.answers_moment and not asked and not stays
        more = self.more() if adds and memory.chance("adds") * 100 < self._of_manner("adds") else None
        if more is not None:
            return [more]
        if self.still_wonders(reading, understood) and not closed and not stays:
            return [self.unanswered()]
        returning = self.comes_back(reading)
        if returning is not None:
            return [returning]
        if stays:
            return []
        planning = on_the_plan(reading, understood)
        found = None if memory.answers_moment else nearest(memory, self.replier.ear, understood, planning=planning)
        waits = self._of_manner("patience") + closed + (memory.bare_questions > _LISTED)
        waits += int(memory.nature(f"patience {memory.moment_at}") * _MORE_OR_LESS) - 1
        waits -= (found is not None and found[1]) + any(part.act in _WHOLE for part in parts)
        waved_off = any(part.act in _WAVED_OFF for part in (*parts, *content))
        waited = memory.seq - memory.own_at - waits
        if found is not None and not waved_off and waited >= 0 and not any(_is_an_answer(part) for part in content):
            whole = any(part.act.startswith(_WHOLE_BY_ITSELF) for part in parts)
            room = not parts or understood.any_act("nods", "silence") or reading.does("invites_correction")
            if not whole and (found[1] or room or waited >= _LONG):
                return self._brought_up(found, reading)
        return self._own_question(understood) if planning or (found is None and not taken_well) else []

    def _of_manner(self, what: Literal["patience", "adds"]) -> int:
        """Return how long somebody of this manner waits, or how often they add something."""
        return int(pacing()[what][self.replier.scenario.patient.speech])

    def comes_back(self, reading: Reading) -> Part | None:
        """Come back once to what was stepped over, if they still care to and this reply leaves room for it."""
        stepped = self.memory.stepped
        if reading.does(*_MEETS):
            return None  # Nobody complains of being passed over to somebody who is just meeting them.
        if stepped is None or self.feelings.stance == "closed" or reading.does(*DIRE) or self.memory.seq <= stepped.seq:
            return None
        self.memory.stepped = None
        if self.memory.returned >= _RETURNS and not stepped.confided:
            return None
        self.memory.returned += 1
        just_said = self.memory.replies_since_moment <= 1  # Later nobody would know what it is more of.
        more = self.more() if stepped.subject and just_said and self.memory.chance("returns") < _GOES_ON else None
        if more is not None:
            return replace(more, act="returns")  # People mostly do not complain, they say some more of it.
        part = self.replier.stock("returns", self.openness, subject=stepped.subject)
        named = tuple(line for line in part.lines if stepped.subject and stepped.subject in line)
        return replace(part, lines=named or part.lines)

    def invited_question(self, understood: Understood) -> list[Part]:
        """Ask something of their own where the clinician has made room for it."""
        return self._own_question(understood, invited=True)

    def wonders(self, understood: Understood) -> list[Part]:
        """Ask something of their own, as those do who also add to what they say; or not."""
        if self.memory.chance("wonders") * 100 >= self._of_manner("adds"):
            return []
        return self._own_question(understood)

    def _own_question(self, understood: Understood, *, invited: bool = False) -> list[Part]:
        memory = self.memory
        scenario = self.replier.scenario
        left = [q for q in scenario.questions if q not in memory.asked]
        if memory.disclosed:  # Who has told it asks for themselves, and for no "somebody".
            left = [q for q in left if not said(scenario.language).veiled.all_in(words_of(q))]
        if memory.overtaken:  # Nor does anybody ask how big the tablet is that they will not be given.
            left = [q for q in left if not self.replier.ear.plans.names_the_table(q)]
        due = invited or memory.seq - memory.last_question_seq >= _QUESTION_EVERY
        ripe = invited or memory.plan_raised or memory.next_moment is None
        if not left or not due or not ripe or self.feelings.stance == "closed" or understood.questions > 1:
            return []
        question = left[0]
        memory.asked.append(question)
        memory.waiting = question
        memory.last_question_seq = memory.seq
        # A word before it the first time; after that people simply ask.
        lead = [self.replier.stock("asks", self.openness, needed=False)] if len(memory.asked) == 1 else []
        return [*lead, Part("asks", (question,))]
