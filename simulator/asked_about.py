"""What a question asks about: the topic that most speaks for, if it is likely enough for what else the question does.

Danger that is named is always asked about. What makes an act with an answer of its own ("does that make sense?") asks
about a topic only where it is next to a question that the scenario lists. Where nothing is likely, the patient asks
back as ever.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.hearing import NONE
from simulator.question import CERTAIN, NOTHING, OFFERS, Asked, Hearer, Question, gives_way
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.phrases import Found, Phrases
    from simulator.weighing import Likely, Weighing

_PLAIN = 0.8
"""Certainty from which a few words ask about a topic that are no question by their form."""
_LONG = 4
"""Words from which a phrase is all that is asked, if nothing else in the question tells anything."""


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """Tells what the questions to one patient are about."""

    own: Phrases
    """The phrases of the scenario's own facts."""
    hearer: Hearer

    @property
    def weighing(self) -> Weighing:
        """Weighs what speaks for each topic."""
        return self.hearer.weighing

    def of(
        self,
        words: tuple[str, ...],
        hits: list[Found],
        before: tuple[str, ...],
        made: Collection[str],
        *,
        lists: bool = False,
    ) -> Asked:
        """Return what a question asks about.

        Args:
            words: Its words, those that only name the plan made blank and the medicine called so.
            hits: The phrases that were found in it.
            before: The words of the sentence before it.
            made: The acts that it makes.
            lists: It is a list, each piece a question of its own.
        """
        named = tuple(dict.fromkeys(hit.name for hit in hits))
        exactly = self.weighing.exactly(words)
        if exactly is not None:
            acts = gives_way(made)
            acts = acts if OFFERS in acts or not self.hearer.is_everyday(exactly) else NOTHING
            return Asked((self.weighing.named(exactly, named),), surely=True, not_made=acts, certainly=True)
        own = self._own_in(words)
        likely = self.weighing.likely(words, before, hits, own)
        whole = next((hit for hit in hits if self._is_all_of(words, words_of(hit.phrase))), None)
        if whole is not None and not self._is_another(whole, likely[0], words):
            return Asked((whole.name,), surely=True, certainly=True)  # "How's life?" is listed so.
        asked = Question(self.hearer, words, hits, before, made, likely, own, lists=lists).asked()
        first = self.weighing.named(likely[0].topic, named)
        return replace(asked, certainly=asked.topics[:1] == (first,) and likely[0].certainty >= CERTAIN)

    def _is_another(self, whole: Found, best: Likely, words: tuple[str, ...]) -> bool:
        """Return True if something of their own is certainly asked, and not what a phrase in it alone would say."""
        part = self.hearer.is_theirs(best) and len(words_of(whole.phrase)) < len(words)
        return part and best.topic != self.weighing.listed_as(whole.name) and not self.is_danger(whole.name)

    def _is_all_of(self, words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
        """Return True for a phrase that is all of a question, or a longer one with all that tells anything in it."""
        if len(phrase) >= len(words) > 1:
            return True
        return len(phrase) >= _LONG and self.weighing.tells(words) == self.weighing.tells(phrase) > 0

    def is_plain(self, words: tuple[str, ...], hits: list[Found], before: tuple[str, ...]) -> bool:
        """Return True if it is plain what a few words ask about, question or not ("miss many doses")."""
        likely = self.weighing.likely(words, before, hits, self._own_in(words))[0]
        return likely.topic != NONE and likely.certainty >= _PLAIN

    def speaks(
        self, words: tuple[str, ...], hits: list[Found], before: tuple[str, ...], but: tuple[str, ...] = ()
    ) -> dict[str, tuple[float, ...]]:
        """Return what speaks for each topic (`Weighing.speaks`), one listed question left out."""
        return self.weighing.speaks(words, before, hits, self._own_in(words), but)

    def is_danger(self, topic: str) -> bool:
        """Return True for a topic that bears on somebody's safety."""
        return self.hearer.is_danger(topic)

    def _own_in(self, words: tuple[str, ...]) -> frozenset[str]:
        """Return the topics that phrases of two words or more of the scenario's own name."""
        return frozenset(hit.name for hit in self.own.all_in(words) if " " in hit.phrase)
