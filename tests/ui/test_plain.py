"""Text that somebody wrote stays text, wherever it is drawn."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plain import as_markdown, initials

HOSTILE = [
    "![x](http://example.com/x.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "# heading\n\n- list\n\n```\ncode\n```",
    ":red[blood] :material/home: :tada: $x^2$ $$y$$ ~~no~~ **bold** _it_",
    "https://example.com www.example.com me@example.com",
    '"><svg onload=alert(1)>',
    "{{ 7*7 }} {% raw %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_mark_that_markdown_reads_is_left_bare(text: str) -> None:
    escaped = as_markdown(text)
    assert "\n" not in escaped
    bare = re.sub(r"\\.", "", escaped)
    assert not re.search(r"[!\"#$%&'()*+,\-./:;<=>?@\[\]^_`{|}~]", bare), f"{escaped!r} leaves a mark unescaped"


@given(st.text(max_size=200))
def test_taking_the_escapes_away_gives_the_words_back(text: str) -> None:
    back = re.sub(r"\\(.)", r"\1", as_markdown(text).replace("\N{WORD JOINER}", ""))
    assert back == " ".join(text.replace("\N{WORD JOINER}", "").split())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Maya Torres", "MT"),
        ("Leroy", "L"),
        ("Anne-Marie van den Berg", "AB"),
        ("", "?"),
        ("  ", "?"),
        ("李 雷", "李雷"),
    ],
)
def test_initials_come_from_the_first_and_the_last_name(name: str, expected: str) -> None:
    assert initials(name) == expected
