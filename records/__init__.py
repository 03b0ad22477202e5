"""Memory: what was said in each visit, kept so that nothing is lost, and who may see it.

``open_records(url)`` gives ``Records``; every query takes an ``Actor``; everything that can go wrong is a
``RecordsError`` with one plain sentence.
"""

from records.cleaning import clean_text
from records.disagreeing import LONGEST_REASON, DisagreementCounts, Given, OwnLevel
from records.errors import (
    ContinuedElsewhere,
    ForEducators,
    NoSuchVisit,
    RecordsBusy,
    RecordsDamaged,
    RecordsError,
    RecordsFull,
    RecordsNewer,
    RecordsOutOfReach,
    RecordsReadOnly,
    VisitIsOver,
)
from records.models import Coach, Stance, Status
from records.people import ROLES, Actor, Role
from records.places import data_folder, default_url
from records.rated import KeptRating
from records.store import Records, open_records
from records.visits import ReplyRecord, VisitRecord, VisitSummary
from records.weighing import Apart

__all__ = [
    "LONGEST_REASON",
    "ROLES",
    "Actor",
    "Apart",
    "Coach",
    "ContinuedElsewhere",
    "DisagreementCounts",
    "ForEducators",
    "Given",
    "KeptRating",
    "NoSuchVisit",
    "OwnLevel",
    "Records",
    "RecordsBusy",
    "RecordsDamaged",
    "RecordsError",
    "RecordsFull",
    "RecordsNewer",
    "RecordsOutOfReach",
    "RecordsReadOnly",
    "ReplyRecord",
    "Role",
    "Stance",
    "Status",
    "VisitIsOver",
    "VisitRecord",
    "VisitSummary",
    "clean_text",
    "data_folder",
    "default_url",
    "open_records",
]
