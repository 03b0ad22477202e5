"""Whether the honesty card still speaks of this scorer: fingerprints of all that the figures were measured on."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent
_CHECK_SET = "contrast.jsonl"
_NO_MATTER = {
    "__init__.py", "__main__.py", "batch.py", "card_page.py", "csv_files.py", "fit_command.py", "freshness.py",
    "kept.py", "language.py", "rubric.py", "tabled.py", "visit.py",
}  # fmt: skip
"""Sources that neither read, grade, fit nor measure an English reply: changing them changes no figure."""


def fingerprints(folder: Path = _FOLDER) -> dict[str, str]:
    """Return the first 16 digits of the SHA-256 of each file that the figures rest on, by its path in ``scoring/``.

    These are the cue files, the rated replies (without the check set, which nobody fits on), the word vectors, the
    weights and the sources. Line ends count as one character, so that a checkout on Windows has the same fingerprints.
    """
    files = [
        *folder.glob("cues/*.yaml"),
        *(path for path in folder.glob("data/*.jsonl") if path.name != _CHECK_SET),
        *(path for path in folder.glob("*.py") if path.name not in _NO_MATTER),
        folder / "data" / "word_vectors.txt",
        folder / "spellings.yaml",
        folder / "weights.json",
    ]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:16]
        for path in sorted(files)
    }


def changed_since(measured: Mapping[str, Any], folder: Path = _FOLDER) -> list[str]:
    """Return the files that are not what the card's figures were measured on; empty where the card is fresh."""
    then, now = measured.get("measured_on", {}), fingerprints(folder)
    return sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))


def stamped(measured: Mapping[str, Any], folder: Path = _FOLDER) -> dict[str, Any]:
    """Return the card's figures with the fingerprints of what they were measured on. Measure first, then stamp."""
    return {**measured, "measured_on": fingerprints(folder)}
