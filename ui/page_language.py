"""Which language this person's pages are in: what they chose, else their browser's, else English."""

from __future__ import annotations

import streamlit as st

from ui.language import ENGLISH, _, current, fitting, language_name, languages, speak, tell

COOKIE = "rapport_language"
"""Names a language and nothing about the person; kept for a year, so that the choice outlives a refresh."""
_JS = """
export default function ({ data }) {
  // Screen readers pronounce a page by this.
  document.documentElement.lang = data.language;
  if (data.chosen) {
    document.cookie = `rapport_language=${data.language}; Path=/; Max-Age=31536000; SameSite=Lax`;
  }
}
"""
_mark = st.components.v2.component("rapport_language", html="<span hidden></span>", js=_JS)


def speak_theirs() -> None:
    """Draw in this person's language from now on. Comes first in a part of a page that is drawn again by itself."""
    chosen = fitting(st.session_state.get("language_chosen"))
    kept = fitting(str(st.context.cookies.get(COOKIE, "")))
    speak(chosen or kept or fitting(st.context.locale) or ENGLISH)


def settle() -> None:
    """Choose the language of this run and tell the browser. Comes first on every page."""
    speak_theirs()
    tell("")
    chosen = bool(st.session_state.get("language_chosen"))
    _mark(data={"language": current(), "chosen": chosen}, key="language-mark")


def _choose() -> None:
    # The widget's own state goes when another page is opened; the choice stays.
    if st.session_state.language:
        st.session_state.language_chosen = st.session_state.language


def choice() -> None:
    """Let the person choose among the languages, each called as its speakers call it."""
    if len(languages()) < 2:
        return
    st.session_state.language = current()
    st.segmented_control(
        _("Language of the pages"),
        languages(),
        format_func=language_name,
        key="language",
        on_change=_choose,
        label_visibility="collapsed",
    )
