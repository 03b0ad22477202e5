"""The line in front of the model: so many at once, first come first served, and everybody can see where they stand.

Whoever sits before a patient goes before what is only being rated, which nobody waits for.

Servers queue silently instead of saying that they are full, so the limit is ours.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.failures import ModelFailure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOOK = 0.25
"""Seconds between two looks at whether somebody has given up."""


@dataclass(eq=False, slots=True)
class _Ticket:
    """One who waits."""

    behind: bool


class Line:
    """A line of people waiting for one of a few places."""

    def __init__(self, places: int) -> None:
        """Open the line with this many places."""
        self._places = places
        self._busy = 0
        self._waiting: list[_Ticket] = []
        self._changed = threading.Condition()

    @property
    def waiting(self) -> int:
        """How many are waiting just now."""
        with self._changed:
            return len(self._waiting)

    @contextmanager
    def place(
        self,
        patience: float,
        waiting: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        behind: bool = False,
    ) -> Iterator[None]:
        """Hold a place while the block runs.

        Args:
            patience: Seconds to wait at most.
            waiting: Told the place in the line whenever it changes: 1 is next, 0 is now. Not told where nobody waits.
            cancelled: Returns True once nobody wants the answer any more.
            behind: Stand behind all who are not; among themselves these come first come first served.

        Raises:
            ModelFailure: ``waited_too_long`` or ``cancelled``.
        """
        self._wait(patience, waiting, cancelled, _Ticket(behind))
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _wait(
        self,
        patience: float,
        waiting: Callable[[int], None] | None,
        cancelled: Callable[[], bool] | None,
        ticket: _Ticket,
    ) -> None:
        until, told = time.monotonic() + patience, -1
        with self._changed:
            self._waiting.append(ticket)
            self._waiting.sort(key=lambda one: one.behind)  # keeps the order among equals
        try:
            while True:
                with self._changed:
                    ahead = self._waiting.index(ticket)
                    if ahead == 0 and self._busy < self._places:
                        self._busy += 1
                        break
                if ahead != told and waiting is not None:
                    waiting(ahead + 1)
                told = ahead
                if cancelled is not None and cancelled():
                    raise ModelFailure("cancelled")
                left = until - time.monotonic()
                if left <= 0:
                    raise ModelFailure("waited_too_long", f"{ahead} ahead after {patience:g} s")
                with self._changed:
                    if not (self._waiting[0] is ticket and self._busy < self._places):
                        self._changed.wait(min(left, _LOOK))
        finally:
            with self._changed:
                self._waiting.remove(ticket)
                self._changed.notify_all()
        if waiting is not None and told >= 0:
            waiting(0)
