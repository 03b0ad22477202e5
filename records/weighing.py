"""Replies that two raters see far apart, for an educator to weigh: read without a name, and given a level."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from records import disagreeing
from records.disagreeing import OwnLevel
from records.errors import ForEducators, NoSuchVisit
from records.models import Disagreement, SecondRatingRow

if TYPE_CHECKING:
    from datetime import datetime

    from records.models import Stance
    from records.people import Actor

_CASE = ("context", "patient", "reply", "earlier")


@dataclass(frozen=True, slots=True)
class Apart:
    """A reply that two raters see two levels or more apart. It does not say whose it is."""

    number: int
    """By which it is weighed."""
    case_json: str
    """The reply and what it answered with both ratings."""
    weighed: dict[str, OwnLevel]
    """The levels that the educator who asks has given, by skill."""


def to_weigh(connection: Connection, actor: Actor) -> list[Apart]:
    """Return all replies far apart, those first that this educator has given no level yet, in no telling order.

    Raises:
        ForEducators: This person is none.
    """
    if not actor.may("weigh", ""):
        raise ForEducators()
    row = SecondRatingRow
    found = connection.execute(select(row.id, row.visit_id, row.seq, row.case_json).where(row.apart)).all()
    own: dict[tuple[str, int], dict[str, OwnLevel]] = {}
    for visit_id, level in disagreeing.standing(connection, Disagreement.actor == actor.id):
        own.setdefault((visit_id, level.seq), {})[level.skill] = level
    replies = [Apart(one.id, one.case_json, own.get((one.visit_id, one.seq), {})) for one in found]
    return sorted(replies, key=lambda one: (bool(one.weighed), one.case_json))


def weigh(
    connection: Connection,
    actor: Actor,
    number: int,
    skill: str,
    stance: Stance,
    level: int | None,
    reason: str,
    at: datetime,
) -> None:
    """Keep an educator's level for one skill of a reply that is far apart; an earlier one of theirs stays as history.

    Raises:
        ForEducators: This person is none.
        NoSuchVisit: There is no such reply, or the raters are not far apart on this skill; it may have been deleted.
    """
    if not actor.may("weigh", ""):
        raise ForEducators()
    row = SecondRatingRow
    found = connection.execute(
        select(row.visit_id, row.seq, row.case_json).where(row.id == number, row.apart)
    ).first()  # fmt: skip
    case = json.loads(found.case_json) if found is not None else {"apart": []}
    if found is None or skill not in case["apart"]:
        raise NoSuchVisit()
    words = json.dumps({name: case[name] for name in _CASE}, ensure_ascii=False)
    own = OwnLevel(found.seq, skill, stance, level, case["scorer"][skill], reason.strip(), words)
    disagreeing.keep(connection, actor, found.visit_id, own, at)
