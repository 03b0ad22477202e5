"""An answer under way: a worker asks the model, shows the words as they come and keeps the turn; pages only look on.

A page may be refreshed, closed, opened twice or lose its connection: the worker goes on, speaks once, and what it has
said is there for whoever looks. Nothing here knows Streamlit; workers must not draw.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ui.language import N_
from ui.working import trouble_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOOK = 0.5
"""Seconds between two signs of life to a page that follows, so that its run can be stopped meanwhile."""
_SURPRISE = N_("Something went wrong while the patient was answering. What you said is kept.")


@dataclass(frozen=True, slots=True)
class Heard:
    """What can be seen of an answer at one moment."""

    text: str
    """The words so far. They may be taken back: always draw the whole, never append."""
    place: int
    """The place in the line for the model: 1 is next, 0 where nobody waits."""


class Answer:
    """One answer under way."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._changed = threading.Condition()
        self._text = ""
        self._place = 0
        self._stopped = False
        self._ended = False
        self.trouble = ""
        """A sentence for the page where the turn could not be kept; empty otherwise."""

    def show(self, more: str) -> None:
        """Say more. For the worker."""
        with self._changed:
            self._text += more
            self._changed.notify_all()

    def withdraw(self) -> None:
        """Take back what was said so far. For the worker."""
        with self._changed:
            self._text = ""
            self._changed.notify_all()

    def wait_at(self, place: int) -> None:
        """Tell the place in the line. For the worker."""
        with self._changed:
            self._place = place
            self._changed.notify_all()

    def stop(self) -> None:
        """Stop the model: the patient answers in the scenario's own words instead."""
        self._stopped = True

    def stopped(self) -> bool:
        """Return True once somebody has stopped it."""
        return self._stopped

    @property
    def ended(self) -> bool:
        """True once the turn is kept, or could not be."""
        return self._ended

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended; False where it has not within these seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._ended, seconds)

    def follow(self) -> Iterator[Heard]:
        """Yield what can be seen whenever it changes, and now and then when it does not; ends with the answer."""
        seen = None
        while True:
            with self._changed:
                now = Heard(self._text, self._place)
                if now == seen and not self._ended:
                    self._changed.wait(_LOOK)
                    now = Heard(self._text, self._place)
                ended = self._ended
            yield now
            seen = now
            if ended:
                return

    def _end(self, trouble: str = "") -> None:
        with self._changed:
            self.trouble = trouble
            self._ended = True
            self._changed.notify_all()


class Answers:
    """The answers under way in this process, one for each turn of each visit."""

    def __init__(self) -> None:
        """Begin with none."""
        self._under_way: dict[tuple[str, int], Answer] = {}
        self._lock = threading.Lock()

    def of(self, visit_id: str, seq: int) -> Answer | None:
        """Return the answer under way for a turn, or the one whose turn could not be kept; None where there is none."""
        with self._lock:
            return self._under_way.get((visit_id, seq))

    def begin(self, visit_id: str, seq: int, work: Callable[[Answer], None]) -> Answer:
        """Begin an answer, or return the one that is under way.

        Args:
            visit_id: Which visit.
            seq: Which turn.
            work: Asks, shows and keeps the turn; runs in a thread of its own.
        """
        with self._lock:
            there = self._under_way.get((visit_id, seq))
            if there is not None:
                return there
            answer = self._under_way[visit_id, seq] = Answer()
        threading.Thread(
            target=self._run, args=(visit_id, seq, answer, work), daemon=True, name=f"answer-{visit_id[:6]}"
        ).start()
        return answer

    def forget(self, visit_id: str, seq: int) -> None:
        """Forget an answer whose turn could not be kept, so that it is tried again."""
        with self._lock:
            there = self._under_way.get((visit_id, seq))
            if there is not None and there.ended:
                del self._under_way[visit_id, seq]

    def _run(self, visit_id: str, seq: int, answer: Answer, work: Callable[[Answer], None]) -> None:
        trouble = trouble_in(partial(work, answer), "an answer could not be given", _SURPRISE)
        if not trouble:
            # The turn is kept by now: whoever finds no answer here finds it in the records.
            with self._lock:
                del self._under_way[visit_id, seq]
        answer._end(trouble)
