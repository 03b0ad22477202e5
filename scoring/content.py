"""Reading the content files of the scorer: YAML, strictly safe, with the fast reader where it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def load_yaml(path: Path) -> Any:
    """Return what a YAML file holds. Raises OSError or yaml.YAMLError; the shipped files are tested to load."""
    import yaml  # here, so that importing the package stays quick

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader)
