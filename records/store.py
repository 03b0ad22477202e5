"""The records: visits, replies and answers, kept in the order in which they happened.

A reply is committed before anything else happens with it. A visit is never stored as a state: it is played again
from its scenario text, seed and replies, so any process can go on with it.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine, delete, func, insert, select, text, update

from records import disagreeing, rated, weighing
from records.access import allowed_visit, note, reply_count
from records.cleaning import clean_text
from records.connecting import connect_engine, keep_trying, transaction
from records.errors import ContinuedElsewhere, RecordsBusy, VisitIsOver
from records.migrating import migrate
from records.models import Answer, Reply, Visit
from records.visits import ReplyRecord, VisitRecord, VisitSummary

if TYPE_CHECKING:
    from collections.abc import Callable

    from records.disagreeing import DisagreementCounts, Given, OwnLevel
    from records.models import Coach, Stance
    from records.people import Actor
    from records.rated import KeptRating
    from records.weighing import Apart


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class Records:
    """What is remembered, and who may see it.

    All methods raise ``RecordsError`` subclasses only, each with a sentence for the person at the page. A visit that
    is somebody else's and one that does not exist are the same: ``NoSuchVisit``.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def begin(
        self, actor: Actor, scenario_id: str, scenario_text: str, seed: int, coach: Coach, title: str = "",
        second_rater: str = "",
    ) -> str:  # fmt: skip
        """Begin a visit and return its id, which cannot be guessed."""
        visit_id, now = secrets.token_hex(16), self._now()
        with transaction(self._engine, writes=True) as connection:
            connection.execute(
                insert(Visit).values(
                    id=visit_id, owner=actor.id, scenario_id=scenario_id, title=clean_text(title),
                    scenario_text=clean_text(scenario_text), seed=seed, coach=coach, status="talking",
                    begun_at=now, last_at=now, second_rater=clean_text(second_rater),
                )
            )  # fmt: skip
            note(connection, actor, "begin", visit_id, self._now())
        return visit_id

    def visit(self, actor: Actor, visit_id: str) -> VisitRecord:
        """Return a visit with its replies in order."""
        with transaction(self._engine, writes=False) as connection:
            row = allowed_visit(connection, actor, "read", visit_id)
            found = connection.execute(
                select(Reply.seq, Reply.text, Reply.said_at, Answer.turn_json)
                .outerjoin(Answer, (Answer.visit_id == Reply.visit_id) & (Answer.seq == Reply.seq))
                .where(Reply.visit_id == visit_id)
                .order_by(Reply.seq)
            ).all()
        replies = tuple(ReplyRecord(one.seq, one.text, one.said_at, one.turn_json) for one in found)
        return VisitRecord(**row._mapping, replies=replies)

    def visits(self, actor: Actor) -> list[VisitSummary]:
        """Return the person's own visits, the latest first."""
        counted = (
            select(Reply.visit_id, func.count().label("replies")).group_by(Reply.visit_id).subquery("counted")
        )  # fmt: skip
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(
                select(
                    Visit.id, Visit.scenario_id, Visit.title, Visit.coach, Visit.status,
                    func.coalesce(counted.c.replies, 0).label("replies"),
                    Visit.outcome_json, Visit.begun_at, Visit.last_at,
                )
                .outerjoin(counted, counted.c.visit_id == Visit.id)
                .where(Visit.owner == actor.id)
                .order_by(Visit.last_at.desc(), Visit.begun_at.desc(), Visit.id)
            ).all()  # fmt: skip
        return [VisitSummary(**row._mapping) for row in rows]

    def commit_reply(self, actor: Actor, visit_id: str, expected_seq: int, token: str, reply: str) -> ReplyRecord:
        """Keep a reply. From here on the patient owes an answer, whatever happens to this process.

        Args:
            actor: Who says it.
            visit_id: In which visit.
            expected_seq: The number that the page took this reply to have (1 for the first).
            token: Made once by the page for this reply; the same one again keeps nothing twice.
            reply: The words.

        Raises:
            ContinuedElsewhere: The visit is further on than the page knew; nothing was kept.
            VisitIsOver: The visit has ended; nothing was kept.
        """
        reply, now = clean_text(reply), self._now()
        with transaction(self._engine, writes=True) as connection:
            row = allowed_visit(connection, actor, "write", visit_id, lock=True)
            known = connection.execute(
                select(Reply.seq, Reply.text, Reply.said_at).where(Reply.visit_id == visit_id, Reply.token == token)
            ).first()
            if known is not None and known.text == reply:
                return ReplyRecord(known.seq, known.text, known.said_at, None)
            if row.status == "ended":
                raise VisitIsOver()
            if known is not None or expected_seq != reply_count(connection, visit_id) + 1:
                raise ContinuedElsewhere()
            connection.execute(
                insert(Reply).values(visit_id=visit_id, seq=expected_seq, token=token, text=reply, said_at=now)
            )
            connection.execute(update(Visit).where(Visit.id == visit_id).values(last_at=now))
        return ReplyRecord(expected_seq, reply, now, None)

    def commit_turn(self, actor: Actor, visit_id: str, seq: int, turn_json: str) -> None:
        """Keep the turn that a reply became. A second answer to the same reply is dropped: the first one stands.

        Raises:
            ContinuedElsewhere: There is no reply with this number.
        """
        with transaction(self._engine, writes=True) as connection:
            allowed_visit(connection, actor, "write", visit_id, lock=True)
            if seq > reply_count(connection, visit_id) or seq < 1:
                raise ContinuedElsewhere()
            answered = connection.execute(
                select(Answer.seq).where(Answer.visit_id == visit_id, Answer.seq == seq)
            ).first()  # fmt: skip
            if answered is None:
                connection.execute(
                    insert(Answer).values(visit_id=visit_id, seq=seq, turn_json=turn_json, answered_at=self._now())
                )

    def end(self, actor: Actor, visit_id: str, outcome_json: str, replies: int | None = None) -> None:
        """End a visit with its outcome; ending twice keeps the first outcome.

        Args:
            actor: Who ends it.
            visit_id: Which visit.
            outcome_json: What came of it.
            replies: From how many replies the outcome was worked out. If there are more by now, nothing is kept and
                ``ContinuedElsewhere`` is raised.
        """
        now = self._now()
        with transaction(self._engine, writes=True) as connection:
            row = allowed_visit(connection, actor, "write", visit_id, lock=True)
            if row.status == "ended":
                return
            if replies is not None and replies != reply_count(connection, visit_id):
                raise ContinuedElsewhere()
            connection.execute(
                update(Visit)
                .where(Visit.id == visit_id)
                .values(status="ended", outcome_json=outcome_json, ended_at=now, last_at=now)
            )
            note(connection, actor, "end", visit_id, self._now())

    def set_coach(self, actor: Actor, visit_id: str, coach: Coach) -> None:
        """Turn the coach on or off for this visit."""
        with transaction(self._engine, writes=True) as connection:
            allowed_visit(connection, actor, "write", visit_id, lock=True)
            connection.execute(update(Visit).where(Visit.id == visit_id).values(coach=coach))

    def set_own_level(self, actor: Actor, visit_id: str, own: OwnLevel) -> None:
        """Keep a level that somebody sets themselves in their own visit; an earlier one of theirs stays as history.

        Raises:
            ContinuedElsewhere: There is no reply with this number.
        """
        with transaction(self._engine, writes=True) as connection:
            allowed_visit(connection, actor, "write", visit_id, lock=True)
            if not 1 <= own.seq <= reply_count(connection, visit_id):
                raise ContinuedElsewhere()
            disagreeing.keep(connection, actor, visit_id, own, self._now())

    def own_levels(self, actor: Actor, visit_id: str) -> list[OwnLevel]:
        """Return the levels of this person that stand in a visit."""
        with transaction(self._engine, writes=False) as connection:
            allowed_visit(connection, actor, "read", visit_id)
            return disagreeing.of_visit(connection, actor, visit_id)

    def disagreements_given(self, actor: Actor) -> list[Given]:
        """Return the levels that this person may export, in nobody's name. That it was done, and by whom, is noted."""
        with transaction(self._engine, writes=True) as connection:
            found = disagreeing.to_give(connection, actor)
            if found:
                note(connection, actor, "export", "", self._now())
            return found

    def disagreement_counts(self, actor: Actor) -> DisagreementCounts:
        """Return how often people set another level than the scorer; anybody may know that."""
        with transaction(self._engine, writes=False) as connection:
            return disagreeing.counted(connection, actor)

    def keep_second_rating(self, actor: Actor, visit_id: str, rating: KeptRating) -> None:
        """Keep what a model said about a reply of an ended visit; once it is rated, a further one is dropped.

        Raises:
            ContinuedElsewhere: There is no reply with this number, or the visit has not ended.
        """
        with transaction(self._engine, writes=True) as connection:
            row = allowed_visit(connection, actor, "write", visit_id, lock=True)
            if row.status != "ended" or not 1 <= rating.seq <= reply_count(connection, visit_id):
                raise ContinuedElsewhere()
            rated.keep(connection, visit_id, rating, self._now())

    def second_ratings(self, actor: Actor, visit_id: str) -> list[KeptRating]:
        """Return what a model said last about each reply of a visit, in their order."""
        with transaction(self._engine, writes=False) as connection:
            allowed_visit(connection, actor, "read", visit_id)
            return rated.of_visit(connection, visit_id)

    def two_apart_given(self, actor: Actor) -> list[str]:
        """Return the replies far apart that this person may export, in nobody's name. That it was done is noted."""
        with transaction(self._engine, writes=True) as connection:
            found = rated.two_apart(connection, actor)
            if found:
                note(connection, actor, "export", "", self._now())
            return found

    def to_weigh(self, actor: Actor) -> list[Apart]:
        """Return the replies far apart for an educator to weigh, in nobody's name; raises ``ForEducators``."""
        with transaction(self._engine, writes=False) as connection:
            return weighing.to_weigh(connection, actor)

    def weigh(self, actor: Actor, number: int, skill: str, stance: Stance, level: int | None, reason: str) -> None:
        """Keep an educator's level for a reply that is far apart; see ``weighing``. That it was done is noted."""
        with transaction(self._engine, writes=True) as connection:
            weighing.weigh(connection, actor, number, skill, stance, level, reason, self._now())
            note(connection, actor, "weigh", "", self._now())

    def delete(self, actor: Actor, visit_id: str) -> None:
        """Delete a visit with every word in it. That it was deleted, and by whom, stays noted."""
        with transaction(self._engine, writes=True) as connection:
            allowed_visit(connection, actor, "delete", visit_id, lock=True)
            connection.execute(delete(Visit).where(Visit.id == visit_id))
            note(connection, actor, "delete", visit_id, self._now())

    def check_ready(self) -> None:
        """Raise a ``RecordsError`` if the records cannot be read just now."""
        with transaction(self._engine, writes=False) as connection:
            connection.execute(text("SELECT count(*) FROM alembic_version"))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def open_records(url: str, now: Callable[[], datetime] = utc_now) -> Records:
    """Open the records at a database address, bringing the tables up to date.

    Raises:
        RecordsError: They cannot be opened; the sentence says why and nothing was changed.
    """
    engine = connect_engine(url)
    keep_trying(lambda: migrate(engine), lambda error: isinstance(error, RecordsBusy))
    return Records(engine, now)
