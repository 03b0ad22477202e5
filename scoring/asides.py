"""Words in a reply that don't count as said to the patient, so that saying more of them changes nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scoring.cues import cue_books
from scoring.echo import COMMON, Heard, stem
from scoring.text import fold, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.text import Span, Text

_NOT_TO_THE_PATIENT = frozenset({"to_the_rater", "quotes_another"})

_LEAST_LISTED = 5
_FEW_SMALL_WORDS = 0.13
_LEAST_QUOTED = 4
_LEAST_CUES = 4
_SAME = 0.85
_SAYS = r"(?:say|says|said|saying|tell|tells|told|write|writes|wrote)"
_IN_ALL_THAT_SAYS = ("say", "said", "tell", "told", "writ", "wrote")
_MARK = "[\"'“”‘’]"
_QUOTED = re.compile(
    rf"\b{_SAYS}\b[^.!?]*?(?<!\w){_MARK}(?P<after>.+?)(?:{_MARK}(?!\w)|$)|(?:^|\s){_MARK}(?P<before>.+?){_MARK}[^.!?]*?\b{_SAYS}\b",
    re.IGNORECASE | re.DOTALL,
)


def set_aside(reply: Text, pieces: Sequence[Span], inside: Sequence[set[str]], heard: Heard) -> set[int]:
    """Return the clauses that don't count as words to the patient, so that saying more of them changes nothing."""
    aside: set[int] = set()
    said: list[tuple[list[str], set[str]]] = []
    at = 0
    folded = fold(reply.original)
    may_quote = any(word in folded for word in _IN_ALL_THAT_SAYS)
    for sentence in reply.sentences:
        members = []
        while at < len(pieces) and pieces[at].first < sentence.last:
            members.append(at)
            at += 1
        words = reply.words(sentence)
        cues: set[str] = set().union(*[inside[number] for number in members])
        this = (words, set(words))
        twice = any(_same(*this, *before) for before in said)
        said.append(this)
        listed = _is_list(words, heard) or _is_phrase_list(reply, sentence, len(cues))
        quotes = may_quote and _quotes(reply, folded, sentence, heard)
        if not words or twice or not cues.isdisjoint(_NOT_TO_THE_PATIENT) or listed or quotes:
            aside.update(members)
    return aside


def _same(words: list[str], each: set[str], before: list[str], each_before: set[str]) -> bool:
    """Return True where a sentence was said before, perhaps with a word more or less."""
    if words == before:
        return True
    if len(words) < _LEAST_LISTED or len(before) < _LEAST_LISTED:
        return False
    return len(each & each_before) >= _SAME * max(len(each), len(each_before))


def _quotes(reply: Text, folded: str, sentence: Span, heard: Heard) -> bool:
    """Return True for words put in somebody's mouth; giving this patient's own words back is fine."""
    start, end = reply.starts[sentence.first], reply.ends[sentence.last - 1]
    found = _QUOTED.search(folded[max(0, start - 1) : end + 1])
    if not found:
        return False
    quoted = parse(found["after"] or found["before"]).words()
    content = [stem(word) for word in quoted if word not in COMMON]
    return len(quoted) >= _LEAST_QUOTED and sum(1 for word in content if word in heard.stems) * 2 < len(content)


def _is_phrase_list(reply: Text, sentence: Span, cues: int) -> bool:
    """Return True for kind phrases strung together with commas and nothing between them."""
    if cues < _LEAST_CUES:
        return False
    parts = [0]
    for text, is_word in zip(
        reply.texts[sentence.first : sentence.last], reply.are_words[sentence.first : sentence.last], strict=True
    ):
        if text in (",", ";"):
            parts.append(0)
        else:
            parts[-1] += is_word
    return len(parts) >= _LEAST_LISTED and max(parts) <= 3


def _is_list(words: Sequence[str], heard: Heard) -> bool:
    """Return True for a string of keywords: no small words hold it together, and it is not the patient's own words."""
    if len(words) < _LEAST_LISTED:
        return False
    few = len(words) * _FEW_SMALL_WORDS
    small = sum(map(COMMON.__contains__, words))
    if small > few or small + sum(1 for word in words if word[0].isdigit() and word not in COMMON) > few:
        return False
    if sum(1 for word in words if stem(word) in heard.stems) * 3 >= len(words):
        return False
    classes = cue_books()[0].classes
    return sum(1 for word in words if word in classes["keyword"] or word in classes["feeling"]) * 2 >= len(words)


def neighbours_of(count: int, aside: set[int]) -> dict[int, tuple[int | None, int | None]]:
    """Return for each clause the one before and after it, as if what is set aside had not been said."""
    neighbours: dict[int, tuple[int | None, int | None]] = dict.fromkeys(aside, (None, None))
    kept = [number for number in range(count) if number not in aside]
    for at, number in enumerate(kept):
        neighbours[number] = (kept[at - 1] if at else None, kept[at + 1] if at + 1 < len(kept) else None)
    return neighbours
