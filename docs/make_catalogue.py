"""Bring the catalogue of page sentences up to date: ``python docs/make_catalogue.py`` (needs the development tools).

Every sentence of the pages is extracted into ``ui/catalogue/rapport.pot``, the ``.po`` file of each language gets the
new ones and loses those that are gone. The pages read the ``.po`` itself: translate in it and commit both.
``--add de`` begins a language.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import yaml  # noqa: E402
from babel.messages import Catalog  # noqa: E402
from babel.messages.extract import extract_python  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402
from jinja2.ext import babel_extract  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ROOT / "ui" / "catalogue"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "Sentence": None}
SHOWN = {"name", "means", "label", "because", "try_this", "not_called_for", "not_sure", "note"}
"""Fields of the rubric and of the reactions whose words the pages show."""


def _words(data: Any, field: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _words(value, "because" if field == "reasons" else str(key))
    elif isinstance(data, list):
        for value in data:
            yield from _words(value, field)
    elif isinstance(data, str) and field in SHOWN and data.strip():
        yield data.strip()


def _sentences(source: str) -> Iterator[str]:
    """Yield the sentences of the errors that a page may meet."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "sentence":
            yield str(ast.literal_eval(node.value))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "").startswith("Records") and node.args:
            first = node.args[0]
            yield from [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []


def extracted() -> Catalog:
    """Return every sentence of the pages."""
    from simulator.scenario import Visit, Wariness

    made = Catalog(project="Rapport", version="0.1", charset="utf-8", header_comment="# Sentences of the pages.")
    found: dict[Any, tuple[set[str], set[str]]] = {}

    def note(message: Any, path: Path, remarks: list[str]) -> None:
        places, said = found.setdefault(message, (set(), set()))
        places.add(path.relative_to(ROOT).as_posix())
        said.update(remarks)

    for path in [ROOT / "app.py", *sorted((ROOT / "ui").glob("*.py")), *sorted((ROOT / "simulator").glob("*.py"))]:
        for _line, name, message, remarks in extract_python(
            io.BytesIO(path.read_bytes()), list(KEYWORDS), ["A ", "The "], {}
        ):
            parts = message if isinstance(message, tuple) else (message,)
            if parts[0]:
                note(parts[:2] if name == "ngettext" else parts[0], path, remarks)
    for path in sorted((ROOT / "ui" / "pieces").glob("*.j2")):
        options = {
            "trimmed": "true",
            "trim_blocks": "true",
            "lstrip_blocks": "true",
            "newstyle_gettext": "true",
            "silent": "false",
        }
        for _line, _name, message, _ in babel_extract(io.BytesIO(path.read_bytes()), ["_", "gettext"], [], options):
            note(message[0] if isinstance(message, tuple) else message, path, [])
    for path in [*sorted((ROOT / "records").glob("*.py")), ROOT / "ui" / "service.py"]:
        for message in _sentences(path.read_text(encoding="utf-8")):
            note(message, path, [])
    for path in (ROOT / "scoring" / "rubric.yaml", ROOT / "simulator" / "reactions.yaml"):
        for message in _words(yaml.safe_load(path.read_text(encoding="utf-8"))):
            note(message, path, [])
    for path in sorted((ROOT / "scoring" / "cues").glob("*/table.yaml")):
        note(str(yaml.safe_load(path.read_text(encoding="utf-8"))["note"]).strip(), path, [])
    for choices in (Visit.model_fields["kind"].annotation, Wariness):
        for message in choices.__args__:  # type: ignore[union-attr]
            note(message, ROOT / "simulator" / "scenario.py", [])
    for message, (places, remarks) in sorted(found.items(), key=lambda pair: str(pair[0])):
        made.add(message, locations=[(place, 0) for place in sorted(places)], auto_comments=sorted(remarks))
    return made


def begun(language: str) -> Catalog:
    """Return the empty catalogue of a language."""
    return Catalog(
        locale=language, charset="utf-8", project="Rapport", version="0.1", fuzzy=False, header_comment=f"# {language}"
    )


def as_text(catalogue: Catalog) -> str:
    """Return a catalogue as the text of its file, without a date, so that nothing changes where nothing has."""
    file = io.BytesIO()
    write_po(file, catalogue, width=110, include_lineno=False, ignore_obsolete=True, sort_output=True)
    text = file.getvalue().decode("utf-8")
    return re.sub(
        r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To|Language-Team):.*\n',
        "",
        text,
        flags=re.M,
    )


def read(path: Path) -> Catalog:
    """Return the catalogue of a file."""
    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.stem)


def main() -> None:
    """Bring the files up to date and say what is left to translate."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--add", metavar="CODE", help="begin a language, such as de")
    wanted = arguments.parse_args()
    FOLDER.mkdir(exist_ok=True)
    template = extracted()
    (FOLDER / "rapport.pot").write_text(as_text(template), encoding="utf-8")
    if wanted.add and not (FOLDER / f"{wanted.add}.po").exists():
        (FOLDER / f"{wanted.add}.po").write_text(as_text(begun(wanted.add)), encoding="utf-8")
    for path in sorted(FOLDER.glob("*.po")):
        one = read(path)
        one.update(template, no_fuzzy_matching=True)
        path.write_text(as_text(one), encoding="utf-8")
        left = sum(not (all(m.string) if isinstance(m.string, tuple) else m.string) for m in one if m.id)
        print(f"{path.name}: {len(one)} sentences, {left} left to translate")


if __name__ == "__main__":
    main()
