"""How long one turn takes on one core: reading, grading, being moved and speaking.

Plays the synthetic trainees against every scenario after one visit to warm up, and prints a JSON line.

    python benchmarks/turn_time.py
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from simulator.encounter import Encounter  # noqa: E402
from simulator.loading import load_folder  # noqa: E402
from simulator.trainees import filled, play_as, trainees  # noqa: E402


def main() -> None:
    """Measure and print."""
    scenarios = [loaded.scenario for loaded in load_folder().scenarios.values()]
    play_as(scenarios[0], trainees()["repairs"])
    wall, processor = [], []
    for scenario in scenarios:
        for trainee in trainees().values():
            encounter = Encounter(scenario, 1)
            for line in trainee.says:
                text = filled(line, encounter)
                began, used = time.perf_counter(), time.process_time()
                encounter.reply(text)
                wall.append((time.perf_counter() - began) * 1000)
                processor.append((time.process_time() - used) * 1000)
    print(
        json.dumps(
            {
                "turns": len(wall),
                "median_ms": round(statistics.median(wall), 2),
                "median_processor_ms": round(statistics.median(processor), 2),
                "p95_ms": round(sorted(wall)[int(len(wall) * 0.95)], 2),
                "most_ms": round(max(wall), 1),
            }
        )
    )


if __name__ == "__main__":
    main()
