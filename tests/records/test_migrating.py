"""The tables at start: made once, by one process, the same as the models say, with a copy before any change."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from records import Actor, RecordsError, data_folder, default_url, open_records
from records.connecting import connect_engine
from records.migrating import FOLDER, HEAD, migrate
from records.models import Base

AFTER = f"{int(HEAD) + 1:04}"
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{next}", "{head}", None, None
def upgrade():
    op.add_column("visits", sa.Column("note", sa.Text()))
    {then}
"""


def with_next(folder: Path, then: str = "pass") -> Path:
    """Return a copy of the migrations with one more."""
    copy = folder / "migrations"
    shutil.copytree(FOLDER, copy)
    (copy / "versions" / f"{AFTER}_next.py").write_text(NEXT.format(next=AFTER, head=HEAD, then=then))
    return copy


def test_the_head_named_in_the_code_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


def test_the_migrations_make_exactly_the_tables_of_the_models(url: str) -> None:
    open_records(url).close()
    engine = connect_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_the_file_and_its_folder_are_this_persons_own(url: str) -> None:
    open_records(url).close()
    file = Path(url.removeprefix("sqlite:///"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_several_processes_may_start_at_once(url: str) -> None:
    failures: list[RecordsError] = []

    def start() -> None:
        try:
            open_records(url).close()
        except RecordsError as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_copy_of_the_older_file_is_kept_before_it_is_changed(url: str, tmp_path: Path) -> None:
    records = open_records(url)
    visit = records.begin(Actor("me"), "maya", "", 0, "off")
    engine = connect_engine(url)
    migrate(engine, with_next(tmp_path), AFTER)
    engine.dispose()
    with sqlite3.connect(f"{url.removeprefix('sqlite:///')}.before-{HEAD}") as copy:
        assert copy.execute("SELECT id FROM visits").fetchall() == [(visit,)]
        assert "note" not in [row[1] for row in copy.execute("PRAGMA table_info(visits)")]
    copy.close()
    assert records.visit(Actor("me"), visit).id == visit
    records.close()


def test_second_ratings_of_before_stay_and_are_the_first_try(url: str, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(FOLDER, before)
    (before / "versions" / "0004_second_ratings_again.py").unlink()
    engine = connect_engine(url)
    migrate(engine, before, "0003")
    with engine.begin() as connection:
        for line in (
            "INSERT INTO visits (id, owner, scenario_id, title, scenario_text, seed, coach, status, outcome_json, begun_at,"
            " last_at) VALUES ('v', 'me', 's', '', '', 0, 'off', 'ended', '{}', '2026-01-01 00:00:00.000000',"
            " '2026-01-01 00:00:00.000000')",
            "INSERT INTO replies (visit_id, seq, text, token, said_at)"
            " VALUES ('v', 1, 'Hello.', 't', '2026-01-01 00:00:00.000000')",
            "INSERT INTO second_ratings (visit_id, seq, model, prompt_sha256, rubric_version, skills_json, raw_json,"
            " failure, apart, case_json, at)"
            " VALUES ('v', 1, 'm', 'p', 'r', '{}', '[]', '', 0, '{}', '2026-01-01 00:00:00.000000')",
        ):
            connection.exec_driver_sql(line)
    engine.dispose()
    records = open_records(url)
    (kept,) = records.second_ratings(Actor("me"), "v")
    records.close()
    assert (kept.model, kept.failure) == ("m", "")


def test_a_migration_that_fails_half_way_changes_nothing(url: str, tmp_path: Path) -> None:
    open_records(url).close()
    engine = connect_engine(url)
    with pytest.raises(ZeroDivisionError):
        migrate(engine, with_next(tmp_path, "1 / 0"), AFTER)
    with engine.connect() as connection:
        columns = connection.exec_driver_sql("PRAGMA table_info(visits)").fetchall()
    assert "note" not in [column[1] for column in columns]
    engine.dispose()
    open_records(url).close()


def test_the_place_is_what_the_environment_says_else_the_users_own_folder(tmp_path: Path) -> None:
    assert default_url({"RAPPORT_DATABASE_URL": "postgresql://x/y"}) == "postgresql://x/y"
    assert default_url({"RAPPORT_DATA": str(tmp_path)}) == f"sqlite:///{tmp_path}/rapport.db"
    assert data_folder({"XDG_DATA_HOME": str(tmp_path)}).parent in (tmp_path, data_folder({}).parent)
    assert Path.home() in data_folder({}).parents
