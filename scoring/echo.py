"""The patient's words made ready, and how much of a reply gives them back."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import or_
from typing import TYPE_CHECKING

from scoring.cues import Hit, cue_books
from scoring.text import Text, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMON = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "so",
        "if",
        "then",
        "than",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "he",
        "she",
        "they",
        "them",
        "him",
        "her",
        "his",
        "their",
        "there",
        "here",
        "i",
        "me",
        "my",
        "mine",
        "we",
        "us",
        "our",
        "you",
        "your",
        "yours",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "must",
        "not",
        "no",
        "yes",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "as",
        "about",
        "into",
        "out",
        "up",
        "down",
        "off",
        "over",
        "just",
        "very",
        "really",
        "too",
        "also",
        "all",
        "any",
        "some",
        "what",
        "which",
        "who",
        "how",
        "when",
        "where",
        "why",
        "because",
        "okay",
        "well",
        "oh",
        "um",
        "uh",
        "right",
        "now",
        "get",
        "got",
        "go",
        "going",
        "'s",
        "is",
        "am",
        "let",
        "make",
        "take",
        "one",
        "thing",
        "like",
        "said",
        "say",
        "says",
        "tell",
        "told",
        "know",
        "think",
    ]
)
"""Words too common for an echo to mean anything."""

MEASURES = ("echo", "echo_some", "echo_two", "new_some", "echo_earlier", "covers", "echo_pairs", "copied")
"""What `echo` measures."""


_TURN = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are", "was": "were",
    "we": "you", "our": "your", "us": "you", "you": "i", "your": "my",
}  # fmt: skip


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a rough stem, enough for "scared" to meet "scaring"."""
    for ending in ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s", "y", "e"):
        if len(word) - len(ending) >= 3 and word.endswith(ending):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Heard:
    """The patient's words, made ready to compare a reply with."""

    text: Text
    stems: frozenset[str]
    earlier: frozenset[str]
    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    turned: frozenset[tuple[str, str]]
    """Pairs of words with the person turned round (I to you), so that a copy can be told."""
    cues: tuple[Hit, ...]
    kinds: frozenset[str]


@lru_cache(maxsize=256)
def hear(patient_words: str, earlier: tuple[str, ...] = ()) -> Heard:
    """Return the patient's words made ready; the same words are often answered more than once."""
    heard = hear_once(patient_words)
    if not earlier:
        return heard
    return replace(heard, earlier=frozenset[str]().union(*[hear_once(line).stems for line in earlier]))


@lru_cache(maxsize=512)
def hear_once(line: str) -> Heard:
    """Return what was said once, made ready; each further reply of the visit is compared with it again."""
    text = parse(line)
    book = cue_books()[1]
    hits = tuple(book.find(text))
    words = tuple(text.words())
    return Heard(
        text,
        frozenset([stem(word) for word in words if word not in COMMON]),
        frozenset(),
        words,
        frozenset(itertools.pairwise(words)),
        frozenset(_turned(words)),
        hits,
        frozenset([book.cues[hit.cue].kind for hit in hits]),
    )


def _turned(words: Sequence[str]) -> list[tuple[str, str]]:
    turned = [_TURN.get(word, word) for word in words]
    return list(itertools.pairwise(turned))


def echo(words: Sequence[str], heard: Heard) -> dict[str, float]:
    """Return how much of a clause gives back the patient's words: shares 0–1 of its content words, pairs and runs."""
    if not words:
        return {}
    content = [stem(word) for word in words if word not in COMMON]
    measures: dict[str, float] = {}
    if content:
        shared = sum(map(heard.stems.__contains__, content))
        measures["echo"] = shared / len(content)
        measures["echo_some"] = float(shared > 0)
        measures["echo_two"] = float(shared > 1)
        measures["new_some"] = float(shared < len(content))
        if heard.earlier:
            measures["echo_earlier"] = sum(map(heard.earlier.__contains__, content)) / len(content)
        if heard.stems:
            measures["covers"] = len(set(content) & heard.stems) / len(heard.stems)
    pairs = list(itertools.pairwise(words))
    if pairs:
        same = [*map(heard.pairs.__contains__, pairs)]
        measures["echo_pairs"] = sum(same) / len(pairs)
        measures["copied"] = sum(map(or_, same, map(heard.turned.__contains__, pairs))) / len(pairs)
    return measures
