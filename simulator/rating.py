"""Reading and grading a reply: as the scorer does it now or, where it has rated the very same before, as it did then.

A check plays the same prescribers and trainees each time, and most of what is said is what was said the time before.
What is played is the same either way; only the scorer need not work out again what it would find again.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import scoring
from scoring.kept import Gathered
from scoring.scorecard import SKILLS, Move, PatientCue, Reading, Scorecard, SkillRating

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SCORER = Path(scoring.__file__).parent
_MOST = 3000
"""Replies whose ratings are kept for one file, from which on only those that its last check has needed are."""
_Plain = tuple[Any, ...]
News = dict[bytes, _Plain]
"""Ratings that were made, by a digest of what was said; fit to be sent from one process to another."""


@cache
def sources() -> tuple[Path, ...]:
    """Return all files on which a rating rests."""
    patterns = ("*.py", "*.yaml", "weights.json", "cues/*.yaml", "cues/*/*.yaml")
    return (*(path for pattern in patterns for path in sorted(_SCORER.glob(pattern))), Path(__file__))


class _Before:
    """Ratings by what was said, and what the patient had said before it."""

    def __init__(self, name: str) -> None:
        """Take up what was kept under a name, if the scorer is the one that it was."""
        self.gathered = Gathered("rated", name, sources())
        self.used: News = {}
        self.new: News = {}
        self.untold: News = {}
        """Those of the new ones that nobody has asked for yet."""

    def rate(self, key: bytes, reply: str, patient_words: str, *others: Any) -> tuple[Reading, Scorecard]:
        """Return the rating of what was said: the one that is known, or one that is made now."""
        plain = self.gathered.table.get(key) or self.new.get(key)
        if plain is not None:
            self.used[key] = plain
            return _from_plain(plain, reply, patient_words)
        rated = _rated(reply, patient_words, *others)
        self.used[key] = self.new[key] = self.untold[key] = _as_plain(*rated)
        return rated

    def keep(self) -> None:
        """Keep what is new for the next start."""
        if self.new:
            self.gathered.table |= self.new
            if len(self.gathered.table) > _MOST:
                self.gathered.table = self.used
            self.gathered.keep()


_BEFORE: ContextVar[_Before | None] = ContextVar("rated before", default=None)


@contextmanager
def rated_before(name: str) -> Iterator[None]:
    """Use the ratings that were kept under a name, and keep those that are made meanwhile beside them.

    Only what this thread plays is meant: what people type into a visit elsewhere is neither looked up nor kept.
    """
    before = _Before(name)
    token = _BEFORE.set(before)
    try:
        yield
    finally:
        _BEFORE.reset(token)
    before.keep()


def news() -> News:
    """Return the ratings that were made since this was last asked; none where they are not to be kept."""
    before = _BEFORE.get()
    if before is None:
        return {}
    made, before.untold = before.untold, {}
    return made


def learn(made: News) -> None:
    """Take in ratings that another process has made."""
    before = _BEFORE.get()
    if before is not None:
        before.new |= made
        before.used |= made


def rate(
    reply: str, patient_words: str, earlier: Sequence[str] = (), context: str = "", language: str = "en"
) -> tuple[Reading, Scorecard]:
    """Return the reading and the scorecard of a reply; the arguments are those of `scoring.read`."""
    before = _BEFORE.get()
    if before is None:
        return _rated(reply, patient_words, earlier, context, language)
    whole = repr((language, context, reply, patient_words, tuple(earlier)))
    return before.rate(
        blake2b(whole.encode(), digest_size=20).digest(), reply, patient_words, earlier, context, language
    )


def _rated(
    reply: str, patient_words: str, earlier: Sequence[str], context: str, language: str
) -> tuple[Reading, Scorecard]:
    reading = scoring.read(reply, patient_words, earlier, context, language)
    return reading, scoring.grade(reading)


def _as_plain(reading: Reading, scorecard: Scorecard) -> _Plain:
    """Return a rating as words and numbers only, without what was said."""
    return (
        tuple(_plain_move(move) for move in reading.moves),
        tuple((cue.kind, cue.quote, cue.start, cue.end) for cue in reading.cues),
        reading.main,
        dict(reading.called_for),
        dict(reading.features),
        reading.language,
        tuple(_plain_skill(scorecard[skill]) for skill in SKILLS),
    )


def _plain_move(move: Move) -> _Plain:
    return move.move, move.quote, move.start, move.end, move.certainty


def _plain_skill(one: SkillRating) -> _Plain:
    found = tuple(_plain_move(move) for move in one.evidence)
    return one.skill, one.level, one.called_for, one.because, found, one.certainty, one.sure, one.try_this, one.note


def _from_plain(plain: _Plain, reply: str, patient_words: str) -> tuple[Reading, Scorecard]:
    moves, cues, main, called_for, features, language, skills = plain
    reading = Reading(
        reply,
        patient_words,
        tuple([Move(*move) for move in moves]),
        tuple([PatientCue(*cue) for cue in cues]),
        main,
        MappingProxyType(called_for),
        MappingProxyType(features),
        language,
    )
    return reading, Scorecard(*[_skill_from(one) for one in skills])


def _skill_from(plain: _Plain) -> SkillRating:
    skill, level, called_for, because, evidence, certainty, sure, try_this, note = plain
    found = tuple([Move(*move) for move in evidence])
    return SkillRating(skill, level, called_for, because, found, certainty, sure, try_this, note)
