"""The command line for researchers: rate files, fit the scorer, see its honesty card, compare raters, outcomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from records import Actor, Records

FILE = click.Path(path_type=Path)
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@click.command(context_settings=PASSED_ON)
@click.pass_context
def score(context: click.Context) -> None:
    """Rate clinician replies in a JSON-lines or CSV file; with --judge by a language model (see docs/models.md)."""
    if "--judge" in context.args:
        from second_rater import score_by_model

        raise click.exceptions.Exit(score_by_model(context.args))
    from scoring.__main__ import main

    raise click.exceptions.Exit(main(list(context.args)))


@click.command(context_settings=PASSED_ON)
@click.pass_context
def fit(context: click.Context) -> None:
    """Make the scorer's weights again from rated replies (see scoring/data/README.md)."""
    from scoring.__main__ import main

    raise click.exceptions.Exit(main(["fit", *context.args]))


@click.command("scorer-card")
def scorer_card() -> None:
    """Print how far to trust the scorer: its own error rates, and how often people here disagreed with it."""
    from records import RecordsError
    from scoring.card_page import Disagreements, card_markdown, shipped_figures, stale_note

    figures = shipped_figures()
    if note := stale_note(figures):
        click.echo(note, err=True)
    found = None
    try:
        if (records := _records_at_hand()) is not None:
            counts = records.disagreement_counts(_whoever_runs_this())
            found = Disagreements(counts.rated_replies, counts.pairs)
    except RecordsError as error:
        click.echo(f"Disagreements are not counted here: {error.sentence}", err=True)
    click.echo(card_markdown(figures, found))


@click.command("export-disagreements")
@click.option("--out", type=FILE, help="Where to write; standard output where left out.")
def export_disagreements(out: Path | None) -> None:
    """Write the levels that people set themselves as JSON lines that fit reads (see scoring/data/README.md).

    They hold what trainees typed, word for word; no names and no ids. Look through them before you pass them on.
    """
    from records import RecordsError
    from ui.own_levels import as_lines, exported

    try:
        records = _records_at_hand()
        cases = exported(records, _whoever_runs_this()) if records is not None else []
    except RecordsError as error:
        click.echo(error.sentence, err=True)
        raise click.exceptions.Exit(1) from error
    try:
        if out is None:
            click.echo(as_lines(cases), nl=False)
        else:
            out.write_text(as_lines(cases), encoding="utf-8")
    except OSError as error:
        click.echo(f"{out} cannot be written to: {error.strerror}.", err=True)
        raise click.exceptions.Exit(1) from error
    replies = "1 reply" if len(cases) == 1 else f"{len(cases)} replies"
    click.echo(f"Levels for {replies}. They hold what was typed: look through them before you pass them on.", err=True)


def _whoever_runs_this() -> Actor:
    """Return the person at the command line: whoever can read the records' file looks after it."""
    from records import Actor

    return Actor("command-line", "administrator")


def _records_at_hand() -> Records | None:
    """Return the records, or None where nothing has been kept yet; looking makes no file."""
    from records import default_url, open_records

    url = default_url()
    file = url.removeprefix("sqlite:///")
    return None if file != url and not Path(file).exists() else open_records(url)


@click.command()
@click.argument("first", type=FILE, help="Ratings as JSON lines: id, and a level for each skill.")
@click.argument("second", type=FILE, help="The other rater's, with the same ids.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def agree(first: Path, second: Path, as_json: bool) -> None:
    """Say how far two raters agree: the embedded one, a model, people."""
    from raters.agreement import NotRatings
    from raters.command import agree as compare

    try:
        click.echo(compare(first, second, as_json=as_json))
    except NotRatings as reason:
        click.echo(str(reason), err=True)
        raise click.exceptions.Exit(1) from reason


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--seeds", type=click.IntRange(min=1), default=10, help="How many seeds, each another temperament at the door."
)
def outcomes(as_json: bool, seeds: int) -> None:
    """Play every patient both ways and print how many would take what was agreed: a calibrated illustration."""
    from simulator.loading import load_folder
    from simulator.outcome import shares

    found = shares([one.scenario for one in load_folder().scenarios.values()], range(seeds))
    if as_json:
        click.echo(json.dumps({name: one.as_json() for name, one in found.items()}, indent=2))
        return
    click.echo(f"{'share willing':<24}{'rushed':>8}{'collaborative':>15}")
    for name, one in found.items():
        click.echo(f"{name:<24}{one.rushed:>8.2f}{one.collaborative:>15.2f}")
    click.echo(
        "\nA calibrated illustration, not a forecast: the mean is set to lie near the published contrast\n"
        "(74% and 96% would accept; Saha & Beach 2011, doi 10.1016/j.pec.2011.04.023)."
    )


@click.command("export-two-apart")
@click.option("--out", type=FILE, help="Where to write; standard output where left out.")
def export_two_apart(out: Path | None) -> None:
    """Write the replies that the scorer and a second rater see two levels or more apart, as JSON lines.

    They hold what trainees typed, word for word; no names and no ids. Look through them before you pass them on.
    """
    from records import Actor, RecordsError, default_url, open_records
    from ui.second import two_apart_lines

    url = default_url()
    file = url.removeprefix("sqlite:///")
    try:
        # Looking makes no file. Whoever can read the records' file looks after it.
        kept = file == url or Path(file).exists()
        lines = two_apart_lines(open_records(url), Actor("command-line", "administrator")) if kept else ""
        if out is None:
            click.echo(lines, nl=False)
        else:
            out.write_text(lines, encoding="utf-8")
    except RecordsError as error:
        click.echo(error.sentence, err=True)
        raise click.exceptions.Exit(1) from error
    except OSError as error:
        click.echo(f"{out} cannot be written to: {error.strerror}.", err=True)
        raise click.exceptions.Exit(1) from error
    click.echo(f"Replies written: {lines.count(chr(10))}. They hold what was typed: look through them first.", err=True)


VERBS = (score, fit, scorer_card, export_disagreements, agree, outcomes, export_two_apart)
