"""What is said in one turn belongs together, and what was asked is answered."""

import re

import pytest

from simulator.encounter import Encounter
from simulator.patient import ear_of
from simulator.scenario import Scenario
from simulator.trainees import trainees, turned
from tests.library import library
from tests.played import play_as
from tests.simulator.made import without_questions_of_their_own

ENGLISH = [loaded.scenario for loaded in library().values() if loaded.scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
CHOICE = (
    "There's more than one way. We could go ahead with it slowly, choose something else, or wait and look again in "
    "two weeks. Which of them sits best with you?"
)


@each
def test_a_choice_is_answered_with_one_of_the_ways_or_with_not_knowing_yet(scenario: Scenario) -> None:
    turn = Encounter.replay(scenario, ["How are you?", CHOICE]).turns[-1]
    opened = any(act.startswith(("discloses:", "hint:")) for act in turn.acts)
    assert opened or any(act.startswith("choice_") for act in turn.acts), turn.acts
    assert not any(act.startswith("confirms_") for act in turn.acts)


@each
def test_what_would_make_it_easier_gets_an_answer(scenario: Scenario) -> None:
    turn = Encounter.replay(scenario, ["How are you?", "It's your decision. What would make it easier?"]).turns[-1]
    opened = any(act.startswith(("discloses:", "hint:")) for act in turn.acts)
    assert opened or "would_help" in turn.acts, turn.acts


@each
def test_nobody_waves_a_question_away_and_brings_something_up_in_one_breath(scenario: Scenario) -> None:
    for name in ("repairs", "technically-perfect", "rambling", "warm-undecided"):
        for turn in play_as(scenario, trainees()[name], 7).turns:
            if {"evades", "pressed"} & set(turn.acts):
                assert not any(act.startswith(("hint:", "moment:", "returns")) for act in turn.acts), turn.acts


@each
def test_nobody_blushes_or_jokes_right_after_confiding(scenario: Scenario) -> None:
    visit = play_as(scenario, trainees()["warm-undecided"], 7)
    for before, turn in zip(visit.turns, visit.turns[1:], strict=False):
        if before.disclosed:
            assert not {"affirmed", "granted", "joke"} & set(turn.acts), (turn.acts, turn.patient)


@each
def test_sorrow_that_is_named_is_never_met_with_not_following(scenario: Scenario) -> None:
    turn = Encounter.replay(scenario, ["How are you?", "That sounds lonely."]).turns[-1]
    assert "unclear" not in turn.acts, turn.patient


def test_ray_who_refused_the_strips_does_not_welcome_their_prescription() -> None:
    ray = next(s for s in ENGLISH if s.id == "ray-second-time")
    turn = Encounter.replay(ray, ["How are you?", f"I'll send the prescription through. {ray.plan_on_the_table}."])
    assert "granted" not in turn.turns[-1].acts


def test_a_patients_own_words_given_back_are_no_order_and_no_proposal() -> None:
    lorraine = next(s for s in ENGLISH if s.id == "lorraine-dose")
    ear, told = ear_of(lorraine), lorraine.concern("third-day").says
    back = "So you take one every third day. That sounds lonely."
    assert ear.beyond(ear.hear(back), back, told).proposals == ()
    new = "You should take one every day, and start on a new one."
    assert ear.beyond(ear.hear(new), new, told).proposals


def test_jas_shows_what_her_mother_must_not_hear() -> None:
    jas = next(s for s in ENGLISH if s.id == "jas-mum")
    assert jas.concern("hurting").says.startswith("(types on her phone and tilts it towards you, not a word out loud)")


@pytest.mark.parametrize(
    ("said", "given_back"),
    [
        ("I don't say it. So they'll tell you.", "you don't say it"),
        ("(looks down) And I was scared of it.", "you were scared of it"),
        ("I kept it. My days are long, trust me. Not even on it.", "you kept it"),
        ("I wasn't ready for it.", "you weren't ready for it"),
        ("Same as ever.", "there's something here that's hard to put into words"),
        ("So I should know. You should see what I get out of it.", "you should know"),
    ],
)
def test_the_patients_words_are_turned_round_rightly_or_not_at_all(said: str, given_back: str) -> None:
    assert turned(said) == given_back


@each
def test_no_synthetic_trainee_garbles_who_is_meant(scenario: Scenario) -> None:
    for name in ("repairs", "technically-perfect", "warm-undecided", "awkward-sincere"):
        for turn in play_as(scenario, trainees()[name], 7).turns:
            assert not re.search(r"\b(?:tell|see|ask|with|to|for|of) I\b|\bSo so\b", turn.clinician), turn.clinician


PARROTED = "I don't know how long this takes. What do you make of it?"


def test_a_patients_own_question_said_back_to_them_asks_nothing() -> None:
    ear = ear_of(ENGLISH[0])
    for lead in ("", "You said: ", "What I hear is: "):
        back = lead + PARROTED
        heard = ear.beyond(ear.hear(back), back, PARROTED)
        assert heard.questions == 0 and not heard.asked and "how_long" not in heard.acts, back
    asked = "What's it like to lie on the floor next to the bed?"
    assert ear.beyond(ear.hear(asked), asked, "I lie on the floor next to the bed.").questions == 1


@pytest.mark.parametrize("question", ["Whats that been like to live with?", "How is it, living with it?"])
def test_what_it_is_like_to_live_with_is_no_question_about_the_home(question: str) -> None:
    for scenario in ENGLISH:
        assert "home" not in ear_of(scenario).hear(question).asked


def test_a_lecture_asks_nothing_where_it_goes_on_with_which_is_why() -> None:
    lecture = "The mechanism involves receptors, which is why the response takes several weeks."
    assert ear_of(ENGLISH[0]).hear(lecture).questions == 0


@each
def test_an_answer_to_the_rushed_prescribers_question_is_no_answer_to_a_lecture(scenario: Scenario) -> None:
    for turn in play_as(scenario, trainees()["jargon-lecturer"], 5).turns:
        for moment in scenario.moments:
            if "?" in moment.rushed.says:
                assert f"moment:{moment.id}:rushed" not in turn.acts, turn.patient


@each
def test_being_told_how_to_take_it_asks_for_no_opinion(scenario: Scenario) -> None:
    turn = Encounter.replay(scenario, ["Okay, how are things?", "You need to take it every day, that's how it works."])
    assert not [act for act in turn.turns[-1].acts if act.startswith("plan_")], turn.turns[-1].patient


@each
def test_one_question_of_two_is_answered_and_the_other_not_waved_away(scenario: Scenario) -> None:
    turn = Encounter.replay(scenario, ["Okay, how are things?", "Let's not get into that. Any alcohol or drugs?"])
    answered = [act for act in turn.turns[-1].acts if act.startswith("answer:")]
    assert not (answered and {"evades", "pressed"} & set(turn.turns[-1].acts)), turn.turns[-1].patient


@each
def test_nobody_is_relieved_by_what_nobody_granted(scenario: Scenario) -> None:
    turn = Encounter.replay(scenario, ["How are you?", "ok so that is how it is. That counts for a lot i think"]).turns[
        -1
    ]
    assert "granted" not in turn.acts, turn.patient


@each
def test_what_they_would_like_to_do_is_about_the_plan_and_a_worry_about_it_no_question_of_nerves(
    scenario: Scenario,
) -> None:
    ear = ear_of(scenario)
    heard = ear.hear("Thank you for telling me. What do you think you'd like to do?")
    assert "hobbies" not in heard.asked and heard.any_act("preference")
    plain = ear_of(without_questions_of_their_own(scenario))
    assert plain.hear("Before we talk about the medicine, is there anything you're worried about with it?").asked == (
        "fears",
    )


@each
def test_plain_questions_of_an_ordinary_visit_are_taken_as_meant(scenario: Scenario) -> None:
    ear = ear_of(scenario)
    bad = ear.hear("That must be hard. What do you do when it gets bad?")
    assert bad.any_act("doing_about") or bad.asked == ("plan_for_bad_nights",)
    change = ear.hear("What's the one thing you'd change if you could?")
    assert change.any_act("good_outcome") or change.asked[0] in scenario.facts
    assert ear.hear("Sorry, I interrupted you. What were you going to say?").any_act("tell_me_more")
    before = ["Morning. How are things?", "Mm."]
    for asked, act in (
        ("Would you be willing to give it a try for two weeks?", "preference_"),
        ("I don't know the answer to that. I can find out and ring you.", "promised"),
    ):
        turn = Encounter.replay(scenario, [*before, asked]).turns[-1]
        own = any(one.startswith(("moment:", "hint:", "discloses:", "returns")) for one in turn.acts)
        assert own or any(one.startswith(act) for one in turn.acts), (asked, turn.acts, turn.patient)


@each
def test_who_is_asked_for_their_questions_asks_one_and_hints_at_nothing(scenario: Scenario) -> None:
    visit = Encounter.replay(scenario, ["Morning. How are things?", "Mm.", "Okay.", "Anything you want to ask me?"])
    if "asks" in visit.turns[-1].acts:
        assert not any(act.startswith("hint:") for act in visit.turns[-1].acts), visit.turns[-1].patient
