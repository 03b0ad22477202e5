"""An answer by a model is spoken once and never lost, whatever happens to the page, the connection or the process."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from language_model import LanguageModel, Settings
from records import Actor, ContinuedElsewhere, Records, RecordsBusy, open_records
from tests.fake_model import FakeModel
from ui.service import StillTalking
from ui.voiced import VoicedService

if TYPE_CHECKING:
    from collections.abc import Iterator

ME = Actor("local")
MAYA = "maya-numb"
ASK = "How have you been sleeping?"
SPOKEN = "I sleep. It's okay."


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        server.answers = [SPOKEN]
        yield server


def model(fake: FakeModel, name: str = "m", **changed: Any) -> LanguageModel:
    quick = {"read_seconds": 10.0, "total_seconds": 20.0, "wait_seconds": 60.0, "backoff_seconds": 0.001}
    return LanguageModel(Settings(base_url=fake.url, patient_model=name, **{**quick, **changed}))


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    opened = open_records(url)
    yield opened
    opened.close()


@pytest.fixture
def voiced(records: Records, fake: FakeModel) -> VoicedService:
    return VoicedService(records, model(fake).stream)


def begin(service: VoicedService) -> str:
    return service.begin(ME, MAYA, "each")


def finish(service: VoicedService, visit_id: str) -> Any:
    """Follow whatever is under way to its end and return the visit."""
    visit = service.open(ME, visit_id)
    if visit.speaking is not None:
        for _ in visit.speaking.follow():
            pass
        visit = service.open(ME, visit_id)
    return visit


def test_the_answer_comes_piece_by_piece_and_is_kept_with_how_it_came_about(
    voiced: VoicedService, fake: FakeModel
) -> None:
    fake.piece_seconds = 0.01
    visit_id = begin(voiced)
    voiced.say(ME, visit_id, 1, "t", ASK)
    visit = voiced.open(ME, visit_id)
    assert visit.speaking is not None
    assert (visit.turns, visit.unanswered) == ((), ASK)
    seen = [heard.text for heard in visit.speaking.follow()]
    assert len(set(seen)) > 2
    assert all(SPOKEN.startswith(text) for text in seen)
    visit = voiced.open(ME, visit_id)
    assert (visit.speaking, visit.turns[0].patient, visit.turns[0].voice) == (None, SPOKEN, "improvised")
    kept = json.loads(visit.record.replies[0].turn_json or "{}")
    assert (kept["patient"], kept["voice"], kept["wording"]["model"]) == (SPOKEN, "improvised", "m")


def test_a_second_tab_and_a_refresh_hear_the_same_answer(voiced: VoicedService, fake: FakeModel) -> None:
    fake.piece_seconds = 0.01
    visit_id = begin(voiced)
    voiced.say(ME, visit_id, 1, "t", ASK)
    looks = [voiced.open(ME, visit_id) for _ in range(5)]
    assert len({id(look.speaking) for look in looks}) == 1
    finish(voiced, visit_id)
    assert len(fake.requests) == 1


def test_many_pages_at_once_make_one_answer(voiced: VoicedService, fake: FakeModel) -> None:
    visit_id = begin(voiced)
    voiced.records.commit_reply(ME, visit_id, 1, "t", ASK)
    threads = [threading.Thread(target=finish, args=(voiced, visit_id)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fake.requests) == 1
    assert [turn.patient for turn in voiced.open(ME, visit_id).turns] == [SPOKEN]


def test_an_answer_that_a_dead_process_owed_is_given_by_the_next(records: Records, fake: FakeModel) -> None:
    first = VoicedService(records, model(fake).stream)
    visit_id = begin(first)
    records.commit_reply(ME, visit_id, 1, "t", ASK)  # and then the process was killed
    other = VoicedService(records, model(fake).stream)
    assert finish(other, visit_id).turns[0].patient == SPOKEN


def test_two_processes_that_answer_at_once_keep_one_answer_and_show_it(records: Records, fake: FakeModel) -> None:
    fake.answers = ["I sleep okay.", "Okay. Yeah. I sleep."]
    one, other = (VoicedService(records, model(fake).stream) for _ in range(2))
    visit_id = begin(one)
    records.commit_reply(ME, visit_id, 1, "t", ASK)
    here, there = one.open(ME, visit_id), other.open(ME, visit_id)
    for visit in (here, there):
        if visit.speaking is not None:
            visit.speaking.wait(20)
    shown = {service.open(ME, visit_id).turns[0].patient for service in (one, other)}
    kept = json.loads(records.visit(ME, visit_id).replies[0].turn_json or "{}")
    assert shown == {kept["patient"]}


def test_the_talk_goes_on_from_the_words_that_were_said_here_and_after_a_restart(
    voiced: VoicedService, records: Records, fake: FakeModel
) -> None:
    visit_id = begin(voiced)
    for seq, words in enumerate((ASK, "What's in the 'I guess'?", "That sounds tiring."), 1):
        voiced.say(ME, visit_id, seq, f"t{seq}", words)
        here = finish(voiced, visit_id)
    assert here.turns[1].heard_words == SPOKEN
    for later in (VoicedService(records, model(fake).stream), VoicedService(records, None)):
        there = later.open(ME, visit_id)
        assert [turn.as_json() for turn in there.turns] == [turn.as_json() for turn in here.turns]
        assert there.minutes == here.minutes
        assert not there.retold


def test_a_stopped_answer_is_given_in_the_scenarios_own_words(voiced: VoicedService, fake: FakeModel) -> None:
    fake.answers, fake.piece_seconds = ["I sleep okay " * 3], 0.2
    visit_id = begin(voiced)
    decided = voiced.say(ME, visit_id, 1, "t", ASK)
    speaking = voiced.open(ME, visit_id).speaking
    assert speaking is not None
    speaking.stop()
    visit = finish(voiced, visit_id)
    assert (visit.turns[0].patient, visit.turns[0].voice) == (decided.patient, "scripted")


@pytest.mark.parametrize("fault", ["500", "quota", "drop", "200-html", "filter", "reset"])
def test_where_the_model_fails_the_patient_answers_all_the_same(records: Records, fake: FakeModel, fault: str) -> None:
    service = VoicedService(records, model(fake, f"fault:{fault}").stream)
    visit_id = begin(service)
    decided = service.say(ME, visit_id, 1, "t", ASK)
    visit = finish(service, visit_id)
    assert [turn.patient for turn in visit.turns] == [decided.patient]
    kept = json.loads(visit.record.replies[0].turn_json or "{}")
    assert kept["wording"]["withdrawn"]


def test_a_visit_ended_in_the_middle_of_an_answer_keeps_the_answer(voiced: VoicedService, fake: FakeModel) -> None:
    fake.piece_seconds = 0.05
    visit_id = begin(voiced)
    voiced.say(ME, visit_id, 1, "t", ASK)
    with pytest.raises(StillTalking):
        voiced.debrief(ME, visit_id)
    voiced.end(ME, visit_id)
    visit, debrief = voiced.debrief(ME, visit_id)
    assert visit.ended
    assert visit.record.replies[0].turn_json
    assert debrief.turns[0].turn.patient == visit.turns[0].patient


class Stuck:
    """Records that cannot keep a turn until they are told to."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.stuck = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._records, name)

    def commit_turn(self, *args: Any) -> None:
        if self.stuck:
            raise RecordsBusy()
        self._records.commit_turn(*args)


def test_an_answer_that_cannot_be_kept_says_so_and_can_be_given_again(records: Records, fake: FakeModel) -> None:
    stuck = Stuck(records)
    service = VoicedService(stuck, model(fake).stream)  # type: ignore[arg-type]
    visit_id = begin(service)
    service.say(ME, visit_id, 1, "t", ASK)
    visit = finish(service, visit_id)
    assert visit.speaking is not None
    assert visit.speaking.trouble
    assert len(fake.requests) == 1, "a page that is drawn again must not ask the model again and again"
    stuck.stuck = False
    service.try_again(ME, visit_id)
    assert finish(service, visit_id).turns[0].patient == SPOKEN


def test_a_reply_cannot_be_said_into_an_answer_from_an_old_page(voiced: VoicedService) -> None:
    visit_id = begin(voiced)
    voiced.say(ME, visit_id, 1, "t", ASK)
    voiced.say(ME, visit_id, 1, "t", ASK)  # a double click
    with pytest.raises(ContinuedElsewhere):
        voiced.say(ME, visit_id, 1, "other", "And your appetite?")
    assert len(finish(voiced, visit_id).turns) == 1


def test_fifty_trainees_wait_visibly_for_a_slow_model_and_all_are_answered(records: Records, fake: FakeModel) -> None:
    everybody_has_spoken = threading.Event()
    fake.answers = [lambda _: SPOKEN if everybody_has_spoken.wait(60) else ""]
    service = VoicedService(records, model(fake, at_once=4, read_seconds=60, total_seconds=60).stream)
    visits = [begin(service) for _ in range(50)]
    for visit_id in visits:
        service.say(ME, visit_id, 1, "t", ASK)
    speaking = [service.open(ME, visit_id).speaking for visit_id in visits]
    expected = [0] * 4 + list(range(1, 47))
    looks = zip(*(one.follow() for one in speaking if one is not None), strict=True)
    found = any(sorted(heard.place for heard in look) == expected for look, _ in zip(looks, range(20), strict=False))
    everybody_has_spoken.set()
    assert found, "somebody was not told where they stand in the line"
    assert fake.most_at_once <= 4
    for visit_id in visits:
        assert [turn.patient for turn in finish(service, visit_id).turns] == [SPOKEN]
