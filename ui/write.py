"""Write a patient: edit the file, see what is wrong beside its line, and talk to them at any point."""

import hashlib

import streamlit as st

from simulator.encounter import ReplyRefused
from simulator.saving import NotSaved, save
from simulator.tryout import attempt, both_visits
from ui import frame, writing
from ui.editor import WIDER, editor, typed
from ui.handouts import actors_script, facilitators_guide
from ui.language import ENGLISH, _, current, tell, worded
from ui.plain import as_markdown

st.html(WIDER)
st.title(_("Write a patient"))
st.write(
    _("A patient is one text. Change it, see at once what is off, and talk to them. Nothing here touches a visit.")
)


def open_text(text: str) -> None:
    """Put another file into the editor; tries of the last one go."""
    st.session_state.text = text
    st.session_state.version = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() + str(
        st.session_state.get("opened", 0)
    )
    st.session_state.opened = st.session_state.get("opened", 0) + 1
    st.session_state.tries = []


def picked() -> None:
    """Open the file that was chosen."""
    open_text(writing.text_of(writing.files().get(st.session_state.file)))


def uploaded() -> None:
    """Open the file that was brought."""
    if st.session_state.upload is not None:
        open_text(writing.text_of_bytes(st.session_state.upload.getvalue()))


def said() -> None:
    """Add a reply to the try."""
    st.session_state.tries = [*st.session_state.tries, st.session_state.try_say or ""]


def begin_again() -> None:
    """Forget the replies of the try."""
    st.session_state.tries = []


@st.cache_data(show_spinner=_("Playing both prescribers …"), max_entries=50, ttl=3600)
def checked(text: str) -> writing.Checked:
    """Return what is known about a text; played once for each text."""
    return writing.checked(text)


if "version" not in st.session_state:
    open_text(writing.text_of(None))
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.selectbox(
        _("Begin with"), list(writing.files()), key="file", format_func=writing.label, on_change=picked, width=320
    )
    with st.popover(_("Bring a file")):
        st.file_uploader(_("A scenario file (.yaml)"), type=["yaml", "yml"], key="upload", on_change=uploaded)
text = typed(st.session_state.version)
text = st.session_state.text if text is None else text
st.session_state.text = text
found = checked(text)
if current() != ENGLISH:
    frame.draw("soft", text=_("The names of problems are in English."))
editor(st.session_state.version, text, found.problems, fresh=st.session_state.opened == 1)
scenario = found.scenario

with st.container(horizontal=True, vertical_alignment="center"):
    st.download_button(_("Download the file"), text, file_name=found.name, mime="application/yaml", on_click="ignore")
    if scenario is not None:
        if writing.may_save() and st.button(_("Save to the library"), key="save"):
            try:
                path, kept = save(text)
                before = " " + _("The version before is kept as %(file)s.", file=kept.name) if kept else ""
                st.success(_("Saved as %(file)s.", file=path.name) + before)
            except NotSaved as reason:
                st.error(worded(reason.sentence))
        with st.popover(_("Hand-outs")):
            for label, page in (("actor", actors_script(scenario)), ("guide", facilitators_guide(scenario))):
                title = _("Actor's script") if label == "actor" else _("Facilitator's guide")
                st.download_button(
                    title, page, file_name=f"{scenario.id}-{label}.html", mime="text/html", on_click="ignore"
                )
if scenario is None:
    st.info(_("Once the errors are mended, you can talk to the patient here."))
    st.stop()

name = scenario.patient.name.split()[0]
tell(scenario.language)
talk, sides = st.tabs([_("Talk to them"), _("Both prescribers")], key="view", on_change="rerun")
if sides.open:
    with sides:
        frame.draw("sides", both=both_visits(scenario), name=name)
if talk.open:
    with talk:
        words = {moment.id: f"{n}. {moment.patient}" for n, moment in enumerate(scenario.moments, 1)}
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        moment = left.selectbox(_("Begin at"), list(words), format_func=words.__getitem__, on_change=begin_again)
        own = scenario.patient.temperament.trust
        trust = right.slider(_("Trust at that point"), 0, 100, own, key=f"trust-{own}", on_change=begin_again)
        try:
            tried = attempt(scenario, st.session_state.tries, moment, trust)
        except ReplyRefused as refused:
            st.error(worded(refused.sentence))
            st.session_state.tries = st.session_state.tries[:-1]
            tried = attempt(scenario, st.session_state.tries, moment, trust)
        frame.draw("line", name=scenario.patient.name, text=tried.opening, seq="opening")
        for one in tried.replies:
            frame.draw("tried", one=one, name=name, latest=one is tried.replies[-1])
        st.chat_input(_("Say something to %(name)s", name=name), key="try_say", on_submit=said)
        if tried.replies:
            st.button(_("Begin again with %(name)s", name=as_markdown(name)), key="again", on_click=begin_again)
