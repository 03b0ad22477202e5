"""Speaking instead of typing: a recording is written down and put into the box, where it is checked, mended and sent.

The recording lives in this browser tab's session until it has been written down, and nowhere else. What counts is what
is sent from the box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import frame
from ui.handed import whereabouts
from ui.language import N_, _, worded
from ui.page_language import speak_theirs
from ui.spoken import offered
from ui.working import Task

if TYPE_CHECKING:
    from ui.service import OpenVisit

_LOOK_AGAIN = 0.4
"""Seconds between two looks."""
_BY_KIND = {
    "silent": N_("Nothing could be heard in the recording. Try again closer to the microphone, or type."),
    "too_long": N_("The recording is longer than two minutes. Say it in parts, or type."),
    "unclear": N_("What you said could not be made out. Say it again, or type."),
}
_FAILED = N_("Your recording could not be written down just now. Type instead, or send the recording again.")
_NOT_HERE = N_("Recordings are not written down here at the moment. Please type.")


@dataclass
class _Recording:
    """A recording of this session and what becomes of it."""

    visit_id: str
    typed: str
    """What stood in the box when it was sent."""
    language: str
    sound: bytes
    task: Task[str] | None = None

    def write_down(self) -> None:
        """Have it written down, or say at once that nobody is there to do so."""
        endpoint = offered("transcription")
        self.task = Task(endpoint.transcribe, self.sound, self.language) if endpoint else None

    @property
    def under_way(self) -> bool:
        return self.task is not None and not self.task.ended


def microphone() -> bool:
    """Return True if the box has a microphone."""
    return offered("transcription") is not None


def record(visit_id: str, typed: str, language: str, sound: bytes) -> None:
    """Take a recording out of the box and have it written down."""
    forget()
    recording = st.session_state.recording = _Recording(visit_id, typed, language, sound)
    recording.write_down()


def forget() -> None:
    """Let go of a recording that is no longer needed."""
    recording: _Recording | None = st.session_state.pop("recording", None)
    if recording is not None and recording.task is not None:
        recording.task.stop()


def _stop() -> None:
    recording: _Recording | None = st.session_state.get("recording")
    if recording is not None:
        st.session_state.put_back = recording.typed
    forget()


def _again() -> None:
    recording: _Recording | None = st.session_state.get("recording")
    if recording is not None:
        recording.write_down()


def being_written_down(visit: OpenVisit) -> bool:
    """Draw what becomes of a recording, and put the words into the box once they are there.

    Returns:
        True while the box waits for them. Comes before the box.
    """
    recording: _Recording | None = st.session_state.get("recording")
    if recording is None or recording.visit_id != visit.record.id:
        forget()
        _say_where()
        return False
    if recording.under_way:
        _follow(recording)
        return True
    task = recording.task
    if task is not None and not task.failed:
        st.session_state.put_back = " ".join(filter(None, (recording.typed.rstrip(), task.result)))
        forget()
        st.info(_("This is what was heard, in the box below. Check it, mend it, then send it."))
        return False
    if task is None or task.failed in _BY_KIND:
        st.error(worded(_BY_KIND[task.failed] if task is not None else _NOT_HERE))
        _stop()
        return False
    st.error(worded(_FAILED))
    st.button(_("Send the recording again"), key="record-again", on_click=_again)
    if recording.typed:
        st.session_state.put_back, recording.typed = recording.typed, ""
    return False


def _say_where() -> None:
    """Say at the microphone where a recording goes: this visit may have begun before there was one."""
    endpoint = offered("transcription")
    if endpoint is not None:
        where = whereabouts(endpoint.shown_address, on_this_machine=endpoint.is_local)
        frame.draw("soft", text=_("What you record goes to %(where)s to be written down.", where=where))


def _follow(recording: _Recording) -> None:
    @st.fragment(run_every=_LOOK_AGAIN)
    def waiting() -> None:
        speak_theirs()
        if not recording.under_way:
            st.rerun()
        place = recording.task.place if recording.task is not None else 0
        with st.container(horizontal=True, vertical_alignment="center"):
            frame.draw(
                "soft",
                text=_("Others are speaking just now. Your place in the line: %(place)s.", place=place)
                if place
                else _("Writing down what you said."),
            )
            if st.button(_("Type instead"), key="type-instead", type="tertiary", on_click=_stop):
                st.rerun()

    waiting()
