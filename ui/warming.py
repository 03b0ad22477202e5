"""Getting ready before somebody waits: what a first visit needs is loaded, and long-lived things are set aside."""

from __future__ import annotations

import gc
import logging
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def warm_up() -> None:
    """Load the library, the scorer and the templates, and play one reply, so that the first visit is not the slow one.

    Streamlit collects garbage after every page that it draws. Everything loaded here lives as long as the process, so
    it is set aside from that: on the machine it was measured on, the search through it took 0.1 s of every reply.
    """
    import ui.frame  # noqa: F401 (with it the records and the service)
    from simulator.encounter import Encounter
    from simulator.loading import load_folder
    from ui.drawing import piece

    for loaded in load_folder().scenarios.values():
        encounter = Encounter(loaded.scenario)
        turn = encounter.reply("Hello.")
        name = loaded.scenario.patient.name
        piece("turn", name=name, first_name=name, turn=turn, coach=True, latest=True)
        break
    gc.collect()
    gc.freeze()


def _warm_up_or_say_why_not() -> None:
    try:
        warm_up()
    except Exception as error:  # the pages say in their own words what is wrong, to whoever opens one
        logging.getLogger("rapport").warning("warming up stopped: %s", type(error).__name__)


@asynccontextmanager
async def warming(_app: Any) -> AsyncIterator[None]:
    """Warm up beside the server's start, not before it: a page that comes sooner is drawn sooner."""
    threading.Thread(target=_warm_up_or_say_why_not, name="warm-up", daemon=True).start()
    yield
