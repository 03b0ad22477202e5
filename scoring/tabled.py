"""Reading and grading by a plain table of rules, for languages in which no weights were ever fitted.

The signs of a clause (its cues, its form, what it gives back of the patient's words) make moves, and the moves of the
reply make levels, by ``cues/<tag>/table.yaml``. How far this agrees with people is unmeasured, so every rating says
that it is unsure and why.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from scoring.clauses import clauses
from scoring.language import Language, language
from scoring.rubric import rubric
from scoring.scorecard import MOVES, SKILLS, CueKind, MainBehaviour, Move, PatientCue, Reading, Scorecard, SkillRating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scoring.scorecard import Skill
    from scoring.text import Span, Text

CERTAINTY = 0.2
"""What chance gives among five levels; nobody has measured better in these languages."""
_COPIED = 0.8
_LEAST_COPIED = 4
_LEAST_LISTED = 5
_FEW_SMALL_WORDS = 0.13
_LEAST_FOREIGN, _FOREIGN_SMALL_WORDS = 6, 0.15
_LONG = 5
_FIRST = 3
_STACKED = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    start: int
    end: int
    signs: frozenset[str]
    aside: bool


def fits(alternatives: Iterable[Sequence[str]], signs: frozenset[str]) -> bool:
    """Return True if all signs of one alternative are there; those written with - in front must be missing."""
    return any(
        all((sign[1:] not in signs) if sign[0] == "-" else (sign in signs) for sign in wanted)
        for wanted in alternatives
    )


def read_by_table(reply: str, patient_words: str, earlier: Sequence[str], tag: str) -> Reading:
    """Read one reply in a language that has a table; never raises on any text. Raises KeyError without a table."""
    tongue = language(tag)
    text, heard = tongue.parse(reply), tongue.parse(patient_words)
    cues = _patient_cues(tongue, heard)
    pieces = _pieces(tongue, text, heard, earlier)
    kept = [piece for piece in pieces if not piece.aside]
    moves = _clause_moves(tongue, reply, pieces)
    heard_content = [word for word in heard.words() if word not in tongue.common]
    signs = set().union(*(piece.signs for piece in kept)) if kept else set()
    signs |= {"patient_" + cue.kind for cue in cues}
    signs |= {"patient_says_something"} if len(heard_content) > 1 else set()
    signs |= {"move_" + move.move for move in moves}
    signs |= _whole_signs(tongue, text, heard, kept)
    for name, alternatives in tongue.table["whole"].items():
        if kept and fits(alternatives, frozenset(signs)):
            at = next((piece for piece in kept if "asks" in piece.signs), kept[0])
            moves.append(Move(name, reply[at.start : at.end], at.start, at.end, float(tongue.table["certainty"])))
            signs.add("move_" + name)
    moves.sort(key=lambda move: (move.start, move.end, MOVES.index(move.move)))
    found = frozenset(signs)
    called: dict[Skill, bool] = {skill: fits(tongue.table["called_for"][skill], found) for skill in SKILLS}
    features = dict.fromkeys(sorted(found), 1.0) | {"words": float(len(text.words()))}
    return Reading(
        reply=reply,
        patient_words=patient_words,
        moves=tuple(moves),
        cues=cues,
        main=_main(tongue, moves),
        called_for=MappingProxyType(called),
        features=MappingProxyType(features),
        language=tag,
    )


def grade_by_table(reading: Reading) -> Scorecard:
    """Return the scorecard of a reading by its language's table: every level unsure, with the reason."""
    return Scorecard(*(_rate(reading, skill) for skill in SKILLS))


def _rate(reading: Reading, skill: Skill) -> SkillRating:
    table, words = language(reading.language).table, rubric().skills[skill]
    note = str(table["note"]).strip()
    if not reading.called_for[skill]:
        return SkillRating(skill, None, False, words.not_called_for, (), CERTAINTY, sure=False, note=note)
    signs = frozenset(name for name in reading.features if name != "words")
    level = next(int(rule["level"]) for rule in table["levels"][skill] if _applies(rule, signs))
    wanted = table["carries"][skill]["good" if level > 1 else "bad"]
    evidence: list[Move] = []
    for move in sorted((m for m in reading.moves if m.move in wanted), key=lambda m: wanted.index(m.move)):
        if not any(move.start < other.end and other.start < move.end for other in evidence):
            evidence.append(move)
    because = words.levels[level].because
    if evidence and level != 2:
        because = rubric().moves[evidence[0].move].because
    quoted = tuple(sorted(evidence[:3], key=lambda move: (move.start, move.end)))
    return SkillRating(
        skill, level, True, because, quoted, CERTAINTY, sure=False, try_this=words.levels[level].try_this, note=note
    )


def _applies(rule: Mapping[str, Any], signs: frozenset[str]) -> bool:
    """Return True if a rule for a level fits: its alternatives, and so many of its elements where it counts them."""
    if "has" in rule and not fits(rule["has"], signs):
        return False
    return sum("move_" + name in signs for name in rule.get("of", ())) >= int(rule.get("least", 0))


def _pieces(tongue: Language, text: Text, heard: Text, earlier: Sequence[str]) -> list[_Piece]:
    spans = clauses(text, tongue.turns, tongue.cuts)
    hits = tongue.clinician.find(text)
    here = frozenset(tongue.stems(heard.words()))
    before = frozenset(stem for line in earlier for stem in tongue.stems(tongue.parse(line).words()))
    pairs = {*itertools.pairwise(heard.words())}
    pairs |= {*itertools.pairwise(tongue.turned.get(word, word) for word in heard.words())}
    aside = _aside_sentences(tongue, text, hits)
    pieces = []
    for span in spans:
        words = text.words(span)
        signs = {hit.cue for hit in hits if hit.first < span.last and span.first < hit.last}
        sentence = next(s for s in text.sentences if s.first <= span.first < s.last)
        if text.tokens[span.last - 1].text == "?":
            signs.add("asks")
        if any(token.text == "?" for token in text.tokens[span.first : sentence.last]):
            signs.add("in_question")
        if "asks" in signs and tongue.open_words.intersection(words[:_FIRST]):
            signs.add("asks_open")
        content = tongue.stems(words)
        shared = sum(stem in here for stem in content)
        signs |= {"echo"} if shared else set()
        signs |= {"echo_two"} if shared > 1 else set()
        signs |= {"echo_earlier"} if any(stem in before for stem in content) else set()
        signs |= {"adds"} if any(stem not in here for stem in content) else set()
        signs |= {"long"} if len(words) >= _LONG else set()
        own = list(itertools.pairwise(words))
        if len(words) >= _LEAST_COPIED and sum(pair in pairs for pair in own) >= _COPIED * len(own):
            signs.add("copied")
        start, end = text.cut(span)
        pieces.append(_Piece(span, start, end, frozenset(signs), sentence.first in aside or not words))
    return pieces


def _aside_sentences(tongue: Language, text: Text, hits: Sequence[Any]) -> set[int]:
    """Return where the sentences begin that are not words to the patient: said twice, to the rater, keywords only."""
    aside: set[int] = set()
    said: set[tuple[str, ...]] = set()
    for number, sentence in enumerate(text.sentences):
        words = tuple(text.words(sentence))
        cues = {hit.cue for hit in hits if hit.sentence == number}
        small = sum(word in tongue.common for word in words)
        listed = (
            len(words) >= _LEAST_LISTED
            and small <= len(words) * _FEW_SMALL_WORDS
            and sum(word in tongue.keywords for word in words) * 2 >= len(words)
        )
        if words in said or listed or cues & {"to_the_rater", "quotes_another"}:
            aside.add(sentence.first)
        said.add(words)
    return aside


def _whole_signs(tongue: Language, text: Text, heard: Text, kept: Sequence[_Piece]) -> set[str]:
    words = [word for piece in kept for word in text.words(piece.span)]
    signs: set[str] = set() if words else {"nothing_left"}
    small = sum(word in tongue.common for word in words)
    echoes = any("echo" in piece.signs for piece in kept)
    if len(words) >= _LEAST_FOREIGN and small < len(words) * _FOREIGN_SMALL_WORDS and not echoes:
        signs.add("foreign")
    long = [piece for piece in kept if len(text.words(piece.span)) >= _LEAST_COPIED]
    if (words and words == heard.words()) or (long and all("copied" in piece.signs for piece in long)):
        signs.add("all_copied")
    if sum("asks" in piece.signs for piece in kept) >= _STACKED:
        signs.add("stacked")
    return signs


def _clause_moves(tongue: Language, reply: str, pieces: Sequence[_Piece]) -> list[Move]:
    moves = []
    for name, alternatives in tongue.table["moves"].items():
        for piece in pieces:
            if piece.aside and name != "addresses_rater":
                continue
            if fits(alternatives, piece.signs):
                quote = reply[piece.start : piece.end]
                moves.append(Move(name, quote, piece.start, piece.end, float(tongue.table["certainty"])))
    return moves


def _patient_cues(tongue: Language, heard: Text) -> tuple[PatientCue, ...]:
    found: list[PatientCue] = []
    for hit in tongue.patient.find(heard):
        kind = tongue.patient.cues[hit.cue].kind
        start, end = heard.tokens[hit.first].start, heard.tokens[hit.last - 1].end
        if kind == "none" or any(cue.kind == kind and start < cue.end and cue.start < end for cue in found):
            continue
        found.append(PatientCue(cast("CueKind", kind), heard.original[start:end], start, end))
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end)))


def _main(tongue: Language, moves: Sequence[Move]) -> MainBehaviour:
    """Return what the reply mostly is: the behaviour that most of its words serve."""
    amount = dict.fromkeys(("question", "reflection", "therapist_input"), 0)
    for name, kinds in tongue.table["main"].items():
        amount[name] = sum(move.end - move.start for move in moves if move.move in kinds)
    best = max(amount, key=lambda name: amount[name])
    return cast("MainBehaviour", best) if amount[best] else "other"
