"""The pages in Spanish: whole, pronounced right, and chosen once."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from records import Actor
from simulator.everyday import topics
from tests.ui.test_catalogue import PLACES, forms, maker
from tests.ui.test_pages import fine, words
from ui import language
from ui.drawing import piece
from ui.handouts import actors_script, facilitators_guide
from ui.report import report

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from ui.service import Service

ME = Actor("local")
REPLIES = (
    "Suena a que le da miedo la insulina. ¿Qué ha visto usted con la insulina?",
    "Eso le pasa a todo el mundo. Tiene que ponérsela.",
)
WIDGETS = ("button", "radio", "selectbox", "toggle", "text_area", "expander", "popover", "chat_input", "slider", "tab")


@cache
def english() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...], tuple[str, ...]]:
    """Return the English sentences that Spanish has other words for: whole ones, patterns, and long stretches."""
    tool = maker()
    whole, patterns, stretches = {}, [], []
    for message in tool.read(tool.FOLDER / "es.po"):
        for one, said in zip(forms(message.id or ""), forms(message.string), strict=False):
            if not one or one == said or one.casefold() == said.casefold():
                continue
            bare = re.sub(r"</?\w+>", "", one)
            parts = [part for part in PLACES.split(bare)[::2] if part]
            if "%(" not in bare:
                whole[bare.replace("%%", "%").casefold()] = one
            elif sum(len(part.strip()) for part in parts) > 3:
                places = [re.escape(part) for part in re.split(r"%\(\w+\)s", bare.replace("%%", "%"))]
                patterns.append((re.compile(".+".join(places), re.IGNORECASE), one))
            stretches += [part for part in re.split(r"%\(\w+\)s", bare) if len(part) >= 24]
    return whole, tuple(patterns), tuple(stretches)


def texts(app: AppTest) -> list[str]:
    """Return every text that stands on the page, labels of widgets among them, without markup."""
    drawn = re.sub(r"<style.*?</style>", "", words(app), flags=re.S)
    drawn = re.sub(r'<div[^>]* lang="en">.*', "", drawn, flags=re.S) if 'rp-list" lang="en"' in drawn else drawn
    labels = [
        str(getattr(one, "label", "") or getattr(one, "placeholder", "")) for kind in WIDGETS for one in app.get(kind)
    ]
    spoken = re.findall(r'(?:aria-label|title)="([^"]+)"', drawn)
    nodes = [html.unescape(node) for node in re.split(r"<[^>]+>|\n", drawn)]
    return [" ".join(node.split()) for node in [*nodes, *labels, *spoken] if node.strip()]


def left_in_english(app: AppTest) -> list[str]:
    """Return what of the catalogue still stands on the page in English."""
    return english_in(texts(app))


def english_in(shown: list[str]) -> list[str]:
    """Return which texts are the catalogue's English, and what of it stands within others."""
    whole, patterns, stretches = english()
    found = [text for text in shown if text.casefold() in whole]
    found += [text for text in shown if any(pattern.fullmatch(text) for pattern, _one in patterns)]
    return found + [part for part in stretches if any(part in text for text in shown)]


@pytest.fixture
def spanish(app: AppTest) -> AppTest:
    app.session_state["language_chosen"] = "es"
    return app


def played(service: Service, scenario: str = "elvira-insulina", ended: bool = True) -> str:
    """Hold a short visit and return its id."""
    visit_id = service.begin(ME, scenario, "each")
    for seq, reply in enumerate(REPLIES, 1):
        service.say(ME, visit_id, seq, f"t{seq}", reply)
    if ended:
        service.end(ME, visit_id)
    return visit_id


def at(app: AppTest, page: str, **parameters: str) -> AppTest:
    for name, value in parameters.items():
        app.query_params[name] = value
    app.switch_page(page)
    return fine(app.run())


def test_the_finder_of_english_finds_english(app: AppTest) -> None:
    fine(app.run())
    assert "Whom would you like to see?" in left_in_english(app)


def test_the_choice_is_in_spanish_and_those_who_speak_it_come_first(spanish: AppTest) -> None:
    fine(spanish.run())
    assert not left_in_english(spanish)
    shown = words(spanish)
    assert "¿A quién quieres atender?" in shown
    assert shown.index("Elvira") < shown.index("Maya")
    assert "habla inglés" in shown


def test_the_switch_stands_on_the_first_page_and_is_remembered(app: AppTest) -> None:
    fine(app.run())
    switch = app.get("button_group")[0]
    switch.set_value("es").run()
    assert "¿A quién quieres atender?" in words(fine(app))
    app.switch_page("ui/about.py").run()
    assert "Acerca de Rapport" in words(fine(app))
    assert not left_in_english(app)


@pytest.mark.parametrize("page", ["ui/your_visits.py", "ui/about.py", "ui/write.py", "ui/trust.py"])
def test_a_page_is_in_spanish(spanish: AppTest, service: Service, page: str) -> None:
    played(service)
    played(service, ended=False)
    at(spanish, page)
    assert not left_in_english(spanish)


def test_a_visit_is_in_spanish_from_the_door_to_the_debrief(spanish: AppTest, service: Service) -> None:
    at(spanish, "ui/door.py", scenario="elvira-insulina")
    assert "Lo que sabes antes de entrar" in words(spanish)
    assert not left_in_english(spanish)
    at(spanish, "ui/talk.py", visit=played(service, ended=False))
    assert not left_in_english(spanish)
    assert " lang=" not in words(spanish), "her words are in the language of the page"
    at(spanish, "ui/debrief.py", visit=played(service))
    assert not left_in_english(spanish)
    assert "Nadie ha medido" in words(spanish), "that agreement is unmeasured is said in Spanish as well"


def test_words_in_another_language_than_the_page_are_marked(app: AppTest, service: Service) -> None:
    at(app, "ui/talk.py", visit=played(service, ended=False))
    shown = words(app)
    typed = re.findall(r'<div class="words" lang="es">', shown)
    heard = re.findall(r'<div class="words"><span lang="es">', shown)
    assert (len(typed), len(heard)) == (len(REPLIES), len(REPLIES) + 1), (
        "a screen reader would read her Spanish as English"
    )


def test_an_english_visit_in_spanish_pages_is_marked_as_english(spanish: AppTest, service: Service) -> None:
    at(spanish, "ui/debrief.py", visit=played(service, "maya-numb"))
    shown = words(spanish)
    assert '<div class="words" lang="en">' in shown
    assert re.search(r'<span class="rp-move \w+" lang="es">', shown) or "rp-move" not in shown
    assert not left_in_english(spanish)


def test_the_printed_debrief_is_in_the_language_of_the_page(service: Service) -> None:
    visit, debrief = service.debrief(ME, played(service))
    with language.speaking("es"):
        printed = report(visit.scenario, debrief)
    assert '<html lang="es"' in printed
    assert "Qué decidió Elvira" in printed
    assert ' lang="en"' not in printed
    assert '<html lang="en"' in report(visit.scenario, debrief)


def test_the_hand_outs_of_a_spanish_patient_are_in_spanish_whatever_the_page(service: Service) -> None:
    scenario = service.library().scenarios["elvira-insulina"].scenario
    for page in (actors_script(scenario), facilitators_guide(scenario)):
        assert '<html lang="es"' in page
        drawn = re.sub(r"<style.*?</style>", "", page, flags=re.S)
        shown = [" ".join(html.unescape(node).split()) for node in re.split(r"<[^>]+>", drawn) if node.strip()]
        assert not english_in(shown)
        for topic in topics("en").keys() & scenario.facts.keys():  # its own topics are Spanish words
            assert topic.replace("_", " ") not in shown, "the actor would look for an English word"


def test_a_choice_that_is_no_language_is_english(app: AppTest) -> None:
    app.session_state["language_chosen"] = "<script>"
    assert "Whom would you like to see?" in words(fine(app.run()))


def test_a_language_tag_never_becomes_markup() -> None:
    language.tell('es"><script>')
    try:
        assert "<script>" not in piece("line", name="E", text="Buenas.", seq="opening")
    finally:
        language.tell("")
