"""The small measured facts that moves and levels are computed from. Nothing in here counts how long a reply is.

A clause gets named features (words, pairs of words, cues, forms, echo of the patient); a reply gets its own from
the same pieces. Names are readable, so that a weight can be explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, islice
from typing import TYPE_CHECKING

from scoring.asides import neighbours_of, set_aside
from scoring.clauses import clauses
from scoring.cues import cue_books
from scoring.echo import COMMON, Heard, echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.text import Span, Text

_AUX = frozenset(
    [
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "have",
        "has",
        "had",
        "can",
        "could",
        "would",
        "will",
        "should",
        "shall",
        "may",
        "might",
        "am",
    ]
)
_WH = frozenset(["what", "how", "why", "who", "where", "when", "which", "whose"])
_I = frozenset(["i", "my", "me", "mine", "myself"])
_YOU = frozenset(["you", "your", "yours", "yourself"])
_WE = frozenset(["we", "us", "our", "ours", "together"])
_NOT = frozenset(["not", "no", "never", "nobody", "nothing", "none", "without", "neither", "nor"])


_OPENS = frozenset(["and", "so", "but", "okay", "well", "right", "or"])
_CLOSES = frozenset([".", "!", "?", "…"])


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with what was measured on it."""

    span: Span
    start: int
    end: int
    words: frozenset[str]
    """Its words and marks, each once."""
    pairs: frozenset[tuple[str, str]]
    """Which word stands behind which, the first one behind "^"."""
    signs: tuple[str, ...]
    """Its cues and those beside it, and its forms."""
    measures: dict[str, float]
    """Features with an amount, each 0–1."""
    cues: frozenset[str]
    own: int = 0
    """Words of its own: neither small words nor part of a cue."""
    aside: bool = False
    """True where the words are not for the patient or add nothing (said twice, to the rater, a list of keywords)."""

    @property
    def names(self) -> tuple[str, ...]:
        """The features that are simply there, by name; sorted, so that all processes have them in one order."""
        pairs = sorted(f"b={before}_{word}" for before, word in self.pairs)
        return (*("w=" + word for word in sorted(self.words)), *pairs, *self.signs)


def measure(reply: Text, heard: Heard) -> list[Clause]:
    """Return the clauses of a reply with their features."""
    pieces = clauses(reply)
    hits = cue_books()[0].find(reply)
    inside: list[set[str]] = [set() for _ in pieces]
    where: list[int] = []
    counts = reply.are_words.copy()  # words of its own: neither small words nor part of a cue
    for number, piece in enumerate(pieces):
        where += [number] * (piece.last - piece.first)
    for hit in hits:
        counts[hit.first : hit.last] = [False] * (hit.last - hit.first)
        for number in range(where[hit.first], where[hit.last - 1] + 1):
            inside[number].add(hit.cue)
    aside_ones = set_aside(reply, pieces, inside, heard)
    neighbours = neighbours_of(len(pieces), aside_ones)
    cues = [sorted(names) for names in inside]
    told = [sign for kind, sign in (("danger", "f=danger"), ("question", "f=asked")) if kind in heard.kinds]
    result: list[Clause] = []
    for number, piece in enumerate(pieces):
        first, last = piece
        texts = reply.texts[first:last]
        words = [*compress(texts, reply.are_words[first:last])]
        if "\n" in texts:
            texts = [text for text in texts if text != "\n"] or [""]
        before, after = neighbours[number]
        signs = ["c=" + cue for cue in cues[number]]
        if before is not None:
            signs += ["p=" + cue for cue in cues[before]]
        if after is not None:
            signs += ["n=" + cue for cue in cues[after]]
        signs += _forms(words, texts[-1], reply, piece)
        signs.append("f=first" if before is None else "f=later")
        if after is None:
            signs.append("f=last")
        signs += told
        own = [word for word in compress(reply.texts[first:last], counts[first:last]) if word not in COMMON]
        read = [_ONE_PERSON.get(text, text) for text in texts]
        result.append(
            Clause(
                piece, *reply.cut(piece), frozenset(read), frozenset(zip(("^", *read), read, strict=False)),
                tuple(signs), echo(words, heard), frozenset(inside[number]), len(own), number in aside_ones,
            )
        )  # fmt: skip
    return result


_ONE_PERSON = {"he": "she", "him": "her", "his": "her", "hers": "her", "himself": "herself"}
"""Somebody else's pronouns count alike: whose they are says nothing about what a reply does."""


def _forms(words: Sequence[str], mark: str, reply: Text, piece: Span) -> list[str]:
    if not words:
        return ["f=mark"]
    forms = []
    first = words[0] if words[0] not in _OPENS or len(words) < 2 else words[1]
    asks = mark == "?"
    closing = asks or next((text for text in islice(reply.texts, piece.last, None) if text in _CLOSES), "") == "?"
    if asks:
        forms.append("f=asks")
    if closing:
        forms.append("f=in_question")
    if first in _AUX:
        forms.append("f=aux_first_asks" if closing else "f=aux_first")
    if first in _WH:
        forms.append("f=wh_first_asks" if closing else "f=wh_first")
    if first in _I:
        forms.append("f=i_first")
    elif first in _YOU:
        forms.append("f=you_first")
    elif first in _WE:
        forms.append("f=we_first")
    you, me = not _YOU.isdisjoint(words), not _I.isdisjoint(words)
    if you and not me and not closing:
        forms.append("f=you_statement")
    if you:
        forms.append("f=you")
    if me:
        forms.append("f=i")
    if not _WE.isdisjoint(words):
        forms.append("f=we")
    if not _NOT.isdisjoint(words):
        forms.append("f=not")
    if not (you or me or closing):
        forms.append("f=impersonal")
    if "or" in words:
        forms.append("f=or")
    if "if" in words:
        forms.append("f=if")
    if any(word[0].isdigit() for word in words):
        forms.append("f=number")
    if mark == "!":
        forms.append("f=shouts")
    if len(words) <= 2:
        forms.append("f=word_or_two")
    return forms
