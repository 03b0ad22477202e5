"""Choose a patient."""

import streamlit as st

from ui import frame
from ui.history import last_time, still_going
from ui.language import _, current, ngettext
from ui.page_language import choice
from ui.plain import as_markdown

if st.query_params.get("visit"):
    frame.go(frame.TALK, visit=st.query_params["visit"])
service, actor = frame.service(), frame.actor()
library = service.library()
with frame.errors_shown():
    visits = service.visits(actor)

choice()
st.title(_("Whom would you like to see?"))
st.write(
    _("Talk with a patient about their medicine, then see what your words did. You can stop at any time and come back.")
)

going = still_going(visits)
if going:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="going"):
        st.markdown(_("You are in the middle of a visit: **%(title)s**", title=as_markdown(going.title)))
        if st.button(_("Go on with it"), key="resume", type="primary"):
            frame.go(frame.TALK, visit=going.id)

scenarios = sorted(
    library.scenarios.values(),
    key=lambda one: (one.scenario.language != current(), one.scenario.difficulty, one.scenario.patient.name),
)
for row in range(0, len(scenarios), 2):
    for column, loaded in zip(st.columns(2, gap="medium"), scenarios[row : row + 2], strict=False):
        scenario = loaded.scenario
        with column, st.container(border=True, height="stretch", key=f"card-{scenario.id}"):
            frame.draw("card", scenario=scenario, last=last_time(visits, scenario))
            if st.button(_("See %(name)s", name=as_markdown(scenario.patient.name)), key=f"see-{scenario.id}"):
                frame.go(frame.DOOR, scenario=scenario.id)

if not scenarios:
    st.warning(_("There are no patients here yet: no scenario could be read."))
errors = [problem for problem in library.problems if problem.severity == "error"]
if errors:
    files = len({problem.file for problem in errors})
    label = ngettext(
        "%(num)s scenario file is left out, for whoever writes them",
        "%(num)s scenario files are left out, for whoever writes them",
        files,
    )
    with st.expander(label):
        for problem in errors:
            st.code(problem.as_text(), language=None, wrap_lines=True)
