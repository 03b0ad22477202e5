"""Rating many replies at once."""

import json

from scoring.batch import rate_item, rate_lines

GOOD = {"id": "a", "patient": "I stopped mine Friday.", "reply": "Friday. What made you stop?"}


def test_a_bad_line_is_reported_with_its_number_and_the_rest_goes_on():
    lines = [json.dumps(GOOD), "not json", '{"id": 1}', "", json.dumps({**GOOD, "id": "b"})]
    results = list(rate_lines(lines))
    assert [(r.number, r.row is None) for r in results] == [(1, False), (2, True), (3, True), (5, False)]
    assert all(r.problem for r in results if r.row is None)


def test_several_processes_give_the_same_lines_in_the_same_order():
    lines = [json.dumps({**GOOD, "id": n}) for n in range(450)]
    assert [r.row for r in rate_lines(lines, jobs=2)] == [r.row for r in rate_lines(lines)]


def test_a_line_of_output_has_the_documented_fields():
    row = next(iter(rate_lines([json.dumps(GOOD)]))).row
    assert set(row) == {"id", "validation", "reflection", "sdm", "moves", "main"}
    assert set(row["sdm"]) >= {"level", "certainty", "because", "evidence"}
    for move in row["moves"]:
        assert GOOD["reply"][move["start"] : move["end"]] == move["quote"]


def test_a_line_can_name_its_language_and_one_that_cannot_be_read_is_reported():
    line = {"id": 1, "patient": "Me da miedo la insulina.", "reply": "Con razón le da miedo.", "language": "es"}
    rated = rate_item(1, line)
    assert rated.row is not None and rated.row["validation"]["sure"] is False
    refused = rate_item(2, {**line, "language": "de"})
    assert refused.row is None and "en, es" in refused.problem
