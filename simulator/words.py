"""Words in what a clinician typed: straightened, split, and matched with small slips forgiven.

Precise before forgiving: a word of fewer than five letters must be exact ("car" never answers to "care"), a longer
one may have one slip of the keyboard (two from nine letters on), and words that are words of their own are never slips.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

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
_SENTENCE = re.compile(
    r"[^.!?…\n]*(?:(?:(?<=\d)\.(?=\d)|(?<=\b[DM][rs])\.(?= )|(?<=\bMrs)\.(?= ))[^.!?…\n]*)*(?:[.!?…]+[\"')\]]*|\n|$)"
)
_ENDINGS = (("ing", 4), ("ed", 4), ("'s", 2), ("s", 3))
"""An ending, and how many letters must stand before it ("cared" and "caring" are not "car")."""
SHORT, LONG = 5, 9
"""Letters from which a word may have a slip, and from which it may have two."""
MOST_SLIPS = 2


def straight(text: str) -> str:
    """Return the text in lower case, accents, typographic quotes and dashes made plain; same length, same offsets."""
    if text.isascii():
        return text.lower().replace("`", "'")
    lowered = text.lower()
    if len(lowered) != len(text) or "Σ" in text:  # a capital sigma is made small by what stands around it
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
    "whens": ("when", "is"), "wheres": ("where", "is"), "urself": ("yourself",), "ppl": ("people",),
    "b4": ("before",), "probs": ("problems",), "plz": ("please",), "shud": ("should",), "cud": ("could",),
    "wat": ("what",), "wats": ("what", "is"), "wut": ("what",), "abt": ("about",), "wd": ("would",), "w": ("with",),
    "n": ("and",), "hv": ("have",), "ya": ("you",), "yr": ("your",), "bc": ("because",), "tho": ("though",),
}  # fmt: skip


@lru_cache(maxsize=16384)
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
    if text.isascii() and text.replace(" ", "").isalpha():  # as most phrases are, and quicker
        words = text.lower().split()
        if _TYPED_TOGETHER.keys().isdisjoint(words):
            return tuple(words)
    else:
        words = _WORD.findall(straight(text))
    return tuple([part for word in words for part in _in_full(word)])


def vocabulary(text: str) -> set[str]:
    """Return the different words of a long text, as `words_of` would give them."""
    typed = set(text.split())  # each word is made plain once, however often it stands there
    plain = {word for word in typed if word.isascii()}  # nearly all, and quicker by themselves
    found: set[str] = set()
    for some in (plain, typed - plain):
        found.update(_WORD.findall(straight("\n".join(some))))
    short = {word for word in found if "'" in word} | (_TYPED_TOGETHER.keys() & found)
    return (found - short).union(*map(_in_full, short))


@lru_cache(maxsize=8192)
def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, in order, stripped; a bracketed gesture stays with its sentence."""
    return tuple([s for piece in _SENTENCE.findall(text) if (s := piece.strip())])


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
def same_word(typed: str, meant: str, not_slips: frozenset[str]) -> bool:
    """Return True if the typed word is the meant one, in another form or with a slip."""
    return typed == meant or root(typed) == root(meant) or is_slip(typed, meant, not_slips)


def is_slip(typed: str, meant: str, not_slips: frozenset[str]) -> bool:
    """Return True if the typed word is no word of its own, but the meant one with a slip of the keyboard."""
    if len(typed) < SHORT or len(meant) < SHORT or typed[0] != meant[0] or typed in not_slips:
        return False
    allowed = 1 if min(len(typed), len(meant)) < LONG else MOST_SLIPS
    return OSA.distance(typed, meant, score_cutoff=allowed) <= allowed
