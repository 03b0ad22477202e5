from dataclasses import replace

import pytest

from simulator.gates import Hearing, opening
from simulator.patient import ear_of
from simulator.reactions import is_hurt
from tests.library import library
from tests.simulator.made import reading, scorecard

MAYA = library()["maya-numb"].scenario
EAR = ear_of(MAYA)
NUMB = MAYA.concern("numb")


def hearing(
    reply: str,
    *moves: str,
    trust: float = 90,
    moment: int | None = None,
    hinted: dict[str, int] | None = None,
    seq: int = 6,
    hurt: bool = False,
) -> Hearing:
    at = MAYA.moments[moment] if moment is not None else None
    return Hearing(reading(reply, *moves), EAR.hear(reply), trust, at, hinted or {}, seq, hurt, -9, (), EAR.near)


def brought_out(found: Hearing) -> tuple[str, str] | None:
    result = opening(MAYA, found)
    return (result.concern.id, result.kind) if result else None


def test_a_fitting_move_about_it_opens_it_once_trust_is_there() -> None:
    assert brought_out(hearing("What has it done to your sex life?", "open_question")) == ("numb", "says")


def test_without_trust_it_stays_shut() -> None:
    trust = NUMB.opens_when.trust - 20
    assert brought_out(hearing("What has it done to your sex life?", "open_question", trust=trust)) is None


def test_a_little_short_of_trust_it_only_slips_out() -> None:
    trust = NUMB.opens_when.trust - 3
    assert brought_out(hearing("What has it done to your sex life?", "open_question", trust=trust)) == ("numb", "hint")


def test_trust_alone_opens_nothing() -> None:
    assert brought_out(hearing("Nice weather today.")) is None


def test_the_right_move_about_something_else_hints_before_it_tells() -> None:
    found = brought_out(hearing("What else is on your mind?", "open_question"))
    assert found is not None and found[1] == "hint"


def test_after_the_hint_the_right_move_opens_it() -> None:
    found = hearing("You trailed off there. I wonder what is behind that?", "open_question", hinted={"numb": 5})
    assert brought_out(found) == ("numb", "says")


def test_the_moment_that_leads_to_it_opens_it() -> None:
    at = next(i for i, m in enumerate(MAYA.moments) if m.leads_to == "numb")
    assert brought_out(hearing("That one stuck with you.", "complex_reflection", moment=at)) == ("numb", "says")


def test_nobody_confides_in_the_breath_that_hurts() -> None:
    assert brought_out(hearing("What has it done to your sex life?", "open_question", hurt=True)) is None


@pytest.mark.parametrize("move", ["orders", "judges", "minimises", "argues", "steps_over", "falsely_reassures"])
def test_these_hurt(move: str) -> None:
    assert is_hurt(reading("A reply.", move), scorecard(1, 1))
    assert not is_hurt(reading("A reply.", "legitimises"), scorecard(3, 3))
    assert is_hurt(reading("A reply.", "legitimises"), scorecard(0, 3)), "a feeling that was waved away hurts"


def test_who_was_met_again_and_again_tells_a_little_sooner() -> None:
    trust = NUMB.opens_when.trust - 5
    asked = "What has it done to your sex life?"
    assert brought_out(replace(hearing(asked, "open_question", trust=trust), heard_times=1)) == ("numb", "hint")
    assert brought_out(replace(hearing(asked, "open_question", trust=trust), heard_times=5)) == ("numb", "says")


def test_however_often_they_were_met_some_trust_is_needed() -> None:
    found = hearing("What has it done to your sex life?", "open_question", trust=NUMB.opens_when.trust - 12)
    assert brought_out(replace(found, heard_times=50)) != ("numb", "says")


def test_a_plain_question_about_it_is_enough_from_somebody_who_listens() -> None:
    found = hearing("Any change in your sex life?", "closed_question")
    assert brought_out(found) is None
    assert brought_out(replace(found, heard_times=3)) == ("numb", "says")


def test_asked_late_whether_there_is_more_they_say_what_they_had_not_even_hinted_at() -> None:
    early, late = (hearing("Anything else we didn't get to?", "closed_question", seq=seq) for seq in (3, 9))
    assert brought_out(replace(early, heard_times=4)) is None
    assert brought_out(replace(late, heard_times=4)) == ("numb", "says")
    assert brought_out(late) is None, "nobody was met, so there is nothing more"


def test_what_was_held_back_when_asked_comes_out_at_a_kind_word_after_it() -> None:
    found = hearing("I can see why that's hard to talk about.", "legitimises")
    assert brought_out(found) != ("numb", "says")
    assert brought_out(replace(found, held_back={"numb": 5})) == ("numb", "says")
