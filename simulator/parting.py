"""How the patient leaves: what was agreed, and parting words that are true of this visit.

A yes at the door after a doubt points to what was given after it: a worry that was met, the choice left to them, a plan
that is looked at again. Where nothing was, the doubt stays a doubt. Who was insulted leaves without the courtesies, and
who was abused throughout says neither yes nor no. What was confided with their last words is what they leave with.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.given_back import only_theirs
from simulator.last_words import HARSH, abused, brings_up, came_for_it, fitting, left_with, was_put, without_a_yes
from simulator.leaning import AGAINST, PROVIDED, UNDECIDED, leaning_in
from simulator.reactions import table
from simulator.voices import said_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.everyday import Entry, Manner, Openness
    from simulator.scenario import Scenario
    from simulator.turn import Decision, PlanHeard, State, Turn

Agreed = Literal["together", "decided", "instead", "nothing"]
_TOGETHER = frozenset(["agrees_plan", "offers_options", "elicits_preference", "supports_autonomy", "grants"])
_LEFT_TO_THEM = frozenset(["agrees_plan", "supports_autonomy"])
_SURELY = 0.4
"""Certainty from which a plan counts as made."""
_DECIDED = frozenset(["ordered", "prescribed"])
"""Acts by which they take it that it was decided for them."""
_GIVEN = _DECIDED | {"given_it"}
"""Acts by which they take it that they were given something, or told to take it, whoever named it."""
_OPEN = frozenset(["which_plan", "open_until_then"])
"""Acts by which they leave it open what is agreed."""
_OFTEN = 2
"""Times they were insulted or judged from which they leave without the courtesies."""
WARM = frozenset(["warming", "open"])
_OF_THEIR_OWN = 58
"""Willingness from which a yes is their own, whoever decided."""
_GAVE_WAY = frozenset(["unsure", "unwilling"])
_NO_PLAIN_NO = frozenset(["anxious"])
"""Manners of those who say no plain no to whoever abuses them."""
_ASKS_WHAT_NOW = 0.5
"""How often somebody who confided something, and to whom nothing was put, asks what happens now."""


@dataclass(frozen=True, slots=True)
class Parted:
    """How a visit ended."""

    decision: Decision
    words: str
    agreed: Agreed
    """Made with them, decided for them, another way that they chose, or nothing at all."""
    hurt: bool = False
    """Insulted or blamed again and again, so that nothing warm followed."""
    plan: PlanHeard | None = None
    """Which plan that is; None where it was not named."""

    @property
    def elsewhere(self) -> bool:
        """True if it is another way than the one on the table, and known which."""
        return self.plan is not None and self.plan.elsewhere


def _moves(turn: Turn) -> set[str]:
    return {m.move for m in turn.reading.moves if m.certainty >= _SURELY}


def _told(turn: Turn) -> bool:
    return not _DECIDED.isdisjoint(turn.acts)


def _orders(turn: Turn) -> bool:
    """Return True if it was decided for them in a turn.

    What is left to them or asked of them is no order, nor is it one to settle in few words on what was put before,
    though each may sound so.
    """
    if _told(turn):
        return True
    moves = _moves(turn)
    winds_up = turn.plan.settled and turn.plan.again and turn.plan.elsewhere
    if all(only_theirs(m.quote, turn.heard_words) for m in turn.reading.moves if m.move == "orders"):
        return False
    asked = "supports_autonomy" in moves or any(act.startswith("preference_") for act in turn.acts)
    return "orders" in moves and not asked and not winds_up


def _agrees(turn: Turn) -> bool:
    """Return True if they said yes in a turn to what was put to them."""
    return any(act.endswith("_willing") or act == "plan_instead" or act.startswith(PROVIDED) for act in turn.acts)


def agreed(turns: Sequence[Turn]) -> tuple[Agreed, PlanHeard | None]:
    """Return whether a plan was made with the patient, made for them, or not made at all, and which, if it was named.

    None was made where none was named, or where the last word about it was their asking what it is.
    """
    plan: Agreed = "nothing"
    which: PlanHeard | None = None
    spoken_of: PlanHeard | None = None
    named = False
    for turn in turns:
        moves, heard = _moves(turn), turn.plan
        spoken_of = spoken_of if heard.named in {"none", "a_choice"} else heard
        named = named or heard.named != "none" or any(_is_of_a_moment(act) for act in turn.acts)
        own = any(act.startswith("moment:") and act.endswith(":collaborative") for act in turn.acts)
        said_yes = _agrees(turn)
        told_to = _orders(turn)
        if turn.picked is not None or "choice_instead" in turn.acts:
            elsewhere = "choice_instead" in turn.acts
            plan, which = ("instead" if elsewhere else "together"), turn.picked
        elif told_to and not (plan == "instead" and not heard.settled):
            plan = "together" if plan == "together" or said_yes else "decided"
            which = heard if heard.settled else which
        elif not _OPEN.isdisjoint(turn.acts):
            plan, which = ("instead", which) if plan == "instead" else ("nothing", None)
        elif said_yes or (named and moves & _LEFT_TO_THEM) or (own and moves & _TOGETHER):
            way = heard.elsewhere and heard.settled
            plan = "instead" if plan == "instead" and (way or not heard.settled) else "together"
            which = heard if heard.settled else which
        elif heard.settled and which is not None and heard.way != which.way:
            plan, which = "nothing", None  # What they had agreed to was dropped for something that they did not.
    return plan, (which or spoken_of if plan in {"together", "decided"} else which)


def _own(entry: Entry, stands: Openness) -> bool:
    """Return True if the lines of an act are the patient's own."""
    return entry.stock is not None and entry.lines(stands) != entry.behind(stands)


def _is_of_a_moment(act: str) -> bool:
    return act.startswith("moment:") and act.count(":") > 1


def _last_leaning(turns: Sequence[Turn]) -> tuple[Decision | None, int]:
    """Return how willing the patient last sounded when they spoke about treatment, if they did, and in which turn."""
    for turn in reversed(turns):
        way = leaning_in(turn.acts)
        if way is not None:
            return way, turn.seq
    return None, 0


def _waits_on(turns: Sequence[Turn]) -> Literal["condition", "thought"] | None:
    """Return what a yes waits on: that what they told is seen to, or their thinking it over; None where it does not.

    Nobody who was left to think, or whose words were gone round, says yes in the next breath.
    """
    last, seq = _last_leaning(turns)
    acts = next((turn.acts for turn in turns if turn.seq == seq), ())
    if any(act.startswith(PROVIDED) for act in acts):
        return "condition"
    stands = any(act.startswith((AGAINST, UNDECIDED)) for act in acts)
    thinks = last in _GAVE_WAY and "autonomy" in turns[-1].acts
    return "thought" if stands or thinks or "let_lie" in turns[-1].acts else None


def _what_changed_it(turns: Sequence[Turn], since: int) -> Literal["choice", "plan", "worry"] | None:
    """Return what can have brought a doubt round: something that was given after they had spoken of it."""
    later = [turn for turn in turns if turn.seq > since]
    if any("supports_autonomy" in _moves(turn) for turn in later):
        return "choice"
    if any("agrees_plan" in _moves(turn) for turn in later):
        return "plan"
    met = str(table()["events"]["worry_met"]["because"])
    return "worry" if any(change.because == met for turn in later for change in turn.changes) else None


def _hurts(turns: Sequence[Turn]) -> int:
    """Return how often they were insulted, blamed or looked down on."""
    return sum(not HARSH.isdisjoint(turn.acts) for turn in turns)


def is_hurt(turns: Sequence[Turn], state: State) -> bool:
    """Return True if they were insulted or blamed again and again, and nothing has made up for it since."""
    return state.stance not in WARM and _hurts(turns) >= _OFTEN


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
    warm = state.stance in WARM

    stance: Openness = "open" if warm else "guarded"

    def chosen(lines: tuple[str, ...], behind: tuple[str, ...]) -> str:
        return rng.choice(fitting(lines, scenario, turns) or fitting(behind, scenario, turns) or lines)

    def everyday(name: str, instead: str = "") -> str:
        """Return words for a way of leaving; a patient's own for one much like it go before those of the stock."""
        entry = manner.acts[f"parting_{name}"]
        other = manner.acts.get(instead, entry)
        entry = entry if _own(entry, stance) or not _own(other, stance) else other
        return chosen(entry.lines(stance), entry.behind(stance))

    def nothing_put() -> str:
        """Return words for a visit in which nothing was put to them."""
        if (entry := manner.acts["parting_no_plan"]).stock is None:
            return everyday("what_now" if not state.disclosed or rng.random() < _ASKS_WHAT_NOW else "talked")
        lines = entry.lines(stance)
        return chosen(lines if last == "willing" else without_a_yes(lines, scenario.language), entry.guarded)

    plan, which = agreed(turns)
    last, since = _last_leaning(turns)
    said = {said_as(turn.patient) for turn in turns}
    hurt = is_hurt(turns, state)

    def own(decision: Decision) -> str:
        words: str = getattr(scenario.ending, decision)
        fits = said_as(words) not in said and (decision == "willing" or fitting((words,), scenario, turns))
        return words if fits and not hurt else everyday(decision)

    def parted(decision: Decision, words: str, agreed: Agreed = plan) -> Parted:
        return Parted(decision, words, agreed, hurt, which)

    no_plain_no = came_for_it(scenario) or scenario.patient.speech in _NO_PLAIN_NO
    if hurt and (drawn == "unsure" or (abused(_hurts(turns)) and (drawn == "willing" or no_plain_no))):
        return parted("unsure" if drawn == "willing" else drawn, everyday("hurt"))
    left = None if hurt else left_with(turns)
    if left is not None:  # Nobody says a yes on top of what has only just been said, or was only just left open.
        now: Decision = "unwilling" if drawn == "unwilling" else "unsure"
        return parted(now, everyday(left, "having_told" if left == "just_told" else ""))
    if not was_put(turns) and all(_GIVEN.isdisjoint(turn.acts) for turn in turns):
        # Where nothing was proposed and nothing ordered there is nothing to take or to refuse.
        return parted(
            "unwilling" if drawn == "unwilling" else "unsure", everyday("hurt") if hurt else nothing_put(), "nothing"
        )
    if plan == "nothing" and any("open_until_then" in turn.acts for turn in turns):
        return parted("unsure", own("unsure"))
    if plan == "nothing" and drawn == "willing":
        return parted("unsure", everyday("no_plan"))
    waits = None if hurt else _waits_on(turns)
    if waits == "condition" and plan != "decided":
        return parted(drawn, everyday("provided") if drawn == "willing" else own(drawn))
    if waits == "thought" and drawn == "willing":
        return parted("unsure", own("unsure"))
    elsewhere = which is not None and which.elsewhere
    said_yes = elsewhere and (plan == "instead" or any(_agrees(turn) for turn in turns if turn.seq >= since))
    if plan == "instead" and not elsewhere and drawn != "unwilling":
        return parted("willing" if changed else "unsure", everyday("instead"))
    doubts = last in _GAVE_WAY and plan != "instead"
    if said_yes and plan != "decided" and drawn != "unwilling" and not doubts and not hurt:
        return parted("willing", own("willing") if warm else everyday("instead"))
    if drawn != "willing":
        lead = f"{everyday('second_thoughts')} " if last == "willing" else ""
        return parted(drawn, f"{lead}{own(drawn)}")
    if hurt:
        return parted(drawn, everyday("curt"), "decided")
    words = own(drawn) if warm and plan != "decided" else everyday("instead" if elsewhere else drawn)
    # A yes to what was decided over their head sounds as unwilling as they are.
    told_to = any(_told(turn) for turn in turns)
    against = plan == "decided" and told_to and not warm and state.willingness < _OF_THEIR_OWN
    if last not in _GAVE_WAY and plan == "decided" and not warm and came_for_it(scenario):
        return parted(drawn, everyday("got_it", "parting_willing"), "decided")
    if last not in _GAVE_WAY and not against:
        return parted(drawn, words)
    insisted = any(turn.seq >= since and _orders(turn) for turn in turns)
    if insisted and (plan == "decided" or not warm):
        return parted(drawn, f"{everyday('gave_in')} {everyday(drawn)}", "decided")
    cause = _what_changed_it(turns, since)
    if cause is None or brings_up(turns[-1]):
        return parted("unsure", own("unsure"))  # Who has just brought up something more has not come round.
    return parted(drawn, f"{everyday(f'came_round_{cause}')} {words}")
