"""From plain data to a typed model, with each problem in the author's words and at the author's line.

Works for any strict pydantic model, so that scenarios, the everyday stock and synthetic trainees meet one reader.
One slip makes one problem: a misspelt field is not also a missing one.
"""

from __future__ import annotations

import re
import types
import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from simulator.problems import has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.problems import Problem
    from simulator.reading import Document, Path_

Model = TypeVar("Model", bound=BaseModel)
CLOSE_ENOUGH = 70
"""Similarity (rapidfuzz ratio, 0–100) from which a name is offered as "did you mean"."""
LOOK_ALIKES = str.maketrans("аеорсухіјԁѕһкмтοαειυνρτıɡ", "aeopcyxijdshkmtoaeiuvptig")
"""Cyrillic and Greek letters that look like Latin ones."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that the author most likely meant, or None where nothing is close."""
    seen, names = seen_as(word), list(known)
    best = process.extractOne(seen, names, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    if best:
        return best[0]
    swapped = process.extractOne(seen, [name for name in names if len(name) > 2], scorer=OSA.distance, score_cutoff=1)
    return swapped[0] if swapped else None


def seen_as(word: str) -> str:
    """Return a word as a reader sees it: look-alike letters as the ones they look like, small, without spaces."""
    plain = unicodedata.normalize("NFKC", word[:200]).translate(LOOK_ALIKES)
    return plain.strip().lower().replace(" ", "_")


def validate(document: Document, model: type[Model], kind: str) -> Model | None:
    """Return the document as a model; its problems are added to ``document.problems``.

    Args:
        document: A document as ``reading`` gave it.
        model: The strict pydantic model of the file.
        kind: What the whole file is, with its article ("a scenario").
    """
    if document.ruined or (document.data is None and has_errors(document.problems)):
        return None
    if document.data is None:
        document.problems.append(document.at("empty-file", 0, 0))
        return None
    if not isinstance(document.data, dict):
        document.problems.append(document.at("not-fields", *document.place(()), what=described(document.data)))
        return None
    try:
        made = model.model_validate(document.data)
    except ValidationError as error:
        found = translated(document, model, kind, error)
        document.problems.extend(one for one in found if one.line not in document.set_aside)
        return None
    return None if has_errors(document.problems) else made


def translated(document: Document, model: type[BaseModel], kind: str, error: ValidationError) -> list[Problem]:
    """Return the validator's findings as problems, without what follows from another one."""
    found = error.errors(include_url=False)
    missing = [tuple(one["loc"]) for one in found if one["type"] == "missing"]
    problems: list[Problem] = []
    meant: set[Path_] = set()
    for one in found:
        if one["type"] == "extra_forbidden":
            path: Path_ = tuple(one["loc"])
            unknown, belongs = unknown_field(document, model, kind, path, missing)
            problems.append(unknown)
            if belongs:
                meant.add(belongs)
    for one in found:
        path = tuple(one["loc"])
        if one["type"] == "extra_forbidden" or path in meant:
            continue
        if one["type"] == "too_short" and one["input"]:
            continue  # Its items are there, and wrong; each has its own problem.
        problems.append(one_problem(document, model, kind, one))
    return problems


def unknown_field(
    document: Document, model: type[BaseModel], kind: str, path: Path_, missing: list[Path_]
) -> tuple[Problem, Path_ | None]:
    """Return the problem of a field that does not exist, and the path of the field it stands for, if that is known."""
    key = str(path[-1])
    owner = model_at(model, path[:-1]) or model
    at = document.place(path, key=True)
    free = [name for name in owner.model_fields if name not in value_at(document.data, path[:-1])]
    guess = did_you_mean(key, free)
    if guess and seen_as(key) == guess and key.isascii() is False:
        return document.at("look-alike", *at, key=key, meant=guess), (*path[:-1], guess)
    if guess:
        return document.at(
            "unknown-field", *at, key=key, owner=owner_name(owner, kind), way_out=f'Did you mean "{guess}"?'
        ), (*path[:-1], guess)
    elsewhere = [one for one in missing if one[-1] == key and one[:-1] != path[:-1]]
    if elsewhere:
        home = model_at(model, elsewhere[0][:-1]) or model
        where = elsewhere[0][:-1]
        line = document.place(where, key=True)[0] if where else 1
        way_out = f"It belongs to {owner_name(home, kind)}: move it to the one on line {line}, or mend its indentation."
        if not where:
            way_out = f"It belongs to {owner_name(home, kind)} itself: take its indentation away."
        return document.at("unknown-field", *at, key=key, owner=owner_name(owner, kind), way_out=way_out), elsewhere[0]
    return document.at(
        "unknown-field", *at, key=key, owner=owner_name(owner, kind), known=", ".join(owner.model_fields)
    ), None


def one_problem(document: Document, model: type[BaseModel], kind: str, one: Any) -> Problem:
    """Return one finding of the validator as a problem."""
    path: Path_ = tuple(one["loc"])
    field = field_name(path)
    context: dict[str, Any] = one.get("ctx", {})
    value = one.get("input")
    line, column = document.place(path)
    what = one["type"]
    if what == "missing":
        owner = model_at(model, path[:-1]) or model
        return document.at(
            "missing-field", *document.owner_place(path[:-1]), field=field, owner=owner_name(owner, kind),
            description=description(owner, field),
        )  # fmt: skip
    if value is None:
        return document.at("missing-text", *document.place(path, key=True), field=field)
    if what in {"string_type", "string_sub_type"}:
        return document.at("needs-text", line, column, field=field, what=described(value))
    if what in {"tuple_type", "list_type"}:
        return document.at("needs-list", line, column, field=field, what=described(value))
    if what in {"model_type", "dict_type", "model_attributes_type"}:
        inner = model_at(model, path)
        known = ", ".join(inner.model_fields) if inner else "name: text"
        return document.at("needs-fields", line, column, field=field, known=known, what=described(value))
    if what.startswith(("int_", "float_")):
        return document.at("needs-number", line, column, field=field, value=clip(value), example=40)
    if what.startswith("bool_"):
        return document.at("needs-yes-or-no", line, column, field=field, value=clip(value))
    if what in {"greater_than_equal", "less_than_equal"}:
        bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
        return document.at("out-of-range", line, column, field=field, value=clip(value), bound=bound)
    if what in {"literal_error", "enum"}:
        choices = re.findall(r"'([^']*)'", context.get("expected", "")) or [str(context.get("expected", ""))]
        guess = did_you_mean(str(value), choices)
        extra = {"way_out": f'Did you mean "{guess}"?'} if guess else {}
        return document.at(
            "not-a-choice", line, column, field=field, value=clip(value), choices=", ".join(choices), **extra
        )
    if what == "string_too_long":
        return document.at(
            "too-long", line, column, field=field, length=len(str(value)), most=context.get("max_length", "")
        )
    if what == "string_too_short":
        return document.at("missing-text", line, column, field=field)
    if what == "string_pattern_mismatch":
        return document.at("bad-name", line, column, value=clip(value), suggestion=slug(str(value)))
    if what == "too_short":
        owner = model_at(model, path[:-1]) or model
        least = context.get("min_length", 1)
        return document.at("too-few", line, column, field=field, least=least, description=description(owner, field))
    return document.at("unsupported-value", line, column, field=field)


def model_at(model: type[BaseModel], path: Path_) -> type[BaseModel] | None:
    """Return the model that stands at a path of the file, or None where there is none."""
    current: Any = model
    for step in path:
        current = unwrap(current, step)
        if current is None:
            return None
    current = strip_optional(current)
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def unwrap(current: Any, step: str | int) -> Any:
    """Return the type of one part of a type."""
    current = strip_optional(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        info = current.model_fields.get(str(step))
        return info.annotation if info else None
    arguments = get_args(current)
    if get_origin(current) is dict:
        return arguments[1]
    return arguments[0] if arguments and isinstance(step, int) else None


def strip_optional(current: Any) -> Any:
    """Return X for ``X | None``."""
    if get_origin(current) in (Union, types.UnionType):
        rest = [one for one in get_args(current) if one is not type(None)]
        return rest[0] if len(rest) == 1 else current
    return current


def owner_name(owner: type[BaseModel], kind: str) -> str:
    """Return what a group of fields is called, with its article: "a fact"."""
    title = owner.model_config.get("title")
    if title:
        return f'"{title}"'
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", owner.__name__).lower()
    if kind.endswith(" " + word):
        return kind
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def description(owner: type[BaseModel], field: str) -> str:
    """Return the sentence that the model gives for a field, or a plain one."""
    info = owner.model_fields.get(field)
    return info.description if info and info.description else "see the reference."


def value_at(data: Any, path: Path_) -> Any:
    """Return the part of plain data at a path; an empty dictionary where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return {}
    return data if isinstance(data, dict) else {}


def field_name(path: Path_) -> str:
    """Return the name by which the author knows a place: the last named field, with its number in a list."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        return f"{field_name(path[:-1])}, number {last + 1}"
    return str(last)


def described(value: Any) -> str:
    """Return what a value is, in an author's words."""
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    return f'the text "{clip(value)}"'


def clip(value: Any, most: int = 60) -> str:
    """Return a value as text short enough to quote."""
    text = value if isinstance(value, str) else described(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def slug(text: str) -> str:
    """Return text made into an id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64] or "new-patient"
