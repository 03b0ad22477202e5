"""Reading the content files that the simulator ships with: YAML, safe, with the fast reader where it is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from scoring.kept import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

_USUAL: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ALL_TEXT: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_TEXT, _MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"


class _Unusual(Exception):
    """The file holds what is rare, such as an anchor, a tag, or a key that is no word."""


def read_content(path: Path, *, all_text: bool = False) -> Any:
    """Return what a content file holds, read anew only where it has changed since it was last read.

    Args:
        path: The file.
        all_text: True where all is words ("no", "on", "12"), which YAML would otherwise take for something else.

    Raises:
        OSError: The file cannot be read.
        yaml.YAMLError: It is no YAML.
    """
    return kept("text" if all_text else path.stem, (path, Path(__file__)), lambda: _read(path, all_text))


def _read(path: Path, all_text: bool) -> Any:
    """Read a content file.

    Lists, tables and words are nearly all of it. They are made here, as the parser comes upon them, which takes half
    the loader's time; the loader reads a file that holds anything rare.
    """
    text = path.read_text(encoding="utf-8")
    loader = _ALL_TEXT if all_text else _USUAL
    parser = loader(text)
    try:
        return _document(iter(parser.get_event, None), all_text=all_text)
    except _Unusual:
        return yaml.load(text, Loader=loader)
    finally:
        parser.dispose()


def _document(events: Iterator[Any], *, all_text: bool) -> Any:
    made = None
    documents = 0
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Unusual
        elif isinstance(event, yaml.NodeEvent):
            made = _made(event, events, all_text=all_text)
    return made


def _made(event: Any, events: Iterator[Any], *, all_text: bool) -> Any:
    """Return what begins with an event; what belongs to it is taken from the events that follow."""
    if event.anchor is not None or event.tag is not None:
        raise _Unusual
    kind = type(event)
    if kind is yaml.ScalarEvent:
        return event.value if all_text or event.style else _meant(event.value)
    if kind is yaml.SequenceStartEvent:
        listed = []
        while type(item := next(events)) is not yaml.SequenceEndEvent:
            listed.append(_made(item, events, all_text=all_text))
        return listed
    table = {}
    while type(key := next(events)) is not yaml.MappingEndEvent:
        if type(key) is not yaml.ScalarEvent:
            raise _Unusual
        name = _made(key, events, all_text=all_text)
        table[name] = _made(next(events), events, all_text=all_text)
    return table


def _meant(word: str) -> Any:
    """Return what a word without quotes stands for: itself, or a number, a yes or no, nothing."""
    if word[:1] not in yaml.SafeLoader.yaml_implicit_resolvers:
        return word
    loader = _for_words()
    tag = loader.resolve(yaml.ScalarNode, word, (True, False))
    if tag == _MERGE:
        raise _Unusual
    return word if tag == _TEXT else loader.construct_document(yaml.ScalarNode(tag, word))


@cache
def _for_words() -> Any:
    return yaml.SafeLoader("")
