"""``python -m simulator.hearing_fit``: makes ``hearing.json`` again from the questions in `scenarios/everyday/heard`.

The same questions give the same file, byte for byte, on the same kind of machine. ``--check`` measures instead: each
manner of asking is held out in turn, and what a model that never saw it claims of it is counted.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

from simulator.content import read_content
from simulator.everyday import EVERYDAY, same_words, topics
from simulator.hearing import NONE, WEIGHTS, Hearing, laid_out, parts_of, roots_of
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HEARD = EVERYDAY / "heard"
_COUNTS = {"phrases": 0.3, "none_of_these": 0.4}
"""What a phrase out of topics.yaml, or a question out of the rated replies, counts beside the others."""
_LEAST = 2
"""Questions in which a part must stand to be looked at."""
_LOOSE = 10.0
"""How freely the weights may follow the questions."""
_SMALLEST = 0.06
"""Share of the largest weight below which a weight is left out."""
_STYLES = {"body": "tired", "coming": "tired", "medicine": "tired", "people": "tired"}
"""Files of one author's manner are held out together."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what it is about, and whose manner it is in."""

    text: str
    topic: str
    style: str
    weight: float = 1.0


def questions() -> list[Question]:
    """Return the questions to fit on, in the order of the files."""
    found: list[Question] = []
    for path in sorted(HEARD.glob("*.yaml")):
        for topic, lines in read_content(path).items():
            style = _STYLES.get(path.stem, path.stem)
            counts = _COUNTS.get(style, 1.0)
            found += [Question(line.strip(), topic, style, counts) for line in lines.splitlines() if line.strip()]
    for known in topics().values():
        found += [Question(phrase, known.id, "phrases", _COUNTS["phrases"]) for phrase in known.asked_as]
    return found


def fit(asked: Sequence[Question]) -> dict[str, object]:
    """Return the model fitted on some questions, as it is stored."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    same = same_words()
    texts = [tuple(dict.fromkeys(parts_of(roots_of(words_of(question.text), same)))) for question in asked]
    seen: dict[str, int] = {}
    for text in texts:
        for part in text:
            seen[part] = seen.get(part, 0) + 1
    names = sorted(part for part, count in seen.items() if count >= _LEAST)
    rarity = [min(round(20 * log((1 + len(texts)) / (1 + seen[name]))), 255) for name in names]
    place = {name: i for i, name in enumerate(names)}
    unknown = (20 * log((1 + len(texts)) / 2) / 20) ** 2
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        there = [place[part] for part in text if part in place]
        strange = sum(part not in place and " " not in part for part in text)
        length = (sum((rarity[i] / 20) ** 2 for i in there) + strange * unknown) ** 0.5
        for i in there:
            rows.append(row)
            columns.append(i)
            values.append(rarity[i] / 20 / length)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(names)))
    model = LogisticRegression(C=_LOOSE, max_iter=300)
    model.fit(matrix, [question.topic for question in asked], sample_weight=[question.weight for question in asked])
    weights = np.round(model.coef_.T, 6)
    step = float(np.abs(weights).max()) / 127
    whole = np.round(weights / step).astype(int)
    whole[np.abs(whole) < _SMALLEST * 127] = 0
    counts, packed = bytearray(), bytearray()
    for row_of in whole:
        there = [int(i) for i in np.flatnonzero(row_of)]
        counts.append(len(there))
        for i in there:
            packed += bytes((i, int(row_of[i]) + 128))
    return {
        "topics": [str(name) for name in model.classes_],
        "bias": [round(float(value), 4) for value in model.intercept_],
        "step": round(step, 8),
        "unknown": round(unknown, 4),
        "parts": "\n".join(names),
        "rarity": b64encode(bytes(rarity)).decode(),
        "counts": b64encode(bytes(counts)).decode(),
        "weights": b64encode(bytes(packed)).decode(),
    }


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def check(asked: Sequence[Question]) -> None:
    """Hold each manner out in turn; tell how much is claimed of it at each certainty, and how much of that is so."""
    claims: dict[str, list[tuple[float, bool, bool]]] = {}
    same = same_words()
    for style in sorted({question.style for question in asked} - {"phrases"}):
        model = Hearing(
            laid_out(fit([question for question in asked if question.style != style or question.topic == NONE]))
        )
        held = [q for i, q in enumerate(asked) if q.style == style and (q.topic != NONE or i % 5 == 0)]
        for question in held:
            guess = model.guess(words_of(question.text), same)
            if guess is not None:
                right = guess.topic == question.topic
                claims.setdefault(style, []).append((guess.certainty, right, guess.topic != NONE))
        total = len(held)
        for least in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
            told = [right for certainty, right, claimed in claims.get(style, []) if claimed and certainty >= least]
            if told:
                share, rightly = len(told) / total, sum(told) / len(told)
                _tell(f"{style:16} from {least:.1f}: claims {share:.0%}, of which right {rightly:.0%}")


def main(words: Sequence[str]) -> int:
    """Fit and write the weights, or measure. Returns the exit code."""
    asked = questions()
    if "--check" in words:
        check(asked)
        return 0
    stored: dict[str, Any] = fit(asked)
    WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    _tell(
        f"{len(asked)} questions and phrases; {len(stored['parts'].splitlines())} parts; {WEIGHTS.stat().st_size} bytes"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
