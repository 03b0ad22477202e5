"""What `rapport doctor` looks at: what is here, what works, what is missing, each in one plain line.

Nothing secret is printed: settings that could hold a key are only said to be set or not.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from run import MINIMUM, find_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent
PACKAGES = ("streamlit", "sqlalchemy", "pydantic", "openai", "rapidfuzz")
FIRST_SQLITE_WITHOUT_RESET_RACE = (3, 51, 3)
"""Earlier versions have a rare corruption race when several writers reset the write-ahead log at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report."""

    fine: bool
    says: str
    fatal: bool = False
    """True where the app cannot run like this."""


def findings() -> Iterator[Finding]:
    """Yield what was found, most basic things first."""
    yield Finding(
        sys.version_info >= MINIMUM,
        f"Python {platform.python_version()} on {platform.system()}",
        fatal=sys.version_info < MINIMUM,
    )
    yield from packages()
    yield from scenarios()
    yield from database()
    yield from network()
    yield from language_model()
    browser = find_chromium()
    yield Finding(
        browser is not None,
        f"Chromium for the browser tests: {browser}"
        if browser
        else "No Chromium: the app does not need it, browser tests are skipped (Debian: sudo apt install chromium)",
    )


def packages() -> Iterator[Finding]:
    """Yield the versions of what the app stands on."""
    for name in PACKAGES:
        try:
            yield Finding(True, f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding(False, f"{name} is missing; run: python3 run.py", fatal=True)


def scenarios() -> Iterator[Finding]:
    """Yield how many patients can be met, and each file that is out."""
    from simulator.loading import load_folder
    from simulator.problems import has_errors

    library = load_folder()
    count = len(library.scenarios)
    yield Finding(count > 0, f"{count} patients can be met", fatal=count == 0)
    broken = sorted({problem.file for problem in library.problems if has_errors([problem])})
    for file in broken:
        yield Finding(False, f"{file} is left out until it is mended; see: python3 run.py check")


def database() -> Iterator[Finding]:
    """Yield where visits are kept, and whether they can be."""
    from records import default_url, open_records
    from records.errors import RecordsError

    url = default_url()
    shown = url.rsplit("@", 1)[-1]
    try:
        open_records(url).close()
    except RecordsError as error:
        yield Finding(False, f"Visits cannot be kept in {shown}: {error}", fatal=True)
        return
    yield Finding(True, f"Visits are kept in {shown}")
    if url.startswith("sqlite") and sqlite3.sqlite_version_info < FIRST_SQLITE_WITHOUT_RESET_RACE:
        yield Finding(
            True,
            f"SQLite {sqlite3.sqlite_version}: fine for one running app; for several at once use PostgreSQL",
        )


def network() -> Iterator[Finding]:
    """Yield who can reach the app."""
    host = os.environ.get("HOST", "127.0.0.1")
    alone = host in {"127.0.0.1", "localhost", "::1"}
    yield Finding(True, f"Served to {'this machine only' if alone else 'other machines too (HOST=' + host + ')'}")


def language_model() -> Iterator[Finding]:
    """Ask the configured endpoint what it can do."""
    from language_model import SettingRefused, configured
    from model.checkup import checkup

    try:
        model = configured()
    except SettingRefused as refused:
        yield Finding(False, f"Language model: {refused}")
        return
    s = model.settings
    if not (s.patient_model or s.judge_model or s.transcription_model or s.speech_model):
        yield Finding(True, "Language model: none; the built-in patient and scorer are used")
        return
    for fine, says in checkup(model):
        yield Finding(fine, says)
