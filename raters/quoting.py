"""Finding a quote in what was really typed: exactly, except for curly quotes, case, spacing and hidden characters.

Near is not enough: "it makes no sense that" is nearly "it makes sense that", and says the opposite.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {**dict.fromkeys("‘’‛ʼ′`´", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
)
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the reply, with their place: ``reply[start:end] == quote``."""

    quote: str
    start: int
    end: int


def without_hidden(text: str) -> str:
    """Return a text without characters that nobody sees: zero-width, direction marks, tag characters, controls."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cf", "Cc", "Co", "Cn", "Cs"})


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text as it is compared, and for each of its characters the place in the original."""
    made: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if char.isspace():
            if made and made[-1] == " ":
                continue
            plain = " "
        elif not without_hidden(char):
            continue
        else:
            plain = unicodedata.normalize("NFKC", char).translate(_PLAIN).casefold()
        made.extend(plain)
        places.extend([place] * len(plain))
    return "".join(made), places


def find(quote: str, reply: str) -> Quote | None:
    """Return where a quote stands in the reply, or None if it does not stand there word for word.

    A quote of fewer than two words counts only if it is all of the reply; it must begin and end with whole words.
    """
    wanted = _folded(quote.strip())[0].strip().strip('"').removesuffix("...").removeprefix("...").strip()
    have, places = _folded(reply)
    if not wanted or (len(wanted.split()) < _LEAST_WORDS and wanted.strip(".!? ") != have.strip().strip(".!? ")):
        return None
    at = have.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before, after = have[at - 1 : at], have[end : end + 1]
        if not (before.isalnum() and wanted[0].isalnum()) and not (after.isalnum() and wanted[-1].isalnum()):
            start, stop = places[at], places[end - 1] + 1
            return Quote(reply[start:stop], start, stop)
        at = have.find(wanted, at + 1)
    return None


def blanked(reply: str, spans: list[tuple[int, int]]) -> str:
    """Return the reply with the given stretches as spaces, so that all other places stay where they were."""
    letters = list(reply)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
