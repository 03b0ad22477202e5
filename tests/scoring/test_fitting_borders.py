"""What fitting chooses between: clauses or whole sentences, and from what score on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from scoring.fitting import load
from scoring.fitting_borders import best_thresholds
from scoring.scorecard import MOVES

if TYPE_CHECKING:
    from pathlib import Path

    from scoring.moves import Quoting


SHORT = "You were scared of it."
LONG = "You stopped in May, and you were scared of it."
CLAUSE = "and you were scared of it"
SURE = 0.9


@pytest.fixture
def chosen(tmp_path: Path):
    """Fit the borders of one move to rows of reply, quote and what each clause of the reply scores."""

    def fit(*rows: tuple[str, str, tuple[float, ...]]) -> Quoting:
        path = tmp_path / "rated.jsonl"
        path.write_text(
            "".join(
                json.dumps({
                    "id": f"r{number}", "context": f"Case {number}.", "patient": "I stopped them in May.",
                    "reply": reply, "validation": 3, "moves": [{"move": MOVES[0], "quote": quote}] if quote else [],
                }) + "\n"
                for number, (reply, quote, _) in enumerate(rows)
            ),
            encoding="utf-8",
        )  # fmt: skip
        scores = [[[score, *[0.0] * (len(MOVES) - 1)] for score in each] for _, _, each in rows]
        return best_thresholds(load([path]), scores)[MOVES[0]]

    return fit


def test_whole_sentences_are_chosen_for_a_move_that_raters_quote_by_sentences(chosen) -> None:
    assert chosen(*[(LONG, LONG, (SURE, 0.0))] * 4).whole


def test_clauses_are_chosen_for_a_move_that_raters_quote_by_clauses(chosen) -> None:
    assert not chosen(*[(LONG, CLAUSE, (0.0, SURE))] * 4).whole


def test_clauses_stay_where_whole_sentences_are_no_better(chosen) -> None:
    assert not chosen(*[(SHORT, SHORT, (SURE,))] * 4).whole


@pytest.mark.parametrize(("alike", "whole"), [(20, True), (200, False)])
def test_whole_sentences_must_be_better_by_more_than_luck(chosen, alike: int, *, whole: bool) -> None:
    # The one long reply is matched by its sentence only; it counts 0.05 of the F1 among 21 and 0.005 among 201.
    rows = [(SHORT, SHORT, (SURE,))] * alike + [(LONG, LONG, (SURE, 0.0))]
    assert chosen(*rows).whole is whole


def test_a_border_is_not_set_on_a_lone_peak_beside_a_fall(chosen) -> None:
    # At 0.18 all is found and nothing more; a step lower much that is wrong comes in, a step higher a little is lost.
    sure, doubtful = [(SHORT, SHORT, (SURE,))] * 10, [(SHORT, SHORT, (0.2,))] * 3
    assert chosen(*sure, *doubtful).seed < 0.2, "nothing is lost by a low border here"
    assert 0.2 < chosen(*sure, *doubtful, *[(SHORT, "", (0.15,))] * 60).seed < SURE


def test_a_move_that_nobody_quoted_has_no_border(chosen) -> None:
    with pytest.raises(KeyError):
        chosen((SHORT, "", (SURE,)))
