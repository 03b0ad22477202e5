"""Questions that point to what was said just before, and clauses before a question that it is not about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.everyday import Said

_NEAR = 16
"""Words up to which a question that points to a danger just named asks about it."""
_PLACES = frozenset(["home"])
"""Topics that are only where something is ("Do you have any in the house?")."""
_GENERAL = 5
"""Words at the beginning of a sentence among which those stand that make it one about people in general."""


def only_points_back(before: tuple[str, ...], words: tuple[str, ...], stock: Said) -> bool:
    """Return True for a question that only asks whether it is so here ("How about you?", "Have you noticed that?").

    What it is about was said before it: of others, or the question points back to it.
    """
    of_others = not stock.of_others.isdisjoint([word.removesuffix("'s") for word in before[:_GENERAL]])
    return stock.asks_if_here.issuperset(words) and (of_others or not stock.points_back.isdisjoint(words))


def points_to_danger(words: tuple[str, ...], named: Collection[str], stock: Said) -> bool:
    """Return True for a question right behind a danger that points to it and names nothing but a place."""
    return len(words) <= _NEAR and set(named) <= _PLACES and not stock.points_to_danger.isdisjoint(words)


def behind_lead_in(question: str, stock: Said) -> str:
    """Return what stands behind a clause that only says when, or quotes them; nothing where there is none.

    "Before the injection, how have things been?" is not about the injection, and "When you say 'tired', how do you
    sleep?" not about the word.
    """
    first, comma, rest = question.partition(",")
    opener = next((word for word in words_of(first) if word not in stock.asking.before), "")
    return rest if comma and (opener in stock.leads_in or _QUOTE.intersection(first)) else ""


_QUOTE = frozenset('"“”„«»')
