"""What is kept, in which order, and what two tabs at once can and cannot do."""

from __future__ import annotations

import threading
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from records import Actor, ContinuedElsewhere, NoSuchVisit, Records, VisitIsOver, clean_text, open_records

if TYPE_CHECKING:
    from tests.records.conftest import Clock

ME = Actor("me")


def test_a_visit_comes_back_with_its_scenario_and_its_replies_in_order(records: Records, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello, Maya.")
    records.commit_turn(ME, visit_id, 1, '{"seq": 1}')
    records.commit_reply(ME, visit_id, 2, "b", "What is in the 'I guess'?")
    visit = records.visit(ME, visit_id)
    assert visit.scenario_text == "id: maya\n"
    assert (visit.seed, visit.coach, visit.status, visit.title) == (7, "each", "talking", "Maya")
    assert visit.words == ("Hello, Maya.", "What is in the 'I guess'?")
    assert [reply.turn_json for reply in visit.replies] == ['{"seq": 1}', None]


def test_a_reply_without_an_answer_is_there_for_whoever_comes_next(records: Records, url: str, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    later = open_records(url)
    assert later.visit(ME, visit_id).replies[-1].turn_json is None
    later.close()


def test_sending_the_same_reply_twice_keeps_it_once(records: Records, visit_id: str) -> None:
    first = records.commit_reply(ME, visit_id, 1, "token", "Hello.")
    again = records.commit_reply(ME, visit_id, 1, "token", "Hello.")
    assert (first.seq, again.seq) == (1, 1)
    assert records.visit(ME, visit_id).words == ("Hello.",)


def test_other_words_under_a_used_token_are_refused_and_not_swallowed(records: Records, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "token", "Hello.")
    with pytest.raises(ContinuedElsewhere):
        records.commit_reply(ME, visit_id, 2, "token", "Something else.")


def test_a_second_tab_that_is_behind_is_told_so_and_nothing_is_interleaved(records: Records, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "left", "From the left tab.")
    with pytest.raises(ContinuedElsewhere) as caught:
        records.commit_reply(ME, visit_id, 1, "right", "From the right tab.")
    assert "another tab" in caught.value.sentence
    assert records.visit(ME, visit_id).words == ("From the left tab.",)


def test_two_tabs_in_the_same_second_leave_one_reply_a_number(url: str, records: Records, visit_id: str) -> None:
    outcomes: list[str] = []
    barrier = threading.Barrier(4)

    def tab(name: str) -> None:
        own = open_records(url)
        barrier.wait()
        for seq in range(1, 11):
            try:
                own.commit_reply(ME, visit_id, seq, f"{name}-{seq}", f"{name} {seq}")
                outcomes.append(f"{name} {seq}")
            except ContinuedElsewhere:
                pass
        own.close()

    threads = [threading.Thread(target=tab, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = records.visit(ME, visit_id)
    assert [reply.seq for reply in kept.replies] == list(range(1, len(kept.replies) + 1))
    assert sorted(kept.words) == sorted(outcomes), "every acknowledged reply is there exactly once, and no other"


def test_a_second_answer_to_the_same_reply_is_dropped(records: Records, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    records.commit_turn(ME, visit_id, 1, "first")
    records.commit_turn(ME, visit_id, 1, "second")
    assert records.visit(ME, visit_id).replies[0].turn_json == "first"


@pytest.mark.parametrize("seq", [0, 2, -1])
def test_the_patient_cannot_answer_what_was_not_said(records: Records, visit_id: str, seq: int) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    with pytest.raises(ContinuedElsewhere):
        records.commit_turn(ME, visit_id, seq, "{}")


def test_an_ended_visit_keeps_its_first_outcome_and_takes_no_more_words(records: Records, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    records.end(ME, visit_id, "outcome", replies=1)
    records.end(ME, visit_id, "another outcome", replies=1)
    with pytest.raises(VisitIsOver):
        records.commit_reply(ME, visit_id, 2, "b", "One more thing.")
    visit = records.visit(ME, visit_id)
    assert (visit.status, visit.outcome_json, len(visit.replies)) == ("ended", "outcome", 1)
    assert visit.ended_at is not None


def test_ending_is_refused_where_another_tab_said_more_meanwhile(records: Records, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    with pytest.raises(ContinuedElsewhere):
        records.end(ME, visit_id, "worked out from nothing", replies=0)
    assert records.visit(ME, visit_id).status == "talking"


def test_what_was_said_cannot_be_changed_even_past_this_library(records: Records, url: str, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    with create_engine(url).begin() as connection, pytest.raises(IntegrityError, match="stays said"):
        connection.execute(text("UPDATE replies SET text = 'Goodbye.'"))
    assert records.visit(ME, visit_id).words == ("Hello.",)


def test_the_list_shows_the_latest_visit_first_and_counts_replies(records: Records, visit_id: str) -> None:
    other = records.begin(ME, "jonas", "id: jonas\n", 1, "off")
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    listed = records.visits(ME)
    assert [(one.id, one.replies, one.coach) for one in listed] == [(visit_id, 1, "each"), (other, 0, "off")]


def test_a_clock_that_jumps_back_changes_no_order(records: Records, clock: Clock, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "one")
    clock.now -= timedelta(hours=5)
    records.commit_reply(ME, visit_id, 2, "b", "two")
    visit = records.visit(ME, visit_id)
    assert visit.words == ("one", "two")
    assert all(reply.said_at.tzinfo is UTC for reply in visit.replies)


def test_the_coach_can_be_turned_on_and_off(records: Records, visit_id: str) -> None:
    records.set_coach(ME, visit_id, "off")
    assert records.visit(ME, visit_id).coach == "off"


def test_a_deleted_visit_leaves_no_words_behind_only_the_deed(records: Records, url: str, visit_id: str) -> None:
    records.commit_reply(ME, visit_id, 1, "a", "Hello.")
    records.commit_turn(ME, visit_id, 1, "{}")
    records.delete(ME, visit_id)
    with pytest.raises(NoSuchVisit):
        records.visit(ME, visit_id)
    with create_engine(url).connect() as connection:
        for table in ("visits", "replies", "answers"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
        assert connection.execute(text("SELECT deed FROM deeds ORDER BY id")).scalars().all() == ["begin", "delete"]


def test_a_visit_id_cannot_be_guessed(records: Records) -> None:
    ids = {records.begin(ME, "maya", "", 0, "off") for _ in range(20)}
    assert len(ids) == 20
    assert all(len(one) == 32 for one in ids)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_kept_and_cleaning_twice_changes_nothing(words: str) -> None:
    clean = clean_text(words)
    clean.encode("utf-8")
    assert "\0" not in clean
    assert "\r" not in clean
    assert clean_text(clean) == clean


def test_only_what_no_database_can_hold_is_taken_out(records: Records, visit_id: str) -> None:
    words = "Ça va?\0 \ud800 “fine”\r\n日本 👩🏽‍⚕️\tok\x1b"
    kept = records.commit_reply(ME, visit_id, 1, "a", words)
    assert kept.text == "Ça va? \N{REPLACEMENT CHARACTER} “fine”\n日本 👩🏽‍⚕️\tok"
    assert records.visit(ME, visit_id).words == (kept.text,)
