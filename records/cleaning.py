"""Text at the door: what no database can keep is taken out once, before anything else sees the words."""

from __future__ import annotations

import unicodedata

_KEPT_CONTROLS = frozenset("\n\t")


def clean_text(text: str) -> str:
    r"""Return text that every database, page and export can carry.

    Line ends become ``\n``; NUL and other control characters go; lone surrogates, which cannot be encoded,
    become U+FFFD. Nothing else is touched: spelling, spacing and alphabets are the writer's own.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) == "Cs" else c
        for c in text
        if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc"
    )
