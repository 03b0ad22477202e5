"""Rating many replies by a model: what it will take is said first, and it can be broken off and gone on with."""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TextIO

import scoring
from raters.addressed import addressed_places
from raters.judge import disagreements
from raters.runs import NO_USE, rate_often
from scoring.batch import as_row
from scoring.csv_files import Unreadable, read_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from raters.judge import Judge

_SAMPLE = 100
"""How many replies the estimate is made from at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """One reply to rate."""

    id: Any
    patient: str
    reply: str
    earlier: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a batch will take at most, if every run of every reply needs one request."""

    replies: int
    tokens_in: int
    tokens_out: int
    price: float | None
    """In the operator's currency; None where the operator has told no prices."""
    runs: int = 1
    """How often each reply is rated; the tokens and the price are for all runs."""

    def as_text(self) -> str:
        """Return the estimate as a sentence."""
        cost = "its price is not known (RAPPORT_MODEL_PRICE_IN and _OUT)" if self.price is None else f"{self.price:.2f}"
        each = f", each rated {self.runs} times" if self.runs > 1 else ""
        return (
            f"{self.replies:,} replies{each}: about {self.tokens_in:,} tokens to read, "
            f"up to {self.tokens_out:,} to write; "
            + (cost if self.price is None else f"up to about {cost} in the currency of your prices")
            + "."
        )


class CannotGoOn(ValueError):
    """Why a batch cannot be begun or gone on with, in one sentence."""


def read_items(lines: Iterable[str], *, from_csv: bool, complain: Callable[[str], None]) -> list[Item]:
    """Read the replies to rate; a line that is none is reported by its number and left out."""
    items: dict[str, Item] = {}
    records: Iterable[tuple[int, Any]] = read_csv(lines) if from_csv else enumerate(lines, start=1)
    for number, record in records:
        if isinstance(record, Unreadable):
            complain(f"line {number}: {record.problem}; it was left out")
            continue
        if isinstance(record, str) and not record.strip("\ufeff \t\r\n"):
            continue
        try:
            row = json.loads(record.lstrip("\ufeff")) if isinstance(record, str) else record
        except (ValueError, RecursionError):
            complain(f"line {number}: this line is not JSON; it was left out")
            continue
        if not isinstance(row, dict) or not all(isinstance(row.get(field), str) for field in ("patient", "reply")):
            complain(f'line {number}: "patient" or "reply" is missing or not text; it was left out')
            continue
        earlier = row.get("earlier") or []
        earlier = [earlier] if isinstance(earlier, str) else earlier
        identity = row.get("id", number)
        if str(identity) in items:
            complain(f'line {number}: the id "{identity}" is there twice; the first one counts')
            continue
        items[str(identity)] = Item(
            identity, row["patient"], row["reply"], tuple(map(str, earlier)), str(row.get("context") or "")
        )
    return list(items.values())


def estimate(
    items: Sequence[Item],
    tokens: Callable[[Item], tuple[int, int]],
    prices: tuple[float | None, float | None] = (None, None),
    runs: int = 1,
) -> Estimate:
    """Return what rating these replies ``runs`` times will take; ``tokens`` tells what one reads and may write."""
    if not items:
        return Estimate(0, 0, 0, None if None in prices else 0.0, runs)
    sample = items[:: max(1, len(items) // _SAMPLE)]
    counts = [tokens(item) for item in sample]
    scale = runs * len(items) / len(sample)
    read, written = (round(sum(count[place] for count in counts) * scale) for place in (0, 1))
    price_in, price_out = prices
    price = None if price_in is None or price_out is None else (read * price_in + written * price_out) / 1e6
    return Estimate(len(items), read, written, price, runs)


def done_before(out: Path, model: str, runs: int = 1) -> set[str]:
    """Return the ids that a file already holds ratings for, and take out of it what was not rated or half written.

    Raises:
        CannotGoOn: the file holds something else, or ratings by another model or of another number of runs.
    """
    if not out.exists():
        return set()
    kept, done = [], set()
    lines = out.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            rater = row["rater"]
            failed = bool(rater["failure"])
            made = len(rater.get("runs") or [rater])
        except (ValueError, TypeError, KeyError, RecursionError):
            if number == len(lines):
                continue  # broken off in the middle of writing
            raise CannotGoOn(f"{out} holds something else than ratings by a model. Choose another --out.") from None
        if failed:
            continue
        if rater["model"] != model:
            raise CannotGoOn(f'{out} was begun with the model "{rater["model"]}". Choose another --out for this one.')
        if made != runs:
            raise CannotGoOn(f"{out} was begun with --runs {made}. Choose another --out for --runs {runs}.")
        kept.append(line)
        done.add(str(row["id"]))
    if len(kept) < len(lines):
        fresh = out.with_name(out.name + ".new")
        fresh.write_text("".join(line + "\n" for line in kept), encoding="utf-8")
        fresh.replace(out)
    return done


def rate(item: Item, judge: Judge, runs: int = 1) -> dict[str, Any]:
    """Return one reply's row: the model's levels, the embedded ones beside them, and where the two are far apart."""
    reading = scoring.read(item.reply, item.patient, item.earlier, item.context)
    card = scoring.grade(reading)
    flagged = addressed_places(reading)
    second = rate_often(judge, runs, item.reply, item.patient, item.earlier, item.context, flagged)
    embedded = as_row(item.id, reading, card)
    return (
        {"id": item.id}
        | second.as_json()
        | {
            "embedded": {skill: embedded[skill] for skill in scoring.SKILLS},
            "disagreement": list(disagreements(card, second.rating)),
        }
    )


def rate_all(
    items: Sequence[Item],
    judge: Judge,
    out: TextIO,
    at_once: int,
    progress: Callable[[int, int], None] | None = None,
    runs: int = 1,
) -> tuple[int, int]:
    """Rate replies, several at once, and write each as soon as it is there.

    Returns:
        How many were rated, and how many could not be.

    Raises:
        CannotGoOn: the model refuses in a way that the next reply would meet too; what was rated stays written.
    """
    rated = failed = 0
    left: Iterator[Item] = iter(items)
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        running: set[Future[dict[str, Any]]] = {pool.submit(rate, item, judge, runs) for item in islice(left, at_once)}
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for one in ended:
                row = one.result()
                failure = row["rater"]["failure"]
                if failure in NO_USE:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise CannotGoOn(row[scoring.SKILLS[0]]["not_rated"])
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                out.flush()
                rated, failed = rated + (not failure), failed + bool(failure)
                following = next(left, None)
                if following is not None:
                    running.add(pool.submit(rate, following, judge, runs))
                if progress is not None:
                    progress(rated + failed, len(items))
    return rated, failed


def show_progress(done: int, whole: int) -> None:
    """Say on the terminal how far it has come."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {whole:,} rated" + (os.linesep if done == whole else ""))
        sys.stderr.flush()
