"""Who words the patients: the scenario's own lines, or a language model that the entry has handed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.language import _

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Voice:
    """A model that may word the patients, and where it is."""

    stream: Callable[..., Any] | None = None
    """`stream(prompt, **context)`; None where the patients speak in the scenario's own lines."""
    address: str = ""
    on_this_machine: bool = True

    @property
    def what_is_sent(self) -> str:
        """What leaves the visit for the model and where it goes, in a sentence; empty where there is no model."""
        if self.stream is None:
            return ""
        if self.on_this_machine:
            where = _("a language model on this computer")
        else:
            where = _("the language model at %(address)s", address=self.address)
        return _(
            "What you and the patient say goes to %(where)s, which helps to word the answers. "
            "Your name, address and anything else about you is never sent.",
            where=where,
        )


class _AtHand:
    voice = Voice()


def use(voice: Voice) -> None:
    """Let this voice word the patients. Called by the entry."""
    _AtHand.voice = voice


def at_hand() -> Voice:
    """Return who words the patients in this process."""
    return _AtHand.voice
