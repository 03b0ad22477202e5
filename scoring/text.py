"""Words with their places: a folded copy of a text of the same length, and tokens that remember where they stood.

Folding (case, curly quotes, accents, look-alike letters, hidden characters) happens one character for one, so that
offsets in the folded copy are offsets in the original, and evidence can always be cut from what was really typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scoring.content import load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

HIDDEN = "\u200b"
"""What an invisible character becomes: kept for its place, left out of the word it hides in."""

_PLAIN = {
    **dict.fromkeys("‘’‛ʼ′`´＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "…",
    "\u00a0": " ",
    "\u2028": "\n",
    "\u2029": "\n",
    # Letters of other scripts that look like Latin ones, used to slip words past a reader.
    **dict(zip("асеорхуіјѕһԁɡӏ", "aceopxyijshdgl", strict=True)),
    **dict(zip("АВСЕНІЈКМОРЅТХУ", "abcehijkmopstxy", strict=True)),
    **dict(zip("αεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeiknoptuxabezhikmnoptyx", strict=True)),
}


class _Fold(dict[int, str]):
    """A translation table that works out each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _PLAIN.get(char)
        if plain is None:
            if code < 128:
                plain = char.lower()
            elif unicodedata.category(char) in ("Cf", "Mn", "Me", "Co", "Cn"):
                plain = HIDDEN
            else:
                base = unicodedata.normalize("NFKD", char)[:1].lower()
                plain = base if len(base) == 1 else char
        self[code] = plain
        return plain


_FOLD = _Fold()

_WORD = re.compile(
    r"\d+(?:[.,]\d+)+|[a-z0-9\u200b]+(?:'[a-z\u200b]+)*'?|[^\W_](?:[^\W_]|\u200b)*|\.{2,}|[.!?…,;:\n\"()\[\]-]|[^\s\w'\u200b]",
    re.ASCII,
)
_STRETCHED = re.compile(r"(.)\1{2,}")

_I_WILL = re.compile(
    r"(^|[.!?…,\n] |\b(?:ok|okay|fine|so|and|but|then|yes|yeah|right|maybe|sure|think|if) )ill"
    r"(?= (?:just |also |then |not |never |still )?(?:write|refill|give|put|send|see|get|make|check|be|start|order|do|"
    r"call|ring|talk|try|leave|let|have|bring|book|add|take|up|increase|reduce|lower|stop|switch|change|print|find|tell|ask|"
    r"need|want|go|come|keep|stay|sort|phone|message|text|speak|look|note|refer|prescribe|repeat|renew|sign|help|explain)\b)"
)
"""The "ill" of somebody who leaves out the mark of "I'll"; read so only where a verb of doing follows."""

_FILLER = re.compile(
    r"(?:^\s*|(?<=[.!?…\n])\s+)(?:mr|mrs|ms|miss|mx|dr|doctor|sir|professor)\.? [^\W\d_][\w'-]+, "
    r"|, (?:mr|mrs|ms|miss|mx)\.? [^\W\d_][\w'-]+(?=[.!?,]|$)"
    r"|\b(?:um+|uh+|uhm+|erm+|ehm+)\b(?:,|\.{2,3}|…)?"
    r"|(?:^\s*|(?<=[.!?…\n])\s+)(?:well,? |(?:okay|ok),? so,? |(?:okay|ok|well),? so,? )(?=\w)"
)
"""Words that only fill, and titles with a name that only call somebody: read as spaces, so that hesitating or being
formal changes nothing, whoever the patient is. "Er" stays: it may be the ER."""

_TITLE = re.compile(r"(?<!\bthe )(?<!\byour )(?<!\bmy )(?<!\ba )\b(dr|mrs?|ms|mx|prof)\.(?= [^\W\d_])")
"""The full stop of a short title before a name, which ends no sentence."""

ENDS = frozenset(".!?…\n") | {"...", ".."}
"""Tokens that end a sentence."""
_CLOSING = ENDS | frozenset(")],;")
PAUSES = frozenset(',;:-()[]"')

SPELLINGS = Path(__file__).with_name("spellings.yaml")
_TAIL = {"'re": "are", "'ve": "have", "'ll": "will", "'l": "will", "'m": "am", "'d": "would"}
_IS_AFTER = frozenset(
    [
        "it",
        "that",
        "what",
        "he",
        "she",
        "there",
        "here",
        "who",
        "how",
        "where",
        "this",
        "when",
        "everything",
        "nothing",
        "something",
        "everyone",
        "nobody",
    ]
)


class Token(NamedTuple):
    """One word or mark: ``text`` is how it is read, ``start`` and ``end`` are its place in the original."""

    text: str
    start: int
    end: int
    is_word: bool = True


class Span(NamedTuple):
    """A stretch of tokens, from ``first`` up to but not including ``last``."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its tokens and sentences; ``original[token.start:token.end]`` is what was typed."""

    original: str
    tokens: tuple[Token, ...]
    sentences: tuple[Span, ...]

    def words(self, span: Span | None = None) -> list[str]:
        """Return the words as read, marks left out."""
        tokens = self.tokens if span is None else self.tokens[span.first : span.last]
        return [token.text for token in tokens if token.is_word]

    def cut(self, span: Span) -> tuple[int, int]:
        """Return the place of a stretch of tokens in the original, without marks and spaces at its edges."""
        first, last = span.first, span.last
        while first < last - 1 and not self.tokens[first].is_word:
            first += 1
        closing = last
        while closing > first + 1 and self.tokens[closing - 1].text in {",", ";", ":", "-", "\n"}:
            closing -= 1
        return self.tokens[first].start, self.tokens[closing - 1].end


def fold(text: str) -> str:
    """Return the folded copy of a text: same length, one character for one."""
    return text.translate(_FOLD)


@cache
def _spellings() -> dict[str, str]:
    """Return the spellings of ``spellings.yaml``, read when the first text is."""
    return dict(load_yaml(SPELLINGS)["read_as"])


@lru_cache(maxsize=4096)
def read_word(word: str) -> tuple[str, ...]:
    """Return the words that one typed word is read as: contractions opened, chat spellings straightened."""
    word = word.replace(HIDDEN, "")
    if not word:
        return ()
    whole = _spellings().get(word)
    if whole:
        return tuple(whole.split())
    bare = word.rstrip("'")
    if bare.endswith("in") and word.endswith("'") and len(bare) > 4:
        return (bare + "g",)
    word = bare
    if word.endswith("n't"):
        return (word[:-3], "not") if len(word) > 3 else ("not",)
    head, mark, tail = word.rpartition("'")
    if mark and head:
        ending = _TAIL.get("'" + tail)
        if ending:
            return (*read_word(head), ending)
        if tail == "s":
            return (head, "is") if head in _IS_AFTER else (head, "'s")
    if len(word) > 4 and _STRETCHED.search(word):
        word = _STRETCHED.sub(r"\1", word)
    return tuple(_spellings().get(word, word).split())


def parse(
    original: str,
    limit: int = 6000,
    read: Callable[[str], tuple[str, ...]] = read_word,
    left_out: frozenset[str] = frozenset(),
) -> Text:
    """Read a text into tokens and sentences. Never raises.

    Args:
        original: any text; what stands after ``limit`` characters is left unread.
        limit: how many characters are read.
        read: what one typed word is read as; English where left out.
        left_out: marks that stand for nothing in this language, such as the opening ¿.
    """
    folded = fold(original[:limit])
    if read is read_word:
        folded = _FILLER.sub(lambda filler: " " * len(filler.group()), folded)
        folded = _I_WILL.sub(r"\1i'l", folded)
        folded = _TITLE.sub(r"\1 ", folded)
    tokens: list[Token] = []
    sentences: list[Span] = []
    begin = 0
    ended = False
    for match in _WORD.finditer(folded):
        raw = match.group()
        start, end = match.span()
        is_word = raw.lstrip(HIDDEN)[:1].isalnum()
        # A bracket or quote that opens what follows belongs to the next sentence, one that closes to this.
        if ended and not (raw in _CLOSING or (raw == '"' and start == tokens[-1].end)):
            sentences.append(Span(begin, len(tokens)))
            begin = len(tokens)
            ended = False
        if is_word:
            if raw.endswith("'") and not raw.endswith(("in'", "s'", "n'", "o'")):
                end -= 1
            tokens += [Token(word, start, end) for word in read(raw)]
        elif raw.strip(HIDDEN) and raw not in left_out:
            pauses = raw == "-" and " " in (folded[start - 1 : start], folded[end : end + 1])
            tokens.append(Token("," if pauses else raw[:3], start, end, is_word=False))  # a dash for a comma's pause
            ended = ended or tokens[-1].text in ENDS
    if begin < len(tokens):
        sentences.append(Span(begin, len(tokens)))
    return Text(original, tuple(tokens), tuple(sentences))
