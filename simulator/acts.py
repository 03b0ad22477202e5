"""Which acts a text makes: their phrases are looked for in one go, and what takes them back beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.phrases import Phrases

if TYPE_CHECKING:
    from simulator.phrases import Found


class Acts:
    """Phrases of many acts, looked for in one go: anywhere or at the start of a text, and what takes them back."""

    def __init__(self, raw: dict[str, dict[str, list[str]]]) -> None:
        """Prepare from said.yaml."""
        self.names: tuple[str, ...] = tuple(raw)
        self._phrases = Phrases(
            (f"{role} {name}", line) for name, roles in raw.items() for role, lines in roles.items() for line in lines
        )

    def found_in(self, words: tuple[str, ...]) -> list[str]:
        """Return the acts found, each once, in the order of the file."""
        places: dict[str, dict[str, list[Found]]] = {}
        for hit in self._phrases.all_in(words):
            role, name = hit.name.split(" ", 1)
            if role != "starts" or hit.first == 0:
                places.setdefault(name, {}).setdefault(role, []).append(hit)
        found = []
        for name in filter(places.__contains__, self.names):
            roles = places[name]
            back = roles.get("not_in", [])
            hits = roles.get("anywhere", []) + roles.get("starts", [])
            if any(not any(t.first <= h.last and h.first <= t.last for t in back) for h in hits):
                found.append(name)
        return found
