"""What a patient knows by its words in whatever is said: topics, their own facts, their concerns, the plan."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING

from simulator.asked_about import AskedAbout
from simulator.everyday import NO_TOPIC, not_slips, said, same_words, topic_phrases, topics
from simulator.heard_before import Before, looked_up
from simulator.no_language import is_foreign
from simulator.own_questions import OwnQuestions
from simulator.phrases import Found, Phrases, best_of
from simulator.plans import Plans
from simulator.question import Hearer
from simulator.weighing import Weighing
from simulator.words import straight, vocabulary, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.heard_before import ByTopic
    from simulator.scenario import Fact, Scenario

GESTURE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*[^*]*\*")
_DOSED = re.compile(r"([a-z]{5,})(?: (?:er|xr|xl|sr))?,?\s+\d[\d.,/]*\s*(?:mg|mcg|units)")
"""A medicine as notes name it, by the dose that follows."""
_PLAN_AGAIN = 3
"""Words in a row of the plan on the table that name the plan, and ask about none of the things in it."""


@cache
def _topic_of_name(language: str) -> dict[str, tuple[str, ...]]:
    """Map the names by which a scenario may list a fact to topics."""
    names: dict[str, list[str]] = {}
    for topic in topics(language).values():
        for name in (topic.id, *topic.also):
            names.setdefault(name, []).append(topic.id)
    return {name: tuple(ids) for name, ids in names.items()}


class Knowing:
    """Knows by their words the topics that one scenario's patient can be asked about, their concerns and the plan."""

    def __init__(self, scenario: Scenario) -> None:
        """Prepare the phrases of the everyday topics, the scenario's own facts and its concerns."""
        language = scenario.language
        self.scenario = scenario
        self._language = language
        self._stock = said(language)
        self.facts: dict[str, Fact] = {}
        """Facts by topic; topics of the scenario's own among them."""
        self._named: list[tuple[str, str]] = []
        self._questions: list[tuple[str, str]] = []
        self._same_fact: dict[str, str] = {}
        for key, fact in scenario.facts.items():
            ids = _topic_of_name(language).get(key, (key,))
            for topic in ids:
                if topic == key or topic not in self.facts:
                    self.facts[topic] = fact
                self._named += [(topic, phrase) for phrase in fact.asked_as]
            main = key if key in ids else ids[0]
            self._same_fact.update((topic, main) for topic in ids if self.facts[topic] is fact)
            self._questions += [(main, question) for question in fact.asked_like]
            if key not in topics(language) and not fact.asked_like:  # A name beside whole questions is a name only.
                self._named.append((ids[0], key.replace("_", " ").replace("-", " ")))
        plan = words_of(scenario.plan_on_the_table)
        noted = straight(f"{scenario.plan_on_the_table} {scenario.door_note}")
        self._medicines = frozenset(name for name in _DOSED.findall(noted) if language == "en")
        """What the medicines of this visit are called: asked about by name, they are the medicine."""
        self._called = dict.fromkeys(self._medicines, "medicine")
        """What a word counts as: medicines as the medicine, and how the patient is addressed as nothing."""
        self._called |= dict.fromkeys([*self._stock.titles, *words_of(scenario.patient.name)], "…")
        marks = scenario.companion.marks if scenario.companion is not None else ()
        named_so = [word for mark in marks if " " not in mark for word in words_of(mark)]
        self._addressed = frozenset([*self._called.keys() - self._medicines, *named_so])
        """How the patient, or who sits in with them, is addressed ("Hodan, can you ask her")."""
        self._of_the_plan = {plan[at : at + _PLAN_AGAIN] for at in range(len(plan) - _PLAN_AGAIN + 1)}
        self.plans = Plans(scenario)
        """Hears what plan a reply names."""
        self.before = Before()
        """What was made of texts before: a page plays its visit again on every run."""

    def prepare(self) -> None:
        """Make ready what hearing anew needs, so that a first reply need not wait for it."""
        if self.before.by_topic is None:
            self.before.by_topic = self._by_topic()
            _ = self.about

    # What follows is made ready when it is first needed: where all was heard before, none of it is.

    @cached_property
    def _everyday(self) -> Phrases:
        return topic_phrases(self._language)

    @cached_property
    def _own(self) -> Phrases:
        return Phrases(self._named, not_slips(self._language), same_words(self._language))

    @cached_property
    def _concerns(self) -> Phrases:
        named = ((concern.id, phrase) for concern in self.scenario.concerns for phrase in concern.about)
        return Phrases(named, not_slips(self._language))

    @cached_property
    def _like(self) -> OwnQuestions:
        questions = [(topic, self.plain(words_of(one))) for topic, one in self._questions]
        return OwnQuestions(questions, self._language)

    @cached_property
    def about(self) -> AskedAbout:
        """Tells what a question asks about."""
        weighing = Weighing(self._like, self._same_fact, self._language, same_words(self._language))
        return AskedAbout(self._own, Hearer(weighing, self._concerns, self._language))

    @cached_property
    def _their_words(self) -> frozenset[str]:
        facts = self.scenario.facts.values()
        spoken = [line for f in facts for line in (f.guarded, f.open, *f.asked_as, *f.asked_like)]
        return frozenset(vocabulary("\n".join([*spoken, *(m.patient for m in self.scenario.moments)])))

    @property
    def near(self) -> ByTopic:
        """Topics by the concerns that they come close to."""
        self.prepare()
        return self.before.by_topic[0] if self.before.by_topic else {}

    @property
    def at_heart(self) -> ByTopic:
        """Topics by the concerns that they are the matter of: several of a concern's words ask about them."""
        self.prepare()
        return self.before.by_topic[1] if self.before.by_topic else {}

    def _by_topic(self) -> tuple[ByTopic, ByTopic]:
        near: ByTopic = {}
        at_heart: ByTopic = {}
        for concern in self.scenario.concerns:
            for phrase in concern.about:
                for topic in dict.fromkeys(hit.name for hit in self._topics_in(words_of(phrase))):
                    group = at_heart if concern.id in near.get(topic, ()) else near
                    group[topic] = tuple(dict.fromkeys((*group.get(topic, ()), concern.id)))
        return near, at_heart

    def knows(self, text: str) -> bool:
        """Return True if a text holds only common words and those that this patient uses, or is asked in."""
        return self._stock.common.union(self._their_words).issuperset(words_of(text))

    def _topics_in(self, words: tuple[str, ...]) -> list[Found]:
        words = self._without_plan(words)
        # Of two phrases as long as each other, the scenario's own is meant; of two words or more it always is.
        own = [hit for hit in best_of(self._own.all_in(words)) if " " in hit.phrase]
        when = [hit for hit in own if words_of(hit.phrase)[0] in self._stock.when]
        known = topics(self._language)
        everyday = self._everyday.all_in(self.plain(words))
        grave = [hit for hit in everyday if hit.name in known and known[hit.name].safety]
        own = [hit for hit in own if hit in best_of([*own, *grave])]  # "Guns in the house" is about the guns.
        taken = {at for hit in own for at in range(hit.first, hit.last + 1)}
        others = best_of([*self._own.all_in(words), *everyday])
        others = [hit for hit in others if hit not in own and taken.isdisjoint(range(hit.first, hit.last + 1))]
        if when and len(when) < len(own) + len(others):
            own = [hit for hit in own if hit not in when]  # "Your mood over the last six months" is about the mood.
        found = sorted([*own, *others], key=lambda hit: hit.first)
        there = {hit.name for hit in found}
        return [hit for hit in found if hit.name != NO_TOPIC and not there.intersection(self._gives_way_to(hit))]

    def plain(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words with the plan and the patient's name made blank, and the medicine called the medicine."""
        words, called = self._without_plan(words), self._called
        if called.keys().isdisjoint(words):
            return words
        return tuple([called.get(word, word) for word in words])

    def _concerns_in(self, words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the concerns whose words were named, and those named by nothing but "what happened" and the like."""
        hits = self._concerns.all_in(words)
        named = tuple(dict.fromkeys(hit.name for hit in hits))
        acts = self._stock.acts
        plainly = {hit.name for hit in hits if "tell_me_more" not in acts.found_in(words_of(hit.phrase))}
        return named, tuple(one for one in named if one not in plainly)

    def beside(self, reply: str, asked: Iterable[str], *, by_a_word: bool = False) -> frozenset[str]:
        """Return the concerns that a question only comes near, about something to which the scenario has an answer.

        Args:
            reply: The reply that asks.
            asked: What it asks about.
            by_a_word: It comes near by its topic, and by a single word, too ("How many cups of coffee?", where tablets
                lie in cups).
        """
        topics_near = {topic for topic in asked if topic in self.facts}
        if not topics_near:
            return frozenset()
        near = {one for topic in topics_near for one in self.near.get(topic, ())}
        heart = {one for topic in topics_near for one in self.at_heart.get(topic, ())}
        by: dict[str, set[int]] = {}
        at_length: set[str] = set()
        for hit in self._concerns.all_in(words_of(reply)):
            if hit.phrase not in topics_near:
                by.setdefault(hit.name, set()).add(hit.first)
                at_length |= {hit.name} if " " in hit.phrase else set()
        if not by_a_word:
            return frozenset(near - heart - by.keys())
        plainly = at_length | {one for one, places in by.items() if len(places) > 1}
        return frozenset((near | by.keys()) - heart - plainly)

    def _gives_way_to(self, hit: Found) -> tuple[str, ...]:
        """Return the topics beside which a word means nothing of its own ("drink", where it is coffee)."""
        topic = topics(self._language).get(hit.name)
        return () if topic is None else topic.gives_way.get(hit.phrase, ())

    def _without_plan(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words with those that only name the plan on the table made blank."""
        runs = zip(*[words[at:] for at in range(_PLAN_AGAIN)], strict=False)
        if self._of_the_plan.isdisjoint(runs):
            return words
        named: set[int] = set()
        for at in range(len(words) - _PLAN_AGAIN + 1):
            if words[at : at + _PLAN_AGAIN] in self._of_the_plan:
                named.update(range(at, at + _PLAN_AGAIN))
        return tuple(["…" if i in named else word for i, word in enumerate(words)])

    def names_the_plan(self, reply: str) -> bool:
        """Return True if the reply names the plan on the table in its own words."""
        words = words_of(reply)
        return self._without_plan(words) != words

    def touched_by(self, text: str) -> frozenset[str]:
        """Return the topics that a text names, as `hear` finds them; none in what says nothing, or in no language."""
        return looked_up(self.before.touched, text, self._touched_by)

    def _touched_by(self, text: str) -> frozenset[str]:
        words = words_of(text)
        if not words_of(GESTURE.sub(" ", text)) or is_foreign(text, words, self._stock):
            return frozenset()
        return frozenset(hit.name for hit in self._topics_in(words))
