"""Every look at a visit goes through here: whether this person may, and what is noted about who did what."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, Row, func, insert, select

from records.cleaning import clean_text
from records.errors import NoSuchVisit
from records.models import Deed, Reply, Visit

if TYPE_CHECKING:
    from datetime import datetime

    from records.people import Act, Actor


def allowed_visit(
    connection: Connection, actor: Actor, act: Act, visit_id: str, *, lock: bool = False
) -> Row[tuple[object, ...]]:
    """Return a visit's row where the person may do this with it.

    Args:
        connection: Within a transaction.
        actor: Who asks.
        act: What they want to do with it.
        visit_id: Which visit; any text.
        lock: Keep others from changing it until the transaction ends.

    Raises:
        NoSuchVisit: There is none, or it is somebody else's: the two are not told apart.
    """
    table = Visit.__table__
    query = select(*(column for column in table.columns)).where(table.c.id == clean_text(visit_id))
    # SQLite already holds its one write lock here and ignores FOR UPDATE; PostgreSQL locks this visit only.
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None or not actor.may(act, row.owner):
        raise NoSuchVisit()
    return cast("Row[tuple[object, ...]]", row)


def reply_count(connection: Connection, visit_id: str) -> int:
    """Return how many replies a visit has, which is the number of its last one."""
    last = connection.execute(select(func.max(Reply.seq)).where(Reply.visit_id == visit_id)).scalar_one()
    return int(last or 0)


def note(connection: Connection, actor: Actor, deed: str, visit_id: str, at: datetime) -> None:
    """Note that somebody did something, "" for what concerns no single visit. Notes outlive what they are about."""
    connection.execute(insert(Deed).values(at=at, actor=actor.id, role=actor.role, deed=deed, visit_id=visit_id))
