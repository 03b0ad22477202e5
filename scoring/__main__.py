"""``python -m scoring``: rate JSON lines or CSV; ``python -m scoring fit`` makes the weights again from rated data."""

from __future__ import annotations

import argparse
import os
import sys
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import TextIO

from scoring.batch import rate_numbered
from scoring.csv_files import NoColumns, as_csv, csv_header, read_csv

_LONE_HALVES = "backslashreplace"
"""Half a character (JSON can hold one: "\\ud83d") is written as JSON writes it, where UTF-8 cannot."""


def score(source: TextIO, out: TextIO, *, jobs: int, from_csv: bool, to_csv: bool, progress: TextIO | None) -> int:
    """Rate everything in ``source`` into ``out``; report bad lines on standard error. Returns how many were bad."""
    import json

    results = rate_numbered(read_csv(source) if from_csv else enumerate(source, start=1), jobs)
    first = next(results, None)  # before anything is written: a table without names is none
    if to_csv:
        out.write(csv_header() + "\n")
    bad = done = 0
    for result in chain([first] if first else [], results):
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
    parser.add_argument(
        "--format", choices=("csv", "jsonl"), default="jsonl",
        help="of standard input and output, and of files whose ending does not tell (jsonl where left out)",
    )  # fmt: skip
    options = parser.parse_args(words)
    if options.file and options.out and options.file.resolve() == options.out.resolve():
        sys.stderr.write(f"{options.out} is what is to be rated; choose another file for the ratings\n")
        return 2
    try:
        source = options.file.open(encoding="utf-8-sig", errors="replace", newline="") if options.file else _stdin()
    except OSError as error:
        sys.stderr.write(f"{options.file} could not be read: {error.strerror}\n")
        return 2
    with source:
        try:
            out = options.out.open("w", encoding="utf-8", errors=_LONE_HALVES) if options.out else _stdout()
            try:
                bad = score(
                    source,
                    out,
                    jobs=max(1, options.jobs),
                    from_csv=_is_csv(options.file, options.format),
                    to_csv=_is_csv(options.out, options.format),
                    progress=sys.stderr if sys.stderr.isatty() else None,
                )
            finally:
                if options.out:
                    out.close()
        except NoColumns as reason:
            sys.stderr.write(f"{reason}\n")
            return 2
        except BrokenPipeError:
            raise  # whoever read our output has gone, which the command line knows how to take
        except OSError as error:
            sys.stderr.write(f"{options.out or 'standard output'} could not be written: {error.strerror}\n")
            return 2
    return 1 if bad else 0


def _is_csv(path: Path | None, otherwise: str) -> bool:
    """Return True if a file is to be CSV: by its ending, else as asked for."""
    ending = path.suffix.lower() if path else ""
    return ending == ".csv" or (ending not in (".jsonl", ".json", ".ndjson") and otherwise == "csv")


def _stdin() -> TextIO:
    """Return standard input, read as files are: UTF-8 with or without a mark in front, line ends as they stand."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace", newline="")
    return sys.stdin


def _stdout() -> TextIO:
    """Return standard output, written as files are."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors=_LONE_HALVES)
    return sys.stdout


if __name__ == "__main__":
    sys.exit(main())
