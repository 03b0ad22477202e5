"""Who words the patients: the scenario's own lines, or a language model that the entry has handed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.handed import Handed, whereabouts
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
        where = whereabouts(self.address, on_this_machine=self.on_this_machine)
        return _(
            "What you and the patient say goes to %(where)s, which helps to word the answers. "
            "Your name, address and anything else about you is never sent.",
            where=where,
        )


_voice = Handed(Voice())
use, at_hand = _voice.use, _voice.at_hand
