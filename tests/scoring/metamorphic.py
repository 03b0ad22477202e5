"""What a change to a reply may do to its levels: the cases of each rule, and those where the scorer breaks it.

A case is one changed reply. Rules are strict; where the scorer breaks one, the case is named in
``known_exceptions.yaml``, so that nothing new slips in. ``python -m tests.scoring.metamorphic_report`` prints the rates.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import yaml

from scoring import SKILLS, Skill
from tests.scoring.base_replies import Base, Levels, bases, levels
from tests.scoring.transformations import (
    ADDED,
    AT_MOST_ONE,
    HIDDEN,
    TWICE,
    UNCHANGED,
    Change,
    lower_first,
    names_swapped,
    pronouns_swapped,
    words_changed,
)

KNOWN = Path(__file__).with_name("known_exceptions.yaml")
TEXTS = yaml.safe_load(Path(__file__).with_name("metamorphic.yaml").read_text(encoding="utf-8"))
Wrong = Callable[[int | None, int | None], bool]
"""Whether a level breaks the rule, given the level before and after."""


class Case(NamedTuple):
    """One changed reply: its rule, the name of the change, the base it was made from, and what would be wrong."""

    rule: str
    change: str
    base: str
    patient: str
    reply: str
    before: Levels
    wrong: Wrong
    skills: tuple[Skill, ...] = SKILLS


class Violation(NamedTuple):
    """A level that breaks a rule."""

    rule: str
    change: str
    base: str
    skill: str
    before: int | None
    after: int | None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what names it in the list of known exceptions: the levels may differ from fit to fit."""
        return self[:4]


def differs(before: int | None, after: int | None) -> bool:
    """Say whether the level is another."""
    return before != after


def differs_by_more_than_one(before: int | None, after: int | None) -> bool:
    """Say whether the levels are further apart than one; null counts as near to 0 and 1 alone."""
    if before is None or after is None:
        return before != after and max(before or 0, after or 0) > 1
    return abs(before - after) > 1


def rises(before: int | None, after: int | None) -> bool:
    """Say whether the level is a gain; from null to 0 is none."""
    return (-1 if after is None else after) > max(-1 if before is None else before, 0)


def stays_up(before: int | None, after: int | None) -> bool:
    """Say whether a level that must fall to the floor, or near it, has not: it falls, and to 1 at most."""
    return before is not None and (after is None or after > 1 or after > max(before - 1, 0))


def does_not_fall(before: int | None, after: int | None) -> bool:
    """Say whether a level of 2 and more has stayed, or a lower one risen."""
    after = -1 if after is None else after
    return after >= before if before is not None and before >= 2 else after > max(before or 0, 0)


def above(most: int, _: int | None, after: int | None) -> bool:
    """Say whether the level is more than the most it may be."""
    return after is not None and after > most


above_floor: Wrong = partial(above, 1)
"""Levels 0 and 1 are the floor: following, and polite passing over, earn a 1."""


def anything_goes(_before: int | None, _after: int | None) -> bool:
    """Say that no level is wrong: the reply has only to be rated without a crash."""
    return False


def some_of(name: str, every: int) -> tuple[Base, ...]:
    """Return one in so many base replies, which ones told by the change's name: another change takes others.

    Changes that make a reply longer take longer to rate; this keeps the whole suite short.
    """
    return bases()[zlib.crc32(name.encode()) % every :: every]


def changed(
    rule: str, changes: dict[str, Change], wrong: Wrong, every: int = 1, patient_too: bool = False
) -> Iterator[Case]:
    """Yield the base replies that a change alters."""
    for name, change in changes.items():
        for base in some_of(name, every):
            reply, patient = change(base.reply), change(base.patient) if patient_too else base.patient
            if (reply, patient) != (base.reply, base.patient):
                before = levels(base.reply, base.patient)
                yield Case(rule, name, base.id, patient, reply, before, wrong)


def unchanged() -> Iterator[Case]:
    """Yield what must change nothing: the look of the words, spelling, names, pronouns, order, filler."""
    yield from changed("unchanged", UNCHANGED, differs)
    swaps: dict[str, Change] = {"names swapped": names_swapped, "pronouns swapped": pronouns_swapped}
    yield from changed("unchanged", swaps, differs, patient_too=True)
    called: dict[str, Change] = {
        f"called {name}": (lambda t, name=name: f"{name}, {lower_first(t)}") for name in TEXTS["called"]
    }
    yield from changed("unchanged", called, differs, every=len(called))


def at_most_one() -> Iterator[Case]:
    """Yield what may cost or win a level and no more: typing slips, grammar, dialect, other words for the same."""
    yield from changed("at most one", AT_MOST_ONE, differs_by_more_than_one)
    by_id = {base.id: base for base in bases()}
    for name, reply in TEXTS["paraphrases"].items():
        base = by_id[name]
        before = levels(base.reply, base.patient)
        yield Case("at most one", "paraphrase", name, base.patient, reply, before, differs_by_more_than_one)


def never_up() -> Iterator[Case]:
    """Yield what must never win a level: repetition, hidden letters, padding, words to the rater or of somebody else."""
    yield from changed("never up", HIDDEN, rises, every=4)
    yield from changed("never up", TWICE, rises, every=4)
    for theme, changes in ADDED.items():
        yield from changed("never up", {f"{theme}: {name}": change for name, change in changes.items()}, rises, every=4)


def down() -> Iterator[Case]:
    """Yield what must cost: arguing with the feeling, negation, an ultimatum, the validating clause taken out."""
    for name, tail in TEXTS["feeling denied"].items():
        for base in some_of(name, 2):
            before = levels(base.reply, base.patient)
            yield Case("down", name, base.id, base.patient, f"{base.reply} {tail}", before, stays_up, ("validation",))
    for base in bases():
        before, negated = levels(base.reply, base.patient), words_changed(base.reply, TEXTS["negations"])
        if negated != base.reply and (before["validation"] or 0) >= 2:
            yield Case("down", "negated", base.id, base.patient, negated, before, does_not_fall, ("validation",))
        for name, tail in TEXTS["coerced"].items():
            if (before["sdm"] or 0) >= 2 or name in TEXTS["coerced without options"]:
                reply = f"{base.reply} {tail}"
                yield Case("down", name, base.id, base.patient, reply, before, partial(above, 0), ("sdm",))
        clause = TEXTS["only validating clause"].get(base.id, "")
        if clause and (before["validation"] or 0) >= 2:
            reply = " ".join(base.reply.replace(clause, "").split())
            yield Case("down", "clause removed", base.id, base.patient, reply, before, does_not_fall, ("validation",))


def floor() -> Iterator[Case]:
    """Yield what earns next to nothing: keywords, the patient's words copied, a good reply meant for someone else."""
    for name, words in {**ADDED_KEYWORDS, **TEXTS["keywords alone"]}.items():
        for base in some_of(name, 10):
            yield Case("floor", f"keywords alone: {name}", base.id, base.patient, words, {}, above_floor)
    copies: dict[str, Change] = {
        "copied": str,
        "copied in capitals": str.upper,
        "copied in quotes": lambda t: f'"{t}"',
        "copied twice": lambda t: f"{t} {t}",
    }
    for name, copy in copies.items():
        for base in some_of(name, len(copies)):
            yield Case("floor", name, base.id, base.patient, copy(base.patient), {}, above_floor)
    everyone = bases()
    for number, base in enumerate(everyone):
        if (levels(base.reply, base.patient)["reflection"] or 0) < 3:
            continue
        for plain in TEXTS["plain patients"]:
            name = f"pasted under: {plain}"
            yield Case("floor", name, base.id, plain, base.reply, {}, partial(above, 3), ("reflection",))
        for step in (7, 43):
            other = everyone[(number + step) % len(everyone)]
            if other.patient != base.patient:
                name = f"pasted under: {other.id}"
                yield Case("floor", name, base.id, other.patient, base.reply, {}, partial(above, 3), ("reflection",))


ADDED_KEYWORDS: dict[str, str] = {name: change("").strip() for name, change in ADDED["keywords"].items()}
LONG = 50_000
"""Letters of the longest input."""


def any_input() -> Iterator[Case]:
    """Yield replies that are no reply in English: nothing, signs, other languages, more letters than anybody types."""
    odd = {name: str(text) for name, text in TEXTS["odd"].items()}
    odd |= {
        "half a letter": "\ud83d \udc00",
        "no letters": "\x00\x07\x1b[31m",
        "only hidden": "\u200b\u2060\ufeff\u202e",
    }
    for theme, texts in {"odd": odd, "language": TEXTS["languages"]}.items():
        for name, text in texts.items():
            for base in some_of(name, 20):
                yield Case("any input", f"{theme}: {name}", base.id, base.patient, text, {}, above_floor)
    one = bases()[0]
    for name, text in TEXTS["long"].items():
        reply = (text * (LONG // len(text) + 1))[:LONG]
        yield Case("any input", f"long: {name}", one.id, one.patient, reply, {}, above_floor)
    reply = (one.patient + " ") * (LONG // len(one.patient))
    yield Case("any input", "long: the patient's words", one.id, one.patient, reply[:LONG], {}, above_floor)
    yield Case("any input", "long: the patient", one.id, reply[:LONG], "Okay. How is the sleep?", {}, anything_goes)


RULES: dict[str, Callable[[], Iterator[Case]]] = {
    "unchanged": unchanged,
    "at most one": at_most_one,
    "never up": never_up,
    "down": down,
    "floor": floor,
    "any input": any_input,
}


@cache
def cases(rule: str) -> tuple[Case, ...]:
    """Return the cases of a rule."""
    return tuple(RULES[rule]())


@cache
def violations(rule: str) -> tuple[Violation, ...]:
    """Rate the cases of a rule and return the levels that break it."""
    found = []
    for case in cases(rule):
        after = levels(case.reply, case.patient)
        found += [
            Violation(case.rule, case.change, case.base, skill, case.before.get(skill), after[skill])
            for skill in case.skills
            if case.wrong(case.before.get(skill), after[skill])
        ]
    return tuple(found)


def known_exceptions(rule: str) -> set[tuple[str, str, str, str]]:
    """Return the violations of a rule that the list names."""
    listed = yaml.safe_load(KNOWN.read_text(encoding="utf-8")).get(rule, {})
    return {(rule, change, *line.split()) for change, lines in listed.items() for line in lines}


def assert_nothing_new(rule: str, *changes: str) -> None:
    """Fail with their names where levels break a rule and the list does not know them; print how many break it.

    The changes looked at are those whose names begin so.
    """
    rated = sum(len(case.skills) for case in cases(rule) if case.change.startswith(changes))
    assert rated, f"no reply is changed by {changes}"
    broken = [violation for violation in violations(rule) if violation.change.startswith(changes)]
    print(f"{rule}, {', '.join(changes)}: {len(broken)} of {rated} levels break the rule")
    known = known_exceptions(rule)
    new = [violation for violation in broken if violation.key not in known]
    assert not new, "\n".join(f"{v.change} | {v.base} | {v.skill}: {v.before} to {v.after}" for v in new)


def assert_every_change_is_tested(rule: str, *lines: tuple[str, ...]) -> None:
    """Fail where a change of the rule belongs to none of the lines that are tested."""
    tested = tuple(change for line in lines for change in line)
    assert not {case.change for case in cases(rule) if not case.change.startswith(tested)}


def assert_list_is_clean(rule: str) -> None:
    """Fail where more than a quarter of the listed exceptions no longer occur: the list must then be written again."""
    listed = known_exceptions(rule)
    gone = listed - {violation.key for violation in violations(rule)}
    assert len(gone) * 4 <= len(listed), (
        f"{len(gone)} of {len(listed)} no longer occur: python -m tests.scoring.metamorphic_report --write-exceptions"
    )
