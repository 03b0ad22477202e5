"""``python -m scoring``: rate JSON lines or CSV; ``python -m scoring fit`` makes the weights again from rated data."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TextIO

from scoring.batch import as_csv, csv_header, rate_lines, read_csv


def score(source: TextIO, out: TextIO, *, jobs: int, from_csv: bool, to_csv: bool, progress: TextIO | None) -> int:
    """Rate everything in ``source`` into ``out``; report bad lines on standard error. Returns how many were bad."""
    import json

    if to_csv:
        out.write(csv_header() + "\n")
    bad = done = 0
    for result in rate_lines(read_csv(source) if from_csv else source, jobs):
        if result.row is None:
            bad += 1
            sys.stderr.write(f"line {result.number}: {result.problem}; it was left out\n")
        else:
            out.write((as_csv(result.row) if to_csv else json.dumps(result.row, ensure_ascii=False)) + "\n")
        done += 1
        if progress is not None and done % 100 == 0:
            progress.write(f"\r{done:,} rated")
            progress.flush()
    if progress is not None and done >= 100:
        progress.write(f"\r{done:,} rated\n")
    return bad


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0, or 1 where a line could not be rated."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] in (["fit"], ["card"]):
        os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
        from scoring.fit_command import main as fit

        return fit(words)
    parser = argparse.ArgumentParser("python -m scoring", description="Rate clinician replies (a research tool).")
    parser.add_argument("file", nargs="?", type=Path, help="JSON lines, or .csv; standard input where left out")
    parser.add_argument("--out", type=Path, help="where to write; .csv writes CSV; standard output where left out")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes to use")
    options = parser.parse_args(words)
    try:
        source = options.file.open(encoding="utf-8", errors="replace", newline="") if options.file else sys.stdin
    except OSError as error:
        sys.stderr.write(f"{options.file} could not be read: {error.strerror}\n")
        return 2
    with source:
        out = options.out.open("w", encoding="utf-8") if options.out else sys.stdout
        try:
            bad = score(
                source,
                out,
                jobs=max(1, options.jobs),
                from_csv=bool(options.file and options.file.suffix.lower() == ".csv"),
                to_csv=bool(options.out and options.out.suffix.lower() == ".csv"),
                progress=sys.stderr if sys.stderr.isatty() else None,
            )
        finally:
            if options.out:
                out.close()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
