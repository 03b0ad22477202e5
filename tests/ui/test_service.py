"""What the pages may ask for: nothing said is lost, and a visit goes on wherever it is opened."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from records import Actor, ContinuedElsewhere, NoSuchVisit, RecordsBusy, VisitIsOver, open_records
from simulator.encounter import Encounter
from ui.service import NotPlayable, ReplyRefused, Service, StillTalking

if TYPE_CHECKING:
    from pathlib import Path

ME = Actor("local")
MAYA = "maya-numb"
REPLIES = ("What's in the 'I guess'?", "Any side effects?", "That sounds lonely. Have I got that right?")


@pytest.fixture
def visit_id(service: Service) -> str:
    return service.begin(ME, MAYA, "each")


def talk(service: Service, visit_id: str, replies: tuple[str, ...] = REPLIES) -> None:
    for seq, words in enumerate(replies, 1):
        service.say(ME, visit_id, seq, f"t{seq}", words)


def test_a_reply_is_kept_answered_and_the_answer_kept(service: Service, visit_id: str) -> None:
    turn = service.say(ME, visit_id, 1, "t", REPLIES[0])
    kept = service.records.visit(ME, visit_id).replies[0]
    assert (turn.seq, turn.clinician, kept.text) == (1, REPLIES[0], REPLIES[0])
    assert json.loads(kept.turn_json or "{}")["patient"] == turn.patient
    assert turn.patient.strip()


def test_another_process_shows_the_same_visit_word_for_word(service: Service, url: str, visit_id: str) -> None:
    talk(service, visit_id)
    other = Service(open_records(url))
    here, there = service.open(ME, visit_id), other.open(ME, visit_id)
    assert [turn.as_json() for turn in here.turns] == [turn.as_json() for turn in there.turns]
    assert here.minutes == there.minutes
    assert not there.retold
    other.say(ME, visit_id, 4, "t4", "Go on.")
    assert len(service.open(ME, visit_id).turns) == 4, "what was said over there is here too"
    other.records.close()


def test_a_reply_that_waits_for_its_answer_is_answered_when_the_visit_is_opened(
    service: Service, visit_id: str
) -> None:
    service.records.commit_reply(ME, visit_id, 1, "t", REPLIES[0])  # and then the power went
    assert service.open(ME, visit_id).turns[0].patient
    assert service.records.visit(ME, visit_id).replies[0].turn_json


@pytest.mark.parametrize("words", ["", "   \n\t", "x" * 2001, "\0"])
def test_a_blank_or_endless_reply_is_refused_with_a_sentence_and_not_kept(
    service: Service, visit_id: str, words: str
) -> None:
    with pytest.raises(ReplyRefused) as refused:
        service.say(ME, visit_id, 1, "t", words)
    assert str(refused.value).endswith(".")
    assert service.records.visit(ME, visit_id).replies == ()


def test_exactly_two_thousand_characters_are_taken(service: Service, visit_id: str) -> None:
    assert len(service.say(ME, visit_id, 1, "t", "word " * 400).clinician) == 2000


def test_the_same_press_twice_is_one_reply(service: Service, visit_id: str) -> None:
    first = service.say(ME, visit_id, 1, "t", REPLIES[0])
    assert service.say(ME, visit_id, 1, "t", REPLIES[0]).patient == first.patient
    assert len(service.open(ME, visit_id).turns) == 1


def test_a_tab_that_is_behind_is_told_so(service: Service, visit_id: str) -> None:
    talk(service, visit_id)
    with pytest.raises(ContinuedElsewhere):
        service.say(ME, visit_id, 2, "other tab", "Hello?")


def test_words_that_could_not_be_kept_do_not_reach_the_patient(service: Service, visit_id: str, monkeypatch) -> None:
    def busy(*_: object) -> None:
        raise RecordsBusy()

    monkeypatch.setattr(service.records, "commit_reply", busy)
    with pytest.raises(RecordsBusy):
        service.say(ME, visit_id, 1, "t", REPLIES[0])
    monkeypatch.undo()
    assert service.open(ME, visit_id).turns == ()
    assert service.say(ME, visit_id, 1, "t", REPLIES[0]).seq == 1


def test_a_turn_that_broke_half_way_is_played_again(service: Service, visit_id: str, monkeypatch) -> None:
    service.say(ME, visit_id, 1, "t1", REPLIES[0])
    with monkeypatch.context() as patched:
        patched.setattr("simulator.voices.ScriptedVoice.say", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            service.say(ME, visit_id, 2, "t2", REPLIES[1])
    assert [turn.clinician for turn in service.open(ME, visit_id).turns] == list(REPLIES[:2])
    assert service.open(ME, visit_id).turns[1].state == Service(service.records).open(ME, visit_id).turns[1].state


def test_many_tabs_at_once_leave_one_line_of_talk(service: Service, visit_id: str) -> None:
    def press(name: str) -> None:
        for seq in range(1, 6):
            try:
                service.say(ME, visit_id, seq, f"{name}{seq}", f"{name} says {seq}.")
            except ContinuedElsewhere:
                service.open(ME, visit_id)

    threads = [threading.Thread(target=press, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    visit = service.open(ME, visit_id)
    assert [turn.seq for turn in visit.turns] == list(range(1, len(visit.turns) + 1))
    assert tuple(turn.clinician for turn in visit.turns) == visit.record.words
    assert all(reply.turn_json for reply in service.records.visit(ME, visit_id).replies)


def test_the_debrief_comes_after_the_end_and_not_before(service: Service, visit_id: str) -> None:
    talk(service, visit_id)
    with pytest.raises(StillTalking):
        service.debrief(ME, visit_id)
    service.end(ME, visit_id)
    service.end(ME, visit_id)
    visit, debrief = service.debrief(ME, visit_id)
    assert visit.outcome is not None
    assert json.loads(visit.record.outcome_json or "{}") == json.loads(json.dumps(visit.outcome.as_json()))
    assert [note.turn.clinician for note in debrief.turns] == list(REPLIES)
    assert [lane.label for lane in debrief.lanes] == ["rushed", "collaborative", "you"]
    with pytest.raises(VisitIsOver):
        service.say(ME, visit_id, 4, "t4", "One more thing.")


def test_a_visit_kept_before_turns_and_outcomes_named_a_plan_still_opens(service: Service, visit_id: str) -> None:
    encounter = Encounter(service.open(ME, visit_id).scenario)
    for seq, words in enumerate(REPLIES, 1):
        kept = encounter.reply(words).as_json()
        service.records.commit_reply(ME, visit_id, seq, f"t{seq}", words)
        service.records.commit_turn(ME, visit_id, seq, json.dumps({k: v for k, v in kept.items() if k != "plan"}))
    ended = encounter.end().as_json()
    service.records.end(ME, visit_id, json.dumps({k: v for k, v in ended.items() if k != "plan"}))
    visit, debrief = service.debrief(ME, visit_id)
    assert [turn.patient for turn in visit.turns] == [turn.patient for turn in encounter.turns]
    assert not visit.retold
    assert debrief.outcome.decision == ended["decision"]


def test_a_visit_ended_before_a_word_was_said_has_a_debrief_too(service: Service, visit_id: str) -> None:
    service.end(ME, visit_id)
    assert service.debrief(ME, visit_id)[1].turns == ()


def test_what_happens_to_the_scenario_file_does_not_touch_a_visit_under_way(
    service: Service, visit_id: str, url: str
) -> None:
    text = service.records.visit(ME, visit_id).scenario_text
    assert text == service.library().scenarios[MAYA].text
    assert service.open(ME, visit_id).scenario == service.library().scenarios[MAYA].scenario


def test_a_scenario_that_can_no_longer_be_read_is_a_sentence(service: Service) -> None:
    visit_id = service.records.begin(ME, "old", "format: 99\n", 0, "off")
    with pytest.raises(NotPlayable) as caught:
        service.open(ME, visit_id)
    assert "kept" in caught.value.sentence


def test_each_attempt_at_a_patient_has_a_seed_of_its_own(service: Service) -> None:
    seeds = [service.records.visit(ME, service.begin(ME, MAYA, "off")).seed for _ in range(3)]
    assert seeds == [0, 1, 2]


def test_nobody_opens_ends_or_deletes_somebody_elses_visit(service: Service, visit_id: str) -> None:
    stranger = Actor("stranger")
    for ask in (
        lambda: service.open(stranger, visit_id),
        lambda: service.say(stranger, visit_id, 1, "t", "Hello."),
        lambda: service.end(stranger, visit_id),
        lambda: service.debrief(stranger, visit_id),
        lambda: service.delete(stranger, visit_id),
        lambda: service.set_coach(stranger, visit_id, "off"),
    ):
        with pytest.raises(NoSuchVisit):
            ask()
    assert service.visits(stranger) == []


def test_a_deleted_visit_is_gone_from_memory_as_well(service: Service, visit_id: str) -> None:
    talk(service, visit_id)
    service.delete(ME, visit_id)
    with pytest.raises(NoSuchVisit):
        service.open(ME, visit_id)


def test_a_broken_scenario_file_hides_none_of_the_good_ones(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    folder.mkdir()
    good = Service(open_records(url)).library().scenarios[MAYA]
    (folder / f"{MAYA}.yaml").write_text(good.text, encoding="utf-8")
    (folder / "broken.yaml").write_text("format: 1\nid: broken\ntitel: Oh\n", encoding="utf-8")
    service = Service(open_records(url), folder)
    assert list(service.library().scenarios) == [MAYA]
    assert any("broken.yaml" in problem.file for problem in service.library().problems)
    (folder / "broken.yaml").unlink()
    assert service.library().problems == [], "a mended folder is read again without a restart"
