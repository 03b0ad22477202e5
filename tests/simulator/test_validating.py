"""What the validator finds is said in the author's words, once for each slip."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from simulator import scenario as models
from simulator.loading import load_text
from simulator.validating import did_you_mean, slug

GOOD = Path(__file__).parent / "unusual" / "no-line-at-the-end.yaml"


def problems_of(*changes: tuple[str, str]) -> list[Any]:
    text = GOOD.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return load_text(text, "x.yaml")[1]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("gaurded", ["guarded", "open"], "guarded"),
        ("aeg", ["name", "age", "story"], "age"),
        ("Title", ["title", "id"], "title"),
        ("door note", ["door_note"], "door_note"),
        ("tіtle", ["title"], "title"),
        ("banana", ["title", "id"], None),
        ("x", ["id"], None),
        ("", ["id"], None),
    ],
)
def test_a_guess_is_computed_or_not_given(word: str, known: list[str], meant: str | None) -> None:
    assert did_you_mean(word, known) == meant


def test_a_misspelt_field_is_not_also_a_missing_one() -> None:
    assert [one.code for one in problems_of(("  age: 58", "  aeg: 58"))] == ["unknown-field"]


def test_a_missing_field_is_explained_in_the_models_words() -> None:
    (one,) = problems_of(("plan_on_the_table: zopiclone 3.75 mg for two weeks\n", ""))
    assert "medicine or step" in one.way_out


def test_every_field_of_the_format_is_explained() -> None:
    seen = 0
    for model in vars(models).values():
        if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == models.__name__:
            for name, info in model.model_fields.items():
                seen += 1
                assert info.description, f"{model.__name__}.{name} has no description"
                assert info.description.endswith("."), f"{model.__name__}.{name}: a sentence ends with a full stop"
    assert seen > 50


@pytest.mark.parametrize("number", ["five", "5.0", "0x10", "1_0", "٣", "5 0", "1e1", "", "9" * 5000, "--5"])
def test_a_number_is_digits_and_nothing_else(number: str) -> None:
    (one,) = problems_of(("  age: 58", f"  age: {json.dumps(number, ensure_ascii=False)}"))
    assert one.code == "needs-number"
    assert len(one.as_text()) < 600


def test_no_validators_sentence_reaches_the_author() -> None:
    for one in problems_of(
        ("[validation, reflection]", "{a: b}"), ("{trust: 45,", "{trust: [1],"), ("age: 58", "age: {}")
    ):
        for jargon in ("Input should", "pydantic", "tuple", "dict", "str", "int_", "validation error"):
            assert jargon not in one.message.replace("string", "")


def test_an_id_is_made_from_any_title() -> None:
    assert slug("Zoë doesn't sleep!") == "zoe-doesn-t-sleep"
    assert slug("") == "new-patient"
    assert len(slug("x" * 500)) == 64
