"""The debrief: what the patient decided, what was said and not said, and what each reply did."""

import json

import streamlit as st

from ui import frame, second
from ui.language import _, current, speaking, tell, worded
from ui.own_levels import as_data, own_levels
from ui.plain import as_markdown
from ui.reply_note import reply_note
from ui.report import file_name, report
from ui.second_waiting import second_rater

service, actor = frame.service(), frame.actor()
visit_id = frame.visit_in_address()
with frame.errors_shown():
    visit, debrief = service.debrief(actor, visit_id)
    own = own_levels(service.records, actor, visit_id)
opinions = frame.opinions(visit)
name = debrief.patient_name.split()[0]
tell(visit.scenario.language)
language, trust_text = current(), worded(debrief.trust_text)


def named(kind: str) -> str:
    """Return the name of a download."""
    return file_name(debrief.scenario_id, kind, visit.record.ended_at)


def printed() -> str:
    """Return the page that prints; it is made when somebody asks for it, which is after this run."""
    with speaking(language):
        return report(visit.scenario, debrief, visit.record.ended_at, own, opinions)


def data() -> str:
    """Return the debrief as data, with the levels of others beside the scorer's."""
    others = {"own_levels": as_data(own), "second_ratings": second.as_data(opinions)}
    return json.dumps(debrief.as_json() | others, ensure_ascii=False, indent=2)


def downloads(place: str) -> None:
    """Offer the debrief as a page that prints and as data."""
    with st.container(horizontal=True):
        st.download_button(
            _("Download to print"),
            printed,
            named("html"),
            "text/html",
            on_click="ignore",
            key=f"html-{place}",
        )
        st.download_button(
            _("Download as data (JSON)"),
            data,
            named("json"),
            "application/json",
            on_click="ignore",
            key=f"json-{place}",
        )


st.title(_("Debrief"), anchor=False)
frame.draw("person", scenario=visit.scenario)
frame.draw("verdict", outcome=debrief.outcome, name=name)
downloads("top")

st.header(_("What was said, and what was not"), anchor=False)
frame.draw("told", told=debrief.told, unsaid=debrief.unsaid, name=name)
with st.expander(_("Who %(name)s is", name=as_markdown(name))):
    frame.draw("story", scenario=visit.scenario)

st.header(_("The three skills"), anchor=False)
st.write(_("Each skill stands by itself. A moment that did not call for a skill is not counted against you."))
frame.draw("skills", skills=debrief.skills)
st.page_link(frame.TRUST, label=_("How far to trust these levels"))

st.header(_("What the field counts"), anchor=False)
frame.draw("counts", figures=debrief.figures, open=False)

st.header(_("Trust over the visit"), anchor=False)
if visit.turns:
    from ui.chart import trust_chart  # the chart library is heavy and is wanted on this page only

    frame.draw("lanes", lanes=debrief.lanes)
    st.altair_chart(trust_chart(debrief.lanes), alt=_("Trust over the visit.") + " " + trust_text)
st.write(as_markdown(trust_text))
frame.draw("soft", text=worded(debrief.evidence_note))

st.header(_("Reply by reply"), anchor=False)
if not visit.turns:
    st.write(
        _(
            "You ended the visit before saying anything, so there is nothing to go through with %(name)s.",
            name=as_markdown(name),
        )
    )
second_rater(visit, opinions)
for note in debrief.turns:
    reply_note(visit, note, name, own, opinions.get(note.turn.seq))
downloads("bottom")
with st.container(horizontal=True):
    if st.button(_("See this patient again"), key="again", type="primary"):
        frame.go(frame.DOOR, scenario=visit.record.scenario_id)
    if st.button(_("Choose somebody else"), key="other"):
        frame.go(frame.CHOOSE)
