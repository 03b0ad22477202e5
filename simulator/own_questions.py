"""Which of a patient's own facts a question asks for, by the whole questions that the scenario lists for each.

Nothing is trained: a question is compared with each of those listed, by the words and pairs of words that they share, a
rare one counting more than a common one. So it works for a patient that was written a minute ago.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.kept import kept
from simulator.everyday import said, same_words, stock_files, topics
from simulator.hearing import parts_of, roots_of
from simulator.words import SHORT, is_slip, root, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LITTLE = 0.12
"""What a word counts that shows nothing by itself ("you", "tell", "what"), beside a word met nowhere."""
_TELLING = 0.3
"""From how rare a word on it tells something; two such words must be shared, or all that a question has."""
_PAIR = 0.5
"""What a pair of words counts beside what its words count."""
_SAME, _SURE, _RATHER, _PROBABLE = 0.7, 0.6, 0.5, 0.42
"""How near a question must be for its fact to be meant though it does something else, too; whatever else it names;
where words in it name everyday topics; and where nothing else is named."""
_BY_ONE_WORD = 0.75
"""How near it must be where one word alone tells something, and that word names a topic."""
_APART = 0.06
"""By how much nearer it must be than to any other fact."""
_MOST_KEPT = 256
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """The fact that a question is nearest to, and how near (0–1)."""

    topic: str
    share: float
    next_share: float
    """How near the next other fact is."""
    telling: int
    """How many of the shared words tell something."""


@cache
def _rarity(language: str) -> dict[str, float]:
    """Return how rare each word is among the phrasings of all everyday topics, 0–1, by its root."""

    def counted() -> dict[str, float]:
        seen: dict[str, int] = {}
        phrases = [phrase for topic in topics(language).values() for phrase in topic.asked_as]
        same = same_words(language)
        for phrase in phrases:
            for one in set(roots_of(words_of(phrase), same)):
                seen[one] = seen.get(one, 0) + 1
        most = log(1 + len(phrases))
        rarity = {one: log((1 + len(phrases)) / (1 + count)) / most for one, count in seen.items()}
        rarity.update((root(word), _LITTLE) for word in said(language).carries_little)
        return rarity

    return kept("rarity", (*stock_files(language), Path(__file__)), counted)


class OwnQuestions:
    """The questions listed for the facts of one scenario, ready to be compared with."""

    def __init__(self, named: Iterable[tuple[str, Sequence[str]]], language: str) -> None:
        """Prepare.

        Args:
            named: Pairs of a topic and the words of a whole question that asks for it.
            language: The scenario's.
        """
        self._same = same_words(language)
        self._rarity = _rarity(language)
        self._weights: dict[str, float] = {}
        """What each part of a listed question counts."""
        self._topics: list[str] = []
        self._parts: list[dict[str, None]] = []
        """The parts of each question."""
        self._lengths: list[float] = []
        self._where: dict[str, list[int]] = {}
        """The questions in which each telling word stands, by number."""
        self._by_letter: dict[str, list[str]] = {}
        self._meant: dict[str, str] = {}
        self._found: dict[tuple[str, ...], Likeness | None] = {}
        """What was found before: a sentence is asked about more than once."""
        for topic, words in named:
            self._add(topic, dict.fromkeys(parts_of(roots_of(words, self._same))))
        for part in self._where:
            if len(part) >= SHORT:
                self._by_letter.setdefault(part[0], []).append(part)

    def _add(self, topic: str, parts: dict[str, None]) -> None:
        weights, where = self._weights, self._where
        for part in [part for part in parts if part not in weights]:
            weight = weights[part] = self._weight(part)
            if weight >= _TELLING and " " not in part:
                where[part] = []
        for part in parts.keys() & where.keys():
            where[part].append(len(self._topics))
        self._topics.append(topic)
        self._parts.append(parts)
        self._lengths.append(sum([weights[part] for part in parts]))

    def _weight(self, part: str) -> float:
        """Return how much it shows that two questions share a word or a pair of words."""
        first, space, second = part.partition(" ")
        if not space:
            return self._rarity.get(part, 1.0)
        return _PAIR * self._rarity.get(first, 1.0) * self._rarity.get(second, 1.0)

    def _known(self, word: str) -> str:
        """Return the listed word of which this one is a slip of the keyboard, or the word itself."""
        if word in self._weights or word in self._rarity or len(word) < SHORT or not word.isalpha():
            return word
        meant = self._meant.get(word)
        if meant is None:
            if len(self._meant) > 2000:
                self._meant.clear()
            near = self._by_letter.get(word[0], ())
            meant = next((one for one in near if abs(len(one) - len(word)) < 2 and is_slip(word, one, _NONE)), word)
            self._meant[word] = meant
        return meant

    def surely(
        self, words: Sequence[str], *, openly: bool = False, acts: bool = False, names: bool = False
    ) -> str | None:
        """Return the fact that a question asks for without doubt, or None.

        Args:
            words: The question's.
            openly: It asks for more of anything ("how do you feel about"): it must share more that tells something.
            names: A word in it names an everyday topic: where it shares a single telling word, it may be that one.
            acts: It does something that has an answer of its own: it must be next to one that is listed.
        """
        found = self._from(words, _SAME if acts else _SURE, 2 if openly or acts else 1)
        nearest = self.nearest(words)
        by_one_word = names and nearest is not None and nearest.telling == 1 and nearest.share < _BY_ONE_WORD
        return None if by_one_word else found

    def rather(self, words: Sequence[str]) -> str | None:
        """Return the fact that a question asks for rather than what a word in it names, or None."""
        return self._from(words, _RATHER, 2)

    def probably(self, words: Sequence[str]) -> str | None:
        """Return the fact that a question asks for if it asks for anything listed, or None."""
        return self._from(words, _PROBABLE, 2)

    def _from(self, words: Sequence[str], least: float, telling: int) -> str | None:
        found = self.nearest(words) if self._topics else None
        if found is None or found.share < least or found.telling < telling or found.share - found.next_share < _APART:
            return None
        return found.topic

    def nearest(self, words: Sequence[str]) -> Likeness | None:
        """Return the fact that a question is nearest to; None where it shares nothing with any."""
        text = tuple(words)
        if text not in self._found:
            if len(self._found) >= _MOST_KEPT:
                self._found.clear()
            self._found[text] = self._nearest(text)
        return self._found[text]

    def _nearest(self, words: tuple[str, ...]) -> Likeness | None:
        parts = dict.fromkeys(parts_of([self._known(word) for word in roots_of(words, self._same)]))
        weights = {part: self._weights.get(part) or self._weight(part) for part in parts}
        telling = [part for part, weight in weights.items() if weight >= _TELLING and " " not in part]
        told = Counter([number for part in telling for number in self._where.get(part, ())])
        length = sum(weights.values())
        best: dict[str, tuple[float, int]] = {}
        for number, count in told.items():
            if count < min(len(telling), 2):
                continue
            listed = self._parts[number]
            shared = sum([weight for part, weight in weights.items() if part in listed])
            near = (shared / (length * self._lengths[number]) ** 0.5, count)
            topic = self._topics[number]
            best[topic] = max(near, best.get(topic, near))
        if not best:
            return None
        topic = max(best, key=lambda one: best[one])
        share, count = best.pop(topic)
        return Likeness(topic, share, max((near for near, _ in best.values()), default=0.0), count)
