"""What the synthetic trainees find: a patient whom anybody can open, or whom nobody is rewarded for listening to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.trainees import play_as, trainees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.problems import Problem
    from simulator.reading import Document
    from simulator.scenario import Scenario


def check_trainees(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield what is found by playing everybody who talks badly, and everybody who talks well."""
    speakers = trainees(scenario.language)  # those of another language would only puzzle the patient
    ranks = {name: trainee.ranks for name, trainee in speakers.items() if trainee.ranks != "middle"}
    visits = {name: play_as(scenario, speakers[name]) for name in ranks}
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
    best_low = max((name for name in ends if ranks[name] == "low"), key=lambda name: ends[name])
    best_high = max((name for name in ends if ranks[name] == "high"), key=lambda name: ends[name])
    if ends[best_high] <= ends[best_low]:
        yield document.at(
            "listening-not-rewarded", *document.place(("patient", "temperament")), high=best_high, low=best_low,
            most=ends[best_high], least=ends[best_low],
        )  # fmt: skip
