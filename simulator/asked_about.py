"""What a question asks about: the topic that most speaks for, if it is likely enough for what else the question does.

Danger that is named is always asked about. What makes an act with an answer of its own ("does that make sense?") asks
about a topic only where it is next to a question that the scenario lists. Where nothing is likely, the patient asks
back as ever.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.everyday import said, topics
from simulator.hearing import NONE
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.phrases import Found, Phrases
    from simulator.weighing import Likely, Weighing

_ALONE, _OTHER, _OPENLY, _AT_LENGTH = 0.21, 0.25, 0.6, 0.7
"""Certainty from which a question is about its likeliest topic: where nothing is named in it; where another one is;
where it asks for more of anything; and where another is named at length."""
_SURE, _CERTAIN = 0.6, 0.85
"""Certainty from which nothing else is meant that is named beside it; and from which nothing is, even in a list, and a
single word of danger only belongs to it."""
_HARDLY = 0.02
"""Certainty below which what a word of a question names is not asked about, where something else in it is."""
_NEARLY = 0.3
"""Certainty from which what is named is asked about, though something else is a little likelier."""
_PLAIN = 0.8
"""Certainty from which a few words ask about a topic that are no question by their form."""
_PERHAPS = 0.03
"""Certainty from which a topic may have been meant, where the likeliest is spent."""
_LONG = 4
"""Words from which a phrase is all that is asked, if nothing else in the question tells anything."""
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
_PREFERENCE, _OFFERS, _WHICH = "preference", "offers", "which_of_them"
"""Of those, what a question must have words of its own not to be; what none is that asks for anything by name; and what
stands for ways that were put to them."""
_ONLY_ASKED = frozenset(["holds_back"])
"""Those of them beside which what is hardly asked about is not asked about at all."""
_OF_THEIRS = frozenset(["own_name", "own_age"])
"""Those of them beside which only something of their own can be meant."""
_OPEN = frozenset(["tell_me_more", "been_like", "feeling_asked", "why", "how_long", "how_often", "how_bad"])
"""Acts that ask for more of whatever was spoken of: beside them it has to be plainly about a topic."""


_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about, and whether it is surely that and no open question."""

    topics: tuple[str, ...] = ()
    surely: bool = False
    next: str = ""
    """What it may be about, if the first of the topics is spent: said already, and asked in other words."""
    not_made: frozenset[str] = _NONE
    """Acts that it only sounds like, for it asks for something of their own."""
    certainly: bool = False
    """It is the first of the topics for all that is known: nothing else comes near it."""


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """Tells what the questions to one patient are about."""

    own: Phrases
    """The phrases of the scenario's own facts."""
    weighing: Weighing
    concerns: Phrases
    language: str

    def of(
        self,
        words: tuple[str, ...],
        hits: list[Found],
        before: tuple[str, ...],
        made: Collection[str],
        *,
        lists: bool = False,
    ) -> Asked:
        """Return what a question asks about.

        Args:
            words: Its words, those that only name the plan made blank and the medicine called so.
            hits: The phrases that were found in it.
            before: The words of the sentence before it.
            made: The acts that it makes.
            lists: It is a list, each piece a question of its own.
        """
        named = tuple(dict.fromkeys(hit.name for hit in hits))
        answered = _ANSWERED.intersection(made)
        gives_way = answered if answered <= _GIVE_WAY and _WHICH not in made else _NONE
        exactly = self.weighing.exactly(words)
        if exactly is not None:
            gives_way = gives_way if exactly not in topics(self.language) or _OFFERS in answered else _NONE
            return Asked((self.weighing.named(exactly, named),), surely=True, not_made=gives_way, certainly=True)
        own = self._own_in(words)
        likely = self.weighing.likely(words, before, hits, own)
        whole = next((hit for hit in hits if self._is_all_of(words, words_of(hit.phrase))), None)
        if whole is not None and not self._is_another(whole, likely[0], words):
            return Asked((whole.name,), surely=True, certainly=True)  # "How's life?" is listed so.
        asked = self._weighed(words, hits, before, made, likely, own, gives_way, lists=lists)
        first = self.weighing.named(likely[0].topic, named)
        return replace(asked, certainly=asked.topics[:1] == (first,) and likely[0].certainty >= _CERTAIN)

    def _weighed(
        self,
        words: tuple[str, ...],
        hits: list[Found],
        before: tuple[str, ...],
        made: Collection[str],
        likely: list[Likely],
        own: frozenset[str],
        gives_way: frozenset[str],
        *,
        lists: bool,
    ) -> Asked:
        """Return what a question asks about that is listed nowhere, by what is likely and what else it does.

        Args:
            words: As for `of`, and so are those that follow.
            hits: What is named.
            before: The words before it.
            made: The acts.
            likely: What it may be about, the likeliest first.
            own: The topics that the scenario's own phrases name in it.
            gives_way: The acts, if all of them are none where something of their own is certainly asked.
            lists: It is a list.
        """
        named = tuple(dict.fromkeys(hit.name for hit in hits))
        answered = _ANSWERED.intersection(made)
        best, certainty = self.weighing.named(likely[0].topic, named), likely[0].certainty
        theirs = self._is_theirs(likely[0])
        belongs = best in named and certainty >= _CERTAIN  # "Family history of suicide" asks about the family.
        theirs_at = self._pieces(best, hits, words) if belongs else frozenset()
        grave = [
            hit
            for hit in hits
            if self.is_danger(hit.name) and (" " in hit.phrase or not self._pieces(hit.name, [hit], words) <= theirs_at)
        ]
        if grave or (lists and best in named):
            return Asked(named, surely=bool(own and named))
        joined = not said(self.language).joining.isdisjoint(words)
        named = named if lists else self._meant(named, likely, hits, words)
        if len(named) >= _LISTED and not theirs and (lists or (joined and best in named) or certainty < _OTHER):
            return Asked(named, surely=bool(own and named))
        if best == NONE and certainty >= _SURE and not any(" " in hit.phrase for hit in hits):
            return Asked()  # "It makes sense that this weighs on you" asks about no weight.
        telling = _PREFERENCE not in answered or self.weighing.tells(words) > 1
        by_name = _OFFERS in answered and best in named and certainty >= _CERTAIN
        if gives_way and telling and (theirs or by_name):
            return Asked((best,), surely=True, not_made=gives_way)
        second = self._second(likely, named)
        best = self._not_where(best, named, hits, words)
        if best in named:
            alone = theirs if joined else certainty >= _SURE
            return Asked((best,) if alone else named, bool(own) or certainty >= _SURE, second if alone else "")
        if answered:
            everyday = best in topics(self.language)
            soft = not everyday and best != NONE and _SOFT.issuperset(answered)
            other = certainty >= _SURE and (soft or (bool(named) and everyday))
            if not _OF_THEIRS.isdisjoint(made) and (everyday or not self.weighing.is_next_to(words, best)):
                return Asked()  # "What do you like to be called?" asks for a name, and not how they were treated.
            if other or self.weighing.is_next_to(words, best):
                return Asked((best,), surely=True)
            if answered <= _ONLY_ASKED:
                shares = self._shares(
                    named, likely
                )  # "Anything last visit you didn't say?" asks after no visits of friends.
                named = tuple(name for name in named if shares[name] >= _HARDLY or name in own)
            return Asked(named, surely=bool(own and named))
        rival = max(self._shares(named, likely).values(), default=0.0)
        if best != NONE and rival < _NEARLY and certainty >= self._least(best, named, own, words, before, made):
            return Asked((best,), certainty >= _SURE, second)
        return Asked(named, surely=bool(own and named))

    def _is_another(self, whole: Found, best: Likely, words: tuple[str, ...]) -> bool:
        """Return True if something of their own is certainly asked, and not what a phrase in it alone would say."""
        part = self._is_theirs(best) and len(words_of(whole.phrase)) < len(words)
        return part and best.topic != self.weighing.listed_as(whole.name) and not self.is_danger(whole.name)

    def _is_theirs(self, likeliest: Likely) -> bool:
        """Return True if something that only this patient is asked is certainly meant."""
        everyday = likeliest.topic == NONE or likeliest.topic in topics(self.language)
        return not everyday and likeliest.certainty >= _CERTAIN

    def _is_all_of(self, words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
        """Return True for a phrase that is all of a question, or a longer one with all that tells anything in it."""
        if len(phrase) >= len(words) > 1:
            return True
        return len(phrase) >= _LONG and self.weighing.tells(words) == self.weighing.tells(phrase) > 0

    def is_plain(self, words: tuple[str, ...], hits: list[Found], before: tuple[str, ...]) -> bool:
        """Return True if it is plain what a few words ask about, question or not ("miss many doses")."""
        likely = self.weighing.likely(words, before, hits, self._own_in(words))[0]
        return likely.topic != NONE and likely.certainty >= _PLAIN

    def _meant(
        self, named: tuple[str, ...], likely: list[Likely], hits: list[Found], words: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return what is named without what is hardly asked about ("at night", where it is how they take it).

        What stands by itself behind an "and" or an "or" is asked about in its own right ("Do you smoke or drink?").
        """
        shares = self._shares(named, likely)
        most = max(named, key=lambda name: shares[name], default="")
        pieces = {name: self._pieces(name, hits, words) for name in named}
        return tuple(
            name for name in named if name == most or shares[name] >= _HARDLY or not pieces[name] <= pieces[most]
        )

    def _pieces(self, name: str, hits: list[Found], words: tuple[str, ...]) -> frozenset[int]:
        """Return in which of the pieces that an "and" or an "or" joins a topic is named, counted from 0."""
        joins = [at for at, word in enumerate(words) if word in said(self.language).joining]
        return frozenset(sum(at < hit.first for at in joins) for hit in hits if hit.name == name)

    def _shares(self, named: tuple[str, ...], likely: list[Likely]) -> dict[str, float]:
        """Return how likely each topic that is named is; of two names of one fact, the second counts nothing."""
        by_fact = {one.topic: one.certainty for one in likely}
        return {name: by_fact.pop(self.weighing.listed_as(name), 0.0) for name in named}

    def _not_where(self, best: str, named: tuple[str, ...], hits: list[Found], words: tuple[str, ...]) -> str:
        """Return what else is named where the likeliest only says where ("How is your concentration at work?")."""
        where = said(self.language).where
        only_where = {
            name
            for name in named
            if all(
                {words[hit.first], *words[max(hit.first - 1, 0) : hit.first]} & where
                for hit in hits
                if hit.name == name
            )
        }
        others = [name for name in named if name not in only_where]
        return others[0] if best in only_where and best in topics(self.language) and len(others) == 1 else best

    def _second(self, likely: list[Likely], named: tuple[str, ...]) -> str:
        """Return the second likeliest topic by the name that was used for it, or nothing."""
        if len(likely) == 1 or likely[1].certainty < _PERHAPS or NONE in {likely[0].topic, likely[1].topic}:
            return ""
        second = self.weighing.named(likely[1].topic, named)
        return "" if self.is_danger(second) else second

    def speaks(
        self, words: tuple[str, ...], hits: list[Found], before: tuple[str, ...], but: tuple[str, ...] = ()
    ) -> dict[str, tuple[float, ...]]:
        """Return what speaks for each topic (`Weighing.speaks`), one listed question left out."""
        return self.weighing.speaks(words, before, hits, self._own_in(words), but)

    def _own_in(self, words: tuple[str, ...]) -> frozenset[str]:
        """Return the topics that phrases of two words or more of the scenario's own name."""
        return frozenset(hit.name for hit in self.own.all_in(words) if " " in hit.phrase)

    def _least(
        self,
        best: str,
        named: Collection[str],
        own: Collection[str],
        words: tuple[str, ...],
        before: tuple[str, ...],
        made: Collection[str],
    ) -> float:
        """Return how certain a topic must be that nothing in the question names."""
        if own:
            return _AT_LENGTH
        if not _OPEN.isdisjoint(made) and not named:
            return _OPENLY if self.weighing.tells(words) > 1 else _CERTAIN if before else 1.0
        if self.concerns.all_in(words) or self.is_danger(best):
            return _OPENLY
        if named:
            return _OTHER
        return _ALONE if self.weighing.tells(words) > 1 else _SURE

    def is_danger(self, topic: str) -> bool:
        """Return True for a topic that bears on somebody's safety."""
        known = topics(self.language)
        return topic in known and known[topic].safety
