"""The story of the four weeks after a visit, so that it fits how the visit ended and what was agreed in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.defaults import default_words
from simulator.parting import WARM
from simulator.plans import in_words, way_of

if TYPE_CHECKING:
    from simulator.parting import Parted
    from simulator.scenario import Scenario
    from simulator.turn import FourWeeks, State


def plan_in_words(scenario: Scenario, parted: Parted, four_weeks: FourWeeks) -> str:
    """Return what was agreed on or decided, in the scenario's words; empty where it is not known which plan it was."""
    if parted.agreed == "nothing":
        return ""
    if four_weeks == "changed_plan" and not parted.elsewhere:
        return next((way.name for way in scenario.other_ways if way.changed_plan), "")
    return in_words(scenario, parted.plan)


def story(scenario: Scenario, parted: Parted, state: State, four_weeks: FourWeeks) -> str:
    """Return what followed, so that it fits how the visit ended.

    Who had not said yes did not do what was agreed: it is told how they came to it. Who did as told is told at what
    price, and who was hurt did it for nobody in that room. The scenario's stories are of the plan on the table; of
    another way its own is told, or general words that name it.
    """
    after = default_words(scenario.language)["after"]
    first, plan = scenario.patient.name.split()[0], plan_in_words(scenario, parted, four_weeks)

    def default(name: str) -> str:
        return str(after[name]).replace("{name}", first).replace("{plan}", plan)

    told = _stories(scenario, parted, default("other_way"), state)
    if four_weeks == "nothing_agreed":
        return told["nothing_agreed"] or default("nothing_agreed")
    undecided = parted.decision != "willing"
    if four_weeks in {"changed_plan", "other_way"}:
        lead = f"{default('changed_unsure')} " if undecided else ""
        return f"{lead}{told[four_weeks]}"
    began = not four_weeks.startswith("stopped")
    if parted.hurt and began:
        lead = f"{default(f'tried_{parted.decision}')} " if undecided else ""
        return f"{lead}{default(f'{four_weeks}_after_hurt')}"
    if undecided:
        # What stopping looked like is no story of theirs: they had taken nothing home that they could stop.
        undone = {
            "kept": told["tried_later"],
            "stopped_hidden": told["never_began"],
            "stopped_told": default("rang_undone_said" if state.disclosed else "rang_undone"),
        }
        begins = "tried" if four_weeks == "halved" else "left"
        return f"{default(f'{begins}_{parted.decision}')} {undone.get(four_weeks) or told[four_weeks]}"
    if four_weeks == "kept" and (parted.agreed == "decided" or state.stance not in WARM):
        unsaid = any(concern.id not in state.disclosed for concern in scenario.concerns)
        return f"{told[four_weeks]} {default('at_a_price' if unsaid else 'at_a_price_said')}"
    return told[four_weeks]


def _stories(scenario: Scenario, parted: Parted, other_way: str, state: State) -> dict[str, str]:
    """Return the stories that are true of what was agreed and of what was said, by what became of it.

    Where a concern was said, its own stories stand in place of the scenario's, which may take it for unsaid.
    """
    written = scenario.four_weeks_later.model_dump()
    for concern in reversed(scenario.concerns):
        if concern.four_weeks_later is not None and concern.id in state.disclosed:
            written |= {key: text for key, text in concern.four_weeks_later.model_dump().items() if text}
    own = {key: " ".join((text or "").split()) for key, text in written.items()}
    if parted.plan is None or not parted.elsewhere:
        return own | {"other_way": other_way}
    first = scenario.patient.name.split()[0]
    way = way_of(scenario, parted.plan)
    its_own = " ".join(((way.four_weeks_later if way is not None else None) or other_way).split())
    general = default_words(scenario.language)["four_weeks_later"]
    words = {key: str(text).replace("{name}", first) for key, text in general.items()}
    of_any = {key: own[key] for key in ("changed_plan", "nothing_agreed")}
    return words | of_any | {"kept": its_own, "other_way": its_own}
