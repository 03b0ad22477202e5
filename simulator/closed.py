"""One closed concern as it would be recognised in a line: in its words, in words about it, or in disguise.

Its words are used here, to recognise them, and go nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from simulator.disguises import disguised, squashed
from simulator.phrases import Phrases
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.scenario import Concern


class Stock(Protocol):
    """What is known of the words of a language."""

    def root(self, word: str, /) -> str:
        """Return what a word has in common with its other forms."""

    def content(self, words: Iterable[str], /) -> set[str]:
        """Return the roots of the words that say something."""


_ENOUGH = 1.0
"""Weight of evidence from which a closed concern counts as told."""
_PIECE = 4
"""A word of so many letters inside another one may be meant ("numbness")."""
_FRAGMENT = 2
"""A word of so few letters may be a letter or two of something spelled out."""
RUN = 3
"""So many of its words in a row tell a concern."""


class Closed:
    """One closed concern, as it would be recognised."""

    def __init__(self, concern: Concern, known_roots: set[str], known_squashed: str, stock: Stock) -> None:
        """Prepare.

        Args:
            concern: What has not been told.
            known_roots: Roots of the words that the patient has used or decided to use: they give nothing away.
            known_squashed: The letters of all that.
            stock: The words of the language.
        """
        root = self._root = stock.root
        says = words_of(concern.says)
        self._roots = {r for r in stock.content((*says, *words_of(concern.name))) if r not in known_roots}
        self._runs = {
            says[i : i + RUN] for i in range(len(says) - RUN + 1) if stock.content(says[i : i + RUN]) - known_roots
        }
        phrases = [words_of(phrase) for phrase in concern.about]
        fresh = [p for p in phrases if p and not all(root(w) in known_roots for w in p)]
        self._begun = {run[:length] for run in self._runs for length in range(1, RUN)}
        """How a run of its words begins."""
        self._about = {p[0] for p in fresh if len(p) == 1}
        self._about_roots = {root(word) for word in self._about}
        self._phrases = Phrases((" ".join(p), " ".join(p)) for p in fresh if len(p) > 1)
        runs = ["".join(run) for run in self._runs] + ["".join(p) for p in fresh if len(p) > 1]
        single = [p[0] for p in fresh if len(p) == 1] + [word for word in says if root(word) in self._roots]
        self._hidden_runs = {h for h in map(squashed, runs) if len(h) >= 8 and h not in known_squashed}
        self._letters = [squashed(text) for text in (concern.says, concern.name, *concern.about)]
        self._telling = {h for h in map(squashed, single) if len(h) >= _PIECE}
        self._hidden_words = {h for h in map(squashed, single) if len(h) >= 5 and h not in known_squashed}

    def told_in(self, words: tuple[str, ...]) -> bool:
        """Return True if the words tell of the concern."""
        if self._phrases.all_in(words) or any(words[i : i + RUN] in self._runs for i in range(len(words) - RUN + 1)):
            return True
        root = self._root
        roots = {root(word) for word in words}
        named = {word for word in self._about if root(word) in roots}
        weight = sum(1.0 if len(word) >= 5 else 0.5 for word in named)
        weight += 0.5 * len(self._roots & roots - {root(word) for word in named})
        return weight >= _ENOUGH

    def run_in(self, letters: str) -> bool:
        """Return True if letters without what stood between them hold several of the concern's words in a row."""
        return any(map(letters.__contains__, self._hidden_runs))

    def hidden_in(self, letters: str) -> bool:
        """Return True if letters that were written in a disguise hold any of the concern's words."""
        return self.run_in(letters) or any(map(letters.__contains__, self._hidden_words))

    def weighs(self, word: str) -> bool:
        """Return True if the word tells part of the concern."""
        found = self._root(word)
        return found in self._roots or found in self._about_roots

    def begins_with(self, word: str) -> bool:
        """Return True if a word could be a piece of it, in any disguise: one of its words, part of one, or more."""
        if len(word) <= _FRAGMENT or self.weighs(word):
            return True
        versions = [letters for letters in map(squashed, disguised(word)) if len(letters) > 1]
        return any(v in whole for v in versions for whole in self._letters) or any(
            h in v for v in versions for h in self._telling
        )

    def begun_at(self, words: Sequence[str]) -> int:
        """Return the place of the first word with which something telling may be on its way; their number if none."""
        at = self._phrases.begun_at(words)
        for length in range(1, RUN):
            if len(words) >= length and tuple(words[-length:]) in self._begun:
                at = min(at, len(words) - length)
        return at
