"""Levels that people set themselves beside the scorer's: kept for good, counted, and given out without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import ColumnElement, Connection, func, insert, select, true

from records.cleaning import clean_text
from records.models import Answer, Disagreement, Stance, Visit

if TYPE_CHECKING:
    from datetime import datetime

    from records.people import Actor

LONGEST_REASON = 1000
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True)
class OwnLevel:
    """The level that somebody set for one skill of one reply."""

    seq: int
    """Which reply of the visit, from 1."""
    skill: str
    stance: Stance
    level: int | None
    """0–4 where ``stance`` is level, else None."""
    scorer_level: int | None
    """What the scorer had given then; None where it said that the skill was not called for."""
    reason: str
    case_json: str
    """The reply and what it answered, as it may be exported."""


@dataclass(frozen=True, slots=True)
class Given:
    """A level for export: ``reply`` tells rows of the same reply by the same person apart from others, no more."""

    reply: int
    own: OwnLevel


@dataclass(frozen=True, slots=True)
class DisagreementCounts:
    """How often people set another level than the scorer, and out of how many rated replies."""

    rated_replies: int
    pairs: tuple[tuple[str, int | None, int | None, int], ...]
    """Skill, the scorer's level, the person's level (None: not called for), how often."""
    may_export: int
    """How many of these the person who asks may export."""


def keep(connection: Connection, actor: Actor, visit_id: str, own: OwnLevel, at: datetime) -> None:
    """Add one row; the caller has seen to it that the visit is this person's own and the reply is there."""
    connection.execute(
        insert(Disagreement).values(
            visit_id=visit_id, seq=own.seq, skill=own.skill, actor=actor.id, role=actor.role, stance=own.stance,
            level=own.level, scorer_level=own.scorer_level, reason=clean_text(own.reason)[:LONGEST_REASON],
            case_json=own.case_json, at=at,
        )
    )  # fmt: skip


def _standing() -> ColumnElement[bool]:
    """Return the condition that a row is its person's latest on that skill of that reply, and not taken back."""
    latest = select(func.max(Disagreement.id)).group_by(
        Disagreement.visit_id, Disagreement.seq, Disagreement.skill, Disagreement.actor
    )
    return Disagreement.id.in_(latest) & (Disagreement.stance != "taken_back")


def _may_export(actor: Actor) -> ColumnElement[bool]:
    # Whoever is no educator can set a level in their own visits only, so their rows are about their own words.
    return true() if actor.may("export", "") else Disagreement.actor == actor.id


def of_visit(connection: Connection, actor: Actor, visit_id: str) -> list[OwnLevel]:
    """Return the levels of this person that stand in a visit."""
    return [own for _, own in _rows(connection, (Disagreement.visit_id == visit_id) & (Disagreement.actor == actor.id))]


def to_give(connection: Connection, actor: Actor) -> list[Given]:
    """Return the levels that this person may export: their own, or everybody's, in no telling order."""
    numbers: dict[tuple[str, int, str], int] = {}
    return [Given(numbers.setdefault(key, len(numbers) + 1), own) for key, own in _rows(connection, _may_export(actor))]


def counted(connection: Connection, actor: Actor) -> DisagreementCounts:
    """Return the counts over everybody; they hold nobody's words."""
    rows = connection.execute(
        select(Disagreement.skill, Disagreement.scorer_level, Disagreement.level, func.count())
        .where(_standing(), Disagreement.level.is_distinct_from(Disagreement.scorer_level))  # educators may agree
        .group_by(Disagreement.skill, Disagreement.scorer_level, Disagreement.level)
    ).all()
    rated = connection.execute(
        select(func.count()).select_from(Answer).join(Visit, Visit.id == Answer.visit_id).where(Visit.status == "ended")
    ).scalar_one()
    may = connection.execute(select(func.count()).where(_standing(), _may_export(actor))).scalar_one()
    return DisagreementCounts(int(rated), tuple((row[0], row[1], row[2], int(row[3])) for row in rows), int(may))


def standing(connection: Connection, which: ColumnElement[bool]) -> list[tuple[str, OwnLevel]]:
    """Return levels that stand, each with its visit; the caller has seen to who may."""
    return [(key[0], own) for key, own in _rows(connection, which)]


def _rows(connection: Connection, which: ColumnElement[bool]) -> list[tuple[tuple[str, int, str], OwnLevel]]:
    found = connection.execute(
        select(*(column for column in Disagreement.__table__.columns))
        .where(which, _standing())
        .order_by(Disagreement.id)
    ).all()
    return [
        (
            (row.visit_id, row.seq, row.actor),
            OwnLevel(
                row.seq, row.skill, cast("Stance", row.stance), row.level, row.scorer_level, row.reason, row.case_json
            ),
        )
        for row in found
    ]
