"""What of a reply is only the patient's own words, given back: it proposes nothing, insults nobody and asks nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.everyday import said
from simulator.guards import stock as stock_of
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.everyday import Said
    from simulator.understanding import Understood

_QUOTED = re.compile(r"""["“‘'][^"“”‘’']{3,80}["”’']""")
_IN_A_ROW = 4
"""Words in a row that are the patient's own, from which they are given back and not said to them."""
_LEAD_IN = 6
"""Words of one's own ("What I hear is") up to which a reply is nothing but the patient's words given back."""
_ASKS = ("how_long", "how_often", "how_bad", "why", "either_or", "feeling_asked")
"""Acts that ask something even where no sentence is a question."""
_GESTURE = re.compile(r"\([^()]*\)")
_DENIED = 2
"""Words that were denied and are given back in a row, from which the sense is turned round."""
_LITTLE = 3
"""Letters up to which a word says little by itself."""
_AROUND = 2
"""Words of one's own ("so you") around what is nothing but the patient's."""
_BEFORE = 4
"""Words before them among which a denial still counts."""
_NEVER_THEIRS = frozenset(["insult", "directs"])
"""Acts that nobody does in the other's own words."""


_A_CHECK = 10
"""Words up to which what is given back with a question mark only asks to be confirmed."""


def is_a_check(words: tuple[str, ...], language: str) -> bool:
    """Return True for a few words that ask how something is ("You're eating okay?"), and put no feeling into words."""
    stock = said(language)
    if "checks_risk" in stock.acts.found_in(words):
        return True  # "You feel safe at home?"
    return len(words) <= _A_CHECK and not stock.feelings.all_in(words) and not stock.puts_into_words.intersection(words)


def checked(understood: Understood, answered: Collection[str]) -> Understood:
    """Return what was understood with what was only to be confirmed as asked, where the patient has not told of it.

    Args:
        understood: What was made of the reply.
        answered: The topics that they have answered in this visit.
    """
    fresh = tuple(topic for topic in understood.checked if topic not in answered)
    return replace(understood, asked=fresh, gives_back=False) if fresh and not understood.asked else understood


def beyond(stock: Said, understood: Understood, reply: str, patient_words: str) -> Understood:
    """Return what was understood without what is only the patient's own words.

    Args:
        stock: How clinicians put things.
        understood: What was made of the reply.
        reply: What the clinician said.
        patient_words: What the patient had said just before.
    """
    theirs = f" {' '.join(words_of(patient_words))} "
    if understood.questions or understood.any_act(*_ASKS):
        understood = _without_their_questions(stock, understood, words_of(reply), theirs)
    if not understood.proposals and not understood.any_act(*_NEVER_THEIRS):
        return understood

    def unless_theirs(found: re.Match[str]) -> str:
        return " … " if f" {' '.join(words_of(found.group(0)))} " in theirs else found.group(0)

    own = _not_theirs(words_of(_QUOTED.sub(unless_theirs, reply)), theirs)
    acts, proposals = stock.acts.found_in(own), stock.proposals.found_in(own)
    kept = frozenset(act for act in understood.acts if act not in _NEVER_THEIRS or act in acts)
    return replace(understood, acts=kept, proposals=tuple(p for p in understood.proposals if p in proposals))


def _without_their_questions(stock: Said, understood: Understood, words: tuple[str, ...], theirs: str) -> Understood:
    """Return what was understood without questions, where next to nothing but the patient's own words came back."""
    own = _not_theirs(words, theirs)
    if "…" not in own or len(words) - own.count("…") > _LEAD_IN:
        return understood
    if stock.asking.open.intersection(own) and not stock.gives_back.all_in(own):
        return understood  # "What's that like, lying on the floor?" asks in their words.
    acts = understood.acts.intersection(stock.acts.found_in(own))
    return replace(understood, acts=acts, asked=(), questions=0, only_asks=False, invites=False)


def _not_theirs(words: tuple[str, ...], theirs: str) -> tuple[str, ...]:
    """Return the words with those made blank that come in a row out of the patient's own."""
    back: set[int] = set()
    run = min(_IN_A_ROW, len(words))
    for at in range(len(words) - run + 1):
        if f" {' '.join(words[at : at + run])} " in theirs:
            back.update(range(at, at + run))
    return tuple("…" if i in back else word for i, word in enumerate(words))


def turned_round(reply: str, patient_words: str, language: str) -> str | None:
    """Return the sentence of the patient's that was given back without its "no", or None where none was."""
    mine = words_of(reply)
    denying = stock_of(language).negations
    for sentence in sentences_of(_GESTURE.sub(" ", patient_words)):
        words = words_of(sentence)
        for at in range(len(words) - _DENIED):
            denied = words[at + 1 : at + 1 + _DENIED]
            if words[at] in denying and denying.isdisjoint(denied) and _stated(mine, denied, denying):
                return sentence.strip()
    return None


def _stated(mine: tuple[str, ...], denied: tuple[str, ...], denying: Collection[str]) -> bool:
    """Return True if the words stand in a reply that is not asked about, and nothing before them denies them."""
    content = [word for word in denied if len(word) > _LITTLE]
    for at in range(len(mine) - _DENIED + 1):
        if len(content) == _DENIED and mine[at : at + _DENIED] == denied:
            return not any(word in denying for word in mine[max(0, at - _BEFORE) : at])
    return False


def is_echo(reply: str, patient_words: str) -> bool:
    """Return True if a reply is next to nothing but the patient's own words: it puts no plan to anybody."""
    own = _not_theirs(words_of(reply), f" {' '.join(words_of(patient_words))} ")
    return "…" in own and len(own) - own.count("…") <= _LEAD_IN


def only_theirs(text: str, patient_words: str) -> bool:
    """Return True if next to nothing of a text is not the patient's own words in a row: nobody is ordered by those."""
    own = _not_theirs(words_of(text), f" {' '.join(words_of(patient_words))} ")
    return "…" in own and len(own) - own.count("…") <= _AROUND
