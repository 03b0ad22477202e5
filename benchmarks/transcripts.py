"""Write whole visits to read: every scenario, played by synthetic trainees, as plain text.

What a reader needs to judge is in each file: who the patient is, the note at the door, and what both said, in order.
How the lines came about is not.

    python benchmarks/transcripts.py FOLDER [--seed 0] [--as rushed --as parrot …]
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from simulator.loading import load_folder  # noqa: E402
from simulator.trainees import play_as, trainees  # noqa: E402

KINDS = ("rushed", "parrot", "warm-undecided", "technically-perfect", "awkward-sincere", "hostile", "repairs")
WIDTH = 100


def _wrapped(who: str, words: str) -> str:
    return textwrap.fill(f"{who}: {' '.join(words.split())}", WIDTH, subsequent_indent="    ")


def written(scenario, visit) -> str:  # type: ignore[no-untyped-def]
    """Return one visit as text."""
    patient = scenario.patient
    first = patient.name.split()[0]
    lines = [
        f"{patient.name}, {patient.age}, {patient.pronouns}. {patient.manner}",
        textwrap.fill(" ".join(scenario.door_note.split()), WIDTH),
        f"On the table: {scenario.plan_on_the_table}",
        "",
        _wrapped(first.upper(), visit.opening),
    ]
    for turn in visit.turns:
        lines += ["", _wrapped("CLINICIAN", turn.clinician), _wrapped(first.upper(), turn.patient)]
    if visit.outcome is not None:
        lines += ["", _wrapped(f"{first.upper()}, at the end", visit.outcome.parting_words)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Play and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--as", dest="kinds", action="append", choices=sorted(trainees()))
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, loaded in load_folder().scenarios.items():
        if loaded.scenario.language != "en":
            continue  # the trainees speak English
        for kind in arguments.kinds or KINDS:
            visit = play_as(loaded.scenario, trainees()[kind], arguments.seed)
            text = written(loaded.scenario, visit)
            (arguments.folder / f"{name}--{kind}.txt").write_text(text, encoding="utf-8")
            count += 1
    print(f"{count} visits written to {arguments.folder}")


if __name__ == "__main__":
    main()
