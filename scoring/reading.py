"""Reading a reply: what it does, in whose words, to what. One reading serves the scorer and the simulated patient."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from scoring.echo import COMMON, Heard, hear
from scoring.features import Clause, measure
from scoring.model import length_of, model, reply_features
from scoring.moves import asks, in_order, moves_from
from scoring.scorecard import MOVES, CueKind, MainBehaviour, Move, PatientCue, Reading, Skill
from scoring.text import Span, Text, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_EARLIER = 12
"""How many of the patient's earlier words are compared with; older ones rarely matter to a reply."""
_LEAST_COPIED = 5
_COPIED = 0.7
_STACKED = 3
_CUES_IN_SCRAPS = 4
_CUES_IN_ONE_BREATH = 6
_HEADINGS = 3
_LEAST_SCRAPS = 4
_WORDS_IN_A_SCRAP = 6
_LEAST_WORDS_IN_ONE_BREATH = 15
_REFLECTIONS = frozenset({"simple_reflection", "complex_reflection", "double_sided_reflection", "summary"})
_BRUSHES_OFF = frozenset(["makes_smaller", "promises", "denies_feeling", "has_no_time"])
_TAKES_IN = frozenset([
    "makes_sense", "names_hardship", "repairs", "honours", "gives_what_was_asked", "invites_putting_right",
    "both_sides", "leaves_choice", "asks_preference", "opens_story", "asks_leave",
])  # fmt: skip
"""Cues beside which making smaller or promising may be only half of what a reply does."""
_LITTLE_ECHO = 0.2
_MUCH_ECHO = 0.5
_SOUNDS = frozenset(["hm", "hmm", "mm", "mmm", "ah", "aw", "wow", "gosh", "yeah", "yes"])
_KIND_MOVES = _REFLECTIONS | {"acknowledges", "legitimises"}
_MEETS_DANGER = _REFLECTIONS | {
    "checks_safety", "open_question", "acknowledges", "legitimises", "affirms", "apologises", "supports",
}  # fmt: skip
_CLEARLY_ONE = 0.1
"""By how much a reflection must lead there before one is named that no piece showed."""
_CLEARLY_NONE = 0.3
"""By how much "no reflection" must lead in the table for whole turns before one found in a piece is dropped."""
_LEAST_FOREIGN = 6
_FEW_SMALL_WORDS = 0.2


def read(
    reply: str, patient_words: str, earlier: Sequence[str] = (), context: str = "", language: str = "en"
) -> Reading:
    """Read one reply of a clinician.

    Args:
        reply: what the clinician said; any text, of any length (what stands after 6,000 characters is not read).
        patient_words: what the patient said just before.
        earlier: the patient's earlier words, oldest first.
        context: who and where, in a few words; kept for callers, the embedded reader does without it.
        language: the language spoken, a tag with a folder under ``cues``; English where left out.

    Returns:
        The moves with their exact words, the patient's cues, what was called for, and the measured features.
        Never raises on any text; raises KeyError for a language that has no cue files.
    """
    del context
    if language != "en":
        from scoring.tabled import read_by_table

        return read_by_table(reply, patient_words, tuple(earlier)[-MOST_EARLIER:], language)
    heard = hear(patient_words, tuple(earlier)[-MOST_EARLIER:])
    text = parse(reply)
    pieces = measure(text, heard)
    weights = model()
    scores = weights.move_scores(pieces, heard)
    moves = moves_from(text, pieces, scores, weights.thresholds)
    pooled = reply_features(text, heard, pieces, scores)
    features = weights.level_scores(pooled)
    length = length_of(text, pieces)
    for skill, step in weights.length_steps.items():
        features[skill] -= step * length
    features.update(guards(text, heard, pieces, moves))
    turn = weights.turn_scores(text, pieces, pooled)
    features.update(("turn_" + name, amount) for name, amount in turn.items())
    called: dict[Skill, bool] = {
        "validation": True,
        "reflection": features["called_reflection"] >= weights.called_above["reflection"],
        "sdm": features["called_sdm"] >= weights.called_above["sdm"],
    }
    moves = _with_questions(text, pieces, moves, turn, weights.offsets)
    moves = _with_reflections(text, pieces, scores, moves, turn, weights.offsets)
    if features["brushes_off"]:
        moves = [move for move in moves if move.move not in _KIND_MOVES]
    return Reading(
        reply=reply,
        patient_words=patient_words,
        moves=tuple(moves),
        cues=patient_cues(heard),
        main=_main(turn) if features["words"] else "other",
        called_for=MappingProxyType(called),
        features=MappingProxyType(features),
    )


def guards(text: Text, heard: Heard, pieces: Sequence[Clause], moves: Sequence[Move]) -> dict[str, float]:
    """Return the few plain facts that cap a level whatever the weights say (see ``grading``)."""
    kept = [piece for piece in pieces if not piece.aside]
    cues = {cue for piece in kept for cue in piece.cues}
    long = [piece for piece in kept if piece.span.last - piece.span.first >= _LEAST_COPIED]
    said = [word for piece in kept for word in text.words(piece.span)]
    small = sum(1 for word in said if word in COMMON) / len(said) if said else 0.0
    most_echo = max((piece.measures.get("echo", 0.0) for piece in kept), default=0.0)
    return {
        "foreign": float(len(said) >= _LEAST_FOREIGN and small < _FEW_SMALL_WORDS and not most_echo),
        "words": float(sum(text.are_words)),
        "kept": float(len(said)),
        "denies": float("denies_feeling" in cues),
        "stock": float(not most_echo and _is_stock(text, kept)),
        "greets": float("greets" in cues and not sum(piece.own for piece in kept)),
        "takes_in": float(bool(cues & _TAKES_IN)),
        "coerces": float("coerces" in cues),
        "copied": float(
            tuple(said) == heard.words
            or (bool(long) and all(piece.measures.get("copied", 0.0) >= _COPIED for piece in long))
        ),
        "echoes": float(most_echo > 0),
        "strung": float(_is_strung(text, kept)),
        "brushes_off": float(bool(cues & _BRUSHES_OFF) and not cues & _TAKES_IN and most_echo < _LITTLE_ECHO),
        "passes_danger": float("danger" in heard.kinds and not _MEETS_DANGER & {move.move for move in moves}),
    }


def _is_stock(text: Text, kept: Sequence[Clause]) -> bool:
    """Return True for words that would fit anybody: kind phrases with nothing beside them, or a bare question."""
    forms = set(kept[0].signs) if len(kept) == 1 else set()
    if "f=you" in forms and "f=not" not in forms and forms & {"f=wh_first", "f=wh_first_asks"}:
        return True
    sounds = sum(word in _SOUNDS for piece in kept for word in text.words(piece.span))
    return sum(piece.own for piece in kept) <= sounds and "?" not in text.original


def _is_strung(text: Text, kept: Sequence[Clause]) -> bool:
    """Return True for kind phrases strung together, in scraps or in one breath, with nothing said by them."""
    words = sum(sum(text.are_words[piece.span.first : piece.span.last]) for piece in kept)
    headings = sum(text.texts[piece.span.first : piece.span.last].count(":") for piece in kept)
    if headings >= _HEADINGS and words <= _WORDS_IN_A_SCRAP * headings:
        return True  # a form filled in ("Options: A, B. Plan: agreed."), which nobody says to a patient
    cues = {cue for piece in kept for cue in piece.cues}
    if any(piece.measures.get("echo_two") or piece.measures.get("echo", 0.0) >= _MUCH_ECHO for piece in kept):
        return False  # one word of the patient's among many phrases may be there by chance
    tokens = sum(piece.span.last - piece.span.first for piece in kept)
    own = sum(piece.own for piece in kept)
    sentences = sum(any(text.words(Span(s.first, s.last))) for s in text.sentences)
    scraps = sentences >= _LEAST_SCRAPS and own <= 1 and words <= _WORDS_IN_A_SCRAP * sentences
    one_breath = words == tokens >= _LEAST_WORDS_IN_ONE_BREATH and own <= 2
    return (scraps and len(cues) >= _CUES_IN_SCRAPS) or (one_breath and len(cues) >= _CUES_IN_ONE_BREATH)


def _with_questions(
    text: Text, pieces: Sequence[Clause], moves: list[Move], turn: Mapping[str, float], offsets: Mapping[str, float]
) -> list[Move]:
    """Return the moves with a plain question named where one was asked, and three at once named as such."""
    if not turn:
        return moves
    moves = [m for m in moves if m.move != "stacks_questions"]
    asked = [piece for piece in pieces if asks(text, piece)]
    if len(asked) >= _STACKED:
        start, end = asked[0].start, asked[-1].end
        moves.append(Move("stacks_questions", text.original[start:end], start, end, 0.9))
    if not any(m.move in ("open_question", "closed_question") for m in moves):
        kind = max(
            ("open", "closed", "none"),
            key=lambda k: turn["asks_" + k] - (offsets.get("asks", 0.0) if k == "none" else 0.0),
        )
        if kind != "none":
            where = asked[-1:] or [p for p in pieces if "opens_story" in p.cues][-1:]
            for piece in where:
                moves.append(Move(kind + "_question", text.original[piece.start : piece.end], piece.start, piece.end,
                                  round(max(0.0, min(1.0, turn["asks_" + kind])), 3)))  # fmt: skip
    return in_order(moves)


def _with_reflections(
    text: Text,
    pieces: Sequence[Clause],
    scores: Sequence[Sequence[float]],
    moves: list[Move],
    turn: Mapping[str, float],
    offsets: Mapping[str, float],
) -> list[Move]:
    """Return the moves with a plain reflection named where the whole turn is one, and none where it clearly is not.

    The table for spoken turns decides about the turn as a whole, the other scores about its pieces: where both are
    needed to agree, each misses what the other sees.
    """
    if not turn:
        return moves
    named = {"simple": "simple_reflection", "complex": "complex_reflection"}
    best = max(named, key=lambda kind: turn["reflects_" + kind])
    margin = turn["reflects_none"] - offsets.get("reflects", 0.0) - turn["reflects_" + best]
    if any(move.move in _REFLECTIONS for move in moves):
        return [m for m in moves if m.move not in named.values()] if margin >= _CLEARLY_NONE else moves
    said = [n for n, piece in enumerate(pieces) if not piece.aside and text.original[piece.end - 1] != "?"]
    if margin >= -_CLEARLY_ONE or not said:
        return moves
    places = [MOVES.index(name) for name in named.values()]
    at = max(said, key=lambda n: max(scores[n][place] for place in places))
    start, end = pieces[at].start, pieces[at].end
    certainty = round(max(0.0, min(1.0, turn["reflects_" + best])), 3)
    moves = [*moves, Move(named[best], text.original[start:end], start, end, certainty)]
    return in_order(moves)


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


def _main(turn: Mapping[str, float]) -> MainBehaviour:
    """Return what a reply mostly is, in AnnoMI's sense."""
    names: tuple[MainBehaviour, ...] = ("question", "reflection", "therapist_input", "other")
    return max(names, key=lambda name: turn.get(name, float(name == "other")))
