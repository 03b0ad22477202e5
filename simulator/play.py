"""Playing a whole visit without anybody typing: the scenario's own prescribers, or a list of replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.encounter import Encounter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.scenario import Scenario
    from simulator.turn import PlayedVisit


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
