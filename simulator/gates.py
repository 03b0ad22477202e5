"""When a concern is said out loud. A gate opens on trust, a fitting move and a reason; a hint comes first.

A concern whose gate is closed never enters any text: only this module hands out `hint` and `says`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from simulator.everyday import topics
from simulator.reactions import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scoring.scorecard import Reading
    from simulator.scenario import Concern, Moment, Scenario
    from simulator.understanding import Understood

USUAL_MOVES: tuple[str, ...] = ("open_question", "asks_permission", "elicits_preference", "checks_safety")
"""What opens a gate that names no moves; a plain question about its words does, too."""
_HINT_LASTS = 2
"""Turns for which a hint stays in the air."""
_HINT_WITHIN = 12
"""Points of trust below the gate from which something may slip out."""
_HINT_EVERY = 3
"""Turns between two hints."""
_FIRST_HINT_UNASKED = 4
"""The turn from which something may slip out only because room is made for it."""
_NO_ROOM = (
    "teach_back", "insult", "improper", "gibberish", "instructions", "wandering", "blames", "threatens", "dismisses",
)  # fmt: skip
"""Acts of a reply to which nobody confides anything."""
_MEETS = (
    "acknowledges",
    "legitimises",
    "affirms",
    "supports",
    "apologises",
    "complex_reflection",
    "double_sided_reflection",
)
"""Moves that make room for more than what is asked after them."""
_WEIGHS = frozenset(["fears", "worse"])
_OF_RELATIVES = ("family_history",)
"""What a question is about that is only about relatives, whatever it names ("Has anyone had bipolar disorder?")."""
_KINDLY = 3
"""Replies that met what they said from which a question about it is enough, however it is put."""
_LATE = 7
"""The reply from which a question whether there is more may bring out what was not even hinted at."""
_NEVER = -9
_BREATH = 2
"""Turns after something was said before the next thing is."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a reply brought out: a concern said, or a hint of one."""

    concern: Concern
    kind: Literal["says", "hint"]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the gates are judged by: the reply, and where the talk stands."""

    reading: Reading
    understood: Understood
    trust: float
    moment: Moment | None
    """The moment that the talk is about, until the next one."""
    hinted: Mapping[str, int]
    """Concerns hinted at, by the turn in which it was."""
    seq: int
    hurt: bool
    """The reply hurts; nobody confides in that breath."""
    told_at: int
    """The turn of the last concern said."""
    disclosed: Sequence[str]
    near: Mapping[str, tuple[str, ...]]
    """Topics by the concerns that they come close to."""
    beside: frozenset[str] = frozenset()
    """Concerns beside whose topic something else was asked that has an answer of its own, not given yet."""
    held_back: Mapping[str, int] = field(default_factory=dict)
    """Concerns that a question came close to before and that were not said then, by the turn in which it was."""
    leaves_room: bool = False
    """They were asked what it has been like, or what to know, so openly that something may slip out."""
    heard_times: int = 0
    """Replies so far that met what they said."""
    shy_of: frozenset[str] = frozenset()
    """Concerns that are hinted at before they are said, unless the reply asks about them."""


def trust_for(concern: Concern, heard_times: int) -> float:
    """Return the trust from which a concern is said to somebody who has met what they said so many times."""
    rule = table()["gates"]
    eased = rule["eased_by"] * max(0, heard_times - rule["from"] + 1)
    return concern.opens_when.trust - float(min(rule["most"], eased))


def asks_what_weighs(understood: Understood) -> bool:
    """Return True if they are asked what they fear or what is worst: what they have hinted at is an answer to that."""
    return not _WEIGHS.isdisjoint(understood.asked)


def touches(hearing: Hearing, concern: Concern) -> bool:
    """Return True if the reply names the concern's words or asks about something close to it."""
    heard = hearing.understood
    asked_near = any(concern.id in hearing.near.get(topic, ()) for topic in heard.asked)
    spoken_near = concern.id in hearing.hinted or (hearing.heard_times >= _KINDLY and not hearing.disclosed)
    asked_near = asked_near or (concern.danger is None and spoken_near and asks_what_weighs(heard))
    # A question about the belly may read like one about danger; what was asked about is what counts.
    asks_safety = heard.asks_safety or not heard.asked
    if concern.danger is not None and heard.any_act("anothers_life") and not heard.asks_safety:
        return False  # "Any suicide in the family?" asks about the family.
    if heard.asked == _OF_RELATIVES and not asked_near and heard.only_asks:
        return False
    safety = concern.danger is not None and asks_safety and hearing.reading.does("checks_safety")
    return concern.id in heard.concerns or asked_near or safety


def _move_made(hearing: Hearing, concern: Concern) -> bool:
    """Return True if the reply does what the gate waits for, or asks about it who has met them again and again."""
    asked = hearing.understood.questions > 0 and touches(hearing, concern)
    if concern.opens_when.any:
        kindly = hearing.heard_times >= _KINDLY
        kindly = kindly and (asked or (_asks_for_the_rest(hearing) and concern.danger is None))
        return kindly or hearing.reading.does(*concern.opens_when.any)
    return asked or hearing.reading.does(*USUAL_MOVES)


def _asks_for_the_rest(hearing: Hearing) -> bool:
    """Return True if they are asked late whether there is more, and nothing is out yet: it is now or not at all."""
    heard = hearing.understood
    asks = heard.any_act("anything_else", "want_known") or heard.invites
    of_one_thing = not topics(hearing.reading.language).keys().isdisjoint(heard.asked)  # "Anything else you take?"
    asks = asks and heard.questions > 0 and not (heard.proposals or of_one_thing)
    return asks and hearing.seq >= _LATE and not hearing.disclosed


def _led_to(hearing: Hearing, concern: Concern) -> bool:
    return hearing.moment is not None and hearing.moment.leads_to == concern.id


def _invited(hearing: Hearing) -> bool:
    return hearing.reading.does("asks_permission") or (
        hearing.understood.invites and hearing.reading.does("open_question", "elicits_preference")
    )


def _hint_in_the_air(hearing: Hearing, concern: Concern) -> bool:
    """Return True if the reply may be taking up a hint: it is fresh and nothing else is asked, or room is made."""
    given = max(hearing.hinted.get(concern.id, _NEVER), hearing.held_back.get(concern.id, _NEVER))
    if given == _NEVER or hearing.understood.proposals or hearing.reading.does("offers_options", "agrees_plan"):
        return False
    fresh = hearing.seq - given <= _HINT_LASTS and not hearing.understood.asked
    # What is about danger is not confided in answer to any open question that happens along.
    return fresh if concern.danger is not None else _invited(hearing) or fresh


def _about_the_hint(hearing: Hearing) -> bool:
    """Return True for a bare "how do you feel about what happened" right after a hint: it asks about the hint."""
    heard = hearing.understood
    just_hinted = any(hearing.seq - given == 1 for given in hearing.hinted.values())
    return just_hinted and heard.only_asks and not heard.asked and heard.any_act("feeling_asked", "tell_me_more")


def opening(scenario: Scenario, hearing: Hearing) -> Opening | None:
    """Return what the reply brings out, at most one thing; None where every gate stays shut.

    A reply that hurts in the same breath opens nothing. The concern that the live moment leads to comes first, then
    those whose words were named, then those hinted at before, then the others in the scenario's order.
    """
    if hearing.hurt or hearing.understood.any_act(*_NO_ROOM):
        return None
    closed = [c for c in scenario.concerns if c.id not in hearing.disclosed]
    if _about_the_hint(hearing):
        named = set(hearing.understood.concerns) - set(hearing.understood.vaguely)
        closed = [c for c in closed if hearing.seq - hearing.hinted.get(c.id, -9) == 1 or c.id in named]
    closed.sort(key=lambda c: (not _led_to(hearing, c), not touches(hearing, c), -hearing.hinted.get(c.id, 0)))
    hint = None
    rested = all(hearing.seq - given >= _HINT_EVERY for given in hearing.hinted.values())
    breath = hearing.seq - hearing.told_at >= _BREATH
    # Who is plainly asked about something else answers that, and confides when there is room.
    plain = hearing.understood.only_asks or not hearing.reading.does(*_MEETS)
    elsewhere = plain and bool(hearing.understood.asked)
    for concern in closed:
        touched = touches(hearing, concern)
        needed = trust_for(concern, hearing.heard_times)
        if concern.danger is not None and hearing.understood.asked and not touched:
            continue
        near = touched or _led_to(hearing, concern)
        hinted = concern.id in hearing.hinted
        in_the_air = _hint_in_the_air(hearing, concern)
        may_hint = rested and (near or hearing.seq >= _FIRST_HINT_UNASKED)
        room = hearing.leaves_room and concern.danger is None
        rest = _asks_for_the_rest(hearing) and concern.danger is None and hearing.heard_times >= _KINDLY
        if not (near or in_the_air or room or rest or _invited(hearing)) or not _move_made(hearing, concern):
            continue
        led = _led_to(hearing, concern)
        due = led or (breath and (near or in_the_air or rest))
        shy = concern.id in hearing.shy_of and may_hint and not (touched and hearing.understood.questions) and not rest
        spoken_to = touched and concern.id not in hearing.beside
        if hearing.trust >= needed and due and (spoken_to or rest or not elsewhere) and not shy:
            return Opening(concern, "says")
        if not hinted and hint is None and may_hint and hearing.trust >= needed - _HINT_WITHIN:
            hint = Opening(concern, "hint")
    return hint
