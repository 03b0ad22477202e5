"""`rapport score --judge` and `rapport agree`, given a judge: words in, words and files out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from raters import agreement
from raters.batch import CannotGoOn, Item, done_before, estimate, rate_all, read_items, show_progress
from raters.judge import as_data, as_material
from raters.runs import MOST_RUNS
from scoring.csv_files import NoColumns

if TYPE_CHECKING:
    from collections.abc import Callable

    from raters.judge import Judge


def score_with_judge(
    words: list[str],
    judge: Judge,
    model: str,
    at_once: int,
    tokens: Callable[..., tuple[int, int]],
    prices: tuple[float | None, float | None],
    runs: int = 1,
) -> int:
    """Run `rapport score FILE --judge`; returns the exit code.

    Args:
        words: The command's words, without the verb.
        judge: The second rater.
        model: The model's name, for the record and for going on with a file.
        at_once: How many replies are rated at the same time.
        tokens: Tells from a prompt and its context how many tokens it reads and its answer may have.
        prices: Of a million tokens read and written, where the operator has told them.
        runs: How often each reply is rated where the words don't say it.
    """
    parser = argparse.ArgumentParser("rapport score --judge", description="Rate replies by a language model.")
    parser.add_argument("file", type=Path, help="JSON lines {id, patient, reply, context, earlier}, or .csv")
    parser.add_argument("--judge", action="store_true", help="rate by the model that the settings name")
    parser.add_argument("--out", type=Path, required=True, help="JSON lines; ratings already in it are not made again")
    parser.add_argument(
        "--runs", type=_runs, default=runs, metavar="N",
        help=f"rate each reply N times, 1 to {MOST_RUNS}; the median counts (as set: {runs})",
    )  # fmt: skip
    parser.add_argument("--yes", action="store_true", help="begin without asking")
    options = parser.parse_args(words)
    try:
        with options.file.open(encoding="utf-8", errors="replace", newline="") as source:
            items = read_items(source, from_csv=options.file.suffix.lower() == ".csv", complain=_complain)
        done = done_before(options.out, model, options.runs)
        left = [item for item in items if str(item.id) not in done]
        if done:
            _complain(f"{len(items) - len(left):,} are rated already.")
        if not left:
            _complain("There is nothing left to rate." if items else f"{options.file} holds no replies.")
            return 0 if items else 1
        _complain(
            estimate(left, lambda item: tokens("judge", **in_prompt(judge, item)), prices, options.runs).as_text()
            + f" Model: {model}."
        )
        if not options.yes and not _agreed():
            _complain("Nothing was rated.")
            return 1
        with options.out.open("a", encoding="utf-8") as out:
            rated, failed = rate_all(left, judge, out, at_once, show_progress, options.runs)
    except OSError as error:
        _complain(f"{error.filename or options.file} cannot be used: {error.strerror}.")
        return 1
    except (CannotGoOn, NoColumns) as error:
        _complain(str(error))
        return 1
    except KeyboardInterrupt:
        _complain("\nBroken off. The same command goes on from here.")
        return 130
    _complain(f"{rated:,} rated" + (f", {failed:,} not; the same command tries those again." if failed else "."))
    return 1 if failed else 0


def in_prompt(judge: Judge, item: Item) -> dict[str, object]:
    """Return what the judge's prompt is filled with for one reply."""
    material = as_material(item.patient, item.earlier, item.context)
    return material | {"rubric": judge.rubric.words, "reply": as_data(item.reply), "fence": "<<0000000000000000>>"}


def agree(first: Path, second: Path, *, as_json: bool) -> str:
    """Return how far the raters of two files agree.

    Raises:
        NotRatings: a file cannot be read or holds no ratings, or the two have no reply in common.
    """
    ratings = []
    for path in (first, second):
        try:
            with path.open(encoding="utf-8") as lines:
                ratings.append(agreement.read_ratings(lines, path.name))
        except UnicodeDecodeError:
            raise agreement.NotRatings(f"{path} is not UTF-8 text.") from None
        except OSError as error:
            raise agreement.NotRatings(f"{path} cannot be read: {error.strerror}.") from None
    if not ratings[0].keys() & ratings[1].keys():
        raise agreement.NotRatings(f"{first} and {second} have no reply in common: no id is in both.")
    found = agreement.agreement(*ratings)
    if as_json:
        return json.dumps({skill: one.as_json() for skill, one in found.items()}, indent=2)
    return agreement.as_text(found, (str(first), str(second)))


def _runs(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed) <= MOST_RUNS:
        raise argparse.ArgumentTypeError(f'"{typed}" must be a whole number from 1 to {MOST_RUNS}')
    return int(typed)


def _complain(message: str) -> None:
    sys.stderr.write(message + "\n")


def _agreed() -> bool:
    """Ask on the terminal; without one nobody can have agreed."""
    if not sys.stdin.isatty():
        _complain("Begin with --yes, or from a terminal.")
        return False
    sys.stderr.write("Begin? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
