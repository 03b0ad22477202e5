"""Starting a new scenario from the commented one that ships, and bringing an older file up to today's format."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from simulator.loading import SCENARIOS
from simulator.problems import has_errors
from simulator.reading import MAX_BYTES, read_text
from simulator.validating import slug

STARTER = SCENARIOS / "starter" / "new-patient.yaml"
FORMAT = 1
"""Today's version of the format."""
SCHEMA_LINE = re.compile(r"^# yaml-language-server: .*\n")


class NotStarted(Exception):
    """Nothing was written, with the reason in a plain sentence."""


def new_scenario(title: str, folder: Path) -> Path:
    """Write a commented scenario that checks clean and plays, and return its path.

    Args:
        title: Its title; its id and file name are made from it.
        folder: Where to put it; made if it is not there.

    Raises:
        NotStarted: if the title is unusable, or there is such a file already, or it cannot be written.
    """
    title = " ".join(title.split())
    if not title or len(title) > 120 or not title.isprintable():
        raise NotStarted("A title is a few words on one line, up to 120 characters.")
    name = slug(title)
    path = folder / f"{name}.yaml"
    text = starter_text(title, name, beside_schema=folder.resolve() == SCENARIOS)
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
    except OSError as error:
        raise NotStarted(f"{folder} cannot be written to: {error.strerror}.") from None
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NotStarted(f"{path} is there already, and stays as it is. Choose another title.") from None
    except OSError as error:
        raise NotStarted(f"{path} cannot be written: {error.strerror}.") from None
    return path


def starter_text(title: str, name: str, beside_schema: bool = True) -> str:
    """Return the commented scenario under a title of its own."""
    text = STARTER.read_text(encoding="utf-8")
    quoted = title.replace("'", "''")
    text = text.replace("title: A new patient\n", f"title: '{quoted}'\n").replace("id: new-patient\n", f"id: {name}\n")
    text = text.replace("FILE", f"{name}.yaml")
    schema = "# yaml-language-server: $schema=scenario.schema.json\n" if beside_schema else ""
    return SCHEMA_LINE.sub(schema, text, count=1)


def upgraded(text: str) -> str:
    """Return a scenario's text in today's format, its remarks and layout kept; the same text if it is up to date.

    There has been one format so far, so all there is to do is to write its number where an author left it out.
    """
    document = read_text(text, "")
    if has_errors(document.problems) or not isinstance(document.data, dict) or "format" in document.data:
        return text
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if re.match(r"[^\s#-]", line)), 0)
    return "\n".join([*lines[:first], f"format: {FORMAT}", *lines[first:]])


def upgrade_file(path: Path) -> bool:
    """Bring a file up to today's format; return True if it was changed.

    Raises:
        NotStarted: if it cannot be read or written; then it is as it was.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        text = raw.decode("utf-8")
        new = upgraded(text)
        if len(raw) > MAX_BYTES or new == text:
            return False
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(new.encode("utf-8"))
        Path(aside).chmod(path.stat().st_mode)
        Path(aside).replace(path)
    except UnicodeDecodeError:
        raise NotStarted(f"{path} is not saved as UTF-8; see: python3 run.py check {path}") from None
    except OSError as error:
        raise NotStarted(f"{path}: {error.strerror or 'it cannot be read or written'}.") from None
    return True
