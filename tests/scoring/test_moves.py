"""From what score on a move is quoted, and how far its quote goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.echo import hear
from scoring.features import measure
from scoring.moves import Quoting, moves_from, places, sentences_of
from scoring.scorecard import MOVES
from scoring.text import parse

HEARD = hear("I stopped them in May.")
REPLY = "You stopped in May, and you were scared of it. What would you like now?"
SCORES = (0.8, 0.2, 0.1)
"""What the three clauses of the reply score for the move that is looked at."""


def quotes(quoting: Quoting, scores: tuple[float, ...] = SCORES, reply: str = REPLY) -> list[str]:
    """Return what is quoted as a complex reflection from a reply whose clauses score so much for it."""
    text = parse(reply)
    pieces = measure(text, HEARD)
    assert len(pieces) == len(scores)
    at = MOVES.index("complex_reflection")
    rows = [[0.0] * at + [score] + [0.0] * (len(MOVES) - at - 1) for score in scores]
    return [move.quote for move in moves_from(text, pieces, rows, {"complex_reflection": quoting})]


def test_a_move_that_raters_quote_by_sentences_is_quoted_with_its_whole_sentence() -> None:
    assert quotes(Quoting(0.4, 0.4)) == ["You stopped in May"]
    assert quotes(Quoting(0.4, 0.4, whole=True)) == ["You stopped in May, and you were scared of it."]


def test_a_whole_sentence_is_quoted_for_what_its_clauses_score_on_average() -> None:
    assert quotes(Quoting(0.5, 0.5, whole=True)), "the mean of 0.8 and 0.2 reaches it"
    assert not quotes(Quoting(0.51, 0.51, whole=True)), "one telling clause does not carry a sentence"


@pytest.mark.parametrize(("grow", "quoted"), [(0.1, [REPLY]), (1.01, [REPLY[:46]])])
def test_the_sentence_beside_it_is_quoted_with_it_only_where_it_scores_enough(grow: float, quoted: list[str]) -> None:
    assert quotes(Quoting(0.4, grow, whole=True)) == quoted


@pytest.mark.parametrize(("name", "certainty"), [("affirms", 0.8), ("minimises", 0.5)])
def test_one_sure_clause_makes_a_sentence_kind_and_only_all_of_it_makes_it_hurt(name: str, certainty: float) -> None:
    text = parse(REPLY)
    rows = [[score] * len(MOVES) for score in SCORES]
    [move] = moves_from(text, measure(text, HEARD), rows, {name: Quoting(0.4, 1.01, whole=True)})
    assert move.certainty == certainty


@pytest.mark.parametrize(
    ("reply", "first"),
    [
        ("Dr. Hanley is a good man. I am sure he meant well.", "Dr. Hanley is a good man."),
        ("Mrs. Pell rang me, and she was worried. Is that all right?", "Mrs. Pell rang me, and she was worried."),
        ("You told the dr. She sent you to me.", "You told the dr."),
    ],
)
def test_the_full_stop_of_a_title_before_a_name_ends_no_sentence(reply: str, first: str) -> None:
    text = parse(reply)
    pieces = measure(text, HEARD)
    begin, end = sentences_of(text, pieces)[0]
    assert reply[pieces[begin].start : pieces[end - 1].end] == first


@given(st.text(alphabet="i you that is what how does it hard worry,.?!\n' ", max_size=200))
def test_every_clause_is_in_one_sentence_and_no_sentence_is_without_one(reply: str) -> None:
    text = parse(reply)
    pieces = measure(text, HEARD)
    runs = sentences_of(text, pieces)
    assert [at for first, last in runs for at in range(first, last)] == list(range(len(pieces)))
    assert all(first < last for first, last in runs)
    assert len(runs) == len(text.sentences)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.data())
def test_no_clause_is_quoted_twice_and_none_below_the_border_alone(scores: list[float], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, len(scores)))) | {len(scores)})
    sentences = list(zip([0, *cuts[:-1]], cuts, strict=True))
    for whole in (False, True):
        found = places(scores, sentences, Quoting(0.5, 0.3, whole))
        quoted = [at for first, last in found for at in range(first, last)]
        assert len(quoted) == len(set(quoted))
        assert all(max(scores[first:last]) >= 0.5 - 1e-9 for first, last in found)
        if whole:
            edges = {first for first, _ in sentences} | {len(scores)}
            assert all({first, last} <= edges for first, last in found), "sentences are not cut"
