"""Names as the pages show them. The rubric's own wording comes from the scorer; the rest is the pages' own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring import SKILLS, rubric
from ui.language import N_, _, ngettext, worded

if TYPE_CHECKING:
    from datetime import datetime

    from scoring import Scorecard, Skill

__all__ = ["SKILLS"]

_DECISIONS = {
    "willing": (N_("%(name)s left willing to go on with it."), N_("willing")),
    "unsure": (N_("%(name)s left undecided."), N_("undecided")),
    "unwilling": (N_("%(name)s left not wanting it."), N_("not willing")),
}
_FOUR_WEEKS = {
    "kept": N_("kept to it"),
    "halved": N_("took about half of it"),
    "stopped_told": N_("stopped, and said so"),
    "stopped_hidden": N_("stopped, and told nobody"),
    "tried_later": N_("had not said yes, and came to it later"),
    "changed_plan": N_("on another plan, made together"),
    "other_way": N_("on the other way that was agreed on"),
    "nothing_agreed": N_("as before, since nothing was agreed"),
}
_SPEAKS = {"en": N_("speaks English"), "es": N_("speaks Spanish")}
_DIFFICULTY = {1: N_("gentle"), 2: N_("middling"), 3: N_("hard")}
_QUANTITY = {"trust": N_("trust"), "heard": N_("feeling heard"), "willingness": N_("willingness")}
_LANES = {"rushed": N_("Rushed prescriber"), "collaborative": N_("Collaborative prescriber"), "you": N_("You")}


def skill_name(skill: Skill) -> str:
    """Return the skill's name as the rubric shows it."""
    return worded(rubric().skills[skill].name)


def skill_meaning(skill: Skill) -> str:
    """Return what the skill is, in the rubric's sentence."""
    return worded(rubric().skills[skill].means)


def level_name(skill: Skill, level: int) -> str:
    """Return what the rubric calls a level, 0–4."""
    return worded(rubric().skills[skill].levels[level].name)


def own_level(skill: Skill, level: int | None) -> str:
    """Return a level as a person sets it: its number and name, or that the skill was not called for."""
    if level is None:
        return _("not called for here")
    return _("%(level)s of 4, %(name)s", level=level, name=level_name(skill, level))


def move_label(move: str) -> str:
    """Return a move's name in plain language."""
    return worded(rubric().moves[move].label)


def one_tip(card: Scorecard) -> str:
    """Return the one thing to try: that of the lowest level called for; empty where all stood at the top."""
    rated = [card[skill] for skill in SKILLS if card[skill].level is not None and card[skill].try_this]
    return min(rated, key=lambda one: one.level or 0).try_this if rated else ""


def decision(key: str, name: str) -> str:
    """Return what the patient decided, as a sentence."""
    return _(_DECISIONS[key][0], name=name) if key in _DECISIONS else ""


def decision_short(key: str) -> str:
    """Return what the patient decided, in a word or two."""
    return _(_DECISIONS[key][1]) if key in _DECISIONS else ""


def four_weeks(key: str) -> str:
    """Return what became of the plan, in a few words."""
    return worded(_FOUR_WEEKS.get(key, key))


def difficulty(level: int) -> str:
    """Return how hard a patient is to reach, in a word."""
    return _(_DIFFICULTY[level])


def speaks(language: str) -> str:
    """Return which language a patient speaks."""
    return worded(_SPEAKS.get(language, language))


def quantity(key: str) -> str:
    """Return the name of one of the patient's three numbers."""
    return worded(_QUANTITY.get(key, key))


def lane(label: str) -> str:
    """Return whose visit a lane is."""
    return worded(_LANES.get(label, label))


def replies(count: int) -> str:
    """Return a number of replies, in words that agree."""
    return ngettext("%(num)s reply", "%(num)s replies", count)


_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def day(moment: datetime) -> str:
    """Return a day as people write it, the same on every platform."""
    # A day: put its parts into the order of your language.
    return _("%(day)s %(month)s %(year)s", day=moment.day, month=_(_MONTHS[moment.month - 1]), year=moment.year)


def decimal(value: float) -> str:
    """Return a number with one decimal."""
    whole, part = f"{value:.1f}".split(".")
    # A number with its decimal mark, such as 1.5.
    return _("%(whole)s.%(part)s", whole=whole, part=part)


def percent(value: float) -> str:
    """Return a share 0–1 as a percentage."""
    # A percentage, such as 74%.
    return _("%(number)s%%", number=f"{value * 100:.0f}")
