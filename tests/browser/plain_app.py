"""A page that shows hostile words wherever Streamlit reads Markdown; started by test_plain_on_the_page."""

import streamlit as st

from tests.ui.test_plain import HOSTILE
from ui.plain import as_markdown

for number, words in enumerate(HOSTILE):
    with st.container(key=f"text-{number}"):
        st.markdown(as_markdown(words))
    with st.container(key=f"title-{number}"):
        st.title(as_markdown(words), anchor=False)
    with st.container(key=f"label-{number}"):
        st.button(as_markdown(words), key=f"button-{number}")
