"""What was made of a text before, for one patient: a visit is played more than once, by a page as by a check.

A check keeps it until the next one, as it keeps ratings: most of what is said to a patient is what was said the time
before, and as long as the patient is asked in the same words and the rules are the same, it is heard the same.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from scoring.kept import Gathered
from simulator.rating import sources
from simulator.understood import Understood

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.scenario import Scenario
    from simulator.understanding import Ear

_MOST = 1024
"""Texts for which it is remembered what was made of them."""
_HERE = Path(__file__).parent
_FIELDS = tuple(one.name for one in fields(Understood))
Made = TypeVar("Made")
ByTopic = dict[str, tuple[str, ...]]
"""Concerns by the topics that lead to them."""
News = tuple[dict[str, Understood], dict[str, frozenset[str]]]
"""What was made of texts since it was last asked for: of replies, and which topics a text names."""


@dataclass(slots=True)
class Before:
    """What was made of texts before."""

    understood: dict[str, Understood] = field(default_factory=dict)
    touched: dict[str, frozenset[str]] = field(default_factory=dict)
    """The topics that a text names."""
    by_topic: tuple[ByTopic, ByTopic] | None = None
    """Which concerns the topics come close to, and which they are the matter of."""
    told: tuple[int, int] = (0, 0)
    """How much of it is no news any more."""

    def news(self) -> News:
        """Return what was made since this was last asked."""
        (replies, texts), self.told = self.told, (len(self.understood), len(self.touched))
        return dict(islice(self.understood.items(), replies, None)), dict(islice(self.touched.items(), texts, None))

    def learn(self, news: News) -> None:
        """Take in what another process has made."""
        self.understood |= news[0]
        self.touched |= news[1]


def looked_up(known: dict[str, Made], text: str, make: Callable[[str], Made]) -> Made:
    """Return what is known of a text or, where nothing is, what is made of it now."""
    made = known.get(text)
    if made is None:
        if len(known) >= _MOST:
            known.clear()
        made = known[text] = make(text)
    return made


@contextmanager
def heard_before(name: str, ear: Ear) -> Iterator[None]:
    """Have a patient hear as they did where this was kept under a name, and keep what they hear meanwhile beside it."""
    gathered = Gathered("heard", name, (*sources(), *_sources()))
    patient, before = _asked_in(ear.scenario), ear.before
    if patient in gathered.table:
        replies, before.touched, before.by_topic = gathered.table[patient]
        before.understood = {reply: Understood(*plain) for reply, plain in replies.items()}
    there = before.told = len(before.understood), len(before.touched)
    yield
    if patient not in gathered.table or there != (len(before.understood), len(before.touched)):
        plain = {reply: tuple([getattr(made, name) for name in _FIELDS]) for reply, made in before.understood.items()}
        gathered.table = {patient: (plain, before.touched, before.by_topic)}
        gathered.keep()


def _sources() -> tuple[Path, ...]:
    """Return all files on which it rests how a text is heard, but for the scenario's own."""
    everyday = _HERE.parent / "scenarios" / "everyday"
    found = (
        *(_HERE.glob(f"*.{ending}") for ending in ("py", "json", "yaml")),
        everyday.glob("*.yaml"),
        everyday.glob("*/*.yaml"),
    )
    return tuple(sorted(path for some in found for path in some))


def _asked_in(scenario: Scenario) -> bytes:
    """Return a digest of all in a scenario on which it rests how its patient hears."""
    facts = [(name, fact.asked_as, fact.asked_like) for name, fact in scenario.facts.items()]
    concerns = [(concern.id, concern.about) for concern in scenario.concerns]
    called = (scenario.patient.name, scenario.companion, scenario.plan_called, scenario.other_ways)
    noted = (scenario.language, scenario.plan_on_the_table, scenario.door_note)
    whole = repr((noted, called, facts, concerns))
    return blake2b(whole.encode(), digest_size=20).digest()
