"""What the patient brings up unasked: what was stepped over, the next thing on their mind, a question of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from scoring.scorecard import HURTING_MOVES
from simulator.everyday import said
from simulator.reactions import DIRE
from simulator.room import again, nearest, on_the_plan, pacing
from simulator.voices import MOST_SENTENCES, Part
from simulator.words import sentences_of, words_of

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
_WAVED_OFF = frozenset(["stock_phrase", "parroted", "rushed", "taken_back", "advised", "ordered", "prescribed"])
"""What answers a reply that leaves no room."""
_WHOLE = ("confirms_summary", "confirms_both")
"""What answers a reply that drew things together: then there is room for what is missing in it."""
_LEADS_ON = (*_TAKEN_WELL, "apology_")
"""After these what is on their mind follows without a word between."""
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
_PAUSES_EVERY = 2
"""Replies from one such word, or one pause, to the next pause at the earliest."""
_GOES_ON = 0.6
"""How often they come back to what was stepped over by saying more about it, and not by saying that it was."""
_RETURNS = 1
"""How often in a visit a patient comes back to what was stepped over; what they confided apart."""


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

    def volunteer(self, understood: Understood) -> list[Part]:
        """Bring up the moment that fits best where room is made for it and the last one has been answered."""
        return [] if self.memory.answers_moment else self.next_moment(understood)

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

    def leading_over(self, comes: Part, before: list[Part]) -> list[Part]:
        """Return a word that leads over to something new, now and then: people mostly just begin.

        None where the line opens with a joining word or a gesture of its own, nor soon after another such word.
        """
        line = comes.lines[0]
        first = words_of(line)[:1]
        joins = line.startswith(("(", "…")) or said(self.replier.scenario.language).joins.issuperset(first)
        since = self.memory.seq - max(self.memory.led_over_seq, self.memory.paused_seq)
        if joins or since < _PAUSES_EVERY:
            return []
        length = sum(len(sentences_of(part.lines[0])) for part in (*before, comes) if part.lines)
        if self.memory.seq - self.memory.led_over_seq < _LEADS_OVER_EVERY or length >= MOST_SENTENCES:
            self.memory.paused_seq = self.memory.seq  # A moment's pause does as well, and people mostly do that.
            return [self.replier.stock("wordless", self.openness, needed=False)]
        self.memory.led_over_seq = self.memory.seq
        return [self.replier.stock("goes_on", self.openness, needed=False)]

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
            return [self.replier.stock("unanswered", self.openness)]
        if asked and content:
            return []
        taken_well = any(part.act.startswith(_TAKEN_WELL) for part in parts)
        adds = taken_well and memory.answers_moment and not asked and not stays
        more = self.more() if adds and memory.chance("adds") * 100 < self._of_manner("adds") else None
        if more is not None:
            return [more]
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
        if found is not None and not waved_off and memory.seq - memory.own_at >= waits:
            comes = self.moment_at(found[0])
            before = [*parts, *content[:1]]
            bridged = found[1] or not before or before[-1].act.startswith(_LEADS_ON) or reading.does(*HURTING_MOVES)
            return comes if bridged else [*self.leading_over(comes[0], before), *comes]
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
        more = self.more() if stepped.subject and self.memory.chance("returns") < _GOES_ON else None
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
