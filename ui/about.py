"""About: what this is, what it rests on, what is kept, and what it cannot do."""

import streamlit as st

from ui import frame
from ui.language import ENGLISH, _, current
from ui.page_language import choice

st.title(_("About Rapport"), anchor=False)
choice()
if current() != ENGLISH:
    frame.draw(
        "soft",
        text=_(
            "Patients speak the language that they were written in. The figures about the scorer, the names of "
            "problems in a scenario file and the second rater's reasons are in English."
        ),
    )
frame.draw(
    "about",
    place=frame.place_of_records(),
    who_sees=frame.who_sees(),
    what_is_sent=frame.what_is_sent(),
)
st.page_link(frame.TRUST, label=_("How far to trust the scorer: its own error rates"))
