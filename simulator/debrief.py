"""After the visit: what was decided, told and never said, the skills, and each turn beside the two prescribers.

The rushed and the collaborative lane come from playing its own prescribers through the same patient and scorer.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import scoring
from scoring.scorecard import SKILLS
from scoring.visit import visit_figures
from simulator.play import play
from simulator.reactions import table
from simulator.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring import Skill, SkillRating
    from scoring.visit import VisitFigures
    from simulator.scenario import Concern, Scenario
    from simulator.turn import Change, Outcome, PlayedVisit, Turn

LaneName = Literal["rushed", "collaborative", "you"]


@dataclass(frozen=True, slots=True)
class Told:
    """A concern that was said out loud, and after which reply."""

    concern_id: str
    name: str
    says: str
    seq: int


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A concern that was never said, and where it could have been."""

    concern_id: str
    name: str
    seq: int | None
    """The reply at which it could have opened; None if the visit never came near it."""
    patient_words: str
    """What the patient had just said then; empty where `seq` is None."""
    question: str
    """A question that would have opened it, by the scenario."""
    why_not: str
    if_never_opened: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A best or weakest reply for one skill, with the words that carried it."""

    seq: int
    level: int
    quotes: tuple[str, ...]
    because: str
    try_this: str


@dataclass(frozen=True, slots=True)
class SkillSummary:
    """One skill over the visit; never one grand grade."""

    skill: Skill
    ratings: tuple[tuple[int, SkillRating], ...]
    """Every reply with its rating, those not called for among them."""
    best: Highlight | None
    weakest: Highlight | None
    called_for: int
    not_called_for: int


@dataclass(frozen=True, slots=True)
class LaneMoment:
    """What one of the scenario's prescribers said at a moment, and got for it."""

    clinician: str
    patient: str
    thought: str
    changes: tuple[Change, ...]
    trust: int


@dataclass(frozen=True, slots=True)
class TurnNote:
    """One exchange beside what the two prescribers did at the same moment, where it was one of the scenario's."""

    turn: Turn
    trust_before: int
    rushed: LaneMoment | None
    collaborative: LaneMoment | None


@dataclass(frozen=True, slots=True)
class Lane:
    """Trust over one visit: at the door, then after each reply."""

    label: LaneName
    trust: tuple[int, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything that the debrief shows."""

    scenario_id: str
    title: str
    patient_name: str
    plan: str
    outcome: Outcome
    told: tuple[Told, ...]
    unsaid: tuple[Unsaid, ...]
    skills: dict[Skill, SkillSummary]
    figures: VisitFigures
    turns: tuple[TurnNote, ...]
    lanes: tuple[Lane, ...]
    trust_text: str
    evidence_note: str

    def as_json(self) -> dict[str, Any]:
        """Return the debrief as plain data, for the JSON download."""
        return {
            "scenario": self.scenario_id,
            "title": self.title,
            "patient": self.patient_name,
            "plan": self.plan,
            "outcome": self.outcome.as_json(),
            "told": [dataclasses.asdict(t) for t in self.told],
            "unsaid": [dataclasses.asdict(u) for u in self.unsaid],
            "skills": {
                skill: {
                    "levels": [{"seq": seq, "level": r.level, "called_for": r.called_for} for seq, r in s.ratings],
                    "best": dataclasses.asdict(s.best) if s.best else None,
                    "weakest": dataclasses.asdict(s.weakest) if s.weakest else None,
                    "called_for": s.called_for,
                    "not_called_for": s.not_called_for,
                }
                for skill, s in self.skills.items()
            },
            "figures": dataclasses.asdict(self.figures),
            "turns": [
                {
                    **note.turn.as_json(),
                    "trust_before": note.trust_before,
                    "rushed": dataclasses.asdict(note.rushed) if note.rushed else None,
                    "collaborative": dataclasses.asdict(note.collaborative) if note.collaborative else None,
                }
                for note in self.turns
            ],
            "trust": {lane.label: list(lane.trust) for lane in self.lanes},
            "lanes": {lane.label: lane.outcome.as_json() for lane in self.lanes},
            "trust_text": self.trust_text,
            "evidence_note": self.evidence_note,
        }


def _told(scenario: Scenario, turns: Sequence[Turn]) -> tuple[Told, ...]:
    return tuple(
        Told(concern_id, scenario.concern(concern_id).name, scenario.concern(concern_id).says, turn.seq)
        for turn in turns
        for concern_id in turn.disclosed
    )


def _doors(scenario: Scenario, concern: Concern, turns: Sequence[Turn]) -> list[Turn]:
    """Return the turns at which the concern could have been said: its moment's, and those that answered its hint."""
    moments = {moment.id for moment in scenario.moments if moment.leads_to == concern.id}
    found = []
    for before, turn in zip([None, *turns], turns, strict=False):
        hinted = before is not None and f"hint:{concern.id}" in before.acts
        if turn.moment in moments or hinted:
            found.append(turn)
    return found


def _labels(moves: Sequence[str]) -> Sentence:
    """Return the plain names of some moves, for one sentence."""
    known = scoring.rubric()
    *names, last = [Sentence.of_words(known.moves[move].label, lowered=True) for move in moves[:3]]
    return Sentence("%(these)s or %(last)s", these=Sentence.joined(names, ", "), last=last) if names else last


def _why_not(concern: Concern, turn: Turn | None, first: str) -> Sentence:
    need = concern.opens_when.trust
    if turn is None:
        return Sentence(
            "The talk never came near it. %(name)s needs trust of about %(trust)s to say it.", name=first, trust=need
        )
    trust = turn.state.trust
    made = turn.reading.does(*concern.opens_when.any) if concern.opens_when.any else turn.reading.does("open_question")
    reasons = []
    if trust < need:
        reasons.append(
            Sentence(
                "Trust stood at %(trust)s; %(name)s would have said it from about %(need)s.",
                trust=trust,
                name=first,
                need=need,
            )
        )
    if not made:
        wanted = _labels(concern.opens_when.any or ("open_question", "asks_permission"))
        reasons.append(Sentence("What would have helped: %(moves)s.", moves=wanted))
    if not reasons:
        reasons.append(Sentence("The reply did something else first, and the moment went by."))
    return Sentence.joined(reasons)


def _unsaid(scenario: Scenario, turns: Sequence[Turn], never: Sequence[str]) -> tuple[Unsaid, ...]:
    first = scenario.patient.name.split()[0]
    found = []
    for concern_id in never:
        concern = scenario.concern(concern_id)
        doors = _doors(scenario, concern, turns)
        door = max(doors, key=lambda t: (t.state.trust, -t.seq)) if doors else None
        found.append(
            Unsaid(
                concern.id,
                concern.name,
                door.seq if door else None,
                door.heard_words if door else "",
                concern.would_have_opened,
                _why_not(concern, door, first),
                concern.if_never_opened,
            )
        )
    return tuple(found)


def _highlight(seq: int, rating: SkillRating) -> Highlight:
    quotes = tuple(dict.fromkeys(move.quote for move in rating.evidence))
    return Highlight(seq, rating.level or 0, quotes, rating.because, rating.try_this)


def _skill(skill: Skill, turns: Sequence[Turn]) -> SkillSummary:
    ratings = tuple((turn.seq, turn.scorecard[skill]) for turn in turns)
    rated = [(seq, rating) for seq, rating in ratings if rating.level is not None]
    best = max(rated, key=lambda pair: (pair[1].level or 0, pair[1].certainty), default=None)
    weakest = min(rated, key=lambda pair: (pair[1].level or 0, -pair[1].certainty), default=None)
    if best is not None and weakest is not None and best[1].level == weakest[1].level:
        weakest = None
    called = sum(rating.called_for for _, rating in ratings)
    return SkillSummary(
        skill,
        ratings,
        _highlight(*best) if best else None,
        _highlight(*weakest) if weakest else None,
        called,
        len(ratings) - called,
    )


def _lane_moment(visit: PlayedVisit, moment: str | None) -> LaneMoment | None:
    turn = next((t for t in visit.turns if moment is not None and t.moment == moment), None)
    if turn is None:
        return None
    return LaneMoment(turn.clinician, turn.patient, turn.thought, turn.changes, turn.state.trust)


def _trust(visit: PlayedVisit) -> tuple[int, ...]:
    return (visit.start.trust, *(turn.state.trust for turn in visit.turns))


def _in_words(label: LaneName, trust: tuple[int, ...]) -> Sentence:
    who = {"rushed": Sentence("Rushed"), "collaborative": Sentence("Collaborative"), "you": Sentence("You")}[label]
    if len(trust) == 1:
        return Sentence("%(who)s: trust stayed at %(trust)s, as nothing was said.", who=who, trust=trust[0])
    by, about = trust[-1] - trust[0], {"who": who, "start": trust[0], "end": trust[-1], "count": len(trust) - 1}
    if by == 0:
        parts = [Sentence("%(who)s: trust began at %(start)s and stayed at %(end)s after %(count)s replies.", **about)]
    elif by > 0:
        parts = [Sentence("%(who)s: trust began at %(start)s and rose to %(end)s after %(count)s replies.", **about)]
    else:
        parts = [Sentence("%(who)s: trust began at %(start)s and fell to %(end)s after %(count)s replies.", **about)]
    low, high = min(trust), max(trust)
    if low < min(trust[0], trust[-1]):
        parts.append(Sentence("It was lowest, %(trust)s, after reply %(seq)s.", trust=low, seq=trust.index(low)))
    if high > max(trust[0], trust[-1]):
        parts.append(Sentence("It was highest, %(trust)s, after reply %(seq)s.", trust=high, seq=trust.index(high)))
    return Sentence.joined(parts)


def _cautions(turns: Sequence[Turn]) -> list[str]:
    """Return what the ratings themselves say to know before trusting them, each once."""
    notes = (turn.scorecard[skill].note for turn in turns for skill in SKILLS)
    return list(dict.fromkeys(note for note in notes if note))


def debrief(scenario: Scenario, visit: PlayedVisit) -> Debrief:
    """Return the debrief of a visit that has ended.

    Args:
        scenario: The scenario as it was when the visit took place.
        visit: The visit, with its outcome.

    Raises:
        ValueError: if the visit has not ended.
    """
    if visit.outcome is None:
        raise ValueError("A visit is debriefed once it has ended.")
    rushed, collaborative = play(scenario, "rushed", visit.seed), play(scenario, "collaborative", visit.seed)
    lanes = []
    labels: tuple[tuple[LaneName, PlayedVisit], ...] = (
        ("rushed", rushed),
        ("collaborative", collaborative),
        ("you", visit),
    )
    for label, played in labels:
        assert played.outcome is not None
        lanes.append(Lane(label, _trust(played), played.outcome))
    trust = _trust(visit)
    notes = tuple(
        TurnNote(turn, before, _lane_moment(rushed, turn.moment), _lane_moment(collaborative, turn.moment))
        for turn, before in zip(visit.turns, trust, strict=False)
    )
    return Debrief(
        scenario.id,
        scenario.title,
        scenario.patient.name,
        scenario.plan_on_the_table,
        visit.outcome,
        _told(scenario, visit.turns),
        _unsaid(scenario, visit.turns, visit.outcome.never_said),
        {skill: _skill(skill, visit.turns) for skill in SKILLS},
        visit_figures([(turn.reading, turn.scorecard) for turn in visit.turns]),
        notes,
        tuple(lanes),
        Sentence.joined(_in_words(lane.label, lane.trust) for lane in lanes),
        Sentence.joined(
            [
                Sentence.of_words(str(table()["outcome"]["note"]).strip()),
                *map(Sentence.of_words, _cautions(visit.turns)),
            ]
        ),
    )
