"""Words and phrases in what a clinician typed: straightened, split, and matched with small slips forgiven.

Precise before forgiving: a word of fewer than five letters must be exact ("car" never answers to "care"), a longer
one may have one slip of the keyboard (two from nine letters on), and words that are words of their own are never slips.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "}
)
_ACCENTS = {
    code: base
    for code in range(0xC0, 0x180)
    if (base := unicodedata.normalize("NFKD", chr(code))[0]) != chr(code) and base.isascii()
}


class _Plain(dict[int, str | int]):
    """A translation table that notes down each character that stays as it is: a table with gaps is slow."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


_PLAIN = _Plain(_STRAIGHT | _ACCENTS)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*", re.UNICODE)
_WORD_AS_TYPED = re.compile(r"[^\W_]+(?:['’‘ʼ`][^\W_]+)*", re.UNICODE)
_SENTENCE = re.compile(r"(?:[^.!?…\n]|(?<=\d)\.(?=\d))*(?:[.!?…]+[\"')\]]*|\n|$)")
_ENDINGS = (("ing", 4), ("ed", 4), ("'s", 2), ("s", 3))
"""An ending, and how many letters must stand before it ("cared" and "caring" are not "car")."""
_SHORT, _LONG = 5, 9
_MOST_KEPT = 20_000
"""Words whose phrases are remembered; what people type is endless, memory is not."""
_MAX_GAP = 1
"""How many words may stand between two words of a phrase of three or more ("how is the new medicine"), if forgiving."""


def straight(text: str) -> str:
    """Return the text in lower case, accents, typographic quotes and dashes made plain; same length, same offsets."""
    if text.isascii():
        return text.lower().replace("`", "'")
    lowered = "".join(c if len(low := c.lower()) != 1 else low for c in text)
    return lowered.translate(_PLAIN)


_SHORTENED = {
    "n't": ("not",), "'re": ("are",), "'m": ("am",), "'ll": ("will",), "'ve": ("have",), "'d": ("would",),
}  # fmt: skip
_IS_AFTER = frozenset(
    ("what", "who", "how", "where", "when", "why", "that", "it", "he", "she", "there", "here", "let", "name")
)
_TYPED_TOGETHER = {
    "whats": ("what", "is"), "whos": ("who", "is"), "hows": ("how", "is"), "thats": ("that", "is"), "im": ("i", "am"),
    "youre": ("you", "are"), "dont": ("do", "not"), "doesnt": ("does", "not"), "didnt": ("did", "not"),
    "cant": ("can", "not"), "cannot": ("can", "not"), "can't": ("can", "not"), "wont": ("will", "not"),
    "won't": ("will", "not"), "isnt": ("is", "not"), "arent": ("are", "not"), "ive": ("i", "have"), "u": ("you",),
    "youve": ("you", "have"), "ur": ("your",), "r": ("are",), "havent": ("have", "not"), "lets": ("let", "is"),
    "goin": ("going",), "doin": ("doing",), "feelin": ("feeling",), "sleepin": ("sleeping",), "takin": ("taking",),
    "workin": ("working",), "livin": ("living",), "drinkin": ("drinking",), "smokin": ("smoking",),
    "eatin": ("eating",), "missin": ("missing",), "wanna": ("want", "to"), "gonna": ("going", "to"),
    "gettin": ("getting",), "havin": ("having",), "tryin": ("trying",),
    "urself": ("yourself",), "ppl": ("people",),
    "b4": ("before",), "probs": ("problems",), "plz": ("please",), "shud": ("should",), "cud": ("could",),
    "wat": ("what",), "wats": ("what", "is"), "wut": ("what",), "abt": ("about",), "wd": ("would",), "w": ("with",),
    "n": ("and",), "hv": ("have",), "ya": ("you",), "yr": ("your",), "bc": ("because",), "tho": ("though",),
}  # fmt: skip


def _in_full(word: str) -> tuple[str, ...]:
    """Return a shortened form in full ("what's" as "what is"), so that both are one."""
    if word in _TYPED_TOGETHER:
        return _TYPED_TOGETHER[word]
    if "'" not in word:
        return (word,)
    for ending, full in _SHORTENED.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], *full)
    if word.endswith("'s") and word[:-2] in _IS_AFTER:
        return (word[:-2], "is")
    return (word,)


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, short forms in full ("don't" is two words)."""
    return tuple(part for word in _WORD.findall(straight(text)) for part in _in_full(word))


def vocabulary(text: str) -> set[str]:
    """Return the different words of a long text, as `words_of` would give them."""
    return {
        part
        for typed in set(_WORD_AS_TYPED.findall(text))  # each word is made plain once, however often it stands there
        for word in _WORD.findall(straight(typed))
        for part in _in_full(word)
    }


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, in order, stripped; a bracketed gesture stays with its sentence."""
    return tuple(s for piece in _SENTENCE.findall(text) if (s := piece.strip()))


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """Return a word without its common ending: "sleeping" and "sleeps" are "sleep"."""
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            cut = word[: -len(ending)]
            if ending in {"ing", "ed"} and cut[-1] == cut[-2] and cut[-1] not in "sl":
                cut = cut[:-1]
            return cut.removesuffix("e") if len(cut) > 4 else cut
    return word.removesuffix("e") if len(word) > 4 else word


@lru_cache(maxsize=262144)
def same_word(typed: str, meant: str, not_slips: frozenset[str] | None) -> bool:
    """Return True if the typed word is the meant one, in another form or with a slip; None: the same word."""
    if typed == meant:
        return True
    if not_slips is None:
        return False
    if root(typed) == root(meant):
        return True
    if len(typed) < _SHORT or len(meant) < _SHORT or typed[0] != meant[0] or typed in not_slips:
        return False
    allowed = 1 if min(len(typed), len(meant)) < _LONG else 2
    return OSA.distance(typed, meant, score_cutoff=allowed) <= allowed


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: its name and the places of its first and last word (inclusive), counted in words."""

    name: str
    first: int
    last: int
    phrase: str

    @property
    def weight(self) -> int:
        """How telling it is: the letters of its phrase."""
        return len(self.phrase)


def best_of(hits: Iterable[Found]) -> list[Found]:
    """Return the longest of what was found where several overlap, in order of place."""
    taken: set[int] = set()
    best = []
    for hit in sorted(hits, key=lambda f: (-f.weight, f.first)):
        span = range(hit.first, hit.last + 1)
        if not taken.intersection(span):
            taken.update(span)
            best.append(hit)
    return sorted(best, key=lambda f: f.first)


class Phrases:
    """Named phrases, ready to be looked for in a text."""

    def __init__(
        self,
        named: Iterable[tuple[str, str]],
        not_slips: Iterable[str] | None = None,
        same: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare.

        Args:
            named: Pairs of a name and one of its phrases.
            not_slips: Words that are never taken for a slip of another word; None where a phrase must be exact.
            same: Words that count as another one ("tablets" as "medicine"), here and in what is searched.
        """
        same = same or {}
        self._same = same
        self._not_slips = None if not_slips is None else frozenset(not_slips)
        self._phrases: list[tuple[str, str, tuple[str, ...]]] = []
        self._by_first: dict[str, list[int]] = {}
        for name, phrase in named:
            parts = tuple(same.get(part, part) for part in words_of(phrase))
            if not parts:
                continue
            self._by_first.setdefault(parts[0], []).append(len(self._phrases))
            self._phrases.append((name, phrase, parts))
        self._longest = max((len(parts) for *_, parts in self._phrases), default=0)
        self._by_root: dict[str, list[str]] = {}
        self._by_letter: dict[str, list[str]] = {}
        for first in self._by_first:
            self._by_root.setdefault(root(first), []).append(first)
            if len(first) >= _SHORT:
                self._by_letter.setdefault(first[0], []).append(first)
        self._telling: dict[frozenset[str], tuple[int, str]] | None = None
        self._starts: dict[str, tuple[int, ...]] = {}
        """What each word met so far can start, as looked up before."""
        self._fitting: dict[tuple[str, str], tuple[int, ...]] = {}
        """The same, where it is known what may follow."""

    def _starting_with(self, word: str) -> Sequence[int]:
        if self._not_slips is None:
            return self._by_first.get(word, ())
        known = self._starts.get(word)
        if known is None:
            alike = self._by_root.get(root(word), ())
            slips = () if len(word) < _SHORT or word in self._not_slips else self._by_letter.get(word[0], ())
            firsts = dict.fromkeys((*alike, *(f for f in slips if same_word(word, f, self._not_slips))))
            hits = [i for first in firsts for i in self._by_first[first]]
            if len(self._starts) > _MOST_KEPT:
                self._starts.clear()
            known = self._starts[word] = tuple(hits)
        return known

    def _starting_at(self, words: Sequence[str], at: int) -> Sequence[int]:
        """Return the phrases that can start at a word, those left out that what follows already rules out.

        A word and what it is a form or a slip of begin with the same letter: most phrases fall away by that.
        """
        starts = self._starting_with(words[at])
        if not starts:
            return ()
        if self._not_slips is None:
            ahead = words[at + 1] if at + 1 < len(words) else ""
        else:
            ahead = "".join([word[:1] for word in words[at + 1 : at + 2 + _MAX_GAP]])
        key = (words[at], ahead)
        known = self._fitting.get(key)
        if known is None:
            if len(self._fitting) > _MOST_KEPT:
                self._fitting.clear()
            known = self._fitting[key] = tuple(i for i in starts if self._can_go_on(self._phrases[i][2], ahead))
        return known

    def _can_go_on(self, parts: tuple[str, ...], ahead: str) -> bool:
        return len(parts) == 1 or (parts[1] == ahead if self._not_slips is None else parts[1][0] in ahead)

    def _ends_at(self, words: Sequence[str], at: int, parts: tuple[str, ...]) -> int | None:
        place = at
        steps = range(1, 2 + (_MAX_GAP if len(parts) > 2 and self._not_slips is not None else 0))
        for part in parts[1:]:
            for gap in steps:
                if place + gap < len(words) and same_word(words[place + gap], part, self._not_slips):
                    place += gap
                    break
            else:
                return None
        return place

    def begun_at(self, words: Sequence[str]) -> int:
        """Return the place from which a phrase may be on its way at the end of the words; their number if none is.

        Only for phrases that are looked for exactly.
        """
        end = len(words)
        for at in range(max(0, end - self._longest + 1), end):
            begun = tuple(words[at:])
            for i in self._by_first.get(words[at], ()):
                parts = self._phrases[i][2]
                if len(parts) > len(begun) and parts[: len(begun)] == begun:
                    return at
        return end

    def all_in(self, words: Sequence[str]) -> list[Found]:
        """Return every phrase found, overlapping ones included, in order of place."""
        found = []
        if self._same:
            words = [self._same.get(word, word) for word in words]
        for at in range(len(words)):
            for i in self._starting_at(words, at):
                name, phrase, parts = self._phrases[i]
                end = self._ends_at(words, at, parts)
                if end is not None:
                    found.append(Found(name, at, end, phrase))
        return found

    def best_in(self, words: Sequence[str]) -> list[Found]:
        """Return the phrases found, the longest where several overlap, in order of place."""
        return best_of(self.all_in(words))

    def loosely_in(self, words: Sequence[str], little: frozenset[str]) -> str | None:
        """Return the name of the longest phrase whose telling words all occur, in any order; None if there is none.

        Args:
            words: A sentence.
            little: Words that tell nothing; a phrase needs two others at least.
        """
        if self._telling is None:
            self._telling = {}
            for name, phrase, parts in self._phrases:
                telling = frozenset(root(part) for part in parts if part not in little)
                if name and len(telling) >= 2:
                    self._telling.setdefault(telling, (len(phrase), name))
        there = {root(self._same.get(word, word)) for word in words}
        fitting = [found for telling, found in self._telling.items() if telling <= there]
        return max(fitting)[1] if fitting else None

    def names_in(self, words: Sequence[str]) -> list[str]:
        """Return the names of what was found, each once, in order of place."""
        return list(dict.fromkeys(hit.name for hit in self.best_in(words)))
