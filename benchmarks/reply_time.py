"""How long the scorer takes for one reply on one core, and to be imported.

Rates the panel's and the first rater's replies, each under its own patient's words, and prints a JSON line. What is
remembered of a patient's words is forgotten before each reply, as if all patients were strangers.

    python benchmarks/reply_time.py
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROUNDS = 3
"""Each reply's quickest round counts: what else the machine did meanwhile is not the scorer's."""


def main() -> None:
    """Measure and print."""
    # From a process of its own, so that what this one has loaded already does not help.
    clock = "import time; began = time.perf_counter(); import scoring; print(time.perf_counter() - began)"
    imports = [
        float(subprocess.run([sys.executable, "-c", clock], cwd=ROOT, check=True, capture_output=True).stdout)
        for _ in range(5)
    ]
    import scoring
    from scoring.echo import hear, hear_once

    replies = [
        json.loads(line)
        for name in ("panel_dev.jsonl", "train.jsonl")
        for line in (ROOT / "scoring" / "data" / name).read_text(encoding="utf-8").splitlines()
    ]
    began = time.perf_counter()
    scoring.grade(scoring.read("Okay.", "I stopped them."))
    first = time.perf_counter() - began
    quickest = [float("inf")] * len(replies)
    for _ in range(ROUNDS + 1):  # the first round meets every word for the first time
        for at, reply in enumerate(replies):
            hear.cache_clear()
            hear_once.cache_clear()
            began = time.perf_counter()
            scoring.grade(scoring.read(reply["reply"], reply["patient"], reply.get("earlier", ())))
            quickest[at] = min(quickest[at], time.perf_counter() - began)
    began = time.perf_counter()
    for _ in range(5_000_000):
        pass
    loop = time.perf_counter() - began
    print(
        json.dumps(
            {
                "replies": len(replies),
                "median_ms": round(statistics.median(quickest) * 1000, 2),
                "p95_ms": round(sorted(quickest)[int(len(quickest) * 0.95)] * 1000, 2),
                "first_ms": round(first * 1000, 1),
                "import_s": round(min(imports), 3),
                "loop_s": round(loop, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
