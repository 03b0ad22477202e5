"""Synthetic trainees: made-up clinicians who talk in one way, played against any patient. Their lines are content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from simulator.content import read_content
from simulator.encounter import MAX_REPLY, Encounter
from simulator.plans import fitting_plan
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.turn import PlayedVisit

TRAINEES = Path(__file__).resolve().parent.parent / "scenarios" / "trainees"
_GESTURE = re.compile(r"\([^)]*\)\s*")
_SENTENCE_START = re.compile(r"(?<=[.!?] )[a-z]")
_UNFIT = re.compile(
    r"[\"“”]|^(?:let['’]?s|don['’]t|mustn['’]t|now|go on|if|not)\b|\bI mean\b|, \w+(?:n['’]t)? I[.!]"
    r"|\b(?:trust|tell|believe) me\b",
    re.IGNORECASE,
)
"""What cannot be given back as it stands: words of somebody else, and orders."""
_TURNS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are", "i'm": "you're",
    "i've": "you've", "i'd": "you'd", "i'll": "you'll", "we": "you", "our": "your", "us": "you", "was": "were",
    "we're": "you're", "we've": "you've", "we'll": "you'll",
}  # fmt: skip
_SPEAKS_TO = re.compile(r"\b(?:y['’]all|you|yours?|yourself|you['’]\w+)\b", re.IGNORECASE)
"""What is said to the clinician; turned round it would be garbled, so it is not given back."""
_SUBJECT = re.compile(r"\b(?:I|we|he|she|they|it|there|that|nobody|everyone|everybody|my)\b", re.IGNORECASE)
"""Without one of these it is no statement that can be given back ("Same as ever")."""
_LEADS = re.compile(r"^(?:so|and|but|or|well|oh|yes|yeah|no|anyway|anyhow|okay|right|like|now)[,.… ]+", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")


Rank = Literal["low", "middle", "high"]


@dataclass(frozen=True, slots=True)
class Trainee:
    """One way of talking."""

    name: str
    about: str
    ranks: Rank
    """Where they must come out by skills and outcome, whoever the patient is."""
    says: tuple[str, ...]
    accompanied: dict[int, str] = field(default_factory=dict)
    """What is said instead of a line, by its number from 1, to a patient whom somebody has come in with."""

    def says_to(self, scenario: Scenario) -> tuple[str, ...]:
        """Return the replies for this patient, in order, placeholders unfilled."""
        if scenario.companion is None:
            return self.says
        return tuple(self.accompanied.get(number, line) for number, line in enumerate(self.says, 1))


@cache
def trainees(language: str = "en") -> dict[str, Trainee]:
    """Return the synthetic trainees by name; those who speak a language, none where nobody does."""
    found = {}
    folder = TRAINEES if language == "en" else TRAINEES / language
    for path in sorted(folder.glob("*.yaml")):
        raw = read_content(path)
        found[raw["name"]] = Trainee(
            raw["name"], raw["about"], raw["ranks"], tuple(raw["says"]), raw.get("accompanied", {})
        )
    return found


def turned(patient_words: str) -> str:
    """Return the patient's last statement turned from "I" to "you", without its full stop."""
    said = [
        s
        for s in sentences_of(_GESTURE.sub("", patient_words))
        if not s.endswith("?") and len(words_of(s)) >= 3 and not _UNFIT.search(s)
    ]
    said = [s for s in said if not _SPEAKS_TO.search(s) and _SUBJECT.search(s)]
    if not said:
        return "there's something here that's hard to put into words"
    last = _LEADS.sub("", said[-1])
    subject_i = bool(re.search(r"\bI\b", last))

    def other(found: re.Match[str]) -> str:
        word = found.group(0)
        low = word.lower().replace("’", "'")
        if low == "was" and not (subject_i and re.search(r"\bI\s+$", found.string[: found.start()])):
            return word
        return _TURNS.get(low, word)

    text = re.sub(r"\b(you) wasn(?=['’]t)", r"\1 weren", _WORD.sub(other, last).rstrip(".!… "), flags=re.IGNORECASE)
    first = text.split(" ", 1)[0]
    return text if first.isupper() else text[0].lower() + text[1:]


def filled(line: str, encounter: Encounter) -> str:
    """Return a trainee's line for where the visit stands, its placeholders replaced; at most a reply's length."""
    last = " ".join(_GESTURE.sub("", encounter.patient_words).split()) or "…"
    made = (
        line.replace("{last}", last)
        .replace("{turned}", turned(encounter.patient_words))
        .replace("{plan}", encounter.scenario.plan_on_the_table)
        .replace("{step}", fitting_plan(encounter.scenario, encounter.turns, encounter.state.disclosed))
        .replace("{first}", encounter.scenario.patient.name.split()[0])
    )
    made = _SENTENCE_START.sub(lambda found: found.group(0).upper(), made)
    return made[:MAX_REPLY] if line[:1].islower() else (made[:1].upper() + made[1:])[:MAX_REPLY]


def play_as(scenario: Scenario, trainee: Trainee, seed: int = 0) -> PlayedVisit:
    """Play a visit as a synthetic trainee would, to its end."""
    encounter = Encounter(scenario, seed, "talk")
    for line in trainee.says_to(scenario):
        encounter.reply(filled(line, encounter))
    encounter.end()
    return encounter.played(trainee.name)
