"""What the entry hands down to the pages: a model in one role or another, where it is, and what it is called there."""

from __future__ import annotations

from typing import Generic, TypeVar

from ui.language import _

T = TypeVar("T")


class Handed(Generic[T]):
    """One thing that the entry has handed down, the same for everybody whom this process serves."""

    def __init__(self, otherwise: T) -> None:
        """Begin with what holds where nothing is handed down."""
        self._thing = otherwise

    def use(self, thing: T) -> None:
        """Let this be used from now on. Called by the entry."""
        self._thing = thing

    def at_hand(self) -> T:
        """Return what is used in this process."""
        return self._thing


def whereabouts(address: str, *, on_this_machine: bool) -> str:
    """Return where a language model is, as a part of a sentence."""
    if on_this_machine:
        return _("a language model on this computer")
    return _("the language model at %(address)s", address=address)
