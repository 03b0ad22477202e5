"""The visit itself: talk, see the clock, turn the coach on or off, end when you choose."""

import streamlit as st

from records import ContinuedElsewhere, RecordsError
from ui import frame, recording
from ui.aloud import hear_the_patient, say_aloud
from ui.announcer import announce
from ui.hearing import hear
from ui.language import N_, _, tell, worded
from ui.plain import as_markdown
from ui.service import ReplyRefused
from ui.transcript import draw_transcript

service, actor = frame.service(), frame.actor()
visit_id = frame.visit_in_address()


def said() -> None:
    """Take a reply out of the box. Whatever stops it, the words go back into the box."""
    given = st.session_state.say or ""
    words, sound = (given, None) if isinstance(given, str) else (given.text, given.audio)
    st.session_state.trouble = ""
    if sound is not None:
        recording.record(visit_id, words, st.session_state.spoken_in, sound.getvalue())
        return
    recording.forget()
    seq = st.session_state.drawn_seq
    try:
        service.say(actor, visit_id, seq, frame.token_for(visit_id, seq), words)
    except (ReplyRefused, RecordsError) as refused:
        st.session_state.trouble = refused.sentence
        st.session_state.put_back = words


def coach_switched() -> None:
    """Keep the new setting with the visit."""
    try:
        service.set_coach(actor, visit_id, "each" if st.session_state.coach else "off")
    except RecordsError as error:
        st.session_state.trouble = error.sentence


def end_it() -> None:
    """End the visit, unless it went on elsewhere meanwhile."""
    try:
        service.end(actor, visit_id)
    except ContinuedElsewhere:
        st.session_state.trouble = N_("The visit went on in another tab. Look at what was said there, then end it.")
    except RecordsError as error:
        st.session_state.trouble = error.sentence


with frame.errors_shown():
    visit = service.open(actor, visit_id)
name = visit.scenario.patient.name
first_name = name.split()[0]
tell(visit.scenario.language)
st.session_state.drawn_seq = visit.next_seq
st.session_state.spoken_in = visit.scenario.language

frame.draw("person", scenario=visit.scenario)
with st.expander(_("Door note, task and plan")):
    frame.draw("door", scenario=visit.scenario)
if visit.retold:
    st.info(
        _("Rapport has been updated since this visit began, so some of the answers below read a little differently.")
    )
draw_transcript(visit)
latest = visit.turns[-1].patient if visit.turns else visit.opening
parting = visit.outcome.parting_words if visit.outcome else ""
announce(
    f"{visit_id}-{len(visit.turns)}-{visit.ended}",
    _("%(name)s says: %(words)s", name=first_name, words=parting or latest),
    "end" if visit.ended else len(visit.turns) or "",
)

if not visit.ended:
    say_aloud(f"{visit_id}-{len(visit.turns)}", visit.scenario, latest)
if visit.ended:
    recording.forget()
    frame.opinions(visit)  # rated while the person reads on
    frame.draw("line", name=name, text=parting, seq="end")
    say_aloud(f"{visit_id}-end", visit.scenario, parting)
    st.write(_("The visit is over."))
    if st.button(_("Read the debrief"), key="to-debrief", type="primary"):
        frame.go(frame.DEBRIEF, visit=visit_id)
    st.stop()

with st.bottom, st.container(key="controls"):
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        frame.draw("clock", used=round(visit.minutes), booked=visit.scenario.visit.minutes)
        st.session_state.coach = visit.record.coach == "each"
        st.toggle(_("Coach"), key="coach", on_change=coach_switched)
        hear_the_patient()
        with st.popover(_("End visit"), key="end"):
            st.write(
                _(
                    "%(name)s will say goodbye, and you can read the debrief. There is no way back in.",
                    name=as_markdown(first_name),
                )
            )
            st.button(_("End it now"), key="end-now", type="primary", on_click=end_it)
    if st.session_state.get("trouble"):
        st.error(worded(st.session_state.pop("trouble")))
    waits = recording.being_written_down(visit)
    if st.session_state.get("put_back"):
        st.session_state.say = st.session_state.pop("put_back")
    st.chat_input(
        _("Say something to %(name)s", name=first_name),
        key="say",
        on_submit=said,
        submit_mode="disable",
        height="content",
        accept_audio=recording.microphone(),
        disabled=waits,
    )
hear(service, actor, visit_id, visit)
