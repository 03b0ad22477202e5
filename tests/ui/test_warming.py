"""Getting ready before somebody waits."""

from __future__ import annotations

import gc
import logging
import threading

from tests.ui.own_loop import run_alone
from ui.warming import warm_up, warming


def test_what_lives_as_long_as_the_process_is_set_aside_from_garbage_collection() -> None:
    try:
        warm_up()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_a_library_that_cannot_be_loaded_stops_no_server(monkeypatch, caplog) -> None:
    monkeypatch.setattr("simulator.loading.load_folder", lambda: 1 / 0)

    async def start() -> None:
        async with warming(None):
            for thread in threading.enumerate():
                if thread.name == "warm-up":
                    thread.join()

    with caplog.at_level(logging.WARNING):
        run_alone(start())
    assert "warming up stopped: ZeroDivisionError" in caplog.text
