"""Where the records are kept when nobody says otherwise: in the user's own data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAME = "rapport.db"


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for this person's data: ``RAPPORT_DATA`` if set, else the platform's usual place."""
    if named := environ.get("RAPPORT_DATA", "").strip():
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Rapport"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Rapport"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "rapport"


def default_url(environ: Mapping[str, str] = os.environ) -> str:
    """Return the address of the database: ``RAPPORT_DATABASE_URL`` if set, else a file in the data folder."""
    if named := environ.get("RAPPORT_DATABASE_URL", "").strip():
        return named
    return f"sqlite:///{(data_folder(environ) / FILE_NAME).absolute().as_posix()}"
