"""Many people, few places: whoever waits is told, a patient goes first, and who stops frees the place."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.fake_model import WORDS, FakeModel
from tests.model.asking import failure_of, language_model

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        yield server


def test_fifty_people_at_once_wait_their_turn_visibly_and_all_are_served(fake: FakeModel) -> None:
    fake.piece_seconds = 0.002
    patient = language_model(fake, at_once=4)
    told: dict[int, list[int]] = {n: [] for n in range(50)}
    heard: dict[int, str] = {}

    def talk(n: int) -> None:
        heard[n] = "".join(patient.stream("doctor-patient", waiting=told[n].append))

    threads = [threading.Thread(target=talk, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(heard.values()) == [WORDS] * 50
    assert fake.most_at_once <= 4
    assert any(max(places, default=0) > 1 for places in told.values()), "nobody was told that they wait"
    assert all(places[-1] == 0 for places in told.values() if places)
    assert patient.line.waiting == 0


def test_a_patient_goes_before_ratings_that_only_wait(fake: FakeModel) -> None:
    gate = threading.Event()

    def when_free(_request: dict[str, Any]) -> str:
        gate.wait(10)
        return WORDS

    fake.answers = [when_free]
    model = language_model(fake, at_once=1)
    begun: list[threading.Thread] = []

    def begin(call: Any) -> None:
        begun.append(threading.Thread(target=call))
        begun[-1].start()

    begin(lambda: model.ask("doctor-judge"))
    while not fake.requests:
        pass
    for waiting, call in enumerate((lambda: model.ask("doctor-judge"), lambda: list(model.stream("doctor-patient")))):
        begin(call)
        while model.line.waiting <= waiting:
            pass
    gate.set()
    for thread in begun:
        thread.join()
    assert [bool(request.get("stream")) for request in fake.requests] == [False, True, False]


def test_whoever_waits_too_long_is_told(fake: FakeModel) -> None:
    patient = language_model(fake, "fault:hang", at_once=1, wait_seconds=0.05, read_seconds=1.0, total_seconds=1.0)
    first = threading.Thread(target=lambda: failure_of(lambda: list(patient.stream("doctor-patient"))))
    first.start()
    while not fake.requests:
        pass
    assert failure_of(lambda: list(patient.stream("doctor-patient"))).kind == "waited_too_long"
    first.join()


def test_a_stopped_answer_frees_the_server(fake: FakeModel) -> None:
    fake.answers, fake.piece_seconds = ["word " * 2000], 0.005
    stream = language_model(fake).stream("doctor-patient")
    next(iter(stream))
    stream.close()
    assert fake.hung_up.wait(10), "the server went on talking to nobody"


def test_stopping_works_while_nothing_has_come_yet(fake: FakeModel) -> None:
    patient = language_model(fake, "fault:hang")
    assert failure_of(lambda: list(patient.stream("doctor-patient", cancelled=lambda: True))).kind == "cancelled"
