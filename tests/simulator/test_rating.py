"""What was rated before is not rated again, whoever plays it; what is played, and what is found, is the same."""

from __future__ import annotations

import os
import sys
from contextvars import copy_context
from pathlib import Path
from threading import Thread

import pytest

import scoring
from scoring.kept import Gathered
from simulator import rating
from simulator.checking import check_file
from simulator.loading import SCENARIOS
from simulator.rating import learn, news, rate, rated_before

HEARD = "I stopped taking them. I was scared of what they do to me."
REPLIES = (
    ("That sounds frightening, and it makes sense that you stopped. What scared you most?", HEARD, ("Hello.",), "en"),
    ("You must take them every day. Any allergies?", HEARD, (), "en"),
    ("", HEARD, (), "en"),
    ("Entiendo que le da miedo. ¿Qué le preocupa más?", "Me da miedo la insulina.", ("Buenos días.",), "es"),
)
ONE = SCENARIOS / "gallery" / "one-concern.yaml"


@pytest.fixture(autouse=True)
def caches(rated_anew: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "caches"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "caches"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the replies that the scorer was asked to read, as they come."""
    read, found = scoring.read, []

    def reads(reply: str, *others: object, **named: object) -> scoring.Reading:
        found.append(reply)
        return read(reply, *others, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(scoring, "read", reads)
    return found


def rated() -> list[tuple[scoring.Reading, scoring.Scorecard]]:
    return [rate(reply, heard, earlier, "a clinic", language) for reply, heard, earlier, language in REPLIES]


def kept_in(folder: Path) -> list[Path]:
    return list(folder.rglob("rated-*"))


def test_what_was_rated_before_comes_back_whole_without_asking_the_scorer(asked: list[str]) -> None:
    plainly = rated()
    with rated_before("a.yaml"):
        assert rated() == plainly
        assert rated() == plainly
    assert asked == [reply for reply, *_ in REPLIES] * 2, "once without, once with; then it was known"
    with rated_before("a.yaml"):
        assert rated() == plainly
    assert len(asked) == 2 * len(REPLIES)


@pytest.mark.parametrize(
    "other",
    [("Why?", HEARD, (), "", "en"), ("Ok?", "No.", (), "", "en"), ("Ok?", HEARD, ("Hi.",), "", "en"),
     ("Ok?", HEARD, (), "at home", "en"), ("Ok?", HEARD, (), "", "es")],
)  # fmt: skip
def test_what_differs_in_anything_is_rated_anew(other: tuple[str, str, tuple[str, ...], str, str]) -> None:
    with rated_before("a.yaml"):
        rate("Ok?", HEARD)
        assert rate(*other) == (reading := scoring.read(*other), scoring.grade(reading))


def test_another_scorer_rates_anew(asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = tmp_path / "weights.json"
    weights.write_text("1", encoding="utf-8")
    monkeypatch.setattr(rating, "sources", lambda: (weights,))
    for time, so_far in ((1, 1), (1, 1), (2, 2)):
        os.utime(weights, ns=(time, time))
        with rated_before("a.yaml"):
            rate("Okay.", HEARD)
        assert len(asked) == so_far


def test_every_file_of_the_scorer_counts() -> None:
    there = {path for path in Path(scoring.__file__).parent.rglob("*") if path.suffix in {".py", ".yaml"}}
    assert there | {Path(scoring.__file__).with_name("weights.json")} <= set(rating.sources())


def test_what_people_type_is_neither_looked_up_nor_kept(caches: Path, asked: list[str]) -> None:
    rate("My own words.", HEARD)
    with rated_before("a.yaml"):
        elsewhere = Thread(target=lambda: rate("My own words.", HEARD))
        elsewhere.start()
        elsewhere.join()
        assert news() == {}
    assert asked == ["My own words."] * 2
    assert kept_in(caches) == []


def test_what_another_process_has_rated_is_kept_with_the_rest(asked: list[str]) -> None:
    with rated_before("a.yaml"):
        helper = copy_context()
    with rated_before("b.yaml"):
        rate("Okay.", HEARD)
        brought = news()
        assert news() == {}, "each is told once"
    learn(brought)  # nobody wants to know
    assert helper.run(news) == {}
    with rated_before("c.yaml"):
        learn(brought)
    with rated_before("c.yaml"):
        rate("Okay.", HEARD)
    assert asked == ["Okay."]


def test_a_file_that_is_checked_again_is_played_again_and_needs_no_rating(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    played = []
    play_as = rating.rate  # what every reply of every visit goes through

    def counted(*said: object, **named: object) -> object:
        played.append(said[0])
        return play_as(*said, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("simulator.encounter.rate", counted)
    first = check_file(ONE)
    replies, ratings = len(played), len(asked)
    assert replies > 50
    assert check_file(ONE) == first
    assert (len(played), len(asked)) == (2 * replies, ratings)


def test_an_edited_file_is_found_to_be_what_it_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ONE.read_text(encoding="utf-8")
    edited = tmp_path / ONE.name
    edited.write_text(text, encoding="utf-8")
    before = check_file(edited)
    edited.write_text(text.replace("trust: 46", "trust: 97"), encoding="utf-8")
    after = check_file(edited)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "nothing-kept-yet"))
    assert after == check_file(edited) != before


def test_only_the_latest_tables_of_a_kind_stay(caches: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("a", encoding="utf-8")
    for number in range(70):
        one = Gathered("rated", str(number), (source,))
        one.table["number"] = number
        one.keep()
    assert len(kept_in(caches)) == 64
    assert Gathered("rated", "69", (source,)).table == {"number": 69}
    assert Gathered("rated", "0", (source,)).table == {}


@pytest.mark.parametrize("damaged", [b"", b"no marshal at all", b"i\x01\x00\x00\x00"])
def test_a_table_that_is_damaged_is_begun_anew(caches: Path, tmp_path: Path, damaged: bytes) -> None:
    source = tmp_path / "a.txt"
    source.write_text("a", encoding="utf-8")
    one = Gathered("rated", "x", (source,))
    one.table["number"] = 1
    one.keep()
    [file] = kept_in(caches)
    file.write_bytes(damaged)
    assert Gathered("rated", "x", (source,)).table == {}


def test_where_nothing_can_be_kept_a_check_finds_the_same(
    caches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    found = check_file(ONE)
    assert kept_in(caches) == []
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert check_file(ONE) == found
    assert Gathered("rated", "x", (tmp_path / "gone",)).table == {}
