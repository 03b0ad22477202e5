"""The entry: page set-up and navigation, nothing else."""

from pathlib import Path

import streamlit as st

import language_model
import second_rater
from ui import frame, identity, second, spoken, voice
from ui.language import _
from ui.page_language import settle

voice.use(voice.Voice(*language_model.patient_voice()))
spoken.use(language_model.spoken())
second.use(second.SecondRater(*second_rater.at_hand()))
st.set_page_config(page_title="Rapport", page_icon=str(Path(__file__).with_name("ui") / "icon.svg"), layout="centered")
settle()
page = st.navigation(
    [
        st.Page(frame.CHOOSE, title=_("Practise"), default=True),
        st.Page(frame.YOUR_VISITS, title=_("Your visits"), url_path="visits"),
        st.Page("ui/write.py", title=_("Write"), url_path="write"),
        st.Page(frame.ABOUT, title=_("About"), url_path="about"),
        st.Page(
            frame.WEIGH,
            title=_("Two raters apart"),
            url_path="apart",
            visibility="visible" if identity.teaches() else "hidden",
        ),
        st.Page(frame.DOOR, title=_("Before you go in"), url_path="door", visibility="hidden"),
        st.Page(frame.TALK, title=_("Visit"), url_path="talk", visibility="hidden"),
        st.Page(frame.TRUST, title=_("How far to trust the scorer"), url_path="scorer", visibility="hidden"),
        st.Page(frame.DEBRIEF, title=_("Debrief"), url_path="debrief", visibility="hidden"),
    ],
    position="top",
)
frame.look()
page.run()
