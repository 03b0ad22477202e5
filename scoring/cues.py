"""Cues: phrases with a meaning, read from ``cues/*.yaml`` and found in a text, word by word.

A cue is written as words with a little notation: ``a/b`` one of these, ``word?`` may be missing, ``..`` up to three
words between, ``<feeling>`` a word of that class in ``cues/words.yaml``, ``~scare`` the word in all its forms,
``asust*`` any word that begins so. What stands under ``taken_back_by`` silences the cue in the same sentence. All
phrases share one tree, so that finding them costs a few look-ups a word, however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scoring.content import load_yaml
from scoring.cue_tree import AFTER_GAP, BY_CLASS, ENDS_HERE, Node, inflect, tree_of
from scoring.kept import kept
from scoring.text import ENDS, SPELLINGS, Text, read_word

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

FOLDER = Path(__file__).with_name("cues")
_GAP = 3
_MOST_WORDS = 20_000
_RULES = tuple(Path(__file__).with_name(name) for name in ("cues.py", "cue_tree.py", "content.py", "text.py"))
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


class _Members(dict[str, "Container[str]"]):
    """The words that a class or a beginning stands for, by how it is written in a phrase: <feeling>, asust*."""

    def __init__(self, classes: Mapping[str, Container[str]]) -> None:
        super().__init__((f"<{name}>", members) for name, members in classes.items())

    def __missing__(self, written: str) -> Container[str]:
        if written.startswith("<"):
            raise KeyError(written)
        members = self[written] = Beginnings([written[:-1]])
        return members


def _has_only_words(node: Node) -> bool:
    return not (ENDS_HERE in node or AFTER_GAP in node or BY_CLASS in node)


class _Starts(dict[str, "list[tuple[Node, bool]]"]):
    """For each word the nodes that it leads to as the first of a phrase, and whether these lead on by words only.

    Worked out when a word is first met, so that the classes it belongs to are looked through once.
    """

    def __init__(self, root: Node, members: _Members) -> None:
        super().__init__()
        self._root = root
        self._classes = [(members[name], behind) for name, behind in root.get(BY_CLASS, {}).items()]

    def __missing__(self, word: str) -> list[tuple[Node, bool]]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        nodes = [self._root[word]] if word in self._root else []
        nodes += [behind for members, behind in self._classes if word in members]
        starts = self[word] = [(node, _has_only_words(node)) for node in nodes]
        return starts


class CueBook:
    """All cues of one side (clinician or patient), ready to be found."""

    def __init__(
        self,
        cues: Iterable[Cue],
        classes: Mapping[str, Container[str]],
        read_as: Callable[[str], tuple[str, ...]] = read_word,
        *,
        tree: Node | None = None,
    ) -> None:
        """Prepare.

        Args:
            cues: The cues.
            classes: The word classes that they name.
            read_as: How a written word is read.
            tree: What `tree_of` gives for them, where that has been made before.
        """
        self.cues = {cue.name: cue for cue in cues}
        self.classes = classes
        self._root = tree_of(self.cues.values(), classes, read_as) if tree is None else tree
        self._members = _Members(classes)
        self._starts = _Starts(self._root, self._members)

    def find(self, text: Text) -> list[Hit]:
        """Return the cues heard in a text, in order; a cue taken back in a sentence is left out there."""
        words = text.texts
        hits: list[Hit] = []
        starts = self._starts
        for number, (begin, limit) in enumerate(text.sentences):
            found: dict[tuple[str, bool], list[tuple[int, int]]] = {}
            for first in range(begin, limit):
                for node, only_words in starts[words[first]]:
                    at = first + 1
                    if only_words:  # most words begin some phrase, and few go on with it
                        after = node.get(words[at]) if at < limit else None
                        if after is not None:
                            self._walk(after, words, first, at + 1, limit, found)
                    else:
                        self._walk(node, words, first, at, limit, found)
            if found:
                hits += [
                    Hit(name, first, last, number)
                    for (name, back), places in found.items()
                    if not back and (name, True) not in found
                    for first, last in places
                ]
        return hits

    def _walk(
        self,
        node: Node,
        words: list[str],
        first: int,
        at: int,
        limit: int,
        found: dict[tuple[str, bool], list[tuple[int, int]]],
    ) -> None:
        while True:
            if ENDS_HERE in node:
                for end in node[ENDS_HERE]:
                    found.setdefault(end, []).append((first, at))
            if AFTER_GAP in node:
                behind_gap = node[AFTER_GAP]
                only_words = _has_only_words(behind_gap)
                for skip in range(min(_GAP, limit - at - 1) + 1):
                    if skip and words[at + skip - 1] in ENDS:
                        break
                    if not only_words or words[at + skip] in behind_gap:
                        self._walk(behind_gap, words, first, at + skip, limit, found)
            if at >= limit:
                return
            word = words[at]
            at += 1
            after = node.get(word)
            if BY_CLASS in node:
                if after is not None:
                    self._walk(after, words, first, at, limit, found)
                for name, behind in node[BY_CLASS].items():
                    if word in self._members[name]:
                        self._walk(behind, words, first, at, limit, found)
                return
            if after is None:
                return
            node = after


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


_Made = tuple[dict[str, frozenset[str]], tuple[list[tuple[Any, ...]], Node], tuple[list[tuple[Any, ...]], Node]]


def _make() -> _Made:
    """Return the word classes, and for the clinician and the patient the cues, field by field, and their tree."""
    cues, classes = read_cues(), read_classes()
    mine, theirs = [cue for cue in cues if not cue.of_patient], [cue for cue in cues if cue.of_patient]

    def plain(side: Sequence[Cue]) -> list[tuple[Any, ...]]:
        return [tuple(getattr(cue, field.name) for field in fields(Cue)) for cue in side]

    return classes, (plain(mine), tree_of(mine, classes)), (plain(theirs), tree_of(theirs, classes))


@cache
def cue_books() -> tuple[CueBook, CueBook]:
    """Return the cues for the clinician's words and those for the patient's, read once."""
    sources = (*sorted(FOLDER.glob("*.yaml")), SPELLINGS, *_RULES)
    classes, (mine, my_tree), (theirs, their_tree) = kept("cues", sources, _make)
    return (
        CueBook([Cue(*cue) for cue in mine], classes, tree=my_tree),
        CueBook([Cue(*cue) for cue in theirs], classes, tree=their_tree),
    )
