"""Levels that people set themselves: kept for good, the last word stands, and given out in nobody's name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from records import ROLES, Actor, ContinuedElsewhere, NoSuchVisit, OwnLevel, Records, RecordsError, Role

ME = Actor("me")
OWN = OwnLevel(1, "validation", "level", 3, 1, "I named the loneliness.", '{"reply": "Hello."}')


@pytest.fixture
def said(records: Records, visit_id: str) -> str:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    return visit_id


def standing(records: Records, visit_id: str) -> list[tuple[str, int | None]]:
    return [(own.skill, own.level) for own in records.own_levels(ME, visit_id)]


def test_a_level_of_ones_own_comes_back_with_its_reason(records: Records, said: str) -> None:
    records.set_own_level(ME, said, OWN)
    assert records.own_levels(ME, said) == [OWN]


def test_a_later_word_replaces_the_earlier_one_and_the_earlier_one_is_kept(
    records: Records, said: str, url: str
) -> None:
    records.set_own_level(ME, said, OWN)
    records.set_own_level(ME, said, replace(OWN, skill="sdm", stance="not_called_for", level=None))
    records.set_own_level(ME, said, replace(OWN, level=4))
    assert standing(records, said) == [("sdm", None), ("validation", 4)]
    records.set_own_level(ME, said, replace(OWN, stance="taken_back", level=None))
    assert standing(records, said) == [("sdm", None)]
    with create_engine(url).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM disagreements")).scalar() == 4


def test_what_somebody_once_thought_cannot_be_changed_even_past_this_library(
    records: Records, said: str, url: str
) -> None:
    records.set_own_level(ME, said, OWN)
    with create_engine(url).begin() as connection, pytest.raises(IntegrityError, match="stays said"):
        connection.execute(text("UPDATE disagreements SET level = 0"))
    assert standing(records, said) == [("validation", 3)]


@pytest.mark.parametrize("wrong", [{"stance": "level", "level": None}, {"level": 5}, {"stance": "taken_back"}])
def test_a_level_that_makes_no_sense_is_not_kept(records: Records, said: str, url: str, wrong: dict) -> None:
    with pytest.raises(RecordsError):
        records.set_own_level(ME, said, replace(OWN, **wrong))
    assert standing(records, said) == []


@pytest.mark.parametrize("seq", [0, 2])
def test_a_reply_that_was_not_said_has_no_level(records: Records, said: str, seq: int) -> None:
    with pytest.raises(ContinuedElsewhere):
        records.set_own_level(ME, said, replace(OWN, seq=seq))


@pytest.mark.parametrize("role", ROLES)
def test_nobody_sets_or_reads_a_level_in_somebody_elses_visit(records: Records, said: str, role: Role) -> None:
    stranger = Actor("stranger", role)
    with pytest.raises(NoSuchVisit):
        records.set_own_level(stranger, said, OWN)
    with pytest.raises(NoSuchVisit):
        records.own_levels(stranger, said)


@pytest.mark.parametrize(("role", "theirs"), [("trainee", 0), ("educator", 1), ("administrator", 1)])
def test_a_trainee_exports_their_own_and_whoever_teaches_everybodys(
    records: Records, said: str, role: Role, theirs: int
) -> None:
    records.set_own_level(ME, said, OWN)
    assert len(records.disagreements_given(Actor("me", role))) == 1
    assert len(records.disagreements_given(Actor("stranger", role))) == theirs


def test_what_is_exported_holds_no_visit_and_no_person_and_that_it_was_done_is_noted(
    records: Records, said: str, url: str
) -> None:
    records.set_own_level(ME, said, OWN)
    records.set_own_level(ME, said, replace(OWN, skill="sdm"))
    given = records.disagreements_given(Actor("teacher", "educator"))
    assert [(one.reply, one.own.skill) for one in given] == [(1, "validation"), (1, "sdm")]
    assert said not in repr(given)
    assert "'me'" not in repr(given)
    with create_engine(url).connect() as connection:
        deeds = connection.execute(text("SELECT actor, deed, visit_id FROM deeds ORDER BY id")).all()
    assert tuple(deeds[-1]) == ("teacher", "export", "")


def test_disagreements_are_counted_by_skill_and_direction_out_of_the_rated_replies(records: Records, said: str) -> None:
    records.commit_turn(ME, said, 1, "{}")
    assert records.disagreement_counts(ME).rated_replies == 0, "a visit that goes on shows no levels yet"
    records.end(ME, said, "{}")
    records.set_own_level(ME, said, OWN)
    records.set_own_level(ME, said, replace(OWN, level=4))
    counts = records.disagreement_counts(Actor("anybody"))
    assert (counts.rated_replies, counts.pairs, counts.may_export) == (1, (("validation", 1, 4, 1),), 0)
    assert records.disagreement_counts(ME).may_export == 1
    assert records.disagreement_counts(Actor("teacher", "educator")).may_export == 1


def test_levels_go_with_the_visit_when_it_is_deleted(records: Records, said: str, url: str) -> None:
    records.set_own_level(ME, said, OWN)
    records.delete(ME, said)
    assert records.disagreement_counts(ME).pairs == ()
    with create_engine(url).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM disagreements")).scalar() == 0


def test_an_endless_reason_is_cut_and_no_reason_is_fine(records: Records, said: str) -> None:
    records.set_own_level(ME, said, replace(OWN, reason="x" * 5000 + "\0"))
    assert len(records.own_levels(ME, said)[0].reason) == 1000
    records.set_own_level(ME, said, replace(OWN, reason=""))
    assert records.own_levels(ME, said)[0].reason == ""
