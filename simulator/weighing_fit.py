"""``python -m simulator.weighing_fit``: makes ``weighing.json`` from the questions in `scenarios/everyday/weighed`.

Each question there stands under the facts that answer it. What speaks for a topic is weighed so that these come first
(a conditional logit, one choice among all topics that anything speaks for). A question that the scenario lists word
for word is left out of what it is compared with. ``--check`` measures instead, on patients held out in turn.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from simulator.content import read_content
from simulator.everyday import EVERYDAY
from simulator.hearing import NONE
from simulator.loading import load_folder
from simulator.understanding import Ear
from simulator.weighing import NOTHING, SPEAKS, WEIGHTS
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WEIGHED = EVERYDAY / "weighed"
_FOLDS = 6
_STRENGTH = 0.0002
"""How much large weights cost, on the scale of the features."""
Case = tuple[Any, Any]
"""A question: what speaks for each topic, a row each, and which of the rows answer it."""


def asked(path: Path) -> dict[str, list[str]]:
    """Return the questions of one patient with the facts that answer each, in the order of the file."""
    answered_by: dict[str, list[str]] = {}
    for topic, lines in read_content(path, all_text=True).items():
        for line in lines.splitlines():
            if line.strip():
                answered_by.setdefault(line.strip(), []).append(topic)
    return answered_by


def cases_of(ear: Ear, questions: dict[str, list[str]]) -> list[Case]:
    """Return the cases of one patient; what nothing right speaks for teaches nothing."""
    import numpy as np

    cases: list[Case] = []
    for text, topics in questions.items():
        sentences = sentences_of(text)
        asks = [at for at, sentence in enumerate(sentences) if ear.asks(sentence, words_of(sentence))]
        at = asks[-1] if asks else len(sentences) - 1
        words, hits, before = ear.question(sentences[at], sentences[at - 1] if at else "")
        rows = ear.about.speaks(words, hits, before, but=ear.plain(words_of(text)))
        right = {ear.about.weighing.listed_as(topic) for topic in topics}
        answers = np.array([topic in right for topic in rows])
        if answers.any():
            cases.append((np.array(list(rows.values())), answers))
    return cases


def fit(cases: Sequence[Case]) -> Any:
    """Return what each of `SPEAKS` is worth."""
    import numpy as np
    from scipy.optimize import minimize

    rows = np.vstack([case[0] for case in cases])
    right = np.concatenate([case[1] for case in cases])
    starts = np.cumsum([0, *[len(case[1]) for case in cases[:-1]]])
    sizes = [len(case[1]) for case in cases]
    scale = rows.std(axis=0) + 1e-9
    scaled = rows / scale

    def loss(worth: Any) -> tuple[float, Any]:
        sums = scaled @ worth
        sums -= np.repeat(np.maximum.reduceat(sums, starts), sizes)
        shares = np.exp(sums)
        whole = np.add.reduceat(shares, starts)
        good = np.add.reduceat(shares * right, starts) + 1e-12
        slope = scaled.T @ (shares / np.repeat(whole, sizes) - shares * right / np.repeat(good, sizes))
        cost = float((np.log(whole) - np.log(good)).mean() + _STRENGTH * (worth @ worth))
        return cost, slope / len(cases) + 2 * _STRENGTH * worth

    found = minimize(loss, np.zeros(len(SPEAKS) + len(NOTHING)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return found.x / scale


def right_share(cases: Sequence[Case], worth: Any) -> tuple[int, dict[int, list[int]]]:
    """Return how many questions get a fact that answers them, and by tenth of certainty how many of how many."""
    import numpy as np

    hits = 0
    tenths: dict[int, list[int]] = {}
    for rows, answers in cases:
        sums = rows @ worth
        shares = np.exp(sums - sums.max())
        best = int(sums.argmax())
        count = tenths.setdefault(min(9, int(10 * shares[best] / shares.sum())), [0, 0])
        count[0] += int(answers[best])
        count[1] += 1
        hits += int(answers[best])
    return hits, tenths


def main(words: Sequence[str]) -> int:
    """Fit and write the weights, or measure. Returns the exit code."""
    patients = load_folder().scenarios
    paths = sorted(WEIGHED.glob("*.yaml"))
    idle = [line.strip() for line in read_content(EVERYDAY / "heard" / "none.yaml")[NONE].splitlines() if line.strip()]
    cases = {}
    for number, path in enumerate(paths):
        scenario = patients[path.stem].scenario
        about_nothing = {line: [NONE] for line in idle[number :: len(paths)]} if scenario.language == "en" else {}
        cases[path.stem] = cases_of(Ear(scenario), asked(path) | about_nothing)
    names = list(cases)
    held = 0
    tenths: dict[int, list[int]] = {}
    for fold in range(_FOLDS):
        worth = fit([case for at, name in enumerate(names) if at % _FOLDS != fold for case in cases[name]])
        for name in names[fold::_FOLDS]:
            hits, by_tenth = right_share(cases[name], worth)
            held += hits
            for tenth, (right, count) in by_tenth.items():
                both = tenths.setdefault(tenth, [0, 0])
                both[0] += right
                both[1] += count
            if "--check" in words:
                sys.stdout.write(f"{name}: {hits} of {len(cases[name])}\n")
    count = sum(map(len, cases.values()))
    if "--check" in words:
        for tenth in sorted(tenths):
            sys.stdout.write(f"certainty from {tenth / 10}: {tenths[tenth][0]} of {tenths[tenth][1]}\n")
    sys.stdout.write(f"{held} of {count} questions right, each patient held out\n")
    if "--check" in words:
        return 0
    worth = fit([case for some in cases.values() for case in some])
    stored = {
        "questions": count,
        "right": round(held / count, 3),
        "weights": {name: round(float(one), 3) for name, one in zip((*SPEAKS, *NOTHING), worth, strict=True)},
    }
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
