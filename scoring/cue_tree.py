"""The tree of the cues' phrases: the notation of ``cues.py`` read, and phrases that begin alike put together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from scoring.text import read_word

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from scoring.cues import Cue

Node = dict[str, Any]
"""Where phrases stand that begin alike: the node that each next word leads to and, under names that no word can have,
what else there is. Plain data with little in it, so that a tree of thousands is soon read again."""
BY_CLASS, AFTER_GAP, ENDS_HERE = " class", " gap", " ends"
"""Nodes by word class, the node after a gap, and the cues (or what takes them back) whose phrases end here."""


_Step = tuple[bool, str]
"""A word, a class of words or a gap to go on by, and whether it stands among the node's classes."""


def _step(part: str) -> _Step:
    if part == "..":
        return False, AFTER_GAP
    return part.startswith("<") or (part.endswith("*") and len(part) > 1), part


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


def tree_of(
    cues: Iterable[Cue], classes: Container[str], read_as: Callable[[str], tuple[str, ...]] = read_word
) -> Node:
    """Return the tree of the cues' phrases. Raises KeyError where one names a class of words that is not there."""
    root: Node = {}

    @cache
    def forms(part: str) -> list[list[_Step]]:
        written = _forms(part, read_as)
        if any(form.startswith("<") and form[1:-1] not in classes for form in written):
            raise KeyError(part)
        return [[_step(step) for step in form.split()] for form in written]

    for cue in cues:
        for phrases, back in ((cue.heard, False), (cue.taken_back_by, True)):
            end = (cue.name, back)
            for phrase in phrases:
                for node in _reached(root, phrase, forms):
                    ends = node.setdefault(ENDS_HERE, [])
                    if end not in ends:
                        ends.append(end)
    return root


def _reached(root: Node, phrase: str, forms: Callable[[str], list[list[_Step]]]) -> list[Node]:
    """Return where the ways end that a written phrase stands for; nodes on these ways are made where missing."""
    reached = {id(root): root}
    for part in phrase.split():
        optional = len(part) > 1 and part.endswith("?") and not part.startswith("'")
        further = dict(reached) if optional else {}
        for form in forms(part.rstrip("?") if optional else part):
            for start in reached.values():
                node = start
                for among_classes, step in form:
                    if step == AFTER_GAP and node is root:
                        continue  # a gap before the first word says nothing
                    ways = node.setdefault(BY_CLASS, {}) if among_classes else node
                    node = ways.setdefault(step, {})
                further[id(node)] = node
        reached = further
    return [node for node in reached.values() if node is not root]
