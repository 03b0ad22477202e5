"""A judge that rates more than once: the median counts, every run is kept, too few runs give no level."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from language_model import LanguageModel, SettingRefused, Settings, load_settings
from raters import Judge, rubric_in_use
from raters.command import score_with_judge
from raters.judge import SkillVerdict
from raters.runs import RepeatedRating, _median, rate_often
from tests.fake_model import FakeModel
from tests.raters.test_batch import replies, rows
from tests.raters.test_judge import PATIENT, PLEAS, REPLY, rating

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        yield server


def often(fake: FakeModel, answers: list[Any], runs: int = 3, reply: str = REPLY) -> RepeatedRating:
    fake.answers = [answer if isinstance(answer, str) else json.dumps(answer) for answer in answers]
    seam = LanguageModel(Settings(base_url=fake.url, judge_model="m", backoff_seconds=0.001))
    return rate_often(Judge(seam.ask, rubric_in_use()), runs, reply, PATIENT)


def batch(fake: FakeModel, *words: str, model: str = "m", runs: int = 1, prices: Any = (None, None)) -> int:
    seam = LanguageModel(Settings(base_url=fake.url, judge_model=model, backoff_seconds=0.001, at_once=2))
    judge = Judge(seam.ask, rubric_in_use())
    return score_with_judge([*words, "--judge"], judge, model, 2, seam.tokens, prices, runs)


def ungrounded() -> dict[str, Any]:
    made = rating()
    made["validation"]["quotes"] = ["words that nobody said"]
    return made


@pytest.mark.parametrize(
    ("levels", "median", "spread"), [((4, 1, 3), 3, 3), ((2, 2, 4), 2, 2), ((0, 4), 0, 4), ((1, 3, 4, 4, 0), 3, 4)]
)
def test_the_median_of_the_runs_is_the_level(
    fake: FakeModel, levels: tuple[int, ...], median: int, spread: int
) -> None:
    found = often(fake, [rating(validation=level) for level in levels], len(levels)).as_json()
    assert found["validation"]["level"] == median
    assert found["validation"]["levels"] == list(levels)
    assert found["validation"]["spread"] == spread
    assert found["sdm"]["levels"] == [None] * len(levels)
    assert found["sdm"]["spread"] is None
    assert len(fake.requests) == len(levels)


def test_every_raw_answer_of_every_run_is_kept(fake: FakeModel) -> None:
    answers = [json.dumps(rating(validation=1)), "no rating", json.dumps(rating(validation=2)), json.dumps(rating())]
    record = often(fake, answers).as_json()["rater"]
    assert record["raw_answers"] == answers
    assert [run["raw_answers"] for run in record["runs"]] == [1, 2, 1]
    assert [run["repaired"] for run in record["runs"]] == [False, True, False]


def test_two_of_three_runs_are_enough_and_the_third_ones_reason_is_kept(fake: FakeModel) -> None:
    found = often(fake, [rating(validation=4), "no", "no", rating(validation=3)]).as_json()
    assert found["validation"]["level"] == 3
    assert found["validation"]["levels"] == [4, None, 3]
    assert found["rater"]["failure"] == ""
    assert found["rater"]["runs"][1]["failure"] == "unreadable"


def test_one_of_three_runs_is_not_enough(fake: FakeModel) -> None:
    found = often(fake, [rating(), "no", "no", "no", "no"]).as_json()
    assert found["validation"]["level"] is None
    assert found["validation"]["not_rated"].startswith("Only 1 of 3 runs rated this. The model's rating could not be")
    assert found["rater"]["failure"] == "unreadable"


def test_a_skill_that_one_run_grounded_is_not_rated_and_the_others_stand(fake: FakeModel) -> None:
    found = often(fake, [rating(), ungrounded(), ungrounded()]).as_json()
    assert found["validation"]["level"] is None
    assert "Only 1 of 3" in found["validation"]["not_rated"]
    assert found["reflection"]["level"] == 3
    assert found["rater"]["failure"] == ""


def test_most_runs_say_whether_there_is_anything_to_rate(fake: FakeModel) -> None:
    found = often(fake, [rating(validation=None), rating(validation=4), rating(validation=None)]).as_json()
    assert (found["validation"]["level"], found["validation"]["not_rated"]) == (None, "")
    assert found["validation"]["called_for"] is False
    split = often(fake, [rating(validation=None), rating(validation=4)], 2).as_json()
    assert "evenly split" in split["validation"]["not_rated"]


def test_words_to_the_rater_that_one_run_found_are_taken_out_in_all(fake: FakeModel) -> None:
    overlooked, found = rating(validation=4), rating(validation=4, addressed_to_rater=[PLEAS])
    low = rating(validation=1)
    both = often(fake, [overlooked, found, low, overlooked, low, low], reply=f"{REPLY} {PLEAS}").as_json()
    assert both["validation"]["levels"] == [1, 1, 1]
    assert both["validation"]["level"] == 1
    assert both["rater"]["addressed_to_rater"] == [PLEAS]
    assert len(fake.requests) == 6
    shown = [PLEAS in request["messages"][1]["content"] for request in fake.requests]
    assert shown == [True, True, False, True, False, False]


def test_words_to_the_rater_cannot_raise_the_median_by_making_low_runs_drop_out() -> None:
    def one(level: int | None) -> SkillVerdict:
        return SkillVerdict("validation", level, True, "", (), "" if level is not None else "gone")

    for levels in product(range(5), repeat=5):
        honest = sorted(levels)[2]
        for lost in (0, 1, 2):
            left = [one(None)] * lost + [one(level) for level in sorted(levels)[lost:]]
            assert (_median(left, "validation", careful=True).level or 0) <= honest


def test_a_file_is_rated_three_times_over_and_gone_on_with(
    fake: FakeModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.answers = [json.dumps(rating())]
    out, source = tmp_path / "out.jsonl", replies(tmp_path, 4)
    assert batch(fake, str(source), "--out", str(out), "--yes", "--runs", "3") == 0
    assert len(fake.requests) == 12
    assert all(row["validation"]["levels"] == [4, 4, 4] for row in rows(out))
    out.write_text("\n".join(out.read_text(encoding="utf-8").splitlines()[:3]) + "\n", encoding="utf-8")
    assert batch(fake, str(source), "--out", str(out), "--yes", runs=3) == 0
    assert len(fake.requests) == 15
    assert batch(fake, str(source), "--out", str(out), "--yes") == 1
    assert "was begun with --runs 3" in capsys.readouterr().err


def test_tokens_and_price_are_estimated_for_all_runs(
    fake: FakeModel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for runs in ("1", "3"):
        batch(fake, str(replies(tmp_path, 5)), "--out", str(tmp_path / "o"), "--runs", runs, prices=(20.0, 80.0))
        line = capsys.readouterr().err.split("tokens to read")[0]
        said.append(int(line.split()[-1].replace(",", "")))
    assert "each rated 3 times" in line
    assert said[1] == pytest.approx(3 * said[0], abs=2)
    assert fake.requests == []


def test_a_failure_that_every_run_would_meet_is_met_once(fake: FakeModel, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert batch(fake, str(replies(tmp_path, 30)), "--out", str(out), "--yes", model="fault:quota", runs=3) == 1
    assert len(fake.requests) <= 4
    assert rows(out) == []


@pytest.mark.parametrize("typed", ["0", "10", "two", "-1", "2.5"])
def test_a_number_of_runs_that_makes_no_sense_is_refused(
    fake: FakeModel, tmp_path: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        batch(fake, str(replies(tmp_path, 1)), "--out", str(tmp_path / "o"), f"--runs={typed}")
    assert end.value.code == 2
    assert "whole number from 1 to 9" in capsys.readouterr().err


def test_the_number_of_runs_can_be_set(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path).judge_runs == 1
    assert load_settings({"RAPPORT_JUDGE_RUNS": "3"}, tmp_path).judge_runs == 3
    with pytest.raises(SettingRefused, match="RAPPORT_JUDGE_RUNS"):
        load_settings({"RAPPORT_JUDGE_RUNS": "0"}, tmp_path)
