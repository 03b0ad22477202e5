"""What can only be found by playing: gates that nothing opens, prescribers who do not differ, moments nobody reaches.

Everything is played through the real patient and the real scorer, with the numbers that came out in the message.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from scoring.scorecard import SKILLS, Skill
from simulator.encounter import Encounter
from simulator.gates import USUAL_MOVES
from simulator.play import play
from simulator.tryout import starting_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.problems import Problem
    from simulator.reading import Document
    from simulator.scenario import Concern, Moment, Scenario
    from simulator.turn import PlayedVisit, Turn

TRUST_TO_SPARE = 10
"""Points above the gate at which its own question is tried, so that one clumsy word does not decide it."""
_ONCE_MORE = 2
"""How often its own question is put again: after a hint, and after the beginning of it."""
Prescriber = Literal["rushed", "collaborative"]


@dataclass(frozen=True, slots=True)
class Visits:
    """Both prescribers' visits with one patient."""

    scenario: Scenario
    rushed: PlayedVisit
    collaborative: PlayedVisit

    def level(self, who: Prescriber, number: int, skill: Skill) -> int | None:
        """Return the level of a prescriber's reply at a moment, by its number; None where it was not rated."""
        turns = (self.rushed if who == "rushed" else self.collaborative).turns
        return turns[number].scorecard[skill].level if number < len(turns) else None

    def pairs(self, skill: Skill) -> list[tuple[int, int | None, int | None]]:
        """Return number, rushed level and collaborative level of each moment that calls for a skill."""
        return [
            (number, self.level("rushed", number, skill), self.level("collaborative", number, skill))
            for number, moment in enumerate(self.scenario.moments)
            if skill in moment.calls_for
        ]


def check_visits(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield the problems found by playing both prescribers."""
    visits = Visits(scenario, play(scenario, "rushed"), play(scenario, "collaborative"))
    yield from collaborative_not_better(document, visits)
    yield from prescribers_alike(document, visits)
    yield from moments_not_reached(document, visits)
    yield from gates_that_stay_closed(document, visits)
    yield from danger_without_a_way_on(document, visits)


def mean_levels(pairs: list[tuple[int, int | None, int | None]]) -> tuple[float | None, float | None]:
    """Return the mean of the rushed and of the collaborative levels; None where nothing was rated."""
    rushed = [one for _number, one, _other in pairs if one is not None]
    collaborative = [one for _number, _other, one in pairs if one is not None]
    return (fmean(rushed) if rushed else None), (fmean(collaborative) if collaborative else None)


def collaborative_not_better(document: Document, visits: Visits) -> Iterator[Problem]:
    """Yield an error for each thing in which the collaborative prescriber does not beat the rushed one."""
    for skill in SKILLS:
        pairs = visits.pairs(skill)
        rushed, collaborative = mean_levels(pairs)
        if not pairs or (collaborative is not None and collaborative > (rushed if rushed is not None else -1)):
            continue
        worst, low, high = min(pairs, key=lambda one: (one[2] if one[2] is not None else -1) - (one[1] or 0))
        yield document.at(
            "skill-not-better", *document.place(("moments", worst, "collaborative", "says")), skill=skill,
            rushed=shown(rushed), collaborative=shown(collaborative), low=shown(low), high=shown(high),
        )  # fmt: skip
    rushed_end, collaborative_end = visits.rushed.turns[-1].state, visits.collaborative.turns[-1].state
    last = document.place(("moments", len(visits.scenario.moments) - 1, "collaborative", "says"))
    if collaborative_end.trust <= rushed_end.trust:
        yield document.at(
            "trust-not-better", *last, rushed=rushed_end.trust, collaborative=collaborative_end.trust,
            start=visits.collaborative.start.trust,
        )  # fmt: skip
    changed = visits.collaborative.outcome is not None and visits.collaborative.outcome.four_weeks == "changed_plan"
    if collaborative_end.willingness <= rushed_end.willingness and not changed:
        yield document.at(
            "willingness-not-better", *last, rushed=rushed_end.willingness, collaborative=collaborative_end.willingness
        )


def shown(level: float | None) -> str:
    """Return a level as it is shown: one decimal for a mean, a dash where there is none."""
    if level is None:
        return "not rated"
    return str(level) if isinstance(level, int) else f"{level:.1f}"


def prescribers_alike(document: Document, visits: Visits) -> Iterator[Problem]:
    """Yield a warning for each moment at which both replies reach the same level of a skill it calls for."""
    for number, moment in enumerate(visits.scenario.moments):
        alike = [
            skill
            for skill in SKILLS
            if skill in moment.calls_for
            and visits.level("rushed", number, skill) == visits.level("collaborative", number, skill)
        ]
        for skill in alike:
            yield document.at(
                "prescribers-alike", *document.place(("moments", number, "collaborative", "says")), skill=skill,
                level=shown(visits.level("rushed", number, skill)),
            )  # fmt: skip


def moments_not_reached(document: Document, visits: Visits) -> Iterator[Problem]:
    """Yield a warning for each moment that neither prescriber got to."""
    reached = {turn.moment for visit in (visits.rushed, visits.collaborative) for turn in visit.turns}
    for number, moment in enumerate(visits.scenario.moments):
        if moment.id not in reached:
            yield document.at("moment-not-reached", *document.place(("moments", number, "patient")), moment=moment.id)


def gates_that_stay_closed(document: Document, visits: Visits) -> Iterator[Problem]:
    """Yield an error for each concern that nothing opens, and a warning for each that opens for the rushed one."""
    for number, concern in enumerate(visits.scenario.concerns):
        at = document.place(("concerns", number, "opens_when"), key=True)
        hurried = next((turn for turn in visits.rushed.turns if concern.id in turn.disclosed), None)
        if hurried:
            yield document.at(
                "opens-for-rushed", *at, concern=concern.id, reply=hurried.seq, trust=hurried.state.trust,
                gate=concern.opens_when.trust,
            )  # fmt: skip
        if hurried or any(concern.id in turn.disclosed for turn in visits.collaborative.turns):
            yield from question_that_opens_nothing(document, visits.scenario, number)
            continue
        tried = try_to_open(visits.scenario, concern)
        if tried.opened:
            continue
        if tried.trust < concern.opens_when.trust:
            yield document.at(
                "gate-needs-trust", *at, concern=concern.id, trust=tried.trust, gate=concern.opens_when.trust
            )
        elif tried.moved:
            yield document.at(
                "gate-needs-reason", *at, concern=concern.id, trust=tried.trust, words=", ".join(concern.about)
            )
        else:
            yield document.at(
                "gate-needs-move", *at, concern=concern.id, trust=tried.trust,
                moves=", ".join(concern.opens_when.any) or "a question about it",
                heard=", ".join(tried.moves) or "no move at all",
            )  # fmt: skip


def question_that_opens_nothing(document: Document, scenario: Scenario, number: int) -> Iterator[Problem]:
    """Yield a warning where the question that the debrief will recommend does not open its gate, with trust enough."""
    concern = scenario.concerns[number]
    door = next((moment.id for moment in scenario.moments if moment.leads_to == concern.id), None)
    begun = starting_at(scenario, door, min(100, concern.opens_when.trust + TRUST_TO_SPARE))
    if concern.only_alone:
        begun = begun.model_copy(update={"companion": None})  # the debrief says to ask for a word alone first
    encounter = Encounter(begun)
    first = encounter.reply(concern.would_have_opened)
    # Where a hint comes first, or a part of it, taking that up is the same question once more.
    again = (encounter.reply(concern.would_have_opened) for _ in range(_ONCE_MORE))
    if concern.id in first.disclosed or any(concern.id in turn.disclosed for turn in again):
        return
    yield document.at(
        "question-opens-nothing", *document.place(("concerns", number, "would_have_opened"), key=True),
        concern=concern.id, trust=begun.patient.temperament.trust,
        heard=", ".join(dict.fromkeys(move.move for move in first.reading.moves)) or "no move at all",
        moves=", ".join(concern.opens_when.any or USUAL_MOVES),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """How far it got: whether the concern was said, the most trust there was, and what the question was heard as."""

    opened: bool
    trust: int
    moves: tuple[str, ...]
    moved: bool
    """True if the question makes a move that the gate waits for."""


def try_to_open(scenario: Scenario, concern: Concern) -> Tried:
    """Ask the author's own question after each of the collaborative prescriber's replies, latest chances first."""
    most = 0
    moves: tuple[str, ...] = ()
    for upto in range(len(scenario.moments), 0, -1):
        encounter = Encounter.replay(
            scenario, [moment.collaborative.says for moment in scenario.moments[:upto]], pace="script"
        )
        most = max(most, *(turn.state.trust for turn in encounter.turns))
        turn: Turn = encounter.reply(concern.would_have_opened)
        moves = moves or tuple(dict.fromkeys(move.move for move in turn.reading.moves))
        if concern.id in turn.state.disclosed:
            return Tried(True, turn.state.trust, moves, True)
    return Tried(False, most, moves, bool(set(moves) & set(concern.opens_when.any or USUAL_MOVES)))


def danger_without_a_way_on(document: Document, visits: Visits) -> Iterator[Problem]:
    """Yield a warning for each patient's line with a danger cue where no concern says how the patient goes on."""
    if any(concern.danger for concern in visits.scenario.concerns):
        return
    for number, moment in enumerate(visits.scenario.moments):
        quote = danger_in(visits, moment)
        if quote:
            yield document.at("danger-without-way-on", *document.place(("moments", number, "patient")), quote=quote)


def danger_in(visits: Visits, moment: Moment) -> str:
    """Return the words of a moment that the scorer hears as danger; empty where there are none."""
    for turn in (*visits.collaborative.turns, *visits.rushed.turns):
        if turn.moment == moment.id:
            for cue in turn.reading.cues:
                if cue.kind == "danger" and cue.quote in moment.patient:
                    return cue.quote
    return ""
