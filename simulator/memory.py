"""What the patient remembers of this visit: what was said, asked, hinted at, stepped over."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from simulator.scenario import Moment, Scenario
    from simulator.turn import PlanHeard


_HEAVY_FOR = 2
"""Turns for which something heavy stays in the air."""


@dataclass
class Stepped:
    """What the patient said and the clinician passed over."""

    subject: str
    """What it was about, as the patient would put it; empty where the scenario does not say."""
    seq: int
    confided: bool = False
    """Something that was confided, not merely said."""


@dataclass
class Memory:
    """What the patient remembers. Changed in place, turn by turn."""

    scenario: Scenario
    seq: int = 0
    moment_at: int = -1
    """Index of the moment last said; -1 where the opening was none."""
    replies_since_moment: int = 0
    answered: dict[str, set[str]] = field(default_factory=dict)
    """Topics answered so far, and how openly."""
    answered_last: tuple[str, int] = ("", -9)
    """The topic last answered, and the turn in which it was."""
    hinted: dict[str, int] = field(default_factory=dict)
    held_back: dict[str, int] = field(default_factory=dict)
    """Concerns that a question came close to and that were not said then, by the turn in which it was."""
    begun: dict[str, int] = field(default_factory=dict)
    """Concerns of which the beginning was said, by the turn in which it was."""
    disclosed: list[str] = field(default_factory=list)
    just_told: str | None = None
    """The concern said in the patient's last words."""
    danger: str | None = None
    """The concern about safety that was said and whose first answer is still open."""
    stepped: Stepped | None = None
    returned: int = 0
    asked: list[str] = field(default_factory=list)
    """The patient's own questions that were put."""
    waiting: str | None = None
    """The own question put in the patient's last words."""
    owed: tuple[str, int] = ("", -9)
    """The own question that was gone past without a word of theirs about it, and the turn in which it was."""
    left_of_list: tuple[tuple[str, ...], int] = ((), -9)
    """What is left to answer of a list of short topics, and the turn in which it was asked or offered last."""
    evaded: str | None = None
    insults: int = 0
    harsh: int = 0
    """Times that they were insulted, blamed or looked down on, since somebody was last sorry for it."""
    silences: int = 0
    bare_questions: int = 0
    """Replies in a row that asked and gave nothing back."""
    heard_times: int = 0
    """Replies that met what they said; a reply that hurts takes some of them back."""
    replies: list[str] = field(default_factory=list)
    last_reaction: str = ""
    chose: Literal["", "plan", "instead"] = ""
    """What they picked when several ways were put to them: what is on the table, or another way."""
    taken_up: set[str] = field(default_factory=set)
    """Concerns that were told, and answered since by what was said or offered."""
    leaning: str = ""
    """How willing they sounded when they last spoke of a plan; empty where they have not."""
    plan_raised: bool = False
    """Treatment has been talked about."""
    last_question_seq: int = -9
    led_over_seq: int = -9
    """The reply after which a word last led over to something new."""
    rushed_at: int = -9
    """The turn of the last remark on being passed over."""
    lost_at: int = -9
    """The turn in which they last said that they could not follow."""
    lost_way: str = ""
    """What they last did when they were lost."""
    spoke_of_it: bool = False
    """They have taken up what a ramble said of medicines."""
    let_tell_at: int = -9
    """The turn in which they last said that they would hear something."""
    told_at: int = -9
    """The turn of the last concern said."""
    grave_at: int = -9
    """The turn in which danger was last asked about."""
    alone_at: int | None = None
    """The turn in which whoever sat in with the patient was asked to step out; None while they are there."""
    noticed_at: int = 0
    """The turn in which it was last seen that somebody sits in who listens."""
    word_alone_asked: bool = False
    """They have let the clinician see that there is something for their ears alone."""
    put_right: set[str] = field(default_factory=set)
    """What was taken for granted and is not so, of which they have said that."""
    said_last: tuple[str, ...] = ()
    """The acts of what they said last."""
    let_lie_told: bool = False
    """They have said that something they confided was gone past."""
    moments_said: set[int] = field(default_factory=set)
    """Indices of the moments said."""
    touched: set[str] = field(default_factory=set)
    """Concerns at whose being touched on in an explanation they have looked up."""
    plans: list[PlanHeard] = field(default_factory=list)
    """What plan each reply named, as it is kept on the turns."""
    picked: PlanHeard | None = None
    """The way that they pick in this turn, where several were put to them."""
    settled_on: PlanHeard | None = None
    """The plan that was put to them last as what will be done, or that they picked last."""
    offered: tuple[str, ...] = ()
    """The ways last put to them to choose from."""
    in_order: bool = False
    """True where every moment is said in its turn, as in a scenario's own two visits."""
    seed: int = 0
    """What one visit with this patient differs by from another."""
    added: set[int] = field(default_factory=set)
    """Indices of the moments about which they have said more."""
    own_at: int = 0
    """The turn in which they last said something of their own that nobody had asked for."""
    heard: str = ""
    """Their own last words, to which the reply at hand was made."""
    in_words: list[frozenset[str]] = field(default_factory=list)
    """What each sentence said so far in this visit is about, by its telling words."""

    @property
    def moment(self) -> Moment | None:
        """The moment that the talk is about, until the next one is said."""
        return self.scenario.moments[self.moment_at] if self.moment_at >= 0 else None

    @property
    def plan_named(self) -> bool:
        """True once a plan has been put to them by name: what is on the table, another way, or waiting."""
        return any(one.named != "none" for one in self.plans)

    @property
    def overtaken(self) -> bool:
        """True while what was on the table has been dropped for another way."""
        return self.settled_on is not None and self.settled_on.elsewhere

    @property
    def waiting_moments(self) -> list[int]:
        """Indices of the moments that could be said, in order; a door to what has been confided is not opened again.

        What waits until they are alone is passed by while somebody listens, and come back to when they have gone.
        """
        left = []
        for at, moment in enumerate(self.scenario.moments):
            if at in self.moments_said or at == self.moment_at or (self.in_order and at < self.moment_at):
                continue
            moot = moment.only_alone if self.overheard else moment.only_accompanied and self.alone_at is not None
            moot = moot or (moment.on_the_plan and self.overtaken)
            if self.in_order or not (moot or moment.leads_to in self.disclosed):
                left.append(at)
        return left

    @property
    def next_at(self) -> int | None:
        """Index of the moment to be said next, if they are said in their order."""
        return next(iter(self.waiting_moments), None)

    def chance(self, what: str) -> float:
        """Return a number from 0 up to 1, the same for this patient, visit, turn and purpose."""
        return self.nature(f"{self.seq}/{what}")

    def nature(self, what: str) -> float:
        """Return a number from 0 up to 1, the same for this patient, visit and purpose."""
        return random.Random(f"{self.scenario.id}/{self.seed}/{what}").random()

    @property
    def overheard(self) -> bool:
        """True while somebody sits in who has not been asked to step out."""
        return self.scenario.companion is not None and self.alone_at is None

    @property
    def next_moment(self) -> Moment | None:
        """The moment that has not been said yet, if there is one."""
        return None if self.next_at is None else self.scenario.moments[self.next_at]

    @property
    def leaves_something(self) -> bool:
        """True if they go with something on the tip of their tongue.

        Who has confided something goes lighter, unless they have hinted at more since.
        """
        left = [c.id for c in self.scenario.concerns if c.id not in self.disclosed]
        since = max((self.hinted.get(one, -9) for one in left), default=-9)
        return bool(left) and (not self.disclosed or since > self.told_at)

    @property
    def alone(self) -> bool:
        """True once whoever sat in has gone: from the turn after they were asked to."""
        return self.alone_at is not None and self.seq > self.alone_at

    @property
    def heavy(self) -> bool:
        """True close to something confided or a question about danger, where nobody is wry."""
        return self.seq - max(self.told_at, self.grave_at) <= _HEAVY_FOR

    @property
    def answers_moment(self) -> bool:
        """True if the reply at hand is the first one after the moment was said."""
        return self.moment is not None and self.replies_since_moment == 0
