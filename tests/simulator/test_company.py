"""Who sits in with the patient steps out when asked to, and is not heard after that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.encounter import Encounter
from simulator.loading import load_file
from simulator.trainees import play_as, trainees

if TYPE_CHECKING:
    from simulator.scenario import Scenario

ASKS = "Jas, would it be all right if I asked your mum to step out for ten minutes, so that we can talk in private?"
LISTENS = "It makes sense that you'd be careful in here. It sounds as if you have been holding a lot, on your own."


@pytest.fixture(scope="module")
def jas() -> Scenario:
    loaded = load_file(Path(__file__).resolve().parents[2] / "scenarios" / "jas-mum.yaml")[0]
    assert loaded is not None
    return loaded.scenario


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
