"""Reading the content files that the simulator ships with: YAML, safe, with the fast reader where it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_USUAL: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = ("tag:yaml.org,2002:str", None)
_ALL_TEXT: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_content(path: Path, *, all_text: bool = False) -> Any:
    """Return what a content file holds.

    Args:
        path: The file.
        all_text: True where all is words ("no", "on", "12"), which YAML would otherwise take for something else.

    Raises:
        OSError: The file cannot be read.
        yaml.YAMLError: It is no YAML.
    """
    loader = (_ALL_TEXT if all_text else _USUAL)(path.read_text(encoding="utf-8"))
    try:
        return _made(loader, loader.get_single_node())
    finally:
        loader.dispose()


def _made(loader: Any, node: Any) -> Any:
    """Return what a node holds, as the loader would make it.

    Lists, tables and words are nearly all of it and are made here, several times quicker; the loader makes the rest.
    """
    if isinstance(node, yaml.MappingNode) and all(key.tag in _WORDS for key, _ in node.value):
        return {key.value: _made(loader, value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_made(loader, item) for item in node.value]
    if isinstance(node, yaml.ScalarNode) and node.tag in _WORDS:
        return node.value
    return None if node is None else loader.construct_document(node)
