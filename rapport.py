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
from typing import TYPE_CHECKING, Any

import click

import authoring
import research
from authoring import find_scenario, stop

if TYPE_CHECKING:
    from simulator.loading import Loaded
    from simulator.turn import PlayedVisit

# There is none, and looking for one goes through every package that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")


class Verbs(click.Group):
    """The verbs in the order in which they stand here, each with the whole of its first sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the verbs in the order in which they were added."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write every verb with what it does, over as many lines as that takes."""
        does = {name: self.commands[name].help or "" for name in self.list_commands(ctx)}
        with formatter.section("Commands"):
            formatter.write_dl([(name, whole.split("\n\n")[0]) for name, whole in does.items()])


@click.group(cls=Verbs, no_args_is_help=True, context_settings={"show_default": True})
def app() -> None:
    """Practise a medication visit with a simulated patient, and learn what your words did."""


LOOPBACK = {"127.0.0.1", "localhost", "::1"}


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
    click.echo(f"Rapport is at http://{shown}:{port}   (stop: Ctrl+C)")
    if host not in LOOPBACK:
        click.echo("It can be reached from other machines. Read docs/operators.md before others use it.")
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
@click.argument("scenario", help="A scenario's id, or the path of its file.")
@click.option(
    "--as",
    "as_",
    default="collaborative",
    help="rushed, collaborative, a synthetic trainee's name, or a file with a reply a line.",
)
@click.option("--interactive", is_flag=True, help="Talk yourself; piped in or with --json: one JSON object a turn.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--seed", type=int, default=0, help="The same seed gives the same visit.")
def play(scenario: str, as_: str, interactive: bool, as_json: bool, seed: int) -> None:
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
        click.echo(json.dumps(visit.as_json(), ensure_ascii=False, indent=2))
    else:
        from simulator.play import visit_as_text

        click.echo(visit_as_text(loaded.scenario, visit))


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
    if who not in trainees():
        stop(f'"{who}" is neither a file nor a name. Names: rushed, collaborative, {", ".join(trainees())}.')
    return play_as(loaded.scenario, trainees()[who], seed=seed)


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
    click.echo(f"End the visit with an empty line.\n\n{name}: {encounter.opening}")
    while line := typed_line("\nYou: "):
        try:
            click.echo("\n".join(turn_as_text(name, encounter.reply(line))))
        except ReplyRefused as refused:
            click.echo(str(refused))
    click.echo("\n" + "\n".join(ending_as_text(name, encounter.end())))


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
def doctor() -> None:
    """Say plainly what is here, what works and what is missing."""
    from doctor import findings

    bad = False
    for finding in findings():
        click.echo(f"{'ok ' if finding.fine else '-- '} {finding.says}")
        bad = bad or finding.fatal
    if bad:
        raise click.exceptions.Exit(1)


for verb in (*authoring.VERBS, *research.VERBS):
    app.add_command(verb)


def main() -> None:
    """Run the command line; a surprise is one sentence, never a traceback."""
    try:
        sys.exit(app(standalone_mode=False))
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone (head, less): nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    finally:
        gc.freeze()  # all goes with the process: looking through it once more only makes people wait


if __name__ == "__main__":
    main()
