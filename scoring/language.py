"""A language other than English: its words, cues and table of rules, read from ``cues/<tag>/``.

English has fitted weights and lists of its own. Any other language brings everything in files: ``words.yaml`` (word
classes, stop words, endings, chat spellings), cue files of the usual shape, and ``table.yaml`` (from cues to moves
and from moves to levels). Python holds none of its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from scoring.content import load_yaml
from scoring.cues import FOLDER, Beginnings, CueBook, read_cues
from scoring.text import HIDDEN, Text, fold, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LEAST_STEM = 3


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that is read in one language."""

    tag: str
    clinician: CueBook
    patient: CueBook
    common: frozenset[str]
    """Words too common for an echo to mean anything."""
    endings: tuple[str, ...]
    """Endings taken off a word to find its stem, the longest first."""
    turned: Mapping[str, str]
    """Words that change when the other person says them (my and your)."""
    turns: frozenset[str]
    """Words that open a new clause."""
    cuts: frozenset[str]
    """Words that open a new clause even without a comma, such as "but"."""
    open_words: frozenset[str]
    """Words that open a question asking for more than a yes or a no."""
    keywords: Beginnings
    spellings: Mapping[str, tuple[str, ...]]
    left_out: frozenset[str]
    table: Mapping[str, Any]

    def word(self, typed: str) -> tuple[str, ...]:
        """Return what one typed word is read as."""
        typed = typed.replace(HIDDEN, "").strip("'")
        return self.spellings.get(typed, (typed,) if typed else ())

    def parse(self, original: str) -> Text:
        """Read a text in this language; never raises."""
        return parse(original, read=self.word, left_out=self.left_out)

    def stem(self, word: str) -> str:
        """Return a rough stem, enough for one form of a word to meet another."""
        for ending in self.endings:
            if len(word) - len(ending) >= _LEAST_STEM and word.endswith(ending):
                return word[: -len(ending)]
        return word

    def stems(self, words: Sequence[str]) -> list[str]:
        """Return the stems of the words that say something."""
        return [self.stem(word) for word in words if word not in self.common]


@cache
def languages() -> tuple[str, ...]:
    """Return the tags of the languages that can be read, English first."""
    return ("en", *sorted(path.parent.name for path in FOLDER.glob("*/table.yaml")))


@cache
def language(tag: str) -> Language:
    """Return a language by its tag, read once. Raises KeyError where there are no files for it."""
    if tag not in languages() or tag == "en":
        raise KeyError(tag)
    folder = FOLDER / tag
    words: dict[str, Any] = load_yaml(folder / "words.yaml")

    def listed(name: str) -> frozenset[str]:
        return frozenset(fold(str(words[name])).split())

    spellings = {fold(str(typed)): tuple(fold(str(read)).split()) for typed, read in words["read_as"].items()}
    classes = {name: word_class(str(members)) for name, members in words["classes"].items()}
    cues = read_cues(folder)

    def word(typed: str) -> tuple[str, ...]:
        folded = fold(typed)
        return spellings.get(folded, (folded,))

    return Language(
        tag=tag,
        clinician=CueBook([cue for cue in cues if not cue.of_patient], classes, word),
        patient=CueBook([cue for cue in cues if cue.of_patient], classes, word),
        common=listed("common"),
        endings=tuple(sorted(listed("endings"), key=lambda ending: (-len(ending), ending))),
        turned={fold(mine): fold(theirs) for mine, theirs in words["turned"].items()},
        turns=listed("turns"),
        cuts=listed("cuts"),
        open_words=listed("open_words"),
        keywords=classes["keyword"],
        spellings=spellings,
        left_out=frozenset(str(words["left_out"]).split()),
        table=load_yaml(folder / "table.yaml"),
    )


def word_class(members: str) -> Beginnings:
    """Return a class of words; one with * at its end stands for every word that begins so."""
    words = fold(members).split()
    return Beginnings(
        [word[:-1] for word in words if word.endswith("*")], frozenset(w for w in words if not w.endswith("*"))
    )
