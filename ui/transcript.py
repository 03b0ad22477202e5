"""What was said so far, drawn in blocks: a block that is full never changes, so the browser leaves it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui import frame
from ui.drawing import piece
from ui.language import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.turn import Turn
    from ui.service import OpenVisit

SHOWN = 30
"""At most so many replies stand on the page; earlier ones are drawn when somebody asks for them."""
BLOCK = 5
"""Replies that are drawn as one element. Each element costs the page about as much as the words in it do."""


def in_blocks(turns: Sequence[Turn]) -> tuple[Sequence[Turn], list[Sequence[Turn]]]:
    """Return the earlier turns that fold away, and the others in blocks: full ones, then the latest turns singly."""
    full = (len(turns) - 1) // BLOCK * BLOCK if turns else 0
    first = max(0, full - SHOWN + BLOCK)
    blocks = [turns[at : at + BLOCK] for at in range(first, full, BLOCK)]
    return turns[:first], blocks + [[turn] for turn in turns[full:]]


def draw_transcript(visit: OpenVisit) -> None:
    """Draw the opening and the replies, with the coach's words where they are wanted."""
    name, latest = visit.scenario.patient.name, visit.turns[-1:] if not visit.ended else ()

    def draw(turns: Sequence[Turn]) -> None:
        st.html(
            "\n".join(
                piece(
                    "turn",
                    name=name,
                    first_name=name.split()[0],
                    turn=turn,
                    coach=visit.record.coach == "each",
                    latest=any(turn is one for one in latest),
                )
                for turn in turns
            )
        )

    frame.draw("line", name=name, text=visit.opening, seq="opening")
    early, blocks = in_blocks(visit.turns)
    if early:
        label = ngettext("Earlier in this visit: %(num)s reply", "Earlier in this visit: %(num)s replies", len(early))
        earlier = st.expander(label, key="earlier", on_change="rerun")
        if earlier.open:
            with earlier:
                draw(early)
    for turns in blocks:
        draw(turns)
