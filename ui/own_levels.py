"""Levels that people set themselves: kept with what they were set for, and written out as `fit` reads them.

Knows no Streamlit. What is written out holds what a trainee typed, and no name and no id.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from records import OwnLevel
from scoring import SKILLS
from ui.reply_case import reply_case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from records import Actor, Records, Stance
    from scoring import Skill
    from simulator.turn import Turn
    from ui.service import OpenVisit

OwnLevels = dict[int, dict[str, OwnLevel]]
"""By the number of the reply, then by skill."""
EARLIER = 30
"""How many of the patient's earlier utterances go with a reply: as many as the reader is given in a visit."""


def own_levels(records: Records, actor: Actor, visit_id: str) -> OwnLevels:
    """Return the levels that this person has set in a visit."""
    found: OwnLevels = {}
    for own in records.own_levels(actor, visit_id):
        found.setdefault(own.seq, {})[own.skill] = own
    return found


def set_own_level(
    records: Records, actor: Actor, visit: OpenVisit, turn: Turn, skill: Skill, choice: int | None, reason: str
) -> OwnLevel:
    """Keep a level 0–4, or None for "not called for", for one skill of a reply; return what is kept."""
    stance: Stance = "not_called_for" if choice is None else "level"
    return _keep(records, actor, visit, turn, skill, stance, choice, reason)


def take_back(records: Records, actor: Actor, visit: OpenVisit, turn: Turn, skill: Skill) -> None:
    """Let the scorer's level stand by itself again; that another one was set stays as history."""
    _keep(records, actor, visit, turn, skill, "taken_back", None, "")


def _keep(
    records: Records,
    actor: Actor,
    visit: OpenVisit,
    turn: Turn,
    skill: Skill,
    stance: Stance,
    level: int | None,
    reason: str,
) -> OwnLevel:
    given = turn.scorecard[skill].level
    case = json.dumps(reply_case(visit, turn, EARLIER), ensure_ascii=False)
    own = OwnLevel(turn.seq, skill, stance, level, given, reason.strip(), case)
    records.set_own_level(actor, visit.record.id, own)
    return own


def as_data(own: OwnLevels) -> list[dict[str, Any]]:
    """Return the levels that a person set in one visit as plain data, for their own download."""
    return [
        {
            "seq": one.seq,
            "skill": one.skill,
            "level": one.level,
            "scorer_level": one.scorer_level,
            "because": one.reason,
        }
        for skills in own.values()
        for one in skills.values()
    ]


def exported(records: Records, actor: Actor) -> list[dict[str, Any]]:
    """Return the levels that this person may export, one record for each reply, as ``scoring/data/README.md`` says.

    A skill that nobody set is missing from a record; null means "not called for". The ids say nothing but which
    content it is, and give the order, so that neither tells who set a level or when.
    """
    cases: dict[int, dict[str, Any]] = {}
    for given in records.disagreements_given(actor):
        own = given.own
        case = cases.setdefault(given.reply, {**json.loads(own.case_json), "scorer": {}, "because": {}})
        case[own.skill] = own.level
        case["scorer"][own.skill] = own.scorer_level
        if own.reason:
            case["because"][own.skill] = own.reason
    ordered = [{name: case[name] for name in _FIELDS if name in case} for case in cases.values()]
    return sorted(({"id": _id(case), **case} for case in ordered), key=lambda case: case["id"])


_FIELDS = ("context", "patient", "reply", "earlier", *SKILLS, "scorer", "because")


def _id(case: Mapping[str, Any]) -> str:
    content = json.dumps(case, ensure_ascii=False, sort_keys=True)
    return "person-" + hashlib.sha256(content.encode()).hexdigest()[:12]


def as_lines(cases: Sequence[Mapping[str, Any]]) -> str:
    """Return exported records as JSON lines."""
    return "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
