"""What the patient makes of a reply: what was asked, offered, touched on, or merely odd."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from simulator.asked_about import AskedAbout
from simulator.asking import gives_back, is_a_scrap, is_asked, is_unmarked
from simulator.everyday import NO_TOPIC, not_slips, said, same_words, topic_phrases, topics
from simulator.given_back import beyond, is_a_check
from simulator.no_language import is_foreign, is_gibberish
from simulator.own_questions import OwnQuestions
from simulator.phrases import Found, Phrases, best_of
from simulator.plans import Plans
from simulator.pointing import behind_lead_in, only_points_back
from simulator.several import listed
from simulator.turned import turned_in
from simulator.understood import Understood
from simulator.weighing import Weighing
from simulator.words import sentences_of, straight, vocabulary, words_of

__all__ = ["Ear", "Understood"]

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.scenario import Fact, Scenario
    from simulator.turn import PlanHeard

_GESTURE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\*[^*]*\*")
_ONLY_SORRY = frozenset(["i", "am", "so", "very", "really", "sorry", "ok", "okay", "oh"])
_DOSED = re.compile(r"([a-z]{5,})(?: (?:er|xr|xl|sr))?,?\s+\d[\d.,/]*\s*(?:mg|mcg|units)")
"""A medicine as notes name it, by the dose that follows."""
_LONG_SPEECH = 110
"""Words from which a reply with no question in it is a speech to this patient."""
_WANDERING = 25
"""Words from which a reply that turns to something else and hardly to the patient has lost them."""
_TURNED_TO = 0.08
"""Share of words that speak to the patient from which a reply is about them all the same."""
_NOD = 3
"""Words up to which a reply of nothing but "Okay" and "Mm" is a sign of listening."""
_STRAYS = 2
"""Turns of speech out of `wanders` that make a reply one that has lost its thread."""
_STAYS = frozenset(["greeting", "introduces", "thanks", "apology", "closing"])
"""Acts that are made beside a question and never by it."""
_WHY_HERE = "reason"
"""The topic of what somebody came for."""
_PLAN_AGAIN = 3
"""Words in a row of the plan on the table that name the plan, and ask about none of the things in it."""

_MOST_HEARD = 512
"""Replies for which it is remembered what was made of them."""


@cache
def _topic_of_name(language: str) -> dict[str, tuple[str, ...]]:
    """Map the names by which a scenario may list a fact to topics."""
    names: dict[str, list[str]] = {}
    for topic in topics(language).values():
        for name in (topic.id, *topic.also):
            names.setdefault(name, []).append(topic.id)
    return {name: tuple(ids) for name, ids in names.items()}


class Ear:
    """Hears a reply as one scenario's patient does."""

    def __init__(self, scenario: Scenario) -> None:
        """Prepare the phrases of the everyday topics, the scenario's own facts and its concerns."""
        language = scenario.language
        self.scenario = scenario
        self._language = language
        self._stock = said(language)
        self._everyday = topic_phrases(language)
        self.facts: dict[str, Fact] = {}
        """Facts by topic; topics of the scenario's own among them."""
        named: list[tuple[str, str]] = []
        questions: list[tuple[str, str]] = []
        same_fact: dict[str, str] = {}
        for key, fact in scenario.facts.items():
            ids = _topic_of_name(language).get(key, (key,))
            for topic in ids:
                if topic == key or topic not in self.facts:
                    self.facts[topic] = fact
                named += [(topic, phrase) for phrase in fact.asked_as]
            main = key if key in ids else ids[0]
            same_fact.update((topic, main) for topic in ids if self.facts[topic] is fact)
            questions += [(main, question) for question in fact.asked_like]
            if key not in topics(language) and not fact.asked_like:  # A name beside whole questions is a name only.
                named.append((ids[0], key.replace("_", " ").replace("-", " ")))
        self._own = Phrases(named, not_slips(language), same_words(language))
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
        facts = scenario.facts.values()
        spoken = [line for f in facts for line in (f.guarded, f.open, *f.asked_as, *f.asked_like)]
        self._their_words = frozenset(vocabulary("\n".join([*spoken, *(m.patient for m in scenario.moments)])))
        self._of_the_plan = {plan[at : at + _PLAN_AGAIN] for at in range(len(plan) - _PLAN_AGAIN + 1)}
        self._concerns = Phrases(
            ((concern.id, phrase) for concern in scenario.concerns for phrase in concern.about), not_slips(language)
        )
        self._like = OwnQuestions([(topic, self.plain(words_of(one))) for topic, one in questions], language)
        self.about = AskedAbout(
            self._own, Weighing(self._like, same_fact, language, same_words(language)), self._concerns, language
        )
        self._heard: dict[str, Understood] = {}
        """What was made of replies before: a page plays its visit again on every run."""
        self.plans = Plans(scenario)
        """Hears what plan a reply names."""
        self.near: dict[str, tuple[str, ...]] = {}
        """Topics by the concerns that they come close to."""
        self.at_heart: dict[str, tuple[str, ...]] = {}
        """Topics by the concerns that they are the matter of: several of a concern's words ask about them."""
        for concern in scenario.concerns:
            for phrase in concern.about:
                for topic in dict.fromkeys(hit.name for hit in self._topics_in(words_of(phrase))):
                    group = self.at_heart if concern.id in self.near.get(topic, ()) else self.near
                    group[topic] = tuple(dict.fromkeys((*group.get(topic, ()), concern.id)))

    def knows(self, text: str) -> bool:
        """Return True if a text holds only common words and those that this patient uses, or is asked in."""
        return self._stock.common.union(self._their_words).issuperset(words_of(text))

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

    def beside(self, reply: str, asked: Iterable[str]) -> frozenset[str]:
        """Return the concerns that a question comes near only by its topic, to which the scenario has an answer."""
        topics_near = {topic for topic in asked if topic in self.facts}
        near = {one for topic in topics_near for one in self.near.get(topic, ())}
        heart = {one for topic in topics_near for one in self.at_heart.get(topic, ())}
        named = {hit.name for hit in self._concerns.all_in(words_of(reply)) if hit.phrase not in topics_near}
        return frozenset(near - heart - named)

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

    def beside_the_way(self, understood: Understood, plan: PlanHeard) -> tuple[str, ...]:
        """Return the topics that were asked about beside another way whose name sounds like one ("talking therapy")."""
        way = next((one for one in self.scenario.other_ways if one.id == plan.way), None)
        named = {hit.name for name in (way.called if way else ()) for hit in self._topics_in(words_of(name))}
        about_it = understood.any_act("preference", "about_the_plan") and understood.questions == 1
        if not understood.questions or about_it:
            return ()
        return tuple(topic for topic in understood.asked if topic not in named)

    def names_the_plan(self, reply: str) -> bool:
        """Return True if the reply names the plan on the table in its own words."""
        words = words_of(reply)
        return self._without_plan(words) != words

    def _loses_the_thread(self, words: tuple[str, ...]) -> bool:
        """Return True for a long reply that turns from one thing to another and hardly to the patient."""
        to_them = sum(word in self._stock.to_them for word in words)
        if len(words) < _WANDERING or to_them >= len(words) * _TURNED_TO:
            return False
        return len(self._stock.wanders.all_in(words)) >= _STRAYS

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
        asked = rest if rest and self._topics_in(words_of(rest)) else sentence
        if only_points_back(before, words_of(asked), self._stock):
            hits = self._topics_in(before)
            if hits:
                return self.plain(before), [hit for hit in hits if self.about.is_danger(hit.name)] or hits, ()
        hits = [hit for piece in listed(asked) for hit in self._topics_in(words_of(piece))]
        return self.plain(words_of(asked)), hits, before

    def asks(self, sentence: str, words: tuple[str, ...]) -> bool:
        """Return True if a sentence asks something."""
        asking = self._stock.asking
        addressed = next((at for at, word in enumerate(words) if word not in self._addressed), 0)
        words = words[addressed:]
        if is_asked(sentence, words, asking):
            return True
        if not is_unmarked(sentence) and words and words[0] in self._stock.to_them:
            return False  # "You said you're tired." is told them, whatever the scenario lists.
        told = self._stock.given.found_in(words) and asking.first.isdisjoint(words)
        if is_a_scrap(sentence, words, asking) and not told:
            plain, hits, before = self.question(sentence, "")
            if hits or self.about.is_plain(plain, hits, before):
                return True
        return self._is_listed(words)

    def _is_listed(self, words: tuple[str, ...]) -> bool:
        """Return True for what is next to a question that the scenario lists, whatever else it sounds like."""
        return self._like.listed(self.plain(words), acts=True) is not None

    def _left_behind(self, topic: str, made: Iterable[str]) -> set[str]:
        """Return the acts that a question does not make which is surely about a topic.

        "How has your mood been since last time" asks about the mood, and is no open question. Of what is next to a
        question that the scenario lists, none is left ("What would help you remember?" makes no offer).
        """
        stock = self._stock
        opens = {act for act in stock.open_first if topic not in stock.open_questions[act]}
        return opens | (set(made) - _STAYS)

    def touched_by(self, text: str) -> frozenset[str]:
        """Return the topics that a text names, as `hear` finds them; none in what says nothing, or in no language."""
        words = words_of(text)
        if not words_of(_GESTURE.sub(" ", text)) or is_foreign(text, words, self._stock):
            return frozenset()
        return frozenset(hit.name for hit in self._topics_in(words))

    def hear(self, reply: str) -> Understood:
        """Return what the patient makes of a reply; never raises, whatever the text."""
        known = self._heard.get(reply)
        if known is None:
            if len(self._heard) >= _MOST_HEARD:
                self._heard.clear()
            known = self._heard[reply] = self._hear(reply)
        return known

    def _hear(self, reply: str) -> Understood:
        words = words_of(reply)
        if not words or not words_of(_GESTURE.sub(" ", reply)):
            return Understood(acts=frozenset({"silence"}))
        stock = self._stock
        acts = set(stock.acts.found_in(self._without_plan(words)))
        if "sorry" in words and _ONLY_SORRY.issuperset(words):
            acts.add("apology")
        touched = self._topics_in(words)
        if is_foreign(reply, words, stock):
            return Understood(acts=frozenset({"other_language"}), words=len(words))
        if not touched and not acts and is_gibberish(words, stock.common):
            return Understood(acts=frozenset({"gibberish"}), words=len(words))
        asked: list[str] = []
        turned: set[str] = set()
        or_else: dict[str, str] = {}
        proposals: list[str] = []
        checked: list[str] = []
        questions = nodded = 0
        yes_or_no = given_back = prefers = False
        sentences = sentences_of(reply)
        for previous, sentence in zip(("", *sentences), sentences, strict=False):
            parts = words_of(sentence)
            if stock.nods.issuperset(parts) and "?" not in sentence:
                nodded += 1
                continue  # "Okay. And how do you sleep?" is a question and nothing else.
            if stock.asks_oneself.all_in(parts):
                continue  # "Where was I?" is nothing that a patient could answer.
            if self.asks(sentence, parts):
                questions += 1
                yes_or_no = not stock.asking.open.intersection(parts[:6])
                made = stock.acts.found_in(parts)
                listed_so = self._is_listed(parts)
                prefers = prefers or ("preference" in made and not listed_so)
                plain, hits, before = self.question(sentence, previous)
                # "So you want your tablets?" asks why they are here.
                gave = gives_back(parts, stock) and not listed_so and _WHY_HERE not in {hit.name for hit in hits}
                given_back = given_back or gave
                turned |= turned_in(parts, self._language)
                checked += [hit.name for hit in hits] if gave and is_a_check(parts, self._language) else []
                if (gave or "offers" in made) and not listed_so:
                    continue
                about = self.about.of(plain, hits, before, made, lists=len(listed(sentence)) > 1)
                asked += about.topics
                or_else.update((topic, about.next) for topic in about.topics[:1] if about.next)
                if about.surely:
                    acts -= self._left_behind(about.topics[0], made if listed_so else ())
            if not stock.not_proposed.all_in(parts):
                proposals += stock.proposals.found_in(self._without_plan(parts))
        acts |= {"long_speech"} if len(words) >= _LONG_SPEECH and not questions else set()
        acts.difference_update(() if prefers else ("preference",))
        acts |= {"nods"} if len(words) <= _NOD and stock.nods.issuperset(words) and "?" not in reply else set()
        near, vaguely = self._concerns_in(words)
        if not asked and not (near and questions) and self._loses_the_thread(words):
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
        )
