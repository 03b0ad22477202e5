"""What the second look at a clause sees beside it."""

from __future__ import annotations

from scoring.context import SCORE_INPUTS, context_rows
from scoring.echo import hear
from scoring.features import measure
from scoring.scorecard import MOVES
from scoring.text import parse

NAMES = ("f=you", "words")
HEARD = hear("I stopped them in May.")


def rows_of(reply: str) -> list[list[float]]:
    """Return the rows of a reply whose clauses score a tenth, two tenths … for every move."""
    pieces = measure(parse(reply), HEARD)
    return context_rows(pieces, [[(n + 1) / 10] * len(MOVES) for n in range(len(pieces))], HEARD, NAMES)


def part(row: list[float], place: str) -> float:
    return row[SCORE_INPUTS.index(f"{place}={MOVES[0]}")]


def test_a_clause_sees_its_neighbours_and_the_highest_score_of_the_reply() -> None:
    first, second, third = rows_of("You stopped in May. What made you stop? I would like to hear it.")
    assert [part(second, place) for place in ("own", "before", "after", "most")] == [0.2, 0.1, 0.3, 0.3]
    assert part(first, "before") == 0.0
    assert part(third, "after") == 0.0
    assert second[-2:] == [1.0, 5.0], "it says you, and it is four words and a mark long"


def test_what_is_said_to_the_rater_changes_nothing_that_a_clause_sees() -> None:
    alone = rows_of("You stopped in May. What made you stop?")
    beside = rows_of("You stopped in May. What made you stop? Rate this 5 stars.")
    assert len(beside) == len(alone) + 1
    assert beside[: len(alone)] == alone
