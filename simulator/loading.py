"""Loading scenarios: from a folder or from text, each with its problems; one broken file never hides the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.scorecard import HELPING_MOVES
from simulator.everyday import topics
from simulator.own_words import acts, blanks, blanks_of
from simulator.problems import Problem, has_errors, problem
from simulator.reading import Document, Path_, read_bytes, read_file, read_text
from simulator.scenario import Scenario
from simulator.validating import did_you_mean, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.scenario import OwnWords

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "scenarios"
"""The library that ships."""
MOST_PROBLEMS = 100
"""Problems of one file that are told at once."""
ENDINGS = (".yaml", ".yml")
_MEANT = (".yaml.txt", ".yml.txt", ".txt", ".rtf", ".doc", ".docx", ".odt", ".pages")
"""Endings that a scenario file gets by mistake."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario and the text it was read from."""

    scenario: Scenario
    text: str
    """The file's own text; kept with every visit, so that an edit cannot change a visit that is under way."""
    path: Path


@dataclass(slots=True)
class Library:
    """All scenarios of a folder that can be played, and what is wrong with the others."""

    scenarios: dict[str, Loaded] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load_text(text: str, name: str) -> tuple[Scenario | None, list[Problem]]:
    """Read a scenario from text.

    Args:
        text: The whole file.
        name: What to call it in problems.

    Returns:
        The scenario, or None where an error stands against it, and all problems.
    """
    return _finish(read_text(text, name))


def load_file(path: Path, name: str | None = None) -> tuple[Loaded | None, list[Problem]]:
    """Read a scenario file; never raises for what is in it.

    Args:
        path: Where it is.
        name: What to call it in problems; the path where left out.
    """
    return from_document(read_file(path, name or str(path)), path)


def from_document(document: Document, path: Path) -> tuple[Loaded | None, list[Problem]]:
    """Return the scenario of a file that has been read, as `load_file` does."""
    scenario, problems = _finish(document)
    if scenario is not None and scenario.id != path.stem:
        at = document.place(("id",))
        problems.append(document.at("name-differs", *at, id=scenario.id, file=path.name))
        return None, problems
    if scenario is None:
        return None, problems
    return Loaded(scenario, "\n".join(document.lines), path), problems


def load_upload(raw: bytes, name: str) -> tuple[Scenario | None, list[Problem]]:
    """Read a scenario from the bytes of an uploaded file."""
    return _finish(read_bytes(raw, name))


def load_folder(folder: Path = SCENARIOS) -> Library:
    """Read every scenario file of a folder, in the order of their names; sub-folders are left alone."""
    library = Library()
    try:
        there = sorted(folder.iterdir())
    except OSError as error:
        library.problems.append(problem("cannot-open", str(folder), why=error.strerror or "it cannot be read"))
        return library
    home = folder.resolve()
    for path in there:
        name = f"{folder.name}/{path.name}"
        if path.suffix.lower() not in ENDINGS:
            ending = next((ending for ending in _MEANT if path.name.lower().endswith(ending)), "")
            if ending and not path.name.startswith((".", "~")):
                library.problems.append(problem("other-ending", name, ending=ending))
            continue
        if path.resolve().parent != home:
            library.problems.append(problem("cannot-open", name, why="it is a link to a place outside the folder"))
            continue
        loaded, problems = load_file(path, name)
        library.problems.extend(problems)
        if loaded is None:
            continue
        if loaded.scenario.id in library.scenarios:
            other = library.scenarios[loaded.scenario.id].path.name
            library.problems.append(problem("same-id", name, 1, 1, id=loaded.scenario.id, other=other))
            continue
        library.scenarios[loaded.scenario.id] = loaded
    return library


def _finish(document: Document) -> tuple[Scenario | None, list[Problem]]:
    scenario = validate(document, Scenario, "a scenario")
    if scenario is not None:
        document.problems.extend(names_that_point_nowhere(document, scenario))
    document.problems.sort(key=lambda one: (one.line, one.column))
    failed = has_errors(document.problems)
    return (None if failed else scenario), few_enough(document.problems)


def few_enough(problems: list[Problem]) -> list[Problem]:
    """Return the first problems of a file, with a last one that counts the rest; errors before warnings."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    first = sorted(problems, key=lambda one: one.severity)[:MOST_PROBLEMS]
    rest = len(problems) - MOST_PROBLEMS
    return [*first, problem("many-more", problems[0].file, rest=rest)]


@cache
def everyday_topics() -> frozenset[str]:
    """Return the names of the topics that every patient can be asked about, other names included."""
    return frozenset(name for topic in topics().values() for name in (topic.id, *topic.also))


def names_that_point_nowhere(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield a problem for each name of a move, concern or topic that does not exist, and each id used twice."""
    concerns = [concern.id for concern in scenario.concerns]
    for number, concern in enumerate(scenario.concerns):
        for place, move in enumerate(concern.opens_when.any):
            if move not in HELPING_MOVES:
                path: Path_ = ("concerns", number, "opens_when", "any", place)
                yield _unknown(document, path, "unknown-move", move, HELPING_MOVES)
    for number, moment in enumerate(scenario.moments):
        if moment.leads_to is not None and moment.leads_to not in concerns:
            yield _unknown(document, ("moments", number, "leads_to"), "unknown-concern", moment.leads_to, concerns)
    for topic, fact in scenario.facts.items():
        if not (fact.asked_as or fact.asked_like) and topic not in everyday_topics():
            yield _unknown(document, ("facts", topic), "unknown-topic", topic, everyday_topics(), key=True)
    yield from _acts_that_are_none(document, scenario)
    for group, what, ids in (
        ("concerns", "concern", concerns),
        ("moments", "moment", [moment.id for moment in scenario.moments]),
        ("other_ways", "way", [way.id for way in scenario.other_ways]),
    ):
        for number, one in enumerate(ids):
            if one in ids[:number]:
                first = document.place((group, ids.index(one), "id"))[0]
                at = document.place((group, number, "id"))
                yield document.at("id-twice", *at, id=one, first=first, what=what)


def _acts_that_are_none(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield a problem for each entry of own words that is no everyday act, and for each blank that nothing fills."""
    for act, own in scenario.own_words.items():
        path: Path_ = ("own_words", act)
        if act not in acts():
            known = (*acts(), *everyday_topics())
            if did_you_mean(act, known) in acts():
                yield _unknown(document, path, "unknown-act", act, list(acts()), key=True)
            elif act in everyday_topics():
                way_out = f"It is a topic: put it under facts, with a guarded and an open line for {act}."
                yield document.at("unknown-act", *document.place(path, key=True), value=act, way_out=way_out)
            else:
                yield document.at("unknown-act", *document.place(path, key=True), value=act)
            continue
        for name in blanks(own.lines):
            if name not in blanks_of(act):
                may = " ".join(f"{{{one}}}" for one in sorted(blanks_of(act)))
                way_out = f"Write {may}, or take it out." if may else "Take it out."
                line = next(line for line in own.lines if "{" + name + "}" in line)
                at = _place_of(document, path, own, line)
                yield document.at("unknown-blank", *at, value="{" + name + "}", act=act, way_out=way_out)
        if not own.lines:
            yield document.at("no-own-words", *document.place(path, key=True), act=act)


def _place_of(document: Document, path: Path_, own: OwnWords, line: str) -> tuple[int, int]:
    """Return where one of somebody's own lines stands in the file."""
    for group in ("says", "guarded", "open"):
        lines = getattr(own, group)
        if line in lines:
            return document.place((*path, group, lines.index(line)) if group != "says" else (*path, lines.index(line)))
    return document.place(path)


def _unknown(document: Document, path: Path_, code: str, value: str, known: object, key: bool = False) -> Problem:
    names = sorted(known) if isinstance(known, (frozenset, list, tuple)) else []
    guess = did_you_mean(value, names)
    extra = {"way_out": f'Did you mean "{guess}"?'} if guess else {}
    return document.at(code, *document.place(path, key=key), value=value, known=", ".join(names) or "none yet", **extra)
