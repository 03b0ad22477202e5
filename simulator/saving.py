"""Saving a scenario into the library, with every earlier version kept beside it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.loading import SCENARIOS, load_text
from simulator.sentence import Sentence

if TYPE_CHECKING:
    from simulator.scenario import Scenario

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})
"""Names that some systems do not allow for a file."""


class NotSaved(Exception):
    """Nothing was changed, with the reason in a plain sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def save(text: str, folder: Path = SCENARIOS) -> tuple[Path, Path | None]:
    """Save a scenario under its id; return its path and, where there was one before, the path of the version kept.

    Raises:
        NotSaved: if it has errors or cannot be written; then everything is as it was.
    """
    scenario = _readable(text)
    path = folder / f"{scenario.id}.yaml"
    try:
        kept = _keep(path, text) if path.exists() else None
        handle, aside = tempfile.mkstemp(dir=folder, prefix=".saving-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text if text.endswith("\n") else text + "\n")
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except OSError as error:
        raise NotSaved(Sentence("%(file)s cannot be saved: %(why)s.", file=path.name, why=error.strerror)) from None
    return path, kept


def _readable(text: str) -> Scenario:
    scenario, problems = load_text(text, "this scenario")
    if scenario is None:
        count = sum(one.severity == "error" for one in problems)
        raise NotSaved(Sentence("It is not saved yet. Errors left to mend: %(count)s.", count=count))
    if scenario.id in RESERVED:
        raise NotSaved(
            Sentence('"%(id)s" is a name that some systems do not allow. Choose another id.', id=scenario.id)
        )
    return scenario


def _keep(path: Path, new: str) -> Path | None:
    """Copy the file that is there to its versions, unless nothing changes."""
    old = path.read_bytes()
    if old == new.encode("utf-8"):
        return None
    versions = path.parent / "versions" / path.stem
    versions.mkdir(parents=True, exist_ok=True)
    number = max((int(one.stem) for one in versions.glob("*.yaml") if one.stem.isdecimal()), default=0) + 1
    kept = versions / f"{number:04}.yaml"
    with kept.open("xb") as file:
        file.write(old)
    return kept
