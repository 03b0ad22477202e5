"""The debrief as one HTML file that needs nothing else: to print, to keep, to hand in. Knows no Streamlit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui import wording
from ui.drawing import LOOK, piece

if TYPE_CHECKING:
    from datetime import datetime

    from simulator.debrief import Debrief, Lane
    from simulator.scenario import Scenario
    from ui.own_levels import OwnLevels
    from ui.second import Opinion

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 260, 40, 34, 12
DASHES = {"rushed": "7 4", "collaborative": "2 4", "you": ""}


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """One lane of the printed chart, in the drawing's own units."""

    label: str
    kind: str
    dash: str
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """Return the points as an SVG polyline."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


def drawn(lanes: tuple[Lane, ...]) -> tuple[DrawnLane, ...]:
    """Return the lanes placed on the chart: trust 0 at the bottom, 100 at the top, one step for each reply."""
    steps = max((len(lane.trust) for lane in lanes), default=1) - 1 or 1
    across = (WIDTH - LEFT - 10) / steps
    down = (HEIGHT - TOP - BOTTOM) / 100
    return tuple(
        DrawnLane(
            wording.lane(lane.label),
            lane.label,
            DASHES.get(lane.label, ""),
            tuple((LEFT + n * across, TOP + (100 - trust) * down) for n, trust in enumerate(lane.trust)),
        )
        for lane in lanes
    )


def report(
    scenario: Scenario,
    debrief: Debrief,
    ended_at: datetime | None = None,
    own: OwnLevels | None = None,
    opinions: dict[int, Opinion] | None = None,
) -> str:
    """Return the whole debrief as one HTML page.

    Args:
        scenario: The scenario that was played.
        debrief: What came of it.
        ended_at: When the visit ended, for the head of the page; left out where nobody knows.
        own: The levels that the person set themselves.
        opinions: What a second rater said about the replies; what is still being rated is left out.
    """
    lanes = drawn(debrief.lanes)
    return piece(
        "report",
        scenario=scenario,
        debrief=debrief,
        own_levels=own or {},
        opinions={seq: one for seq, one in (opinions or {}).items() if not one.waiting},
        name=debrief.patient_name.split()[0],
        look=LOOK.read_text(encoding="utf-8"),
        lanes=lanes,
        ticks=[(TOP + (100 - trust) * (HEIGHT - TOP - BOTTOM) / 100, trust) for trust in (0, 25, 50, 75, 100)],
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        base=HEIGHT - BOTTOM,
        day=wording.day(ended_at) if ended_at else "",
    )


def file_name(scenario_id: str, kind: str, ended_at: datetime | None = None) -> str:
    """Return a name for the download that every file system takes."""
    stem = re.sub(r"[^a-z0-9-]+", "-", scenario_id.lower()).strip("-") or "visit"
    when = f"-{ended_at:%Y-%m-%d}" if ended_at else ""
    return f"rapport-{stem}{when}.{kind}"
