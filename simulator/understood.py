"""What the patient made of a reply, as the rest of the simulator reads it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.everyday import topics


@dataclass(frozen=True, slots=True)
class Understood:
    """What the patient made of a reply."""

    acts: frozenset[str] = frozenset()
    """Names out of said.yaml, and silence, gibberish, other_language, long_speech, wandering, nods."""
    asked: tuple[str, ...] = ()
    """Topics asked about, in order."""
    touched: frozenset[str] = frozenset()
    """Topics named anywhere, asked or not."""
    concerns: tuple[str, ...] = ()
    """Concerns of the scenario whose words were named."""
    proposals: tuple[str, ...] = ()
    plan: bool = False
    """The reply winds up a plan."""
    invites: bool = False
    """The reply leaves room for whatever there is."""
    questions: int = 0
    only_asks: bool = False
    """Nothing but questions was said."""
    gives_back: bool = False
    """A question was none ("So you're scared of it?"): something was given back."""
    wants_yes_or_no: bool = False
    """The last question asks for a yes or a no."""
    words: int = 0
    vaguely: tuple[str, ...] = ()
    """Those of the concerns of which nothing was named but words that ask for more of anything ("what happened")."""
    checked: tuple[str, ...] = ()
    """Topics of which something was only to be confirmed ("So you're sleeping fine?")."""
    turned: frozenset[str] = frozenset()
    """Topics that were asked about the other way round: a plain no would say the opposite."""
    lists: bool = False
    """A question was a list of things, each asked about in its own right ("any allergies, other meds, pain?")."""

    or_else: tuple[tuple[str, str], ...] = ()
    """For a topic that was asked about, what else the question may have been about."""
    certainly: frozenset[str] = frozenset()
    """Topics that were asked about for all that is known: nothing else came near them."""

    @property
    def directs(self) -> bool:
        """True if the reply tells the patient what to do or puts something on the table."""
        return "directs" in self.acts or bool(self.proposals)

    @property
    def asks_safety(self) -> bool:
        """True if the reply asks about danger."""
        return any(name in topics() and topics()[name].safety for name in self.asked)

    def any_act(self, *names: str) -> bool:
        """Return True if one of the acts was made."""
        return any(name in self.acts for name in names)
