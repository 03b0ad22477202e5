"""Hand-written files are read strictly, and each slip is told once, at its place, in the author's words."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator import reading
from simulator.loading import load_text, load_upload
from simulator.problems import catalogue
from simulator.reading import read_bytes, read_text

HERE = Path(__file__).parent
ROWS = [
    line.split()
    for line in (HERE / "broken" / "expected.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
UNUSUAL = sorted((HERE / "unusual").glob("*.yaml"))


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in load_text(text, "x.yaml")[1]]


def test_every_broken_file_is_in_the_table_and_there_are_forty_or_more() -> None:
    files = {path.stem for path in (HERE / "broken").glob("*.yaml")}
    assert files == {name for name, *_ in ROWS}
    assert len(files) >= 40


@pytest.mark.parametrize(("name", "code", "line", "column"), ROWS, ids=[row[0] for row in ROWS])
def test_a_broken_file_has_exactly_the_one_problem_at_its_place(name: str, code: str, line: str, column: str) -> None:
    _scenario, problems = load_upload((HERE / "broken" / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    assert [(one.code, one.line, one.column) for one in problems] == [(code, int(line), int(column))]
    text = problems[0].as_text()
    assert "{" not in problems[0].message.replace("{{", "") or "{" in problems[0].source or name == "double-braces"
    assert problems[0].way_out, "a problem without a way out leaves the author alone"
    assert "Traceback" not in text
    assert len(text) < 1500


@pytest.mark.parametrize("path", UNUSUAL, ids=[path.stem for path in UNUSUAL])
def test_an_unusual_but_right_file_has_no_problem(path: Path) -> None:
    scenario, problems = load_upload(path.read_bytes(), path.name)
    assert [one.as_text() for one in problems] == []
    assert scenario is not None
    assert scenario.id == "ray-sleep"


def test_there_are_ten_unusual_files() -> None:
    assert len(UNUSUAL) >= 10


def test_the_pure_python_parser_tells_the_same_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LoaderClass", yaml.SafeLoader)
    other_place = {"too-deep", "backslash", "tab", "too-many-parts"}
    for name, code, line, column in ROWS:
        _scenario, problems = load_upload((HERE / "broken" / f"{name}.yaml").read_bytes(), name)
        found = [(one.code, one.line, one.column) for one in problems]
        if code in other_place:
            assert [(code, int(line))] == [one[:2] for one in found], name
        else:
            assert found == [(code, int(line), int(column))], name


def test_several_slips_of_a_file_are_told_together() -> None:
    text = (HERE / "unusual" / "no-line-at-the-end.yaml").read_text(encoding="utf-8")
    text = text.replace("title: Ray and", "title: Ray: and").replace("Three hours", "*Three* hours")
    text = text.replace("age: 58", "aeg: 58").replace("hearing the worry", "@hearing")
    assert [one[:2] for one in codes(text)] == [
        ("colon-in-text", 3),
        ("odd-start", 4),
        ("unknown-field", 7),
        ("odd-start", 15),
    ]


def test_text_is_kept_as_typed() -> None:
    read = read_text("a: no\nb: 12:30\nc: 1.0\nd: 0o17\ne: 2024-01-01\nf: .inf\n", "x.yaml")
    assert read.data == {"a": "no", "b": "12:30", "c": "1.0", "d": "0o17", "e": "2024-01-01", "f": ".inf"}


def test_a_problem_points_at_the_word_it_is_about() -> None:
    _scenario, problems = load_text("title: x\ngaurded: y\n", "maya.yaml")
    assert problems[0].as_text().splitlines()[:3] == ["maya.yaml, line 2, column 1", "   2 | gaurded: y", "       ^"]


def test_a_computed_guess_is_offered_and_else_the_fields_are_named() -> None:
    _scenario, (first, *_rest) = load_text("tilte: x\n", "x.yaml")
    assert first.way_out == 'Did you mean "title"?'
    _scenario, (first, *_rest) = load_text("xylophone: x\n", "x.yaml")
    assert "door_note" in first.way_out


def test_a_field_that_belongs_elsewhere_is_sent_home() -> None:
    text = (HERE / "unusual" / "no-line-at-the-end.yaml").read_text(encoding="utf-8")
    moved = text.replace("  age: 58\n", "").replace("door_note: |", "age: 58\ndoor_note: |")
    _scenario, problems = load_text(moved, "x.yaml")
    assert [one.code for one in problems] == ["unknown-field"]
    assert 'It belongs to "patient"' in problems[0].way_out


HUGE = {
    "half a megabyte of text": "a: " + "word " * 100_000,
    "a quarter of a megabyte on one line": "a: " + "w" * (250 * 1024),
    "a quarter of a megabyte of lists": "a:\n" + "- x\n" * 60_000,
    "a quarter of a megabyte of slips": "a: b: c\n" * 30_000,
    "open brackets only": "[" * 250_000,
    "a list in a list in a list": "".join(" " * n + "-\n" for n in range(600)),
    "twenty thousand fields": "".join(f"f{n}: x\n" for n in range(20_000)),
    "nine levels of references": "a: &a [x]\n" + "".join(f"b{n}: [*a,*a]\n" for n in range(1000)),
    "one text over a hundred thousand lines": "a:\n" + "  w\n" * 60_000,
    "an open quote over a hundred thousand lines": 'a: "' + "w\n" * 100_000,
    "a question mark tower": "? " * 100_000,
    "quotes": "'" * 200_000,
    "ten thousand twins": "a: 1\n" * 40_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_or_hostile_file_ends_in_few_problems_and_little_memory(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    scenario, problems = load_upload(HUGE[name].encode(), "huge.yaml")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert scenario is None
    assert problems
    assert len(problems) <= 101, "nobody reads more"
    assert grown < 200, f"{grown:.0f} MB for one file"


def test_reading_never_raises_on_any_bytes() -> None:
    @settings(max_examples=300, deadline=None)
    @given(st.binary(max_size=200) | st.text("ab:-[]{}'\"#&*!|>%@`,? \n\t\\é\u200b", max_size=120).map(str.encode))
    def reads(raw: bytes) -> None:
        document = read_bytes(raw, "any.yaml")
        for one in (*document.problems, *load_upload(raw, "any.yaml")[1]):
            assert one.code in catalogue()
            assert one.as_text()
            assert 0 <= one.line <= raw.count(b"\n") + raw.count(b"\r") + 2

    reads()


def test_breaking_any_one_line_of_a_good_file_never_raises_and_is_told() -> None:
    lines = (HERE / "unusual" / "no-line-at-the-end.yaml").read_text(encoding="utf-8").split("\n")

    @settings(max_examples=200, deadline=None)
    @given(st.integers(0, len(lines) - 1), st.sampled_from("\t*&!%@`|>{}[]'\"?:#-,x "), st.integers(0, 40))
    def told(number: int, sign: str, at: int) -> None:
        line = lines[number]
        changed = [*lines[:number], line[:at] + sign + line[at:], *lines[number + 1 :]]
        scenario, problems = load_text("\n".join(changed), "x.yaml")
        assert scenario is not None or problems, "a file that is left out must say why"

    told()


if __name__ == "__main__":  # python tests/simulator/test_reading.py: how long the worst files take
    for name, text in HUGE.items():
        begun = time.perf_counter()
        count = len(load_upload(text.encode(), "huge.yaml")[1])
        print(f"{time.perf_counter() - begun:6.2f} s {count:5} problems  {name}")
