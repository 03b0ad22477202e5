"""What the synthetic trainees find: a patient whom anybody can open, or whom nobody is rewarded for listening to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.trainees import play_as, trainees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.problems import Problem
    from simulator.reading import Document
    from simulator.scenario import Scenario
    from simulator.trainees import Rank

RANKS: tuple[Rank, ...] = ("high", "middle", "low")
"""From the best to the worst."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a trainee's visit went, as far as the patient's trust goes."""

    told: dict[str, tuple[int, int]]
    """For each concern that was said: after which reply, counted from 1, and at what trust."""
    ends: int
    """Trust at the end, 0–100."""


def course_of(scenario: Scenario, name: str) -> Course:
    """Play the visit of a synthetic trainee and return how it went."""
    visit = play_as(scenario, trainees(scenario.language)[name])
    told = {concern: (turn.seq, turn.state.trust) for turn in visit.turns for concern in turn.disclosed}
    return Course(told, visit.turns[-1].state.trust)


def longest_first(scenario: Scenario) -> list[str]:
    """Return the names of the trainees who speak the patient's language, those who say most first.

    Others would only puzzle the patient. Where two processes share the visits, the longest must not be begun last.
    """
    speaking = trainees(scenario.language)
    return sorted(speaking, key=lambda name: sum(map(len, speaking[name].says)), reverse=True)


def check_trainees(document: Document, scenario: Scenario, courses: Mapping[str, Course]) -> Iterator[Problem]:
    """Yield what is found from the visits of everybody who talks badly, in between, or well, by the trainee's name."""
    ranks = {name: trainee.ranks for name, trainee in trainees(scenario.language).items()}
    courses = {name: courses[name] for name in ranks if name in courses}
    for number, concern in enumerate(scenario.concerns):
        told_to = next((name for name in courses if concern.id in courses[name].told and ranks[name] == "low"), None)
        if told_to is not None:
            reply, trust = courses[told_to].told[concern.id]
            yield document.at(
                "opens-for-anybody", *document.place(("concerns", number, "opens_when"), key=True),
                concern=concern.id, trainee=told_to, reply=reply, trust=trust, gate=concern.opens_when.trust,
            )  # fmt: skip
    yield from trainees_out_of_order(document, {name: course.ends for name, course in courses.items()}, ranks)


def trainees_out_of_order(document: Document, ends: Mapping[str, int], ranks: Mapping[str, Rank]) -> Iterator[Problem]:
    """Yield a problem where trust does not end in the order of the trainees' ranks.

    Args:
        document: The scenario as it stands in its file.
        ends: Trust at the end of each trainee's visit, 0–100.
        ranks: Each trainee's rank.

    Yields:
        An error where the best of those who listen ends no better than the best of those who do not; else at most one
        warning, for the two who are furthest out of order.
    """
    at = document.place(("patient", "temperament"))
    best = {rank: max((n for n in ends if ranks[n] == rank), key=lambda n: ends[n], default=None) for rank in RANKS}
    high, low = best["high"], best["low"]
    if high and low and ends[high] <= ends[low]:
        yield document.at("listening-not-rewarded", *at, high=high, low=low, most=ends[high], least=ends[low])
        return
    wrong = [
        (better, worse)
        for better in ends
        for worse in ends
        if RANKS.index(ranks[better]) < RANKS.index(ranks[worse]) and ends[better] <= ends[worse]
    ]
    if wrong:
        better, worse = max(wrong, key=lambda pair: ends[pair[1]] - ends[pair[0]])
        yield document.at(
            "trainees-out-of-order", *at, better=better, worse=worse, better_rank=ranks[better],
            worse_rank=ranks[worse], most=ends[better], least=ends[worse],
        )  # fmt: skip
