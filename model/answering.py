"""What is handed out of an answer: a whole one with what a record of it needs, or its pieces as they come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from model.abilities import Rung


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer and what a record of it needs."""

    text: str
    """Without the model's reasoning; never empty."""
    raw: str
    model: str
    prompt_sha256: str
    finish: str
    """stop, or length where it was cut off."""
    rung: Rung
    """How the shape of the answer was asked for."""
    tokens_in: int | None
    tokens_out: int | None


class Stream:
    """Pieces of an answer as they come; nothing of the model's reasoning among them. Iterate once."""

    def __init__(self, pieces: Callable[[Stream], Iterator[str]], model: str, prompt_sha256: str) -> None:
        """Be ready; nothing is asked before the first piece is wanted."""
        self.model = model
        self.prompt_sha256 = prompt_sha256
        self.finish: str | None = None
        """stop or length, once the answer has ended well."""
        self._pieces = pieces(self)

    def __iter__(self) -> Iterator[str]:
        """Return the pieces; raises ``ModelFailure`` wherever the answer breaks off."""
        return self._pieces

    def close(self) -> None:
        """Ask for no more; the server sees the connection close."""
        self._pieces.close()  # type: ignore[attr-defined]
