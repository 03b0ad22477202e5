"""Questions asked the other way round ("do you want to live"): to these a plain no would say the opposite."""

from __future__ import annotations

import re
from functools import cache

from simulator.everyday import said, topics
from simulator.phrases import Phrases
from simulator.words import words_of

_GESTURE = re.compile(r"\([^()]*\)")
_BEFORE = 3
"""Words before such a phrase among which a denial turns it back ("you don't want to live")."""


@cache
def _phrases(language: str) -> Phrases:
    return Phrases((topic.id, phrase) for topic in topics(language).values() for phrase in topic.turned)


def turned_in(words: tuple[str, ...], language: str) -> frozenset[str]:
    """Return the topics that a question asks about the other way round."""
    back = said(language).turns_back
    found = _phrases(language).all_in(words)
    return frozenset(hit.name for hit in found if back.isdisjoint(words[max(hit.first - _BEFORE, 0) : hit.last + 1]))


def denies(line: str, language: str) -> bool:
    """Return True if a line opens with a denial, gestures apart."""
    return any(hit.first == 0 for hit in said(language).denies.all_in(words_of(_GESTURE.sub(" ", line))))
