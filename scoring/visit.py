"""Figures of a whole visit, as the field counts them. Each says where it comes from; none is a grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scoring.text import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.scorecard import Move, Reading, Scorecard

OptionName = Literal["alternatives", "partnership", "information", "preferences", "integrating"]

_FEELING_CUES = frozenset({"feeling", "fear", "shame", "difficulty", "disclosure", "danger"})
_EMPATHY = (
    "acknowledges", "legitimises", "affirms", "supports", "apologises", "simple_reflection", "complex_reflection",
    "double_sided_reflection", "summary", "checks_safety",
)  # fmt: skip
_TAKEN_FROM = 2
"""A reply at this validation level or above takes the opportunity: the feeling was at least noticed."""


@dataclass(frozen=True, slots=True)
class Opportunity:
    """One empathic opportunity: the patient's words that held a feeling or a trouble, and whether it was taken."""

    seq: int
    """Number of the reply that answered it, 1 for the first."""
    patient_words: str
    """The very words, cut from what the patient said."""
    kind: str
    taken: bool


@dataclass(frozen=True, slots=True)
class OptionItem:
    """One of the five items of Observer OPTION-5, scored 0 (no effort) to 4 (exemplary effort)."""

    name: OptionName
    score: int
    seqs: tuple[int, ...]
    """The replies in which something was done for it."""


@dataclass(frozen=True, slots=True)
class VisitFigures:
    """Counts and ratios of one visit."""

    open_questions: int
    closed_questions: int
    simple_reflections: int
    complex_reflections: int
    """Complex, double-sided and summarising reflections."""
    reflection_to_question: float | None
    """Reflections for each question; None without questions.

    MITI 4.2.1 calls 1:1 fair and 2:1 good (Moyers, Manuel & Ernst 2014)."""
    complex_share: float | None
    """Share of reflections that are complex, 0–1; None without reflections. MITI 4.2.1 calls 40% fair, 50% good."""
    open_share: float | None
    """Share of questions that are open, 0–1; None without questions.

    MITI 3.1.1 called 50% fair and 70% good (Moyers et al. 2010)."""
    clinician_word_share: float
    """Share of all words spoken that were the clinician's, 0–1 (verbal dominance in the RIAS, Roter & Larson 2002)."""
    opportunities: tuple[Opportunity, ...]
    """Empathic opportunities in the sense of Suchman et al. (1997) and the ECCS (Bylund & Makoul 2002)."""
    option: tuple[OptionItem, ...]
    """Items in the style of Observer OPTION-5 (Elwyn et al. 2013; Barr et al. 2015), from the moves of the visit."""
    option_total: int
    """The five items rescaled to 0–100 as in the manual. Mean in primary care 11.8 (Kölker et al. 2018)."""

    @property
    def offered(self) -> int:
        """Return how many empathic opportunities the patient gave."""
        return len(self.opportunities)

    @property
    def taken(self) -> int:
        """Return how many of them were taken."""
        return sum(chance.taken for chance in self.opportunities)

    @property
    def missed(self) -> tuple[Opportunity, ...]:
        """Return those that were missed."""
        return tuple(chance for chance in self.opportunities if not chance.taken)


_ITEMS: tuple[tuple[OptionName, tuple[tuple[str, ...], ...]], ...] = (
    ("alternatives", (("offers_options",),)),
    ("partnership", (("supports_autonomy", "supports"), ("asks_permission", "agrees_plan"))),
    ("information", (("weighs_tradeoffs",), ("informs", "checks_understanding"))),
    ("preferences", (("elicits_preference",), ("invites_correction",))),
    ("integrating", (("agrees_plan",), ("grants", "supports_autonomy"))),
)
"""For each item the moves that serve it, the stronger ones first."""
_UNDOES = ("orders", "argues", "takes_back")


def visit_figures(turns: Sequence[tuple[Reading, Scorecard]]) -> VisitFigures:
    """Return the figures of a visit from its readings and scorecards, in order."""
    count = _count(turns)
    questions = count["open_question"] + count["closed_question"]
    simple = count["simple_reflection"]
    deeper = count["complex_reflection"] + count["double_sided_reflection"] + count["summary"]
    said = sum(len(parse(reading.reply).words()) for reading, _ in turns)
    heard = sum(len(parse(reading.patient_words).words()) for reading, _ in turns)
    items = tuple(_item(name, tiers, turns) for name, tiers in _ITEMS)
    return VisitFigures(
        open_questions=count["open_question"],
        closed_questions=count["closed_question"],
        simple_reflections=simple,
        complex_reflections=deeper,
        reflection_to_question=round((simple + deeper) / questions, 2) if questions else None,
        complex_share=round(deeper / (simple + deeper), 2) if simple + deeper else None,
        open_share=round(count["open_question"] / questions, 2) if questions else None,
        clinician_word_share=round(said / (said + heard), 3) if said + heard else 0.0,
        opportunities=tuple(_opportunities(turns)),
        option=items,
        option_total=sum(item.score for item in items) * 5,
    )


def _count(turns: Sequence[tuple[Reading, Scorecard]]) -> dict[str, int]:
    names = ("open_question", "closed_question", "simple_reflection", "complex_reflection",
             "double_sided_reflection", "summary")  # fmt: skip
    count = dict.fromkeys(names, 0)
    for reading, _ in turns:
        taken: list[Move] = []
        # The deeper name wins where the same words were read as two kinds of reflection.
        for name in reversed(names):
            for move in reading.quotes(name):
                if name.endswith(("reflection", "summary")) and any(
                    move.start < other.end and other.start < move.end for other in taken
                ):
                    continue
                if not name.endswith("question"):
                    taken.append(move)
                count[name] += 1
    return count


def _opportunities(turns: Sequence[tuple[Reading, Scorecard]]) -> list[Opportunity]:
    chances: list[Opportunity] = []
    for seq, (reading, card) in enumerate(turns, start=1):
        cues = [cue for cue in reading.cues if cue.kind in _FEELING_CUES]
        if not cues:
            continue
        cue = max(cues, key=lambda c: (c.kind == "danger", c.end - c.start, -c.start))
        level = card.validation.level
        taken = level is not None and level >= _TAKEN_FROM and reading.does(*_EMPATHY)
        chances.append(Opportunity(seq, cue.quote, cue.kind, taken))
    return chances


def _item(
    name: OptionName, tiers: tuple[tuple[str, ...], ...], turns: Sequence[tuple[Reading, Scorecard]]
) -> OptionItem:
    """Score one item: 1 for a trace, 2 for the core move once, 3 for core and more, 4 where it recurs unspoilt."""
    core = [seq for seq, (reading, _) in enumerate(turns, start=1) if reading.does(*tiers[0])]
    more = [seq for seq, (reading, _) in enumerate(turns, start=1) if len(tiers) > 1 and reading.does(*tiers[1])]
    spoilt = any(turns[seq - 1][0].does(*_UNDOES) for seq in core)
    high = any((turns[seq - 1][1].sdm.level or 0) >= 3 for seq in core)
    score = 0
    if core:
        score = 2 + bool(more or len(core) > 1 or high) + (len(core) > 1 and high)
        if spoilt:
            score = min(score, 2)
    elif more:
        score = 1
    return OptionItem(name, score, tuple(sorted({*core, *more})))
