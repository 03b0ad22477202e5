"""What a question is most likely about: all that speaks for a topic, weighed together.

Several things speak for a topic: whole questions that the scenario lists for it, phrases that name it, its own name,
and what the fitted model hears in the sentence. None of them is right by itself often enough, so what each is worth was
fitted on questions whose answer people had named (`weighing_fit`). It is the same for every patient, and needs nothing
but the file of one that was written a minute ago.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import exp, log
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.hearing import NONE, likelihoods, roots_of
from simulator.own_questions import Near, OwnQuestions
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.phrases import Found

WEIGHTS = Path(__file__).with_name("weighing.json")
SPEAKS = (
    "nearest", "together", "usual", "telling", "covered", "said_before", "called", "heard", "surely_heard",
    "phrase", "phrase_words", "own_phrase",
)  # fmt: skip
"""What speaks for a topic, by name: how near the listed questions are, alone and with the sentence before; its own
name; what the model of everyday topics hears; and how much of the question a phrase is that names it."""
NOTHING = ("nothing", "heard_as_nothing", "surely_nothing")
"""What speaks for none of them: that little does, and what the model hears as about none."""
_SHORT = 9
"""Words up to which a question is compared together with the sentence before it."""
_HARDLY = 0.01
"""What the model must give a topic to speak for it."""
NOT_AT_ALL = 0.001
"""Beside the likeliest, how likely a topic must be to be spoken of."""
_NO_TOPIC, _SOME_TOPIC = (0.0,) * len(SPEAKS), (0.0,) * len(NOTHING)
_FAR = Near(0.0, 0.0, 0.0, 0.0, 0.0)
_ONLY_NEAR = (0.0, 0.0, 0.0, log(_HARDLY), 0.0, 0.0, 0.0, *_SOME_TOPIC)
"""What else speaks for a topic for which only the listed questions do."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A topic that a question may be about, and how likely that is beside the others (0–1)."""

    topic: str
    """`NONE` for what is about none."""
    certainty: float


@cache
def weights() -> tuple[float, ...]:
    """Return what each of `SPEAKS` is worth, and of `NOTHING` behind them."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return tuple(stored[name] for name in (*SPEAKS, *NOTHING))


class Weighing:
    """Weighs what a question to one patient is about."""

    def __init__(
        self, like: OwnQuestions, same_fact: Mapping[str, str], language: str, same: Mapping[str, str]
    ) -> None:
        """Prepare.

        Args:
            like: The questions that the scenario lists.
            same_fact: For each topic that the scenario has a fact for, the name by which that fact is listed.
            language: The scenario's.
            same: Words that count as another one.
        """
        self._like, self._same_fact, self._language, self._same = like, same_fact, language, same
        self._called: dict[str, list[str]] = {}
        """Topics by the words of their names."""
        for topic in dict.fromkeys(same_fact.values()):
            for one in dict.fromkeys(roots_of(words_of(topic.replace("_", " ").replace("-", " ")), same)):
                self._called.setdefault(one, []).append(topic)

    def named(self, topic: str, names: Iterable[str]) -> str:
        """Return a topic by the name that was used for it, where one was: a fact can answer several topics."""
        return next((name for name in names if self.listed_as(name) == topic), topic)

    def listed_as(self, topic: str) -> str:
        """Return the name by which the fact is listed that answers a topic."""
        return self._same_fact.get(topic, topic)

    def tells(self, words: Sequence[str]) -> int:
        """Return how many words of a question tell something by themselves."""
        return len(self._telling(words))

    def _telling(self, words: Sequence[str]) -> dict[str, float]:
        return self._like.telling(self._like.weighed(words))

    def exactly(self, words: tuple[str, ...]) -> str | None:
        """Return what the scenario lists this very question for, if for one thing only."""
        return self._like.exactly(words)

    def is_next_to(self, words: Sequence[str], topic: str) -> bool:
        """Return True for what is next to a question that the scenario lists for a topic."""
        return self._like.listed(words, acts=True) == self.listed_as(topic)

    def likely(
        self, words: tuple[str, ...], before: tuple[str, ...], hits: Sequence[Found], own: Iterable[str]
    ) -> list[Likely]:
        """Return what a question may be about, the likeliest first, without what is not likely at all.

        Args:
            words: Its words, those that only name the plan made blank and the medicine called so.
            before: The words of the sentence before it.
            hits: The phrases that were found in it.
            own: The topics that phrases of two words or more of the scenario's own name in it.
        """
        worth = weights()
        near, rows = self._gathered(words, before, hits, own)
        sums = {topic: sum(map(mul, row, worth)) for topic, row in rows.items()}
        beside = sum(map(mul, _ONLY_NEAR, worth[len(_FAR) :]))
        for topic, by in near.items():
            if topic not in rows:  # as are most, so that they are not made into rows first
                sums[topic] = beside + sum(map(mul, by, worth))
        most = max(sums.values())
        shares = {topic: exp(one - most) for topic, one in sums.items()}
        whole = sum(shares.values())
        likely = [Likely(topic, share / whole) for topic, share in shares.items() if share >= NOT_AT_ALL]
        return sorted(likely, key=lambda one: -one.certainty)

    def speaks(
        self,
        words: tuple[str, ...],
        before: tuple[str, ...],
        hits: Sequence[Found],
        own: Iterable[str],
        but: Sequence[str] = (),
    ) -> dict[str, tuple[float, ...]]:
        """Return for each topic that anything speaks for, and for none, how much does: `SPEAKS`, then `NOTHING`.

        Args:
            words: The question's, as for `likely`.
            before: Those of the sentence before it.
            hits: The phrases that were found in it.
            own: The topics that the scenario's own phrases name.
            but: A listed question that is left out.
        """
        near, rows = self._gathered(words, before, hits, own, but)
        return {topic: by + _ONLY_NEAR for topic, by in near.items()} | rows

    def _gathered(
        self,
        words: tuple[str, ...],
        before: tuple[str, ...],
        hits: Sequence[Found],
        own: Iterable[str],
        but: Sequence[str] = (),
    ) -> tuple[dict[str, Near], dict[str, tuple[float, ...]]]:
        """Return how near the listed questions of each topic are, and what speaks for those that more speaks for.

        The arguments are those of `speaks`.
        """
        near = self._like.near(words, but)
        together = self._like.near((*before, *words), but) if before and len(words) <= _SHORT else {}
        telling = self._telling(words)
        whole = sum(telling.values()) or 1.0
        called: dict[str, float] = {}
        for part, weight in telling.items():
            for topic in self._called.get(part, ()):
                called[topic] = called.get(topic, 0.0) + weight / whole
        heard: dict[str, float] = {}
        for topic, share in likelihoods(words, self._language).items():
            if share >= _HARDLY and topic != NONE:
                main = self.listed_as(topic)
                heard[main] = max(share, heard.get(main, 0.0))
        named: dict[str, tuple[float, float]] = {}
        for hit in hits:
            main = self.listed_as(hit.name)
            parts = words_of(hit.phrase)
            share = sum([telling.get(one, 0.0) for one in dict.fromkeys(roots_of(parts, self._same))]) / whole
            there = named.get(main, (0.0, 0.0))
            named[main] = (max(share, there[0]), max(min(1.0, len(parts) / len(words)), there[1]))
        theirs = {self.listed_as(topic) for topic in own}
        none = likelihoods(words, self._language).get(NONE, 0.0)
        rows: dict[str, tuple[float, ...]] = {NONE: (*_NO_TOPIC, 1.0, none, log(none + _HARDLY))}
        for topic in dict.fromkeys([*together, *called, *heard, *named, *(one for one in theirs if one in near)]):
            by = near.get(topic, _FAR)
            share = heard.get(topic, 0.0)
            rows[topic] = (
                *by,
                together[topic].nearest if topic in together else 0.0,
                called.get(topic, 0.0), share, log(share + _HARDLY),
                *named.get(topic, (0.0, 0.0)), float(topic in theirs), *_SOME_TOPIC,
            )  # fmt: skip
        return near, rows
