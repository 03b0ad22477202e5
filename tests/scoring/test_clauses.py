"""Cutting a reply into the pieces that can each be a move, also where it was typed in a hurry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.clauses import clauses
from scoring.text import parse


def cut(reply: str) -> list[str]:
    text = parse(reply)
    return [reply[slice(*text.cut(piece))] for piece in clauses(text)]


@pytest.mark.parametrize(
    ("reply", "pieces"),
    [
        (
            "thats rough i get why you stopped what worries you most about them",
            ["thats rough", "i get why you stopped", "what worries you most about them"],
        ),
        (
            "ok well its probably just stress i know you said it doesnt feel right how are you sleeping",
            ["ok well its probably just stress", "i know you said it doesnt feel right", "how are you sleeping"],
        ),
    ],
)
def test_what_was_typed_without_marks_is_cut_where_a_new_clause_opens(reply: str, pieces: list[str]) -> None:
    assert cut(reply) == pieces


@pytest.mark.parametrize(
    "reply",
    [
        "You watched him lose the stairs and decided that is a worse ending than the heart.",
        "I can see that you have been carrying this on your own for a very long time indeed",
        "Tell me what you would want from it if you could choose",
    ],
)
def test_one_whole_sentence_stays_whole(reply: str) -> None:
    assert cut(reply) == [reply]


@given(st.text(alphabet="i you that is what how does it hard worry,.?\n' ", max_size=200))
def test_every_word_is_in_one_piece_and_in_order(reply: str) -> None:
    text = parse(reply)
    pieces = clauses(text)
    assert [at for piece in pieces for at in range(piece.first, piece.last)] == list(range(len(text.tokens)))


def test_a_title_with_a_name_in_front_leaves_the_same_pieces() -> None:
    assert cut("Mr Okonkwo, I hear you. What worries you?") == cut("I hear you. What worries you?")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("fine ill write it up", ["fine", "i", "will", "write", "it", "up"]),
        ("Ill see you then", ["i", "will", "see", "you", "then"]),
        ("you were ill and see people", ["you", "were", "ill", "and", "see", "people"]),
    ],
)
def test_ill_is_read_as_i_will_only_where_a_verb_of_doing_follows(reply: str, words: list[str]) -> None:
    assert parse(reply).words() == words
