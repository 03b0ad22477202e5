"""How long an author waits for `check`: one file and the library, with what was kept before and with nothing kept.

Prints one line of JSON: seconds on the clock and of processors, with nothing kept from before and, as the least of
several runs, with what a check before it has kept; and how busy the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = "scenarios/maya-numb.yaml"


def seconds(files: list[str], caches: str) -> tuple[float, float]:
    """Run a check in a process of its own; return the seconds it took on the clock and of all its processors."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = caches
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "rapport.py", "check", *files]
    subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="How often each is run; the least is printed.")
    runs: int = parser.parse_args().runs
    found: dict[str, object] = {"load": round(os.getloadavg()[0], 1), "processors": os.cpu_count()}
    for what, files in (("file", [FILE]), ("library", [])):
        with tempfile.TemporaryDirectory() as caches:
            seconds(files, caches)  # compiles the program's files, too
            for kept in Path(caches).rglob("*.kept"):
                kept.unlink()
            first = seconds(files, caches)
            again = [seconds(files, caches) for _ in range(runs)]
        least = tuple(min(column) for column in zip(*again, strict=True))
        for when, (clock, processors) in (("first", first), ("again", least)):
            found[f"{what}, {when}"] = {"clock": round(clock, 2), "processors": round(processors, 2)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
