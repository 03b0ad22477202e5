"""What can go wrong with the records, each with one plain sentence that a page may show as it is."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class RecordsError(Exception):
    """The records could not do what was asked; nothing that was there before is lost.

    ``sentence`` is for the person at the page. It names no file, no table and no driver.
    """

    sentence = "Something went wrong with the records. What you wrote is still on the page; try once more."

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or type(self).sentence
        super().__init__(self.sentence)


class NoSuchVisit(RecordsError):
    """There is no such visit for this person; somebody else's visit looks exactly the same."""

    sentence = "There is no visit at this address. It may have been deleted, or the address is not complete."


class ForEducators(RecordsError):
    """Only somebody who teaches here may do this."""

    sentence = "This page is for whoever teaches here."


class ContinuedElsewhere(RecordsError):
    """The visit has gone on in another tab or on another device since this page was drawn."""

    sentence = (
        "This visit went on in another tab or window. Here is where it stands now; "
        "your words are still in the box, and were not sent."
    )


class VisitIsOver(RecordsError):
    """The visit has ended, so nothing can be added to it."""

    sentence = "This visit has already ended, so nothing more can be said in it. Your words were not sent."


class RecordsFull(RecordsError):
    """The disk, or the share of it that the records may use, is full."""

    sentence = (
        "The disk is full, so your words could not be kept and were not sent. They are still in the box. "
        "Once there is room again, send them as they are."
    )


class RecordsBusy(RecordsError):
    """Another program holds the records for longer than we are willing to wait."""

    sentence = "The records are busy just now. Your words are still in the box; please send them again in a moment."


class RecordsReadOnly(RecordsError):
    """The records can be read and not written."""

    sentence = (
        "The records can be read but not written to, so nothing new can be kept. Your words are still in the box. "
        "Whoever looks after this computer can put that right."
    )


class RecordsDamaged(RecordsError):
    """The file is not a database, or no longer a sound one."""

    sentence = (
        "The file that keeps your visits cannot be read. Nothing has been changed in it. "
        "Whoever looks after Rapport can restore a copy, or set it aside and start a new one."
    )


class RecordsNewer(RecordsError):
    """The records were written by a newer version of this program."""

    sentence = (
        "These records were written by a newer version of Rapport. Nothing has been changed in them. "
        "Please start the newer version, or choose another data folder."
    )


class RecordsOutOfReach(RecordsError):
    """The database cannot be opened or reached at all."""

    sentence = (
        "The place where visits are kept cannot be reached. What you wrote is still on the page; try once more, "
        "and if it stays like this, tell whoever looks after Rapport."
    )


_BY_SQLITE_CODE: dict[int, type[RecordsError]] = {
    sqlite3.SQLITE_FULL: RecordsFull,
    sqlite3.SQLITE_BUSY: RecordsBusy,
    sqlite3.SQLITE_LOCKED: RecordsBusy,
    sqlite3.SQLITE_READONLY: RecordsReadOnly,
    sqlite3.SQLITE_PERM: RecordsReadOnly,
    sqlite3.SQLITE_CORRUPT: RecordsDamaged,
    sqlite3.SQLITE_NOTADB: RecordsDamaged,
    sqlite3.SQLITE_SCHEMA: RecordsDamaged,
    sqlite3.SQLITE_CANTOPEN: RecordsOutOfReach,
    sqlite3.SQLITE_IOERR: RecordsOutOfReach,
}
"""SQLite's primary result codes (https://www.sqlite.org/rescode.html) and what they mean to a person."""

_BY_POSTGRES_CLASS: dict[str, type[RecordsError]] = {
    "53": RecordsFull,  # insufficient resources: disk full, too many connections
    "55": RecordsBusy,  # lock not available
    "40": RecordsBusy,  # serialization failure, deadlock
    "25": RecordsReadOnly,  # read-only transaction
    "08": RecordsOutOfReach,
    "57": RecordsOutOfReach,  # operator intervention: shut down
}
"""The first two characters of PostgreSQL's SQLSTATE (appendix A of its manual)."""


def translated(error: SQLAlchemyError) -> RecordsError:
    """Return the error in our own words; the driver's words stay in the chained exception for the log."""
    original = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(original, "sqlite_errorcode", None)
    if isinstance(code, int):
        return _BY_SQLITE_CODE.get(code & 0xFF, RecordsDamaged if "no such" in str(original) else RecordsError)()
    state = getattr(original, "sqlstate", None)
    if isinstance(state, str):
        if state == "53300":
            return RecordsBusy()
        return _BY_POSTGRES_CLASS.get(state[:2], RecordsError)()
    if isinstance(original, sqlite3.DatabaseError):
        return RecordsDamaged()
    return RecordsOutOfReach() if isinstance(error, DBAPIError) else RecordsError()
