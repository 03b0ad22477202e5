"""What is made from content files by rule, kept beside Python's own caches, so that the next start need not make it.

It is used for as long as every file that it was made from has the size and the time of writing that it had. What cannot
be kept, or cannot be read again, is made again; nobody notices but by the clock. It holds plain data, never objects.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Made = TypeVar("Made")
_Stamps = list[tuple[str, int, int]]
_MOST_OF_A_KIND = 64
"""Tables of one kind that are kept."""


def kept(what: str, sources: Sequence[Path], make: Callable[[], Made]) -> Made:
    """Return what is made from files, as it was kept or, where it is not or they have changed, by making it.

    Args:
        what: What to call it. Of several things made from the same files each needs another name.
        sources: All files that it is made from, those with the rules of the making among them.
        make: Makes it: words, numbers, yes and no, nothing, and lists, tuples, sets and tables of these.
    """
    try:
        stamps = _stamps(sources)
        place = _place(what, sources)
    except (OSError, NotImplementedError):  # there is a source that cannot be opened, or no place for caches at all
        return make()
    with suppress(OSError, EOFError, ValueError, TypeError):
        then, data = _loaded(place.read_bytes())
        if then == stamps:
            found: Made = data
            return found
    made = make()
    if not sys.dont_write_bytecode:
        _keep(place, stamps, made)
    return made


class Gathered:
    """A table that is added to bit by bit, kept from one start to the next as `kept` keeps what is made at once."""

    def __init__(self, kind: str, name: str, sources: Sequence[Path]) -> None:
        """Take up what was gathered before; nothing, where a source has changed since.

        Args:
            kind: What is gathered.
            name: Which of several tables of a kind it is.
            sources: As for `kept`.
        """
        self.table: dict[Any, Any] = {}
        """Words, numbers and the like by words, numbers and the like; add to it, then `keep` it."""
        self._kind = kind
        self._place: Path | None = None
        try:
            self._then = _stamps(sources)
            self._place = _place(f"{kind}-{crc32(name.encode()):08x}", sources)
        except (OSError, NotImplementedError):
            return
        with suppress(OSError, EOFError, ValueError, TypeError):
            then, data = _loaded(self._place.read_bytes())
            if then == self._then and isinstance(data, dict):
                self.table = data

    def keep(self) -> None:
        """Keep the table for the next start. Of a kind the latest few are kept, so that they never fill a disk."""
        if self._place is None or sys.dont_write_bytecode:
            return
        first = not self._place.exists()
        _keep(self._place, self._then, self.table)
        if first:
            with suppress(OSError):
                others = sorted(self._place.parent.glob(f"{self._kind}-*.kept"), key=lambda one: one.stat().st_mtime_ns)
                for old in others[:-_MOST_OF_A_KIND]:
                    old.unlink(missing_ok=True)


def _loaded(whole: bytes) -> Any:
    """Return what was kept. Nothing of it can be let go yet, and looking for that takes half of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return marshal.loads(whole)
    finally:
        if collecting:
            gc.enable()


def _stamps(sources: Sequence[Path]) -> _Stamps:
    found = []
    for path in sources:
        status = os.stat(path)  # noqa: PTH116 - as `path.stat()`, and sooner
        found.append((str(path), status.st_size, status.st_mtime_ns))
    return found


def _place(what: str, sources: Sequence[Path]) -> Path:
    """Return where it is kept: among the compiled files of this package, by its name and where its sources lie."""
    compiled = Path(cache_from_source(__file__))
    which = crc32("\n".join(map(str, sources)).encode())
    return compiled.with_name(f"{what}-{which:08x}.{sys.implementation.cache_tag}.kept")


def _keep(place: Path, stamps: _Stamps, made: Any) -> None:
    """Write it in one go, so that nobody reads half of it; where that cannot be, leave it."""
    own = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError, ValueError):
        whole = marshal.dumps((stamps, made))
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            own.write_bytes(whole)
            own.replace(place)
        except OSError:
            own.unlink(missing_ok=True)
