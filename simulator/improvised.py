"""The improvised voice: a model words exactly what the patient decided, watched over word by word, or does not speak.

The model is a plain callable, handed in. It is given the decided words and what has been confided, and nothing that is
still closed: neither the story nor any other concern. What breaks a rule is withdrawn and tried once more; then the
scripted words stand, and the record says so.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol

from simulator.encounter import WORDS_A_MINUTE, Encounter
from simulator.guards import Breach, BreachKind, Guard, stock
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from simulator.scenario import Scenario
    from simulator.turn import Turn

PROMPT = "patient"
TRIES = 2
_LAST_LINES = 24
_LANGUAGES = {"en": "English", "es": "Spanish"}
_SPACES = re.compile(r"\s+")
_WORTH_A_FRESH_TRY = frozenset(("empty", "incomplete", "garbled", "refusal", "server"))


class Speaking(Protocol):
    """A model's answer under way, as far as it matters here."""

    model: str
    prompt_sha256: str
    finish: str | None

    def __iter__(self) -> Iterator[str]:
        """Return the pieces; raises where the answer breaks off."""

    def close(self) -> None:
        """Ask for no more."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a turn came to its words."""

    words: str
    voice: Literal["scripted", "improvised"]
    model: str = ""
    prompt_sha256: str = ""
    withdrawn: tuple[BreachKind | str, ...] = ()
    """Why each earlier try does not stand: a breach, or the kind of a failure. Never the words themselves."""

    def as_json(self) -> dict[str, Any]:
        """Return the record of the wording, without any words that were withdrawn."""
        return {
            "voice": self.voice,
            "model": self.model,
            "prompt_sha256": self.prompt_sha256,
            "withdrawn": list(self.withdrawn),
        }


def may_improvise(turn: Turn, scenario: Scenario) -> bool:
    """Return False where the decided words stand whatever happens: a danger, an attempt to break the frame."""
    if any(
        act == kept or (kept.endswith(":") and act.startswith(kept))
        for act in turn.acts
        for kept in stock().scripted_acts
    ):
        return False
    return not any(scenario.concern(name).danger is not None for name in turn.disclosed)


class ImprovisedVoice:
    """Words the turns of one scenario's patient through a model."""

    def __init__(self, scenario: Scenario, stream: Callable[..., Speaking]) -> None:
        """Take the scenario and the model's `stream(prompt, **context)`."""
        self.scenario = scenario
        self._stream = stream

    def word(
        self,
        turn: Turn,
        turns_before: Sequence[Turn],
        opening: str,
        show: Callable[[str], None] = lambda _: None,
        withdraw: Callable[[], None] = lambda: None,
        **asking: Any,
    ) -> Wording:
        """Return the words in which a turn is said.

        Args:
            turn: The turn as the scripted voice words it.
            turns_before: The turns before it, in the words in which they were said.
            opening: The patient's first words.
            show: Given more of the words as they come; never words that break a rule.
            withdraw: Told that everything shown so far does not stand.
            asking: Passed on to `stream` (its place in the line, whether it was stopped).
        """
        withdrawn: list[str] = []
        if not may_improvise(turn, self.scenario):
            return Wording(turn.patient, "scripted")
        said = [opening, *(one.patient for one in turns_before)]
        guard = Guard(self.scenario, turn, said, [one.clinician for one in turns_before])
        context = self.context(turn, turns_before, opening)
        for _ in range(TRIES):
            showing = _Showing(guard, show, self.scenario.patient.name)
            try:
                speaking = self._stream(PROMPT, **context, **asking)
                outcome = showing.take(speaking)
            except Exception as failure:  # whatever the model's seam raises, the visit goes on
                outcome = str(getattr(failure, "kind", type(failure).__name__))
            else:
                if not isinstance(outcome, Breach):
                    return Wording(outcome, "improvised", speaking.model, speaking.prompt_sha256, tuple(withdrawn))
            if showing.shown:
                withdraw()
            again = isinstance(outcome, Breach) or outcome in _WORTH_A_FRESH_TRY
            withdrawn.append(outcome.kind if isinstance(outcome, Breach) else outcome)
            if not again:
                break
        return Wording(turn.patient, "scripted", withdrawn=tuple(withdrawn))

    def context(self, turn: Turn, turns_before: Sequence[Turn], opening: str) -> dict[str, Any]:
        """Return what the prompt is filled with. Nothing of a closed concern, the story or the trainee is in it."""
        scenario, patient = self.scenario, self.scenario.patient
        first = patient.name.split()[0]
        lines = [{"who": first, "words": one_line(opening)}]
        for one in turns_before:
            lines.append({"who": "Clinician", "words": one_line(one.clinician)})
            lines.append({"who": first, "words": one_line(one.patient)})
        most = min(4, max(1, len(sentences_of(turn.patient))) + 1)
        return {
            "name": first,
            "age": patient.age,
            "pronouns": patient.pronouns,
            "manner": one_line(patient.manner),
            "speech": patient.speech,
            "setting": one_line(scenario.visit.setting),
            "door_note": one_line(scenario.door_note),
            "stance": turn.state.stance,
            "confided": [one_line(scenario.concern(name).says) for name in turn.state.disclosed],
            "sentences": f"{most} sentences",
            "language": _LANGUAGES.get(scenario.language, "English"),
            "fence": f"<<{secrets.token_hex(8)}>>",
            "earlier": lines[-_LAST_LINES:],
            "clinician": one_line(turn.clinician),
            "says": one_line(turn.patient),
        }


def one_line(text: str) -> str:
    """Return a text on one line, without characters that nobody sees: it cannot pass for somebody else's line."""
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cf", "Cc", "Co", "Cn", "Cs"})
    return _SPACES.sub(" ", seen).strip()


class _Showing:
    """Shows a line as it comes, as far as it has been found to break no rule."""

    def __init__(self, guard: Guard, show: Callable[[str], None], name: str) -> None:
        self._guard = guard
        self._show = show
        self._labels = tuple(f"{part}:" for part in (name, name.split(maxsplit=1)[0]))
        self._text = ""
        self._looked_at = ""
        self.shown = ""

    def take(self, speaking: Speaking) -> str | Breach:
        """Take the pieces; return the whole line, or what is wrong with it. A failure on the way is raised."""
        try:
            for piece in speaking:
                self._text += piece
                breach = self._advance()
                if breach is not None:
                    return breach
        finally:
            speaking.close()
        line = self._line(whole=True)
        if speaking.finish == "length":
            line = _to_the_last_full_sentence(line)
        breach = self._guard.look(line, whole=True)
        if breach is None and len(line) < len(self.shown):
            breach = Breach("leaves_out")
        if breach is None:
            self._show_to(line, len(line))
        return breach or line

    def _line(self, *, whole: bool) -> str:
        """Return the line without the patient's name before it and quotation marks around it."""
        line = self._text.lstrip()
        for label in self._labels:
            line = line.removeprefix(label).lstrip()
        inside = line[1:].rstrip()
        if line[:1] in {'"', "“"} and not set('"”') & set(inside[:-1]):
            line = inside.rstrip('"”') + line[1 + len(inside) :]
        return line.strip() if whole else line

    def _advance(self) -> Breach | None:
        """Look at what has come, and show as much of it as may be seen already."""
        if any(label.startswith(self._text.strip()) for label in self._labels) or self._text.strip() in {'"', "“"}:
            return None
        line = self._line(whole=False)
        ends = [match.start() for match in re.finditer(r"\s+", line)]
        if not ends:
            return None
        whole_words = line[: ends[-1]]
        if whole_words == self._looked_at:
            return None  # no word has come since, only a piece of one
        self._looked_at = whole_words
        breach = self._guard.look(whole_words + " ", whole=False)
        if breach is None:
            self._show_to(line, self._guard.may_be_seen(whole_words))
        return breach

    def _show_to(self, line: str, end: int) -> None:
        # A quotation mark inside may tell that the one before the line was part of it: the kept line then comes whole.
        if end > len(self.shown) and line.startswith(self.shown):
            self._show(line[len(self.shown) : end])
            self.shown = line[:end]


def _to_the_last_full_sentence(line: str) -> str:
    whole = [s for s in sentences_of(line) if s.endswith((".", "!", "?", "…", ")", '"', "”"))]
    return " ".join(whole)


def as_worded(turn: Turn, wording: Wording) -> Turn:
    """Return a turn in the words in which it was said; the clock counts those."""
    if wording.voice == "scripted":
        return turn
    more = len(words_of(wording.words)) - len(words_of(turn.patient))
    return replace(turn, patient=wording.words, voice="improvised", minutes=turn.minutes + more / WORDS_A_MINUTE)


def reword(encounter: Encounter, wording: Wording) -> Turn:
    """Let the last turn of a visit stand in these words: the next reply answers them."""
    turn = as_worded(encounter.turns[-1], wording)
    encounter.turns[-1], encounter.minutes = turn, turn.minutes
    return turn


@dataclass(frozen=True, slots=True)
class Told:
    """One reply of a visit that is played again."""

    reply: str
    words: str | None = None
    """The patient's words where a model worded them; None where the scripted words stood, or stand to be said."""


def catch_up(encounter: Encounter | None, scenario: Scenario, told: Sequence[Told], seed: int = 0) -> Encounter:
    """Return the visit that these replies and answers make, going on from one that is at hand where that is possible.

    Args:
        encounter: The visit as far as it is at hand, or None.
        scenario: As it was when the visit began.
        told: All replies so far, in order.
        seed: The visit's seed.
    """
    if encounter is None or not _goes_on(encounter, told):
        encounter = Encounter(scenario, seed)
    done = len(encounter.turns)
    if done and (words := told[done - 1].words) is not None and encounter.turns[-1].patient != words:
        reword(encounter, Wording(words, "improvised"))
    for one in told[done:]:
        encounter.reply(one.reply)
        if one.words is not None:
            reword(encounter, Wording(one.words, "improvised"))
    return encounter


def _goes_on(encounter: Encounter, told: Sequence[Told]) -> bool:
    """Return True if the visit at hand is the beginning of what was told, its last answer perhaps in other words."""
    turns = encounter.turns
    if len(turns) > len(told) or (encounter.ended and len(turns) < len(told)):
        return False
    for place, (turn, one) in enumerate(zip(turns, told, strict=False)):
        same = one.words == turn.patient if one.words is not None else turn.voice == "scripted"
        reworded = one.words is not None and turn.voice == "scripted" and place == len(turns) - 1
        if turn.clinician != one.reply or not (same or reworded):
            return False
    return True
