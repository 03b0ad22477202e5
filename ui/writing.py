"""What the Write page asks for: files to begin with, what is known of a text, a place to save. Knows no Streamlit."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.checking import check
from simulator.loading import SCENARIOS, Loaded, load_text
from simulator.reading import MAX_BYTES
from simulator.starting import starter_text
from simulator.validating import slug
from ui.identity import MODE
from ui.language import N_, _

if TYPE_CHECKING:
    from simulator.problems import Problem
    from simulator.scenario import Scenario

NEW = N_("A new patient")
GALLERY = "Gallery: "
FOLDERS = (("", SCENARIOS), (GALLERY, SCENARIOS / "gallery"))


@dataclass(frozen=True, slots=True)
class Checked:
    """A text and what is known about it."""

    scenario: Scenario | None
    """None where an error keeps it from being read."""
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """Return the name for its file."""
        return f"{self.scenario.id}.yaml" if self.scenario else "scenario.yaml"


def files() -> dict[str, Path | None]:
    """Return what one can begin with, by the name shown: a new patient, the library, the gallery."""
    found: dict[str, Path | None] = {NEW: None}
    for before, folder in FOLDERS:
        for path in sorted(folder.glob("*.yaml")):
            found[f"{before}{path.stem}"] = path
    return found


def label(name: str) -> str:
    """Return what one can begin with as the page names it."""
    if name == NEW:
        return _(NEW)
    return _("Gallery: %(name)s", name=name.removeprefix(GALLERY)) if name.startswith(GALLERY) else name


def text_of(path: Path | None) -> str:
    """Return the text of a file to begin with."""
    if path is None:
        return starter_text(NEW, slug(NEW))
    return text_of_bytes(path.read_bytes())


def text_of_bytes(raw: bytes) -> str:
    """Return an uploaded file as text to mend; what cannot be read becomes a sign that the check will point at."""
    return (
        raw[: MAX_BYTES + 1].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    )


def checked(text: str) -> Checked:
    """Return the scenario and its problems; where it reads, its visits have been played."""
    scenario, problems = load_text(text, "this file")
    if scenario is not None:
        problems = [*problems, *check(Loaded(scenario, text, Path(f"{scenario.id}.yaml")), "this file")]
    return Checked(scenario, tuple(sorted(problems, key=lambda one: (one.severity, one.line, one.column))))


def may_save() -> bool:
    """Return True where this page may save into the library: on one's own machine, or where the operator says so."""
    return not MODE.served_to_others or os.environ.get("RAPPORT_SAVE", "").casefold() in {"1", "yes", "true"}
