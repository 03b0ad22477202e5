"""What the patient brings up unasked: what was stepped over, the next thing on their mind, a question of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.everyday import said
from simulator.reactions import DIRE
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
_GO_ON_AFTER = 2
"""Replies after which the patient brings up the next thing, even while being asked; one more when they are closed."""
_LISTED = 2
"""Replies in a row that asked and gave nothing back, beyond which the patient waits longer."""
_QUESTION_EVERY = 4
"""Turns between two questions of the patient's own."""
_LEADS_OVER_EVERY = 4
"""Replies from one word that leads over to the next at the earliest."""
_PAUSES_EVERY = 2
"""Replies from one such word, or one pause, to the next pause at the earliest."""
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

    def volunteer(self) -> list[Part]:
        """Bring up the next moment where room is made for it and the last one has been answered."""
        if self.memory.next_moment is None or self.memory.answers_moment:
            return []
        return self.next_moment()

    def next_moment(self) -> list[Part]:
        """Say the next moment."""
        moment = self.memory.next_moment
        assert moment is not None
        return [Part(f"moment:{moment.id}", (moment.patient,))]

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
        self, reading: Reading, understood: Understood, content: list[Part], answered: set[str], *, stays: bool
    ) -> list[Part]:
        """Return what the patient brings up unasked: what was stepped over, the next moment, a question.

        Args:
            reading: The reply as the patient takes it.
            understood: What was asked, offered, touched on.
            content: What answers it.
            answered: Events of this reply, by the names in reactions.yaml.
            stays: True where nothing new is brought up: something was just confided, or a plan is being wound up.
        """
        memory = self.memory
        if any(part.act.startswith(_STANDS) or part.act in _GRAVE for part in content):
            return []
        asked_something = understood.questions > 0
        listed = memory.bare_questions > _LISTED  # Nobody volunteers much to somebody who is ticking boxes.
        answered_it = asked_something and bool(content)
        wait = _GO_ON_AFTER + (self.feelings.stance == "closed") + listed + answered_it
        waited = memory.replies_since_moment + 1 >= wait
        if "question_dropped" in answered and not asked_something and self.feelings.stance != "closed":
            return [self.replier.stock("unanswered", self.openness)]
        if asked_something and not waited:
            return []
        returning = self._return(reading)
        if returning is not None:
            return [returning]
        if stays:
            return []
        if memory.next_moment is not None and not memory.answers_moment:
            return self.next_moment()
        return self._own_question(understood)

    def _return(self, reading: Reading) -> Part | None:
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
        part = self.replier.stock("returns", self.openness, subject=stepped.subject)
        named = tuple(line for line in part.lines if stepped.subject and stepped.subject in line)
        return replace(part, lines=named or part.lines)

    def invited_question(self, understood: Understood) -> list[Part]:
        """Ask something of their own where the clinician has made room for it."""
        return self._own_question(understood, invited=True)

    def _own_question(self, understood: Understood, *, invited: bool = False) -> list[Part]:
        memory = self.memory
        scenario = self.replier.scenario
        left = [q for q in scenario.questions if q not in memory.asked]
        if memory.disclosed:  # Who has told it asks for themselves, and for no "somebody".
            left = [q for q in left if not said(scenario.language).veiled.all_in(words_of(q))]
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
