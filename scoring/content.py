"""Reading the content files of the scorer: YAML, strictly safe, with the fast reader where it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

RULES = Path(__file__)
"""What says how a content file is read."""
_WORDS = ("tag:yaml.org,2002:str", None)


def load_yaml(path: Path) -> Any:
    """Return what a YAML file holds. Raises OSError or yaml.YAMLError; the shipped files are tested to load."""
    import yaml  # here, so that importing the package stays quick

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(path.read_text(encoding="utf-8"))

    def made(node: Any) -> Any:
        """Lists, tables and words are nearly all of it and are made here, several times quicker than by the loader."""
        if isinstance(node, yaml.MappingNode) and all(key.tag in _WORDS for key, _ in node.value):
            return {key.value: made(value) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [made(item) for item in node.value]
        if isinstance(node, yaml.ScalarNode) and node.tag in _WORDS:
            return node.value
        return None if node is None else loader.construct_document(node)

    try:
        return made(loader.get_single_node())
    finally:
        loader.dispose()
