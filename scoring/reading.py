"""Reading a reply: what it does, in whose words, to what. One reading serves the scorer and the simulated patient."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import cast

from scoring.features import Heard, hear, measure
from scoring.model import model, reply_features
from scoring.moves import moves_from
from scoring.scorecard import CueKind, MainBehaviour, Move, PatientCue, Reading, Skill
from scoring.text import Span, parse

MOST_EARLIER = 12
"""How many of the patient's earlier words are compared with; older ones rarely matter to a reply."""
_REFLECTIONS = ("simple_reflection", "complex_reflection", "double_sided_reflection", "summary", "parrots")
_QUESTIONS = ("open_question", "closed_question", "elicits_preference", "checks_safety", "stacks_questions")
_INPUT = (
    "informs", "offers_options", "weighs_tradeoffs", "advises", "argues", "orders", "agrees_plan", "falsely_reassures",
)  # fmt: skip


def read(reply: str, patient_words: str, earlier: Sequence[str] = (), context: str = "") -> Reading:
    """Read one reply of a clinician.

    Args:
        reply: what the clinician said; any text, of any length (what stands after 6,000 characters is not read).
        patient_words: what the patient said just before.
        earlier: the patient's earlier words, oldest first.
        context: who and where, in a few words; kept for callers, the embedded reader does without it.

    Returns:
        The moves with their exact words, the patient's cues, what was called for, and the measured features.
        Never raises on any text.
    """
    del context
    heard = hear(patient_words, tuple(earlier)[-MOST_EARLIER:])
    text = parse(reply)
    pieces = measure(text, heard)
    weights = model()
    scores = weights.move_scores(pieces)
    moves = moves_from(text, pieces, scores, weights.thresholds)
    features = reply_features(text, heard, pieces, scores)
    outputs = weights.level_scores(features)
    known = sum(1 for token in text.tokens if token.is_word)
    outputs["words"] = float(known)
    called: dict[Skill, bool] = {
        "validation": True,
        "reflection": outputs["called_reflection"] >= weights.called_above["reflection"],
        "sdm": outputs["called_sdm"] >= weights.called_above["sdm"],
    }
    return Reading(
        reply=reply,
        patient_words=patient_words,
        moves=tuple(moves),
        cues=patient_cues(heard),
        main=_main(moves),
        called_for=MappingProxyType(called),
        features=MappingProxyType(outputs),
    )


def patient_cues(heard: Heard) -> tuple[PatientCue, ...]:
    """Return what the patient's words held, each kind with its words, in order; nested repeats are left out."""
    from scoring.cues import cue_books

    book = cue_books()[1]
    found: list[PatientCue] = []
    for hit in heard.cues:
        kind = book.cues[hit.cue].kind
        if kind == "none":
            continue
        start, end = heard.text.cut(Span(hit.first, hit.last))
        if any(cue.kind == kind and start < cue.end and cue.start < end for cue in found):
            continue
        found.append(PatientCue(cast("CueKind", kind), heard.text.original[start:end], start, end))
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))


def _main(moves: Sequence[Move]) -> MainBehaviour:
    """Return what a reply mostly is, in AnnoMI's sense: the kind that holds most of its words."""
    weight: dict[MainBehaviour, float] = {"question": 0.0, "reflection": 0.0, "therapist_input": 0.0}
    for move in moves:
        length = move.end - move.start
        if move.move in _QUESTIONS:
            weight["question"] += length
        elif move.move in _REFLECTIONS:
            weight["reflection"] += length
        elif move.move in _INPUT:
            weight["therapist_input"] += length
    best = max(weight, key=lambda name: weight[name])
    return best if weight[best] else "other"
