"""How far to trust the scorer: its own error rates, and where people here disagreed with it."""

import streamlit as st

from scoring.card_page import Disagreements, card_page, shipped_figures, stale_note
from ui import frame
from ui.language import _
from ui.own_levels import as_lines, exported

records, actor = frame.service().records, frame.actor()
with frame.errors_shown():
    counts = records.disagreement_counts(actor)
figures = shipped_figures()
page = card_page(figures, Disagreements(counts.rated_replies, counts.pairs))
st.title(page.title, anchor=False)
frame.draw("trust", page=page, stale=stale_note(figures))
if counts.may_export:
    everybody = actor.may("export", "")
    st.header(_("Take the levels with you"), anchor=False)
    st.write(
        " ".join(
            (
                _("The levels that people here set, as JSON lines for `python -m scoring fit`.")
                if everybody
                else _("The levels that you set, as JSON lines for `python -m scoring fit`."),
                _(
                    "They hold what was typed, word for word, and no names or ids. "
                    "Look through them before you pass them on."
                ),
            )
        )
    )
    st.download_button(
        _("Download the levels that people set") if everybody else _("Download the levels that you set"),
        lambda: as_lines(exported(records, actor)),
        "rapport-own-levels.jsonl",
        "application/x-ndjson",
        on_click="ignore",
        key="own-levels",
    )
