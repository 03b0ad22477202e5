"""Words with their places: a folded copy of a text of the same length, and tokens that remember where they stood.

Folding (case, curly quotes, accents, look-alike letters, hidden characters) happens one character for one, so that
offsets in the folded copy are offsets in the original, and evidence can always be cut from what was really typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scoring.content import RULES, load_yaml
from scoring.kept import kept

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

_SMOOTHED = frozenset([
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "doctor", "sir", "professor", "well", "okay", "ok", "ill",
])  # fmt: skip
_HESITATES = ("um", "uh", "erm", "ehm")
"""One of these words, or one that begins so, is in whatever the three patterns above change: few texts have any."""
_PARTS = re.compile(f"['{HIDDEN}]")
_MOST_WORDS = 20_000

ENDS = frozenset(".!?…\n") | {"...", ".."}
"""Tokens that end a sentence."""
_CLOSING = ENDS | frozenset(")],;")
PAUSES = frozenset(',;:-()[]"')
_AT_AN_EDGE = frozenset(",;:-\n")

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


@dataclass(frozen=True)
class Text:
    """A text with its tokens and sentences; ``original[token.start:token.end]`` is what was typed.

    What the tokens have is kept list by list, which is soon made and looked through; each stands at its token's place.
    """

    original: str
    texts: list[str]
    starts: list[int]
    ends: list[int]
    are_words: list[bool]
    sentences: tuple[Span, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens one by one, put together when first asked for."""
        return tuple(map(Token, self.texts, self.starts, self.ends, self.are_words))

    def words(self, span: Span | None = None) -> list[str]:
        """Return the words as read, marks left out."""
        if span is None:
            return [*compress(self.texts, self.are_words)]
        first, last = span
        return [*compress(self.texts[first:last], self.are_words[first:last])]

    def cut(self, span: Span) -> tuple[int, int]:
        """Return the place of a stretch of tokens in the original, without marks and spaces at its edges."""
        first, last = span
        while first < last - 1 and not self.are_words[first]:
            first += 1
        while last > first + 1 and self.texts[last - 1] in _AT_AN_EDGE:
            last -= 1
        return self.starts[first], self.ends[last - 1]


def fold(text: str) -> str:
    """Return the folded copy of a text: same length, one character for one."""
    return text.translate(_FOLD)


@cache
def _spellings() -> dict[str, str]:
    """Return the spellings of ``spellings.yaml``, read when the first text is."""
    return kept("spellings", (SPELLINGS, RULES), lambda: dict(load_yaml(SPELLINGS)["read_as"]))


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


class _Typed(dict[str, "tuple[tuple[str, ...] | None, int]"]):
    """For each word or mark typed, what it is read as (None for a mark) and how many marks at its end are not its own.

    Worked out when it is first met; people use the same few thousand words.
    """

    def __init__(self, read: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._read = read
        self.smoothed: set[str] = set()
        """Those met that may be what fills, calls somebody or is short of a mark."""

    def __missing__(self, raw: str) -> tuple[tuple[str, ...] | None, int]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        is_word = raw.lstrip(HIDDEN)[:1].isalnum()
        if any(part in _SMOOTHED or part.startswith(_HESITATES) for part in _PARTS.split(raw)):
            self.smoothed.add(raw)
        marked = is_word and raw.endswith("'") and not raw.endswith(("in'", "s'", "n'", "o'"))
        entry = self[raw] = (self._read(raw) if is_word else None, int(marked))
        return entry


@lru_cache(maxsize=8)
def _typed(read: Callable[[str], tuple[str, ...]]) -> _Typed:
    return _Typed(read)


def _smooth(folded: str) -> str:
    """Return a folded text without what only fills or calls, and with the marks that were left out of "I'll"."""
    folded = _FILLER.sub(lambda filler: " " * len(filler.group()), folded)
    folded = _I_WILL.sub(r"\1i'l", folded)
    return _TITLE.sub(r"\1 ", folded)


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
    typed = _typed(read)
    matches = [*_WORD.finditer(folded)]
    raws = [match[0] for match in matches]
    entries = [typed[raw] for raw in raws]
    if read is read_word and not typed.smoothed.isdisjoint(raws):
        folded = _smooth(folded)
        matches = [*_WORD.finditer(folded)]
        raws = [match[0] for match in matches]
        entries = [typed[raw] for raw in raws]
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    are_words: list[bool] = []
    sentences: list[Span] = []
    begin = 0
    ended = False
    for match, raw, (words, marked) in zip(matches, raws, entries, strict=True):
        start, end = match.span()
        # A bracket or quote that opens what follows belongs to the next sentence, one that closes to this.
        if ended and raw not in _CLOSING and not (raw == '"' and start == ends[-1]):
            sentences.append(Span(begin, len(texts)))
            begin = len(texts)
            ended = False
        if words is not None:
            for word in words:
                texts.append(word)
                starts.append(start)
                ends.append(end - marked)
                are_words.append(True)
        elif raw.strip(HIDDEN) and raw not in left_out:
            pauses = raw == "-" and " " in (folded[start - 1 : start], folded[end : end + 1])
            mark = "," if pauses else raw[:3]  # a dash for a comma's pause
            texts.append(mark)
            starts.append(start)
            ends.append(end)
            are_words.append(False)
            ended = ended or mark in ENDS
    if begin < len(texts):
        sentences.append(Span(begin, len(texts)))
    return Text(original, texts, starts, ends, are_words, tuple(sentences))
