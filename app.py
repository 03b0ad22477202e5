"""The entry: page set-up and navigation, nothing else."""

from pathlib import Path

import streamlit as st

import language_model
import second_rater
from ui import frame, second, voice

voice.use(voice.Voice(*language_model.patient_voice()))
second.use(second.SecondRater(*second_rater.at_hand()))
st.set_page_config(page_title="Rapport", page_icon=str(Path(__file__).with_name("ui") / "icon.svg"), layout="centered")
page = st.navigation(
    [
        st.Page(frame.CHOOSE, title="Practise", default=True),
        st.Page(frame.YOUR_VISITS, title="Your visits", url_path="visits"),
        st.Page("ui/write.py", title="Write", url_path="write"),
        st.Page(frame.ABOUT, title="About", url_path="about"),
        st.Page(frame.DOOR, title="Before you go in", url_path="door", visibility="hidden"),
        st.Page(frame.TALK, title="Visit", url_path="talk", visibility="hidden"),
        st.Page(frame.TRUST, title="How far to trust the scorer", url_path="scorer", visibility="hidden"),
        st.Page(frame.DEBRIEF, title="Debrief", url_path="debrief", visibility="hidden"),
    ],
    position="top",
)
frame.look()
page.run()
