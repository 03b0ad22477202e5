"""An author can begin anywhere, at any trust, and see why the patient answered so."""

from __future__ import annotations

import pytest

from simulator.encounter import Encounter, ReplyRefused
from simulator.tryout import attempt, both_visits, starting_at
from tests.library import library

MAYA = library()["maya-numb"].scenario
KIND = "It makes sense that you're tired of it, after all these months. What has it been like for you?"


@pytest.mark.parametrize("moment", [moment.id for moment in MAYA.moments])
def test_a_try_begins_at_the_chosen_moment(moment: str) -> None:
    tried = attempt(MAYA, [KIND], moment_id=moment)
    assert next(one.patient for one in MAYA.moments if one.id == moment) in tried.opening
    assert tried.replies[0].turn.moment == moment


@pytest.mark.parametrize("trust", [0, 41, 100])
def test_a_try_begins_at_the_chosen_trust(trust: int) -> None:
    tried = attempt(MAYA, [KIND], trust=trust)
    assert tried.start.trust == trust
    assert tried.replies[0].before.trust == trust


def test_a_try_from_the_beginning_is_the_visit_itself() -> None:
    tried = attempt(MAYA, [KIND, "And the sleep?"])
    visit = Encounter.replay(MAYA, [KIND, "And the sleep?"])
    assert [one.turn for one in tried.replies] == visit.turns
    assert starting_at(MAYA) is MAYA


def test_the_steps_shown_add_up_to_what_moved() -> None:
    for one in attempt(MAYA, [KIND, "Whatever. Keep taking it.", KIND], trust=50).replies:
        moved = sum(change.by for change in one.turn.changes if change.what == "trust")
        assert one.before.trust + moved == one.turn.state.trust or one.turn.state.trust in (0, 100)


def test_a_closed_gate_says_what_it_asks_and_what_the_reply_brought() -> None:
    (one,) = attempt(MAYA, ["Okay."], trust=10).replies
    assert {gate.concern.id for gate in one.closed} == {"numb", "stopped", "not-the-pill"}
    trust, moves, reason = one.closed[0].asks
    assert (trust.met, trust.wanted) == (False, (str(MAYA.concerns[0].opens_when.trust),))
    assert (moves.met, moves.wanted) == (False, MAYA.concerns[0].opens_when.any)
    assert reason.wanted == MAYA.concerns[0].about


def test_a_concern_that_was_said_is_no_longer_shown_as_closed() -> None:
    attempted = attempt(MAYA, [MAYA.concerns[0].would_have_opened] * 3, moment_id="roommate", trust=80)
    last = attempted.replies[-1]
    assert any("numb" in tried.turn.disclosed for tried in attempted.replies)
    assert "numb" not in {gate.concern.id for gate in last.closed}


def test_a_blank_reply_is_refused_and_not_played() -> None:
    with pytest.raises(ReplyRefused):
        attempt(MAYA, ["  "])


def test_both_prescribers_stand_side_by_side_at_each_moment() -> None:
    both = both_visits(MAYA)
    assert [row.moment.id for row in both.rows] == [moment.id for moment in MAYA.moments]
    assert all(row.rushed.clinician == row.moment.rushed.says for row in both.rows)
    assert both.rows[-1].collaborative.state.trust > both.rows[-1].rushed.state.trust
