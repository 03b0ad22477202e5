"""Work that a second process helps with: both take the next piece until none is left."""

from __future__ import annotations

import os
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Piece = TypeVar("Piece")
Done = TypeVar("Done")
MOST_PIECES = 256


def begun(work: Callable[[Piece], Done], pieces: Sequence[Piece]) -> Callable[[], list[Done]]:
    """Have a second process begin on pieces of work, with all that is loaded here; return what finishes them.

    What is returned takes a hand in what is left, and returns what came of every piece, in their order. What the second
    process does not bring back is done here, so that it goes wrong here if it does. Only where processes can fork and
    nothing else runs in this one.

    Args:
        work: What is to be done with a piece; what comes of it must be fit to be sent from one process to another.
        pieces: At most 256; each is a byte of a pipe from which whoever is free reads the next.
    """
    assert len(pieces) <= MOST_PIECES
    next_piece, all_pieces = os.pipe()
    os.write(all_pieces, bytes(range(len(pieces))))
    os.close(all_pieces)
    received, sent = os.pipe()

    def done_here() -> dict[int, Done]:
        return {number: work(pieces[number]) for number in _taken(next_piece)}

    helper = os.fork()
    if not helper:
        try:
            with os.fdopen(sent, "wb") as back:
                pickle.dump(done_here(), back)
        finally:
            os._exit(0)  # at once: the rest of the program is the first process's alone
    os.close(sent)

    def finish() -> list[Done]:
        with os.fdopen(received, "rb") as back:
            done = done_here()
            with suppress(EOFError, pickle.UnpicklingError):
                done |= pickle.load(back)
        os.close(next_piece)
        os.waitpid(helper, 0)
        return [done[number] if number in done else work(piece) for number, piece in enumerate(pieces)]

    return finish


def _taken(pipe: int) -> Iterator[int]:
    """Yield the numbers of pieces that nobody else has taken, until there is none."""
    while number := os.read(pipe, 1):
        yield number[0]
