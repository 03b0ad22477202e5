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
from operator import mul
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING, Any

from scoring.context import SCORE_INPUTS, context_rows
from scoring.echo import Heard, echo
from scoring.forest import Forest, forest_from
from scoring.kept import kept
from scoring.moves import Quoting
from scoring.scorecard import MOVES, SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scoring.features import Clause
    from scoring.text import Text

WEIGHTS = Path(__file__).with_name("weights.json")
UNIT = 1000.0
"""Weights are kept as whole thousandths."""
_FINE = 1 << 20
"""Scales are used as whole millionths or so, so that sums of packed rows stay whole."""
_FINEST = 1 / (UNIT * _FINE)
_NOTHING = repeat(0)
_FEW = 3
_BITS = 64
_HALF = 1 << (_BITS - 1)
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


class Rows:
    """Rows of a table by feature name, each packed when it is first asked for.

    A packed row is one long number with a field of 64 bits for each output: one sum of rows adds all their outputs, and
    one product scales them.
    """

    __slots__ = ("_bias", "_fields", "_rows", "written")

    def __init__(self, written: Mapping[str, str], width: int) -> None:
        self.written = written
        """For each feature name its row as the weights file has it, with spaces between the numbers."""
        self._fields = Struct(f"<{width}Q")
        self._bias = sum(_HALF << (_BITS * place) for place in range(width))
        self._rows: dict[str, Any] = dict(written)

    def sum_of(self, names: Sequence[str]) -> int:
        """Return the sum of the packed rows of those names that have one."""
        rows = self._rows
        try:
            return sum(map(rows.get, names, _NOTHING))  # inside the interpreter's own loops
        except TypeError:  # a row that was not asked for before is still as it was written
            return sum(self.each_of(names))

    def each_of(self, names: Iterable[str]) -> list[int]:
        """Return the packed row of each name, 0 for one that has none."""
        rows = self._rows
        found = [rows.get(name, 0) for name in names]
        if str in map(type, found):
            for name in names:
                if isinstance(rows.get(name), str):
                    rows[name] = self._packed(rows[name])
            found = [rows.get(name, 0) for name in names]
        return found

    def _packed(self, written: str) -> int:
        fields = self._fields.pack(*[int(word) + _HALF for word in written.split()])
        return int.from_bytes(fields, "little") - self._bias

    def unpacked(self, total: int) -> tuple[int, ...]:
        """Return the outputs of a sum of packed rows, each ``2**63`` too high."""
        fields = self._fields
        return fields.unpack((total + self._bias).to_bytes(fields.size, "little"))


@dataclass(frozen=True, slots=True)
class Part:
    """One table of weights: for each feature name a row, one number for each output."""

    outputs: tuple[str, ...]
    base: tuple[float, ...]
    rows: Rows

    def total(self, groups: Iterable[tuple[float, Sequence[str]]]) -> list[float]:
        """Return the outputs for features given by scale."""
        total = 0
        few: list[str] = []
        scales: list[int] = []
        for scale, names in groups:
            if len(names) > _FEW:
                total += int(scale * _FINE) * self.rows.sum_of(names)
            else:  # looked up all at once: most groups hold a single name
                few += names
                scales += [int(scale * _FINE)] * len(names)
        return self._unpacked(total + sum(map(mul, self.rows.each_of(few), scales)))

    def total_of(self, features: Mapping[str, float]) -> list[float]:
        """Return the outputs for features given with their amounts."""
        rows = self.rows.each_of(features)
        return self._unpacked(sum(map(mul, rows, [int(amount * _FINE) for amount in features.values()])))

    def _unpacked(self, total: int) -> list[float]:
        return [
            base + (amount - _HALF) * _FINEST for base, amount in zip(self.base, self.rows.unpacked(total), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Model:
    """All fitted parts, with their provenance."""

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

    def move_scores(self, pieces: Sequence[Clause], heard: Heard) -> list[list[float]]:
        """Return for each clause the score 0–1 of each move, in the order of ``MOVES``."""
        first = [
            [s if 0.0 < s < 1.0 else float(s > 0.0) for s in self.moves.total(clause_groups(piece))] for piece in pieces
        ]
        forest = self.second_look
        if forest is None:
            return first
        rows = context_rows(pieces, first, heard, forest.inputs[len(SCORE_INPUTS) :])
        return [
            [(a + b) / 2 for a, b in zip(one, forest.predict(row), strict=True)]
            for one, row in zip(first, rows, strict=True)
        ]

    def level_scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the outputs of ``LEVEL_NAMES`` for the features of a whole reply."""
        scores = dict(zip(LEVEL_NAMES, self.levels.total_of(features), strict=True))
        if features:
            inputs: tuple[str, ...] = ()
            amounts: list[float] = []
            for name, forest in self.level_forests.items():
                if forest.inputs != inputs:  # as a rule they all ask about the same features
                    inputs = forest.inputs
                    amounts = [features.get(feature, 0.0) for feature in inputs]
                scores[name] = (scores[name] + forest.predict(amounts)[0]) / 2
        return scores


def length_of(text: Text, pieces: Sequence[Clause]) -> float:
    """Return the length of a reply on a log scale, 0 at thirty words; what is set aside does not count."""
    words = sum(
        1
        for piece in pieces
        if not piece.aside
        for token in text.tokens[piece.span.first : piece.span.last]
        if token.is_word
    )
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
        for name in piece.names:
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

    def part(name: str) -> Part:
        table = content.get(name) or {"outputs": (), "base": (), "rows": {}}
        return Part(tuple(table["outputs"]), tuple(table["base"]), Rows(table["rows"], len(table["outputs"])))

    return Model(
        moves=part("moves"),
        levels=part("levels"),
        thresholds={name: Quoting(*given) for name, given in content["thresholds"].items()},
        cuts={skill: tuple(content["cuts"][skill]) for skill in SKILLS},
        length_steps=content.get("length_steps", dict.fromkeys(SKILLS, 0.0)),
        certainty={skill: tuple(content["certainty"][skill]) for skill in SKILLS},
        called_above=content["called_above"],
        spoken=part("spoken"),
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
