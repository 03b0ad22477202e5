"""What the patient makes of a reply: what was asked, offered, touched on, or merely odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.asking import asks_which, gives_back, is_a_scrap, is_asked, is_ended, is_unmarked, wants_yes_or_no
from simulator.given_back import beyond, is_a_check
from simulator.heard_before import looked_up
from simulator.knowing import GESTURE, Knowing
from simulator.no_language import is_foreign, is_gibberish
from simulator.pointing import behind_lead_in, only_points_back, points_to_danger
from simulator.rambling import loses_the_thread
from simulator.several import listed
from simulator.turned import turned_in
from simulator.understood import Understood
from simulator.words import sentences_of, words_of

__all__ = ["Ear", "Understood"]

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.phrases import Found
    from simulator.scenario import Scenario
    from simulator.turn import PlanHeard

_ONLY_SORRY = frozenset(["i", "am", "so", "very", "really", "sorry", "ok", "okay", "oh"])
_LONG_SPEECH = 110
"""Words from which a reply with no question in it is a speech to this patient."""
_NOD = 3
"""Words up to which a reply of nothing but "Okay" and "Mm" is a sign of listening."""
_NOTE = 4
"""Words up to which a note that names a topic asks about it and tells nothing ("nausea on it")."""
_STAYS = frozenset(["greeting", "introduces", "thanked", "apology", "closing"])
"""Acts that are made beside a question and never by it."""
_WHY_HERE = "reason"
"""The topic of what somebody came for."""


class Ear(Knowing):
    """Hears a reply as one scenario's patient does."""

    def is_of(self, scenario: Scenario) -> bool:
        """Return True if this is how the patient of a scenario hears: by its facts, its concerns and its plan."""
        mine = self.scenario
        return (
            mine.facts is scenario.facts
            and mine.concerns is scenario.concerns
            and (mine.other_ways, mine.plan_called) == (scenario.other_ways, scenario.plan_called)
            and (mine.plan_on_the_table, mine.door_note, mine.language)
            == (scenario.plan_on_the_table, scenario.door_note, scenario.language)
        )

    def beside_the_way(self, understood: Understood, plan: PlanHeard) -> tuple[str, ...]:
        """Return the topics that were asked about beside another way whose name sounds like one ("talking therapy")."""
        way = next((one for one in self.scenario.other_ways if one.id == plan.way), None)
        named = {hit.name for name in (way.called if way else ()) for hit in self._topics_in(words_of(name))}
        about_it = understood.any_act("preference", "about_the_plan") and understood.questions == 1
        if not understood.questions or about_it:
            return ()
        return tuple(topic for topic in understood.asked if topic not in named)

    def beyond(self, understood: Understood, reply: str, patient_words: str) -> Understood:
        """Return what was understood without what is only the patient's own words, given back in quotes or at length.

        "So you take one every third day" proposes nothing to somebody who has just said so, and insults nobody.
        """
        return beyond(self._stock, understood, reply, patient_words)

    def question(self, sentence: str, previous: str) -> tuple[tuple[str, ...], list[Found], tuple[str, ...]]:
        """Return what tells what a question is about: its words, what it names, and the words of the one before.

        A question that only points back ("Have you noticed that?") is one about what it points to.
        """
        before, rest = words_of(previous), behind_lead_in(sentence, self._stock)
        if not _STAYS.isdisjoint(self._stock.acts.found_in(before)) and not self._topics_in(before):
            before = ()  # "Hello, thank you for coming" says nothing of what is asked after it.
        asked = rest if rest and self._topics_in(words_of(rest)) else sentence
        if only_points_back(before, words_of(asked), self._stock):
            hits = self._topics_in(before)
            if hits:
                return self.plain(before), [hit for hit in hits if self.about.is_danger(hit.name)] or hits, ()
        hits = [hit for piece in listed(asked) for hit in self._topics_in(words_of(piece))]
        grave = [hit for hit in self._topics_in(before) if self.about.is_danger(hit.name)]
        if grave and points_to_danger(words_of(asked), {hit.name for hit in hits}, self._stock):
            return self.plain(before), grave, ()
        return self.plain(words_of(asked)), hits, before

    def asks(self, sentence: str, words: tuple[str, ...], *, leads_in: bool = False) -> bool:
        """Return True if a sentence asks something.

        Args:
            sentence: The sentence.
            words: Its words.
            leads_in: A question with its mark stands beside it: what has an end mark itself only leads in to that.
        """
        asking = self._stock.asking
        addressed = next((at for at, word in enumerate(words) if word not in self._addressed), 0)
        words = words[addressed:]
        if is_asked(sentence, words, asking):
            return True
        if not is_unmarked(sentence) and words and words[0] in self._stock.to_them | asking.tells:
            return False  # "You said you're tired." and "I'm writing it down." tell, whatever the scenario lists.
        told = len(words) > _NOTE and self._stock.given.found_in(words) and asking.first.isdisjoint(words)
        if is_a_scrap(sentence, words, asking) and not told:
            plain, hits, before = self.question(sentence, "")
            which = asks_which(sentence, words, asking) and self._stock.to_them.isdisjoint(words)
            if hits or which or self.about.is_plain(plain, hits, before):
                return True
        return not (leads_in and is_ended(sentence)) and self._is_listed(words)

    def _is_listed(self, words: tuple[str, ...]) -> bool:
        """Return True for what is next to a question that the scenario lists, whatever else it sounds like."""
        return self._like.listed(self.plain(words), acts=True) is not None

    def _adds_on(self, previous: str, words: tuple[str, ...]) -> bool:
        """Return True for a question that only asks on right behind another ("Still on the pill? Which one?")."""
        return "?" in previous and words in self._stock.adds_on

    def _left_behind(self, topic: str, made: Iterable[str]) -> set[str]:
        """Return the acts that a question does not make which is surely about a topic.

        "How has your mood been since last time" asks about the mood, and is no open question. Of what is next to a
        question that the scenario lists, none is left ("What would help you remember?" makes no offer).
        """
        stock = self._stock
        opens = {act for act in stock.open_first if topic not in stock.open_questions[act]}
        return opens | (set(made) - _STAYS)

    def hear(self, reply: str) -> Understood:
        """Return what the patient makes of a reply; never raises, whatever the text."""
        return looked_up(self.before.understood, reply, self._hear)

    def _acts_of(self, words: tuple[str, ...]) -> set[str]:
        """Return the acts that are made anywhere in a reply."""
        acts = set(self._stock.acts.found_in(self._without_plan(words)))
        return acts | {"apology"} if "sorry" in words and _ONLY_SORRY.issuperset(words) else acts

    def _hear(self, reply: str) -> Understood:
        words = words_of(reply)
        if not words or not words_of(GESTURE.sub(" ", reply)):
            return Understood(acts=frozenset({"silence"}))
        stock = self._stock
        acts = self._acts_of(words)
        touched = self._topics_in(words)
        if is_foreign(reply, words, stock):
            return Understood(acts=frozenset({"other_language"}), words=len(words))
        if not touched and not acts and is_gibberish(words, stock.common):
            return Understood(acts=frozenset({"gibberish"}), words=len(words))
        asked: list[str] = []
        turned: set[str] = set()
        certainly: set[str] = set()
        or_else: dict[str, str] = {}
        proposals: list[str] = []
        checked: list[str] = []
        questions = nodded = 0
        yes_or_no = given_back = prefers = False
        sentences = sentences_of(reply)
        for previous, sentence in zip(("", *sentences), sentences, strict=False):
            parts = words_of(sentence)
            nod = stock.nods.issuperset(parts) and "?" not in sentence
            if nod or (questions and self._adds_on(previous, parts)):
                nodded += 1
                continue  # "Okay. And how do you sleep?" is a question and nothing else.
            if stock.asks_oneself.all_in(parts):
                continue  # "Where was I?" is nothing that a patient could answer.
            if self.asks(sentence, parts, leads_in="?" in reply):
                questions += 1
                yes_or_no = wants_yes_or_no(sentence, parts, stock.asking)
                made = stock.acts.found_in(parts)
                listed_so = self._is_listed(parts)
                plain, hits, before = self.question(sentence, previous)
                about = self.about.of(plain, hits, before, made, lists=len(listed(sentence)) > 1)
                prefers = prefers or ("preference" in made and not listed_so and "preference" not in about.not_made)
                # "So you want your tablets?" asks why they are here.
                gave = gives_back(parts, stock) and not listed_so and _WHY_HERE not in {hit.name for hit in hits}
                given_back = given_back or gave
                turned |= turned_in(parts, self._language)
                checked += [hit.name for hit in hits] if gave and is_a_check(parts, self._language) else []
                if (gave or ("offers" in made and not about.not_made)) and not listed_so:
                    continue
                asked += about.topics
                certainly.update(about.topics[:1] if about.certainly else ())
                or_else.update((topic, about.next) for topic in about.topics[:1] if about.next)
                if about.surely:
                    acts -= self._left_behind(about.topics[0], made if listed_so else about.not_made)
            if not stock.not_proposed.all_in(parts):
                proposals += stock.proposals.found_in(self._without_plan(parts))
        acts |= {"long_speech"} if len(words) >= _LONG_SPEECH and not questions else set()
        acts.difference_update(() if prefers else ("preference",))
        acts |= {"nods"} if len(words) <= _NOD and stock.nods.issuperset(words) and "?" not in reply else set()
        near, vaguely = self._concerns_in(words)
        if not asked and not (near and questions) and loses_the_thread(words, stock):
            acts.add("wandering")
        return Understood(
            frozenset(acts),
            tuple(dict.fromkeys(asked)),
            frozenset(hit.name for hit in touched),
            near,
            tuple(dict.fromkeys(proposals)),
            bool(stock.plan.found_in(words)),
            bool(stock.invites.all_in(words)) and questions > 0,
            questions,
            questions + nodded == len(sentences_of(reply)) and questions > 0,
            given_back,
            yes_or_no,
            len(words),
            vaguely,
            tuple(dict.fromkeys(checked)),
            frozenset(turned),
            any(len(listed(sentence)) > 1 for sentence in sentences),
            tuple(or_else.items()),
            frozenset(certainly),
        )
