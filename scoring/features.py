"""The small measured facts that moves and levels are computed from. Nothing in here counts how long a reply is.

A clause gets named features (words, pairs of words, cues, forms, echo of the patient); a reply gets its own from
the same pieces. Names are readable, so that a weight can be explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scoring.asides import neighbours_of, set_aside
from scoring.clauses import clauses
from scoring.cues import cue_books
from scoring.echo import COMMON, Heard, echo
from scoring.text import Span, Text, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

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


_BLANK = Token("", 0, 0, is_word=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with what was measured on it."""

    span: Span
    start: int
    end: int
    names: tuple[str, ...]
    """Features that are simply there."""
    measures: dict[str, float]
    """Features with an amount, each 0–1."""
    cues: frozenset[str]
    own: int = 0
    """Words of its own: neither small words nor part of a cue."""
    aside: bool = False
    """True where the words are not for the patient or add nothing (said twice, to the rater, a list of keywords)."""


def measure(reply: Text, heard: Heard) -> list[Clause]:
    """Return the clauses of a reply with their features."""
    pieces = clauses(reply)
    hits = cue_books()[0].find(reply)
    inside: list[set[str]] = [set() for _ in pieces]
    where = [0] * (len(reply.tokens) + 1)
    in_cue = [False] * (len(reply.tokens) + 1)
    for number, piece in enumerate(pieces):
        where[piece.first : piece.last] = [number] * (piece.last - piece.first)
    for hit in hits:
        in_cue[hit.first : hit.last] = [True] * (hit.last - hit.first)
        first, last = where[hit.first], where[hit.last - 1]
        for number in range(first, last + 1):
            inside[number].add(hit.cue)
    aside_ones = set_aside(reply, pieces, inside, heard)
    neighbours = neighbours_of(len(pieces), aside_ones)
    result: list[Clause] = []
    for number, piece in enumerate(pieces):
        tokens = [token for token in reply.tokens[piece.first : piece.last] if token.text != "\n"] or [_BLANK]
        words = [token.text for token in tokens if token.is_word]
        names = _ngrams([token.text for token in tokens])
        names += ["c=" + cue for cue in sorted(inside[number])]
        before, after = neighbours[number]
        if before is not None:
            names += ["p=" + cue for cue in sorted(inside[before])]
        if after is not None:
            names += ["n=" + cue for cue in sorted(inside[after])]
        names += ["f=" + form for form in _forms(words, tokens[-1].text, reply, piece)]
        names.append("f=first" if before is None else "f=later")
        if after is None:
            names.append("f=last")
        if "danger" in heard.kinds:
            names.append("f=danger")
        measures = echo(words, heard)
        if "question" in heard.kinds:
            names.append("f=asked")
        start, end = reply.cut(piece)
        own = 0
        for token, told in zip(reply.tokens[piece.first : piece.last], in_cue[piece.first : piece.last], strict=True):
            if token.is_word and not told and token.text not in COMMON:
                own += 1
        aside = number in aside_ones
        result.append(Clause(piece, start, end, tuple(names), measures, frozenset(inside[number]), own, aside))
    return result


_ONE_PERSON = {"he": "she", "him": "her", "his": "her", "hers": "her", "himself": "herself"}
"""Somebody else's pronouns count alike: whose they are says nothing about what a reply does."""


def _ngrams(words: Sequence[str]) -> list[str]:
    words = [_ONE_PERSON.get(word, word) for word in words]
    names = ["w=" + word for word in sorted(set(words))]
    # Sorted, so that sums come out the same to the last bit in every process.
    names += sorted({f"b={before}_{word}" for before, word in zip(("^", *words), words, strict=False)})
    return names


def _forms(words: Sequence[str], mark: str, reply: Text, piece: Span) -> list[str]:
    forms = []
    if not words:
        return ["mark"]
    first = (
        words[0] if words[0] not in ("and", "so", "but", "okay", "well", "right", "or") or len(words) < 2 else words[1]
    )
    asks = mark == "?"
    closing = asks
    if not asks:
        for token in reply.tokens[piece.last :]:
            if token.text in (".", "!", "?", "…"):
                closing = token.text == "?"
                break
    if asks:
        forms.append("asks")
    if closing:
        forms.append("in_question")
    if first in _AUX:
        forms.append("aux_first_asks" if closing else "aux_first")
    if first in _WH:
        forms.append("wh_first_asks" if closing else "wh_first")
    if first in _I:
        forms.append("i_first")
    elif first in _YOU:
        forms.append("you_first")
    elif first in _WE:
        forms.append("we_first")
    present = set(words)
    you, me = bool(present & _YOU), bool(present & _I)
    if you and not me and not closing:
        forms.append("you_statement")
    if you:
        forms.append("you")
    if me:
        forms.append("i")
    if present & _WE:
        forms.append("we")
    if present & _NOT:
        forms.append("not")
    if not (you or me) and not closing:
        forms.append("impersonal")
    if "or" in present:
        forms.append("or")
    if "if" in present:
        forms.append("if")
    if any(word[0].isdigit() for word in words):
        forms.append("number")
    if mark == "!":
        forms.append("shouts")
    if len(words) <= 2:
        forms.append("word_or_two")
    return forms
