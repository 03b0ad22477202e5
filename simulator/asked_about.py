"""What a question asks about: the phrasings that are written, and what the question as a whole is likely to be about.

What is written among the phrasings is meant, unless the whole question is surely about something else. Where nothing
of it is written, what it is likely to be about counts, if that is likely enough; if not, the patient asks back as ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.everyday import said, topics
from simulator.hearing import NONE, guessed

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.own_questions import OwnQuestions
    from simulator.phrases import Found, Phrases

_CERTAIN, _SURE, _PLAIN, _LIKELY = 0.8, 0.6, 0.5, 0.3
"""Certainty from which a guess is all that is asked, counts against another, beside a looser one, and alone.

From 0.3 on nine in ten are right on questions in a manner that the model was not fitted on (`hearing_fit --check`).
"""
_BARE = 6
"""Words up to which a question that says little is heard with the sentence before it ("Anything like that?")."""
_LISTED = 3
"""Topics from which a question is a list, each of them asked about in its own right."""
_SHORT = 9
"""Words up to which a question that names nothing is compared with its own together with the sentence before it."""
_ANSWERED = frozenset(
    ["about_the_plan", "may_we_talk", "asks_for_questions", "anything_else", "matters_most", "hardest", "where_start",
     "good_outcome", "talk_today", "want_known", "doing_about", "either_or", "own_age", "own_name", "about_us",
     "insult", "asks_alone", "improper", "robot", "instructions", "directs", "preference", "would_help", "offers",
     "teach_back", "asks_to_tell", "asks_first", "checks_risk", "blames", "threatens", "dismisses", "options",
     "something_else", "goes_ahead", "holds_back", "knows_it"]
)  # fmt: skip
"""Acts that have an answer of their own: beside them nothing is guessed."""
_OPEN = frozenset(["tell_me_more", "been_like", "feeling_asked", "why", "how_long", "how_often", "how_bad"])
"""Acts that ask for more of whatever was spoken of: beside them it has to be plainly about a topic."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about, and whether it is surely that and no open question."""

    topics: tuple[str, ...] = ()
    surely: bool = False


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """Tells what the questions to one patient are about."""

    own: Phrases
    """The phrases of the scenario's own facts; what they name is always meant."""
    like: OwnQuestions
    """The whole questions that the scenario lists for its facts; what is near enough to one is meant."""
    everyday: Phrases
    concerns: Phrases
    language: str

    def of(
        self,
        words: tuple[str, ...],
        hits: list[Found],
        before: tuple[str, ...],
        made: Collection[str],
        *,
        plainly: bool,
    ) -> Asked:
        """Return what a question asks about.

        Args:
            words: Its words, those that only name the plan made blank and the medicine called so.
            hits: The phrases that were found in it.
            before: The words of the sentence before it.
            made: The acts that it makes.
            plainly: True where it is one by its mark or its first word.
        """
        named = tuple(hit.name for hit in hits)
        opens, does = not _OPEN.isdisjoint(made), not _ANSWERED.isdisjoint(made)
        a_list = len(set(named)) >= _LISTED
        like = self.like.surely(words, openly=opens, acts=does or a_list, names=bool(hits))
        if like is not None and not self._grave(named, like):
            return Asked((like,), surely=True)
        theirs = any(" " in hit.phrase for hit in self.own.all_in(words))
        joined = not said(self.language).joining.isdisjoint(words)
        guess, certainty = self._likely(words, before if not named and len(words) <= _BARE else ())
        if named:
            known = topics(self.language)
            fixed = any(name not in known or known[name].safety for name in named) or bool(self.own.all_in(words))
            plain = not (fixed or does or opens) and certainty < _SURE and not a_list
            near = self.like.rather(words) if plain else None
            if near is not None:  # A word that names a topic says less than a question that is listed.
                return Asked((near,), surely=True)
            if guess is not None and guess in named:
                if certainty >= _LIKELY and not joined and {hit.name for hit in self.own.all_in(words)} <= {guess}:
                    # "What helps you remember them" asks about remembering; a single word beside it means little.
                    kept = [_CERTAIN if " " in hit.phrase else _PLAIN for hit in hits]
                    named = tuple(
                        h.name for h, one in zip(hits, kept, strict=True) if h.name == guess or certainty < one
                    )
                return Asked(named, surely=theirs or certainty >= _LIKELY)
            fixed = fixed or (len(named) > 1 and certainty < _CERTAIN)
            if guess is None or fixed or certainty < _SURE:
                return Asked(named, surely=theirs)
            return Asked((guess,), surely=True)
        if does:
            guess = None
        like = None if does or opens else self.like.probably(words)
        if like is None and not does and before and len(words) <= _SHORT:
            like = self.like.probably((*before, *words))  # "Karen made the appointment. What did you make of that?"
        if like is not None and certainty < _SURE:
            return Asked((like,))
        least = _SURE if self.concerns.all_in(words) else _LIKELY
        least = max(least, _PLAIN) if opens else least
        if guess is not None and certainty >= max(least, _PLAIN):
            return Asked((guess,))
        loose = self.everyday.loosely_in(words, said(self.language).carries_little) if plainly else None
        if loose is not None and not topics(self.language)[loose].safety:
            return Asked((loose,))  # Danger is never read into words that happen to stand there.
        return Asked((guess,)) if guess is not None and certainty >= least else Asked()

    def _grave(self, named: Collection[str], like: str) -> bool:
        """Return True where danger is named: that is asked about, whatever the question is like otherwise."""
        known = topics(self.language)
        return any(name in known and known[name].safety and name != like for name in named)

    def _likely(self, words: tuple[str, ...], before: tuple[str, ...]) -> tuple[str | None, float]:
        """Return what a question is most likely about, and how certain that is; danger only where that is sure."""
        guess = guessed(words, self.language)
        if before and (guess is None or guess.certainty < _LIKELY or guess.topic == NONE):
            both = guessed((*before, *words), self.language)
            guess = both if both is not None and both.certainty >= _PLAIN else guess
        if guess is None or guess.topic == NONE:
            return None, 0.0
        unsure = topics(self.language)[guess.topic].safety and guess.certainty < _SURE
        return (None, 0.0) if unsure else (guess.topic, guess.certainty)
