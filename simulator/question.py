"""One question as it is weighed: the topics that it asks about, by what is likely and by what else it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.everyday import said, topics
from simulator.hearing import NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from simulator.phrases import Found, Phrases
    from simulator.weighing import Likely, Weighing

_ALONE, _OTHER, _OPENLY, _AT_LENGTH = 0.21, 0.25, 0.6, 0.7
"""Certainty from which a question is about its likeliest topic: where nothing is named in it; where another one is;
where it asks for more of anything; and where another is named at length."""
_SURE, CERTAIN = 0.6, 0.85
"""Certainty from which nothing else is meant that is named beside it; and from which nothing is, even in a list, and a
single word of danger only belongs to it."""
_BESIDE = 0.95
"""Certainty from which a question that hardly says anything itself ("How often?") is about something else than the last
thing, for what stands before it."""
_AHEAD, _TIMES, _ENOUGH = 0.5, 5, 3
"""Certainty from which something of their own is meant that is so many times as likely as anything else, in a question
with so many words that tell something."""
_HARDLY = 0.02
"""Certainty below which what a word of a question names is not asked about, where something else in it is."""
_NEARLY = 0.3
"""Certainty from which what is named is asked about, though something else is a little likelier."""
_PERHAPS = 0.03
"""Certainty from which a topic may have been meant, where the likeliest is spent."""
_LISTED = 3
"""Topics from which a question is a list, each of them asked about in its own right."""
_ANSWERED = frozenset(
    ["about_the_plan", "may_we_talk", "asks_for_questions", "anything_else", "matters_most", "hardest", "where_start",
     "good_outcome", "talk_today", "want_known", "doing_about", "either_or", "own_age", "own_name", "about_us",
     "insult", "asks_alone", "improper", "robot", "instructions", "directs", "preference", "would_help", "offers",
     "teach_back", "asks_to_tell", "asks_first", "checks_risk", "blames", "threatens", "dismisses", "options",
     "something_else", "goes_ahead", "holds_back", "knows_it", "how_are_you", "apology"]
)  # fmt: skip
"""Acts that have an answer of their own: beside them nothing is guessed."""
_SOFT = frozenset(["something_else"])
"""Those of them that a question about something of their own is often put with ("swap it for something else")."""
_GIVE_WAY = _SOFT | frozenset(
    ["want_known", "offers", "preference", "how_are_you", "doing_about", "either_or", "hardest", "good_outcome",
     "matters_most", "anything_else"]
)  # fmt: skip
"""Those of them that are not made where something of their own is certainly asked ("Should she listen in?")."""
_BARE = {"preference": 1, "want_known": 1, "doing_about": 2}
"""Words that tell something up to which a question makes those of them all the same ("What am I missing?")."""
OFFERS, _WHICH = "offers", "which_of_them"
"""Of those, what none is that asks for anything by name; and what stands for ways that were put to them."""
_HELP = "would_help"
"""That which is answered as such however certainly something of their own is near ("What would make it easier?")."""
_ONLY_ASKED = frozenset(["holds_back"])
"""Those of them beside which what is hardly asked about is not asked about at all."""
_OF_THEIRS = frozenset(["own_name", "own_age"])
"""Those of them beside which only something of their own can be meant."""
_OPEN = frozenset(["tell_me_more", "been_like", "feeling_asked", "why", "how_long", "how_often", "how_bad"])
"""Acts that ask for more of whatever was spoken of: beside them it has to be plainly about a topic."""
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about, and whether it is surely that and no open question."""

    topics: tuple[str, ...] = ()
    surely: bool = False
    next: str = ""
    """What it may be about, if the first of the topics is spent: said already, and asked in other words."""
    not_made: frozenset[str] = NOTHING
    """Acts that it only sounds like, for it asks for something of their own."""
    certainly: bool = False
    """It is the first of the topics for all that is known: nothing else comes near it."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """What one patient hears questions with."""

    weighing: Weighing
    concerns: Phrases
    language: str

    def is_danger(self, topic: str) -> bool:
        """Return True for a topic that bears on somebody's safety."""
        known = topics(self.language)
        return topic in known and known[topic].safety

    def is_everyday(self, topic: str) -> bool:
        """Return True for a topic of the everyday stock, whoever is asked."""
        return topic in topics(self.language)

    def is_theirs(self, likeliest: Likely, least: float = CERTAIN) -> bool:
        """Return True if something that only this patient is asked is as likely as that; certainly, where left out."""
        everyday = likeliest.topic == NONE or self.is_everyday(likeliest.topic)
        return not everyday and likeliest.certainty >= least


class Question:
    """One question to one patient that is listed nowhere."""

    def __init__(
        self,
        hearer: Hearer,
        words: tuple[str, ...],
        hits: Sequence[Found],
        before: tuple[str, ...],
        made: Collection[str],
        likely: Sequence[Likely],
        own: Collection[str],
        *,
        lists: bool,
    ) -> None:
        """Take the question up.

        Args:
            hearer: What its patient hears with.
            words: Its words, those that only name the plan made blank and the medicine called so.
            hits: The phrases that were found in it.
            before: The words of the sentence before it.
            made: The acts that it makes.
            likely: What it may be about, the likeliest first.
            own: The topics that phrases of two words or more of the scenario's own name in it.
            lists: It is a list, each piece a question of its own.
        """
        self._hearer, self._weighing, self._language = hearer, hearer.weighing, hearer.language
        self._words, self._hits, self._before = words, hits, before
        self._made, self._answered = made, _ANSWERED.intersection(made)
        self._likely, self._own, self._lists = likely, own, lists
        self._joined = not said(self._language).joining.isdisjoint(words)
        named = tuple(dict.fromkeys(hit.name for hit in hits))
        self._best, self._certainty = self._weighing.named(likely[0].topic, named), likely[0].certainty
        self._theirs = hearer.is_theirs(likely[0])
        self._all_named = named
        self._named = named if lists else self._meant(named)
        """What is named, without what is hardly asked about."""

    def asked(self) -> Asked:
        """Return what it asks about."""
        found = self._as_it_stands() or self._instead_of_an_act()
        if found is not None:
            return found
        best = self._not_where()
        second = self._second()
        if best in self._named:
            alone = self._theirs if self._joined else self._certainty >= _SURE
            surely = bool(self._own) or self._certainty >= _SURE
            return Asked((best,) if alone else self._named, surely, second if alone else "")
        if self._answered:
            return self._beside_an_act(best)
        rival = max(self._shares(self._named).values(), default=0.0)
        if best != NONE and rival < _NEARLY and self._certainty >= self._least(best):
            return Asked((best,), self._certainty >= _SURE, second)
        return self._what_is(self._named)

    def _what_is(self, named: tuple[str, ...]) -> Asked:
        """Return just what is named as asked."""
        return Asked(named, surely=bool(self._own and named))

    def _as_it_stands(self) -> Asked | None:
        """Return all that is named where danger is, or several things are; nothing where it asks for none of them."""
        best, certainty = self._best, self._certainty
        if self._names_danger() or (self._lists and best in self._all_named):
            return self._what_is(self._all_named)
        several = self._lists or (self._joined and best in self._named) or certainty < _OTHER
        if len(self._named) >= _LISTED and not self._theirs and several:
            return self._what_is(self._named)
        if best == NONE and certainty >= _SURE and not any(" " in hit.phrase for hit in self._hits):
            return Asked()  # "It makes sense that this weighs on you" asks about no weight.
        return None

    def _names_danger(self) -> bool:
        """Return True if danger is named, and not by a word that belongs to what is certainly asked."""
        belongs = self._best in self._all_named and self._certainty >= CERTAIN
        # "Family history of suicide" asks about the family.
        theirs_at = self._pieces(self._best) if belongs else frozenset()
        return any(
            self._hearer.is_danger(hit.name) and (" " in hit.phrase or self._piece_of(hit) not in theirs_at)
            for hit in self._hits
        )

    def _instead_of_an_act(self) -> Asked | None:
        """Return something of their own that is asked for so plainly that it makes none of the acts it sounds like."""
        acts = gives_way(self._made)
        if not acts or self._is_bare(acts):
            return None
        by_name = OFFERS in self._answered and self._best in self._named and self._certainty >= CERTAIN
        if self._theirs or by_name or self._is_far_ahead():
            return Asked((self._best,), surely=True, not_made=acts)
        return None

    def _is_bare(self, acts: Collection[str]) -> bool:
        """Return True where a question tells too little to be about anything but what such acts ask for."""
        return self._weighing.tells(self._words) <= max((_BARE.get(act, 0) for act in acts), default=0)

    def _is_far_ahead(self) -> bool:
        """Return True for something of theirs many times as likely as all else, in a question that tells enough.

        Where a sentence stands before it, that may be what speaks for it, so it proves nothing.
        """
        if self._before:
            return False
        others = max((one.certainty for one in self._likely[1:]), default=0.0)
        ahead = self._certainty >= _TIMES * others and self._weighing.tells(self._words) >= _ENOUGH
        return ahead and self._hearer.is_theirs(self._likely[0], _AHEAD)

    def _beside_an_act(self, best: str) -> Asked:
        """Return what is asked beside an act with an answer of its own, where the likeliest is not what is named."""
        everyday = self._hearer.is_everyday(best)
        listed_so = self._weighing.is_next_to(self._words, best)
        if not _OF_THEIRS.isdisjoint(self._made) and (everyday or not listed_so):
            return Asked()  # "What do you like to be called?" asks for a name, and not how they were treated.
        shares = self._shares(self._named)
        soft = not everyday and best != NONE and _SOFT.issuperset(self._answered)
        other = self._certainty >= _SURE and (soft or (bool(self._named) and everyday))
        no_rival = self._theirs and bool(shares) and max(shares.values()) < _HARDLY and _HELP not in self._answered
        if listed_so or ((other or no_rival) and not self._is_bare(gives_way(self._made))):
            return Asked((best,), surely=True)
        if self._answered <= _ONLY_ASKED:  # "Anything last visit you didn't say?" asks after no visits of friends.
            return self._what_is(tuple(name for name in self._named if shares[name] >= _HARDLY or name in self._own))
        return self._what_is(self._named)

    def _meant(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """Return what is named without what is hardly asked about ("at night", where it is how they take it).

        What stands by itself behind an "and" or an "or" is asked about in its own right ("Do you smoke or drink?").
        """
        shares = self._shares(named)
        most = max(named, key=lambda name: shares[name], default="")
        beside = self._pieces(most)
        return tuple(
            name for name in named if name == most or shares[name] >= _HARDLY or not self._pieces(name) <= beside
        )

    def _pieces(self, name: str) -> frozenset[int]:
        """Return in which of the pieces that an "and" or an "or" joins a topic is named, counted from 0."""
        return frozenset(self._piece_of(hit) for hit in self._hits if hit.name == name)

    def _piece_of(self, hit: Found) -> int:
        joining = said(self._language).joining
        return sum(word in joining for word in self._words[: hit.first])

    def _shares(self, named: Collection[str]) -> dict[str, float]:
        """Return how likely each topic that is named is; of two names of one fact, the second counts nothing."""
        by_fact = {one.topic: one.certainty for one in self._likely}
        return {name: by_fact.pop(self._weighing.listed_as(name), 0.0) for name in named}

    def _not_where(self) -> str:
        """Return what else is named where the likeliest only says where ("How is your concentration at work?")."""
        where = said(self._language).where
        places = {hit: not where.isdisjoint(self._words[max(hit.first - 1, 0) : hit.first + 1]) for hit in self._hits}
        only_where = {
            name for name in self._named if all(is_place for hit, is_place in places.items() if hit.name == name)
        }
        others = [name for name in self._named if name not in only_where]
        a_place = self._best in only_where and self._hearer.is_everyday(self._best)
        return others[0] if a_place and len(others) == 1 else self._best

    def _second(self) -> str:
        """Return the second likeliest topic by the name that was used for it, or nothing."""
        first, *others = self._likely
        if not others or others[0].certainty < _PERHAPS or NONE in {first.topic, others[0].topic}:
            return ""
        second = self._weighing.named(others[0].topic, self._named)
        return "" if self._hearer.is_danger(second) else second

    def _least(self, best: str) -> float:
        """Return how certain a topic must be that nothing in the question names."""
        tells = self._weighing.tells(self._words) > 1
        if self._own:
            return _AT_LENGTH
        if not _OPEN.isdisjoint(self._made) and not self._named:
            return _OPENLY if tells else _BESIDE if self._before else 1.0
        if self._hearer.concerns.all_in(self._words) or self._hearer.is_danger(best):
            return _OPENLY
        if self._named:
            return _OTHER
        return _ALONE if tells else _SURE


def gives_way(made: Collection[str]) -> frozenset[str]:
    """Return the acts of a question, if all of them are none where something of their own is certainly asked."""
    answered = _ANSWERED.intersection(made)
    return answered if answered <= _GIVE_WAY and _WHICH not in made else NOTHING
