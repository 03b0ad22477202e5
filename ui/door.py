"""At the door: what you know before you go in, and how you want to practise."""

import streamlit as st

from records import Coach
from ui import frame
from ui.language import _
from ui.plain import as_markdown

service, actor = frame.service(), frame.actor()
loaded = service.library().scenarios.get(st.query_params.get("scenario", ""))
if loaded is None:
    frame.go(frame.CHOOSE)
scenario = loaded.scenario

st.title(as_markdown(scenario.title), anchor=False)
frame.draw("person", scenario=scenario)
frame.draw("door", scenario=scenario)
frame.draw(
    "notice",
    name=scenario.patient.name,
    place=frame.place_of_records(),
    who_sees=frame.who_sees(),
    what_is_sent=frame.what_is_sent(),
)
HOW: dict[Coach, str] = {
    "each": _("After each reply: what it did, one thing to try, and what the patient thinks"),
    "off": _("Only at the end, as in an examination"),
}
coach = st.radio(_("When would you like feedback?"), list(HOW), format_func=HOW.__getitem__, key="coach-choice")
frame.draw("soft", text=_("You can change this during the visit."))
with st.container(horizontal=True):
    if st.button(_("Go in"), key="go-in", type="primary"):
        with frame.errors_shown():
            visit_id = service.begin(actor, scenario.id, coach)
        frame.go(frame.TALK, visit=visit_id)
    if st.button(_("Choose somebody else"), key="back"):
        frame.go(frame.CHOOSE)
