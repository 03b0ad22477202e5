"""The command line for people who write patients: check, start, bring up to date, hand out.

Heavy imports stand inside the verbs, so that each starts quickly.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.loading import Loaded

FILE = click.Path(path_type=Path)


def stop(message: str, code: int = 1) -> NoReturn:
    """Print a sentence to the error stream and end."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(code)


def find_scenario(name: str) -> Loaded:
    """Return a scenario by the id it has in the library, or by the path of its file."""
    from simulator.loading import SCENARIOS, load_file, load_folder
    from simulator.validating import did_you_mean

    path = Path(name)
    if path.suffix in {".yaml", ".yml"} and path.exists():
        loaded, problems = load_file(path)
        if loaded is None:
            stop("\n\n".join(problem.as_text() for problem in problems))
        return loaded
    name = name.removesuffix(".yaml")
    file = SCENARIOS / f"{name}.yaml"
    if file.is_file() and file.resolve().parent == SCENARIOS.resolve():
        loaded, _ = load_file(file, f"{SCENARIOS.name}/{file.name}")
        if loaded is not None:
            return loaded  # without reading the rest of the library
    library = load_folder()
    if name in library.scenarios:
        return library.scenarios[name]
    broken = [problem for problem in library.problems if Path(problem.file).stem == name]
    if broken:
        stop("\n\n".join(problem.as_text() for problem in broken))
    guess = did_you_mean(name, library.scenarios)
    hint = f'Did you mean "{guess}"?' if guess else "There are: " + ", ".join(library.scenarios)
    stop(f'There is no scenario "{name}". {hint}')


@click.command()
@click.argument("files", nargs=-1, type=FILE, help="Scenario files or folders; the whole library where left out.")
@click.option("--format", "output", default="text", help="text, json or github.")
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved (stop: Ctrl+C).")
def check(files: Sequence[Path], output: str, watch: bool) -> None:
    """Check scenarios: read them strictly, and play prescribers and trainees with the real patient and scorer."""
    gc.disable()  # a check makes much and throws little away; looking for that took a tenth of its time
    from simulator.checking import changes, check_files, files_to_check, plural, report
    from simulator.problems import has_errors

    if output not in {"text", "json", "github"}:
        stop(f'"{output}" is not a format. Choose text, json or github.')
    paths = files_to_check(files)
    if not paths:
        stop("There was nothing to check: no scenario files were found.")
    played, problems = check_files(paths)
    click.echo(report(played, problems, output))
    if watch:
        gc.freeze()  # what is there stays, and is not gone through
        gc.enable()
        click.echo(f"Watching {plural(len(paths), 'file')}. Save one to check it again; stop with Ctrl+C.")
        for changed in changes(files):
            click.echo("\n" + report(*check_files(changed), output))
    if has_errors(problems):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("title", help="The scenario's title, in quotes.")
@click.option("--dir", "folder", type=FILE, default=Path("scenarios"), help="Where to put it.")
def new(title: str, folder: Path) -> None:
    """Start a scenario: a commented file that checks clean and plays."""
    from simulator.starting import NotStarted, new_scenario

    try:
        path = new_scenario(title, folder)
    except NotStarted as reason:
        stop(str(reason))
    click.echo(
        f"{path} is there. Try it:\n  python3 run.py check {path} --watch\n  python3 run.py play {path} --interactive"
    )


@click.command()
@click.argument("files", nargs=-1, type=FILE, help="Scenario files; the library where left out.")
def upgrade(files: Sequence[Path]) -> None:
    """Bring scenario files up to today's format; what is up to date stays as it is."""
    from simulator.checking import files_to_check, plural
    from simulator.starting import NotStarted, upgrade_file

    paths = files_to_check(files)
    try:
        changed = [path for path in paths if upgrade_file(path)]
    except NotStarted as reason:
        stop(str(reason))
    for path in changed:
        click.echo(f"{path}: brought up to today's format")
    click.echo(f"{plural(len(paths), 'file')} looked at, {len(changed)} changed.")


@click.command()
@click.argument("scenario", help="A scenario's id, or the path of its file.")
@click.option("--out", "folder", type=FILE, default=Path("handouts"), help="Where to put them.")
def handout(scenario: str, folder: Path) -> None:
    """Write an actor's script and a facilitator's guide: HTML that prints well."""
    from ui.handouts import write_handouts

    try:
        made = write_handouts(find_scenario(scenario).scenario, folder)
    except OSError as error:
        stop(f"{folder} cannot be written to: {error.strerror}.")
    for path in made:
        click.echo(str(path))


@click.command()
def generate() -> None:
    """Write what is made from the format and the catalogue: the schema, the reference, the pages of problems."""
    from simulator.reference import generated, write

    click.echo(f"{write()} of {len(list(generated()))} generated files had changed.")


VERBS = (check, new, upgrade, handout, generate)
