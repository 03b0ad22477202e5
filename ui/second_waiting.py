"""The line in the debrief that says how far the second rater has come: it looks again now and then, and stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui import frame
from ui.language import _
from ui.page_language import speak_theirs

if TYPE_CHECKING:
    from ui.second import Opinion
    from ui.service import OpenVisit

_LOOK_AGAIN = 2.0
"""Seconds between two looks."""


def second_rater(visit: OpenVisit, opinions: dict[int, Opinion]) -> None:
    """Draw how far the second rater has come while there is something to wait for; then draw the page once more."""
    if not any(one.waiting for one in opinions.values()):
        _again(visit, opinions)
        return

    @st.fragment(run_every=_LOOK_AGAIN)
    def waiting() -> None:
        speak_theirs()
        now = frame.opinions(visit)
        rated = sum(not one.waiting for one in now.values())
        if rated == len(now):
            st.rerun()
        frame.draw(
            "soft",
            text=_(
                "A second rater is reading your replies: %(rated)s of %(all)s so far. Everything else is here already.",
                rated=rated,
                all=len(now),
            ),
        )

    waiting()


def _again(visit: OpenVisit, opinions: dict[int, Opinion]) -> None:
    """Offer to ask again where replies could not be rated, for an outage say."""
    if not frame.may_ask_again(visit, opinions):
        return
    missing = sum(bool(one.not_rated) for one in opinions.values())
    with st.container(horizontal=True, vertical_alignment="center"):
        frame.draw(
            "soft",
            text=_(
                "The second rater could not rate %(missing)s of your %(all)s replies.",
                missing=missing,
                all=len(opinions),
            ),
        )
        if st.button(_("Ask the second rater again"), key="second-again", type="tertiary"):
            with frame.errors_shown():
                frame.ask_again(visit)
            st.rerun()
