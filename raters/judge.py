"""A language model as a second rater, under the same rubric. Its levels stand beside the embedded ones.

What cannot be told is not rated, with the reason: a failure is never a level, an ungrounded level is none, and words
addressed to the rater can lower a level but never raise one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import yaml

from raters.quoting import Quote, blanked, find, without_hidden
from raters.verdict import Unreadable, Verdict, Verdicts, read_verdicts
from scoring.scorecard import SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scoring.scorecard import Scorecard

RUBRIC = Path(__file__).resolve().parent.parent / "scoring" / "rubric.yaml"
_NEEDS_QUOTE = 2
"""From this level up a rating must point at words of the reply; below, the reason may be an absence."""
APART = 2
"""From this many levels apart two raters are said to disagree."""


class Asked(Protocol):
    """What `ask` returns, as far as it matters here."""

    @property
    def text(self) -> str:
        """The answer without reasoning."""

    @property
    def raw(self) -> str:
        """The answer as it came."""

    @property
    def model(self) -> str:
        """Which model answered."""

    @property
    def prompt_sha256(self) -> str:
        """Which wording of the prompt it answered."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rating guide as the embedded scorer and the pages read it, for the prompt to be filled with."""

    words: Mapping[str, Any]
    version: str


@dataclass(frozen=True, slots=True)
class SkillVerdict:
    """One skill by the second rater."""

    skill: Skill
    level: int | None
    called_for: bool | None
    """None where nobody could tell."""
    because: str
    evidence: tuple[Quote, ...]
    not_rated: str = ""
    """Why there is no level although one was asked for; empty where there is one or none was called for."""

    def as_json(self) -> dict[str, Any]:
        """Return the verdict by name, the quotes as plain words."""
        return {
            "level": self.level,
            "called_for": self.called_for,
            "because": self.because,
            "evidence": [quote.quote for quote in self.evidence],
            "not_rated": self.not_rated,
        }


@dataclass(frozen=True, slots=True)
class SecondRating:
    """A rating by a model, with everything needed to look into it later."""

    skills: dict[Skill, SkillVerdict]
    model: str
    prompt_sha256: str
    rubric_version: str
    raw_answers: tuple[str, ...]
    """Every answer as it came, in order: the rating, a repair, a rating without words addressed to the rater."""
    repaired: bool = False
    addressed_to_rater: tuple[Quote, ...] = ()
    failure: str = ""
    """The kind of a failure because of which nothing was rated; empty otherwise."""

    def __getitem__(self, skill: Skill) -> SkillVerdict:
        return self.skills[skill]

    def as_json(self) -> dict[str, Any]:
        """Return the rating in the shape of a line of `rapport score`, with the record of how it came about."""
        return {skill: verdict.as_json() for skill, verdict in self.skills.items()} | {
            "rater": {
                "model": self.model,
                "prompt_sha256": self.prompt_sha256,
                "rubric_version": self.rubric_version,
                "repaired": self.repaired,
                "addressed_to_rater": [quote.quote for quote in self.addressed_to_rater],
                "failure": self.failure,
                "raw_answers": list(self.raw_answers),
            }
        }


@cache
def rubric_in_use() -> Rubric:
    """Return the rubric that the embedded scorer and the pages read; its version is the digest of its file."""
    return rubric_of(RUBRIC)


def rubric_of(path: Path) -> Rubric:
    """Return the rubric that a file holds. Raises OSError or yaml.YAMLError."""
    text = path.read_bytes()
    return Rubric(yaml.safe_load(text), hashlib.sha256(text).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Judge:
    """A second rater. ``ask(prompt, **context)`` answers or raises; whatever it raises, nothing is rated."""

    ask: Callable[..., Asked]
    rubric: Rubric

    def rate(
        self,
        reply: str,
        patient_words: str,
        earlier: Sequence[str] = (),
        situation: str = "",
        flagged: Sequence[tuple[int, int]] = (),
    ) -> SecondRating:
        """Rate one reply.

        Args:
            reply: The clinician's words.
            patient_words: What the patient said just before.
            earlier: What the patient said before that, oldest first.
            situation: What else a rater may know, such as the door note.
            flagged: Places in the reply that are known to be addressed to the rater (from the embedded reading).
        """
        asking = _Asking(self, patient_words, tuple(earlier), situation)

        def rating() -> dict[Skill, SkillVerdict]:
            whole = asking.verdicts(reply)
            asking.addressed = [q for text in whole.addressed_to_rater if (q := find(text, reply))]
            asking.addressed += [Quote(reply[start:end], start, end) for start, end in flagged]
            rated = {skill: _grounded(whole.skills[skill], skill, reply, reply) for skill in SKILLS}
            if asking.addressed:
                return self._lower(rated, reply, asking)
            if without_hidden(reply) != reply and not without_hidden(reply).strip():
                return {skill: _nothing_left(rated[skill]) for skill in SKILLS}
            return rated

        return asking.outcome(rating)

    def without(
        self,
        before: SecondRating,
        spans: Sequence[tuple[int, int]],
        reply: str,
        patient_words: str,
        earlier: Sequence[str] = (),
        situation: str = "",
    ) -> SecondRating:
        """Rate a reply again without words that another run found addressed to the rater; the lower level counts."""
        asking = _Asking(self, patient_words, tuple(earlier), situation)
        asking.raw, asking.repaired = list(before.raw_answers), before.repaired
        asking.model, asking.prompt_sha256 = before.model, before.prompt_sha256
        have = {(q.start, q.end) for q in before.addressed_to_rater}
        asking.addressed = list(before.addressed_to_rater)
        asking.addressed += [Quote(reply[a:b], a, b) for a, b in spans if (a, b) not in have]
        return asking.outcome(lambda: self._lower(before.skills, reply, asking))

    def _lower(self, rated: dict[Skill, SkillVerdict], reply: str, asking: _Asking) -> dict[Skill, SkillVerdict]:
        """Rate what is left without the words addressed to the rater; for each skill the lower of the two counts."""
        rest = blanked(reply, [(q.start, q.end) for q in asking.addressed])
        if not any(c.isalnum() for c in rest):
            return {skill: _nothing_left(rated[skill]) for skill in SKILLS}
        again = asking.verdicts(rest)
        lower = {}
        for skill in SKILLS:
            first, second = rated[skill], _grounded(again.skills[skill], skill, rest, reply)
            if second.level is None or (first.level is not None and second.level <= first.level):
                lower[skill] = second
            elif first.level is None:
                lower[skill] = second if not first.not_rated else first
            else:
                lower[skill] = first
        return lower


class _Asking:
    """One rating under way: what was asked and what came back."""

    def __init__(self, judge: Judge, patient_words: str, earlier: tuple[str, ...], situation: str) -> None:
        self.judge = judge
        self.raw: list[str] = []
        self.addressed: list[Quote] = []
        self.repaired = False
        self.model = self.prompt_sha256 = ""
        self._material = as_material(patient_words, earlier, situation)

    def verdicts(self, reply: str) -> Verdicts:
        """Ask for a rating; an answer that cannot be read is put into form once."""
        shown = as_data(" ".join(without_hidden(reply).split(" ")))
        asked = self._ask("judge", rubric=self.judge.rubric.words, reply=shown, **self._material)
        self.model, self.prompt_sha256 = asked.model, asked.prompt_sha256
        try:
            return read_verdicts(asked.text)
        except Unreadable as problem:
            self.repaired = True
            again = self._ask("judge-repair", reply=shown, answer=as_data(asked.text), problem=str(problem))
            return read_verdicts(again.text)

    def _ask(self, prompt: str, **context: Any) -> Asked:
        # A new fence for each request: nobody who typed a reply could know it.
        asked = self.judge.ask(prompt, fence=f"<<{secrets.token_hex(8)}>>", **context)
        self.raw.append(asked.raw)
        return asked

    def outcome(self, rating: Callable[[], dict[Skill, SkillVerdict]]) -> SecondRating:
        """Return what a way of rating comes to; whatever it raises, nothing is rated."""
        try:
            return self._record(rating())
        except Unreadable as error:
            return self._nothing(f"The model's rating could not be read: {error}", "unreadable")
        except Exception as error:  # whatever the model's seam raises: it is never a level
            kind = str(getattr(error, "kind", type(error).__name__))
            return self._nothing(str(getattr(error, "sentence", "The model could not be asked.")), kind)

    def _record(self, skills: dict[Skill, SkillVerdict], failure: str = "") -> SecondRating:
        return SecondRating(
            skills, self.model, self.prompt_sha256, self.judge.rubric.version, tuple(self.raw), self.repaired,
            tuple(self.addressed), failure,
        )  # fmt: skip

    def _nothing(self, why: str, failure: str) -> SecondRating:
        return self._record(nothing_rated(why), failure)


def nothing_rated(why: str) -> dict[Skill, SkillVerdict]:
    """Return three skills without a level, for one reason."""
    return {skill: SkillVerdict(skill, None, None, "", (), why) for skill in SKILLS}


def as_data(text: str) -> str:
    """Return foreign text as one JSON string: its quotes and line ends cannot be mistaken for the prompt's own."""
    return json.dumps(without_hidden(text), ensure_ascii=False)


def as_material(patient_words: str, earlier: Sequence[str], situation: str) -> dict[str, Any]:
    """Return what a rater may know besides the reply, as the prompt takes it."""
    return {
        "patient": as_data(patient_words),
        "earlier": [as_data(words) for words in earlier],
        "situation": as_data(situation) if situation.strip() else "",
    }


def _grounded(verdict: Verdict, skill: Skill, rated: str, reply: str) -> SkillVerdict:
    """Return a verdict with its quotes found in the reply; not rated where they are not there, word for word."""
    if verdict.level is None:
        return SkillVerdict(skill, None, verdict.called_for, verdict.reason, ())
    quotes = [find(text, rated) for text in verdict.quotes]
    found = tuple(q for q in quotes if q is not None and reply[q.start : q.end] == q.quote)
    if len(found) < len(verdict.quotes):
        return SkillVerdict(
            skill, None, verdict.called_for, "", (), "The model quoted words that the reply does not hold."
        )
    if verdict.level >= _NEEDS_QUOTE and not found:
        return SkillVerdict(
            skill, None, verdict.called_for, "", (), "The model pointed at no words of the reply for this level."
        )
    return SkillVerdict(skill, verdict.level, verdict.called_for, verdict.reason, found)


def _nothing_left(first: SkillVerdict) -> SkillVerdict:
    called = first.called_for is not False
    why = "Nothing of the reply was said to the patient."
    return SkillVerdict(first.skill, 0 if called else None, first.called_for, why, ())


def disagreements(card: Scorecard, second: SecondRating) -> tuple[Skill, ...]:
    """Return the skills on which the embedded and the second rater are two levels or more apart."""
    apart = []
    for skill in SKILLS:
        one, other = card[skill].level, second[skill].level
        if one is not None and other is not None and abs(one - other) >= APART:
            apart.append(skill)
    return tuple(apart)
