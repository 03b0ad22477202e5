"""What a turn mostly is, whether it asks and whether it reflects, in the sense of trained coders of real speech.

A small table of weights of its own, fitted on expert labels of motivational-interviewing demonstrations (AnnoMI, Wu et
al. 2022, 2023) and on turns of our own. Only cues and words of our own data, and common English words, carry weight; no
text of that set is kept here.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scoring.features import Clause
    from scoring.text import Text

OUTPUTS: tuple[str, ...] = (
    "question", "reflection", "therapist_input", "other",
    "reflects_simple", "reflects_complex", "reflects_none", "asks_open", "asks_closed", "asks_none",
)  # fmt: skip
"""Four main behaviours, three answers about reflection and three about questions; each about 0–1."""
_LEAST_AMOUNT = 0.04
_POOLED = ("max=", "any=", "mean", "last")


class _Shares(dict[str, float]):
    """What share of its amount each pooled feature counts with, the kinds of the patient's words not at all."""

    def __missing__(self, name: str) -> float:
        share = self[name] = 0.0 if name[:2] == "k=" else 0.7 if name[:4] in _POOLED else 1.0
        return share


_SHARES = _Shares()
_SHORT = ((2, "few=2"), (4, "few=4"), (8, "few=8"))


def spoken_groups(
    text: Text, pieces: Sequence[Clause], pooled: Mapping[str, float]
) -> Iterable[tuple[float, list[str]]]:
    """Yield the features of a turn by their scale: words, cues and forms, pooled move scores, shape."""
    words = {name for piece in pieces for name in piece.names if name[0] in "wb"}
    yield 1 / sqrt(len(words) or 1), sorted(words)
    for name, scale in spoken_signs(text, pieces, pooled):
        yield scale, [name]


def spoken_words(pieces: Sequence[Clause]) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the words of a turn and their pairs."""
    return set().union(*[piece.words for piece in pieces]), set().union(*[piece.pairs for piece in pieces])


def spoken_signs(text: Text, pieces: Sequence[Clause], pooled: Mapping[str, float]) -> list[tuple[str, float]]:
    """Return the features of a turn beside its words, each with its scale."""
    signs = [
        (name, amount * share) for name, amount in pooled.items() if amount > _LEAST_AMOUNT and (share := _SHARES[name])
    ]
    if pieces:
        signs += [("L" + name, 0.4) for name in pieces[-1].signs if name[0] == "f"]
        signs += [("F" + name, 0.4) for name in pieces[0].signs if name[0] == "f"]
    words = text.words()
    signs += [(name, 0.5) for limit, name in _SHORT if len(words) <= limit]
    if words:
        signs.append(("first=" + words[0], 0.5))
    return signs
