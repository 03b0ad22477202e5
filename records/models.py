"""The tables: visits, replies, answers, levels by people and by a model, who did what. Only visits are ever changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Coach = Literal["off", "each"]
"""off: nothing until the debrief, as in an examination; each: feedback after each reply."""
Status = Literal["talking", "ended"]
Stance = Literal["level", "not_called_for", "taken_back"]
"""What somebody says about a reply's level: another level, that the skill was not called for, or no longer anything."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, on databases that keep time zones and on those that do not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a moment without its zone: guessing one would be wrong twice a year."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the moment back with its zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """All tables of the records."""


class Visit(Base):
    """One visit of one person, with the scenario's text as it was when the visit began."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint("coach IN ('off', 'each')", name="visits_coach"),
        CheckConstraint("status IN ('talking', 'ended')", name="visits_status"),
        CheckConstraint("(status = 'ended') = (outcome_json IS NOT NULL)", name="visits_outcome"),
        Index("visits_by_owner", "owner", "last_at"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(128))
    scenario_id: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text, default="")
    scenario_text: Mapped[str] = mapped_column(Text)
    seed: Mapped[int]
    coach: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(8), default="talking")
    outcome_json: Mapped[str | None] = mapped_column(Text, default=None)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    second_rater: Mapped[str] = mapped_column(Text, default="", server_default="")


class Reply(Base):
    """What the clinician said. A reply without an answer of the same number means: the patient owes one."""

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("visit_id", "token", name="replies_once"),
        CheckConstraint("seq >= 1", name="replies_seq"),
    )

    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Answer(Base):
    """The turn that a reply became: the patient's words and what moved, as JSON."""

    __tablename__ = "answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "seq"], ["replies.visit_id", "replies.seq"], name="answers_to_replies", ondelete="CASCADE"
        ),
    )

    visit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    turn_json: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Disagreement(Base):
    """A level that somebody set themselves for one skill of a reply. A later row of theirs replaces an earlier one."""

    __tablename__ = "disagreements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "seq"], ["replies.visit_id", "replies.seq"], name="disagreements_to_replies",
            ondelete="CASCADE",
        ),
        CheckConstraint("stance IN ('level', 'not_called_for', 'taken_back')", name="disagreements_stance"),
        CheckConstraint("(stance = 'level') = (level IS NOT NULL)", name="disagreements_level"),
        CheckConstraint("level BETWEEN 0 AND 4", name="disagreements_levels"),
        CheckConstraint("scorer_level BETWEEN 0 AND 4", name="disagreements_scorer_levels"),
        Index("disagreements_by_reply", "visit_id", "seq", "skill", "actor"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    visit_id: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int]
    skill: Mapped[str] = mapped_column(String(16))
    actor: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(16))
    stance: Mapped[str] = mapped_column(String(16))
    level: Mapped[int | None]
    scorer_level: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    case_json: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SecondRatingRow(Base):
    """What a language model said about one reply, or why it did not rate it. A failed try may be followed by more."""

    __tablename__ = "second_ratings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["visit_id", "seq"], ["replies.visit_id", "replies.seq"], name="second_ratings_to_replies",
            ondelete="CASCADE",
        ),
        UniqueConstraint("visit_id", "seq", "attempt", name="second_ratings_tries"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    visit_id: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int]
    model: Mapped[str] = mapped_column(Text)
    prompt_sha256: Mapped[str] = mapped_column(String(64))
    rubric_version: Mapped[str] = mapped_column(String(64))
    skills_json: Mapped[str] = mapped_column(Text)
    raw_json: Mapped[str] = mapped_column(Text)
    failure: Mapped[str] = mapped_column(String(64))
    apart: Mapped[bool]
    case_json: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempt: Mapped[int] = mapped_column(server_default="1")
    """Which try it was, from 1."""


class Deed(Base):
    """Who began, ended or deleted which visit, and who exported. Holds no words of anybody and outlives the visit."""

    __tablename__ = "deeds"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(128))
    role: Mapped[str] = mapped_column(String(16))
    deed: Mapped[str] = mapped_column(String(16))
    visit_id: Mapped[str] = mapped_column(String(64))
