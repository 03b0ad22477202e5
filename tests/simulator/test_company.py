"""Who sits in with the patient steps out when asked to, and is not heard after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.encounter import Encounter
from simulator.trainees import trainees
from simulator.voices import said_as
from tests.library import library
from tests.played import play_as

if TYPE_CHECKING:
    from simulator.scenario import Scenario

ASKS = "Jas, would it be all right if I asked your mum to step out for ten minutes, so that we can talk in private?"
LISTENS = "It makes sense that you'd be careful in here. It sounds as if you have been holding a lot, on your own."


@pytest.fixture(scope="module")
def jas() -> Scenario:
    return library()["jas-mum"].scenario


def test_a_trainee_who_asks_for_a_word_alone_is_told_what_her_mother_must_not_hear(jas: Scenario) -> None:
    visit = play_as(jas, trainees()["technically-perfect"])
    assert visit.outcome is not None
    assert "hurting" in visit.outcome.disclosed
    gone = next(turn.seq for turn in visit.turns if "companion_leaves" in turn.acts)
    assert not [turn.patient for turn in visit.turns if turn.seq > gone and "her mother" in turn.patient]


@pytest.mark.parametrize("seed", range(3))
def test_nobody_who_has_stepped_out_speaks_or_is_looked_at(jas: Scenario, seed: int) -> None:
    visit = Encounter(jas, seed)
    assert "companion_leaves" in visit.reply(ASKS).acts
    asked = ["How are you feeling?", "Tell me more.", "...", "You're just lazy.", "Okay.", LISTENS, "How do you sleep?"]
    said = [visit.reply(reply) for reply in asked * 4]
    assert not [turn.patient for turn in said if "her mother" in turn.patient]
    assert not [turn.acts for turn in said if {"companion_leaves", "moment:all-of-it"} & set(turn.acts)]


def test_while_she_has_not_been_asked_to_go_she_is_there(jas: Scenario) -> None:
    visit = Encounter(jas)
    said = [visit.reply("Okay.").patient for _ in range(4)]
    assert [words for words in said if "her mother" in words]


ALOUD = ("half of one", "don't want the shop", "want to be dead", "name on the sign", "don't want to die")
KINDS = ("warm-undecided", "repairs", "awkward-sincere", "parrot", "rushed", "rambling")


def test_nothing_dark_and_nothing_about_her_is_said_aloud_while_her_mother_listens(jas: Scenario) -> None:
    for kind in KINDS:
        for seed in (0, 7, 43):
            for turn in play_as(jas, trainees()[kind], seed).turns:
                if "companion_leaves" in turn.acts:
                    break
                aloud = not any(mark in turn.patient for mark in ("types", "so only you see"))
                assert not (aloud and any(words in turn.patient for words in ALOUD)), turn.patient


def test_what_her_mother_would_hear_is_hinted_at_once_and_only_to_the_clinician(jas: Scenario) -> None:
    asked = []
    for seed in (0, 7, 43):
        visit = play_as(jas, trainees()["warm-undecided"], seed)
        assert jas.companion is not None
        hints = [turn for turn in visit.turns if any(line in turn.patient for line in jas.companion.asks_alone)]
        assert len(hints) <= 1
        assert all("so only you see" in turn.patient for turn in hints)
        asked += hints
        assert visit.outcome is not None
        assert not {"leaflet", "page-three"} & set(visit.outcome.disclosed)
    assert asked


def test_an_open_answer_about_her_mother_waits_until_she_has_gone(jas: Scenario) -> None:
    warm = jas.patient.model_copy(update={"temperament": jas.patient.temperament.model_copy(update={"trust": 85})})
    visit = Encounter(jas.model_copy(update={"patient": warm}))
    visit.reply(LISTENS)
    about = "How do you get on with your mum?"
    assert visit.reply(about).patient == jas.facts["mum"].guarded
    visit.reply(ASKS)
    assert jas.facts["mum"].open in visit.reply(about).patient


def test_what_waited_while_her_mother_listened_is_said_once_they_are_alone(jas: Scenario) -> None:
    visit = Encounter(jas)
    acts = [act for _ in range(14) for act in visit.reply("Okay, go on.").acts]
    assert "moment:so-proud" in acts
    assert "moment:snow-day" not in acts
    visit.reply(ASKS)
    acts = [act for _ in range(8) for act in visit.reply("Okay, go on.").acts]
    assert acts.count("moment:snow-day") == 1
    assert acts.count("moment:so-proud") == 0


def test_her_mother_answers_when_asked_in_her_hearing_whether_she_has_to_be_there(jas: Scenario) -> None:
    moment = next(moment for moment in jas.moments if moment.id == "all-of-it")
    assert '(her mother: "' in moment.patient


def fatuma() -> Scenario:
    return library()["fatuma-insulin"].scenario


PHONE = "Would it be easier for you if we used a phone interpreter, from another city? It's your choice."


@pytest.mark.parametrize("seed", range(3))
def test_an_interpreter_who_was_replaced_by_one_on_the_telephone_is_neither_spoken_to_nor_looked_at(seed: int) -> None:
    visit = Encounter(fatuma(), seed)
    assert "companion_leaves" in visit.reply(PHONE).acts
    asked = ["How are you feeling?", "...", "The HbA1c reflects glycaemia.", "Okay.", LISTENS, "How do you sleep?"]
    said = [visit.reply(reply).patient for reply in asked * 4]
    assert not [words for words in said if "Hodan" in words or "to the interpreter" in words]
    assert not [words for words in said if "Is good girl" in words]


def test_while_the_interpreter_is_there_she_is_noticed() -> None:
    visits = [play_as(fatuma(), trainees()["rambling"], seed) for seed in range(3)]
    said = [turn.patient for visit in visits for turn in visit.turns]
    assert any("interpreter" in words or "Hodan" in words for words in said)


def test_asked_about_danger_in_her_mothers_hearing_she_is_not_alone_in_the_room(jas: Scenario) -> None:
    assert jas.companion is not None
    for seed in range(4):
        visit = Encounter(jas, seed)
        visit.reply("Okay, so how are things?")
        said = visit.reply("Any thoughts of harming yourself?").patient
        assert any(mark in said for mark in jas.companion.marks), said
        visit.reply(ASKS)
        visit.reply("Okay.")
        assert "her mother" not in visit.reply("And do you ever think of suicide?").patient


def test_whoever_listens_is_noticed_now_and_then_in_every_visit() -> None:
    for who in ("jas-mum", "fatuma-insulin"):
        scenario = library()[who].scenario
        companion = scenario.companion
        assert companion is not None
        for kind in ("rushed", "repairs", "warm-undecided"):
            said = [turn.patient for turn in play_as(scenario, trainees()[kind], 7).turns]
            seen = [any(mark in words for mark in companion.marks) for words in said]
            assert 2 <= sum(seen) < len(seen), said


def test_what_fatuma_will_not_have_carried_to_the_tea_is_not_told_through_the_interpreter() -> None:
    for kind in ("warm-undecided", "repairs", "awkward-sincere"):
        for seed in (0, 7, 71):
            visit = play_as(fatuma(), trainees()[kind], seed)
            gone = next((turn.seq for turn in visit.turns if "companion_leaves" in turn.acts), 99)
            assert not [turn.patient for turn in visit.turns if turn.seq < gone and "nineteenth day" in turn.patient]


@pytest.mark.parametrize(
    "asks", ["would you like mum to stay or go?", "mum could you give us 5 min", "can i have 5 mins alone with jas"]
)
def test_a_word_alone_is_asked_for_in_many_ways(jas: Scenario, asks: str) -> None:
    assert "companion_leaves" in Encounter(jas).reply(asks).acts


def test_what_her_mother_puts_in_tells_two_short_lines_apart_and_what_is_quoted_back_does_not() -> None:
    assert said_as('(her mother: "Of course she will.") Yeah.') != said_as(
        '(her mother: "We ask her every day.") Yeah.'
    )
    assert said_as('You said "I skip the evening one". I do.') == said_as('You said "it stops with me". I do.')
