"""About: what this is, what it rests on, what is kept, and what it cannot do."""

import streamlit as st

from ui import frame

st.title("About Rapport", anchor=False)
frame.draw(
    "about",
    place=frame.place_of_records(),
    who_sees=frame.who_sees(),
    what_is_sent=frame.what_is_sent(),
)
st.page_link(frame.TRUST, label="How far to trust the scorer: its own error rates")
