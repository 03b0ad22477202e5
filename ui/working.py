"""Work that goes on beside a page, in a thread of its own: it never draws, and whatever it meets has an end."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from records import RecordsError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
log = logging.getLogger("rapport.working")


def trouble_in(work: Callable[[], None], what: str, surprise: str, *let_through: type[Exception]) -> str:
    """Do some work and return what the page is to say of it; empty where it went well.

    Args:
        work: What is done.
        what: What it means that it failed, for the log, which gets the kind of error and none of the words.
        surprise: The page's sentence for what nobody foresaw.
        let_through: Errors that are for the caller.
    """
    try:
        work()
    except let_through:
        raise
    except RecordsError as error:
        return error.sentence
    except Exception as error:  # the page must hear of it whatever it is
        log.error("%s: %s", what, type(error).__name__)
        return surprise
    return ""


class Task(Generic[T]):
    """Something asked of a model for one page, which looks now and then whether it is there."""

    def __init__(self, ask: Callable[..., T], *about: Any) -> None:
        """Begin at once: ``ask(*about, waiting=..., cancelled=...)``."""
        self.result: T | None = None
        self.failed = ""
        """The kind of failure; empty where there is none."""
        self.place = 0
        """The place in the line for the model: 1 is next, 0 where nobody waits."""
        self._stopped = threading.Event()
        self._ended = threading.Event()
        threading.Thread(target=self._run, args=(ask, about), daemon=True, name="asked-for-a-page").start()

    @property
    def ended(self) -> bool:
        """True once there is a result or a failure."""
        return self._ended.is_set()

    def stop(self) -> None:
        """Ask for no more."""
        self._stopped.set()

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended; False where it has not within these seconds."""
        return self._ended.wait(seconds)

    def _wait_at(self, place: int) -> None:
        self.place = place

    def _run(self, ask: Callable[..., T], about: tuple[Any, ...]) -> None:
        try:
            self.result = ask(*about, waiting=self._wait_at, cancelled=self._stopped.is_set)
        except Exception as failure:  # whatever the model's seam raises, the page goes on
            self.failed = str(getattr(failure, "kind", type(failure).__name__))
        finally:
            self._ended.set()
