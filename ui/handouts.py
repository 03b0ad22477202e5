"""Hand-outs for a class with a human actor: the actor's script and the facilitator's guide. Knows no Streamlit.

Both come out of the scenario's own file, as one HTML page each that needs nothing else and prints well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scoring import rubric
from simulator.everyday import topics
from ui import wording
from ui.drawing import LOOK, piece
from ui.language import N_, _, speaking, worded

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.scenario import Concern, Scenario

STARTS = (
    (30, N_("You come in closed. Somebody before this one has used up your patience; you answer what you must.")),
    (45, N_("You come in polite and careful. You answer, and you give nothing away.")),
    (60, N_("You come in ready to talk, if there turns out to be somebody to talk to.")),
    (101, N_("You come in open. You like this clinic, and you would like to go on liking it.")),
)
"""How the patient stands at the door, by the trust below which it holds."""
SAFETY = {
    "suicide": N_("thoughts of dying"),
    "self_harm": N_("hurting oneself"),
    "harm_others": N_("hurting somebody else"),
}
"""What a patient only calls "that", said plainly to whoever plays them."""
REMARK = re.compile(r"\s*\([^()]*\)")
"""What the rating guide adds for raters, which an actor need not know."""
TRUSTS = (
    (40, N_("you have begun to believe that they listen"), N_("has begun to believe that the clinician listens")),
    (55, N_("you have felt heard more than once"), N_("has felt heard more than once")),
    (101, N_("you trust them as you trust few people"), N_("trusts the clinician as few people are trusted")),
)
"""What a gate's trust means, to the actor and about the patient, by the trust below which it holds."""


@dataclass(frozen=True, slots=True)
class Gate:
    """When a concern is said, in words that an actor can act on and a facilitator can look for."""

    to_the_actor: str
    about_the_patient: str
    moves: tuple[str, ...]
    """What the clinician must do, any one of them, in the rating guide's words; empty where asking is enough."""
    labels: tuple[str, ...]


def actors_script(scenario: Scenario) -> str:
    """Return the actor's script as one HTML page."""
    trust = scenario.patient.temperament.trust
    start = next(words for below, words in STARTS if trust < below)
    facts = [(asked_about(topic, scenario), fact) for topic, fact in scenario.facts.items()]
    return _page("actor", scenario, start=start, facts=facts)


def asked_about(topic: str, scenario: Scenario) -> str:
    """Return what a topic is called in the patient's language; its own name where that language has none."""
    known = topics(scenario.language)
    named = known.get(topic) or next((one for one in known.values() if topic in one.also), None)
    if named is None:
        return topic.replace("_", " ")
    with speaking(scenario.language):
        return worded(SAFETY.get(named.id, named.about))


def facilitators_guide(scenario: Scenario) -> str:
    """Return the facilitator's guide, with the door note and a watching sheet, as one HTML page."""
    stories = [(key, story) for key, story in scenario.four_weeks_later.model_dump().items() if story]
    if not any(concern.changes_the_plan for concern in scenario.concerns):
        stories = [(key, story) for key, story in stories if key != "changed_plan"]
    return _page("guide", scenario, stories=stories)


def write_handouts(scenario: Scenario, folder: Path) -> list[Path]:
    """Write both hand-outs into a folder and return their paths; raises OSError where that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for kind, page in (("actor", actors_script(scenario)), ("guide", facilitators_guide(scenario))):
        path = folder / f"{scenario.id}-{kind}.html"
        path.write_text(page, encoding="utf-8")
        made.append(path)
    return made


def gate_of(concern: Concern) -> Gate:
    """Return when a concern is said."""
    _below, actor, patient = next(one for one in TRUSTS if concern.opens_when.trust < one[0])
    moves = concern.opens_when.any
    return Gate(
        _(actor),
        _(patient),
        tuple(REMARK.sub("", worded(rubric().moves[move].means)) for move in moves),
        tuple(wording.move_label(move).lower() for move in moves),
    )


def _page(name: str, scenario: Scenario, **values: object) -> str:
    with speaking(scenario.language):  # who plays or leads this visit does so in its language
        return piece(
            name,
            scenario=scenario,
            name=scenario.patient.name.split()[0],
            look=LOOK.read_text(encoding="utf-8"),
            gates={concern.id: gate_of(concern) for concern in scenario.concerns},
            reviewed=scenario.reviewed_by.casefold() not in {"none", "nobody", "no one", "-"},
            **values,
        )
