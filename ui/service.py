"""What the pages may ask for: the library, a visit, a reply, an end, a debrief. Pages know this and nothing below it.

A live encounter is held for each visit in this process and played again from the records whenever it is missing or
another process has gone on with the visit. The records are the truth; what is held here is only quicker.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from records import Actor, Coach, Records, RecordsError, VisitRecord, VisitSummary, clean_text, open_records
from simulator.debrief import Debrief, debrief
from simulator.encounter import MAX_REPLY, Encounter, ReplyRefused
from simulator.loading import SCENARIOS, Library, load_folder, load_text
from ui import second

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.scenario import Scenario
    from simulator.turn import Outcome, Turn

HELD = 200
"""How many live visits this process keeps at hand; the one longest unused is let go first."""


class NotPlayable(RecordsError):
    """The scenario kept with a visit can no longer be read by this version."""

    sentence = (
        "This visit was begun with a scenario that this version of Rapport cannot read any more. "
        "Your words are still kept."
    )


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit as it stands, ready to draw."""

    record: VisitRecord
    scenario: Scenario
    opening: str
    turns: tuple[Turn, ...]
    minutes: float
    """Minutes of the visit used so far, counted by words spoken."""
    outcome: Outcome | None
    retold: bool
    """True where this version's patient answers some reply in other words than were shown at the time."""

    @property
    def ended(self) -> bool:
        """Return True once the visit has ended."""
        return self.record.status == "ended"

    @property
    def next_seq(self) -> int:
        """Return the number that the next reply will have."""
        return len(self.record.replies) + 1


class _Held:
    """A live encounter and the lock that lets one reply at a time into it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.encounter: Encounter | None = None
        self.scenario: Scenario | None = None
        self.retold = False
        self.debrief: Debrief | None = None


class Service:
    """Practising, for the pages. Every method but the library's takes the person."""

    def __init__(self, records: Records, scenarios: Path = SCENARIOS) -> None:
        self.records = records
        self._folder = scenarios
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._lock = threading.Lock()
        self._library: tuple[object, Library] | None = None

    @cached_property
    def longest_reply(self) -> int:
        """The most characters that one reply may have."""
        return MAX_REPLY

    def library(self) -> Library:
        """Return the scenarios and what is wrong with those that are left out; read again when a file changes."""
        try:
            stamp: object = sorted((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in self._folder.iterdir())
        except OSError:
            stamp = None
        with self._lock:
            if self._library is None or self._library[0] != stamp:
                self._library = (stamp, load_folder(self._folder))
            return self._library[1]

    def visits(self, actor: Actor) -> list[VisitSummary]:
        """Return the person's visits, the latest first."""
        return self.records.visits(actor)

    def begin(self, actor: Actor, scenario_id: str, coach: Coach) -> str:
        """Begin a visit and return its id. A later visit to the same patient has a seed of its own."""
        loaded = self.library().scenarios[scenario_id]
        seed = sum(one.scenario_id == scenario_id for one in self.records.visits(actor))
        told = second.at_hand().told
        return self.records.begin(actor, scenario_id, loaded.text, seed, coach, loaded.scenario.title, told)

    def open(self, actor: Actor, visit_id: str) -> OpenVisit:
        """Return a visit as it stands; a reply that still waits for its answer is answered now."""
        record = self.records.visit(actor, visit_id)
        held = self._hold(visit_id)
        with held.lock:
            encounter, scenario = self._live(held, record)
            for reply, turn in zip(record.replies, encounter.turns, strict=False):
                if reply.turn_json is None:
                    self._keep_turn(actor, visit_id, turn)
            ended = record.status == "ended"
            return OpenVisit(
                record=record,
                scenario=scenario,
                opening=encounter.opening,
                turns=tuple(encounter.turns),
                minutes=encounter.minutes,
                outcome=encounter.end() if ended else None,
                retold=held.retold,
            )

    def say(self, actor: Actor, visit_id: str, expected_seq: int, token: str, words: str) -> Turn:
        """Say something to the patient. The words are kept before anything else happens with them.

        Raises:
            ReplyRefused: The words are blank or too long; nothing was kept.
            RecordsError: The words could not be kept, or the visit went on elsewhere or has ended.
        """
        words = clean_text(words)
        if not words.strip() or len(words) > MAX_REPLY:
            Encounter(self.open(actor, visit_id).scenario).reply(words)  # refuses, in its own words
        self.records.commit_reply(actor, visit_id, expected_seq, token, words)
        return self.open(actor, visit_id).turns[expected_seq - 1]

    def set_coach(self, actor: Actor, visit_id: str, coach: Coach) -> None:
        """Turn the coach on or off."""
        self.records.set_coach(actor, visit_id, coach)

    def end(self, actor: Actor, visit_id: str) -> None:
        """End the visit where it stands."""
        visit = self.open(actor, visit_id)
        if visit.ended:
            return
        # A copy ends, so that the visit can go on here if the records say that somebody said more meanwhile.
        copy = Encounter.replay(visit.scenario, visit.record.words, visit.record.seed)
        outcome = json.dumps(copy.end().as_json(), ensure_ascii=False)
        self.records.end(actor, visit_id, outcome, replies=len(visit.record.replies))

    def debrief(self, actor: Actor, visit_id: str) -> tuple[OpenVisit, Debrief]:
        """Return an ended visit and its debrief.

        Raises:
            StillTalking: The visit has not ended.
        """
        visit = self.open(actor, visit_id)
        if not visit.ended:
            raise StillTalking()
        held = self._hold(visit_id)
        with held.lock:
            if held.debrief is None:
                encounter, scenario = self._live(held, visit.record)
                encounter.end()
                held.debrief = debrief(scenario, encounter.played())
            return visit, held.debrief

    def delete(self, actor: Actor, visit_id: str) -> None:
        """Delete a visit and everything said in it."""
        self.records.delete(actor, visit_id)
        with self._lock:
            self._held.pop(visit_id, None)

    def _hold(self, visit_id: str) -> _Held:
        with self._lock:
            held = self._held.setdefault(visit_id, _Held())
            self._held.move_to_end(visit_id)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
            return held

    def _scenario(self, record: VisitRecord) -> Scenario | None:
        """Return the scenario of a visit, as it was when the visit began.

        As long as the library has it so, it is the library's: what is prepared for its patient serves every visit.
        """
        there = self.library().scenarios.get(record.scenario_id)
        if there is not None and there.text == record.scenario_text:
            return there.scenario
        return load_text(record.scenario_text, record.scenario_id)[0]

    def _live(self, held: _Held, record: VisitRecord) -> tuple[Encounter, Scenario]:
        """Return the encounter at exactly the record's replies, going on from what is held where that is possible."""
        words = record.words
        if held.scenario is None:
            held.scenario = self._scenario(record)
        if held.scenario is None:
            raise NotPlayable()
        have = tuple(turn.clinician for turn in held.encounter.turns) if held.encounter else None
        if held.encounter is None or have != words[: len(have or ())]:
            held.encounter = Encounter.replay(held.scenario, words, record.seed)
            shown = [json.loads(one.turn_json).get("patient") if one.turn_json else None for one in record.replies]
            held.retold = any(
                then is not None and then != turn.patient
                for then, turn in zip(shown, held.encounter.turns, strict=False)
            )
        try:
            for reply in words[len(held.encounter.turns) :]:
                held.encounter.reply(reply)
        except BaseException:
            held.encounter = None  # half a turn is no turn: the next one plays the visit again from the records
            raise
        return held.encounter, held.scenario

    def _keep_turn(self, actor: Actor, visit_id: str, turn: Turn) -> None:
        self.records.commit_turn(actor, visit_id, turn.seq, json.dumps(turn.as_json(), ensure_ascii=False))


class StillTalking(RecordsError):
    """There is no debrief before the end."""

    sentence = "This visit is still going on. The debrief comes when you end it."


def open_service(url: str) -> Service:
    """Open the records and return the service; raises ``RecordsError``."""
    return Service(open_records(url))


__all__ = ["NotPlayable", "OpenVisit", "ReplyRefused", "Service", "StillTalking", "open_service"]
