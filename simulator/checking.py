"""Checking a scenario that reads well: would its patient do what its author means?

Reading finds slips of the pen. This finds slips of the story, by looking at the lines and by playing the scenario's
own prescribers and the synthetic trainees through the real patient and scorer.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.checking_lines import check_lines
from simulator.checking_stories import check_stories
from simulator.checking_trainees import check_trainees, course_of, longest_first
from simulator.checking_visits import check_visits
from simulator.encounter import Encounter
from simulator.heard_before import heard_before
from simulator.loading import ENDINGS, SCENARIOS, from_document
from simulator.patient import ear_of
from simulator.problems import Problem, problem
from simulator.rating import learn, news, rated_before
from simulator.reading import read_file, read_text
from simulator.sharing import begun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from simulator.checking_trainees import Course
    from simulator.heard_before import News as Heard
    from simulator.loading import Loaded
    from simulator.rating import News
    from simulator.reading import Document


WORTH_SHARING = 3
"""Files from which another processor saves more time than starting it takes."""
BETWEEN_LOOKS = 0.4
"""Seconds."""


def check(
    loaded: Loaded, name: str | None = None, *, apart: bool = False, document: Document | None = None
) -> list[Problem]:
    """Return what is wrong with a scenario beyond its spelling, in the order of its lines; errors and warnings.

    Args:
        loaded: A scenario without errors, as loading gives it.
        name: What to call its file; its path where left out.
        apart: Have trainees play on another processor meanwhile; only where nothing else runs in this process.
        document: The file as it was read, where that is at hand.
    """
    scenario = loaded.scenario
    names = longest_first(scenario)

    heard = ear_of(scenario).before

    def play(trainee: str) -> tuple[Course, News, Heard]:
        return course_of(scenario, trainee), news(), heard.news()

    if apart:
        Encounter(scenario).reply("Hello.")  # What both processes need is loaded before there are two.
    courses = begun(play, names) if apart else lambda: list(map(play, names))
    document = document or read_text(loaded.text, name or str(loaded.path))
    found = [*check_lines(document, scenario), *check_stories(document, scenario), *check_visits(document, scenario)]
    played = courses()
    for _, rated, made in played:
        learn(rated)
        heard.learn(made)
    found += check_trainees(document, scenario, {name: one for name, (one, *_) in zip(names, played, strict=True)})
    return in_order(found)


def files_to_check(given: Sequence[Path] | None) -> list[Path]:
    """Return scenario files: those given, those of folders given, or the library's where nothing is given.

    What is no file where the author stands may be a patient of the library, named by file or id.
    """
    found: list[Path] = []
    for path in given or [SCENARIOS]:
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.suffix in ENDINGS)
        else:
            found.append(path if path.exists() else of_the_library(path) or path)
    return found


def of_the_library(path: Path) -> Path | None:
    """Return the library's file that is called so, with or without its ending; None where there is none."""
    names = (path.name, path.name + ENDINGS[0])
    return next((SCENARIOS / name for name in names if path == Path(path.name) and (SCENARIOS / name).is_file()), None)


def check_files(paths: Iterable[Path]) -> tuple[int, list[Problem]]:
    """Read and check files; return how many could be played, and all problems, file by file.

    Many files are shared out among the processors: each is checked alone, so the outcome is the same.
    """
    paths = list(paths)
    workers = min(len(paths) // WORTH_SHARING, os.cpu_count() or 1, 4)
    if workers < 2:
        each = [check_file(path, apart=_can_fork()) for path in paths]
    else:
        from concurrent.futures import ProcessPoolExecutor  # here, so that checking one file starts quickly

        _get_ready(paths[0])
        with ProcessPoolExecutor(workers) as pool:
            each = list(pool.map(check_file, paths))
    played, problems = 0, []
    ids: dict[str, Path] = {}
    for path, (scenario_id, found) in zip(paths, each, strict=True):
        first = ids.setdefault(scenario_id, path) if scenario_id else path
        if first != path:
            found = [problem("same-id", shown_path(path), id=scenario_id, other=shown_path(first))]  # noqa: PLW2901
        elif scenario_id:
            played += 1
        problems += found
    return played, problems


def _get_ready(path: Path) -> None:
    """Say one word to the patient of a file, so that processes started now have weights and word lists at hand."""
    loaded, _ = from_document(read_file(path, shown_path(path)), path)
    if loaded is not None:
        Encounter(loaded.scenario).reply("Hello.")


def check_file(path: Path, *, apart: bool = False) -> tuple[str, list[Problem]]:
    """Read and check one file; return its scenario's id, "" where it could not be played, and its problems.

    Args:
        path: The file.
        apart: As for `check`.
    """
    name = shown_path(path)
    document = read_file(path, name)
    loaded, found = from_document(document, path)
    if loaded is None:
        return "", found
    with rated_before(path.name), heard_before(path.name, ear_of(loaded.scenario)):
        return loaded.scenario.id, [*found, *check(loaded, name, apart=apart, document=document)]


def _can_fork() -> bool:
    """Return True where another processor can be given half of a check and begins at once with all that is loaded."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of their lines."""
    return sorted(problems, key=lambda one: (one.line, one.column, one.code))


def shown_path(path: Path) -> str:
    """Return a path as short as it can be clicked on: from where the author stands."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def report(played: int, problems: list[Problem], output: str) -> str:
    """Return problems as text, as JSON, or as notes for a pull request."""
    if output == "json":
        return json.dumps([one.as_json() for one in problems], ensure_ascii=False, indent=2)
    if output == "github":
        return "\n".join(one.as_github() for one in problems)
    errors = sum(one.severity == "error" for one in problems)
    rows = [one.as_text() + "\n" for one in problems]
    warnings = len(problems) - errors
    return "\n".join(
        [*rows, f"{plural(played, 'scenario')} played; {plural(errors, 'error')}, {plural(warnings, 'warning')}."]
    )


def plural(count: int, word: str) -> str:
    """Return "1 error", "2 errors"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def changes(given: Sequence[Path] | None, wait: Callable[[float], None] = time.sleep) -> Iterator[list[Path]]:
    """Yield the scenario files that were saved, each time some were; never ends.

    Args:
        given: As for `files_to_check`; new files of a folder are seen.
        wait: Called with the seconds between two looks.
    """
    before = stamps(given)
    while True:
        wait(BETWEEN_LOOKS)
        now = stamps(given)
        changed = [path for path, stamp in now.items() if before.get(path) != stamp]
        before = now
        if changed:
            yield changed


def stamps(given: Sequence[Path] | None) -> dict[Path, tuple[int, int]]:
    """Return when each file was last written, and its size; files that have gone are left out."""
    found = {}
    for path in files_to_check(given):
        try:
            status = path.stat()
        except OSError:
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found
