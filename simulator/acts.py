"""Which acts a text makes: their phrases are looked for in one go, and what takes them back beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.phrases import Found


class Acts:
    """Phrases of many acts, looked for in one go: anywhere or at the start of a text, and what takes them back."""

    def __init__(
        self, raw: dict[str, dict[str, list[str]]], known: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        """Prepare from said.yaml.

        Args:
            raw: The phrases of each act, by what they do there.
            known: The words of phrases, where they have been told apart before.
        """
        self.names: tuple[str, ...] = tuple(raw)
        self._roles = {
            f"{role} {name}": (number, role) for number, (name, roles) in enumerate(raw.items()) for role in roles
        }
        """By the name of a phrase: the number of its act, and what it does there."""
        self._phrases = Phrases(
            (
                (f"{role} {name}", line)
                for name, roles in raw.items()
                for role, lines in roles.items()
                for line in lines
            ),
            known=known,
        )

    def found_in(self, words: tuple[str, ...]) -> list[str]:
        """Return the acts found, each once, in the order of the file."""
        hits: dict[int, list[Found]] = {}
        back: dict[int, list[Found]] = {}
        for hit in self._phrases.all_in(words):
            number, role = self._roles[hit.name]
            if role == "not_in":
                back.setdefault(number, []).append(hit)
            elif role == "anywhere" or (role == "starts" and hit.first == 0):
                hits.setdefault(number, []).append(hit)
        return [
            self.names[number]
            for number, those in sorted(hits.items())
            if any(not any(t.first <= h.last and h.first <= t.last for t in back.get(number, ())) for h in those)
        ]
