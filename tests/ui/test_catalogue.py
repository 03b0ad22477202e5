"""The catalogue of page sentences: fresh, whole, and safe to fill in."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ui import language
from ui.po import Translations

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
    read = language.catalogue(code)
    for message in tool.read(tool.FOLDER / f"{code}.po"):
        if message.id:
            one, *many = forms(message.id)
            said = forms(message.string)
            assert read.gettext(one) == said[0]
            if many:
                assert (read.ngettext(one, *many, 1), read.ngettext(one, *many, 7)) == (said[0], said[-1])


def test_a_language_with_three_forms_of_a_number_is_read(tmp_path: Path) -> None:
    (tmp_path / "pl.po").write_text(
        '# Polish\nmsgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"\n\n'
        '#: a.py\nmsgid "%(num)s reply"\nmsgid_plural "%(num)s "\n"replies"\nmsgstr[0] "odpowiedź"\nmsgstr[1] "odpowiedzi"\n'
        'msgstr[2] "odpowiedzi \\"wiele\\""\n\nmsgid "No"\nmsgstr ""\n',
        encoding="utf-8",
    )
    read = Translations(tmp_path / "pl.po")
    said = [read.ngettext("%(num)s reply", "%(num)s replies", n) for n in (1, 3, 5)]
    assert said == ["odpowiedź", "odpowiedzi", 'odpowiedzi "wiele"']
    assert read.gettext("No") == "No"
    assert read.ngettext("cat", "cats", 2) == "cats"


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


DRAWN = {
    "title", "header", "subheader", "write", "markdown", "caption", "info", "warning", "error", "success", "button",
    "download_button", "form_submit_button", "radio", "selectbox", "text_area", "text_input", "toggle", "expander",
    "popover", "page_link", "chat_input", "slider", "file_uploader", "segmented_control", "tabs", "spinner",
}  # fmt: skip
"""What of Streamlit shows its first words, or its label, to a person."""
SHOWN_BY_NAME = {"label", "title", "help", "placeholder", "text"}


def bare_words(tree: ast.AST) -> list[str]:
    """Return the words that a page draws without asking the catalogue for them."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", "")
        if name not in DRAWN | {"Page", "draw"} or ast.unparse(call.func).startswith("log"):
            continue
        shown = [*(call.args[:1] if name in DRAWN else ()), *(k.value for k in call.keywords if k.arg in SHOWN_BY_NAME)]
        for one in shown:
            parts = one.values if isinstance(one, ast.JoinedStr) else [one]
            found += [
                str(p.value) for p in parts if isinstance(p, ast.Constant) and re.search("[A-Za-z]{2}", str(p.value))
            ]
    return found


@pytest.mark.parametrize("path", [ROOT / "app.py", *sorted((ROOT / "ui").glob("*.py"))], ids=lambda path: path.name)
def test_a_page_draws_no_words_that_are_not_in_the_catalogue(path: Path) -> None:
    found = bare_words(ast.parse(path.read_text(encoding="utf-8")))
    assert [words for words in found if words not in {"Rapport"}] == [], "wrap it in _(...)"


def test_words_drawn_past_the_catalogue_are_found() -> None:
    assert bare_words(ast.parse("st.button('Go on')\nst.write(f'{n} replies')\nst.page_link(x, label='More')")) == [
        "Go on", " replies", "More",
    ]  # fmt: skip
    assert bare_words(ast.parse("st.button(_('Go on'))\nlog.error('for whoever runs it')")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "ui" / "pieces").glob("*.j2")), ids=lambda path: path.name)
def test_a_piece_holds_no_words_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{%-? *trans.*?endtrans *-?%}|<style>.*?</style>|{#.*?#}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|title|alt)="([^"]+)"', text)
    nodes = re.split(r"<[^>]+>", text)
    bare = [" ".join(one.split()) for one in [*nodes, *labels] if re.search("[A-Za-z]{2}", one)]
    assert [words for words in bare if words.strip("·: ") != "Rapport"] == [], "wrap it in {{ _(...) }}"
