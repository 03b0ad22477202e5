"""Talk to each patient ten thousand times, well, badly and senselessly, and see whether the visit holds.

Visits of 20 to 40 replies, every twentieth one of 300. What is typed is drawn, by a seed, from real openings,
questions, everyday topics, the scenario's own words, cue phrases, orders to a machine, insults, other languages,
look-alike letters, hidden characters, rubbish and texts as long as the box takes, whole or run together or misspelt.

What must hold: no error, no empty line or thought, no line said twice, no number out of 0-100, changes that add up,
quotes that stand in the reply, nothing of a concern before it is told (each carries a mark that is looked for), nothing
of the story ever, and the same visit again from the same seed and replies (every fifth visit is played twice).

    nice -n 10 python benchmarks/long_talk.py [--replies 10000] [--scenario ID ...] [--seed 0]

Prints a line for each scenario and ends with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from simulator.encounter import MAX_REPLY, Encounter  # noqa: E402
from simulator.everyday import said, topics  # noqa: E402
from simulator.loading import load_folder  # noqa: E402
from simulator.trainees import filled, trainees  # noqa: E402
from simulator.voices import said_as  # noqa: E402

if TYPE_CHECKING:
    from simulator.scenario import Scenario

LONG_EVERY, LONG = 20, 300
AGAIN_EVERY = 5
_LOOK_ALIKES = str.maketrans("aeopcxyiAEOPCXTMH", "аеорсхуіАЕОРСХТМН")
_HIDDEN = "\u200b\u200d\u2066\u202e\u00ad\ufeff"
_RANGES = ((33, 126), (0x400, 0x4FF), (0x600, 0x6FF), (0x4E00, 0x4EFF), (0x1F300, 0x1F64F), (0x300, 0x33F))


@dataclass
class Found:
    """What came of one scenario's visits."""

    visits: int = 0
    replies: int = 0
    told: int = 0
    failures: list[str] = field(default_factory=list)

    def fail(self, what: str, encounter: Encounter, seq: int) -> None:
        """Note a failure with the reply that it followed."""
        reply = encounter.turns[seq - 1].clinician if 0 < seq <= len(encounter.turns) else ""
        self.failures.append(f"{what} (seed {encounter.seed}, turn {seq}): {reply[:120]!r}")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


@cache
def _typed() -> dict[str, list[str]]:
    """Return what clinicians type, by kind; all of it out of the project's content and test files."""
    rated = [json.loads(line) for line in _lines(ROOT / "scoring/data/more.jsonl")]
    cues: list[str] = []
    for path in sorted((ROOT / "scoring/cues").glob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        listed = raw.get("cues", []) if isinstance(raw, dict) else []
        cues += [str(example) for cue in listed for example in cue.get("heard", [])]
    phrases = [phrase for topic in topics().values() for phrase in topic.asked_as]
    return {
        "real": [row["reply"] for row in rated],
        "questions": _lines(ROOT / "tests/simulator/questions.txt"),
        "topics": [f"What about {p}?" for p in phrases] + [f"{p}?" for p in phrases] + phrases,
        "cues": cues,
        "nasty": _lines(ROOT / "tests/simulator/nasty.txt"),
        "acts": list(said().not_topics) + sorted(said().foreign) + sorted(said().small_answers),
    }


def _own_words(scenario: Scenario) -> list[str]:
    own = [phrase for c in scenario.concerns for phrase in c.about]
    own += [c.would_have_opened for c in scenario.concerns]
    own += [moment.patient for moment in scenario.moments] + list(scenario.questions)
    own += [p.says for m in scenario.moments for p in (m.rushed, m.collaborative)]
    return [*own, scenario.door_note, scenario.plan_on_the_table, scenario.patient.name]


def _rubbish(rng: random.Random) -> str:
    low, high = rng.choice(_RANGES)
    return "".join(chr(rng.randint(low, high)) if rng.random() < 0.85 else " " for _ in range(rng.randint(1, 60)))


def _slip(text: str, rng: random.Random) -> str:
    letters = list(text)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(letters))
        kind = rng.random()
        if kind < 0.4 and at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif kind < 0.7:
            letters[at] = rng.choice("aeiou nt.,'?")
        else:
            letters.insert(at, rng.choice("aeiou nt"))
    return "".join(letters)


def _changed(text: str, rng: random.Random) -> str:
    """Return the text as somebody else might have typed it, or as somebody who means harm."""
    kind = rng.random()
    if kind < 0.5:
        return text
    if kind < 0.6:
        return _slip(text, rng)
    if kind < 0.7:
        return rng.choice([text.upper(), text.lower(), text.replace("'", "’"), text.rstrip("?.!")])
    if kind < 0.75:
        return text.translate(_LOOK_ALIKES)
    if kind < 0.8:
        return rng.choice(_HIDDEN).join(text)
    if kind < 0.85:
        return f'"{text}"' if rng.random() < 0.5 else f"({text})"
    if kind < 0.9:
        return (text + rng.choice([" ", "\n", ", and "])) * rng.randint(2, 60)
    return text + rng.choice(["?", "...", " {last}", " %s", "\x00", "\n\n", "?!?!", " <b>", " 😀"])


def typed(encounter: Encounter, rng: random.Random) -> str:
    """Return the next reply: never blank, at most as long as the box takes."""
    parts = []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        kind = rng.random()
        if kind < 0.12:
            part = filled(rng.choice(rng.choice(list(trainees().values())).says), encounter)
        elif kind < 0.2:
            part = rng.choice(_own_words(encounter.scenario))
        elif kind < 0.26:
            part = encounter.patient_words
        elif kind < 0.32:
            part = _rubbish(rng)
        else:
            part = rng.choice(_typed()[rng.choice(list(_typed()))])
        parts.append(_changed(part, rng) if part.strip() else "…")
    made = rng.choice((" ", "\n", ". ")).join(parts)[:MAX_REPLY]
    return made if made.strip() else "…"


def _mark(concern_id: str) -> str:
    return f"Qzx{concern_id.replace('-', '')}qzx."


def marked(scenario: Scenario) -> Scenario:
    """Return the scenario with a mark in everything that must not be said before its time."""

    def with_mark(text: str, mark: str) -> str:
        return f"{text.rstrip()} {mark}"

    concerns = []
    for c in scenario.concerns:
        update: dict[str, Any] = {
            name: with_mark(getattr(c, name), _mark(c.id)) for name in ("says", "name", "if_never_opened")
        }
        if c.danger is not None:
            update["danger"] = c.danger.model_copy(
                update={name: with_mark(getattr(c.danger, name), _mark(c.id)) for name in ("asked", "ignored")}
            )
        concerns.append(c.model_copy(update=update))
    patient = scenario.patient.model_copy(update={"story": with_mark(scenario.patient.story, "Qzxstoryqzx.")})
    return scenario.model_copy(update={"concerns": tuple(concerns), "patient": patient})


def check(encounter: Encounter, found: Found) -> None:
    """Note what does not hold in a visit."""
    lines = [said_as(encounter.opening)]
    told: set[str] = set()
    before = encounter.start
    for turn in encounter.turns:
        told.update(turn.disclosed)
        typed_so_far = turn.clinician.lower()
        if not turn.patient.strip() or not turn.thought.strip():
            found.fail("empty", encounter, turn.seq)
        line = said_as(turn.patient)
        if line in lines:
            found.fail(f"said twice: {turn.patient[:60]!r}", encounter, turn.seq)
        lines.append(line)
        for what in ("trust", "heard", "willingness"):
            value = getattr(turn.state, what)
            if not 0 <= value <= 100:
                found.fail(f"{what} is {value}", encounter, turn.seq)
            if value - getattr(before, what) != sum(c.by for c in turn.changes if c.what == what):
                found.fail(f"the changes of {what} do not add up", encounter, turn.seq)
        before = turn.state
        if any(turn.clinician[m.start : m.end] != m.quote for m in turn.reading.moves):
            found.fail("a quote is not in the reply", encounter, turn.seq)
        shown = f"{turn.patient} {turn.thought} {' '.join(c.because for c in turn.changes)}".lower()
        closed = [c.id for c in encounter.scenario.concerns if c.id not in told]
        for mark in [*(_mark(c) for c in closed), "Qzxstoryqzx."]:
            if mark.rstrip(".").lower() in shown and mark.rstrip(".").lower() not in typed_so_far:
                found.fail(f"leaked {mark}", encounter, turn.seq)
    found.told += len(told)


def talk(scenario: Scenario, replies: int, seed: int = 0) -> Found:
    """Hold visits with one patient until so many replies were given, and return what came of them."""
    found, number, patient = Found(), 0, marked(scenario)
    while found.replies < replies:
        number += 1
        rng = random.Random(f"{scenario.id}/{seed}/{number}")
        turns = min(LONG if number % LONG_EVERY == 0 else rng.randint(20, 40), replies - found.replies)
        encounter = Encounter(patient, number)
        for _ in range(turns):
            text = typed(encounter, rng)
            try:
                encounter.reply(text)
            except Exception as error:  # whatever it is, it is what is looked for here
                found.failures.append(f"{type(error).__name__}: {error} (seed {number}): {text[:200]!r}")
                break
        found.visits += 1
        found.replies += turns
        check(encounter, found)
        outcome = encounter.end()
        if not outcome.parting_words.strip() or not outcome.story.strip():
            found.fail("an empty ending", encounter, 0)
        if number % AGAIN_EVERY == 0:
            again = Encounter.replay(patient, [turn.clinician for turn in encounter.turns], number)
            again.end()
            if again.played().as_json() != encounter.played().as_json():
                found.fail("another visit from the same seed and replies", encounter, 0)
    return found


def main() -> int:
    """Talk and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replies", type=int, default=10_000)
    parser.add_argument("--scenario", action="append")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    bad = 0
    for name, loaded in load_folder().scenarios.items():
        if arguments.scenario and name not in arguments.scenario:
            continue
        began = time.process_time()
        found = talk(loaded.scenario, arguments.replies, arguments.seed)
        bad += len(found.failures)
        print(
            f"{name}: {found.replies} replies in {found.visits} visits, {found.told} concerns told, "
            f"{len(found.failures)} failures, {time.process_time() - began:.0f} s of processor",
            flush=True,
        )
        for failure in found.failures[:20]:
            print(f"  {failure}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
