"""The records of a visit: state, change, turn, outcome, visit. Frozen, and drawn or stored by others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from scoring import Reading, Scorecard

Stance = Literal["closed", "guarded", "warming", "open"]
Decision = Literal["willing", "unsure", "unwilling"]
FourWeeks = Literal["kept", "halved", "stopped_told", "stopped_hidden", "changed_plan", "other_way", "nothing_agreed"]
Quantity = Literal["trust", "heard", "willingness"]
PlanNamed = Literal["none", "a_choice", "on_the_table", "changed_plan", "other_way"]


@dataclass(frozen=True, slots=True)
class State:
    """How the patient stands towards this clinician: three numbers 0–100 and what has been said."""

    trust: int
    heard: int
    willingness: int
    stance: Stance = "guarded"
    disclosed: tuple[str, ...] = ()
    """Ids of the concerns said out loud, in order."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step of one quantity, with its reason in plain words."""

    what: Quantity
    by: int
    because: str
    move: str | None = None
    """The move that caused it, where one did."""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PlanHeard:
    """What plan of the scenario a reply named."""

    named: PlanNamed = "none"
    """The one on the table, the one that something confided asks for, another way, several to choose from, or none."""
    way: str = ""
    """Which other way: its id in the scenario, or what sort of step it is ("wait"); empty for what is on the table."""
    settled: bool = False
    """It was put to them as what will be done, and not only spoken of."""
    by_name: bool = False
    """It was named, and not only meant by a sort of step ("so we switch")."""
    again: bool = False
    """It had been put to them before."""
    among: tuple[str, ...] = ()
    """The ways that were put to them to choose from."""

    @property
    def elsewhere(self) -> bool:
        """True for another way than the one on the table."""
        return self.named in {"changed_plan", "other_way"}

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"named": self.named, "way": self.way, "settled": self.settled}


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange: the clinician's reply, what it did, and the patient's answer."""

    seq: int
    """1 for the first reply."""
    moment: str | None
    """Id of the scenario's moment that the reply answered, or None between moments."""
    heard_words: str
    """The patient's words that the reply answered."""
    clinician: str
    patient: str
    """What the patient says, gestures in brackets."""
    thought: str
    reading: Reading
    scorecard: Scorecard
    state: State
    """After the turn."""
    changes: tuple[Change, ...]
    disclosed: tuple[str, ...]
    """Concerns said out loud in this turn."""
    minutes: float
    """Minutes of the visit used so far, counted by words spoken."""
    acts: tuple[str, ...] = ()
    """What the patient decided to do in this turn (answer:sleep, confirm, hint:numb …): why they said it."""
    voice: Literal["scripted", "improvised"] = "scripted"
    named: tuple[str, ...] = ()
    """Concerns that the reply named, whether or not anything was said to it."""
    plan: PlanHeard = PlanHeard()
    """What plan the reply named."""
    picked: PlanHeard | None = None
    """The way that they picked where several were put to them."""

    def as_json(self) -> dict[str, Any]:
        """Return the turn in the shape that `rapport play --json` prints."""
        return {
            "seq": self.seq,
            "moment": self.moment,
            "heard_words": self.heard_words,
            "clinician": self.clinician,
            "patient": self.patient,
            "thought": self.thought,
            "moves": [{"move": m.move, "quote": m.quote, "start": m.start, "end": m.end} for m in self.reading.moves],
            "levels": self.scorecard.levels(),
            "ratings": {
                s: {
                    "level": self.scorecard[s].level,
                    "called_for": self.scorecard[s].called_for,
                    "because": self.scorecard[s].because,
                    "evidence": [m.quote for m in self.scorecard[s].evidence],
                    "certainty": self.scorecard[s].certainty,
                    "sure": self.scorecard[s].sure,
                    "try_this": self.scorecard[s].try_this,
                }
                for s in ("validation", "reflection", "sdm")
            },
            "state": {
                "trust": self.state.trust,
                "heard": self.state.heard,
                "willingness": self.state.willingness,
                "stance": self.state.stance,
            },
            "changes": [
                {"what": c.what, "by": c.by, "because": c.because, "move": c.move, "quote": c.quote}
                for c in self.changes
            ],
            "disclosed": list(self.disclosed),
            "minutes": round(self.minutes, 2),
            "acts": list(self.acts),
            "voice": self.voice,
            "plan": self.plan.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the outcome came out as it did: a turn and what it did."""

    seq: int
    because: str
    by: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the patient decided, and one possible story of the four weeks after."""

    decision: Decision
    parting_words: str
    four_weeks: FourWeeks
    story: str
    disclosed: tuple[str, ...]
    never_said: tuple[str, ...]
    causes: tuple[Cause, ...] = ()
    plan: str = ""
    """What was agreed on or decided, in the scenario's words; empty where no plan was named."""

    def as_json(self) -> dict[str, Any]:
        """Return the outcome in the shape that `rapport play --json` prints."""
        return {
            "decision": self.decision,
            "parting_words": self.parting_words,
            "four_weeks": self.four_weeks,
            "story": self.story,
            "disclosed": list(self.disclosed),
            "never_said": list(self.never_said),
            "causes": [{"seq": c.seq, "because": c.because, "by": c.by} for c in self.causes],
            "plan": self.plan,
        }


@dataclass(frozen=True, slots=True)
class PlayedVisit:
    """A whole visit: start state, turns, and the outcome once it has ended."""

    scenario_id: str
    seed: int
    start: State
    opening: str
    turns: tuple[Turn, ...]
    outcome: Outcome | None = None
    label: str = field(default="you")
    """Whose visit it is: you, rushed, collaborative, or a synthetic trainee's name."""

    def as_json(self) -> dict[str, Any]:
        """Return the visit in the shape that `rapport play --json` prints."""
        return {
            "scenario": self.scenario_id,
            "seed": self.seed,
            "label": self.label,
            "opening": self.opening,
            "start": {"trust": self.start.trust, "heard": self.start.heard, "willingness": self.start.willingness},
            "turns": [t.as_json() for t in self.turns],
            "outcome": self.outcome.as_json() if self.outcome else None,
        }
