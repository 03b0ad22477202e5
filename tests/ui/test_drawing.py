"""Pieces of a page: everything that somebody typed is shown and nothing of it acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.ui.test_plain import HOSTILE
from ui.drawing import PIECES, paragraphs, piece, ratio, share, signed

if TYPE_CHECKING:
    from pathlib import Path

ALLOWED = {"div", "span", "p", "b", "q", "i", "ul", "ol", "li", "h2", "h3", "h4", "mark", "details", "summary", "br"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_typed_and_bring_no_element(text: str) -> None:
    found = parsed(piece("line", name=text, text=text, seq=text))
    assert found.tags <= ALLOWED
    assert not any(name.startswith("on") for name in found.attributes)
    shown = " ".join(found.words.split())
    assert " ".join(text.replace("(", "").replace(")", "").split())[:10] in shown.replace("(", "").replace(")", "")


def test_no_template_turns_escaping_off_but_for_the_style_sheet_that_ships() -> None:
    for path in PIECES.glob("*.j2"):
        unsafe = re.findall(r"\{\{[^}]*\|\s*safe[^}]*\}\}", path.read_text(encoding="utf-8"))
        assert unsafe in ([], ["{{ look | safe }}"]), path.name


def test_no_template_loads_anything_from_anywhere() -> None:
    pages: list[Path] = [*PIECES.glob("*.j2"), PIECES.parent / "look.css"]
    for path in pages:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|url\(|<script|<link|\bsrc=", text), path.name


def test_an_amount_carries_its_sign() -> None:
    assert [signed(n) for n in (4, -3, 0)] == ["+4", "\N{MINUS SIGN}3", "0"]


def test_what_cannot_be_divided_is_a_dash_and_not_a_zero() -> None:
    assert (share(None), ratio(None)) == ("–", "–")
    assert (share(0.333), ratio(0.4)) == ("33%", "0.4")


def test_an_authors_line_ends_are_no_line_ends() -> None:
    assert paragraphs("One\nand on.\n\n  Two.\n") == ["One and on.", "Two."]
