"""Which of a patient's own facts a question asks for, by the whole questions that the scenario lists for each.

Nothing is trained: a question is compared with each of those listed, by the words and pairs of words that they share, a
rare one counting more than a common one. So it works for a patient that was written a minute ago.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import compress
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scoring.kept import kept
from simulator.everyday import said, same_words, stock_files, topics
from simulator.hearing import is_known, parts_of, roots_of
from simulator.words import SHORT, is_slip, root, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LITTLE = 0.12
"""What a word counts that shows nothing by itself ("you", "tell", "what"), beside a word met nowhere."""
_TELLING = 0.3
"""From how rare a word on it tells something; two such words must be shared, or all that a question has."""
_PAIR = 0.5
"""What a pair of words counts beside what its words count."""
_SAME, _SURE = 0.7, 0.6
"""How near a question must be to one that is listed to be next to it: where it may do something else, too; and else."""
_APART = 0.06
"""By how much nearer it must be than to any other fact."""
_SAYS_NOTHING = 0.12
"""What a part counts among the facts of one patient (0–1) below which it is not looked at: most are asked with it."""
_FAR_OFF = 0.2
"""Of the nearest, how near another must be to be looked at."""
_USUAL = 40
"""Facts among which a word is rare or common: a patient with fewer is weighed as if there were so many."""
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


class Near(NamedTuple):
    """How near a question is to those that are listed for one fact; each 0–1 but where it says otherwise."""

    nearest: float
    """To the nearest of them, the rarer a word among this patient's questions the more it counts."""
    together: float
    """To all of them added up: 0 and upwards."""
    usual: float
    """To each of them on average."""
    telling: float
    """How much of what tells something in the question stands in the nearest."""
    covered: float
    """How much of it stands in any of them."""


class OwnQuestions:
    """The questions listed for the facts of one scenario, ready to be compared with."""

    def __init__(self, named: Iterable[tuple[str, Sequence[str]]], language: str) -> None:
        """Prepare.

        Args:
            named: Pairs of a topic and the words of a whole question that asks for it.
            language: The scenario's.
        """
        self._language = language
        self._same = same_words(language)
        self._rarity = _rarity(language)
        self._weights: dict[str, float] = {}
        """What each part of a listed question counts."""
        self._topics: list[str] = []
        self._parts: list[dict[str, None]] = []
        """The parts of each question."""
        self._lengths: list[float] = []
        self._here: _Here | None = None
        self._asked: dict[tuple[str, ...], set[int]] = {}
        """The questions, by their words."""
        self._where: dict[str, list[int]] = {}
        """The questions in which each telling word stands, by number."""
        self._by_letter: dict[str, list[str]] = {}
        self._meant: dict[str, str] = {}
        self._found: dict[tuple[str, ...], Likeness | None] = {}
        """What was found before: a sentence is asked about more than once."""
        for topic, words in named:
            self._asked.setdefault(tuple(words), set()).add(len(self._topics))
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
        if is_known(word, self._language):
            return word  # "Heating" is no slip for "healing".
        meant = self._meant.get(word)
        if meant is None:
            if len(self._meant) > 2000:
                self._meant.clear()
            near = self._by_letter.get(word[0], ())
            meant = next((one for one in near if abs(len(one) - len(word)) < 2 and is_slip(word, one, _NONE)), word)
            self._meant[word] = meant
        return meant

    def exactly(self, words: tuple[str, ...]) -> str | None:
        """Return the fact that a question is listed for word for word; None where it is for none, or for several."""
        topics = {self._topics[number] for number in self._asked.get(words, ())}
        return topics.pop() if len(topics) == 1 else None

    def listed(self, words: Sequence[str], *, acts: bool = False) -> str | None:
        """Return the fact that has a question listed which this one is next to, or None.

        Args:
            words: The question's.
            acts: It may do something that has an answer of its own: it must be nearer, and share more that tells.
        """
        found = self.nearest(words) if self._topics else None
        least, telling = (_SAME, 2) if acts else (_SURE, 1)
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
        weights = self.weighed(words)
        telling = self.telling(weights)
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

    def weighed(self, words: Sequence[str]) -> dict[str, float]:
        """Return the parts of a question, slips mended, with what each shows by being shared (0–1)."""
        parts = dict.fromkeys(parts_of([self._known(word) for word in roots_of(words, self._same)]))
        return {part: self._weights.get(part) or self._weight(part) for part in parts}

    @staticmethod
    def telling(weighed: Mapping[str, float]) -> dict[str, float]:
        """Return those of the weighed parts that are words which tell something by themselves."""
        return {part: weight for part, weight in weighed.items() if weight >= _TELLING and " " not in part}

    def near(self, words: Sequence[str], but: Sequence[str] = ()) -> dict[str, Near]:
        """Return how near a question is to those of each fact, for all that share anything with it.

        Args:
            words: The question's.
            but: A listed question that is not looked at: what is measured must not find itself.
        """
        if not self._topics:
            return {}
        here = self._here = self._here or _Here(self._parts, self._topics)
        weights = self.weighed(words)
        left_out = self._asked.get(tuple(but), set()) if but else set()
        shared = [0.0] * len(here.order)
        squares = {part: here.weight(part) ** 2 for part in weights}
        for part, square in squares.items():
            for place in here.where.get(part, ()):
                shared[place] += square
        length = sum(squares.values()) ** 0.5
        telling = self.telling(weights)
        whole = sum(telling.values()) or 1.0
        told: dict[int, float] = {}
        covered: dict[str, float] = {}
        for part, weight in telling.items():
            there = [number for number in self._where.get(part, ()) if number not in left_out]
            for number in there:
                told[number] = told.get(number, 0.0) + weight
            for topic in {self._topics[number] for number in there}:
                covered[topic] = covered.get(topic, 0.0) + weight
        # As many questions are listed as a book has lines: only those are looked at that share something.
        added = [0.0] * len(here.facts)
        most = [0.0] * len(here.facts)
        nearest = [0] * len(here.facts)
        order, lengths, fact_of = here.order, here.lengths, here.fact_of
        for place in compress(range(len(shared)), shared):
            if left_out and order[place] in left_out:
                continue
            near, fact = shared[place] / (length * lengths[place]), fact_of[place]
            added[fact] += near
            if near > most[fact]:
                most[fact], nearest[fact] = near, place
        found: dict[str, Near] = {}
        least = _FAR_OFF * max(most, default=0.0)
        for (topic, count), near, sum_of, place in zip(here.facts, most, added, nearest, strict=True):
            if near > least:
                told_there, covered_there = told.get(order[place], 0.0) / whole, covered.get(topic, 0.0) / whole
                found[topic] = Near(near, sum_of, sum_of / count, told_there, covered_there)
        return found


class _Here:
    """What each part counts among the questions of one patient: a word that many facts are asked with shows little."""

    def __init__(self, questions: Sequence[Iterable[str]], topics: Sequence[str]) -> None:
        by_fact: dict[str, list[int]] = {}
        for number, topic in enumerate(topics):
            by_fact.setdefault(topic, []).append(number)
        self.order = [number for numbers in by_fact.values() for number in numbers]
        """The numbers of the questions, those of each fact together."""
        self.facts: list[tuple[str, int]] = []
        """Each fact, and how many questions are listed for it."""
        self.fact_of: list[int] = []
        """The number of the fact that each question is listed for, in that order."""
        asked_with: Counter[str] = Counter()
        for topic, numbers in by_fact.items():
            self.fact_of += [len(self.facts)] * len(numbers)
            self.facts.append((topic, len(numbers)))
            asked_with.update(set().union(*[questions[number] for number in numbers]))
        self._most = log(1 + max(_USUAL, len(by_fact)))
        self._weights = {part: self._rare(part, facts) for part, facts in asked_with.items()}
        squares = {part: weight**2 for part, weight in self._weights.items()}
        self.where: dict[str, list[int]] = {part: [] for part, weight in self._weights.items() if weight}
        """The questions in which each part stands that says something, by their place in that order."""
        self.lengths: list[float] = []
        """How long each is, in that order."""
        for place, number in enumerate(self.order):
            parts = questions[number]
            self.lengths.append(sum([squares[part] for part in parts]) ** 0.5 or 1.0)
            for part in self.where.keys() & parts:
                self.where[part].append(place)

    def _rare(self, part: str, facts: int) -> float:
        share = 1 - log(1 + facts) / self._most
        share *= _PAIR if " " in part else 1.0
        return share if share >= _SAYS_NOTHING else 0.0

    def weight(self, part: str) -> float:
        """Return how rare a part is (0–1), less for a pair; 0 where it says nothing here."""
        weight = self._weights.get(part)
        return self._rare(part, 0) if weight is None else weight
