"""What a reply brings out: a hint, the beginning of something, or all of it, and what may stand before a hint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator import gates, telling
from simulator.company import word_alone
from simulator.reactions import is_hurt
from simulator.voices import Part

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.memory import Memory
    from simulator.reactions import Feelings
    from simulator.scenario import Concern
    from simulator.understanding import Understood

_TURNS_AWAY = frozenset(["evades", "pressed", "tell_me_more", "yes_no", "unknown_question"])
"""What is no answer to a question; beside a hint it would refuse what the hint offers."""
_ROOMY = frozenset(["want_known", "been_like", "feeling_asked", "where_start", "permission"])
"""Answers to questions that leave room for whatever there is."""


def answers(part: Part) -> bool:
    """Return True if this answers something that was asked or put to them."""
    return part.tells is not None or part.act.startswith(("choice_", "preference_", "plan_", "would_help", "options"))


@dataclass(frozen=True, slots=True)
class Confiding:
    """Confides for one patient in one visit."""

    replier: Replier
    feelings: Feelings
    talks: bool
    """False where a scenario's own prescriber is played: then all comes out whole and at its place."""

    @property
    def memory(self) -> Memory:
        """The visit's memory."""
        return self.replier.memory

    @property
    def openness(self) -> Openness:
        """Whether the patient speaks guarded or open."""
        return self.feelings.openness

    def opened(self, reading: Reading, scorecard: Scorecard, understood: Understood) -> list[Part]:
        """Say or hint at a concern if this reply opens it."""
        memory = self.memory
        begun = telling.goes_on_with(memory, reading, scorecard, understood, self.replier.ear.near)
        if begun is not None:
            return self._told(begun, telling.rest_of(begun))
        if self.talks and self._asks_about_what_was_told(understood):
            return []  # It is what was confided that they name, and nothing else comes out in its place.
        opening = gates.opening(
            self.replier.scenario,
            gates.Hearing(
                reading,
                understood,
                self.feelings.trust,
                memory.moment,
                memory.hinted,
                memory.seq,
                is_hurt(reading, scorecard),
                memory.told_at,
                memory.disclosed,
                self.replier.ear.near,
                self._beside(reading, understood) if self.talks else frozenset(),
                telling.shy_of(memory, self.feelings.trust) if self.talks else frozenset(),
            ),
        )
        if opening is None:
            return []
        concern = opening.concern
        if opening.kind == "hint":
            memory.hinted[concern.id] = memory.seq
            pause = self.replier.stock("wordless", self.openness, needed=False)
            hint = Part(f"hint:{concern.id}", (concern.hint,))
            return [hint] if concern.hint.startswith("(") else [pause, hint]
        instead = word_alone(memory, concern)
        if instead is not None:
            return instead
        winding_up = reading.does("agrees_plan") or understood.plan  # There may be no reply left for the rest.
        if self.talks and not winding_up and telling.tells_in_two(memory, concern, self.feelings.trust):
            memory.begun[concern.id] = memory.hinted[concern.id] = memory.told_at = memory.seq
            memory.stepped = None
            return self._with_a_breath(Part(f"begins:{concern.id}", (concern.begins,)))
        return self._told(concern, telling.rest_of(concern) if concern.id in memory.begun else concern.says)

    def _beside(self, reading: Reading, understood: Understood) -> frozenset[str]:
        """Return the concerns that wait, for the question is about something beside them that was not answered yet."""
        asked = understood.asked
        if understood.asks_safety or not understood.only_asks or any(topic in self.memory.answered for topic in asked):
            return frozenset()
        return self.replier.ear.beside(reading.reply, asked)

    def _told(self, concern: Concern, says: str) -> list[Part]:
        """Say something whole, or the rest of it, and remember that it is out."""
        memory = self.memory
        memory.disclosed.append(concern.id)
        memory.just_told = concern.id
        memory.stepped = None
        memory.told_at = memory.seq
        if concern.danger is not None:
            memory.danger = concern.id
        return self._with_a_breath(Part(f"discloses:{concern.id}", (says,)))

    def _with_a_breath(self, says: Part) -> list[Part]:
        """Return something confided, with the gesture before it, unless it begins with one or goes on from before."""
        lead = self.replier.stock("disclosing", self.openness, needed=False)
        says = replace(says, thoughts=lead.thoughts)
        goes_on = any(at == self.memory.seq - 1 for at in self.memory.begun.values())
        return [says] if goes_on or says.lines[0].startswith("(") else [lead, says]

    def _asks_about_what_was_told(self, understood: Understood) -> bool:
        """Return True if what is hardest is asked, and something confided has an answer to it that was not said yet."""
        hardest = understood.only_asks and (understood.any_act("hardest") or "worse" in understood.asked)
        return hardest and self.replier.of_what_was_told("carries") is not None

    def fits_after(self, answer: Part, opened: list[Part]) -> bool:
        """Return True if what slips out has to do with the answer, or the question left room for whatever there is."""
        hinted = {part.act.removeprefix("hint:") for part in opened}
        if self.memory.moment is not None and self.memory.moment.leads_to in hinted:
            return True
        if answer.act.startswith("answer:"):
            near = self.replier.ear.near.get(answer.act.removeprefix("answer:"), ())
            return not hinted.isdisjoint(near)
        return answer.act in _ROOMY | _TURNS_AWAY

    def before(self, parts: list[Part], content: list[Part]) -> list[Part]:
        """Return the one thing said before a hint: an answer to what was asked, never a word that waves it away."""
        if content and content[0].act in _TURNS_AWAY | _ROOMY - {"permission"}:
            return []  # What slips out is the answer.
        told = [part for part in content if part.tells is not None]
        return told[:1] or [*parts, *content][:1]

    def not_yet(self, opened: list[Part]) -> bool:
        """Take a hint back that will not be said in this turn; return True if there was one."""
        hinted = [part.act.removeprefix("hint:") for part in opened if part.act.startswith("hint:")]
        for concern_id in hinted:
            self.memory.hinted.pop(concern_id, None)
        return bool(hinted)
