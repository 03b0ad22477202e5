"""Your visits: go on with one, read its debrief, delete it."""

import streamlit as st

from records import RecordsError
from ui import frame, wording
from ui.history import outcome_of
from ui.language import N_, _, worded

service, actor = frame.service(), frame.actor()


def delete(visit_id: str) -> None:
    """Delete one visit and say so."""
    try:
        service.delete(actor, visit_id)
        st.session_state.notice = N_("The visit is deleted, with everything said in it.")
    except RecordsError as error:
        st.session_state.notice = error.sentence


with frame.errors_shown():
    visits = service.visits(actor)
st.title(_("Your visits"), anchor=False)
if notice := st.session_state.pop("notice", ""):
    st.info(worded(notice))
if not visits:
    st.write(_("There are none yet. Every visit you begin is kept here until you delete it."))
    if st.button(_("Choose a patient"), key="choose", type="primary"):
        frame.go(frame.CHOOSE)
for visit in visits:
    ended = visit.status == "ended"
    with st.container(border=True, key=f"visit-{visit.id}"):
        decision = wording.decision_short(str(outcome_of(visit).get("decision", "")))
        frame.draw("visit", visit=visit, decision=decision)
        with st.container(horizontal=True):
            if st.button(_("Read the debrief") if ended else _("Go on"), key=f"open-{visit.id}", type="primary"):
                frame.go(frame.DEBRIEF if ended else frame.TALK, visit=visit.id)
            with st.popover(_("Delete"), key=f"ask-{visit.id}"):
                st.write(_("This deletes the visit and every word in it. It cannot be brought back."))
                st.button(_("Delete it"), key=f"delete-{visit.id}", on_click=delete, args=(visit.id,))
