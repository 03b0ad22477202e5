"""For educators: replies that the two raters see far apart, both reasons, and a level of one's own."""

import json

import streamlit as st

from records import LONGEST_REASON, Apart, RecordsError
from ui import frame, wording
from ui.language import N_, _, worded

MOST = 20
"""Replies on one page."""
NOT_CALLED_FOR = -1
records, actor = frame.service().records, frame.actor()


def keep(reply: Apart, skills: list[str]) -> None:
    """Keep the levels that were chosen."""
    state = st.session_state
    try:
        for skill in skills:
            choice = state[f"weigh-{reply.number}-{skill}"]
            if choice is not None:
                called = choice != NOT_CALLED_FOR
                stance = "level" if called else "not_called_for"
                why = state[f"weigh-why-{reply.number}"]
                records.weigh(actor, reply.number, skill, stance, choice if called else None, why)
                state.weighed = N_("Kept, and thank you.")
    except RecordsError as error:
        state.weighed = error.sentence


def take_back(reply: Apart) -> None:
    """Take back all levels that were given to a reply; that they were given stays as history."""
    try:
        for skill in reply.weighed:
            records.weigh(actor, reply.number, skill, "taken_back", None, "")
        st.session_state.weighed = N_("Taken back.")
    except RecordsError as error:
        st.session_state.weighed = error.sentence


with frame.errors_shown():
    replies = records.to_weigh(actor)
st.title(_("Two raters apart"), anchor=False)
st.write(
    _(
        "Replies that Rapport and the language model rate two levels or more apart. Neither is always right: say what "
        "you would give. Whose reply it is, is not shown. Your level is kept for you and for the export; the trainee "
        "does not see it."
    )
)
if told := st.session_state.pop("weighed", ""):
    st.info(worded(told))
left = sum(not one.weighed for one in replies)
st.write(_("Without your level: %(left)s of %(all)s.", left=left, all=len(replies)))
for reply in replies[:MOST]:
    case = json.loads(reply.case_json)
    skills = [skill for skill in wording.SKILLS if skill in case["apart"]]
    with st.container(border=True, key=f"apart-{reply.number}"):
        frame.draw("weigh", case=case, skills=skills, weighed=reply.weighed)
        with st.form(f"weigh-form-{reply.number}", border=False):
            for skill in skills:
                st.selectbox(
                    _("What would you say about %(skill)s?", skill=wording.skill_name(skill)),
                    [0, 1, 2, 3, 4, NOT_CALLED_FOR],
                    index=None,
                    format_func=lambda level, skill=skill: wording.own_level(skill, None if level < 0 else level),
                    placeholder=_("Choose a level"),
                    key=f"weigh-{reply.number}-{skill}",
                )
            st.text_area(
                _("Why? A few words help most."),
                max_chars=LONGEST_REASON,
                height="content",
                key=f"weigh-why-{reply.number}",
            )
            st.form_submit_button(
                _("Keep my level"), key=f"weigh-keep-{reply.number}", on_click=keep, args=(reply, skills)
            )
        if reply.weighed:
            st.button(_("Take it back"), key=f"weigh-back-{reply.number}", on_click=take_back, args=(reply,))
