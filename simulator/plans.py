"""What plan of the scenario a reply names: what is on the table, another way, several to choose from, or none.

It is heard once, when the reply is taken, kept on the turn, and read from there by whoever needs it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.asking import is_ended
from simulator.defaults import default_words
from simulator.everyday import PROPOSALS, not_slips
from simulator.of_plans import of_plans
from simulator.other_medicines import OtherMedicines
from simulator.phrases import Found, Phrases, best_of
from simulator.turn import PlanHeard
from simulator.words import sentences_of, straight, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from scoring.scorecard import Reading
    from simulator.afterwards import OtherWay
    from simulator.scenario import Scenario
    from simulator.turn import Turn
    from simulator.understanding import Understood

TABLE = ""
"""The plan on the table, as a way."""
_DOSED = re.compile(r"([a-z]{5,})(?: (?:er|xr|xl|sr))?,?\s+\d[\d.,/]*\s*(?:mg|mcg|units|unidades)")
"""A medicine as a plan names it, by the dose that follows."""
_CLAUSES = re.compile(r"[,;:]|\band\b")
_LAST = re.compile(r"(.*)([.,;:?!]\s+|^)(.*)", re.DOTALL)
"""What comes last behind a stop or a comma."""
_SHORT = 4
"""Words besides a plan's name up to which a sentence is short ("ok so wellbutrin it is")."""
_BARE = 1
"""Words besides the name of another way up to which it is put whatever they are ("Bupropion?")."""
_OF_THE_TABLE = frozenset(["keep", "start", "raise"])
"""Steps that are what is on the table, where none of them is put as another way."""
_BRIEF = 12
"""Words up to which to name what is on the table, without a question, is to settle on it and not to explain it."""
_WHOLE = 3
"""Words in a row of the plan on the table that name it."""
_BESIDE = frozenset(["test", "refer", "talk"])
"""Steps that go together with a plan and take the place of none."""


class Plans:
    """Hears what plan of one scenario a reply names."""

    def __init__(self, scenario: Scenario) -> None:
        """Prepare the names of what is on the table and of each other way."""
        self._scenario = scenario
        self._language = scenario.language
        self._ways = {way.id: way for way in scenario.other_ways}
        self._others = OtherMedicines(scenario)
        dosed = _DOSED.findall(straight(scenario.plan_on_the_table))
        others = {words_of(name) for way in scenario.other_ways for name in way.called}
        named = [(TABLE, name) for name in (*scenario.plan_called, *dosed) if words_of(name) not in others]
        named += [(way.id, name) for way in scenario.other_ways for name in way.called]
        self._names = Phrases(named, not_slips(scenario.language))
        plan = words_of(scenario.plan_on_the_table)
        runs = [" ".join(plan[at : at + _WHOLE]) for at in range(len(plan) - _WHOLE + 1)]
        self._whole = Phrases((TABLE, run) for run in runs)
        ways = " ".join(way.name for way in scenario.other_ways)
        self._dosing = frozenset([*plan, *words_of(ways), "mg", "mcg", "units", "od", "bd", "mane", "nocte"])

    def heard(
        self, reading: Reading, understood: Understood, before: Sequence[PlanHeard], disclosed: Collection[str]
    ) -> PlanHeard:
        """Return what plan a reply names.

        Args:
            reading: The reply as the patient takes it.
            understood: What was made of it.
            before: The plans that the replies so far have named, in order.
            disclosed: The concerns said so far.
        """
        put, spoken = self._by_name(reading.reply)
        steps = [step for step in understood.proposals if not (put and step in _BESIDE)]
        if not steps and not put and any(one.among or one.elsewhere for one in before):
            steps = self._step_in_short(reading.reply)
        last = next((one for one in reversed(before) if one.named not in {"none", "a_choice"}), None)
        other = None if put or spoken else self._others.put(reading.reply, of_plans(self._language).spoken_of)
        if len(put) > 1 and self.before_the_yes(reading.reply) and not self._either(reading.reply):
            put = put[:1]  # "Scan first, coaching meantime. Grand?" puts one plan, and something beside it.
        several = len(put) > 1 or reading.does("offers_options") or understood.any_act("options")
        several = several or (understood.any_act("preference") and self._either(reading.reply))
        if other is not None and not several:
            again = any(one.way == other.name or other.name in one.among for one in before)
            return PlanHeard("other_way", other.name, other.done, by_name=True, again=again)
        if len(put) == 1 and not (several and steps):
            return replace(self._plan(put[0], before, disclosed, settled=True), by_name=True)
        back = not put and not several and not understood.any_act("your_way") and self._points_back(reading.reply)
        if back and last is not None and last is _latest(before):
            return replace(last, settled=True, again=True)
        if several:
            others = [] if other is None else [other.name]
            return PlanHeard("a_choice", among=tuple(dict.fromkeys((*put, *steps, *others))))
        if steps:
            return self._in_general(steps, before, disclosed)
        if understood.any_act("prescribes") and spoken:
            return replace(self._plan(spoken[0], before, disclosed, settled=True), by_name=True)
        if understood.any_act("prescribes"):
            settled = PlanHeard("on_the_table") if last is None else last
            return replace(settled, settled=True, again=last is not None)
        if spoken:
            return replace(self._plan(spoken[0], before, disclosed, settled=False), by_name=True)
        return PlanHeard()

    def _by_name(self, reply: str) -> tuple[list[str], list[str]]:
        """Return the ways that are put to them by name, and those that are named at all, each once."""
        stock = of_plans(self._language)
        put: list[str] = []
        spoken: list[str] = []
        for sentence in sentences_of(reply):
            words = words_of(sentence)
            whole = self._whole.all_in(words)
            hits = best_of(self._names.all_in(words))
            named = [hit for hit in hits if not self._is_aside(words, hit)]
            ways = list(dict.fromkeys([*(hit.name for hit in whole), *(hit.name for hit in named)]))
            if whole:
                spoken.append(TABLE)
            if not ways or stock.spoken_of.all_in(words):
                continue
            if TABLE in ways and len(ways) > 1 and stock.either.isdisjoint(words):
                ways.remove(TABLE)  # "Buprenorphine, in tiny doses" is the way that differs from it.
            spoken += ways
            in_its_place = len(named) < len(hits) and stock.either.isdisjoint(
                words
            )  # "off the one, and on to the other"
            if stock.settles.all_in(words) or len(ways) > 1 or in_its_place or self._in_short(sentence):
                put += ways
        return list(dict.fromkeys(put)), list(dict.fromkeys(spoken))

    def _in_short(self, sentence: str) -> bool:
        """Return True where a clause is next to nothing but a plan's name ("wellbutrin?").

        What is on the table takes a word more, for that is also how what they take now is asked about.
        """
        for clause in _CLAUSES.split(sentence):
            words = words_of(clause)
            named = best_of(self._names.all_in(words))
            inside = {at for hit in named for at in range(hit.first, hit.last + 1)}
            rest = sum(at not in inside and not self._is_dosing(word) for at, word in enumerate(words))
            if not named or rest > _SHORT:
                continue
            if rest <= _BARE and all(hit.name != TABLE for hit in named):
                return True
            if of_plans(self._language).in_short.all_in(words):
                return True
        return False

    def _is_dosing(self, word: str) -> bool:
        """Return True for a word that only says how much of a plan's medicine, or when ("30 mg in the morning")."""
        return word in self._dosing or word[0].isdigit()

    def _step_in_short(self, reply: str) -> list[str]:
        """Return the sort of step that a few words, or the first few of a sentence, settle on ("so we switch")."""
        steps = of_plans(self._language).steps
        clauses = [words_of(clause) for sentence in sentences_of(reply) for clause in _CLAUSES.split(sentence)[:1]]
        short = [words for words in (words_of(reply), *clauses) if len(words) <= _SHORT * 2]
        return [hit.name for words in short for hit in steps.all_in(words)][:1]

    def _is_aside(self, words: tuple[str, ...], hit: Found) -> bool:
        """Return True for a plan that is named as what is left ("instead of the sertraline")."""
        stock = of_plans(self._language)
        at = hit.first - 1
        while at >= 0 and words[at] in stock.between:
            at -= 1
        return any(one.first <= at <= one.last for one in stock.aside.all_in(words[: hit.first]))

    def asks_of_it(self, understood: Understood, reply: str) -> bool:
        """Return True if the one question of a reply is whether what was put in it suits them."""
        asks = of_plans(self._language).asks_of_it.all_in(words_of(reply))
        return understood.questions == 1 and bool(asks) and not self._either(reply)

    def before_the_yes(self, reply: str) -> str:
        """Return a reply without the word or two at its end that ask for a yes to it; empty where there are none."""
        stock = of_plans(self._language)
        if is_ended(reply):
            return ""  # "You need to take it, that's how it works." asks for nothing.
        before, _, last = _LAST.match(reply.rstrip(" ?!.")).groups()  # type: ignore[union-attr]
        words = words_of(last)
        asks = 0 < len(words) <= _SHORT + 1 and (stock.yes_to_it | stock.beside_it).issuperset(words)
        return str(before) if asks and not stock.yes_to_it.isdisjoint(words) else ""

    def _either(self, reply: str) -> bool:
        return not of_plans(self._language).either.isdisjoint(words_of(reply))

    def _points_back(self, reply: str) -> bool:
        return bool(of_plans(self._language).that_one.all_in(words_of(reply)))

    def _plan(self, way: str, before: Sequence[PlanHeard], disclosed: Collection[str], *, settled: bool) -> PlanHeard:
        """Return a way as a plan that was heard."""
        if way == TABLE:
            again = any(one.named == "on_the_table" for one in before)
            return PlanHeard("on_the_table", TABLE, settled, again=again)
        scenario = self._scenario
        known = self._ways.get(way)
        rules_out = any(one.changes_the_plan and one.id in disclosed for one in scenario.concerns)
        told_of = (
            known.changed_plan if known else way == "switch" and not any(w.changed_plan for w in scenario.other_ways)
        )
        changed = rules_out and told_of and bool(scenario.four_weeks_later.changed_plan)
        again = any(one.way == way or way in one.among for one in before)
        return PlanHeard("changed_plan" if changed else "other_way", way, settled, again=again)

    def _in_general(self, steps: list[str], before: Sequence[PlanHeard], disclosed: Collection[str]) -> PlanHeard:
        """Return the plan that is meant by a sort of step ("so we switch"): the way of that sort, or the step."""
        sorts = {way.sort for way in self._scenario.other_ways}
        table = _OF_THE_TABLE - sorts  # Where a way is to keep what they take now, to keep it is that way.
        other = [step for step in steps if step not in table and step not in _BESIDE]
        if not other and table.isdisjoint(steps):
            other = steps  # Nothing but a test, or somebody to see: that is the plan.
        elsewhere = next((one for one in reversed(before) if one.settled), None)
        if not other and elsewhere is not None and elsewhere.elsewhere and "keep" not in steps:
            return replace(elsewhere, again=True)
        if not other:
            return self._plan(TABLE, before, disclosed, settled=True)
        if not table.isdisjoint(steps):
            return PlanHeard("a_choice", among=tuple(steps))
        return self._plan(self._meant(other[0], before, disclosed), before, disclosed, settled=True)

    def _meant(self, step: str, before: Sequence[PlanHeard], disclosed: Collection[str]) -> str:
        """Return the way that a sort of step means: spoken of before, right by now, or the only one; else the step."""
        ways = [way.id for way in self._scenario.other_ways if way.sort == step]
        named = [way for one in reversed(before) for way in (one.way, *one.among) if way in ways]
        right = [way for way in ways if way in self._right(disclosed)]
        only = ways if len(ways) == 1 else []
        return [*named[:1], *right, *only, step][0]

    def _right(self, disclosed: Collection[str]) -> list[str]:
        """Return the ways that something confided asks for."""
        rules_out = any(one.changes_the_plan and one.id in disclosed for one in self._scenario.concerns)
        return [way.id for way in self._scenario.other_ways if way.changed_plan] if rules_out else []

    def right_steps(self, disclosed: Collection[str]) -> tuple[str, ...]:
        """Return the sorts of steps that something confided asks for."""
        return tuple(self.step_of(way) for way in self._right(disclosed))

    def names_the_table(self, line: str) -> bool:
        """Return True if a line names the plan on the table."""
        return any(hit.name == TABLE for hit in best_of(self._names.all_in(words_of(line))))

    def picked(self, step: str, among: Sequence[str], disclosed: Collection[str]) -> PlanHeard:
        """Return the way that they mean who pick a sort of step out of what was put to them."""
        named = [PlanHeard(among=tuple(one for one in among if one in self._ways))]
        return self._plan(self._meant(step, named, disclosed), (), disclosed, settled=True)

    def step_of(self, way: str) -> str:
        """Return what sort of step a way is."""
        known = self._ways.get(way)
        return known.sort if known is not None else way if way in PROPOSALS else "switch"

    def asks_first(self, plan: PlanHeard) -> str | None:
        """Return the act by which a medicine is asked about that nobody has spoken of; None for any other plan."""
        listed = plan.way in self._ways or plan.way in PROPOSALS or plan.way == TABLE
        if not plan.by_name or listed or plan.again:
            return None
        return "why_that_one" if self._others.known(plan.way) else "other_medicine"


def _latest(before: Sequence[PlanHeard]) -> PlanHeard | None:
    return next((one for one in reversed(before) if one.named != "none"), None)


def with_its_step(understood: Understood, plan: PlanHeard, plans: Plans) -> Understood:
    """Return what was understood so that a plan put by its name is heard as the step that it is."""
    if plan.among:
        steps = tuple(plans.step_of(way) for way in plan.among if way != TABLE)
        return replace(understood, proposals=tuple(dict.fromkeys((*understood.proposals, *steps))))
    if not plan.settled:
        return understood
    if plan.elsewhere:
        return replace(understood, proposals=(plans.step_of(plan.way),))
    asked = plan.by_name and (understood.questions > 0 or understood.words <= _BRIEF)
    return replace(understood, proposals=understood.proposals or (("keep",) if asked else ()))


def settled_on(turns: Sequence[Turn]) -> PlanHeard | None:
    """Return the plan that was put to them last as what will be done, or that they picked last; None if none was."""
    found = None
    for turn in turns:
        found = turn.picked or (turn.plan if turn.plan.settled else found)
    return found


def way_of(scenario: Scenario, plan: PlanHeard) -> OtherWay | None:
    """Return the scenario's entry for a plan, if it is another way that the scenario lists."""
    return next((way for way in scenario.other_ways if way.id == plan.way), None)


def in_words(scenario: Scenario, plan: PlanHeard | None) -> str:
    """Return what a plan is called; empty where it is not known which one it was."""
    if plan is None or plan.named in {"none", "a_choice"}:
        return ""
    if plan.named == "on_the_table":
        return scenario.plan_on_the_table
    known = way_of(scenario, plan)
    return known.name if known is not None else str(default_words(scenario.language)["ways"].get(plan.way, plan.way))


def fitting_plan(scenario: Scenario, turns: Sequence[Turn], disclosed: Collection[str]) -> str:
    """Return in words what there is to agree on as things stand: their pick, the changed plan, what is on the table.

    A pick of what is on the table no longer stands once something was confided that rules it out.
    """
    picked = next((turn.picked for turn in reversed(turns) if turn.picked is not None), None)
    ruled_out = any(one.changes_the_plan and one.id in disclosed for one in scenario.concerns)
    words = in_words(scenario, picked)
    if words and not (ruled_out and picked is not None and not picked.elsewhere):
        return words
    if ruled_out:
        other = next((way.name for way in scenario.other_ways if way.changed_plan), None)
        return other or str(default_words(scenario.language)["ways"]["switch"])
    return scenario.plan_on_the_table
