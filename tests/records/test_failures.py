"""When the disk is full, the file locked, read-only, damaged or ahead of us, and when the process is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from records import (
    Actor,
    Records,
    RecordsBusy,
    RecordsDamaged,
    RecordsError,
    RecordsFull,
    RecordsNewer,
    RecordsOutOfReach,
    RecordsReadOnly,
    open_records,
)
from records.connecting import connect_engine
from records.migrating import migrate

ME = Actor("me")
ROOT = Path(__file__).resolve().parents[2]

SPEAKER = """
import sys
from records import Actor, open_records
records, me = open_records(sys.argv[1]), Actor("me")
visit = records.begin(me, "maya", "", 0, "off")
print(visit, flush=True)
for seq in range(1, 100000):
    records.commit_reply(me, visit, seq, str(seq), f"reply {seq}")
    print(seq, flush=True)
    records.commit_turn(me, visit, seq, "{}")
"""


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_killed_process_loses_no_acknowledged_reply(url: str, tmp_path: Path) -> None:
    for _ in range(3):
        speaker = subprocess.Popen(
            [sys.executable, "-c", SPEAKER, url], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
        )
        assert speaker.stdout is not None
        visit, acknowledged = speaker.stdout.readline().strip(), 0
        while acknowledged < 25:
            acknowledged = int(speaker.stdout.readline())
        speaker.send_signal(signal.SIGKILL)
        for line in speaker.stdout.read().splitlines():
            acknowledged = int(line) if line.isdigit() else acknowledged
        speaker.wait()
        speaker.stdout.close()
        records = open_records(url)
        kept = records.visit(ME, visit)
        assert len(kept.replies) >= acknowledged, "a reply that was acknowledged is gone"
        assert [reply.text for reply in kept.replies] == [f"reply {n + 1}" for n in range(len(kept.replies))]
        assert all(reply.turn_json for reply in kept.replies[:-1]), "only the last reply may still wait for its answer"
        records.commit_reply(ME, visit, len(kept.replies) + 1, "after", "and on it goes")
        records.close()


def small_disk(url: str) -> Records:
    """Return records whose file may not grow: what SQLite reports is the same as on a full disk."""
    engine = connect_engine(url)
    migrate(engine)

    @event.listens_for(engine, "checkout")
    def limit(raw: sqlite3.Connection, *_: object) -> None:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages}")

    return Records(engine)


def test_a_full_disk_is_said_plainly_and_leaves_no_half_reply(url: str) -> None:
    roomy = open_records(url)
    visit = roomy.begin(ME, "maya", "", 0, "off")
    roomy.commit_reply(ME, visit, 1, "a", "Hello.")
    roomy.close()
    tight = small_disk(url)
    with pytest.raises(RecordsFull) as caught:
        tight.commit_reply(ME, visit, 2, "b", "long " * 20_000)
    assert "disk is full" in caught.value.sentence
    assert tight.visit(ME, visit).words == ("Hello.",)
    tight.close()
    roomy = open_records(url)
    assert roomy.commit_reply(ME, visit, 2, "b", "long " * 20_000).seq == 2
    roomy.close()


def test_a_locked_file_is_said_plainly_and_the_reply_goes_through_afterwards(url: str) -> None:
    open_records(url).close()
    engine = connect_engine(url, busy_seconds=0.05)
    records = Records(engine)
    visit = records.begin(ME, "maya", "", 0, "off")
    holder = sqlite3.connect(file_of(url), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(RecordsBusy):
        records.commit_reply(ME, visit, 1, "a", "Hello.")
    assert records.visit(ME, visit).words == (), "reading goes on meanwhile"
    holder.execute("ROLLBACK")
    holder.close()
    assert records.commit_reply(ME, visit, 1, "a", "Hello.").seq == 1
    records.close()


def test_records_that_cannot_be_written_can_still_be_read(url: str) -> None:
    records = open_records(url)
    visit = records.begin(ME, "maya", "", 0, "off")
    records.close()
    engine = connect_engine(url)

    @event.listens_for(engine, "connect")
    def read_only(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute("PRAGMA query_only = ON")  # holds for root too, unlike file permissions

    records = Records(engine)
    assert records.visit(ME, visit).id == visit
    with pytest.raises(RecordsReadOnly):
        records.commit_reply(ME, visit, 1, "a", "Hello.")
    records.close()


@pytest.mark.parametrize(
    "content", [b"this is not a database at all, but a letter" * 50, b"SQLite format 3\0" + b"\x07" * 5000]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(url: str, content: bytes) -> None:
    file_of(url).parent.mkdir(parents=True)
    file_of(url).write_bytes(content)
    with pytest.raises(RecordsDamaged):
        open_records(url)
    assert file_of(url).read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(url: str) -> None:
    file_of(url).parent.mkdir(parents=True)
    with sqlite3.connect(file_of(url)) as other:
        other.execute("CREATE TABLE visits (website TEXT)")
    other.close()
    with pytest.raises(RecordsDamaged):
        open_records(url)
    with sqlite3.connect(file_of(url)) as other:
        assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["visits"]
    other.close()


def test_a_page_damaged_in_mid_life_is_a_sentence_and_not_a_traceback(url: str) -> None:
    records = open_records(url)
    visit = records.begin(ME, "maya", "x" * 50_000, 0, "off")
    records.close()
    raw = bytearray(file_of(url).read_bytes())
    raw[4096:] = b"\xa5" * (len(raw) - 4096)
    file_of(url).write_bytes(raw)
    with pytest.raises(RecordsError) as caught:
        open_records(url).visit(ME, visit)
    assert caught.value.sentence


def test_records_of_a_newer_version_are_refused_and_left_alone(url: str) -> None:
    open_records(url).close()
    with sqlite3.connect(file_of(url)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(RecordsNewer) as caught:
        open_records(url)
    assert "newer version" in caught.value.sentence
    with sqlite3.connect(file_of(url)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    raw.close()


def test_a_place_where_no_folder_can_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordsReadOnly):
        open_records(f"sqlite:///{tmp_path}/file/below/rapport.db")


def test_a_driver_that_is_not_installed_is_named_with_the_way_out() -> None:
    with pytest.raises(RecordsOutOfReach) as caught:
        open_records("mysql+pymysql://me@nowhere/db")
    assert "pymysql" in caught.value.sentence
    assert "not installed" in caught.value.sentence


@pytest.mark.parametrize("url", ["nonsense", "sqlite+nothing:///x", ""])
def test_an_address_that_makes_no_sense_is_said_plainly(url: str) -> None:
    with pytest.raises(RecordsOutOfReach) as caught:
        open_records(url)
    assert "RAPPORT_DATABASE_URL" in caught.value.sentence


def test_no_sentence_names_a_file_a_table_or_a_driver() -> None:
    kinds = [RecordsError, *RecordsError.__subclasses__()]
    for kind in kinds:
        sentence = kind().sentence
        assert sentence.endswith(".")
        assert not any(word in sentence.lower() for word in ("sqlite", "sql", "table", "error", "exception", "!"))
