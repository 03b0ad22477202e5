"""Fitting the weights from rated replies, and measuring them by cross-validation. Needs numpy; not used when rating.

Three stages. Clauses are scored for each move by a ridge on their features; a forest then looks at each clause among
its neighbours; replies are levelled by a ridge and a forest on the pooled scores and their own features. Scores that
feed the next stage come from models that had not seen the situation. Cross-validation leaves whole situations out of
all stages and of the choice of thresholds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scoring.context import SCORE_INPUTS, context_rows
from scoring.fitting_borders import best_thresholds, even_out
from scoring.fitting_data import DATA, SHIPPED, Rated, load
from scoring.fitting_forest import content_of, fold_of, grow_unseen
from scoring.fitting_words import directions_of, folded
from scoring.model import LEVEL_NAMES, clause_groups, length_of, reply_features
from scoring.ridge import Ridge, Table
from scoring.rows import UNIT
from scoring.scorecard import MOVES, SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scoring.features import Clause
    from scoring.moves import Quoting

__all__ = ["DATA", "SHIPPED", "Fitted", "Rated", "Workbench", "fit_on", "load"]
MOVE_STRENGTH = 3.0
LEVEL_STRENGTH = 4.0
SECOND_LOOK = (16, 16)
"""Trees, and the fewest clauses in a leaf."""
LEVEL_TREES = (20, 5)
"""Trees for each level, and the fewest replies in a leaf."""
_LEAST_SITUATIONS = 3
"""In how many situations a clause's feature must occur to have a weight."""
_LEAST_CASES = 15
"""How often a feature must occur for the forests to ask about it."""
FOLDS = 5


def clause_targets(rated: Sequence[Rated]) -> Any:
    """Return a matrix of clauses by moves: 1 where at least half of the clause was quoted for the move."""
    import numpy as np

    wanted = np.zeros((sum(len(reply.pieces) for reply in rated), len(MOVES)))
    row = 0
    for reply in rated:
        gold = {move: reply.gold(move) for move in {item["move"] for item in reply.record.get("moves", ())}}
        for piece in reply.pieces:
            for move, places in gold.items():
                for start, end in places:
                    if 2 * (min(end, piece.end) - max(start, piece.start)) >= piece.end - piece.start:
                        wanted[row, MOVES.index(move)] = 1.0
            row += 1
    return wanted


def clause_row(piece: Clause) -> dict[str, float]:
    """Return the features of a clause with their amounts, and where its words stand among words that mean alike."""
    row: dict[str, float] = {}
    for scale, names in clause_groups(piece):
        row.update((name, scale) for name in names)
        row.update(directions_of([name[2:] for name in names if name[:2] == "w="], scale))
    return row


class Workbench:
    """Everything about the data that does not depend on a fold."""

    def __init__(self, rated: Sequence[Rated]) -> None:
        import numpy as np

        self.rated = list(rated)
        contexts = sorted({reply.record["context"] for reply in rated})
        number = {context: at for at, context in enumerate(contexts)}
        self.group = np.array([number[reply.record["context"]] for reply in rated])
        self.inner = np.array([fold_of(reply.record["context"]) for reply in rated])
        self.owner = np.array([at for at, reply in enumerate(rated) for _ in reply.pieces])
        rows = [clause_row(piece) for reply in rated for piece in reply.pieces]
        self.moves_rated = np.array(["moves" in reply.record for reply in rated])
        marked = self.moves_rated[self.owner]
        self.clause_table = Table(rows, [int(self.group[at]) for at in self.owner], _LEAST_SITUATIONS, marked.tolist())
        self.clause_wanted = clause_targets(rated)
        self.levels = np.array([[reply.level(skill) for skill in SKILLS] for reply in rated])
        self.length = np.array([length_of(reply.text, reply.pieces) for reply in rated])
        self.called = np.array([[reply.called(skill) for skill in ("reflection", "sdm")] for reply in rated])
        kinds = sorted({kind for reply in rated if "moves" in reply.record for kind in reply.heard.kinds})
        self.beside = (
            *(
                name
                for name, cases in zip(self.clause_table.names, often_in(self.clause_table, marked), strict=True)
                if name[:2] in ("c=", "f=") and cases >= _LEAST_CASES
            ),
            *("k=" + kind for kind in kinds),
            "words",
        )

    def per_reply(self, scores: Any, replies: Sequence[int]) -> list[list[list[float]]]:
        """Return the clause scores of some replies as lists, cut to 0–1."""
        import numpy as np

        cut = np.clip(scores, 0.0, 1.0)
        starts = np.searchsorted(self.owner, np.arange(len(self.rated) + 1))
        return [cut[starts[at] : starts[at + 1]].tolist() for at in replies]

    def look_again(self, first: Sequence[Sequence[Sequence[float]]], learn: Any) -> tuple[Any, Any]:
        """Return the second look's scores of all clauses, and the forest with the names of its inputs."""
        import numpy as np

        rows = [
            row
            for at, reply in enumerate(self.rated)
            for row in context_rows(reply.pieces, first[at], reply.heard, self.beside)
        ]
        scores, forest = grow_unseen(
            np.array(rows, dtype=np.float32), self.clause_wanted, self.inner[self.owner], learn, *SECOND_LOOK
        )
        return scores, (forest, (*SCORE_INPUTS, *self.beside))


def dense_columns(table: Table, known: Any) -> tuple[Any, tuple[str, ...]]:
    """Return the table's features that occur often enough in ``known`` rows as one dense matrix, and their names."""
    import numpy as np

    among = np.zeros(table.count, dtype=bool)
    among[known] = True
    often = np.where(often_in(table, among) >= _LEAST_CASES)[0]
    dense = table.matrix[:, often].toarray().astype(np.float32)
    return dense, tuple(table.names[at] for at in often)


def often_in(table: Table, among: Any) -> Any:
    """Return in how many of the rows marked in ``among`` each feature occurs."""
    return table.matrix[among].getnnz(axis=0)


@dataclass
class Fitted:
    """A model fitted on some of the replies, as weights and choices."""

    move_ridge: Ridge
    level_table: Table
    level_ridges: dict[str, Ridge]
    thresholds: dict[str, Quoting]
    cuts: dict[Skill, tuple[float, ...]]
    length_steps: dict[Skill, float]
    second_look: tuple[Any, tuple[str, ...]]
    level_forests: dict[str, tuple[Any, tuple[str, ...]]]
    called_above: dict[str, float]
    move_scores: list[list[list[float]]]
    level_scores: dict[str, Any]


def fit_on(bench: Workbench, train: Any, test: Any) -> Fitted:
    """Fit on ``train`` replies; ``test`` replies only get scores (their ratings are not looked at)."""
    import numpy as np

    marked = train[bench.moves_rated[train]]
    keep = np.where(np.isin(bench.owner, marked))[0]
    moves = Ridge(bench.clause_table, bench.clause_wanted, bench.group[bench.owner], MOVE_STRENGTH, keep)
    scores = moves.unseen.copy()
    others = np.where(np.isin(bench.owner, np.setdiff1d(np.concatenate([train, test]), marked)))[0]
    if len(others):
        scores[others] = moves.predict(others)
    everyone = list(range(len(bench.rated)))
    first = bench.per_reply(scores, everyone)
    again, second_look = bench.look_again(first, keep)
    per_reply = bench.per_reply((np.clip(scores, 0.0, 1.0) + again) / 2, everyone)
    rows = [
        reply_features(reply.text, reply.heard, reply.pieces, per_reply[at]) if len(reply.pieces) else {}
        for at, reply in enumerate(bench.rated)
    ]
    table = Table(rows, bench.group.tolist())
    ridges: dict[str, Ridge] = {}
    forests: dict[str, tuple[Any, tuple[str, ...]]] = {}
    out: dict[str, Any] = {}
    targets = np.hstack([bench.levels, bench.called])
    for at, name in enumerate(LEVEL_NAMES):
        known = train[~np.isnan(targets[train, at])]
        ridge = Ridge(table, targets[:, [at]], bench.group, LEVEL_STRENGTH, known)
        ridges[name] = ridge
        out[name] = np.full(len(bench.rated), np.nan)
        out[name][known] = ridge.unseen[known, 0]
        rest = np.setdiff1d(np.concatenate([train, test]), known)
        if len(rest):
            out[name][rest] = ridge.predict(rest)[:, 0]
        dense, inputs = dense_columns(table, known)
        grown, forest = grow_unseen(dense, targets[:, [at]], bench.inner, known, *LEVEL_TREES)
        forests[name] = (forest, inputs)
        out[name] = (out[name] + grown[:, 0]) / 2
    cuts: dict[Skill, tuple[float, ...]] = {}
    steps: dict[Skill, float] = {}
    for at, skill in enumerate(SKILLS):
        known = train[~np.isnan(bench.levels[train, at])]
        steps[skill], cuts[skill] = even_out(out[skill][known], bench.length[known], bench.levels[known, at])
        out[skill] = out[skill] - steps[skill] * bench.length
    called: dict[str, float] = {}
    for at, called_skill in enumerate(("reflection", "sdm")):
        known = train[~np.isnan(bench.called[train, at])]
        name = "called_" + called_skill
        truth = bench.called[known, at] > 0.5
        called[called_skill] = max(
            (round(0.2 + 0.05 * step, 2) for step in range(13)),
            key=lambda border: (float(((out[name][known] >= border) == truth).mean()), -abs(border - 0.5)),
        )
    thresholds = best_thresholds([bench.rated[i] for i in marked], [per_reply[i] for i in marked])
    return Fitted(moves, table, ridges, thresholds, cuts, steps, second_look, forests, called, per_reply, out)


def _table(names: Sequence[str], outputs: Sequence[str], base: Any, weights: Any) -> dict[str, Any]:
    rows = {}
    for name, row in folded(names, weights).items():
        whole = [round(float(value) * UNIT) for value in row]
        if any(whole):
            rows[name] = " ".join(map(str, whole))
    return {"outputs": list(outputs), "base": [round(float(value), 4) for value in base], "rows": rows}


def weights_from(bench: Workbench, fitted: Fitted, provenance: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of a weights file."""
    import numpy as np

    levels = np.hstack([fitted.level_ridges[name].weights for name in LEVEL_NAMES])
    base = np.concatenate([fitted.level_ridges[name].base for name in LEVEL_NAMES])
    return {
        "provenance": dict(provenance),
        "thresholds": {name: list(pair) for name, pair in fitted.thresholds.items()},
        "cuts": {skill: list(fitted.cuts[skill]) for skill in SKILLS},
        "length_steps": dict(fitted.length_steps),
        "called_above": fitted.called_above,
        "certainty": {skill: [0.55, 0.0, 0.0] for skill in SKILLS},
        "second_look": content_of(*fitted.second_look, MOVES),
        "level_forests": {name: content_of(*fitted.level_forests[name], [name]) for name in LEVEL_NAMES},
        "moves": _table(bench.clause_table.names, MOVES, fitted.move_ridge.base, fitted.move_ridge.weights),
        "levels": _table(fitted.level_table.names, LEVEL_NAMES, base, levels),
    }


def folds_of(bench: Workbench) -> list[Any]:
    """Return the replies of each fold; a situation is never split."""
    import numpy as np

    return [np.where(bench.group % FOLDS == fold)[0] for fold in range(FOLDS)]
