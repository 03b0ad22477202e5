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
_SHORT = ((2, "few=2"), (4, "few=4"), (8, "few=8"))


def spoken_groups(
    text: Text, pieces: Sequence[Clause], pooled: Mapping[str, float]
) -> Iterable[tuple[float, list[str]]]:
    """Yield the features of a turn by their scale: words, cues and forms, pooled move scores, shape."""
    words: set[str] = set()
    for piece in pieces:
        words.update(name for name in piece.names if name[0] in "wb")
    yield 1 / sqrt(len(words) or 1), sorted(words)
    for name, amount in pooled.items():
        if amount > _LEAST_AMOUNT and name[:2] != "k=":
            yield amount * (0.7 if name[:4] in ("max=", "any=", "mean", "last") else 1.0), [name]
    if pieces:
        yield 0.4, ["L" + name for name in pieces[-1].names if name[0] == "f"]
        yield 0.4, ["F" + name for name in pieces[0].names if name[0] == "f"]
    count = sum(1 for token in text.tokens if token.is_word)
    yield 0.5, [name for limit, name in _SHORT if count <= limit]
    first = next((token.text for token in text.tokens if token.is_word), None)
    if first is not None:
        yield 0.5, ["first=" + first]
