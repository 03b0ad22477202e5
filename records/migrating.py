"""Bringing a database to this version's tables at start, and refusing one that is ahead of us."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from records.connecting import transaction
from records.errors import RecordsDamaged, RecordsNewer

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

FOLDER = Path(__file__).with_name("migrations")
HEAD = "0004"
"""The newest migration; held here so that an up-to-date database starts without loading Alembic."""
_POSTGRES_LOCK = 7_221_540_118
"""An arbitrary number: replicas that start together take turns under this advisory lock."""


def migrate(engine: Engine, folder: Path = FOLDER, head: str = HEAD) -> None:
    """Bring the database up to date, in one transaction, with a copy of an older SQLite file beside it first.

    Raises:
        RecordsNewer: The database was written by a newer version; it is left as it is.
        RecordsDamaged: There are tables here, and not ours.
        RecordsError: The database cannot be opened or written.
    """
    with transaction(engine, writes=False) as connection:
        found = _version(connection)
    if found == head:
        return
    _refuse_newer(found, folder)
    if found is not None:
        _keep_copy(engine, found)
    with transaction(engine, writes=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _POSTGRES_LOCK})
        found = _version(connection)  # another process may have been quicker
        if found == head:
            return
        _refuse_newer(found, folder)
        if found is None and inspect(connection).has_table("visits"):
            raise RecordsDamaged()
        _upgrade(connection, folder)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().first()
    return str(found) if found is not None else None


def _refuse_newer(found: str | None, folder: Path) -> None:
    known = {path.name.split("_")[0] for path in (folder / "versions").glob("*.py")}
    if found is not None and found not in known:
        raise RecordsNewer()


def _upgrade(connection: Connection, folder: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _keep_copy(engine: Engine, found: str) -> None:
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return
    source, copy = Path(name), Path(f"{name}.before-{found}")
    # The backup interface copies what is still in the write-ahead log too; copying the file alone would not.
    with sqlite3.connect(source) as old, sqlite3.connect(copy) as new:
        old.backup(new)
    old.close()
    new.close()
    copy.chmod(0o600)
