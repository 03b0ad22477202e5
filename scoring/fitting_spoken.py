"""Fitting and measuring the table for spoken turns (``spoken.py``) on labelled dialogues given by their file and ours.

Our own turns are written and labelled by language models, so they count less, and nothing is measured on them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.echo import hear
from scoring.features import measure
from scoring.fitting_words import directions_of, folded
from scoring.model import Model, reply_features
from scoring.ridge import Ridge, Table
from scoring.spoken import OUTPUTS, spoken_groups
from scoring.text import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.fitting import Rated

STRENGTH = 3.0
OWN = Path(__file__).with_name("data") / "spoken.jsonl"
OWN_COUNT = 0.15
"""How much one of our own turns counts beside one of the dialogues'."""
_FIVE_WORDS = 5
_OFFSETS = tuple(round(-0.1 + 0.05 * step, 2) for step in range(13))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa with the expert labels, whole dialogues left out."""

    main: float
    reflects: float
    reflects_kind: float
    asks_kind: float
    reflects_of_five_words: float
    quality_auc: float


def kappa(a: Sequence[Any], b: Sequence[Any]) -> float:
    """Return Cohen's kappa (1960) of two labellings."""
    n = len(a)
    seen = sum(x == y for x, y in zip(a, b, strict=True)) / n
    chance = sum((list(a).count(label) / n) * (list(b).count(label) / n) for label in set(a) | set(b))
    return (seen - chance) / (1 - chance) if chance < 1 else float("nan")


def area_under_curve(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Return how often a positive case scores above a negative one (ties count half)."""
    high = [s for s, p in zip(scores, positive, strict=True) if p]
    low = [s for s, p in zip(scores, positive, strict=True) if not p]
    wins = sum((a > b) + 0.5 * (a == b) for a in high for b in low)
    return wins / (len(high) * len(low))


def fit_spoken(path: Path, model: Model, own: Sequence[Rated]) -> tuple[dict[str, Any], dict[str, float], Agreement]:
    """Return the weights, the offsets for "none", and the agreement with each dialogue left out in turn."""
    import numpy as np

    turns, written = _turns(path), _turns(OWN)
    allowed = {name for reply in own for piece in reply.pieces for name in piece.names}
    for turn in written:
        allowed.update(name for piece in measure(parse(turn["reply"]), hear(turn["patient"])) for name in piece.names)
    allowed |= {"first=" + name[2:] for name in allowed if name.startswith("w=")}
    rows = [_row(turn, model, allowed) for turn in (*turns, *written)]
    dialogues = [turn["id"].split("-")[0] for turn in (*turns, *written)]
    number = {name: at for at, name in enumerate(dict.fromkeys(dialogues))}
    groups = [number[name] for name in dialogues]
    table = Table(rows, groups, 3)
    wanted = np.array(
        [
            [float(turn["main"] == name) for name in OUTPUTS[:4]]
            + [float(turn["reflection"] == name) for name in ("simple", "complex", "none")]
            + [float(turn["question"] == name) for name in ("open", "closed", "none")]
            for turn in (*turns, *written)
        ]
    )
    counts = np.array([1.0] * len(turns) + [OWN_COUNT] * len(written))
    ridge = Ridge(table, wanted, np.array(groups), STRENGTH, np.arange(len(rows)), counts)
    wanted, groups = wanted[: len(turns)], groups[: len(turns)]
    unseen = ridge.unseen[: len(turns)]
    offsets = {}
    for name, first in (("reflects", 4), ("asks", 7)):
        labelled = wanted[:, first : first + 3].sum(axis=1) > 0
        truth = wanted[labelled, first : first + 3].argmax(axis=1).tolist()
        offsets[name] = max(
            _OFFSETS,
            key=lambda o: (round(kappa(truth, _kinds(unseen[labelled], first, o)), 6), -abs(o)),
        )
    return (
        {
            "outputs": list(OUTPUTS),
            "base": [round(float(v), 4) for v in ridge.base],
            "rows": {
                name: " ".join(str(round(float(v) * 1000)) for v in row)
                for name, row in folded(table.names, ridge.weights).items()
                if any(round(float(v) * 1000) for v in row)
            },
        },
        offsets,
        _agreement(turns, unseen, offsets, groups),
    )


def _turns(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _row(turn: dict[str, Any], model: Model, allowed: set[str]) -> dict[str, float]:
    """Return the features of a turn with their amounts; of words and cues only those that are allowed."""
    heard, text = hear(turn["patient"]), parse(turn["reply"])
    pieces = measure(text, heard)
    pooled = reply_features(text, heard, pieces, model.move_scores(pieces, heard))
    row: dict[str, float] = {}
    for scale, names in spoken_groups(text, pieces, pooled):
        row.update((n, scale) for n in names if n in allowed or (n[:2] not in ("w=", "b=") and n[:6] != "first="))
        row.update(directions_of([name[2:] for name in names if name[:2] == "w="], scale))
    return row


def _kinds(scores: Any, first: int, offset: float) -> list[int]:
    kinds = scores[:, first : first + 3].copy()
    kinds[:, 2] -= offset
    return [int(kind) for kind in kinds.argmax(axis=1)]


def _labelled(
    turns: Sequence[dict[str, Any]], label: str, given: Sequence[int], names: tuple[str, ...]
) -> list[tuple[dict[str, Any], str, str]]:
    return [(turn, turn[label], names[kind]) for turn, kind in zip(turns, given, strict=True) if turn[label] in names]


def _agreement(
    turns: Sequence[dict[str, Any]], scores: Any, offsets: dict[str, float], groups: Sequence[int]
) -> Agreement:
    names = OUTPUTS[:4]
    main = [names[int(at)] for at in scores[:, :4].argmax(axis=1)]
    # A few turns lack one label or another; each figure counts the turns that have its label.
    reflects = _labelled(turns, "reflection", _kinds(scores, 4, offsets["reflects"]), ("simple", "complex", "none"))
    asks = _labelled(turns, "question", _kinds(scores, 7, offsets["asks"]), ("open", "closed", "none"))
    long = [(a, b) for turn, a, b in reflects if len(turn["reply"].split()) >= _FIVE_WORDS]
    mains = [(turn["main"], given) for turn, given in zip(turns, main, strict=True) if turn["main"]]
    visits = sorted(set(groups))
    quality, figure = [], []
    for visit in visits:
        at = [i for i, g in enumerate(groups) if g == visit]
        quality.append(turns[at[0]]["mi_quality"] == "high")
        figure.append(sum(scores[i, 4] + scores[i, 5] - 2 * scores[i, 2] for i in at) / len(at))
    return Agreement(
        main=kappa([a for a, _ in mains], [b for _, b in mains]),
        reflects=kappa([a != "none" for _, a, _ in reflects], [b != "none" for _, _, b in reflects]),
        reflects_kind=kappa([a for _, a, _ in reflects], [b for _, _, b in reflects]),
        asks_kind=kappa([a for _, a, _ in asks], [b for _, _, b in asks]),
        reflects_of_five_words=kappa([a != "none" for a, _ in long], [b != "none" for _, b in long]),
        quality_auc=area_under_curve(figure, quality),
    )
