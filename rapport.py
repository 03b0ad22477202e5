"""The command line: serve, check, play, score, doctor and what educators and operators need besides.

Each verb does little itself: it reads its words, calls the package that knows, and prints. Errors are sentences.
Heavy imports stand inside the verbs, so that each starts quickly.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from research import app as research

if TYPE_CHECKING:
    from simulator.loading import Loaded
    from simulator.turn import PlayedVisit

# There is none, and looking for one goes through every package that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")

app = typer.Typer(
    name="rapport",
    help="Practise a medication visit with a simulated patient, and learn what your words did.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(research)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def stop(message: str, code: int = 1) -> NoReturn:
    """Print a sentence to the error stream and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def find_scenario(name: str) -> Loaded:
    """Return a scenario by the id it has in the library, or by the path of its file."""
    from simulator.loading import load_file, load_folder
    from simulator.validating import did_you_mean

    path = Path(name)
    if path.suffix in {".yaml", ".yml"} and path.exists():
        loaded, problems = load_file(path)
        if loaded is None:
            stop("\n\n".join(problem.as_text() for problem in problems))
        return loaded
    library = load_folder()
    name = name.removesuffix(".yaml")
    if name in library.scenarios:
        return library.scenarios[name]
    broken = [problem for problem in library.problems if Path(problem.file).stem == name]
    if broken:
        stop("\n\n".join(problem.as_text() for problem in broken))
    guess = did_you_mean(name, library.scenarios)
    hint = f'Did you mean "{guess}"?' if guess else "There are: " + ", ".join(library.scenarios)
    stop(f'There is no scenario "{name}". {hint}')


@app.command()
def serve() -> None:
    """Start the app on http://127.0.0.1:8501 (environment: PORT, HOST)."""
    host = os.environ.get("HOST", "127.0.0.1")
    given = os.environ.get("PORT", "8501")
    if not given.isdecimal() or not 0 < int(given) < 65536:
        stop(f'PORT is "{given}"; it must be a number between 1 and 65535.')
    port = int(given)
    if not port_is_free(host, port):
        stop(
            f"Something else already answers on {host}, port {port}: perhaps Rapport itself, in another window.\n"
            f"Open http://{host}:{port}, or choose another port: PORT={port + 1} python3 run.py"
        )
    from ui.server import serve as run

    shown = host if host not in {"0.0.0.0", "::"} else "127.0.0.1"
    typer.echo(f"Rapport is at http://{shown}:{port}   (stop: Ctrl+C)")
    if host not in LOOPBACK:
        typer.echo("It can be reached from other machines. Read docs/operators.md before others use it.")
    run(host, port)


def port_is_free(host: str, port: int) -> bool:
    """Return True if nothing listens there yet."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@app.command()
def play(
    scenario: Annotated[str, typer.Argument(help="A scenario's id, or the path of its file.")],
    as_: Annotated[
        str,
        typer.Option("--as", help="rushed, collaborative, a synthetic trainee's name, or a file with a reply a line."),
    ] = "collaborative",
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Talk yourself; piped in or with --json: one JSON object a turn.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same visit.")] = 0,
) -> None:
    """Play a visit without a browser."""
    loaded = find_scenario(scenario)
    if interactive:
        if sys.stdin.isatty() and not as_json:
            talk_in_the_terminal(loaded, seed)
        else:
            talk_on_standard_input(loaded, seed)
        return
    visit = played_as(loaded, as_, seed)
    if as_json:
        typer.echo(json.dumps(visit.as_json(), ensure_ascii=False, indent=2))
    else:
        from simulator.play import visit_as_text

        typer.echo(visit_as_text(loaded.scenario, visit))


def played_as(loaded: Loaded, who: str, seed: int) -> PlayedVisit:
    """Return a visit played by one of the scenario's prescribers, a synthetic trainee, or the lines of a file."""
    from simulator.play import play as play_visit
    from simulator.trainees import play_as, trainees

    if who in {"rushed", "collaborative"}:
        return play_visit(loaded.scenario, who, seed=seed)
    path = Path(who)
    if path.exists():
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            stop(f"{who} cannot be read as UTF-8 text.")
        replies = [line for line in lines if line.strip()]
        if not replies:
            stop(f"{who} holds no replies. Write one reply a line.")
        try:
            return play_visit(loaded.scenario, replies, seed=seed)
        except ValueError as refused:
            stop(f"{who}: {refused}")
    if who in trainees():
        return play_as(loaded.scenario, trainees()[who], seed=seed)
    stop(f'"{who}" is neither a file nor a name. Names: rushed, collaborative, {", ".join(trainees())}.')


def talk_on_standard_input(loaded: Loaded, seed: int) -> None:
    """Answer each line of standard input with one JSON object; the last one holds the outcome."""
    from simulator.encounter import Encounter, ReplyRefused

    encounter = Encounter(loaded.scenario, seed=seed)
    say({"opening": encounter.opening})
    for line in sys.stdin:
        try:
            say(encounter.reply(line.rstrip("\n")).as_json())
        except ReplyRefused as refused:
            say({"refused": str(refused)})
    say({"outcome": encounter.end().as_json()})


def talk_in_the_terminal(loaded: Loaded, seed: int) -> None:
    """Let a person talk to the patient, with what each reply moved, until they end the visit."""
    from simulator.encounter import Encounter, ReplyRefused
    from simulator.play import ending_as_text, turn_as_text

    encounter, name = Encounter(loaded.scenario, seed=seed), loaded.scenario.patient.name
    typer.echo(f"End the visit with an empty line.\n\n{name}: {encounter.opening}")
    while line := typed_line("\nYou: "):
        try:
            typer.echo("\n".join(turn_as_text(name, encounter.reply(line))))
        except ReplyRefused as refused:
            typer.echo(str(refused))
    typer.echo("\n" + "\n".join(ending_as_text(name, encounter.end())))


def typed_line(before: str) -> str:
    """Return what is typed next, "" at an empty line or where typing has ended."""
    try:
        return input(before).strip()
    except EOFError:
        return ""


def say(value: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


@app.command()
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Scenario files or folders; the whole library where left out.")
    ] = None,
    output: Annotated[str, typer.Option("--format", help="text, json or github.")] = "text",
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file is saved (stop: Ctrl+C).")
    ] = False,
) -> None:
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
    typer.echo(report(played, problems, output))
    gc.enable()
    if watch:
        typer.echo(f"Watching {plural(len(paths), 'file')}. Save one to check it again; stop with Ctrl+C.")
        for changed in changes(files):
            typer.echo("\n" + report(*check_files(changed), output))
    if has_errors(problems):
        raise typer.Exit(1)


@app.command()
def new(
    title: Annotated[str, typer.Argument(help="The scenario's title, in quotes.")],
    folder: Annotated[Path, typer.Option("--dir", help="Where to put it.")] = Path("scenarios"),
) -> None:
    """Start a scenario: a commented file that checks clean and plays."""
    from simulator.starting import NotStarted, new_scenario

    try:
        path = new_scenario(title, folder)
    except NotStarted as reason:
        stop(str(reason))
    typer.echo(
        f"{path} is there. Try it:\n  python3 run.py check {path} --watch\n  python3 run.py play {path} --interactive"
    )


@app.command()
def upgrade(
    files: Annotated[list[Path] | None, typer.Argument(help="Scenario files; the library where left out.")] = None,
) -> None:
    """Bring scenario files up to today's format; what is up to date stays as it is."""
    from simulator.checking import files_to_check, plural
    from simulator.starting import NotStarted, upgrade_file

    paths = files_to_check(files)
    try:
        changed = [path for path in paths if upgrade_file(path)]
    except NotStarted as reason:
        stop(str(reason))
    for path in changed:
        typer.echo(f"{path}: brought up to today's format")
    typer.echo(f"{plural(len(paths), 'file')} looked at, {len(changed)} changed.")


@app.command()
def handout(
    scenario: Annotated[str, typer.Argument(help="A scenario's id, or the path of its file.")],
    folder: Annotated[Path, typer.Option("--out", help="Where to put them.")] = Path("handouts"),
) -> None:
    """Write an actor's script and a facilitator's guide: HTML that prints well."""
    from ui.handouts import write_handouts

    try:
        made = write_handouts(find_scenario(scenario).scenario, folder)
    except OSError as error:
        stop(f"{folder} cannot be written to: {error.strerror}.")
    for path in made:
        typer.echo(str(path))


@app.command()
def generate() -> None:
    """Write what is made from the format and the catalogue: the schema, the reference, the pages of problems."""
    from simulator.reference import generated, write

    typer.echo(f"{write()} of {len(list(generated()))} generated files had changed.")


@app.command()
def doctor() -> None:
    """Say plainly what is here, what works and what is missing."""
    from doctor import findings

    bad = False
    for finding in findings():
        typer.echo(f"{'ok ' if finding.fine else '-- '} {finding.says}")
        bad = bad or finding.fatal
    if bad:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; a surprise is one sentence, never a traceback."""
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone (head, less): nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # all goes with the process: looking through it once more only makes people wait


if __name__ == "__main__":
    main()
