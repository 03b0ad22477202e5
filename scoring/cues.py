"""Cues: phrases with a meaning, read from ``cues/*.yaml`` and found in a text, word by word.

A cue is written as words with a little notation: ``a/b`` one of these, ``word?`` may be missing, ``..`` up to three
words between, ``<feeling>`` a word of that class in ``cues/words.yaml``, ``~scare`` the word in all its forms,
``asust*`` any word that begins so. What stands under ``taken_back_by`` silences the cue in the same sentence. All
phrases share one tree, so that finding them costs a few look-ups a word, however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scoring.content import load_yaml
from scoring.text import ENDS, Text, read_word

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

FOLDER = Path(__file__).with_name("cues")
_GAP = 3
_NO_CUES = frozenset(["words.yaml", "table.yaml"])


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as its file describes it."""

    name: str
    means: str
    source: str
    heard: tuple[str, ...]
    taken_back_by: tuple[str, ...]
    examples_heard: tuple[str, ...]
    examples_not_heard: tuple[str, ...]
    of_patient: bool
    kind: str = ""


class Hit(NamedTuple):
    """A cue found in a text, from token ``first`` up to ``last``."""

    cue: str
    first: int
    last: int
    sentence: int


class _Node:
    __slots__ = ("classes", "ends", "gap", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.classes: list[tuple[Container[str], str, _Node]] = []
        self.gap: _Node | None = None
        self.ends: list[tuple[str, bool]] = []

    def step(self, part: str, classes: Mapping[str, Container[str]]) -> _Node:
        """Return the node one part further, made where it is missing."""
        if part == "..":
            if self.gap is None:
                self.gap = _Node()
            return self.gap
        if part.startswith("<") or (part.endswith("*") and len(part) > 1):
            for _, name, node in self.classes:
                if name == part:
                    return node
            node = _Node()
            self.classes.append((classes[part[1:-1]] if part[0] == "<" else Beginnings([part[:-1]]), part, node))
            return node
        return self.words.setdefault(part, _Node())


class Beginnings:
    """Words told by how they begin, for languages in which a verb has fifty forms."""

    def __init__(self, beginnings: Sequence[str], whole: frozenset[str] = frozenset()) -> None:
        self._whole = whole
        self._by_length: dict[int, set[str]] = {}
        for beginning in beginnings:
            self._by_length.setdefault(len(beginning), set()).add(beginning)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (
            word in self._whole or any(word[:size] in known for size, known in self._by_length.items())
        )


def inflect(word: str) -> set[str]:
    """Return the usual forms of a verb or noun: scare, scares, scared, scaring."""
    if word.endswith("e"):
        return {word, word + "s", word + "d", word[:-1] + "ing"}
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return {word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    if word.endswith(("s", "sh", "ch", "x")):
        return {word, word + "es", word + "ed", word + "ing"}
    return {word, word + "s", word + "ed", word + "ing"}


def _forms(part: str, read_as: Callable[[str], tuple[str, ...]]) -> list[str]:
    if part in ("..", "'?'", "'!'", "':'", "','"):
        return [part.strip("'")]
    options: list[str] = []
    for word in part.split("/") if len(part) > 1 else [part]:
        if word.startswith("<"):
            options.append(word)
        elif word.startswith("~"):
            options.extend(sorted(inflect(word[1:])))
        elif word.endswith("*"):
            options.append(word)
        else:
            read = read_as(word)
            options.append(" ".join(read) if read else word)
    return options


class CueBook:
    """All cues of one side (clinician or patient), ready to be found."""

    def __init__(
        self,
        cues: Sequence[Cue],
        classes: Mapping[str, Container[str]],
        read_as: Callable[[str], tuple[str, ...]] = read_word,
    ) -> None:
        self.cues = {cue.name: cue for cue in cues}
        self.classes = classes
        self._root = _Node()

        @cache
        def forms(part: str) -> list[list[str]]:
            return [form.split() for form in _forms(part, read_as)]

        for cue in cues:
            for phrases, back in ((cue.heard, False), (cue.taken_back_by, True)):
                end = (cue.name, back)
                for phrase in phrases:
                    for node in self._reached(phrase, forms):
                        if end not in node.ends:
                            node.ends.append(end)

    def _reached(self, phrase: str, forms: Callable[[str], list[list[str]]]) -> list[_Node]:
        """Return where the ways end that a written phrase stands for; nodes on these ways are made where missing."""
        reached = [self._root]
        for part in phrase.split():
            optional = len(part) > 1 and part.endswith("?") and not part.startswith("'")
            further: dict[_Node, None] = dict.fromkeys(reached) if optional else {}
            for form in forms(part.rstrip("?") if optional else part):
                for start in reached:
                    node = start
                    for step in form:
                        if step != ".." or node is not self._root:  # a gap before the first word says nothing
                            node = node.step(step, self.classes)
                    further[node] = None
            reached = list(further)
        return [node for node in reached if node is not self._root]

    def find(self, text: Text) -> list[Hit]:
        """Return the cues heard in a text, in order; a cue taken back in a sentence is left out there."""
        words = [token.text for token in text.tokens]
        hits: list[Hit] = []
        begin = self._root
        for number, sentence in enumerate(text.sentences):
            found: dict[tuple[str, bool], list[tuple[int, int]]] = {}
            for first in range(sentence.first, sentence.last):
                word = words[first]
                after = begin.words.get(word)
                if after is not None:
                    self._walk(after, words, first, first + 1, sentence.last, found)
                for members, _, behind in begin.classes:
                    if word in members:
                        self._walk(behind, words, first, first + 1, sentence.last, found)
            hits.extend(
                Hit(name, first, last, number)
                for (name, back), places in found.items()
                if not back and (name, True) not in found
                for first, last in places
            )
        return hits

    def _walk(
        self,
        node: _Node,
        words: list[str],
        first: int,
        at: int,
        limit: int,
        found: dict[tuple[str, bool], list[tuple[int, int]]],
    ) -> None:
        for end in node.ends:
            found.setdefault(end, []).append((first, at))
        if node.gap is not None:
            for skip in range(min(_GAP, limit - at - 1) + 1):
                if skip and words[at + skip - 1] in ENDS:
                    break
                self._walk(node.gap, words, first, at + skip, limit, found)
        if at >= limit:
            return
        word = words[at]
        after = node.words.get(word)
        if after is not None:
            self._walk(after, words, first, at + 1, limit, found)
        for members, _, behind in node.classes:
            if word in members:
                self._walk(behind, words, first, at + 1, limit, found)


def read_classes(folder: Path = FOLDER) -> dict[str, frozenset[str]]:
    """Return the word classes of ``words.yaml``, every form of every word as the reader reads it."""
    classes: dict[str, frozenset[str]] = {}
    for name, listed in load_yaml(folder / "words.yaml")["classes"].items():
        members: set[str] = set()
        for word in str(listed).split():
            for form in inflect(word[1:]) if word.startswith("~") else {word}:
                members.add(form)
                members.update(read_word(form)[:1] if len(read_word(form)) == 1 else ())
        classes[name] = frozenset(members)
    return classes


def read_cues(folder: Path = FOLDER) -> list[Cue]:
    """Return all cues of the folder, in the order of their files. Raises KeyError for a file of another shape."""
    cues: list[Cue] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name in _NO_CUES:
            continue
        content: dict[str, Any] = load_yaml(path)
        for item in content["cues"]:
            examples = item["examples"]
            cues.append(
                Cue(
                    name=item["cue"],
                    means=item["means"],
                    source=item["source"],
                    heard=tuple(str(phrase) for phrase in item["heard"]),
                    taken_back_by=tuple(str(phrase) for phrase in item["taken_back_by"]),
                    examples_heard=tuple(examples["heard"]),
                    examples_not_heard=tuple(examples["not_heard"]),
                    of_patient=bool(content.get("patient", False)),
                    kind=item.get("kind", ""),
                )
            )
    return cues


@cache
def cue_books() -> tuple[CueBook, CueBook]:
    """Return the cues for the clinician's words and those for the patient's, read once."""
    classes = read_classes()
    cues = read_cues()
    return (
        CueBook([cue for cue in cues if not cue.of_patient], classes),
        CueBook([cue for cue in cues if cue.of_patient], classes),
    )
