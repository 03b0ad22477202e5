"""What the patient answers: topics, proposals, and the many small things that people say to each other.

Every function returns parts of what will be said. None of them reads a concern: what is confided comes from `gates`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from simulator.again import again
from simulator.alike import ALIKE
from simulator.choosing import chosen
from simulator.company import kept_to_oneself
from simulator.everyday import PROPOSALS, topics
from simulator.naming import asks_yes_to_nothing
from simulator.noticing import overlap
from simulator.several import beyond_no, briefly, in_one_breath, of_a_list, told_apart
from simulator.turned import denies
from simulator.voices import Part, filled_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scoring.scorecard import Reading, Scorecard
    from simulator.everyday import Manner, Openness
    from simulator.memory import Memory
    from simulator.scenario import Scenario
    from simulator.understanding import Ear, Understood

_WILLING, _UNSURE = 58, 33
"""Willingness from which the patient speaks as willing, and as unsure."""
_SURE = 0.4
"""Certainty from which a move counts though its usual words were not heard."""
_OWN_WORDS = 0.6
"""Share of content words in common from which a question only says what they had said."""
_OF_THE_TABLE = frozenset(["keep", "start", "raise"])
"""Steps that are mostly what is on the table: asked how they feel about one, they say so of the plan."""
_BARE = 3
"""Words up to which an answer that denies is nothing but a no."""
_IN_A_BREATH = 3
"""Questions that are answered in one breath at most."""
_QUESTION_KINDS = (
    "own_name",
    "either_or",
    "how_long",
    "how_often",
    "how_bad",
    "about_us",
    "own_age",
    "knows_it",
    "feeling_asked",
    "why",
    "how_are_you",
    "follows_you",
)


def _surely(reading: Reading, move: str) -> bool:
    return any(m.move == move and m.certainty >= _SURE for m in reading.moves)


@dataclass(frozen=True, slots=True)
class Replier:
    """What one patient can answer with: scenario, ear, manner, and the visit's memory."""

    scenario: Scenario
    ear: Ear
    manner: Manner
    memory: Memory

    def stock(self, act: str, openness: Openness, *, needed: bool = True, **filled: str) -> Part:
        """Return a part made of the everyday lines for an act, placeholders filled."""
        entry = self.manner.acts[act]
        heavy = self.memory.heavy
        lines, behind = (
            filled_in(some, filled) for some in (entry.lines(openness, heavy=heavy), entry.behind(openness))
        )
        other = ALIKE.get(act) or ALIKE.get(act.rsplit("_", 1)[0] + "_")
        instead = behind
        if other is not None:
            name = other + act.rsplit("_", 1)[1] if other.endswith("_") else other
            spare = self.manner.acts.get(name)
            instead += tuple(line for line in spare.lines(openness) if "{" not in line) if spare is not None else ()
        return Part(act, lines, entry.thinks, needed, instead)

    def of_what_was_told(self, asked: Literal["worries", "carries"]) -> Part | None:
        """Return what they say of something confided: what changes the plan first, then the latest; each once."""
        concerns = [self.scenario.concern(one) for one in reversed(self.memory.disclosed)]
        for concern in sorted(concerns, key=lambda one: not one.changes_the_plan):
            act, line = f"{asked}:{concern.id}", getattr(concern, asked)
            if line and act not in self.memory.answered:
                return Part(act, (line,), tells=(act, "open"))
        return None

    def about(self, topic: str, openness: Openness, understood: Understood) -> Part:
        """Return the answer to a question about a topic, at this openness."""
        told = self.of_what_was_told("worries") if topic == "fears" else None
        told = self.of_what_was_told("carries") if topic == "worse" else told
        if told is not None:
            return told
        known = topics(self.scenario.language).get(topic)
        fact = self.ear.facts.get(topic)
        alike = {topic, *(name for name, other in self.ear.facts.items() if fact is not None and other is fact)}
        answered = {stance for name in alike for stance in self.memory.answered.get(name, ())}
        near = self.ear.near.get(topic, ())
        confided = [c for c in near if c in self.memory.disclosed]
        if known is not None and known.tender and openness == "open" and not confided and len(self.memory.replies) < 4:
            openness = "guarded"
        if openness == "open" and fact is not None and kept_to_oneself(self.memory, known, fact):
            openness = "guarded"
        told_of = [c for c in self.ear.at_heart.get(topic, ()) if c in self.memory.disclosed]
        if told_of or (confided and (openness in answered or openness == "guarded" or fact is None)):
            if fact is not None and fact.told and "told" not in answered:
                return Part(f"answer:{topic}", (fact.told,), tells=(topic, "told"))
            return self.stock("told_already", openness)  # What is out is hinted at and held back no more.
        if openness in answered or (openness == "guarded" and "open" in answered):
            return again(self, topic, openness, understood)
        act = f"answer:{topic}"
        grave = known is not None and known.safety
        if grave and topic in understood.turned:
            if fact is None or denies(getattr(fact, openness), self.scenario.language):
                return replace(self._asked_the_other_way(openness), tells=(topic, openness))
        elif topic in understood.turned and fact is not None:
            return Part(act, self._said_yes_to(getattr(fact, openness), openness), tells=(topic, openness))
        if fact is not None:
            return Part(act, (getattr(fact, openness),), tells=(topic, openness))
        # Where nothing is about danger, a question about it is answered plainly, whatever it comes close to.
        plainly = known is not None and known.safety and not any(c.danger for c in self.scenario.concerns)
        closed = [c for c in near if c not in self.memory.disclosed and not plainly]
        if known is not None and known.safety and any(c.danger for c in self.scenario.concerns):
            return self.stock("safety_evaded", openness)
        if closed:
            pressed = self.memory.evaded is not None and self.memory.evaded in near
            self.memory.evaded = closed[0]
            return self.stock("pressed" if pressed else "evades", openness)
        patient = self.scenario.patient
        if known is not None and not known.concerns(patient.pronouns, patient.age):
            return self.stock("not_for_me", openness)
        entry = self.manner.topics.get(topic)
        if entry is None:
            return self.stock("yes_no" if understood.questions == 1 else "unknown_question", openness)
        return Part(act, entry.lines(openness, heavy=self.memory.heavy), tells=(topic, openness))

    def _said_yes_to(self, line: str, openness: Openness) -> tuple[str, ...]:
        """Return a line that begins with a no as said to a question the other way round: "never" to "every day"."""
        rest = beyond_no(line, self.scenario.language)
        if rest is None and not (denies(line, self.scenario.language) and len(line.split()) <= _BARE):
            return (line,)
        return tuple(f"{yes} {rest or ''}".strip() for yes in self.manner.acts["yes_indeed"].lines(openness))

    def _asked_the_other_way(self, openness: Openness) -> Part:
        """Return the answer to "do you want to live", where what they answer otherwise would say that they do not."""
        hides = any(c.danger and c.id not in self.memory.disclosed for c in self.scenario.concerns)
        own = "wants_to_live" in self.scenario.own_words
        return self.stock("safety_evaded" if hides and not own else "wants_to_live", openness)

    def asked_topics(self, understood: Understood, openness: Openness) -> list[Part]:
        """Return answers to what was asked: to three questions in one breath, where each has a short answer.

        Where one of three has none, the last is answered, and they ask what the others were.
        """
        asked = list(understood.asked)
        one_question = understood.questions == 1 and not understood.lists
        known = topics(self.scenario.language)
        own = [topic for topic in asked if topic not in known]
        if understood.asks_safety:
            asked.sort(key=lambda topic: not (topic in known and known[topic].safety))  # Danger is answered first.
        elif own and (one_question or (understood.questions == 1 and asked[0] == own[0])):
            asked = own  # What the scenario itself lists is meant; the everyday words beside it belong to that.
        if len(asked) > _IN_A_BREATH and one_question:
            asked = asked[:2]  # What is named first is asked about; the rest are mostly examples of it.
        if understood.lists and len(asked) >= _IN_A_BREATH and not in_one_breath(self, asked, openness, understood):
            listed = of_a_list(self, asked, openness, understood)
            if listed:
                return listed
        if len(asked) > _IN_A_BREATH:
            few = self.stock("several_questions", openness)
            meant = asked[0] if understood.lists else asked[-1]  # A list goes from what is meant to what is like it.
            return [few, self.about(meant, openness, understood)]
        parts = [self.about(topic, openness, understood) for topic in asked[:2]]
        if len(asked) == _IN_A_BREATH:
            evaded = self.memory.evaded
            three = [*parts, self.about(asked[2], openness, understood)]
            brief = briefly(three)
            if brief is not None:
                return told_apart(self, brief, openness)
            if three[2].tells is not None and not one_question:
                self.memory.evaded = evaded
                answer = three[0] if understood.lists and three[0].tells is not None else three[2]
                return [answer, self.stock("what_else_asked", openness)]
        told = [part for part in parts if part.act not in {"already_said", "evades", "pressed"}]
        return told_apart(self, told, openness) or parts[:1]

    def leaning(self, willingness: float) -> str:
        """Return how willing the patient sounds: willing, unsure or unwilling."""
        return "willing" if willingness >= _WILLING else "unsure" if willingness >= _UNSURE else "unwilling"

    def treatment(
        self, reading: Reading, scorecard: Scorecard, understood: Understood, openness: Openness, willingness: float
    ) -> Part | None:
        """Return the answer to what was said about treatment, if something was."""
        leaning = self.leaning(willingness)
        many = len(understood.proposals) > 1
        if not understood.any_act("would_help") and asks_yes_to_nothing(self, reading, understood):
            named = self.memory.plan_named and understood.plan
            return self.stock("open_until_then" if named else "which_plan", openness)
        if understood.any_act("own_name"):
            return None  # "What would you like me to call you?" asks for no choice of a treatment.
        instead = self.memory.chose == "instead" and not {"start", "raise"}.intersection(understood.proposals)
        if understood.any_act("teach_back") and self.memory.plan_raised:
            return self.stock("teach_back", openness)
        if understood.any_act("would_help"):
            return self.stock("would_help", openness)
        chooses = reading.does("offers_options") or many or understood.any_act("options")
        offered = self.memory.offered
        if understood.any_act("which_of_them") and offered and not (chooses or understood.proposals):
            chooses, understood = True, replace(understood, proposals=offered)
        if understood.any_act("preference") and chooses:
            return chosen(self, understood, openness, leaning)
        if instead and (understood.any_act("preference") or reading.does("agrees_plan") or understood.plan):
            return self.stock("plan_instead", openness)
        elsewhere = [step for step in understood.proposals if step not in _OF_THE_TABLE]
        if elsewhere and understood.any_act("preference") and len(understood.proposals) == 1:
            return self.stock(f"{elsewhere[0]}_{leaning}", openness)  # "How would you feel about a blood test first?"
        spoken_of = understood.proposals or understood.plan or self.memory.plan_raised
        if understood.any_act("about_the_plan") or (understood.any_act("preference") and spoken_of):
            return self.stock(f"preference_{leaning}", openness)
        if chooses:
            return self.stock("options_heard", openness)
        if understood.proposals:
            name = next(p for p in PROPOSALS if p in understood.proposals)
            told_to = understood.any_act("directs") and not understood.questions
            if name == "keep" and told_to and not reading.does("supports_autonomy", "offers_options", "agrees_plan"):
                return self.stock("ordered", openness)  # "You need to take it every day" asks for no opinion.
            if name == "keep":
                return self.stock(f"plan_{leaning}", openness)
            if not (name == "wait" and reading.does("supports_autonomy")):
                return self.stock(f"{name}_{leaning}", openness)
        if not understood.questions and not reading.does("agrees_plan"):
            if _surely(reading, "weighs_tradeoffs"):
                return self.stock("tradeoffs_heard", openness)
            if _surely(reading, "informs") and not understood.directs:
                return self.stock("informed", openness)  # Told about the plan, they have not been asked for a yes.
        if reading.does("agrees_plan") or (understood.plan and self.memory.plan_raised):
            return self.stock(f"plan_{leaning}", openness)
        if reading.does("supports_autonomy") and (scorecard.sdm.level or 0) >= 2:
            return self.stock("autonomy", openness)
        if _surely(reading, "weighs_tradeoffs"):
            return self.stock("tradeoffs_heard", openness)
        if reading.does("informs"):
            return self.stock("informed", openness, needed=understood.words > 8)
        return None

    def small_question(self, reading: Reading, understood: Understood, openness: Openness) -> Part | None:
        """Return the answer to a question on no known topic."""
        patient = self.scenario.patient
        for kind in _QUESTION_KINDS:
            if kind in understood.acts:
                return self.stock(
                    kind, openness, age=str(patient.age), name=patient.name, first=patient.name.split()[0]
                )
        if understood.questions == 0 and not understood.any_act("tell_me_more"):
            return None
        asks_first = understood.any_act("offers", "asks_first") or _surely(reading, "asks_permission")
        if asks_first and not understood.any_act("tell_me_more"):
            return self.stock("permission", openness)
        if understood.any_act("tell_me_more") or understood.invites:
            return self.stock("tell_me_more", openness)
        if understood.checked:  # They have told of it, and say no other yes or no to it now.
            return self.stock("as_told", openness)
        if understood.gives_back and self._has_said(reading.reply):
            return self.stock("confirms_simple", openness)
        if understood.questions == 1 and reading.does("invites_correction"):
            return self.stock("invited_correction", openness)  # "Have I got that right?" asks nothing else.
        return self.stock("yes_no" if understood.wants_yes_or_no else "unknown_question", openness)

    def _has_said(self, reply: str) -> bool:
        """Return True if what is given back as a question is what they came out with on their own."""
        memory, scenario = self.memory, self.scenario
        own = [
            scenario.opening,
            *(scenario.moments[at].patient for at in (*memory.moments_said, max(memory.moment_at, 0))),
        ]
        return any(overlap(reply, line, scenario.language) >= _OWN_WORDS for line in own)

    def near_a_closed_concern(self, understood: Understood, openness: Openness) -> Part | None:
        """Evade a question that comes close to what is not said yet: its words were named, or it follows a hint."""
        memory = self.memory
        closed = [c.id for c in self.scenario.concerns if c.id not in memory.disclosed]
        named = [c for c in closed if c in understood.concerns]
        followed = [c for c in closed if memory.seq - memory.hinted.get(c, -9) == 1]
        direct = understood.any_act("why", "tell_me_more") or understood.wants_yes_or_no
        direct = direct and not understood.any_act("been_like")  # To be asked that is not to be pressed.
        if understood.any_act("options", "about_the_plan", "own_age", "own_name") or (
            understood.any_act("preference") and memory.plan_raised
        ):
            return None
        if (
            not understood.questions
            or understood.proposals
            or not (named or (followed and direct and not understood.plan))
        ):
            return None
        near = (named or followed)[0]
        act = "pressed" if memory.evaded == near else "evades"
        memory.evaded = near
        return self.stock(act, openness)

    def first_fresh(self, acts: Iterable[tuple[str, bool]], openness: Openness) -> Part | None:
        """Return the stock part for the first act that applies."""
        return next((self.stock(act, openness) for act, applies in acts if applies), None)
