"""What stands where an author leaves something out, so that a small scenario is a complete one.

The words are content and live in ``scenarios/defaults/``, one file for each language. The name of the patient is put
in by plain replacement; nothing an author wrote is ever treated as a template.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from simulator.reading import read_file

DEFAULTS = Path(__file__).resolve().parent.parent / "scenarios" / "defaults"
LANGUAGES = ("en", "es")
ALWAYS_FILLED: dict[str, tuple[str, ...]] = {
    "Scenario": ("task", "opening", "ending", "four_weeks_later"),
    "Concern": ("name", "hint", "would_have_opened", "if_never_opened"),
    "Moment": ("id",),
    "Ending": ("willing", "unsure", "unwilling"),
    "FourWeeks": ("kept", "halved", "stopped_told", "stopped_hidden"),
}
"""Fields that the model needs and an author may leave out, by the name of the model."""


@cache
def default_words(language: str) -> dict[str, Any]:
    """Return the words for a language; those of English where it has no file of its own."""
    path = DEFAULTS / f"{language if language in LANGUAGES else 'en'}.yaml"
    document = read_file(path if path.exists() else DEFAULTS / "en.yaml")
    if not isinstance(document.data, dict):
        raise RuntimeError("\n".join(problem.as_text() for problem in document.problems))
    return document.data


def fill_in(data: dict[str, Any]) -> dict[str, Any]:
    """Return a scenario's plain data with what the author left out; never raises for an odd shape.

    What is there but wrong stays as it is, so that it is reported and not papered over.
    """
    words = default_words(str(data.get("language", "en")))
    patient = data.get("patient")
    name = str(patient.get("name") or "") if isinstance(patient, dict) else ""
    first = name.split()[0] if name.split() else "…"

    def said(text: Any) -> str:
        return str(text).replace("{name}", first)

    filled = dict(data)
    filled.setdefault("task", words["task"])
    moments = data.get("moments")
    if isinstance(moments, list):
        filled["moments"] = [
            {"id": f"moment-{number}", **moment} if isinstance(moment, dict) else moment
            for number, moment in enumerate(moments, 1)
        ]
    # Where there is no first moment, that is the problem to report, not the opening that follows from it.
    start = moments[0] if isinstance(moments, list) and moments and isinstance(moments[0], dict) else {}
    filled.setdefault("opening", start.get("patient") or "…")
    concerns = data.get("concerns")
    if isinstance(concerns, list):
        filled["concerns"] = [_concern(one, number, words) for number, one in enumerate(concerns)]
    for group in ("ending", "four_weeks_later"):
        given = data.get(group, {})
        if isinstance(given, dict):
            filled[group] = {**{key: said(text) for key, text in words[group].items()}, **given}
    return filled


def _concern(one: Any, number: int, words: dict[str, Any]) -> Any:
    if not isinstance(one, dict):
        return one
    name = str(one.get("id") or "").replace("-", " ")
    return {
        **({"name": name.capitalize()} if name else {}),
        "hint": words["hints"][number % len(words["hints"])],
        "would_have_opened": words["would_have_opened"][number % len(words["would_have_opened"])],
        "if_never_opened": words["if_never_opened"],
        **one,
    }
