"""How willing a patient sounded, told from the acts in which they spoke of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.everyday import PROPOSALS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.turn import Decision

AGAINST: Final = "against:"
UNDECIDED: Final = "undecided:"
PROVIDED: Final = "provided:"
"""What the acts begin with in which something that they told stands in the way, keeps them from choosing, or is made a
condition; its name follows."""
STANDS = (AGAINST, UNDECIDED, PROVIDED)
OF_A_PLAN = ("preference_", "choice_", "plan_", *(f"{name}_" for name in PROPOSALS), *STANDS)
"""What the acts begin with in which a patient says how willing they are."""
_LEANINGS: tuple[Decision, ...] = ("willing", "unsure", "unwilling")


def leaning_in(acts: Iterable[str]) -> Decision | None:
    """Return how willing they last sounded in these acts, or None where they did not speak of a plan."""
    found: Decision | None = None
    for act in acts:
        if act.startswith(PROVIDED):
            found = "willing"
        elif act.startswith(STANDS):
            found = "unsure"
        elif act.startswith(OF_A_PLAN):
            found = next((one for one in _LEANINGS if act.endswith(f"_{one}")), found)
    return found
