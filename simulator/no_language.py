"""Replies that are no language at all, or not the patient's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.everyday import Said

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}|(.)\1{3,}")


def _looks_typed_at_random(word: str) -> bool:
    if _CONSONANTS.search(word) or (len(word) > 2 and not re.search(r"[aeiouy\d]", word)):
        return True
    return any(word[i : i + 4] in row for row in _ROWS for i in range(len(word) - 3))


def is_gibberish(words: tuple[str, ...], known: frozenset[str]) -> bool:
    """Return True if most of the words are none and look typed at random."""
    odd = [w for w in words if w not in known]
    if len(odd) < len(words) * 0.6:
        return False
    return sum(map(_looks_typed_at_random, odd)) * 2 >= len(odd)


def is_foreign(text: str, words: tuple[str, ...], stock: Said) -> bool:
    """Return True if a text is in another script, or mostly in words of another language."""
    if not text.isascii():
        letters = [c for c in text if c.isalpha()]
        if sum(ord(c) > 0x24F for c in letters) * 2 > len(letters):
            return True
    if stock.foreign.isdisjoint(words):
        return False
    foreign = sum(w in stock.foreign and w not in stock.common for w in words)
    return foreign >= 2 and sum(w in stock.common for w in words) * 3 < len(words)
