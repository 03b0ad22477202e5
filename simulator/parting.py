"""How the patient leaves: what was agreed, parting words that are true of this visit, and the story that follows.

A yes at the door after a doubt points to what was given after it: a worry that was met, the choice left to them, a plan
that is looked at again. Where nothing was, the doubt stays a doubt. Who was insulted leaves without the courtesies.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.defaults import default_words
from simulator.everyday import PROPOSALS
from simulator.naming import names_a_plan
from simulator.patient import ear_of
from simulator.reactions import table
from simulator.voices import said_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.everyday import Manner
    from simulator.scenario import Scenario
    from simulator.turn import Decision, FourWeeks, State, Turn

Agreed = Literal["together", "decided", "instead", "nothing"]
_TOGETHER = frozenset(["agrees_plan", "offers_options", "elicits_preference", "supports_autonomy", "grants"])
_LEFT_TO_THEM = frozenset(["agrees_plan", "supports_autonomy"])
_SURELY = 0.4
"""Certainty from which a plan counts as made."""
_LEANINGS: tuple[Decision, ...] = ("willing", "unsure", "unwilling")
_LEANS = ("preference_", "choice_", "plan_", *(f"{name}_" for name in PROPOSALS))
"""What the acts begin with in which a patient says how willing they are."""
_THE_PLAN = ("choice_willing", "start_willing", "raise_willing")
"""Acts by which what is on the table is taken after all."""
_HARSH = frozenset(["insult", "insult_again", "judged", "belittled"])
_DECIDED = frozenset(["ordered", "prescribed"])
"""Acts by which they take it that it was decided for them."""
_OPEN = frozenset(["which_plan", "open_until_then"])
"""Acts by which they leave it open what is agreed."""
_OFTEN = 2
"""Times they were insulted or judged from which they leave without the courtesies."""
_WARM = frozenset(["warming", "open"])
_OF_THEIR_OWN = 58
"""Willingness from which a yes is their own, whoever decided."""
_GAVE_WAY = frozenset(["unsure", "unwilling"])


@dataclass(frozen=True, slots=True)
class Parted:
    """How a visit ended."""

    decision: Decision
    words: str
    agreed: Agreed
    """Made with them, decided for them, another way that they chose, or nothing at all."""
    hurt: bool = False
    """Insulted or blamed again and again, so that nothing warm followed."""


def _moves(turn: Turn) -> set[str]:
    return {m.move for m in turn.reading.moves if m.certainty >= _SURELY}


def _told(turn: Turn) -> bool:
    return not _DECIDED.isdisjoint(turn.acts)


def agreed(scenario: Scenario, turns: Sequence[Turn]) -> Agreed:
    """Return whether a plan was made with the patient in this visit, made for them, or not made at all.

    None was made where none was named, or where the last word about it was their asking what it is.
    """
    picked = [act for turn in turns for act in turn.acts if act == "choice_instead" or act in _THE_PLAN]
    if picked and picked[-1] == "choice_instead":
        return "instead"
    plan: Agreed = "nothing"
    ear, named = ear_of(scenario), False
    for turn in turns:
        moves = _moves(turn)
        named = named or any(act.startswith("moment:") and act.count(":") > 1 for act in turn.acts)
        named = named or names_a_plan(ear, turn.clinician, ear.hear(turn.clinician)) or "offers_options" in moves
        own = any(act.startswith("moment:") and act.endswith(":collaborative") for act in turn.acts)
        said_yes = any(act.endswith("_willing") for act in turn.acts)
        if "orders" in moves or _told(turn):
            plan = "together" if plan == "together" or said_yes else "decided"
        elif not _OPEN.isdisjoint(turn.acts):
            plan = "nothing"
        elif said_yes or (named and moves & _LEFT_TO_THEM) or (own and moves & _TOGETHER):
            plan = "together"
    return plan


def _last_leaning(turns: Sequence[Turn]) -> tuple[Decision | None, int]:
    """Return how willing the patient last sounded when they spoke about treatment, if they did, and in which turn."""
    said = [(act.rsplit("_", 1)[-1], turn.seq) for turn in turns for act in turn.acts if act.startswith(_LEANS)]
    for word, seq in reversed(said):
        way = next((one for one in _LEANINGS if one == word), None)
        if way is not None:
            return way, seq
    return None, 0


def _what_changed_it(turns: Sequence[Turn], since: int) -> Literal["choice", "plan", "worry"] | None:
    """Return what can have brought a doubt round: something that was given after they had spoken of it."""
    later = [turn for turn in turns if turn.seq > since]
    if any("supports_autonomy" in _moves(turn) for turn in later):
        return "choice"
    if any("agrees_plan" in _moves(turn) for turn in later):
        return "plan"
    met = str(table()["events"]["worry_met"]["because"])
    return "worry" if any(change.because == met for turn in later for change in turn.changes) else None


def is_hurt(turns: Sequence[Turn], state: State) -> bool:
    """Return True if they were insulted or blamed again and again, and nothing has made up for it since."""
    return state.stance not in _WARM and sum(not _HARSH.isdisjoint(turn.acts) for turn in turns) >= _OFTEN


def part(
    scenario: Scenario,
    drawn: Decision,
    state: State,
    turns: Sequence[Turn],
    manner: Manner,
    seed: int,
    *,
    changed: bool,
) -> Parted:
    """Return how the patient leaves.

    The scenario's own yes speaks of what was agreed. Where the clinician decided alone, the patient only says that they
    will do it; where nothing was put to them, that nothing is settled. Whoever last said otherwise says why it is
    different now, or stays undecided.

    Args:
        scenario: Whose parting words they are.
        drawn: What they were ready for, as drawn from the table.
        state: How they stand.
        turns: The visit.
        manner: The everyday stock, for words where the scenario's own would not be true.
        seed: Chooses among lines that fit equally.
        changed: True where another plan was made because of something confided.
    """
    rng = random.Random(f"{scenario.id}/{seed}/parting")
    warm = state.stance in _WARM

    def everyday(name: str) -> str:
        entry = manner.acts[f"parting_{name}"]
        return rng.choice(entry.open if warm else entry.guarded)

    plan = agreed(scenario, turns)
    last, since = _last_leaning(turns)
    said = {said_as(turn.patient) for turn in turns}
    hurt = is_hurt(turns, state)

    def own(decision: Decision) -> str:
        words: str = getattr(scenario.ending, decision)
        return everyday(decision) if hurt or said_as(words) in said else words

    if plan == "nothing" and any("open_until_then" in turn.acts for turn in turns):
        return Parted("unsure", own("unsure"), plan, hurt)
    if plan == "nothing" and drawn == "willing":
        return Parted("unsure", everyday("no_plan"), plan, hurt)
    if plan == "instead" and drawn != "unwilling":
        return Parted("willing" if changed else "unsure", everyday("instead"), plan)
    if drawn != "willing":
        lead = f"{everyday('second_thoughts')} " if last == "willing" else ""
        return Parted(drawn, f"{lead}{own(drawn)}", plan, hurt)
    if hurt:
        return Parted(drawn, everyday("curt"), "decided", hurt)
    words = own(drawn) if warm and plan != "decided" else everyday(drawn)
    # A yes to what was decided over their head sounds as unwilling as they are.
    told_to = any(_told(turn) for turn in turns)
    against = plan == "decided" and told_to and not warm and state.willingness < _OF_THEIR_OWN
    if last not in _GAVE_WAY and not against:
        return Parted(drawn, words, plan)
    insisted = any(turn.seq >= since and (_told(turn) or "orders" in _moves(turn)) for turn in turns)
    if insisted and (plan == "decided" or not warm):
        return Parted(drawn, f"{everyday('gave_in')} {everyday(drawn)}", "decided")
    cause = _what_changed_it(turns, since)
    if cause is None:
        return Parted("unsure", own("unsure"), plan)
    return Parted(drawn, f"{everyday(f'came_round_{cause}')} {words}", plan)


def story(scenario: Scenario, parted: Parted, state: State, four_weeks: FourWeeks) -> str:
    """Return what followed, so that it fits how the visit ended.

    Who had not said yes did not do what was agreed: it is told how they came to it. Who did as told is told at what
    price, and who was hurt did it for nobody in that room.
    """
    first = scenario.patient.name.split()[0]
    after = default_words(scenario.language)["after"]

    def default(name: str) -> str:
        return str(after[name]).replace("{name}", first)

    later = scenario.four_weeks_later
    if four_weeks == "nothing_agreed":
        return " ".join((later.nothing_agreed or default("nothing_agreed")).split())
    undecided = parted.decision != "willing"
    if four_weeks == "changed_plan":
        lead = f"{default('changed_unsure')} " if undecided else ""
        return f"{lead}{' '.join((later.changed_plan or '').split())}"
    began = not four_weeks.startswith("stopped")
    if parted.hurt and began:
        lead = f"{default(f'tried_{parted.decision}')} " if undecided else ""
        return f"{lead}{default(f'{four_weeks}_after_hurt')}"
    if undecided:
        # What stopping looked like is no story of theirs: they had taken nothing home that they could stop.
        undone = {
            "kept": later.tried_later,
            "stopped_hidden": later.never_began,
            "stopped_told": default("rang_undone"),
        }
        begins = "tried" if four_weeks == "halved" else "left"
        told = undone.get(four_weeks) or getattr(later, four_weeks)
        return f"{default(f'{begins}_{parted.decision}')} {' '.join(told.split())}"
    told = " ".join(getattr(later, four_weeks).split())
    if four_weeks == "kept" and (parted.agreed == "decided" or state.stance not in _WARM):
        return f"{told} {default('at_a_price')}"
    return told
