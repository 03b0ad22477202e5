"""Any two raters can be compared: what is not rated is no opinion, and nothing in a file is passed over."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raters.agreement import NotRatings, agreement, as_text, read_ratings, weighted_kappa
from raters.command import agree

if TYPE_CHECKING:
    from pathlib import Path

LEVEL = st.integers(0, 4)


def lines(levels: list[object]) -> list[str]:
    return [json.dumps({"id": n, "validation": level}) for n, level in enumerate(levels)]


def compared(first: list[object], second: list[object]) -> object:
    return agreement(read_ratings(lines(first), "a"), read_ratings(lines(second), "b"))["validation"]


def test_kappa_is_the_textbooks() -> None:
    # Worked by hand: observed 2 of squared distance, expected (1*1 + 1*4 + 1*1 ...) / 4 = 5.
    pairs = [(0, 0), (1, 2), (2, 1), (3, 3)]
    expected = sum((a - b) ** 2 for a, _ in pairs for _, b in pairs) / len(pairs)
    assert weighted_kappa(Counter(pairs)) == pytest.approx(1 - 2 / expected)
    assert weighted_kappa(Counter([(0, 4), (4, 0)])) == pytest.approx(-1)


@settings(deadline=None, max_examples=50)
@given(st.lists(LEVEL, min_size=2, max_size=40))
def test_a_rater_agrees_with_itself(levels: list[int]) -> None:
    one = compared(list(levels), list(levels))
    assert one.exact == one.within_one == 1
    assert one.kappa == (pytest.approx(1) if len(set(levels)) > 1 else None)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(LEVEL, LEVEL), min_size=1, max_size=60))
def test_figures_stay_in_their_ranges_and_swapping_the_raters_changes_only_the_sign(
    pairs: list[tuple[int, int]],
) -> None:
    there = compared([a for a, _ in pairs], [b for _, b in pairs])
    back = compared([b for _, b in pairs], [a for a, _ in pairs])
    assert there.kappa == (None if back.kappa is None else pytest.approx(back.kappa))
    assert there.mean_difference == pytest.approx(-back.mean_difference)
    assert sum(map(sum, there.confusion)) == len(pairs)
    if there.kappa is not None:
        assert -1.0001 <= there.kappa <= 1.0001
    if there.interval is not None:
        assert there.interval[0] <= there.interval[1]


def test_the_same_ratings_always_get_the_same_interval() -> None:
    first, second = [0, 1, 2, 3, 4, 2, 1] * 9, [0, 2, 2, 3, 3, 1, 1] * 9
    one, again = compared(first, second), compared(first[::-1], second[::-1])
    assert one.interval == again.interval
    assert one.interval[0] < one.kappa < one.interval[1]


def test_what_was_not_rated_is_counted_and_is_no_opinion() -> None:
    one = compared([3, 2, None], [{"level": 3}, {"level": None, "not_rated": "broke off"}, {"level": None}])
    assert (one.pairs, one.not_rated, one.called_for) == (1, (0, 1), 1.0)


def test_called_for_is_compared_apart_from_the_levels() -> None:
    one = compared([3, None, 2, None], [None, None, 2, 0])
    assert (one.pairs, one.called_for) == (1, 0.5)


@pytest.mark.parametrize(
    "line",
    ["not json", "[]", '{"id": 1}', '{"validation": 2}', '{"id": 1, "validation": 5}', '{"id": 1, "validation": "3"}',
     '{"id": 1, "validation": true}', '{"id": 1, "validation": {}}', '{"id": 0, "validation": 1}'],
)  # fmt: skip
def test_a_line_that_is_no_rating_is_named(line: str) -> None:
    with pytest.raises(NotRatings, match=r"b\.jsonl, line 2"):
        read_ratings(['{"id": 0, "validation": 1}', line], "b.jsonl")


def test_files_without_a_reply_in_common_are_refused(tmp_path: Path) -> None:
    for name, identity in (("a", 1), ("b", 2)):
        (tmp_path / name).write_text(json.dumps({"id": identity, "sdm": 1}) + "\n", encoding="utf-8")
    with pytest.raises(NotRatings, match="no reply in common"):
        agree(tmp_path / "a", tmp_path / "b", as_json=False)
    with pytest.raises(NotRatings, match="cannot be read"):
        agree(tmp_path / "a", tmp_path / "none", as_json=False)


def test_the_report_shows_kappa_its_interval_and_the_confusions() -> None:
    found = agreement(read_ratings(lines([0, 1, 2, 3, 4] * 4), "a"), read_ratings(lines([0, 1, 3, 3, 4] * 4), "b"))
    report = as_text(found, ("people", "a model"))
    assert "weighted kappa 0.9" in report
    assert "within one level 100%" in report
    assert "First rater: people" in report
