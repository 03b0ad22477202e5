"""The patient: takes one reading of a reply, is moved by it, and decides what to say. Voices put it into words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.answering import Replier
from simulator.choosing import winds_up_a_way
from simulator.deciding import Deciding, Pace
from simulator.everyday import manner
from simulator.given_back import checked
from simulator.initiative import OF_THEIR_OWN
from simulator.last_words import HARSH
from simulator.leaning import OF_A_PLAN, leaning_in
from simulator.memory import Memory, Stepped
from simulator.noticing import met, notice
from simulator.own_words import in_own_words
from simulator.plans import with_its_step
from simulator.reactions import Feelings, first_stance, react
from simulator.room import about
from simulator.several import with_what_is_left
from simulator.taking import taken
from simulator.turn import State
from simulator.understanding import Ear
from simulator.voices import Decision, Part

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard
    from simulator.scenario import Scenario
    from simulator.turn import Change, PlanHeard
    from simulator.understanding import Understood


@dataclass(frozen=True, slots=True)
class Response:
    """What a reply did to the patient and what they decided to say."""

    changes: tuple[Change, ...]
    decision: Decision
    disclosed: tuple[str, ...]
    moment: str | None
    """The moment that the reply answered."""
    named: tuple[str, ...]
    """Concerns that the reply named, whether or not anything was said to it."""
    plan: PlanHeard
    """What plan the reply named."""
    picked: PlanHeard | None
    """The way that they picked where several were put to them."""


def _is_said(moment: str, parts: list[Part]) -> bool:
    return any(part.act == f"moment:{moment}" for part in parts)


_VIEW = "view"
"""The topic of how they themselves explain what is wrong."""
_EARS_KEPT = 16
_ears: dict[int, Ear] = {}


def ear_of(scenario: Scenario) -> Ear:
    """Return the ear of a scenario's patient, prepared once: it keeps nothing of a visit.

    The latest few are kept, for a scenario is played many times over, and a page begins its visit again on every run.
    A scenario that is begun later or warmer, as when it is tried out, has the same facts and concerns, and ear.
    """
    ear = _ears.get(id(scenario.facts))
    if ear is None or not ear.is_of(scenario):
        for old in list(_ears)[: len(_ears) - _EARS_KEPT + 1]:
            _ears.pop(old, None)
        ear = _ears[id(scenario.facts)] = Ear(scenario)
    return ear


class Patient:
    """One patient in one visit."""

    def __init__(self, scenario: Scenario, pace: Pace = "talk", seed: int = 0) -> None:
        """Sit the patient down: temperament at the door, the opening said; the seed is what visits differ by."""
        temperament = scenario.patient.temperament
        self.scenario = scenario
        self.pace: Pace = pace
        self.manner = in_own_words(manner(scenario.patient.speech, scenario.language), scenario.own_words)
        self.ear = ear_of(scenario)
        self.ear.prepare()
        trust = float(temperament.trust)
        self.feelings = Feelings(trust, trust, float(temperament.willingness), first_stance(trust))
        self.memory = Memory(scenario, in_order=pace == "script", seed=seed)
        first = scenario.moments[0]
        self.opening = scenario.opening
        if scenario.opening == first.patient:
            self.memory.moment_at = 0
        elif pace == "script":
            self.memory.moment_at = 0
            self.opening = f"{scenario.opening} {first.patient}"
        self._deciding = Deciding(Replier(scenario, self.ear, self.manner, self.memory), self.feelings, pace)

    @property
    def state(self) -> State:
        """How the patient stands, as shown."""
        f = self.feelings
        return State(f.shown("trust"), f.shown("heard"), f.shown("willingness"), f.stance, tuple(self.memory.disclosed))

    def take(self, reading: Reading, scorecard: Scorecard) -> Response:
        """Be moved by a reply and decide what to say to it."""
        memory = self.memory
        memory.seq += 1
        memory.heard = reading.patient_words
        memory.in_words += about(reading.patient_words, reading.language)
        understood = self.ear.hear(reading.reply)
        understood = self.ear.beyond(understood, reading.reply, reading.patient_words)
        understood = checked(understood, memory.answered)
        understood = with_what_is_left(memory, understood)
        theirs = tuple(m for m in reading.moves if m.move == "jargon" and self.ear.knows(m.quote))
        if theirs:  # A word that is one of theirs ("the depot", to who works in one) is nothing to stumble over.
            reading = replace(reading, moves=tuple(m for m in reading.moves if m not in theirs))
        reading = taken(
            reading,
            scorecard,
            understood,
            something_said=memory.seq > 1 and (memory.answers_moment or memory.just_told is not None),
            again=memory.last_reaction == "parroted",
        )
        settled_before = memory.settled_on
        plan, understood = self._hear_plan(reading, understood)
        winds_up = winds_up_a_way(plan, understood)
        if winds_up:  # To settle in few words on what was put before is to go past nothing, and no order.
            reading = replace(reading, moves=tuple(m for m in reading.moves if m.move not in {"orders", "steps_over"}))
        moment = memory.moment.id if memory.answers_moment and memory.moment else None
        # A first greeting is small talk, and a plain question about danger is never a way of not listening.
        greets = memory.seq == 1 and understood.any_act("greeting", "introduces", "how_are_you")
        spared = greets or understood.asks_safety
        events = notice(memory, reading, scorecard, understood)
        trust = self.feelings.trust
        changes = react(
            self.feelings,
            reading,
            scorecard,
            self.scenario.patient.temperament,
            events,
            len(memory.disclosed),
            directs=understood.directs and not winds_up,
            spared=spared,
        )
        if understood.asks_safety:
            memory.grave_at = memory.seq
        before = len(memory.disclosed)
        told = memory.just_told
        memory.just_told = None
        if understood.proposals or reading.does("offers_options", "weighs_tradeoffs"):
            memory.plan_raised = True
        if len(understood.proposals) > 1 or (understood.proposals and reading.does("offers_options")):
            memory.offered = understood.proposals
        if met(scorecard, 3):
            memory.stepped = None
        self._remember_stepped(reading, told, dropped="worry_dropped" in events, passed="passed_over" in events)
        parts = self._deciding.parts(reading, scorecard, understood, answered=set(events), told=told)
        plan = self._settle(plan, parts, settled_before)
        self._count(parts)
        moved = self.feelings.trust - trust
        stance = self.feelings.stance
        mood = "warmed" if moved >= 3 else "cooled" if moved <= -2 else self.feelings.openness
        disclosed = tuple(memory.disclosed[before:])
        named = tuple(concern for concern in understood.concerns if concern not in understood.vaguely)
        said = Decision(tuple(parts), (), mood, stance)
        return Response(changes, said, disclosed, moment, named, plan, memory.picked)

    # --- plans ---

    def _hear_plan(self, reading: Reading, understood: Understood) -> tuple[PlanHeard, Understood]:
        """Return what plan a reply names, and what was understood with it; both are remembered."""
        memory = self.memory
        plan = self.ear.plans.heard(reading, understood, memory.plans, memory.disclosed)
        memory.plans.append(plan)
        memory.picked = None
        memory.settled_on = plan if plan.settled else memory.settled_on
        if memory.overtaken and memory.moment is not None and memory.moment.on_the_plan:
            memory.stepped = None
        of_a_plan = memory.plan_raised or memory.plan_named or plan.named != "none" or understood.proposals
        if understood.any_act("of_that") and not (of_a_plan or understood.plan or understood.asked):
            # "It's back up to 15. What do you make of that?" asks how they see it.
            acts = understood.acts - {"about_the_plan", "preference"}
            understood = replace(understood, acts=acts, asked=(_VIEW,))
        rest = self.ear.plans.before_the_yes(reading.reply)
        if rest and (memory.plan_raised or plan.named != "none" or understood.proposals):
            told = self.ear.hear(rest)  # "…, and I ring you Thursday. Good?" asks for a yes, and not for good days.
            known = plan.named not in {"none", "a_choice"} or told.proposals
            acts = (told.acts - {"nods"}) | (frozenset() if known else {"about_the_plan"})
            asked = told.asked if "?" in rest else ()
            understood = replace(understood, asked=asked, acts=acts, questions=told.questions + 1)
        if plan.settled and plan.by_name and self.ear.plans.asks_of_it(understood, reading.reply):
            understood = replace(understood, asked=(), acts=understood.acts | {"about_the_plan"})
        return plan, with_its_step(understood, plan, self.ear.plans)

    def _settle(self, plan: PlanHeard, parts: list[Part], before: PlanHeard | None) -> PlanHeard:
        """Return the plan as they took it: a word that may be about one, and was not taken so, settles nothing.

        Args:
            plan: What plan the reply named.
            parts: What they say to it.
            before: What had been settled on before.
        """
        memory = self.memory
        if plan.settled and not plan.by_name and not any(part.act.startswith(OF_A_PLAN) for part in parts):
            plan = memory.plans[-1] = replace(plan, settled=False)
            memory.settled_on = before
        memory.settled_on = memory.picked or memory.settled_on
        return plan

    # --- keeping count ---

    def _remember_stepped(self, reading: Reading, told: str | None, *, dropped: bool, passed: bool) -> None:
        """Remember what was passed over, if it is worth coming back to: something confided, or a door to it."""
        memory = self.memory
        begun = next((at for at in memory.begun.values() if at == memory.seq - 1), None)
        if begun is not None and not memory.just_told:
            memory.stepped = Stepped("", memory.seq, confided=True)  # Told further, it is not stepped over any more.
        elif dropped and told is not None:
            memory.stepped = Stepped("", memory.seq, confided=True)
        elif (
            (passed or reading.does("steps_over"))
            and memory.answers_moment
            and memory.moment
            and memory.moment_at > 0
            and not memory.moment.let_be
            and "validation" in memory.moment.calls_for
        ):
            memory.stepped = Stepped(memory.moment.subject, memory.seq)

    def _count(self, parts: list[Part]) -> None:
        memory = self.memory
        memory.said_last = tuple(part.act for part in parts)
        memory.leaning = leaning_in(memory.said_last) or memory.leaning
        sorry = "apology_repair" in memory.said_last
        memory.harsh = 0 if sorry else memory.harsh + any(act in HARSH for act in memory.said_last)
        if memory.waiting is not None and not any(p.act == "asks" and memory.waiting in p.lines for p in parts):
            memory.waiting = None
        for part in parts:
            if part.tells is not None:
                memory.answered.setdefault(part.tells[0], set()).add(part.tells[1])
                memory.answered_last = (part.tells[0], memory.seq)
        said = next((at for at, m in enumerate(self.scenario.moments) if _is_said(m.id, parts)), None)
        if said is not None:
            memory.moment_at = said
            memory.moments_said.add(said)
            memory.replies_since_moment = 0
        else:
            memory.replies_since_moment += 1
        if any(part.act.startswith(OF_THEIR_OWN) for part in parts):
            memory.own_at = memory.seq
