"""Hearing the patient: the latest line is spoken where the person has turned that on. The words stand there anyway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import frame
from ui.handed import whereabouts
from ui.language import _
from ui.page_language import speak_theirs
from ui.plain import as_markdown
from ui.spoken import Sound, offered, said_aloud
from ui.working import Task

if TYPE_CHECKING:
    from simulator.scenario import Scenario

_LOOK_AGAIN = 0.4
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the patient that is being spoken, or has been."""

    key: str
    task: Task[Sound]


def hear_the_patient() -> None:
    """Draw the switch, where somebody is there to speak."""
    endpoint = offered("speech")
    if endpoint is not None:
        where = whereabouts(endpoint.shown_address, on_this_machine=endpoint.is_local)
        told = _("What the patient says then goes to %(where)s to be spoken.", where=as_markdown(where))
        st.session_state["hear-patient"] = bool(st.session_state.get("hears"))
        st.toggle(_("Hear the patient"), key="hear-patient", help=told, on_change=_switched)


def _switched() -> None:
    # The switch's own state goes when another page is opened; the choice holds for the next visit, too.
    st.session_state.hears = st.session_state["hear-patient"]


def say_aloud(key: str, scenario: Scenario, line: str) -> None:
    """Speak a line once, and draw its player when it is there; nothing where that is off or there are no words.

    Args:
        key: Which line of which visit.
        scenario: Whose patient.
        line: As it stands on the page; what the patient does meanwhile is not spoken.
    """
    words, endpoint = said_aloud(line), offered("speech")
    now: _Line | None = st.session_state.get("aloud")
    if now is not None and now.key != key:
        now.task.stop()
        now = None
    if endpoint is None or not words or not st.session_state.get("hears"):
        st.session_state.pop("aloud", None)
        return
    if now is None:
        now = st.session_state.aloud = _Line(key, Task(endpoint.speak, words, scenario.patient.pronouns))
    name = scenario.patient.name.split()[0]
    if not now.task.ended:
        _follow(now)
    elif now.task.result is None:
        frame.draw("soft", text=_("%(name)s cannot be heard just now. The words are all here.", name=name))
    else:
        made = now.task.result
        st.audio(made.data, format=made.form, autoplay=True, alt=_("%(name)s, spoken", name=as_markdown(name)))


def _follow(line: _Line) -> None:
    @st.fragment(run_every=_LOOK_AGAIN)
    def waiting() -> None:
        speak_theirs()
        if line.task.ended:
            st.rerun()

    waiting()
