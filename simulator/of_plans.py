"""How clinicians put a plan to somebody by its name, as it stands in the everyday stock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simulator.content import read_content
from simulator.everyday import EVERYDAY
from simulator.phrases import Phrases
from simulator.words import straight


@dataclass(frozen=True, slots=True)
class OfPlans:
    """How plans are put to somebody by their names."""

    settles: Phrases
    aside: Phrases
    spoken_of: Phrases
    that_one: Phrases
    in_short: Phrases
    between: frozenset[str]
    either: frozenset[str]
    asks_of_it: Phrases
    """How it is asked whether what was just put suits them ("Does that feel ok?"), which asks about nothing else."""
    yes_to_it: frozenset[str]
    """Words by which a yes to it is asked for at the end of a reply ("That ok?")."""
    beside_it: frozenset[str]
    """Words that may stand beside one of those."""
    steps: Phrases
    """Sorts of steps as they are said in a few words once ways have been put before ("so we switch")."""


@cache
def of_plans(language: str) -> OfPlans:
    """Return how plans are put in a language, from the folder `plans` of the everyday stock."""
    raw = read_content(EVERYDAY / "plans" / f"{language}.yaml", all_text=True)

    def phrases(name: str) -> Phrases:
        return Phrases((line, line) for line in raw[name])

    def words(name: str) -> frozenset[str]:
        return frozenset(straight(word) for word in raw[name])

    return OfPlans(
        phrases("settles"),
        phrases("aside"),
        phrases("spoken_of"),
        phrases("that_one"),
        phrases("in_short"),
        words("between"),
        words("either"),
        phrases("asks_of_it"),
        words("yes_to_it"),
        words("beside_it"),
        Phrases((step, line) for step, lines in raw["steps"].items() for line in lines),
    )
