"""Practising where a model may word the patient: the same service, but an owed answer is spoken by a worker.

Visits in which a model spoke are played again in the words that were said, whether or not there is still a model.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from records import clean_text
from simulator.encounter import MAX_REPLY, Encounter
from simulator.improvised import ImprovisedVoice, Told, as_worded, catch_up, may_improvise
from simulator.loading import SCENARIOS
from ui.service import NotPlayable, OpenVisit, Service, _Held
from ui.speaking import Answer, Answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from records import Actor, Records, VisitRecord
    from simulator.scenario import Scenario
    from simulator.turn import Turn

_PATIENCE = 10.0
"""Seconds that an ending visit waits for a stopped answer to be kept."""


@dataclass(frozen=True, slots=True)
class VoicedVisit(OpenVisit):
    """A visit in which an answer may be under way; its turn is not among the turns yet."""

    speaking: Answer | None = None
    unanswered: str = ""
    """The reply that is being answered."""


class VoicedService(Service):
    """The service, with a model to word what the patients decide."""

    def __init__(self, records: Records, stream: Callable[..., Any] | None, scenarios: Path = SCENARIOS) -> None:
        """Take the records and the model's `stream(prompt, **context)`; None where there is no model (any more)."""
        super().__init__(records, scenarios)
        self._stream = stream
        self._answers = Answers()

    def open(self, actor: Actor, visit_id: str) -> VoicedVisit:
        """Return a visit as it stands; a reply that still waits for its answer is being answered from now on."""
        record = self.records.visit(actor, visit_id)
        held = self._hold(visit_id)
        with held.lock:
            speaking = None
            if _owed(record) and self._answers.of(visit_id, len(record.replies)) is None:
                # It may have been kept since the records were read: a worker keeps the turn before it goes.
                record = self.records.visit(actor, visit_id)
            encounter, scenario = self._live(held, record)
            for reply, turn in zip(record.replies, encounter.turns, strict=False):
                if reply.turn_json is not None:
                    continue
                owed = turn.seq == len(record.replies) and record.status != "ended"
                if owed and self._stream is not None and may_improvise(turn, scenario):
                    speaking = self._speak(actor, visit_id, encounter, scenario, self._stream)
                else:
                    self._keep_turn(actor, visit_id, turn)
            shown = encounter.turns[:-1] if speaking is not None else encounter.turns
            ended = record.status == "ended"
            return VoicedVisit(
                record=record,
                scenario=scenario,
                opening=encounter.opening,
                turns=tuple(shown),
                minutes=shown[-1].minutes if shown else Encounter(scenario, record.seed).minutes,
                outcome=encounter.end() if ended else None,
                retold=held.retold,
                speaking=speaking,
                unanswered=encounter.turns[-1].clinician if speaking is not None else "",
            )

    def try_again(self, actor: Actor, visit_id: str) -> None:
        """Let an answer be given again whose turn could not be kept."""
        record = self.records.visit(actor, visit_id)
        self._answers.forget(visit_id, len(record.replies))

    def say(self, actor: Actor, visit_id: str, expected_seq: int, token: str, words: str) -> Turn:
        """Say something to the patient and do not wait: ``open`` gives the answer to follow.

        Returns:
            The turn as it was decided; its words may come to be others.

        Raises:
            ReplyRefused: The words are blank or too long; nothing was kept.
            RecordsError: The words could not be kept, or the visit went on elsewhere or has ended.
        """
        words = clean_text(words)
        if not words.strip() or len(words) > MAX_REPLY:
            Encounter(self.open(actor, visit_id).scenario).reply(words)  # refuses, in its own words
        self.records.commit_reply(actor, visit_id, expected_seq, token, words)
        self.open(actor, visit_id)
        held = self._hold(visit_id)
        with held.lock:
            encounter, _ = self._live(held, self.records.visit(actor, visit_id))
            return encounter.turns[expected_seq - 1]

    def end(self, actor: Actor, visit_id: str) -> None:
        """End the visit where it stands; an answer under way is cut short and kept first."""
        visit = self.open(actor, visit_id)
        if visit.speaking is not None:
            visit.speaking.stop()
            visit.speaking.wait(_PATIENCE)
            visit = self.open(actor, visit_id)
        if visit.ended:
            return
        copy = catch_up(None, visit.scenario, _told(visit.record), visit.record.seed)
        outcome = json.dumps(copy.end().as_json(), ensure_ascii=False)
        self.records.end(actor, visit_id, outcome, replies=len(visit.record.replies))

    def _speak(
        self, actor: Actor, visit_id: str, encounter: Encounter, scenario: Scenario, stream: Callable[..., Any]
    ) -> Answer:
        *before, turn = encounter.turns
        opening = encounter.opening
        voice = ImprovisedVoice(scenario, stream)

        def work(answer: Answer) -> None:
            wording = voice.word(
                turn, before, opening, answer.show, answer.withdraw, waiting=answer.wait_at, cancelled=answer.stopped
            )
            made = as_worded(turn, wording).as_json() | {"wording": wording.as_json()}
            self.records.commit_turn(actor, visit_id, turn.seq, json.dumps(made, ensure_ascii=False))

        return self._answers.begin(visit_id, turn.seq, work)

    def _live(self, held: _Held, record: VisitRecord) -> tuple[Encounter, Scenario]:
        """Return the encounter at exactly the record's replies, in the words in which they were answered."""
        if held.scenario is None:
            held.scenario = self._scenario(record)
        if held.scenario is None:
            raise NotPlayable()
        at_hand = held.encounter
        held.encounter = None  # half a turn is no turn: whatever breaks off here is played again from the records
        encounter = catch_up(at_hand, held.scenario, _told(record), record.seed)
        if encounter is not at_hand:
            shown = [json.loads(one.turn_json).get("patient") if one.turn_json else None for one in record.replies]
            held.retold = any(
                then is not None and then != turn.patient for then, turn in zip(shown, encounter.turns, strict=False)
            )
        held.encounter = encounter
        return encounter, held.scenario


def _owed(record: VisitRecord) -> bool:
    return bool(record.replies) and record.replies[-1].turn_json is None


def _told(record: VisitRecord) -> list[Told]:
    """Return the replies of a visit with the words that a model found for the answers."""
    told = []
    for one in record.replies:
        kept = json.loads(one.turn_json) if one.turn_json else {}
        told.append(Told(one.text, kept.get("patient") if kept.get("voice") == "improvised" else None))
    return told
