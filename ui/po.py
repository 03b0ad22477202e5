"""Reads a ``.po`` file as translators keep it, so that nothing has to be compiled. Knows no Streamlit."""

from __future__ import annotations

import ast
import gettext
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PLURAL = re.compile(r"plural\s*=\s*([^;\n]+)")


class Translations(gettext.NullTranslations):
    """The sentences of one language; an English one that has no other stays as it is."""

    def __init__(self, path: Path) -> None:
        """Read a file. Raises OSError where it cannot be read, ValueError where it is no ``.po`` file."""
        super().__init__()
        self._said: dict[str, tuple[str, ...]] = {}
        for entry in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            self._take(entry)
        # The first entry has no English: it is the file's own head.
        rule = _PLURAL.search(self._said.pop("", ("",))[0])
        self._form: Callable[[int], int] = gettext.c2py(rule[1].strip()) if rule else lambda n: int(n != 1)  # type: ignore[attr-defined]

    def _take(self, entry: str) -> None:
        fields: dict[str, str] = {}
        field = ""
        for line in entry.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                field, line = line.split(maxsplit=1)  # noqa: PLW2901
                fields[field] = ""
            fields[field] += ast.literal_eval(line)
        said = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
        if "msgid" in fields and all(said):
            self._said[fields["msgid"]] = said

    def gettext(self, message: str) -> str:
        """Return a sentence in this language."""
        return self._said.get(message, (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of a sentence that goes with a number."""
        said = self._said.get(msgid1)
        if said is None:
            return super().ngettext(msgid1, msgid2, n)
        return said[min(self._form(n), len(said) - 1)]
