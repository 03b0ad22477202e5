"""Text that somebody wrote, made safe to draw: no markup, no pictures fetched, no links made out of it."""

from __future__ import annotations

import re
import string

_PUNCTUATION = re.compile("([" + re.escape(string.punctuation) + "])")
_JOINER = "\N{WORD JOINER}"
# Emoji names, icons, arrows and bare addresses are found in the text after escapes are gone, so they are parted by a
# character that nobody sees.
_LATE = re.compile(r"(\\:|\\@|\\-|\\<|\\>|\\~|\\=|[wW]{2}(?=[wW]))")


def as_markdown(text: str) -> str:
    """Return Markdown that shows exactly this text, on one line, in any place where Streamlit reads Markdown."""
    return _LATE.sub(r"\1" + _JOINER, _PUNCTUATION.sub(r"\\\1", " ".join(text.split())))


def initials(name: str) -> str:
    """Return up to two initials of a name, for the picture of somebody who has none."""
    words = [word for word in re.split(r"[\s\-]+", name) if word[:1].isalpha()]
    picked = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in picked).upper() or "?"
