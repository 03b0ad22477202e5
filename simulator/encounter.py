"""The visit: replies go in, turns come out, and it ends when the trainee ends it.

The same scenario, seed and replies give the same visit: nothing here reads a clock or draws unseeded chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from simulator.outcome import decide
from simulator.patient import Patient
from simulator.rating import rate
from simulator.sentence import Sentence
from simulator.turn import Outcome, PlayedVisit, State, Turn
from simulator.voices import ScriptedVoice, Voice
from simulator.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.scenario import Scenario

MAX_REPLY = 2000
"""Longest reply taken, in characters."""
WORDS_A_MINUTE = 110
_MINUTES_A_TURN = 0.2
"""A slow talking pace and the pauses around each exchange; a convention for the visit's clock, measured on nobody."""
_MINUTES_AT_THE_DOOR = 0.5
_EARLIER = 30
"""How many of the patient's earlier utterances the reader is given."""


class ReplyRefused(ValueError):
    """A reply that cannot be taken, with a plain sentence to show."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


class Encounter:
    """One visit under way."""

    def __init__(
        self, scenario: Scenario, seed: int = 0, pace: Literal["talk", "script"] = "talk", voice: Voice | None = None
    ) -> None:
        """Open the door.

        Args:
            scenario: Who comes in.
            seed: Chooses among lines that fit equally, and the chance in what follows after the visit.
            pace: "talk" leaves room and goes on when the talk pauses; "script" goes on after each reply.
            voice: Words what the patient decides; the scripted voice where left out.
        """
        self.scenario = scenario
        self.seed = seed
        self.pace = pace
        self._patient = Patient(scenario, pace, seed)
        scripted = ScriptedVoice(self._patient.manner, f"{scenario.id}/{seed}")
        scripted.remember(scenario.opening)
        scripted.remember(self._patient.opening)
        self._voice: Voice = voice or scripted
        self.opening: str = self._patient.opening
        """The patient's first words."""
        self.turns: list[Turn] = []
        self.start: State = self._patient.state
        self.minutes: float = _MINUTES_AT_THE_DOOR + len(words_of(self.opening)) / WORDS_A_MINUTE
        """Minutes used so far, counted by words spoken."""
        self._outcome: Outcome | None = None

    @property
    def patient_words(self) -> str:
        """The last thing the patient said."""
        return self.turns[-1].patient if self.turns else self.opening

    @property
    def state(self) -> State:
        """How the patient stands now."""
        return self._patient.state

    @property
    def ended(self) -> bool:
        """True once the trainee has ended the visit."""
        return self._outcome is not None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, once the visit has ended."""
        return self._outcome

    def _earlier(self) -> tuple[str, ...]:
        said = [self.opening, *(turn.patient for turn in self.turns)]
        return tuple(said[:-1][-_EARLIER:])

    def reply(self, text: str) -> Turn:
        """Say something to the patient and return the exchange.

        Raises:
            ReplyRefused: if the reply is blank or too long, or the visit has ended; nothing has changed then.
        """
        if self._outcome is not None:
            raise ReplyRefused(Sentence("This visit has ended."))
        if not text.strip():
            raise ReplyRefused(Sentence("There is nothing to send yet."))
        if len(text) > MAX_REPLY:
            raise ReplyRefused(
                Sentence(
                    "That is %(length)s characters. A reply can have up to %(most)s; nothing you typed is lost.",
                    length=f"{len(text):,}",
                    most=f"{MAX_REPLY:,}",
                )
            )
        heard = self.patient_words
        reading, scorecard = rate(text, heard, self._earlier(), self.scenario.door_note, self.scenario.language)
        response = self._patient.take(reading, scorecard)
        spoken = self._voice.say(response.decision, len(self.turns) + 1)
        self.minutes += (len(words_of(text)) + len(words_of(spoken.words))) / WORDS_A_MINUTE + _MINUTES_A_TURN
        turn = Turn(
            len(self.turns) + 1,
            response.moment,
            heard,
            text,
            spoken.words,
            spoken.thought,
            reading,
            scorecard,
            self._patient.state,
            response.changes,
            response.disclosed,
            self.minutes,
            spoken.acts,
            named=response.named,
            plan=response.plan,
            picked=response.picked,
        )
        self.turns.append(turn)
        return turn

    def end(self) -> Outcome:
        """End the visit and return what the patient decided; the same again if it had ended."""
        if self._outcome is None:
            self._outcome = decide(self.scenario, self.start, self.turns, self.seed, self._patient.manner)
        return self._outcome

    def played(self, label: str = "you") -> PlayedVisit:
        """Return the visit as it stands."""
        return PlayedVisit(
            self.scenario.id, self.seed, self.start, self.opening, tuple(self.turns), self._outcome, label
        )

    @classmethod
    def replay(
        cls, scenario: Scenario, replies: Iterable[str], seed: int = 0, pace: Literal["talk", "script"] = "talk"
    ) -> Encounter:
        """Return the visit that these replies make; the same as when they were first said."""
        encounter = cls(scenario, seed, pace)
        for text in replies:
            encounter.reply(text)
        return encounter
