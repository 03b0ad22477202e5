"""How the app is served: set once by the server, before the first page is drawn. Light, so that serving starts soon."""

from __future__ import annotations

import re
from dataclasses import dataclass

COOKIE = "rapport_person"
COOKIE_SHAPE = re.compile(r"[0-9a-f]{64}")


@dataclass
class _Mode:
    served_to_others: bool = False


MODE = _Mode()
