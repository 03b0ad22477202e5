"""After the visit: what was decided, told and never said, the skills, and each turn beside the two prescribers.

The rushed and the collaborative lane come from playing its own prescribers through the same patient and scorer.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from scoring.scorecard import SKILLS
from scoring.visit import visit_figures
from simulator.play import play
from simulator.reactions import table
from simulator.sentence import Sentence
from simulator.unsaid import Told, Unsaid, told, unsaid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring import Skill, SkillRating
    from scoring.visit import VisitFigures
    from simulator.scenario import Scenario
    from simulator.turn import Change, Outcome, PlayedVisit, Turn

LaneName = Literal["rushed", "collaborative", "you"]


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
        told(scenario, visit.turns),
        unsaid(scenario, visit.turns, visit.outcome.never_said),
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
