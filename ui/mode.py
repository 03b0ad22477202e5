"""How the app is served: set once by the server, before the first page is drawn. Light, so that serving starts soon."""

from __future__ import annotations

import re
from dataclasses import dataclass

COOKIE = "rapport_person"
COOKIE_SHAPE = re.compile(r"[0-9a-f]{64}")


@dataclass
class _Mode:
    served_to_others: bool = False
    educator: bool = False
    """Whether the one local person teaches: then they may weigh the replies on which two raters stand far apart."""


MODE = _Mode()
