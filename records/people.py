"""Who asks, and what each role may do with whose visit. Everything that is not granted here is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["trainee", "educator", "administrator"]
ROLES: tuple[Role, ...] = ("trainee", "educator", "administrator")
Act = Literal["read", "write", "delete", "export", "weigh"]
Whose = Literal["own", "other"]

MAY: frozenset[tuple[Role, Act, Whose]] = frozenset(
    [(role, act, "own") for role in ROLES for act in ("read", "write", "delete", "export")]
    # Keeping only as long as needed is an administrator's duty, so they can delete what they cannot read.
    + [("administrator", "delete", "other")]
    # A level that somebody set themselves is given so that the scorer may learn; they are told so where they set it.
    + [("educator", "export", "other"), ("administrator", "export", "other")]
    # Trainees are told before a visit that whoever teaches may read the replies on which two raters stand far apart.
    + [("educator", "weigh", "own"), ("educator", "weigh", "other")]
)
"""What is allowed. Practice is private: nobody reads another person's visit, whatever their role. `export` is for the
replies alone to which a person set a level of their own, or on which two raters stand far apart; `weigh` is to read
the latter and set a level beside them. Neither gives names or ids of people or visits."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf the records are asked. Every query takes one."""

    id: str
    """An opaque id; never a name or an address."""
    role: Role = "trainee"

    def may(self, act: Act, owner: str) -> bool:
        """Return True if this person may do this with a visit of that owner."""
        return (self.role, act, "own" if owner == self.id else "other") in MAY
