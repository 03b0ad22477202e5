"""Work shared with a second process: all of it is done, in order, whatever becomes of the helper."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from simulator.sharing import begun

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
HERE = os.getpid()


def test_what_comes_of_every_piece_is_returned_in_order() -> None:
    assert begun(str.upper, ["a", "b", "c"])() == ["A", "B", "C"]
    assert begun(str.upper, [])() == []


def test_both_processes_take_a_hand() -> None:
    def who(_piece: int) -> int:
        time.sleep(0.02)
        return os.getpid()

    assert len(set(begun(who, range(20))())) == 2


def _breaks(_piece: int) -> int:
    if os.getpid() != HERE:
        raise ValueError
    return 1


def _dies(_piece: int) -> int:
    if os.getpid() != HERE:
        os._exit(1)
    return 1


def _brings_what_cannot_be_sent(_piece: int) -> object:
    return 1 if os.getpid() == HERE else (lambda: 1)


@pytest.mark.parametrize("work", [_breaks, _dies, _brings_what_cannot_be_sent])
def test_what_the_helper_does_not_bring_back_is_done_here(work: Callable[[int], object]) -> None:
    finish = begun(work, range(3))
    time.sleep(0.2)
    assert finish() == [1, 1, 1]


def test_what_goes_wrong_in_both_goes_wrong_here() -> None:
    with pytest.raises(ZeroDivisionError):
        begun(lambda piece: 1 // piece, [1, 0])()
