"""What the records give back about visits: whole ones with their replies, and a line each for a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from records.models import Coach, Status


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """One reply as it was committed, and the turn it became."""

    seq: int
    """1 for the first reply."""
    text: str
    said_at: datetime
    turn_json: str | None
    """None while the patient owes an answer."""


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """Everything kept about one visit."""

    id: str
    owner: str
    scenario_id: str
    title: str
    scenario_text: str
    """The scenario as it was when the visit began."""
    seed: int
    coach: Coach
    status: Status
    outcome_json: str | None
    begun_at: datetime
    last_at: datetime
    ended_at: datetime | None
    second_rater: str
    """Where the page said, before the visit, that a second rater is; empty where it spoke of none."""
    replies: tuple[ReplyRecord, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The replies' texts in order: with scenario and seed, all that it takes to play the visit again."""
        return tuple(reply.text for reply in self.replies)


@dataclass(frozen=True, slots=True)
class VisitSummary:
    """One line of a person's list of visits."""

    id: str
    scenario_id: str
    title: str
    coach: Coach
    status: Status
    replies: int
    outcome_json: str | None
    begun_at: datetime
    last_at: datetime
