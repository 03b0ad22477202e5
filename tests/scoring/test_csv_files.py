"""Replies in a CSV file, as spreadsheets and people make them."""

import csv
from io import StringIO

import pytest

from scoring.batch import rate_lines
from scoring.csv_files import LONGEST_CELL, NoColumns, Unreadable, as_csv, csv_header, read_csv


def rows(text: str) -> list[tuple[int, dict[str, str] | Unreadable]]:
    return list(read_csv(StringIO(text, newline="")))


def test_a_mark_in_front_of_the_file_is_no_part_of_the_first_name() -> None:
    assert rows("\ufeffid,patient,reply\n1,Hm.,Yes.\n") == [(2, {"id": "1", "patient": "Hm.", "reply": "Yes."})]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_the_first_line_shows_what_stands_between_cells(between: str) -> None:
    text = "\r\n".join(between.join(cells) for cells in (("ID", " Patient ", "reply"), ("7", '"I, er; no."', "Oh.")))
    assert rows(text) == [(2, {"id": "7", "patient": "I, er; no.", "reply": "Oh."})]


def test_a_cell_may_hold_line_ends_and_the_rows_behind_it_keep_their_line_numbers() -> None:
    text = 'id,patient,reply\n1,"I stopped.\nOn Friday.","Friday.\r\n\r\nWhat then?"\n2,Hm.,Yes.\n'
    (first, one), (second, two) = rows(text)
    assert (first, second) == (2, 6)
    assert isinstance(one, dict) and one["reply"] == "Friday.\r\n\r\nWhat then?"
    assert isinstance(two, dict) and two["id"] == "2"


@pytest.mark.parametrize(
    "cell",
    ["a" * (LONGEST_CELL + 1), '"' + "a" * (LONGEST_CELL + 1) + '"', '"' + "a, b\n" * (LONGEST_CELL // 4) + '"'],
    ids=["plain", "quoted", "quoted over many lines"],
)
def test_a_cell_that_is_too_long_is_said_with_its_line_and_the_rest_goes_on(cell: str) -> None:
    text = f"id,patient,reply\n1,Hm.,Yes.\n2,Hm.,{cell}\n3,Hm.,Go on.\n"
    (_, one), (line, two), (last, three) = rows(text)
    assert isinstance(one, dict) and isinstance(three, dict) and three["id"] == "3"
    assert line == 3 and isinstance(two, Unreadable) and f"{LONGEST_CELL:,} characters" in two.problem
    assert last == text.count("\n")


def test_a_cell_as_long_as_allowed_is_read() -> None:
    ((_, row),) = rows(f"id,patient,reply\n1,Hm.,{'a' * LONGEST_CELL}\n")
    assert isinstance(row, dict) and len(row["reply"]) == LONGEST_CELL


def test_a_quotation_mark_that_is_never_closed_does_not_rate_the_rest_of_the_file_as_one_reply() -> None:
    (_, _one), (line, two) = rows('id,patient,reply\n1,Hm.,Yes.\n2,Hm.,"Go on.\n3,Hm.,Right.\n')
    assert line == 3 and isinstance(two, Unreadable) and "never closed" in two.problem


def test_a_reply_cut_off_at_its_comma_is_said_and_not_rated_short() -> None:
    ((line, row),) = rows("id,patient,reply\n1,Hm.,I see, but you're wrong.\n")
    assert line == 2 and isinstance(row, Unreadable) and "quotation marks" in row.problem


def test_empty_rows_that_spreadsheets_leave_behind_are_passed_over() -> None:
    assert [line for line, _ in rows("id,patient,reply,\n\n1,Hm.,Yes.,\n,,,\n")] == [3]


@pytest.mark.parametrize("text", ["", "1,Hm.,Yes.\n", "id,words\n1,Hm.\n", '"\n'])
def test_a_file_whose_columns_have_no_names_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NoColumns, match="id,patient,reply"):
        rows(text)


def test_what_is_written_can_be_read_again_and_no_cell_is_a_formula() -> None:
    item = {"id": "=1+1", "patient": "I stopped\nFriday.", "reply": "-You stopped, on\nFriday. What made you stop?"}
    rated = next(iter(rate_lines([item])))  # type: ignore[list-item]
    assert rated.row is not None
    ((row),) = csv.DictReader(StringIO(csv_header() + "\n" + as_csv(rated.row), newline=""))
    assert row["id"] == "'=1+1"
    assert all(not value.startswith(("=", "+", "-", "@")) for value in row.values())
    assert None not in row and row["sdm_because"]
