"""One reply in the debrief: what it did, and a place to say that its level should be another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from records import LONGEST_REASON, RecordsError
from ui import frame, wording
from ui.language import N_, _, tell, worded
from ui.own_levels import OwnLevels, set_own_level, take_back
from ui.page_language import speak_theirs

if TYPE_CHECKING:
    from scoring import Skill
    from simulator.debrief import TurnNote
    from ui.second import Opinion
    from ui.service import OpenVisit

PROMISE = N_(
    "It is kept with this visit and shown beside the scorer's level. Whoever teaches here or runs this place can "
    "export it to improve the scorer: your reply word for word, what the patient had said, your level and your "
    "reason, without your name. So please write nothing here about a real person."
)


@st.fragment
def reply_note(visit: OpenVisit, note: TurnNote, name: str, own: OwnLevels, opinion: Opinion | None = None) -> None:
    """Draw one reply; what is changed here draws this reply again and nothing else of the page."""
    speak_theirs()
    tell(visit.scenario.language)
    seq = note.turn.seq
    with st.container(border=True):
        frame.draw("note", note=note, name=name, open=False, own=own.get(seq, {}))
        if opinion is not None:
            frame.draw("second", turn=note.turn, opinion=opinion)
        place = st.popover(
            _("I disagree about reply %(seq)s", seq=seq), type="tertiary", key=f"own-{seq}", on_change="rerun"
        )
        if place.open:  # drawn when it is wanted: a debrief may have many replies
            with place:
                _ask(visit, note, own)


def _ask(visit: OpenVisit, note: TurnNote, own: OwnLevels) -> None:
    seq = note.turn.seq
    skill: Skill = st.radio(
        _("Which skill?"), wording.SKILLS, format_func=wording.skill_name, key=f"own-skill-{seq}", horizontal=True
    )
    given, mine = note.turn.scorecard[skill].level, own.get(seq, {}).get(skill)
    st.write(_("The scorer says: %(level)s.", level=wording.own_level(skill, given)))
    with st.form(f"own-form-{seq}-{skill}", border=False):
        choices: list[int | None] = [level for level in (0, 1, 2, 3, 4, None) if level != given]
        st.selectbox(
            _("What would you say?"),
            choices,
            index=choices.index(mine.level) if mine and mine.level in choices else 0,
            format_func=lambda level: wording.own_level(skill, level),
            key=f"own-level-{seq}-{skill}",
        )
        st.text_area(
            _("Why? A few words help most."),
            mine.reason if mine else "",
            max_chars=LONGEST_REASON,
            height="content",
            key=f"own-why-{seq}-{skill}",
        )
        st.caption(_(PROMISE))
        st.form_submit_button(_("Keep my level"), key=f"own-keep-{seq}", on_click=_keep, args=(visit, note, skill, own))
    if mine:
        st.button(_("Take it back"), key=f"own-back-{seq}", on_click=_take_back, args=(visit, note, skill, own))
    if told := st.session_state.pop(f"own-told-{seq}", ""):
        st.info(worded(told))


def _keep(visit: OpenVisit, note: TurnNote, skill: Skill, own: OwnLevels) -> None:
    seq, state = note.turn.seq, st.session_state
    level, why = state[f"own-level-{seq}-{skill}"], state[f"own-why-{seq}-{skill}"]
    try:
        kept = set_own_level(frame.service().records, frame.actor(), visit, note.turn, skill, level, why)
        own.setdefault(seq, {})[skill] = kept
        state[f"own-told-{seq}"] = N_("Kept, and thank you. It stands beside the scorer's level above.")
    except RecordsError as error:
        state[f"own-told-{seq}"] = error.sentence


def _take_back(visit: OpenVisit, note: TurnNote, skill: Skill, own: OwnLevels) -> None:
    seq, state = note.turn.seq, st.session_state
    try:
        take_back(frame.service().records, frame.actor(), visit, note.turn, skill)
        own.get(seq, {}).pop(skill, None)
        state[f"own-told-{seq}"] = N_("Taken back. The scorer's level stands by itself again.")
    except RecordsError as error:
        state[f"own-told-{seq}"] = error.sentence
