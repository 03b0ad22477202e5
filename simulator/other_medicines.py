"""A medicine that the scenario doesn't list, put to the patient by name: another way, and one to ask about first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from simulator.content import read_content
from simulator.everyday import EVERYDAY, not_slips, said
from simulator.phrases import Phrases, best_of
from simulator.words import sentences_of, vocabulary, words_of

if TYPE_CHECKING:
    from simulator.phrases import Found
    from simulator.scenario import Scenario

_FEW = 6
"""Words beside its name and dose up to which a sentence that gives a dose is an order ("start tmrw")."""


@dataclass(frozen=True, slots=True)
class OtherMedicine:
    """A medicine that a reply puts to the patient and the scenario doesn't list."""

    name: str
    done: bool
    """It is put as what will be done, and not only asked about ("What about venlafaxine?")."""


@dataclass(frozen=True, slots=True)
class _Medicines:
    names: tuple[str, ...]
    orders: Phrases
    floats: Phrases


@cache
def _medicines(language: str) -> _Medicines:
    raw = read_content(EVERYDAY / "plans" / f"{language}.yaml", all_text=True)["medicines"]
    orders, floats = (Phrases((line, line) for line in raw[name]) for name in ("orders", "floats"))
    return _Medicines(tuple(raw["names"]), orders, floats)


class OtherMedicines:
    """Hears medicines that are no part of one scenario's visit."""

    def __init__(self, scenario: Scenario) -> None:
        """Prepare the names that are neither on the table nor another way, nor among what the patient takes."""
        self._language = scenario.language
        ways = [text for way in scenario.other_ways for text in (way.name, *way.called)]
        listed = " ".join([scenario.plan_on_the_table, scenario.door_note, *scenario.plan_called, *ways])
        here = set(words_of(listed))
        names = [name for name in _medicines(self._language).names if here.isdisjoint(words_of(name))]
        self._names = Phrases(((name, name) for name in names), not_slips(self._language))
        self._scenario = scenario

    def known(self, name: str) -> bool:
        """Return True if the patient has something to say of it: a line of theirs or a concern speaks of it."""
        scenario = self._scenario
        spoken = [line for fact in scenario.facts.values() for line in (fact.guarded, fact.open, *fact.asked_as)]
        spoken += [line for concern in scenario.concerns for line in (concern.says, *concern.about)]
        return not set(words_of(name)).isdisjoint(vocabulary("\n".join(spoken)))

    def put(self, reply: str, spoken_of: Phrases) -> OtherMedicine | None:
        """Return the medicine that a reply puts to the patient, the last one; None where it puts none.

        Args:
            reply: What the clinician typed.
            spoken_of: Phrases of sentences that only speak of a medicine ("Have you ever tried …").
        """
        found = None
        for sentence in sentences_of(reply):
            words = words_of(sentence)
            named = best_of(self._names.all_in(words))
            if named:
                found = self._put_in(sentence, words, named[-1], spoken_of) or found
        return found

    def _put_in(self, sentence: str, words: tuple[str, ...], named: Found, spoken_of: Phrases) -> OtherMedicine | None:
        stock = _medicines(self._language)
        asks = "?" in sentence and not stock.orders.all_in(words)
        if stock.floats.all_in(words):
            return OtherMedicine(named.name, done=not asks and bool(stock.orders.all_in(words)))
        if spoken_of.all_in(words):
            return None
        beside = len(words) - (named.last - named.first + 1)
        if asks:  # "Venlafaxine?" puts it; "Do you take ibuprofen?" asks about it.
            first = next((word for word in words if word not in said(self._language).asking.before), "")
            short = beside <= _FEW // 2 and first not in said(self._language).asking.first
            return OtherMedicine(named.name, done=False) if short else None
        dosed = any(word[0].isdigit() for word in words[named.last + 1 :])
        orders = bool(stock.orders.all_in(words)) or (dosed and beside <= _FEW) or beside <= 1
        return OtherMedicine(named.name, done=True) if orders else None
