"""Replies far apart, weighed by an educator: nobody else may, nothing says whose they are, and history stays."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from records import Actor, ForEducators, KeptRating, NoSuchVisit, Records

ME, TEACHER = Actor("me"), Actor("t", "educator")
CASE = {"context": "c", "patient": "Hm.", "reply": "Hello.", "earlier": [], "scorer": {"sdm": 0}, "apart": ["sdm"]}
RATING = KeptRating(1, "m", "p" * 64, "r", "{}", "[]", "", True, json.dumps(CASE))


@pytest.fixture
def visit(records: Records, visit_id: str) -> str:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    records.end(ME, visit_id, "{}")
    records.keep_second_rating(ME, visit_id, RATING)
    return visit_id


@pytest.mark.parametrize("other", [ME, Actor("you"), Actor("t"), Actor("a", "administrator")])
def test_whoever_does_not_teach_sees_and_weighs_nothing(records: Records, visit: str, other: Actor) -> None:
    (reply,) = records.to_weigh(TEACHER)
    with pytest.raises(ForEducators):
        records.to_weigh(other)
    with pytest.raises(ForEducators):
        records.weigh(other, reply.number, "sdm", "level", 2, "")
    assert records.to_weigh(TEACHER)[0].weighed == {}


def test_an_educator_reads_the_reply_and_not_whose_it_is(records: Records, visit: str) -> None:
    (reply,) = records.to_weigh(TEACHER)
    assert json.loads(reply.case_json) == CASE
    assert visit not in repr(reply)
    assert "'me'" not in repr(reply)


def test_the_latest_level_of_an_educator_stands_until_it_is_taken_back(records: Records, visit: str) -> None:
    number = records.to_weigh(TEACHER)[0].number
    for level in (1, 2):
        records.weigh(TEACHER, number, "sdm", "level", level, " Why not. ")
    own = records.to_weigh(TEACHER)[0].weighed["sdm"]
    assert (own.level, own.scorer_level, own.reason) == (2, 0, "Why not.")
    assert json.loads(own.case_json)["reply"] == "Hello."
    assert records.to_weigh(Actor("u", "educator"))[0].weighed == {}, "another educator begins afresh"
    assert records.own_levels(ME, visit) == [], "the trainee was shown an educator's level as their own"
    assert [one.own.level for one in records.disagreements_given(TEACHER)] == [2]
    assert records.disagreements_given(ME) == [], "a trainee can export what an educator said"
    records.weigh(TEACHER, number, "sdm", "taken_back", None, "")
    assert records.to_weigh(TEACHER)[0].weighed == {}


def test_an_educator_who_agrees_with_the_scorer_is_no_disagreement(records: Records, visit: str) -> None:
    records.weigh(TEACHER, records.to_weigh(TEACHER)[0].number, "sdm", "level", 0, "")
    assert records.disagreement_counts(ME).pairs == ()
    assert len(records.disagreements_given(TEACHER)) == 1


@pytest.mark.parametrize(("shift", "skill"), [(1, "sdm"), (0, "validation"), (0, "nonsense")])
def test_only_what_is_far_apart_is_weighed(records: Records, visit: str, shift: int, skill: str) -> None:
    number = records.to_weigh(TEACHER)[0].number + shift
    with pytest.raises(NoSuchVisit):
        records.weigh(TEACHER, number, skill, "level", 2, "")


def test_replies_near_together_are_not_shown_and_deleted_ones_neither(records: Records, visit: str) -> None:
    near = records.begin(ME, "maya", "", 0, "off")
    records.commit_reply(ME, near, 1, "a", "Hello.")
    records.end(ME, near, "{}")
    records.keep_second_rating(ME, near, replace(RATING, apart=False))
    (reply,) = records.to_weigh(TEACHER)
    records.weigh(TEACHER, reply.number, "sdm", "level", 2, "")
    records.delete(ME, visit)
    assert records.to_weigh(TEACHER) == []
    assert records.disagreements_given(TEACHER) == []
