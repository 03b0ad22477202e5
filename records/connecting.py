"""Connections: SQLite set up so that an acknowledged reply survives anything, PostgreSQL with a small pool."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from records.errors import RecordsDamaged, RecordsOutOfReach, RecordsReadOnly, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import URL, Connection

BUSY_SECONDS = 5.0
"""How long a write waits for another one. A turn takes milliseconds, so five seconds means something is stuck."""
_BETWEEN_TRIES = 0.02
"""Seconds."""


def connect_engine(url: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine for the address; makes the file's folder, private to this person, if it is missing.

    Raises:
        RecordsOutOfReach: The address makes no sense, or its driver is not installed.
        RecordsReadOnly: The folder cannot be made.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            return _sqlite_engine(address, busy_seconds)
        return create_engine(address, pool_size=5, max_overflow=5, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise RecordsOutOfReach(
            f"The database named by RAPPORT_DATABASE_URL needs {error.name}, which is not installed here. "
            "For PostgreSQL, install Rapport with its extra named postgres: uv sync --extra postgres"
        ) from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise RecordsOutOfReach(
            "RAPPORT_DATABASE_URL is not an address that Rapport can use. "
            "It looks like sqlite:////folder/rapport.db or postgresql://user@host/name."
        ) from error


def _sqlite_engine(address: URL, busy_seconds: float) -> Engine:
    engine = create_engine(address, connect_args={"timeout": busy_seconds})
    if address.database and address.database != ":memory:":
        _make_private(Path(address.database))

    @event.listens_for(engine, "connect")
    def set_up(raw: Any, _record: object) -> None:
        raw.isolation_level = None  # transactions begin where we say so, see below
        cursor = raw.cursor()
        try:
            for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
                cursor.execute(f"PRAGMA {pragma}")
            # Write-ahead logging is kept in the file; asking again on a read-only file would fail for no reason.
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                _switch_to_write_ahead(cursor, busy_seconds)
        finally:
            cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later fails at once when another one wrote in between, so a
        # writing one takes the lock at its start and waits for its turn.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _switch_to_write_ahead(cursor: Any, busy_seconds: float) -> None:
    """Turn on write-ahead logging, waiting for others who are at it: SQLite does not wait by itself for this switch."""
    keep_trying(
        lambda: cursor.execute("PRAGMA journal_mode = WAL"),
        lambda error: isinstance(error, sqlite3.OperationalError) and "locked" in str(error),
        busy_seconds,
    )


def keep_trying(act: Callable[[], object], is_busy: Callable[[Exception], bool], seconds: float = BUSY_SECONDS) -> None:
    """Do something, again and again while others are at the file: SQLite at times says "locked" without having waited.

    Args:
        act: What to do; it must leave nothing half done where it raises.
        is_busy: Told an error, returns True if it only means that others are at the file.
        seconds: For how long to try; after that, and at any other error, the error is raised.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            act()
            return
        except Exception as error:
            if not is_busy(error) or time.monotonic() >= until:
                raise
            time.sleep(_BETWEEN_TRIES)


def _make_private(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise RecordsReadOnly(
            "Rapport cannot make its data folder, so no visit could be kept. "
            "Choose a folder that you may write to with RAPPORT_DATA."
        ) from error


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """Open one transaction; commits at the end, rolls back on any error, and speaks our own errors."""
    try:
        with engine.execution_options(writes=writes).begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise translated(error) from error
    except sqlite3.DatabaseError as error:  # from set_up, before SQLAlchemy wraps anything
        raise RecordsDamaged() from error
