"""The words of a rating: a move, a reading, a rating for one skill, a scorecard.

Everything here is a small frozen record. A value that could not be decided is an absence with a reason
(``level is None``), never a zero. Names and levels are those of ``rubric.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Skill = Literal["validation", "reflection", "sdm"]
SKILLS: tuple[Skill, ...] = ("validation", "reflection", "sdm")
"""The three skills, in the order in which they are always shown."""

MainBehaviour = Literal["question", "reflection", "therapist_input", "other"]
"""What a reply mostly is, in the sense of the AnnoMI coding scheme (Wu et al. 2022)."""

HELPING_MOVES: tuple[str, ...] = (
    "open_question", "closed_question", "simple_reflection", "complex_reflection", "double_sided_reflection",
    "summary", "acknowledges", "legitimises", "affirms", "supports", "apologises", "asks_permission", "informs",
    "offers_options", "weighs_tradeoffs", "elicits_preference", "checks_understanding", "agrees_plan",
    "supports_autonomy", "checks_safety", "invites_correction", "grants", "discloses_self",
)  # fmt: skip
HURTING_MOVES: tuple[str, ...] = (
    "minimises", "falsely_reassures", "judges", "advises", "argues", "orders", "takes_back", "steps_over",
    "ignores_danger", "misstates", "parrots", "stock_phrase", "stacks_questions", "jargon", "addresses_rater",
)  # fmt: skip
MOVES: tuple[str, ...] = HELPING_MOVES + HURTING_MOVES
"""All moves a reply can make, by the rubric's two tables."""

CueKind = Literal[
    "feeling", "difficulty", "effort", "fear", "shame", "disclosure", "preference", "doubt", "question", "danger"
]
"""What the patient's words can hold that a reply should answer to."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing a reply does, with the clinician's own words for it: ``reply[start:end] == quote`` always."""

    move: str
    """A name out of ``MOVES``."""
    quote: str
    start: int
    """Offset of the first character of the quote in the reply (Unicode code points)."""
    end: int
    certainty: float = 1.0
    """How sure the reader is that this move is made here, 0–1."""


@dataclass(frozen=True, slots=True)
class PatientCue:
    """Something in the patient's words that calls for an answer: ``patient_words[start:end] == quote``."""

    kind: CueKind
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a reply, shared by the scorer and the patient: what it does, in whose words, to what."""

    reply: str
    patient_words: str
    moves: tuple[Move, ...]
    """In the order of their place in the reply."""
    cues: tuple[PatientCue, ...]
    """What the patient's words held just before."""
    main: MainBehaviour
    called_for: Mapping[Skill, bool]
    """Whether the moment called for the skill, whatever the reply did about it."""
    features: Mapping[str, float] = field(default_factory=dict)
    """The small measured facts that the levels are computed from; for explaining, not for showing."""
    language: str = "en"
    """The language that was read; levels in another one than English stand on a table of rules, unmeasured."""

    def does(self, *names: str) -> bool:
        """Return True if the reply makes any of the named moves."""
        return any(move.move in names for move in self.moves)

    def quotes(self, *names: str) -> tuple[Move, ...]:
        """Return the moves with the given names, in their order in the reply."""
        return tuple(move for move in self.moves if move.move in names)


@dataclass(frozen=True, slots=True)
class SkillRating:
    """The rating of one skill for one reply."""

    skill: Skill
    level: int | None
    """0–4 by the rubric, or None where the moment did not call for it or nobody could tell (see ``sure``)."""
    called_for: bool
    because: str
    """One plain line that a trainee can read."""
    evidence: tuple[Move, ...]
    """The quoted words that carried the level; empty where the reason is an absence."""
    certainty: float
    """0–1: how likely a careful rater would land on this very level, estimated on development data."""
    sure: bool
    """False where the reader says "not sure" rather than guessing; ``level`` is then its best guess or None."""
    try_this: str = ""
    """One thing to try instead, from the rubric; empty at the top level."""
    note: str = ""
    """What to know before trusting this rating, such as that agreement in this language is unmeasured; often empty."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The three ratings of one reply."""

    validation: SkillRating
    reflection: SkillRating
    sdm: SkillRating

    def __getitem__(self, skill: Skill) -> SkillRating:
        rating: SkillRating = getattr(self, skill)
        return rating

    def levels(self) -> dict[Skill, int | None]:
        """Return the level of each skill; None where it was not called for or could not be told."""
        return {skill: self[skill].level for skill in SKILLS}
