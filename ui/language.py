"""The language of a page: what is drawn is looked up in ``catalogue/`` at the moment of drawing. Knows no Streamlit.

A message is its English sentence, in Python as in the pieces: ``_("See %(name)s", name=name)``. Values are named, and a
percent sign that is meant is doubled. Nothing is looked up when a module is read: one process serves people of
several languages. Words that stand in data (a reason of the rubric, a sentence of the records) go through ``worded``.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.sentence import Sentence
from ui.po import Translations

if TYPE_CHECKING:
    from collections.abc import Iterator

CATALOGUE = Path(__file__).with_name("catalogue")
ENGLISH = "en"
_speaking: ContextVar[str] = ContextVar("language", default=ENGLISH)
_telling: ContextVar[str] = ContextVar("telling", default="")


def N_(message: str) -> str:
    """Return the message as it is; marks one that stands in data, so that it is in the catalogue."""
    return message


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that there are pages in, by their codes: English, and each one with a catalogue."""
    return (ENGLISH, *sorted(path.stem for path in CATALOGUE.glob("*.po")))


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the sentences of a language; those of the source where it has no catalogue."""
    if language == ENGLISH or language not in languages():
        return gettext.NullTranslations()
    return Translations(CATALOGUE / f"{language}.po")


def fitting(wish: str | None) -> str | None:
    """Return the language that we have for a tag such as "es-MX"; None where we have none."""
    code = (wish or "").replace("_", "-").split("-")[0].casefold()
    return code if code in languages() else None


def current() -> str:
    """Return the language in which is being drawn."""
    return _speaking.get()


def speak(language: str) -> None:
    """Draw in this language from now on, in this run of this page."""
    _speaking.set(language)


def tell(language: str) -> None:
    """Say in which language the words of the visit are from now on, so that a screen reader pronounces them by it."""
    _telling.set(language)


def told_in() -> str:
    """Return the language of the visit's words; empty where no visit is on the page."""
    return _telling.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Draw in this language for a while: a download made later, a hand-out in its scenario's language."""
    before = _speaking.set(language)
    try:
        yield
    finally:
        _speaking.reset(before)


def language_name(language: str) -> str:
    """Return what a language is called in itself."""
    # The name of your own language, in your own language.
    return catalogue(language).gettext(N_("English"))


def look_up(message: str) -> str:
    """Return a message in the language of the page, its placeholders still open."""
    return catalogue(current()).gettext(message) if message else ""


def look_up_count(one: str, many: str, n: int) -> str:
    """Return the form of a message that goes with a number, its placeholders still open."""
    return catalogue(current()).ngettext(one, many, n)


def _(message: str, /, **values: object) -> str:
    """Return a message in the language of the page, its placeholders filled."""
    return look_up(message) % values


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the form of a message that goes with a number; ``%(num)s`` in it is the number."""
    return look_up_count(one, many, n) % {"num": n, **values}


def worded(text: str) -> str:
    """Return words that come out of data in the language of the page; the words as they are where it has none."""
    return text.filled(look_up) if isinstance(text, Sentence) else look_up(text)
