"""Ratings by a language model beside the embedded ones: one for each reply, and the tries before it, kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, func, insert, select, true

from records.cleaning import clean_text
from records.models import SecondRatingRow, Visit

if TYPE_CHECKING:
    from datetime import datetime

    from records.people import Actor


@dataclass(frozen=True, slots=True)
class KeptRating:
    """What a model said about one reply, with everything needed to look into it later."""

    seq: int
    """Which reply of the visit, from 1."""
    model: str
    """Which model answered; empty where none did."""
    prompt_sha256: str
    rubric_version: str
    skills_json: str
    """Level, reason and quotes for each skill, or why it was not rated."""
    raw_json: str
    """Every answer as it came, as a JSON list."""
    failure: str
    """The kind of a failure because of which nothing was rated; empty otherwise."""
    apart: bool
    """True where it stands two levels or more from the embedded rating on some skill."""
    case_json: str
    """The reply and what it answered with both ratings, as it may be exported."""


def keep(connection: Connection, visit_id: str, rating: KeptRating, at: datetime) -> None:
    """Add one rating unless this reply has been rated: the first that rated it stands, and tries that failed before.

    The caller has seen to who may.
    """
    tries = connection.execute(
        select(SecondRatingRow.failure).where(SecondRatingRow.visit_id == visit_id, SecondRatingRow.seq == rating.seq)
    ).scalars().all()  # fmt: skip
    if any(not failure for failure in tries):
        return
    connection.execute(
        insert(SecondRatingRow).values(
            visit_id=visit_id, seq=rating.seq, model=clean_text(rating.model), prompt_sha256=rating.prompt_sha256,
            rubric_version=rating.rubric_version, skills_json=rating.skills_json, raw_json=rating.raw_json,
            failure=rating.failure, apart=rating.apart, case_json=rating.case_json, at=at,
            attempt=len(tries) + 1,
        )
    )  # fmt: skip


def of_visit(connection: Connection, visit_id: str) -> list[KeptRating]:
    """Return the rating of each reply of a visit, in their order: the one that stands, or the last try that failed."""
    row = SecondRatingRow
    latest = select(func.max(row.id)).where(row.visit_id == visit_id).group_by(row.seq)
    return _rows(connection, row.id.in_(latest))


def two_apart(connection: Connection, actor: Actor) -> list[str]:
    """Return the cases of replies far apart that this person may export: their own, or everybody's, without ids."""
    which = true() if actor.may("export", "") else Visit.owner == actor.id
    found = connection.execute(
        select(SecondRatingRow.case_json)
        .join(Visit, Visit.id == SecondRatingRow.visit_id)
        .where(which, SecondRatingRow.apart)
    ).scalars()
    return sorted(found)  # by content: the order tells neither who nor when


def _rows(connection: Connection, which: ColumnElement[bool]) -> list[KeptRating]:
    row = SecondRatingRow
    found = connection.execute(
        select(
            row.seq, row.model, row.prompt_sha256, row.rubric_version, row.skills_json, row.raw_json, row.failure,
            row.apart, row.case_json,
        )
        .where(which)
        .order_by(row.seq)
    ).all()  # fmt: skip
    return [KeptRating(**one._mapping) for one in found]
