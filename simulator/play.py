"""Playing a whole visit without anybody typing: the scenario's own prescribers, or a list of replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.encounter import Encounter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Scenario
    from simulator.turn import Outcome, PlayedVisit, Turn


def play(scenario: Scenario, replies: str | Sequence[str], seed: int = 0, label: str = "you") -> PlayedVisit:
    """Play a visit to its end and return it with its outcome.

    Args:
        scenario: The patient.
        replies: "rushed" or "collaborative" for the scenario's own prescriber at each moment (the patient then goes on
            after each reply), or the replies themselves, as a trainee would type them.
        seed: As for `Encounter`.
        label: Whose visit it is; the prescriber's name where one is played.

    Raises:
        ReplyRefused: if one of the replies is blank or too long.
        ValueError: if `replies` is a word other than the two.
    """
    if isinstance(replies, str):
        if replies not in {"rushed", "collaborative"}:
            raise ValueError(f'There is no prescriber called "{replies}"; there are rushed and collaborative.')
        encounter = Encounter(scenario, seed, "script")
        for moment in scenario.moments:
            encounter.reply(getattr(moment, replies).says)
        encounter.end()
        return encounter.played(replies)
    encounter = Encounter(scenario, seed, "talk")
    for text in replies:
        encounter.reply(text)
    encounter.end()
    return encounter.played(label)


def visit_as_text(scenario: Scenario, visit: PlayedVisit) -> str:
    """Return a visit as a script to read, with what moved the patient."""
    name = scenario.patient.name
    rows = [f"{scenario.title} ({visit.label})", "", f"{name}: {visit.opening}"]
    for turn in visit.turns:
        rows += ["", f"You: {turn.clinician}", *turn_as_text(name, turn)]
    if visit.outcome:
        rows += ["", *ending_as_text(name, visit.outcome)]
    return "\n".join(rows)


def turn_as_text(name: str, turn: Turn) -> list[str]:
    """Return the lines that show what a reply did: levels and moves, the answer, the thought, and how things stand."""
    levels = ", ".join(f"{skill} {'–' if level is None else level}" for skill, level in turn.scorecard.levels().items())
    moves = ", ".join(move.move for move in turn.reading.moves) or "no moves"
    state = turn.state
    return [
        f"    [{levels}] [{moves}]",
        f"{name}: {turn.patient}",
        f"    (thinks: {turn.thought})" if turn.thought else "    (thinks nothing of it)",
        f"    trust {state.trust}, heard {state.heard}, willingness {state.willingness}"
        + (f"; said: {', '.join(turn.disclosed)}" if turn.disclosed else ""),
    ]


def ending_as_text(name: str, outcome: Outcome) -> list[str]:
    """Return the lines that show how a visit ended."""
    return [
        f"{name}: {outcome.parting_words}",
        f"Decision: {outcome.decision}. Four weeks later: {outcome.four_weeks}.",
        outcome.story,
        "Never said: " + (", ".join(outcome.never_said) or "nothing"),
    ]
