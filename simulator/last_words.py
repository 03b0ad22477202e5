"""Which parting words fit what was said last: no name that nobody has mentioned, and nothing they have just said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from simulator.everyday import said
from simulator.given_back import is_echo
from simulator.voices import said_as
from simulator.words import sentences_of, straight, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.scenario import Scenario
    from simulator.turn import Turn

Left = Literal["just_told", "until_then"]
_TOLD = ("discloses:", "begins:")
_GESTURE = re.compile(r"\([^()]*\)")
_RUN = 4
"""Words in a row that, said before in the visit, make parting words a repetition."""
_CAME_FOR_IT = 65
"""Willingness at the door from which somebody has come for what is on the table."""
_ABUSED = 4
"""Times they were insulted, blamed or threatened from which they say neither yes nor no, and go."""
HARSH = frozenset(["insult", "insult_again", "judged", "belittled", "had_enough"])
"""Acts by which they take it that they were insulted, blamed or looked down on."""


def came_for_it(scenario: Scenario) -> bool:
    """Return True if the patient came in for what is on the table."""
    return scenario.patient.temperament.willingness >= _CAME_FOR_IT


def abused(times: int) -> bool:
    """Return True if they were treated so that nobody says yes to anything there."""
    return times >= _ABUSED


def _names_in(text: str, language: str) -> set[str]:
    """Return the names in a text: what is written large within a sentence, and is no word that always is."""
    always = said(language).written_large
    found: set[str] = set()
    for sentence in sentences_of(_GESTURE.sub(" ", text)):
        for word in sentence.split()[1:]:
            bare = word.strip("\"'“”‘’,.;:!?…()")
            plain = straight(bare).removesuffix("'s").removesuffix("'ll")
            if bare[:1].isupper() and plain not in always:
                found.add(plain)
    return found


def fitting(lines: Iterable[str], scenario: Scenario, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return those of the lines that speak of nobody who was not mentioned, and do not say again what was said.

    Args:
        lines: Parting words.
        scenario: Whose they are.
        turns: The visit.
    """
    mine = [scenario.opening, *(turn.patient for turn in turns)]
    companion = scenario.companion
    here = (*companion.called, *companion.marks) if companion is not None else ()
    both = " . ".join([*mine, *(turn.clinician for turn in turns), scenario.door_note, *here])
    known = {word.removesuffix("'s").removesuffix("'ll") for word in words_of(both)}
    before = {said_as(line) for line in mine}
    runs = {run for line in mine for run in _runs(line)}
    return tuple(
        line
        for line in lines
        if said_as(line) not in before
        and runs.isdisjoint(_runs(line))
        and _names_in(line, scenario.language) <= known | set(words_of(scenario.patient.name))
    )


def _runs(line: str) -> set[tuple[str, ...]]:
    words = words_of(_GESTURE.sub(" ", line))
    return {words[at : at + _RUN] for at in range(len(words) - _RUN + 1)}


def left_with(turns: Sequence[Turn]) -> Left | None:
    """Return with what the visit was broken off: something confided with their last words, or the choice left open.

    Taking leave after it answers neither.
    """
    last = [turn for turn in turns if not any(act.startswith("closing") for act in turn.acts)]
    if not last:
        return None
    acts = last[-1].acts
    if any(act.startswith(_TOLD) for act in acts):
        return "just_told"
    return "until_then" if "open_until_then" in acts else None


def brings_up(turn: Turn) -> bool:
    """Return True if they came out with something of their own in a turn, which nobody has answered yet."""
    return any(act.startswith(("hint:", "asks")) or (act.startswith("moment:") and act.count(":") == 1)
               for act in turn.acts)  # fmt: skip


def was_put(turns: Sequence[Turn]) -> bool:
    """Return True if something was put to them that they could take as a question: a plan, and not one in a muddle.

    What is named only in their own words, given back, is put to nobody.
    """
    return any(
        turn.plan.named != "none" and "plan_muddled" not in turn.acts and not is_echo(turn.clinician, turn.heard_words)
        for turn in turns
    )


def without_a_yes(lines: Iterable[str], language: str) -> tuple[str, ...]:
    """Return lines without the sentences in which they say that they would have said yes, where more is left of them.

    Whoever never sounded willing does not regret at the door that nobody asked.
    """
    would = said(language).would_have
    kept = (" ".join(one.strip() for one in sentences_of(line) if not would.all_in(words_of(one))) for line in lines)
    return tuple(line for line in kept if line)
