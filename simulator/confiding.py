"""What a reply brings out: a hint, the beginning of something, or all of it, and what may stand before a hint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator import gates, in_turn, telling
from simulator.company import word_alone
from simulator.in_kind import in_a_word
from simulator.inviting import open_act
from simulator.noticing import wounds
from simulator.voices import Part
from simulator.words import sentences_of

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
_SLIPS_OUT = 0.5
"""How often something may slip out when they are asked openly for the first time."""
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
        asked = in_turn.asked_first(reading, understood) if self.talks else None
        begun = telling.goes_on_with(memory, reading, scorecard, understood, self.replier.ear.near, asked)
        if begun is not None:
            named = telling.takes_up(reading, begun) or begun.id in understood.concerns
            return self._told(begun, telling.rest_of(begun), self._tie(begun, understood, asked, spoken_of=named))
        if self.talks and self._asks_about_what_was_told(understood):
            return []  # It is what was confided that they name, and nothing else comes out in its place.
        hearing = gates.Hearing(
            reading,
            understood,
            self.feelings.trust,
            memory.moment,
            memory.hinted,
            memory.seq,
            wounds(reading, scorecard),
            memory.told_at,
            memory.disclosed,
            self.replier.ear.near,
            self._beside(reading, understood, asked) if self.talks else frozenset(),
            memory.held_back,
            self._leaves_room(understood, asked),
            memory.heard_times,
            telling.shy_of(memory, self.feelings.trust) if self.talks else frozenset(),
        )
        opening = gates.opening(self.replier.scenario, hearing)
        if self.talks and understood.questions:
            near = (one.id for one in self.replier.scenario.concerns if gates.touches(hearing, one))
            memory.held_back |= dict.fromkeys(near, memory.seq)
        if opening is None:
            return []
        concern = opening.concern
        spoken_of = gates.touches(hearing, concern) and self._is_asked_about(concern, reading, understood, asked)
        asked_on = self._asks_on(concern, reading, understood)
        if not spoken_of and in_turn.waits(memory, concern, asked, asked_on=asked_on):
            return []
        if opening.kind == "hint":
            whole = self.talks and understood.any_act("both_sides")
            if whole or (self.talks and not spoken_of and not self._has_room(concern, understood, asked, asked_on)):
                return []
            memory.hinted[concern.id] = memory.seq
            missing = self.talks and understood.any_act("sums_up")
            pause = self.replier.stock("goes_on" if missing else "wordless", self.openness, needed=missing)
            hint = Part(f"hint:{concern.id}", (concern.hint,))
            return [hint] if concern.hint.startswith("(") else [pause, hint]
        instead = word_alone(memory, concern)
        if instead is not None:
            return instead
        tie = self._tie(concern, understood, asked, spoken_of=spoken_of)
        # There may be no reply left for the rest.
        winding_up = reading.does("agrees_plan") or understood.plan or understood.any_act("anything_else")
        if self.talks and not winding_up and telling.tells_in_two(memory, concern, self.feelings.trust):
            memory.begun[concern.id] = memory.hinted[concern.id] = memory.told_at = memory.seq
            memory.stepped = None
            return self._with_a_breath(Part(f"begins:{concern.id}", (concern.begins,)), tie)
        return self._told(concern, telling.rest_of(concern) if concern.id in memory.begun else concern.says, tie)

    def _tie(
        self, concern: Concern, understood: Understood, asked: in_turn.Asked | None, *, spoken_of: bool
    ) -> list[Part]:
        """Return the word that leads over to something confided, where it would not follow by itself."""
        act = in_turn.tie(self.memory, concern, understood, asked, spoken_of=spoken_of) if self.talks else None
        if act is None:
            return []
        lost = act == "tells_now" and not understood.asked and in_turn.asks_something_else(understood)
        # What they could not make out gets that much of an answer before they speak of something else.
        acts = ("unknown_question", act) if lost else (act,)
        return [self.replier.stock(one, self.openness) for one in acts]

    def _is_asked_about(
        self, concern: Concern, reading: Reading, understood: Understood, asked: in_turn.Asked | None
    ) -> bool:
        """Return True unless something else is asked, and what weighs on them is only named before that."""
        if asked != "answer" or understood.asked or not understood.any_act("would_help"):
            return True
        ear = self.replier.ear
        questions = [one for one in sentences_of(reading.reply) if "?" in one]
        return not questions or any(concern.id in ear.hear(one).concerns for one in questions)

    def _asks_on(self, concern: Concern, reading: Reading, understood: Understood) -> bool:
        return in_turn.asks_on(self.memory, concern, reading, understood, self.replier.ear.near)

    def _has_room(self, concern: Concern, understood: Understood, asked: in_turn.Asked | None, asked_on: bool) -> bool:
        """Return True if a hint would not stand behind a finished answer to something else."""
        led = in_turn.led(self.memory, concern)
        if asked is not None:
            return asked_on
        return led or understood.questions > 0 or understood.invites or understood.any_act("silence", "nods")

    def _leaves_room(self, understood: Understood, asked: in_turn.Asked | None) -> bool:
        """Return True if an open question may bring out more than its answer: asked again, or now and then at once."""
        name = open_act(understood, self.replier.scenario.language)
        if not self.talks or asked is not None or name not in _ROOMY:
            return False
        return name in self.memory.answered or self.memory.chance("room") < _SLIPS_OUT

    def _beside(self, reading: Reading, understood: Understood, first: in_turn.Asked | None) -> frozenset[str]:
        """Return the concerns that wait, for the question is about something beside them that was not answered yet."""
        asked = understood.asked
        if understood.asks_safety or not understood.only_asks or any(topic in self.memory.answered for topic in asked):
            return frozenset()
        certain = understood.certainly.issuperset(asked[:1])
        by_a_word = certain and first == "answer" and not gates.asks_what_weighs(understood)
        return self.replier.ear.beside(reading.reply, asked, by_a_word=by_a_word)

    def _told(self, concern: Concern, says: str, tie: list[Part]) -> list[Part]:
        """Say something whole, or the rest of it, and remember that it is out."""
        memory = self.memory
        memory.disclosed.append(concern.id)
        memory.just_told = concern.id
        memory.stepped = None
        memory.told_at = memory.seq
        if concern.danger is not None:
            memory.danger = concern.id
        return self._with_a_breath(Part(f"discloses:{concern.id}", (says,)), tie)

    def _with_a_breath(self, says: Part, tie: list[Part]) -> list[Part]:
        """Return something confided, with the gesture before it, unless it begins with one or goes on from before."""
        lead = self.replier.stock("disclosing", self.openness, needed=False)
        says = replace(says, thoughts=lead.thoughts)
        goes_on = any(at == self.memory.seq - 1 for at in self.memory.begun.values())
        bare = goes_on or (says.lines[0].startswith("(") and not tie)
        return [*tie, says] if bare else [lead, *tie, says]

    def _asks_about_what_was_told(self, understood: Understood) -> bool:
        """Return True if what is hardest is asked, and something confided has an answer to it that was not said yet."""
        hardest = understood.only_asks and (understood.any_act("hardest") or "worse" in understood.asked)
        return hardest and self.replier.of_what_was_told("carries") is not None

    def fits_after(self, answer: Part, opened: list[Part], reading: Reading, understood: Understood) -> bool:
        """Return True if what slips out has to do with the answer, or the question left room for whatever there is."""
        hinted = {part.act.removeprefix("hint:") for part in opened}
        concerns = [one for one in self.replier.scenario.concerns if one.id in hinted]
        if any(self._asks_on(one, reading, understood) for one in concerns):
            return True
        topic = answer.act.removeprefix("answer:")
        if topic in understood.asked and not understood.any_act("hardest"):
            return not hinted.isdisjoint(self.replier.ear.near.get(topic, ()))
        return answer.act in _ROOMY | _TURNS_AWAY

    def before(self, parts: list[Part], content: list[Part]) -> list[Part]:
        """Return the one thing said before a hint: an answer to what was asked, never a word that waves it away."""
        if content and content[0].act in _TURNS_AWAY | _ROOMY - {"permission"}:
            return []  # What slips out is the answer.
        told = [part for part in content if part.tells is not None or part.act == "permission"]
        if told or content:
            return told[:1] or content[:1]
        short = [in_a_word(part) for part in parts[:1]]
        return [part for part in short if part is not None]

    def not_yet(self, opened: list[Part]) -> bool:
        """Take a hint back that will not be said in this turn; return True if there was one."""
        hinted = [part.act.removeprefix("hint:") for part in opened if part.act.startswith("hint:")]
        for concern_id in hinted:
            self.memory.hinted.pop(concern_id, None)
        return bool(hinted)
