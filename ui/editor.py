"""The editor of the Write page: a text box with line numbers, and the problems of the file beside their lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ui.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.problems import Problem

_PARTS = Path(__file__).with_name("editing")
WIDER = _PARTS / "page.css"
"""The style sheet that gives the editor room."""
_box = st.components.v2.component(
    "rapport_editor",
    html=(_PARTS / "editor.html").read_text(encoding="utf-8"),
    css=(_PARTS / "editor.css").read_text(encoding="utf-8"),
    js=(_PARTS / "editor.js").read_text(encoding="utf-8"),
)


def typed(version: str) -> str | None:
    """Return what stands in the editor, or None where nothing was typed since this version was opened."""
    state = st.session_state.get("editor")
    text = state.get("text") if state else None
    if isinstance(text, dict) and text.get("version") == version and isinstance(text.get("words"), str):
        return str(text["words"])
    return None


def editor(version: str, text: str, problems: Sequence[Problem], fresh: bool) -> None:
    """Draw the editor.

    Args:
        version: A new one whenever another file is opened; only then is the text put into the box.
        text: The text of the file.
        problems: What is wrong with it, shown beside its lines.
        fresh: True where nobody has chosen a file yet: then what this tab held before a refresh is put back.
    """
    errors = sum(one.severity == "error" for one in problems)
    _box(
        data={
            "version": version,
            "fresh": fresh,
            "text": text,
            "problems": [one.as_json() for one in problems],
            "words": {
                "label": _("The file"),
                "hint": _("It is checked as you type. Enter keeps the indentation; Tab leaves the editor."),
                "list": _("Problems in the file"),
                "error": _("Error"),
                "warning": _("Warning"),
                "line": _("line"),
            },
            "summary": summary(errors, len(problems) - errors),
        },
        default={"text": None},
        key="editor",
        on_text_change=lambda: None,
    )


def summary(errors: int, warnings: int) -> str:
    """Return how many problems there are, in words."""
    if not errors and not warnings:
        return _("No problems.")
    parts = []
    if errors:
        parts.append(ngettext("%(num)s error to mend before it can be played", "%(num)s errors to mend", errors))
    if warnings:
        parts.append(ngettext("%(num)s piece of advice", "%(num)s pieces of advice", warnings))
    return ", ".join(parts) + "."
