"""The small measured facts that moves and levels are computed from. Nothing in here counts how long a reply is.

A clause gets named features (words, pairs of words, cues, forms, echo of the patient); a reply gets its own from
the same pieces. Names are readable, so that a weight can be explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scoring.clauses import clauses
from scoring.cues import Hit, cue_books
from scoring.text import Span, Text, parse

COMMON = frozenset(
    """a an the and or but so if then than that this these those it its he she they them him her his their there here i
    me my mine we us our you your yours is are was were be been being am do does did have has had will would can could
    may might shall should must not no yes to of in on at by for with from as about into out up down off over just very
    really too also all any some what which who how when where why because okay well oh um uh right now get got go going
    's is am let make take one thing like said say says tell told know think""".split()
)
"""Words too common for an echo to mean anything."""

_AUX = frozenset("do does did is are was were have has had can could would will should shall may might am".split())
_WH = frozenset("what how why who where when which whose".split())
_I = frozenset("i my me mine myself".split())
_YOU = frozenset("you your yours yourself".split())
_WE = frozenset("we us our ours together".split())
_TURN = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "am": "are", "was": "were",
    "we": "you", "our": "your", "us": "you", "you": "i", "your": "my",
}  # fmt: skip
_NOT = frozenset("not no never nobody nothing none without neither nor".split())


_LEAST_REPEATED = 3
_LEAST_LISTED = 5
_FEW_SMALL_WORDS = 0.13


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
    text = parse(patient_words)
    book = cue_books()[1]
    hits = tuple(book.find(text))
    words = tuple(token.text for token in text.tokens if token.is_word)
    before = frozenset(stem(w) for line in earlier for w in parse(line).words() if w not in COMMON)
    return Heard(
        text,
        frozenset(stem(word) for word in words if word not in COMMON),
        before,
        words,
        frozenset(zip(words, words[1:], strict=False)),
        frozenset(_turned(words)),
        hits,
        frozenset(book.cues[hit.cue].kind for hit in hits),
    )


def _turned(words: Sequence[str]) -> list[tuple[str, str]]:
    turned = [_TURN.get(word, word) for word in words]
    return list(zip(turned, turned[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with what was measured on it."""

    span: Span
    start: int
    end: int
    names: tuple[str, ...]
    """Features that are simply there."""
    measures: dict[str, float]
    """Features with an amount, each 0–1."""
    cues: frozenset[str]
    aside: bool = False
    """True where the words are not for the patient or add nothing (said twice, to the rater, a list of keywords)."""


def measure(reply: Text, heard: Heard) -> list[Clause]:
    """Return the clauses of a reply with their features."""
    pieces = clauses(reply)
    hits = cue_books()[0].find(reply)
    inside: list[set[str]] = [set() for _ in pieces]
    where = [0] * (len(reply.tokens) + 1)
    for number, piece in enumerate(pieces):
        for at in range(piece.first, piece.last):
            where[at] = number
    for hit in hits:
        first, last = where[hit.first], where[hit.last - 1]
        for number in range(first, last + 1):
            inside[number].add(hit.cue)
    set_aside = _set_aside(reply, pieces, inside, heard)
    result: list[Clause] = []
    for number, piece in enumerate(pieces):
        tokens = reply.tokens[piece.first : piece.last]
        words = [token.text for token in tokens if token.is_word]
        names = _ngrams([token.text for token in tokens])
        names.extend("c=" + cue for cue in inside[number])
        if number:
            names.extend("p=" + cue for cue in inside[number - 1])
        if number + 1 < len(pieces):
            names.extend("n=" + cue for cue in inside[number + 1])
        forms = _forms(words, tokens[-1].text, reply, piece)
        names.extend("f=" + form for form in forms)
        names.append("f=first" if number == 0 else "f=later")
        if number == len(pieces) - 1:
            names.append("f=last")
        if "danger" in heard.kinds:
            names.append("f=danger")
        measures = echo(words, heard)
        if "question" in heard.kinds:
            names.append("f=asked")
        start, end = reply.cut(piece)
        aside = number in set_aside
        result.append(Clause(piece, start, end, tuple(names), measures, frozenset(inside[number]), aside))
    return result


def _set_aside(reply: Text, pieces: Sequence[Span], inside: Sequence[set[str]], heard: Heard) -> set[int]:
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
        twice = len(words) >= _LEAST_REPEATED and words in said
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


def _ngrams(words: Sequence[str]) -> list[str]:
    names = ["w=" + word for word in set(words)]
    before = "^"
    seen = set()
    for word in words:
        seen.add("b=" + before + "_" + word)
        before = word
    names.extend(seen)
    return names


def _forms(words: Sequence[str], mark: str, reply: Text, piece: Span) -> list[str]:
    forms = []
    if not words:
        return ["mark"]
    first = words[0] if words[0] not in ("and", "so", "but", "okay", "well", "right", "or") or len(words) < 2 else words[1]
    asks = mark == "?"
    closing = asks
    if not asks:
        for token in reply.tokens[piece.last :]:
            if token.text in (".", "!", "?", "…"):
                closing = token.text == "?"
                break
    if asks:
        forms.append("asks")
    if closing:
        forms.append("in_question")
    if first in _AUX:
        forms.append("aux_first_asks" if closing else "aux_first")
    if first in _WH:
        forms.append("wh_first_asks" if closing else "wh_first")
    if first in _I:
        forms.append("i_first")
    elif first in _YOU:
        forms.append("you_first")
    elif first in _WE:
        forms.append("we_first")
    present = set(words)
    you, me = bool(present & _YOU), bool(present & _I)
    if you and not me and not closing:
        forms.append("you_statement")
    if you:
        forms.append("you")
    if me:
        forms.append("i")
    if present & _WE:
        forms.append("we")
    if present & _NOT:
        forms.append("not")
    if not (you or me) and not closing:
        forms.append("impersonal")
    if "or" in present:
        forms.append("or")
    if "if" in present:
        forms.append("if")
    if any(word[0].isdigit() for word in words):
        forms.append("number")
    if mark == "!":
        forms.append("shouts")
    if len(words) <= 2:
        forms.append("word_or_two")
    return forms


def echo(words: Sequence[str], heard: Heard) -> dict[str, float]:
    """Return how much of a clause gives back the patient's words: shares 0–1 of its content words, pairs and runs."""
    content = [stem(word) for word in words if word not in COMMON]
    if not words:
        return {}
    measures: dict[str, float] = {}
    if content:
        shared = sum(1 for word in content if word in heard.stems)
        measures["echo"] = shared / len(content)
        measures["echo_some"] = float(shared > 0)
        measures["echo_two"] = float(shared > 1)
        measures["new_some"] = float(shared < len(content))
        if heard.earlier:
            measures["echo_earlier"] = sum(1 for word in content if word in heard.earlier) / len(content)
        if heard.stems:
            measures["covers"] = len(set(content) & heard.stems) / len(heard.stems)
    pairs = list(zip(words, words[1:], strict=False))
    if pairs:
        measures["echo_pairs"] = sum(1 for pair in pairs if pair in heard.pairs) / len(pairs)
        measures["copied"] = sum(
            1 for pair in pairs if pair in heard.turned or pair in heard.pairs
        ) / len(pairs)
    return measures
