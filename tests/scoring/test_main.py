"""The command that rates files of replies, or what is piped into it."""

import csv
import json
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest

from scoring.__main__ import main

TABLE = 'id,patient,reply\r\na,"I stopped\r\nFriday.","Friday. What made you stop?"\r\nb,Hm.,Yes.\r\n'
LINE = json.dumps({"id": "a", "patient": "I stopped Friday.", "reply": "Friday. What made you stop?"})


def piped(monkeypatch: pytest.MonkeyPatch, raw: bytes, *words: str) -> int:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(raw), encoding="latin-1"))
    return main(list(words))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_a_table_piped_in_comes_out_as_a_table(
    mark: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, mark + TABLE.encode(), "--format", "csv") == 0
    rated = list(csv.DictReader(StringIO(capsys.readouterr().out, newline="")))
    assert [row["id"] for row in rated] == ["a", "b"]
    assert "open_question" in rated[0]["moves"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
def test_what_is_piped_in_is_json_lines_where_nothing_is_said(
    mark: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, mark + LINE.encode() + b"\n") == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a"


def test_a_files_ending_says_more_than_the_format(tmp_path: Path) -> None:
    source, out, plain = tmp_path / "in.csv", tmp_path / "out.jsonl", tmp_path / "out.txt"
    source.write_text(TABLE, encoding="utf-8-sig", newline="")
    assert main([str(source), "--out", str(out), "--format", "csv"]) == 0
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "b"]
    assert main([str(source), "--out", str(plain), "--format", "csv"]) == 0
    assert plain.read_text(encoding="utf-8").startswith("id,main,")


def test_a_row_that_cannot_be_read_is_named_by_its_line_in_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text(TABLE + f"c,Hm.,{'x' * 200_000}\nd,Hm.,Go on.\n", encoding="utf-8", newline="")
    assert main([str(source)]) == 1, "a row was left out, and the exit code says so"
    said = capsys.readouterr()
    assert said.err.startswith("line 5: ") and "131,072" in said.err and said.err.count("\n") == 1
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["a", "b", "d"]


def test_half_a_character_can_be_rated_and_written(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    reply = "You're scared \ud83d of it?"
    source.write_text(json.dumps({"id": "\ud83d", "patient": "I'm scared of it.", "reply": reply}) + "\n")
    assert main([str(source), "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "\ud83d"


@pytest.mark.parametrize("out", ["in.csv", "no/such/folder/out.csv"])
def test_where_the_ratings_cannot_go_is_said_and_nothing_is_lost(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "in.csv"
    source.write_text(TABLE, encoding="utf-8", newline="")
    assert main([str(source), "--out", str(tmp_path / out)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Traceback" not in said
    assert source.read_text(encoding="utf-8").startswith("id,patient,reply")


def test_a_table_without_names_is_refused_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.csv"
    source.write_text("a,I stopped.,Why?\n", encoding="utf-8")
    assert main([str(source)]) == 2
    assert "id,patient,reply" in capsys.readouterr().err
