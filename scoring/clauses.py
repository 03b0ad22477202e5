"""Cutting a reply into the small pieces that can each be a move: sentences, and clauses within them."""

from __future__ import annotations

from scoring.text import Span, Text

_TURNS = frozenset({"but", "though", "although", "however", "so", "because", "and", "or", "then", "yet"})
_CUTS = frozenset({"but"})
_STRONG = frozenset({";", ":", "-"})
_LEAST = 3


def clauses(text: Text, turns: frozenset[str] = _TURNS, cuts: frozenset[str] = _CUTS) -> list[Span]:
    """Return the clauses of a text, in order, covering every token once.

    Args:
        text: what was said.
        turns: words that open a clause after a comma; English ones where left out.
        cuts: words that open a clause even without a comma.
    """
    pieces: list[Span] = []
    tokens = text.tokens
    for sentence in text.sentences:
        begin = sentence.first
        words = 0
        for at in range(sentence.first, sentence.last):
            token = tokens[at]
            cut_here = False
            if words >= _LEAST and at > begin:
                before = tokens[at - 1].text
                if before in _STRONG:
                    cut_here = True
                elif before == "," and token.is_word:
                    cut_here = token.text in turns or _words_left(text, at, sentence.last) >= _LEAST
                elif token.text in cuts:
                    cut_here = True
            if cut_here and _words_left(text, at, sentence.last) >= 2:
                pieces.append(Span(begin, at))
                begin, words = at, 0
            words += token.is_word
        pieces.append(Span(begin, sentence.last))
    return pieces


def _words_left(text: Text, at: int, end: int) -> int:
    count = 0
    for token in text.tokens[at:end]:
        if token.is_word:
            count += 1
        elif token.text in _STRONG or token.text == ",":
            break
    return count
