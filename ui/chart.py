"""The chart of trust: three lanes, told apart by colour and by dash; the page names them above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from ui import wording
from ui.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.debrief import Lane


COLOURS = {"rushed": "#c2683f", "collaborative": "#8a7ba6", "you": "#2f918b"}
"""Each at least 3 to 1 against the page, light and dark (WCAG 1.4.11); the names above use the same, in look.css."""
DASHES = {"rushed": [7, 4], "collaborative": [2, 4], "you": [1, 0]}


def trust_chart(lanes: Sequence[Lane]) -> Any:
    """Return the chart: trust 0–100 at the door and after each reply, one line for each lane."""
    rows = [
        {"reply": reply, "trust": trust, "who": wording.lane(lane.label)}
        for lane in lanes
        for reply, trust in enumerate(lane.trust)
    ]
    order = [wording.lane(lane.label) for lane in lanes]
    who = alt.Color(
        "who:N",
        sort=order,
        scale=alt.Scale(domain=order, range=[COLOURS[lane.label] for lane in lanes]),
        legend=None,
    )
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("reply:Q", title=_("Reply"), axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("trust:Q", title=_("Trust"), scale=alt.Scale(domain=[0, 100])),
        color=who,
        tooltip=[
            alt.Tooltip("who:N", title=_("Who")),
            alt.Tooltip("reply:Q", title=_("Reply")),
            alt.Tooltip("trust:Q", title=_("Trust")),
        ],
    )
    dash = alt.StrokeDash(
        "who:N", sort=order, scale=alt.Scale(domain=order, range=[DASHES[lane.label] for lane in lanes]), legend=None
    )
    return (base.mark_line(strokeWidth=2.5).encode(strokeDash=dash) + base.mark_point(filled=True, size=45)).properties(
        height=280
    )
