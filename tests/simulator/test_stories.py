from dataclasses import replace
from pathlib import Path

import pytest

from simulator.checking import check
from simulator.checking_stories import takes_for_granted
from simulator.encounter import Encounter
from simulator.loading import SCENARIOS, Loaded, load_text
from simulator.outcome import plan_changed
from simulator.parting import Parted
from simulator.scenario import Scenario
from simulator.story import story
from simulator.turn import FourWeeks, State
from tests.library import library

PATIENTS = {name: loaded.scenario for name, loaded in library().items()}
TOLD: tuple[FourWeeks, ...] = ("kept", "halved", "stopped_told", "stopped_hidden")
ONE = (SCENARIOS / "gallery" / "one-concern.yaml").read_text(encoding="utf-8")
NOBODY_ASKED = "\nfour_weeks_later:\n  stopped_hidden: Ray took none of it, because nobody had asked.\n"


def told(scenario: Scenario, four_weeks: FourWeeks, disclosed: tuple[str, ...], decision: str = "willing") -> str:
    state = State(60, 60, 60, "warming", disclosed)
    return story(scenario, Parted(decision, "", "together"), state, four_weeks)  # type: ignore[arg-type]


@pytest.mark.parametrize("scenario", PATIENTS.values(), ids=lambda s: s.id)
@pytest.mark.parametrize("decision", ["willing", "unsure", "unwilling"])
def test_no_story_takes_for_unsaid_what_was_said(scenario: Scenario, decision: str) -> None:
    everything = tuple(concern.id for concern in scenario.concerns)
    for four_weeks in TOLD:
        found = told(scenario, four_weeks, everything, decision)
        assert not takes_for_granted(found, "unsaid", scenario.language), found


def test_what_nobody_asked_about_is_another_story_once_it_was_said() -> None:
    conor = PATIENTS["conor-focus"]
    assert "nobody had asked" in told(conor, "stopped_hidden", ())
    assert "nobody had asked" in told(conor, "stopped_hidden", ("declan",)), "that was another thing"
    assert "said it out loud" in told(conor, "stopped_hidden", ("oisins",))


@pytest.mark.parametrize("scenario", PATIENTS.values(), ids=lambda s: s.id)
def test_nothing_is_said_to_have_been_said_where_nothing_was(scenario: Scenario) -> None:
    for four_weeks in TOLD:
        for stance in ("guarded", "open"):
            state = replace(State(30, 30, 60), stance=stance)
            found = story(scenario, Parted("willing", "", "decided"), state, four_weeks)
            assert not takes_for_granted(found, "said", scenario.language), found


def test_a_price_names_nothing_unsaid_where_all_was_said() -> None:
    leroy = PATIENTS["leroy-nights"]
    everything = tuple(concern.id for concern in leroy.concerns)
    of_nothing, of_all = (
        story(leroy, Parted("willing", "", "decided"), State(30, 30, 60, disclosed=disclosed), "kept")
        for disclosed in ((), everything)
    )
    assert "went unsaid" in of_nothing
    assert "went unsaid" not in of_all


def test_a_plan_was_changed_only_where_another_way_was_put_to_them() -> None:
    maya = PATIENTS["maya-numb"]
    visit = Encounter.replay(maya, [m.collaborative.says for m in maya.moments], pace="script")
    assert plan_changed(maya, visit.state, visit.turns)
    first = next(turn.seq for turn in visit.turns if "numb" in turn.disclosed)
    none = replace(visit.turns[0].plan, named="none", way="", settled=False, among=())
    of_nothing = [replace(turn, plan=none, picked=None) if turn.seq >= first else turn for turn in visit.turns]
    assert not plan_changed(maya, visit.state, of_nothing), "nothing else was named after she had said it"


def problems(text: str) -> list[str]:
    scenario, found = load_text(text, "x.yaml")
    assert scenario is not None, [one.as_text() for one in found]
    return [one.message for one in check(Loaded(scenario, text, Path("x.yaml"))) if one.code == "story-presupposes"]


def test_an_author_is_told_of_a_story_that_takes_something_for_unsaid() -> None:
    assert problems(ONE) == []
    (found,) = problems(ONE + NOBODY_ASKED)
    assert "nobody had asked" in found


def test_a_concern_with_a_story_of_its_own_answers_that() -> None:
    own = "    four_weeks_later: {stopped_hidden: He took none of it. He had said why.}\n"
    text = ONE.replace("moments:\n", f"{own}moments:\n", 1) + NOBODY_ASKED
    assert problems(text) == []


def test_an_author_is_told_of_a_story_that_takes_something_for_said() -> None:
    (found,) = problems(ONE + "\nfour_weeks_later:\n  kept: It was done because it had been said.\n")
    assert "because it had been said" in found
