"""The patient: takes one reading of a reply, is moved by it, and decides what to say. Voices put it into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scoring.scorecard import HURTING_MOVES
from simulator import gates, responding
from simulator.answering import Replier
from simulator.everyday import manner
from simulator.memory import Memory, Stepped
from simulator.noticing import notice
from simulator.reactions import DIRE, Feelings, as_taken, first_stance, react
from simulator.turn import State
from simulator.understanding import Ear
from simulator.voices import Decision, Part
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard
    from simulator.everyday import Openness
    from simulator.scenario import Scenario
    from simulator.turn import Change
    from simulator.understanding import Understood

Pace = Literal["talk", "script"]
_ODD = ("improper", "insult", "other_language", "gibberish", "instructions", "robot", "silence")
_GO_ON_AFTER = 3
"""Replies after which the patient brings up the next thing, even in the middle of being asked."""
_QUESTION_EVERY = 4
"""Turns between two questions of the patient's own."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a reply did to the patient and what they decided to say."""

    changes: tuple[Change, ...]
    decision: Decision
    disclosed: tuple[str, ...]
    moment: str | None
    """The moment that the reply answered."""


class Patient:
    """One patient in one visit."""

    def __init__(self, scenario: Scenario, pace: Pace = "talk") -> None:
        """Sit the patient down: temperament at the door, the opening said."""
        temperament = scenario.patient.temperament
        self.scenario = scenario
        self.pace: Pace = pace
        self.manner = manner(scenario.patient.speech)
        self.ear = Ear(scenario)
        trust = float(temperament.trust)
        self.feelings = Feelings(trust, trust, float(temperament.willingness), first_stance(trust))
        self.memory = Memory(scenario)
        first = scenario.moments[0]
        self.opening = scenario.opening
        if scenario.opening == first.patient:
            self.memory.moment_at = 0
        elif pace == "script":
            self.memory.moment_at = 0
            self.opening = f"{scenario.opening} {first.patient}"
        self.replier = Replier(scenario, self.ear, self.manner, self.memory)

    @property
    def state(self) -> State:
        """How the patient stands, as shown."""
        f = self.feelings
        return State(f.shown("trust"), f.shown("heard"), f.shown("willingness"), f.stance, tuple(self.memory.disclosed))

    @property
    def openness(self) -> Openness:
        """Whether the patient answers guarded or open."""
        return "open" if self.feelings.stance in {"warming", "open"} else "guarded"

    def take(self, reading: Reading, scorecard: Scorecard) -> Response:
        """Be moved by a reply and decide what to say to it."""
        memory = self.memory
        memory.seq += 1
        reading = as_taken(reading, scorecard)
        understood = self.ear.hear(reading.reply)
        moment = memory.moment.id if memory.answers_moment and memory.moment else None
        events = notice(memory, reading, scorecard, understood)
        trust = self.feelings.trust
        changes = react(
            self.feelings, reading, scorecard, self.scenario.patient.temperament, events, len(memory.disclosed)
        )
        before = len(memory.disclosed)
        told = memory.just_told
        memory.just_told = None
        if understood.proposals or reading.does("offers_options", "elicits_preference", "weighs_tradeoffs"):
            memory.plan_raised = True
        self._remember_stepped(reading, "passed_over" in events or "worry_dropped" in events)
        parts = self._parts(reading, scorecard, understood, answered=set(events), told=told)
        self._count(parts)
        moved = self.feelings.trust - trust
        stance = self.feelings.stance
        mood = "warmed" if moved >= 3 else "cooled" if moved <= -2 else self.openness
        return Response(
            changes, Decision(tuple(parts), (), mood, stance), tuple(memory.disclosed[before:]), moment
        )

    # --- deciding ---

    def _parts(
        self, reading: Reading, scorecard: Scorecard, understood: Understood, answered: set[str], told: str | None
    ) -> list[Part]:
        odd = self._odd(reading, understood)
        if odd is not None:
            return odd
        opened = self._opened(reading, understood)
        reaction, weighty = self._reaction(reading, scorecard, understood, told)
        own = reaction is not None and reaction.act.startswith("moment:")
        if self.pace == "script":
            return self._script(reaction, opened)
        if opened and opened[0].act.startswith("discloses"):
            keep = [reaction] if reaction is not None and own else []
            return [*keep, *opened]
        content = self._content(reading, scorecard, understood)
        parts: list[Part] = []
        if reaction is not None and (weighty or own or not content or content[0].act in {"continues", "informed"}):
            parts.append(reaction)
            content = [part for part in content if part.act not in {"continues", "informed"}]
        if "question_answered" in answered and not parts and not content:
            parts.append(self.replier.stock("answered", self.openness))
        if opened:
            return [*parts[:1], *content[:1], *opened]
        if own:
            return [*parts, *[p for p in content if p.act.startswith("answer:")][:1]]
        if understood.any_act("closing") and understood.questions == 0:
            return [*parts[:1], self._closing()]
        going_on = self._going_on(reading, understood, content, answered)
        parts = [*parts, *content[: 2 if not going_on else 1], *going_on]
        return parts or [self._fallback(reading, understood)]

    def _odd(self, reading: Reading, understood: Understood) -> list[Part] | None:
        """Answer what is no part of the visit: an insult, another language, an attempt to break the frame."""
        found = next((act for act in _ODD if act in understood.acts), None)
        if found is None or (found in {"insult", "robot", "instructions"} and self.pace == "script"):
            return None
        if found == "insult" and self.memory.insults > 1:
            found = "insult_again"
        if found == "silence" and self.openness == "open" and self.memory.silences == 1 and self.memory.next_moment:
            if not self.memory.answers_moment:
                return self._next_moment(lead=False)
        return [self.replier.stock(found, self.openness)]

    def _opened(self, reading: Reading, understood: Understood) -> list[Part]:
        """Say or hint at a concern if this reply opens it."""
        memory = self.memory
        opening = gates.opening(
            self.scenario,
            gates.Hearing(
                reading, understood, self.feelings.trust, memory.moment, memory.hinted, memory.seq, memory.disclosed,
                self.ear.near,
            ),
        )  # fmt: skip
        if opening is None:
            return []
        concern = opening.concern
        if opening.kind == "hint":
            memory.hinted[concern.id] = memory.seq
            return [Part(f"hint:{concern.id}", (concern.hint,))]
        memory.disclosed.append(concern.id)
        memory.just_told = concern.id
        if concern.danger is not None:
            memory.danger = concern.id
        lead = self.replier.stock("disclosing", self.openness, needed=False)
        says = Part(f"discloses:{concern.id}", (concern.says,), lead.thoughts)
        return [says] if concern.says.startswith("(") else [lead, says]

    def _danger(self, reading: Reading, understood: Understood, told: str | None) -> Part | None:
        """Go on about a danger that was said: by what the clinician did about it, once."""
        if self.memory.danger is None:
            return None
        danger = self.scenario.concern(self.memory.danger).danger
        assert danger is not None
        if reading.does("checks_safety") or any(t in {"suicide", "self_harm", "harm_others"} for t in understood.asked):
            self.memory.danger = None
            return Part("danger:asked", (danger.asked,))
        if told == self.memory.danger and reading.does(*DIRE):
            return Part("danger:ignored", (danger.ignored,))
        return None

    def _reaction(
        self, reading: Reading, scorecard: Scorecard, understood: Understood, told: str | None
    ) -> tuple[Part | None, bool]:
        """Return the one reaction that fits best, and whether it is said even before an answer."""
        memory, replier, openness = self.memory, self.replier, self.openness
        danger = self._danger(reading, understood, told)
        if danger is not None:
            return danger, True
        if memory.answers_moment and memory.moment is not None:
            own = responding.own_line(memory.moment, reading, scorecard, understood)
            if own is not None:
                memory.last_reaction = own[1].act
                return own[1], True
        found: tuple[Part, bool] | None = None
        hurt = responding.hurt(replier, reading, openness)
        if reading.does("apologises") and not reading.does(*DIRE):
            owed = self.feelings.since_hurt <= 4 or memory.moment_at >= 0 and memory.answers_moment
            again = self.feelings.apologies > 2
            found = replier.stock("apology_again" if again else "apology_repair" if owed else "apology_idle", openness), True
        elif hurt is not None:
            found = hurt, True
        else:
            found = responding.listened(replier, reading, scorecard, openness, memory.last_reaction)
        if found is None and reading.does("asks_permission") and not understood.asked:
            found = replier.stock("permission", openness), False
        if found is None:
            return None, False
        memory.last_reaction = found[0].act
        return found

    def _content(self, reading: Reading, scorecard: Scorecard, understood: Understood) -> list[Part]:
        """Return what answers the reply: topics asked, treatment, small questions."""
        replier, openness = self.replier, self.openness
        answers = replier.asked_topics(understood, openness)
        if answers:
            return answers
        treatment = replier.treatment(reading, scorecard, understood, openness, self.feelings.willingness)
        if treatment is not None and treatment.act != "informed":
            return [treatment]
        if understood.any_act("anything_else"):
            more = self._volunteer()
            if more:
                return more
            unsaid = any(c.id not in self.memory.disclosed for c in self.scenario.concerns)
            return [replier.stock("anything_else_unsaid" if unsaid else "anything_else", openness)]
        meets = replier.first_fresh(
            [(act, act in understood.acts) for act in ("introduces", "greeting")], openness
        )
        question = replier.small_question(reading, understood, openness)
        if question is not None and question.act == "tell_me_more":
            more = self._volunteer()
            if more:
                return more
        if question is not None:
            return [question]
        if meets is not None:
            return [meets]
        if treatment is not None:
            return [treatment]
        if understood.any_act("joke"):
            return [replier.stock("joke", openness)]
        if understood.any_act("long_speech"):
            return [replier.stock("long_speech", openness)]
        if understood.any_act("thanked"):
            return [replier.stock("thanked", openness)]
        return []

    def _volunteer(self) -> list[Part]:
        """Bring up the next moment where room is made for it and the last one has been answered."""
        if self.memory.next_moment is None or self.memory.answers_moment:
            return []
        return self._next_moment(lead=False)

    def _next_moment(self, *, lead: bool) -> list[Part]:
        moment = self.memory.next_moment
        assert moment is not None
        parts = [Part(f"moment:{moment.id}", (moment.patient,))]
        return [self.replier.stock("goes_on", self.openness, needed=False), *parts] if lead else parts

    def _going_on(
        self, reading: Reading, understood: Understood, content: list[Part], answered: set[str]
    ) -> list[Part]:
        """Return what the patient brings up unasked: what was stepped over, a question of their own, the next moment."""
        memory = self.memory
        if any(part.act.startswith("moment:") for part in content):
            return []
        asked_something = understood.questions > 0
        waited = memory.replies_since_moment + 1 >= _GO_ON_AFTER
        if "question_dropped" in answered and not asked_something and self.feelings.stance != "closed":
            return [self.replier.stock("unanswered", self.openness)]
        if asked_something and not waited:
            return []
        returning = self._return(reading)
        if returning is not None:
            return [returning]
        question = self._own_question(understood)
        if question:
            return question
        if memory.next_moment is not None and not memory.answers_moment:
            return self._next_moment(lead=not content and not reading.does(*HURTING_MOVES))
        return []

    def _return(self, reading: Reading) -> Part | None:
        """Come back once to what was stepped over, if they still care to and this reply leaves room for it."""
        stepped = self.memory.stepped
        if stepped is None or self.feelings.stance == "closed" or reading.does(*DIRE) or self.memory.seq <= stepped.seq:
            return None
        self.memory.stepped = None
        self.memory.returned += 1
        if self.memory.returned > 2:
            return None
        return self.replier.stock("returns", self.openness, words=stepped.words)

    def _own_question(self, understood: Understood) -> list[Part]:
        memory = self.memory
        left = [q for q in self.scenario.questions if q not in memory.asked]
        due = memory.seq - memory.last_question_seq >= _QUESTION_EVERY
        ripe = memory.plan_raised or memory.next_moment is None
        if not left or not due or not ripe or self.feelings.stance == "closed" or understood.questions > 1:
            return []
        question = left[0]
        memory.asked.append(question)
        memory.waiting = question
        memory.last_question_seq = memory.seq
        return [self.replier.stock("asks", self.openness, needed=False), Part("asks", (question,))]

    def _script(self, reaction: Part | None, opened: list[Part]) -> list[Part]:
        """Answer and go on to the next moment, as when a scenario's own prescriber is played."""
        said = [part for part in opened if not part.act.startswith("hint")]
        for part in opened:
            if part.act.startswith("hint"):
                self.memory.hinted.pop(part.act.removeprefix("hint:"), None)
        parts = [reaction or self.replier.stock("continues", self.openness), *said]
        return [*parts, *self._next_moment(lead=False)] if self.memory.next_moment is not None else parts

    def _closing(self) -> Part:
        unsaid = any(c.id not in self.memory.disclosed for c in self.scenario.concerns)
        return self.replier.stock("closing_unsaid" if unsaid else "closing", self.openness)

    def _fallback(self, reading: Reading, understood: Understood) -> Part:
        act = "continues" if understood.words <= 6 or reading.does("supports", "agrees_plan") else "unclear"
        return self.replier.stock(act, self.openness)

    # --- keeping count ---

    def _remember_stepped(self, reading: Reading, passed_over: bool) -> None:
        memory = self.memory
        if not (passed_over or reading.does("steps_over")) or memory.returned >= 2:
            return
        said = [s for s in sentences_of(reading.patient_words) if 4 <= len(words_of(s)) <= 16 and "(" not in s]
        if said and memory.answers_moment:
            memory.stepped = Stepped(said[0], memory.seq)

    def _count(self, parts: list[Part]) -> None:
        memory = self.memory
        if memory.waiting is not None and not any(p.act == "asks" and memory.waiting in p.lines for p in parts):
            memory.waiting = None
        following = memory.next_moment
        if following is not None and any(part.act == f"moment:{following.id}" for part in parts):
            memory.moment_at += 1
            memory.replies_since_moment = 0
        else:
            memory.replies_since_moment += 1
