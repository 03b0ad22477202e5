import json

import pytest

from scoring.scorecard import SKILLS
from simulator.debrief import debrief
from simulator.encounter import Encounter
from simulator.play import play
from simulator.scenario import Scenario
from tests.library import library

SCENARIOS = [loaded.scenario for loaded in library().values()]
each = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.id)
REPLIES = [
    "Hello.",
    "It sounds like there's more to it than that. What am I missing?",
    "Everyone gets that.",
    "How do you sleep?",
    "Let's talk in two weeks.",
]


@each
def test_everything_that_was_there_is_either_told_or_never_said(scenario: Scenario) -> None:
    made = debrief(scenario, play(scenario, REPLIES))
    found = [t.concern_id for t in made.told] + [u.concern_id for u in made.unsaid]
    assert sorted(found) == sorted(c.id for c in scenario.concerns)
    for unsaid in made.unsaid:
        assert unsaid.question and unsaid.why_not and unsaid.if_never_opened
        assert unsaid.seq is None or unsaid.patient_words


@each
def test_the_three_lanes_start_at_the_same_door_and_come_from_playing(scenario: Scenario) -> None:
    made = debrief(scenario, play(scenario, REPLIES))
    assert [lane.label for lane in made.lanes] == ["rushed", "collaborative", "you"]
    assert len({lane.trust[0] for lane in made.lanes}) == 1
    for lane in made.lanes[:2]:
        assert len(lane.trust) == len(scenario.moments) + 1
    assert len(made.lanes[2].trust) == len(REPLIES) + 1
    for name in ("Rushed", "Collaborative", "You"):
        assert name in made.trust_text


def test_a_moment_is_shown_beside_what_both_prescribers_said() -> None:
    scenario = SCENARIOS[0]
    made = debrief(scenario, play(scenario, REPLIES))
    first = made.turns[0]
    assert first.turn.moment == scenario.moments[0].id
    assert first.rushed is not None and first.rushed.clinician == scenario.moments[0].rushed.says
    assert first.collaborative is not None and first.collaborative.changes


def test_a_skill_is_summed_up_by_its_best_and_weakest_reply_and_no_grade() -> None:
    made = debrief(SCENARIOS[0], play(SCENARIOS[0], REPLIES))
    for skill in SKILLS:
        summary = made.skills[skill]
        assert summary.called_for + summary.not_called_for == len(REPLIES) == len(summary.ratings)
        if summary.best and summary.weakest:
            assert summary.best.level > summary.weakest.level


def test_the_debrief_can_be_written_as_json() -> None:
    made = debrief(SCENARIOS[0], play(SCENARIOS[0], REPLIES))
    assert json.loads(json.dumps(made.as_json()))["scenario"] == SCENARIOS[0].id


def test_a_visit_that_goes_on_has_no_debrief() -> None:
    with pytest.raises(ValueError, match="once it has ended"):
        debrief(SCENARIOS[0], Encounter(SCENARIOS[0]).played())


def test_a_visit_without_a_reply_has_one() -> None:
    encounter = Encounter(SCENARIOS[0])
    encounter.end()
    made = debrief(SCENARIOS[0], encounter.played())
    assert made.turns == () and made.trust_text


ALONE = "There's something I ask everybody your age: could we have a few minutes, just the two of us?"


@pytest.mark.parametrize(("replies", "says_so"), [(REPLIES, True), ([ALONE, *REPLIES], False)])
def test_who_was_never_alone_with_you_is_said_to_have_waited_for_it(replies: list[str], says_so: bool) -> None:
    scenario = library()["jas-mum"].scenario
    made = debrief(scenario, play(scenario, replies))
    waited = [str(one.why_not) for one in made.unsaid if scenario.concern(one.concern_id).only_alone]
    assert waited, "she told not all of them"
    assert any("ask for a word alone first" in why for why in waited) is says_so


def test_what_was_asked_about_by_name_is_not_said_to_have_been_far_from_the_talk() -> None:
    maya = next(s for s in SCENARIOS if s.id == "maya-numb")
    replies = ["Hello.", "Anything else it's done, sleep, sex, your work?"]
    numb = next(one for one in debrief(maya, play(maya, replies)).unsaid if one.concern_id == "numb")
    assert numb.seq == 2
    far = next(one for one in debrief(maya, play(maya, replies[:1])).unsaid if one.concern_id == "numb")
    assert far.seq is None
