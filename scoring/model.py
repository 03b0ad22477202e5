"""The fitted weights and their use: a score for each move of each clause, a level for each skill of a reply.

A first look gives each clause sums of weights by feature name; a second look, by a forest of small trees, sees the
clause among its neighbours. Levels are the mean of a sum of weights and a forest, both on the pooled scores.
``weights.json`` says what all of it was fitted on and how well it does. Pure Python; the fitting is in ``fitting.py``.
"""

from __future__ import annotations

import gc
import json
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from math import log, prod, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.context import SCORE_INPUTS, context_rows
from scoring.echo import MEASURES, Heard, echo
from scoring.forest import Forest, forest_from
from scoring.kept import kept
from scoring.moves import Quoting
from scoring.rows import FINE, Part, Words, part_from, scale_of
from scoring.scorecard import MOVES, SKILLS, Skill
from scoring.spoken import OUTPUTS, spoken_signs, spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scoring.features import Clause
    from scoring.text import Text

WEIGHTS = Path(__file__).with_name("weights.json")
_SCALES = {"c": 0.3, "f": 0.3, "p": 0.12, "n": 0.12}
_MEASURE = 0.5
_STARTING_WORDS = 5
_USUAL_WORDS = 30
_PLACES = frozenset({"f=first", "f=later", "f=last"})
_HARDLY_THERE = 0.02
_POOLED = [("max=" + move, "any=" + move, "mean=" + move, "last=" + move) for move in MOVES]
LEVEL_NAMES: tuple[str, ...] = (*SKILLS, "called_reflection", "called_sdm")
"""What a reply's own weights give: three levels 0–4, and whether two of the skills were called for (0–1)."""


def clause_groups(clause: Clause) -> Iterable[tuple[float, list[str]]]:
    """Yield the features of a clause by their scale: words share one unit of length, whatever their number."""
    words: list[str] = []
    others: dict[str, list[str]] = {"w": words, "b": words}
    for name in clause.names:
        others.setdefault(name[0], []).append(name)
    yield 1 / sqrt(len(words) or 1), words
    del others["w"], others["b"]
    for kind, names in others.items():
        yield _SCALES[kind], names
    for name, amount in clause.measures.items():
        if amount:
            yield _MEASURE * amount, ["m=" + name]


class _Scaled(dict[str, int]):
    """The packed row of each cue and form times the scale of its kind."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part

    def __missing__(self, name: str) -> int:
        row = self[name] = self._part.of_signs([name], [_SCALES[name[0]]])
        return row


@dataclass(frozen=True, slots=True)
class Model:
    """All fitted parts, with their provenance."""

    words: Words
    """Rows of words for ``moves`` and, behind these, for ``spoken``."""
    moves: Part
    levels: Part
    thresholds: Mapping[str, Quoting]
    """For each move, from what score on it is quoted, and how far."""
    cuts: Mapping[Skill, tuple[float, ...]]
    """For each skill, the four borders between the five levels."""
    length_steps: Mapping[Skill, float]
    """What a unit of length takes off each skill's score, so that long replies gain nothing by their length."""
    certainty: Mapping[Skill, tuple[float, float, float]]
    called_above: Mapping[str, float]
    spoken: Part
    offsets: Mapping[str, float]
    """What is taken off the score of "no reflection" and "no question" in spoken turns."""
    provenance: Mapping[str, Any]
    second_look: Forest | None = None
    """The forest that sees each clause among its neighbours; its scores are averaged with the first ones."""
    level_forests: Mapping[str, Forest] = field(default_factory=dict)
    """For each of ``LEVEL_NAMES`` a forest; its answer is averaged with the sum of weights."""
    _scaled: dict[str, int] = field(init=False, repr=False, compare=False)
    _measured: dict[str, int] = field(init=False, repr=False, compare=False)
    """For each measure of a clause the packed row of the moves."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_scaled", _Scaled(self.moves))
        object.__setattr__(self, "_measured", {name: self.moves.signs["m=" + name] for name in MEASURES})

    def move_scores(self, pieces: Sequence[Clause], heard: Heard) -> list[list[float]]:
        """Return for each clause the score 0–1 of each move, in the order of ``MOVES``."""
        first = [self._first_look(piece) for piece in pieces]
        forest = self.second_look
        if forest is None:
            return first
        rows = context_rows(pieces, first, heard, forest.inputs[len(SCORE_INPUTS) :])
        return [
            [(a + b) / 2 for a, b in zip(one, forest.predict(row), strict=True)]
            for one, row in zip(first, rows, strict=True)
        ]

    def _first_look(self, piece: Clause) -> list[float]:
        """Return the score 0–1 of each move by the clause alone: the sum over its `clause_groups`."""
        total = sum(map(self._scaled.__getitem__, piece.signs))
        for name, amount in piece.measures.items():
            if amount:
                total += int(_MEASURE * amount * FINE) * self._measured[name]
        sums = self.words.sums_of(piece.words, piece.pairs)
        return self.moves.cut_outputs_of(total, sums, scale_of(piece.words, piece.pairs))

    def turn_scores(self, text: Text, pieces: Sequence[Clause], pooled: Mapping[str, float]) -> dict[str, float]:
        """Return what the whole turn mostly is, asks and reflects, by ``spoken.OUTPUTS``; nothing without a table."""
        part = self.spoken
        if not part.outputs:
            return {}
        signs = spoken_signs(text, pieces, pooled)
        total = part.of_signs(*zip(*signs, strict=True)) if signs else 0
        words, pairs = spoken_words(pieces)
        sums = self.words.sums_of(words, pairs)[len(self.moves.outputs) :]
        return dict(zip(OUTPUTS, part.outputs_of(total, sums, scale_of(words, pairs)), strict=False))

    def level_scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the outputs of ``LEVEL_NAMES`` for the features of a whole reply."""
        total = self.levels.of_signs(features, features.values())
        scores = dict(zip(LEVEL_NAMES, self.levels.outputs_of(total), strict=True))
        if features:
            inputs: tuple[str, ...] = ()
            amounts: list[float] = []
            for name, forest in self.level_forests.items():
                if forest.inputs != inputs:  # as a rule they all ask about the same features
                    inputs = forest.inputs
                    amounts = [*map(features.get, inputs, repeat(0.0))]
                scores[name] = (scores[name] + forest.predict(amounts)[0]) / 2
        return scores


def length_of(text: Text, pieces: Sequence[Clause]) -> float:
    """Return the length of a reply on a log scale, 0 at thirty words; what is set aside does not count."""
    words = sum(sum(text.are_words[piece.span.first : piece.span.last]) for piece in pieces if not piece.aside)
    return log((words + _STARTING_WORDS) / (_USUAL_WORDS + _STARTING_WORDS))


def reply_features(
    reply: Text, heard: Heard, pieces: Sequence[Clause], scores: Sequence[Sequence[float]]
) -> dict[str, float]:
    """Return the features of a whole reply: pooled move scores, cues, forms and echo. None grows with its length."""
    features: dict[str, float] = {}
    kept = [(piece, row) for piece, row in zip(pieces, scores, strict=True) if not piece.aside]
    if not kept:
        return features
    share = 1 / len(kept)
    for (highest, some, mean, last), column in zip(_POOLED, zip(*[row for _, row in kept], strict=True), strict=True):
        top = max(column)
        if top <= _HARDLY_THERE:
            continue
        features[highest] = top
        features[some] = 1 - prod([1 - score for score in column])
        features[mean] = sum(column) * share
        features[last] = column[-1] * 0.6
    for kind in sorted(heard.kinds):
        features["k=" + kind] = 0.4
    words: list[str] = []
    for piece, _ in kept:
        words.extend(reply.words(piece.span))
        for cue in sorted(piece.cues):
            features["c=" + cue] = 0.4
        for name in piece.signs:
            if name[0] == "f" and name not in _PLACES:
                features[name] = features.get(name, 0.0) + 0.5 * share
        for name in ("echo", "covers", "echo_pairs", "copied"):
            key = "m=" + name
            features[key] = max(features.get(key, 0.0), piece.measures.get(name, 0.0))
    for name, amount in echo(words, heard).items():
        features["e=" + name] = amount
    return features


def model_from(content: Mapping[str, Any]) -> Model:
    """Return the model that a weights file describes. Raises KeyError for a file of another shape."""
    nothing: dict[str, Any] = {"outputs": (), "base": (), "rows": {}}
    tables = {name: content.get(name) or nothing for name in ("moves", "levels", "spoken")}
    parts = {name: part_from(table) for name, table in tables.items()}
    return Model(
        words=Words(*[(tables[name]["rows"], len(tables[name]["outputs"])) for name in ("moves", "spoken")]),
        moves=parts["moves"],
        levels=parts["levels"],
        thresholds={name: Quoting(*given) for name, given in content["thresholds"].items()},
        cuts={skill: tuple(content["cuts"][skill]) for skill in SKILLS},
        length_steps=content.get("length_steps", dict.fromkeys(SKILLS, 0.0)),
        certainty={skill: tuple(content["certainty"][skill]) for skill in SKILLS},
        called_above=content["called_above"],
        spoken=parts["spoken"],
        offsets=content.get("offsets", {}),
        provenance=content["provenance"],
        second_look=forest_from(content.get("second_look", {})),
        level_forests={
            name: forest
            for name, kept in content.get("level_forests", {}).items()
            if (forest := forest_from(kept)) is not None
        },
    )


class _Borders(dict[str, float]):
    """Numbers by how they are written, each made once.

    The trees ask about tens of thousands of borders, few of which differ: shared, they stay close to the processor.
    """

    def __missing__(self, written: str) -> float:
        number = self[written] = float(written)
        return number


def _read() -> Any:
    return json.loads(WEIGHTS.read_bytes(), parse_float=_Borders().__getitem__)


@cache
def model() -> Model:
    """Return the shipped model, read once."""
    collecting = gc.isenabled()
    gc.disable()  # nothing in here is ever let go, and looking for it again and again takes most of the time
    try:
        return model_from(kept("weights", (WEIGHTS, Path(__file__)), _read))
    finally:
        if collecting:
            gc.enable()
