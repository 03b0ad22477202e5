"""How a decision is put into words. The scripted voice never says a line twice."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from simulator.everyday import Manner
    from simulator.turn import Stance

MOST_SENTENCES = 4
"""What a patient says in one go at the longest; beyond it the least important part is left unsaid."""


_GESTURE = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r'(\([^()]*\))|"[^"]{8,}"|“[^”]{8,}”')
"""A gesture as it stands, or a longer quotation outside of one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the patient is going to say, with the lines that would say it."""

    act: str
    """What they do: answer:sleep, confirms_simple, hint:numb, moment:closet …"""
    lines: tuple[str, ...]
    thoughts: tuple[str, ...] = ()
    needed: bool = True
    """False where it may be left out for brevity or because its lines have all been said."""
    instead: tuple[str, ...] = ()
    """Lines for the same, should all of those have been said."""
    tells: tuple[str, str] | None = None
    """The topic that it answers, and how openly."""
    lead: str = ""
    """What is named before it ("Sleep?"), so that it is clear which question it answers; no line of its own."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the patient is going to say in this turn, before it is worded. Nothing whose gate is closed is in it."""

    parts: tuple[Part, ...]
    thoughts: tuple[str, ...] = ()
    """Thoughts that go before those of the parts."""
    mood: str = "guarded"
    """Which of the general thoughts fits where none of these is left: warmed, cooled, guarded or open."""
    stance: Stance = "guarded"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said and thought, and which parts were."""

    words: str
    thought: str
    acts: tuple[str, ...]


class Voice(Protocol):
    """Words a decision."""

    def say(self, decision: Decision, seq: int) -> Spoken:
        """Return the patient's words for the decision; never empty, never a line that was said before."""
        ...


@lru_cache(maxsize=8192)
def said_as(line: str) -> str:
    """Return a line as it is remembered: its words alone, without punctuation and without what it quotes.

    What somebody who sits in says stands in a gesture ("(her mother: …)") and counts: it is not the clinician's.
    """
    own = words_of(_QUOTED.sub(lambda found: found.group(1) or " ", line))
    return " ".join(own if len(own) > 2 else words_of(line)) or line.strip()


def _length(text: str) -> int:
    """Return how many sentences this is; a gesture by itself is none."""
    return 0 if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else len(sentences_of(text))


def gestures_of(text: str) -> set[str]:
    """Return the gestures in a text, with their brackets."""
    return set(_GESTURE.findall(text))


def without_gestures(text: str, done: set[str]) -> str:
    """Return a text without the gestures that were made already in the same turn."""
    return " ".join(_GESTURE.sub(lambda found: "" if found.group(0) in done else found.group(0), text).split())


def _not_two_gestures(lines: tuple[str, ...], after: tuple[Part, ...]) -> tuple[str, ...]:
    """Return the lines that do not end in a gesture where what comes after begins with one."""
    gesture = bool(after) and bool(after[0].lines) and all(line.startswith("(") for line in after[0].lines)
    return tuple(line for line in lines if not line.endswith(")")) if gesture else lines


@dataclass
class ScriptedVoice:
    """Says it with the scenario's lines and the everyday stock; the seed chooses among lines that fit equally."""

    manner: Manner
    seed: str = "0"
    """Whose visit it is and which: the scenario's id and the visit's seed."""
    said: set[str] = field(default_factory=set)
    """Lines said so far, as remembered."""
    thought: set[str] = field(default_factory=set)
    gestured_at: int = -9
    """The turn in which they last made a gesture."""

    def _fresh(self, lines: tuple[str, ...], used: set[str], rng: random.Random) -> str | None:
        left = [line for line in lines if said_as(line) not in used]
        return rng.choice(left) if left else None

    def _last_resort(self, rng: random.Random) -> str:
        """A gesture and a few words put together in a way that was not said yet."""
        acts = self.manner.acts
        gestures, small, smaller = (
            [*acts[name].guarded, *acts[name].behind("guarded")] for name in ("wordless", "small", "smaller")
        )
        for pool in (gestures, small, smaller):
            rng.shuffle(pool)
        for tail in ("", *smaller):
            for word in small:
                for gesture in gestures:
                    line = f"{gesture} {word} {tail}".strip()
                    if said_as(line) not in self.said:
                        return line
        return f"{gestures[0]} {small[0]} {smaller[0]}"

    def _thought(self, decision: Decision, spoken: list[Part], rng: random.Random) -> str:
        general = self.manner.thoughts
        pools = [decision.thoughts, *(part.thoughts for part in spoken), general[decision.mood]]
        pools += [general["open" if decision.stance in {"warming", "open"} else "guarded"]]
        for pool in pools:
            line = self._fresh(pool, self.thought, rng)
            if line:
                self.thought.add(said_as(line))
                return line
        every = [line for pool in general.values() for line in pool]
        return rng.choice(every)

    def remember(self, line: str) -> None:
        """Remember a line as said, whoever worded it."""
        self.said.add(said_as(line))

    def say(self, decision: Decision, seq: int) -> Spoken:
        """Word the decision."""
        chosen: list[tuple[Part, str]] = []
        worded: dict[str, str] = {}  # The whole line behind what is said of it.
        # A pause is filled with a gesture now and then, not in turn after turn.
        gestured = seq - self.gestured_at == 1
        for number, part in enumerate(decision.parts):
            rng = random.Random(f"{self.seed}/{seq}/{number}/{part.act}")
            used = self.said | {said_as(text) for _, text in chosen} | {said_as(line) for line in worded.values()}
            lines = _not_two_gestures(part.lines, decision.parts[number + 1 :])
            line = (
                self._fresh(lines, used, rng)
                or self._fresh(part.lines, used, rng)
                or self._fresh(part.instead, used, rng)
            )
            if line is not None:
                done = gestures_of(" ".join(text for _, text in chosen))
                text = without_gestures(f"{part.lead} {line}".strip() if chosen else line, done)
                filler = part.act == "wordless" and not part.needed
                if text and not (filler and gestured):
                    chosen.append((part, text))
                    worded[text] = line
        while len(chosen) > 1 and sum(_length(text) for _, text in chosen) > MOST_SENTENCES:
            spare = [pair for pair in chosen if not pair[0].needed]
            if not spare:
                break
            chosen.remove(spare[0])
        rng = random.Random(f"{self.seed}/{seq}/thought")
        if not chosen or all(text.startswith("(") and text.endswith(")") and not part.needed for part, text in chosen):
            chosen.append((Part("wordless", ()), self._last_resort(rng)))
        for _, text in chosen:
            self.remember(text)
            self.remember(worded.get(text, text))
        if any(gestures_of(text) for _, text in chosen):
            self.gestured_at = seq
        words = " ".join(text for _, text in chosen)
        self.remember(words)
        parts = [part for part, _ in chosen]
        return Spoken(words, self._thought(decision, parts, rng), tuple(part.act for part in parts))


_UNFILLED = re.compile(r"\{(?:words|subject|topic)\}")
"""What a line is left unsaid for where there is nothing to put in its place."""


def filled_in(lines: tuple[str, ...], filled: dict[str, str]) -> tuple[str, ...]:
    """Return the lines with their placeholders filled, without those for which there is nothing to put in."""
    for name, value in filled.items():
        if value:
            lines = tuple(line.replace("{" + name + "}", value) for line in lines)
    return tuple(line for line in lines if not _UNFILLED.search(line))
