"""Ratings by a model: one for each reply of an ended visit, kept for good, and given out in nobody's name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from records import Actor, ContinuedElsewhere, KeptRating, NoSuchVisit, Records

ME = Actor("me")
RATING = KeptRating(1, "m", "p" * 64, "r", "{}", "[]", "", True, '{"reply": "Hello."}')


@pytest.fixture
def ended(records: Records, visit_id: str) -> str:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    records.end(ME, visit_id, "{}")
    return visit_id


def test_the_first_rating_of_a_reply_stands(records: Records, ended: str) -> None:
    records.keep_second_rating(ME, ended, RATING)
    records.keep_second_rating(ME, ended, replace(RATING, model="other"))
    assert records.second_ratings(ME, ended) == [RATING]


def test_a_try_that_failed_is_kept_and_may_be_followed_until_one_rates(records: Records, ended: str, url: str) -> None:
    failed = replace(RATING, failure="server", apart=False, skills_json="failed")
    for rating in (failed, failed, RATING, replace(RATING, model="late"), failed):
        records.keep_second_rating(ME, ended, rating)
    assert records.second_ratings(ME, ended) == [RATING]
    with create_engine(url).begin() as connection:
        tries = connection.execute(text("SELECT attempt, failure FROM second_ratings ORDER BY id")).all()
    assert [tuple(one) for one in tries] == [(1, "server"), (2, "server"), (3, "")]


def test_the_latest_failure_is_given_while_nothing_is_rated(records: Records, ended: str) -> None:
    for failure in ("server", "timeout"):
        records.keep_second_rating(ME, ended, replace(RATING, failure=failure))
    (given,) = records.second_ratings(ME, ended)
    assert given.failure == "timeout"


def test_nothing_is_rated_before_the_end_or_where_nothing_was_said(records: Records, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    with pytest.raises(ContinuedElsewhere):
        records.keep_second_rating(ME, visit_id, RATING)
    records.end(ME, visit_id, "{}")
    with pytest.raises(ContinuedElsewhere):
        records.keep_second_rating(ME, visit_id, replace(RATING, seq=2))


def test_a_rating_cannot_be_changed_even_past_this_library(records: Records, ended: str, url: str) -> None:
    records.keep_second_rating(ME, ended, RATING)
    with create_engine(url).begin() as connection, pytest.raises(IntegrityError, match="stays said"):
        connection.execute(text("UPDATE second_ratings SET model = 'x'"))


@pytest.mark.parametrize("other", [Actor("you"), Actor("t", "educator"), Actor("a", "administrator")])
def test_nobody_reads_or_adds_to_the_ratings_of_another_persons_visit(
    records: Records, ended: str, other: Actor
) -> None:
    records.keep_second_rating(ME, ended, RATING)
    with pytest.raises(NoSuchVisit):
        records.second_ratings(other, ended)
    with pytest.raises(NoSuchVisit):
        records.keep_second_rating(other, ended, RATING)


def test_only_replies_far_apart_are_given_and_only_to_whom_they_may_be(records: Records, ended: str) -> None:
    records.commit_reply(ME, (near := records.begin(ME, "maya", "", 0, "off")), 1, "a", "Hello.")
    records.end(ME, near, "{}")
    records.keep_second_rating(ME, ended, RATING)
    records.keep_second_rating(ME, near, replace(RATING, apart=False, case_json="{}"))
    for actor in (ME, Actor("t", "educator"), Actor("a", "administrator")):
        assert records.two_apart_given(actor) == [RATING.case_json]
    assert records.two_apart_given(Actor("you")) == []
    records.delete(ME, ended)
    assert records.two_apart_given(ME) == []


def test_where_the_second_rater_was_said_to_be_is_kept_with_the_visit(records: Records) -> None:
    told = records.begin(ME, "maya", "", 0, "off", second_rater="models.example.org")
    assert records.visit(ME, told).second_rater == "models.example.org"
    assert records.visit(ME, records.begin(ME, "maya", "", 0, "off")).second_rater == ""
