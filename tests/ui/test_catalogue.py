"""The catalogue of page sentences: fresh, whole, and safe to fill in."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ui import language

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PLACES = re.compile(r"%\((\w+)\)s|%%|%")
MARKS = re.compile(r"</?\w+>|`[^`]+`|\*\*")
LANGUAGES = [code for code in language.languages() if code != language.ENGLISH]


def maker() -> ModuleType:
    """Return the tool that brings the catalogue up to date."""
    spec = importlib.util.spec_from_file_location("make_catalogue", ROOT / "docs" / "make_catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("make_catalogue", made)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return maker()


@pytest.fixture(scope="module")
def template(tool: ModuleType) -> Any:
    return tool.extracted()


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_catalogue_holds_the_sentences_that_the_pages_have_now(tool: ModuleType, template: Any) -> None:
    kept = (tool.FOLDER / "rapport.pot").read_text(encoding="utf-8")
    assert kept == tool.as_text(template), "run python docs/make_catalogue.py and translate what is new"


def test_there_are_pages_in_spanish() -> None:
    assert "es" in language.languages()
    assert language.language_name("es") == "Español"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_translated(tool: ModuleType, template: Any, code: str) -> None:
    made = tool.read(tool.FOLDER / f"{code}.po")
    wanted = {message.id for message in template if message.id}
    kept = {message.id: message for message in made if message.id}
    assert wanted == set(kept), "run python docs/make_catalogue.py"
    bare = [str(key) for key, message in kept.items() if not all(forms(message.string)) or message.fuzzy]
    assert not bare, "a trainee would meet English in the middle of a page"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_has_the_values_and_marks_of_its_sentence(tool: ModuleType, code: str) -> None:
    for message in tool.read(tool.FOLDER / f"{code}.po"):
        if not message.id:
            continue
        filled = "python-format" in message.flags
        for said in forms(message.string):
            whole = forms(message.id)[-1]
            assert MARKS.findall(said) == MARKS.findall(whole), said
            if filled:
                assert set(PLACES.findall(said)) == set(PLACES.findall(whole)), said
                assert "%" not in re.sub(r"%\(\w+\)s|%%", "", said), f"a lone percent sign breaks the page: {said}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_pages_read_is_what_was_translated(tool: ModuleType, code: str) -> None:
    path = tool.FOLDER / f"{code}.po"
    assert path.with_suffix(".mo").read_bytes() == tool.compiled(path), "run python docs/make_catalogue.py"


def test_a_browser_s_language_is_taken_where_there_are_pages_in_it() -> None:
    assert language.fitting("es-MX") == "es"
    assert language.fitting("ES_419") == "es"
    assert language.fitting("en-GB") == "en"
    assert language.fitting("tlh") is None
    assert language.fitting("../es") is None
    assert language.fitting("") is None
    assert language.fitting(None) is None


def test_a_sentence_without_a_translation_is_drawn_as_it_is() -> None:
    with language.speaking("es"):
        assert language.worded("Nobody ever wrote 100% of this.") == "Nobody ever wrote 100% of this."
