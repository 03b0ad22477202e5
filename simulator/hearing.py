"""What a question is about where none of the written phrasings is in it: a small model, fitted on whole questions.

It is a linear one over the words and pairs of words of a sentence, read from `hearing.json`, which `hearing_fit` makes.
"""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.kept import kept
from simulator.words import SHORT, is_slip, root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEIGHTS = Path(__file__).with_name("hearing.json")
NONE = "none"
"""What is asked and is about none of the topics."""
_RARITY_STEPS = 20.0
"""Steps to one of what a rare word counts more than a common one, as the file has them."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a sentence is probably about."""

    topic: str
    certainty: float


def roots_of(words: Sequence[str], same: Mapping[str, str]) -> list[str]:
    """Return the words without their endings, those that count as another one as that."""
    return [root(same.get(word, word)) for word in words]


def parts_of(roots: Sequence[str]) -> list[str]:
    """Return what the model looks at: each word without its ending, each pair, and how the sentence begins and ends."""
    return [*roots, *map(" ".join, zip(["^", *roots], [*roots, "$"], strict=True))]


_Laid = tuple[list[str], list[float], float, float, dict[str, tuple[float, int, int]], dict[str, list[str]], bytes]
"""Topics, their bias, step, what an unknown word counts; by part how rare it is and where its weights begin and end;
parts by their first letter; the weights."""


def laid_out(stored: Mapping[str, Any]) -> _Laid:
    """Return what `hearing_fit` stores as it is used."""
    rarity, counts, weights = (b64decode(stored[key]) for key in ("rarity", "counts", "weights"))
    parts: dict[str, tuple[float, int, int]] = {}
    by_letter: dict[str, list[str]] = {}
    at = 0
    for name, rare, count in zip(stored["parts"].split("\n"), rarity, counts, strict=True):
        parts[name] = (rare / _RARITY_STEPS, at, at + 2 * count)
        at += 2 * count
        if " " not in name and len(name) >= SHORT:
            by_letter.setdefault(name[0], []).append(name)
    bias = [float(one) for one in stored["bias"]]
    return list(stored["topics"]), bias, float(stored["step"]), float(stored["unknown"]), parts, by_letter, weights


class Hearing:
    """The model, ready to be asked."""

    def __init__(self, laid: _Laid) -> None:
        """Take up what `laid_out` gives."""
        self.topics, self._bias, self._step, self._unknown, self._parts, self._by_letter, self._weights = laid
        self._repaired: dict[str, str] = {}

    @property
    def parts(self) -> list[str]:
        """What it looks at."""
        return list(self._parts)

    def __contains__(self, part: str) -> bool:
        """Return True for a word or pair of words that it looks at."""
        return part in self._parts

    def _meant(self, word: str) -> str:
        """Return the known word of which this one is a slip of the keyboard, or the word itself."""
        if word in self._parts or len(word) < SHORT or not word.isalpha():
            return word
        known = self._repaired.get(word)
        if known is None:
            if len(self._repaired) > 5000:
                self._repaired.clear()
            near = self._by_letter.get(word[0], ())
            known = next((one for one in near if abs(len(one) - len(word)) < 2 and is_slip(word, one, _NONE)), word)
            self._repaired[word] = known
        return known

    def likelihoods(self, words: Sequence[str], same: Mapping[str, str]) -> dict[str, float]:
        """Return how likely a sentence is about each topic (0–1, together 1); nothing where hardly a word is known."""
        roots = [self._meant(word) for word in roots_of(words, same)]
        scores = self._bias.copy()
        found: list[tuple[float, int, int]] = []
        length = 0.0
        for part in dict.fromkeys(parts_of(roots)):
            known = self._parts.get(part)
            if known is not None:
                found.append(known)
                length += known[0] * known[0]
            elif " " not in part:
                length += self._unknown
        if len(found) < 2:
            return {}
        length = sqrt(length)
        weights, step = self._weights, self._step
        for rare, start, end in found:
            share = rare / length * step
            for at in range(start, end, 2):
                scores[weights[at]] += share * (weights[at + 1] - 128)
        best = max(scores)
        shares = [exp(score - best) for score in scores]
        whole = sum(shares)
        return {topic: share / whole for topic, share in zip(self.topics, shares, strict=True)}

    def guess(self, words: Sequence[str], same: Mapping[str, str]) -> Guess | None:
        """Return what a sentence is most probably about; None where hardly a word of it is known."""
        likely = self.likelihoods(words, same)
        if not likely:
            return None
        topic = max(likely, key=lambda one: likely[one])
        return Guess(topic, likely[topic])


_NONE: frozenset[str] = frozenset()


@cache
def hearing() -> Hearing:
    """Return the model that ships with the program."""
    return Hearing(
        kept("hearing", (WEIGHTS, Path(__file__)), lambda: laid_out(json.loads(WEIGHTS.read_text(encoding="utf-8"))))
    )


def is_known(part: str, language: str) -> bool:
    """Return True for a word, by its root, that stands in questions of this language and so is no slip for another."""
    return language == "en" and part in hearing()


@lru_cache(maxsize=1024)
def likelihoods(words: tuple[str, ...], language: str) -> Mapping[str, float]:
    """Return how likely a sentence is about each topic; nothing where there is no model of its language."""
    from simulator.everyday import same_words

    return hearing().likelihoods(words, same_words(language)) if language == "en" else {}


def guessed(words: tuple[str, ...], language: str) -> Guess | None:
    """Return what a sentence in a language is most probably about; None where there is no model of that language."""
    likely = likelihoods(words, language)
    if not likely:
        return None
    topic = max(likely, key=lambda one: likely[one])
    return Guess(topic, likely[topic])
