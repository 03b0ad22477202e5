"""Reading a model's rating: one JSON object, exactly the fields asked for, nothing guessed. Else it cannot be read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from scoring.scorecard import SKILLS, Skill

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELDS = ("reason", "quotes", "called_for", "level")
_LONGEST = 2000
_MOST_QUOTES = 20


class Unreadable(ValueError):
    """An answer that is no rating, with what is wrong with its form in one sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One skill as the model rated it; the quotes are not yet looked for in the reply."""

    reason: str
    quotes: tuple[str, ...]
    called_for: bool
    level: int | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A whole answer."""

    skills: dict[Skill, Verdict]
    addressed_to_rater: tuple[str, ...]


def read_verdicts(text: str) -> Verdicts:
    """Read an answer.

    Fences and words around the object are passed over. A number written as text is refused, not guessed.

    Raises:
        Unreadable: there is no rating in it, or more than one, or it is not exactly as asked.
    """
    found = [one for one in _objects(text) if any(skill in one for skill in SKILLS)]
    if not found:
        raise Unreadable("There is no JSON object with the three skills in it.")
    if len(found) > 1:
        raise Unreadable("There is more than one rating in it.")
    rating = found[0]
    wanted = {"addressed_to_rater", *SKILLS}
    if set(rating) != wanted:
        odd = ", ".join(sorted(map(str, set(rating) ^ wanted)))
        raise Unreadable(f"The fields are not exactly those asked for: {odd[:200]}.")
    return Verdicts(
        {skill: _verdict(rating[skill], skill) for skill in SKILLS},
        _texts(rating["addressed_to_rater"], "addressed_to_rater"),
    )


def _verdict(value: Any, skill: Skill) -> Verdict:
    if not isinstance(value, dict) or set(value) != set(_FIELDS):
        raise Unreadable(f"{skill} must be an object with exactly the fields {', '.join(_FIELDS)}.")
    level = value["level"]
    if level is not None and (type(level) is not int or not 0 <= level <= 4):
        raise Unreadable(f"The level of {skill} must be 0, 1, 2, 3, 4 or null.")
    if type(value["called_for"]) is not bool:
        raise Unreadable(f"called_for of {skill} must be true or false.")
    reason = value["reason"]
    if not isinstance(reason, str) or not reason.strip() or len(reason) > _LONGEST:
        raise Unreadable(f"The reason of {skill} must be one plain sentence.")
    if level is None and value["called_for"]:
        raise Unreadable(f"{skill} is called for and has no level.")
    return Verdict(" ".join(reason.split()), _texts(value["quotes"], f"quotes of {skill}"), value["called_for"], level)


def _texts(value: Any, what: str) -> tuple[str, ...]:
    good = isinstance(value, list) and len(value) <= _MOST_QUOTES
    if not good or not all(isinstance(one, str) and one.strip() and len(one) <= _LONGEST for one in value):
        raise Unreadable(f"{what} must be a list of texts.")
    return tuple(value)


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield every JSON object that stands in a text by itself."""
    decoder = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_no_constant)
    at = text.find("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            end = at + 1
        except RecursionError:
            return
        else:
            if isinstance(value, dict):
                yield value
        at = text.find("{", end)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Unreadable("A field is there twice.")
    return made


def _no_constant(name: str) -> NoReturn:
    raise Unreadable(f"{name} is not a number.")
