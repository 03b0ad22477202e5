"""Cutting a reply into the small pieces that can each be a move: sentences, and clauses within them."""

from __future__ import annotations

from scoring.text import Span, Text

_TURNS = frozenset({"but", "though", "although", "however", "so", "because", "and", "or", "then", "yet"})
_CUTS = frozenset({"but"})
_STRONG = frozenset({";", ":", "-"})
_LEAST = 3
_RUN_ON = (12, 24)
"""Words without a mark between them from which a sentence is taken to be several, typed in a hurry: where no mark ends
it either, and where one does."""
_WHO = frozenset(["i", "you", "we", "it", "that", "this", "they", "he", "she", "there"])
_DOES = frozenset([
    "am", "are", "is", "was", "were", "have", "has", "had", "will", "would", "can", "could", "should", "shall",
    "might", "must", "do", "does", "did", "need", "want", "hear", "see", "feel", "get", "know", "think",
    "guess", "understand", "sounds", "seems", "looks", "makes", "just", "really",
])  # fmt: skip
_ASKS = frozenset(["what", "how", "why", "when", "where", "which"])
_ASKS_FIRST = frozenset(["do", "does", "did", "are", "is", "have", "can", "could", "would", "will", "shall"])
_ASKED = frozenset(["you", "we", "i", "it", "that", "there", "they", "he", "she", "your"])
_LEADS_ON = frozenset([
    "and", "that", "this", "these", "what", "how", "why", "when", "if", "because", "who", "which", "where",
    "while", "until", "unless", "after", "before", "as", "like", "than", "but", "so", "or", "whatever",
    "everything", "anything", "something", "all", "the", "to", "of", "for", "with", "about", "from", "on", "in",
    "at", "know", "knows", "think", "see", "hear", "sure", "say", "said", "says", "tell", "told", "guess",
    "feel", "feels", "hope", "mean", "wonder", "understand", "remember", "is", "are", "was", "not", "thing",
    "things", "way", "reason", "only", "just", "then", "be", "together", "i", "you", "we", "they", "he", "she",
    "it", "my", "your", "a", "an",
])  # fmt: skip
"""Words that what follows belongs to: no clause opens behind them."""
_OBJECTS = frozenset(["it", "this", "that"])
"""Of these, the ones that end a clause before a question ("everyone gets it how are you sleeping")."""


def clauses(text: Text, turns: frozenset[str] = _TURNS, cuts: frozenset[str] = _CUTS) -> list[Span]:
    """Return the clauses of a text, in order, covering every token once.

    Args:
        text: what was said.
        turns: words that open a clause after a comma; English ones where left out.
        cuts: words that open a clause even without a comma.
    """
    pieces: list[Span] = []
    texts, are_words = text.texts, text.are_words
    for sentence in text.sentences:
        begin = sentence.first
        words = 0
        run_on = run_on_starts(text, sentence) if turns is _TURNS else frozenset()
        for at in range(sentence.first, sentence.last):
            cut_here = False
            if words >= _LEAST and at > begin:
                before = texts[at - 1]
                if before in _STRONG:
                    cut_here = True
                elif before == "," and are_words[at]:
                    cut_here = texts[at] in turns or _words_left(text, at, sentence.last) >= _LEAST
                elif texts[at] in cuts or at in run_on:
                    cut_here = True
            if cut_here and _words_left(text, at, sentence.last) >= 2:
                pieces.append(Span(begin, at))
                begin, words = at, 0
            words += are_words[at]
        pieces.append(Span(begin, sentence.last))
    return pieces


def run_on_starts(text: Text, sentence: Span) -> frozenset[int]:
    """Return where new clauses open in a sentence that was typed without marks; none where it has any.

    Tired people type "thats rough i get why you stopped what worries you most" in one go. A subject with its verb, or
    a question's first words, open a clause unless the word before leads on to them ("I know you are").
    """
    are_words = text.are_words[sentence.first : sentence.last]
    last = len(are_words) - 1
    if last < _RUN_ON[not are_words[-1]] - 1 or not all(are_words[:last]):
        return frozenset()
    words = text.texts[sentence.first : sentence.last]
    starts = set()
    for at in range(_LEAST, last):
        before, word, after = words[at - 1], words[at], words[at + 1]
        asks = word in _ASKS or (word in _ASKS_FIRST and after in _ASKED)
        if before in _LEADS_ON and not (asks and before in _OBJECTS and at > _LEAST):
            continue
        if asks or (word in _WHO and after in _DOES) or (word == "let" and after in ("us", "me", "'s")):
            starts.add(sentence.first + at)
    return frozenset(starts)


def _words_left(text: Text, at: int, end: int) -> int:
    count = 0
    for word, is_word in zip(text.texts[at:end], text.are_words[at:end], strict=True):
        if is_word:
            count += 1
        elif word in _STRONG or word == ",":
            break
    return count
