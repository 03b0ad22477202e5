"""Named phrases, looked for in what a clinician typed: exactly, or with small slips forgiven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.words import MOST_SLIPS, SHORT, is_slip, root, same_word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_KEPT = 20_000
"""Words whose phrases are remembered; what people type is endless, memory is not."""
_MOST_BEGUN = 8192
"""Words with the two that follow them for which it is remembered what they begin."""
_MOST_TEXTS = 256
"""Texts for which it is remembered what was found: a reply is looked at more than once, and a page plays it again."""
_MAX_GAP = 1
"""How many words may stand between two words of a phrase of three or more ("how is the new medicine"), if forgiving."""


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


class _Branch(dict[str, "_Branch"]):
    """Where phrases stand that begin alike: the words that go on from here."""

    __slots__ = ("ends",)

    def __init__(self) -> None:
        self.ends: tuple[int, ...] = ()
        """The phrases that end here."""


_Second = tuple[str, bool]
"""The second word of a phrase, and whether more words follow."""


_Begun = tuple[tuple[int, int], ...]
"""Phrases that a word and the next ones begin, and how far from the first word the second one stands."""


def _next_place(words: tuple[str, ...], place: int, part: str, not_slips: frozenset[str]) -> int | None:
    """Return where a word of a long phrase stands after a place: next to it, or nearly so; else None."""
    for at in range(place + 1, min(place + 2 + _MAX_GAP, len(words))):
        if same_word(words[at], part, not_slips):
            return at
    return None


def _ends_at(words: tuple[str, ...], second: int, parts: tuple[str, ...], not_slips: frozenset[str]) -> int | None:
    """Return the place of a phrase's last word, given that of its second; None where it does not go on."""
    place = second
    for part in parts[2:]:
        after = _next_place(words, place, part, not_slips)
        if after is None:
            return None
        place = after
    return place


_Parted = tuple[str, str, tuple[str, ...]]
"""A name, one of its phrases, and the words of this."""


def parted(
    named: Iterable[tuple[str, str]], same: Mapping[str, str], known: Mapping[str, tuple[str, ...]] | None = None
) -> list[_Parted]:
    """Return named phrases with their words, as far as these are known; those without a word are left out."""
    found = []
    others = same.keys()
    known = known or {}
    for name, phrase in named:
        words = known.get(phrase) or words_of(phrase)
        if words:
            parts = words if others.isdisjoint(words) else tuple([same.get(word, word) for word in words])
            found.append((name, phrase, parts))
    return found


class Phrases:
    """Named phrases, ready to be looked for in a text."""

    def __init__(
        self,
        named: Iterable[tuple[str, str]],
        not_slips: Iterable[str] | None = None,
        same: Mapping[str, str] | None = None,
        *,
        ready: list[_Parted] | None = None,
        known: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Prepare.

        Args:
            named: Pairs of a name and one of its phrases.
            not_slips: Words that are never taken for a slip of another word; None where a phrase must be exact.
            same: Words that count as another one ("tablets" as "medicine"), here and in what is searched.
            ready: The named phrases as `parted` gives them, where that has been done before; `named` is not asked then.
            known: The words of phrases, where they have been told apart before.
        """
        same = same or {}
        self._same = same
        self._not_slips = None if not_slips is None else frozenset(not_slips)
        self._phrases = parted(named, same, known) if ready is None else ready
        self._tree = _Branch()
        self._by_first: dict[str, list[int]] = {}
        self._by_root: dict[str, list[str]] = {}
        self._by_letter: dict[str, list[str]] = {}
        if self._not_slips is None:
            self._grow()
        else:
            self._index_firsts()
        self._starts: dict[str, dict[str, dict[_Second, list[tuple[int, int]]]]] = {}
        """What each word met so far can start, as looked up before: phrases and their order, by their second word and
        its root."""
        self._begun: dict[tuple[str, str, str], _Begun] = {}
        """What a word begins with the two that follow it, as found before: a reply is looked at whole and in pieces."""
        self._found: dict[tuple[str, ...], tuple[Found, ...]] = {}

    def _grow(self) -> None:
        """Make ready to look for phrases exactly: as a tree, word by word."""
        for i, (_name, _phrase, parts) in enumerate(self._phrases):
            branch = self._tree
            for part in parts:
                after = branch.get(part)
                if after is None:
                    after = branch[part] = _Branch()
                branch = after
            branch.ends += (i,)

    def _index_firsts(self) -> None:
        """Make ready to look for phrases forgivingly: by the root and the first letter of their first word."""
        for i, (_name, _phrase, parts) in enumerate(self._phrases):
            self._by_first.setdefault(parts[0], []).append(i)
        for first in self._by_first:
            self._by_root.setdefault(root(first), []).append(first)
            if len(first) >= SHORT:
                self._by_letter.setdefault(first[0], []).append(first)

    def _starting_with(self, word: str, not_slips: frozenset[str]) -> dict[str, dict[_Second, list[tuple[int, int]]]]:
        """Return the phrases that a word can start, with their order, by their second word and its root.

        Both are "" where there is no second word.
        """
        known = self._starts.get(word)
        if known is None:
            alike = self._by_root.get(root(word), ())
            others = () if len(word) < SHORT or word in not_slips else self._by_letter.get(word[0], ())
            near = range(len(word) - MOST_SLIPS, len(word) + MOST_SLIPS + 1)
            slips = [other for other in others if len(other) in near and is_slip(word, other, not_slips)]
            firsts = dict.fromkeys([*alike, *slips])
            known = {}
            for place, i in enumerate([i for first in firsts for i in self._by_first[first]]):
                parts = self._phrases[i][2]
                second = (parts[1], len(parts) > 2) if len(parts) > 1 else ("", False)
                known.setdefault(root(second[0]), {}).setdefault(second, []).append((place, i))
            if len(self._starts) > _MOST_KEPT:
                self._starts.clear()
            self._starts[word] = known
        return known

    def _exactly(self, words: tuple[str, ...]) -> list[Found]:
        found: list[Found] = []
        tree = self._tree
        if tree.keys().isdisjoint(words):
            return found
        for at, word in enumerate(words):
            branch = tree.get(word)
            if branch is None:
                continue
            hits: list[int] = []
            after = at
            while branch is not None:
                hits += branch.ends
                after += 1
                branch = branch.get(words[after]) if after < len(words) else None
            if hits:
                found += [self._as_found(i, at, at + len(self._phrases[i][2]) - 1) for i in sorted(hits)]
        return found

    def _forgivingly(self, words: tuple[str, ...], not_slips: frozenset[str]) -> list[Found]:
        found = []
        known = self._begun
        for at, three in enumerate(zip(words, (*words[1:], ""), (*words[2:], "", ""), strict=False)):
            if not self._starts.get(three[0], True):
                continue  # nothing begins with it
            begun = known.get(three)
            if begun is None:
                if len(known) > _MOST_BEGUN:
                    known.clear()
                begun = known[three] = self._begun_by(*three, not_slips)
            for i, ahead in begun:
                end = _ends_at(words, at + ahead, self._phrases[i][2], not_slips)
                if end is not None:
                    found.append(self._as_found(i, at, end))
        return found

    def _begun_by(self, word: str, second: str, third: str, not_slips: frozenset[str]) -> _Begun:
        """Return the phrases that a word begins with the two that follow it, "" where none does."""
        starts = self._starts.get(word)
        if starts is None:
            starts = self._starting_with(word, not_slips)
        if not starts:
            return ()
        begun: list[tuple[int, int, int]] = [
            (order, i, 0) for those in starts.get("", {}).values() for order, i in those
        ]
        if any(len(word) >= SHORT and word not in not_slips for word in (second, third)):
            # A word and what it is a slip of begin with the same letter.
            alike = [one for one in starts if one and one[0] in {second[:1], third[:1]}]
        else:
            alike = [one for one in dict.fromkeys((root(second), root(third))) if one in starts and one]
        for one in alike:
            for (part, long), those in starts[one].items():
                if second and same_word(second, part, not_slips):
                    begun += [(order, i, 1) for order, i in those]
                elif long and third and same_word(third, part, not_slips):
                    begun += [(order, i, 2) for order, i in those]
        return tuple([(i, ahead) for _order, i, ahead in sorted(begun)])

    def _as_found(self, i: int, first: int, last: int) -> Found:
        name, phrase, _parts = self._phrases[i]
        return Found(name, first, last, phrase)

    def begun_at(self, words: Sequence[str]) -> int:
        """Return the place from which a phrase may be on its way at the end of the words; their number if none is.

        Only for phrases that are looked for exactly.
        """
        for at, first in enumerate(words):
            branch = self._tree.get(first)
            if branch is None:
                continue
            for word in words[at + 1 :]:
                branch = None if branch is None else branch.get(word)
            if branch:
                return at
        return len(words)

    def all_in(self, words: Sequence[str]) -> tuple[Found, ...]:
        """Return every phrase found, overlapping ones included, in order of place."""
        text = tuple(words)
        known = self._found.get(text)
        if known is None:
            if len(self._found) >= _MOST_TEXTS:
                self._found.clear()
            looked = tuple([self._same.get(word, word) for word in text]) if self._same else text
            slips = self._not_slips
            known = tuple(self._exactly(looked) if slips is None else self._forgivingly(looked, slips))
            self._found[text] = known
        return known

    def best_in(self, words: Sequence[str]) -> list[Found]:
        """Return the phrases found, the longest where several overlap, in order of place."""
        return best_of(self.all_in(words))

    def names_in(self, words: Sequence[str]) -> list[str]:
        """Return the names of what was found, each once, in order of place."""
        return list(dict.fromkeys(hit.name for hit in self.best_in(words)))
