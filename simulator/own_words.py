"""A patient's own words for the everyday acts: thanks, hurt, agreeing, coming back. The stock stands behind them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.content import read_content
from simulator.everyday import FALLBACK_MANNER, Entry, manner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.everyday import Manner
    from simulator.scenario import OwnWords

_BLANK = re.compile(r"\{(\w*)\}")


@cache
def acts() -> dict[str, str]:
    """Return the everyday acts by name, in the stock's order, each with when it is said (``acts.yaml``)."""
    loaded: dict[str, Any] = read_content(Path(__file__).with_name("acts.yaml"))
    return {name: str(when) for name, when in loaded.items()}


def blanks(lines: tuple[str, ...]) -> list[str]:
    """Return the names that stand in curly brackets in these lines, in order, each once."""
    return list(dict.fromkeys(name for line in lines for name in _BLANK.findall(line)))


@cache
def blanks_of(act: str) -> frozenset[str]:
    """Return the names that an act's lines may hold in curly brackets, such as subject."""
    entry = manner(FALLBACK_MANNER).acts[act]
    return frozenset(blanks((*entry.guarded, *entry.open)))


def in_own_words(stock: Manner, own: Mapping[str, OwnWords]) -> Manner:
    """Return a manner of speech in which the patient's own lines come first.

    Args:
        stock: The everyday stock of the patient's manner.
        own: The patient's own lines by the name of the act; names that are no act are left alone.

    Returns:
        The manner; an entry whose own lines have all been said goes on with those of the stock.
    """
    if not own:
        return stock
    made = {name: _entry(stock.acts[name], lines) for name, lines in own.items() if name in stock.acts}
    return replace(stock, acts=stock.acts | made)


def _entry(stock: Entry, own: OwnWords) -> Entry:
    guarded, open_ = own.guarded or own.says, own.open or own.says
    return Entry(
        guarded or stock.guarded,
        open_ or stock.open,
        stock.thinks,
        () if guarded else stock.light,
        stock,
    )
