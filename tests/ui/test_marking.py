"""Moves marked in the words, and gestures told apart from speech."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scoring import MOVES, Move
from ui.marking import Spoken, marked, spoken


@st.composite
def replies_with_moves(draw: st.DrawFn) -> tuple[str, list[Move]]:
    reply = draw(st.text(max_size=60))
    moves = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(reply)))
        end = draw(st.integers(start, len(reply)))
        moves.append(Move(draw(st.sampled_from(MOVES)), reply[start:end], start, end))
    return reply, moves


@given(replies_with_moves())
def test_the_stretches_joined_are_the_reply_character_by_character(made: tuple[str, list[Move]]) -> None:
    reply, moves = made
    stretches = marked(reply, moves)
    assert "".join(one.text for one in stretches) == reply
    named = {name for one in stretches for name, _ in one.ending}
    assert named == {move.move for move in moves if move.start < move.end}, "each move with words is named once"


def test_a_move_that_hurts_and_one_that_helps_can_share_words() -> None:
    reply = "I hear you, but take it."
    helps, hurts = Move("acknowledges", reply[:10], 0, 10), Move("orders", reply, 0, len(reply))
    tones = [(one.text, one.tone) for one in marked(reply, [helps, hurts])]
    assert tones == [("I hear you", "both"), (", but take it.", "hurts")]


def test_a_span_outside_the_reply_is_left_unmarked_rather_than_drawn_wrong() -> None:
    assert [one.tone for one in marked("Hi.", [Move("informs", "gone", 10, 14)])] == [""]


def test_gestures_stand_in_brackets() -> None:
    assert spoken("(looks at the floor) Okay. (long breath)") == (
        Spoken("looks at the floor", gesture=True),
        Spoken("Okay.", gesture=False),
        Spoken("long breath", gesture=True),
    )


@given(st.text(max_size=200))
def test_any_line_can_be_drawn(line: str) -> None:
    assert all(piece.text for piece in spoken(line))
