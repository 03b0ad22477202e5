"""Following an answer under way: your reply stands, the words come, and the page is drawn again at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui import frame
from ui.drawing import piece
from ui.language import _, worded

if TYPE_CHECKING:
    from records import Actor
    from ui.voiced import VoicedService, VoicedVisit


def hear(service: VoicedService, actor: Actor, visit_id: str, visit: VoicedVisit) -> None:
    """Draw the answer under way, if there is one, until it has ended. Comes last on the page."""
    answer = visit.speaking
    if answer is None:
        return
    name = visit.scenario.patient.name
    frame.draw("unanswered", words_said=visit.unanswered, seq=visit.next_seq - 1)
    slot = st.empty()
    if not answer.ended:
        st.button(_("Don’t wait for the model"), key="dont-wait", type="tertiary", on_click=answer.stop)
    for heard in answer.follow():
        slot.html(piece("answering", name=name, first_name=name.split()[0], text=heard.text, place=heard.place))
    if answer.trouble:
        slot.error(worded(answer.trouble))
        if st.button(_("Try again"), key="try-again"):
            service.try_again(actor, visit_id)
            st.rerun()
        return
    st.rerun()
