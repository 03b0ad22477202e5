"""Reading the content files that the simulator ships with: YAML, safe, with the fast reader where it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

_USUAL: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_ALL_TEXT if all_text else _USUAL)
