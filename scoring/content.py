"""Reading the content files of the scorer: YAML, strictly safe, with the fast reader where it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> Any:
    """Return what a YAML file holds. Raises OSError or yaml.YAMLError; the shipped files are tested to load."""
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_LOADER)
