"""Words in a reply that don't count as said to the patient, so that saying more of them changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.cues import cue_books
from scoring.echo import COMMON, Heard, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.text import Span, Text

_LEAST_LISTED = 5
_FEW_SMALL_WORDS = 0.13


def set_aside(reply: Text, pieces: Sequence[Span], inside: Sequence[set[str]], heard: Heard) -> set[int]:
    """Return the clauses that don't count as words to the patient, so that saying more of them changes nothing."""
    aside: set[int] = set()
    said: set[tuple[str, ...]] = set()
    at = 0
    for sentence in reply.sentences:
        members = []
        while at < len(pieces) and pieces[at].first < sentence.last:
            members.append(at)
            at += 1
        words = tuple(reply.words(sentence))
        cues = set().union(*(inside[number] for number in members)) if members else set()
        twice = words in said
        said.add(words)
        if not words or twice or "to_the_rater" in cues or "quotes_another" in cues or _is_list(words, heard):
            aside.update(members)
    return aside


def _is_list(words: Sequence[str], heard: Heard) -> bool:
    """Return True for a string of keywords: no small words hold it together, and it is not the patient's own words."""
    if len(words) < _LEAST_LISTED:
        return False
    if sum(1 for word in words if word in COMMON or word[0].isdigit()) > len(words) * _FEW_SMALL_WORDS:
        return False
    if sum(1 for word in words if stem(word) in heard.stems) * 3 >= len(words):
        return False
    keywords = cue_books()[0].classes["keyword"]
    return sum(1 for word in words if word in keywords) * 2 >= len(words)


def neighbours_of(count: int, aside: set[int]) -> dict[int, tuple[int | None, int | None]]:
    """Return for each clause the one before and after it, as if what is set aside had not been said."""
    neighbours: dict[int, tuple[int | None, int | None]] = dict.fromkeys(aside, (None, None))
    kept = [number for number in range(count) if number not in aside]
    for at, number in enumerate(kept):
        neighbours[number] = (kept[at - 1] if at else None, kept[at + 1] if at + 1 < len(kept) else None)
    return neighbours
