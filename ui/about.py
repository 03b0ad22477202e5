"""About: what this is, what it rests on, what is kept, and what it cannot do."""

import streamlit as st

from ui import frame
from ui.language import _
from ui.page_language import choice

st.title(_("About Rapport"), anchor=False)
choice()
frame.draw(
    "about",
    place=frame.place_of_records(),
    who_sees=frame.who_sees(),
    what_is_sent=frame.what_is_sent(),
)
st.page_link(frame.TRUST, label=_("How far to trust the scorer: its own error rates"))
