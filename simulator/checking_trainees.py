"""What the synthetic trainees find: a patient whom anybody can open, or whom nobody is rewarded for listening to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.trainees import play_as, trainees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.problems import Problem
    from simulator.reading import Document
    from simulator.scenario import Scenario
    from simulator.trainees import Rank
    from simulator.turn import PlayedVisit

RANKS: tuple[Rank, ...] = ("high", "middle", "low")
"""From the best to the worst."""


def check_trainees(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield what is found by playing everybody who talks badly, in between, or well, in the patient's language."""
    ranks = {name: trainee.ranks for name, trainee in trainees(scenario.language).items()}
    visits = played_by_all(scenario)
    for number, concern in enumerate(scenario.concerns):
        for name, visit in visits.items():
            told = next((turn for turn in visit.turns if concern.id in turn.disclosed), None)
            if told and ranks[name] == "low":
                yield document.at(
                    "opens-for-anybody", *document.place(("concerns", number, "opens_when"), key=True),
                    concern=concern.id, trainee=name, reply=told.seq, trust=told.state.trust,
                    gate=concern.opens_when.trust,
                )  # fmt: skip
                break
    ends = {name: visit.turns[-1].state.trust for name, visit in visits.items()}
    yield from trainees_out_of_order(document, ends, ranks)


def played_by_all(scenario: Scenario) -> dict[str, PlayedVisit]:
    """Return the visit of each synthetic trainee who speaks the patient's language; others would only puzzle them."""
    return {name: play_as(scenario, trainee) for name, trainee in trainees(scenario.language).items()}


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
