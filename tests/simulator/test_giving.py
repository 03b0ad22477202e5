"""What a reply tells, promises or offers is answered as what it is."""

import pytest

from scoring import read
from simulator.encounter import Encounter
from simulator.last_words import came_for_it
from simulator.noticing import answers_question
from simulator.parting import Parted
from simulator.scenario import Scenario
from simulator.story import story
from simulator.turn import State
from tests.library import library

ENGLISH = [one.scenario for one in library().values() if one.scenario.language == "en"]

TOLD = (
    ("It can make you feel a bit sick for the first week.", "told_side_effects"),
    ("It takes four to six weeks before you notice a difference.", "told_onset"),
    ("You take it once a day with food.", "told_how_to"),
    ("The reason I'm suggesting it is that your scores have gone up.", "told_why"),
    ("It works by raising the level of a chemical in the brain.", "told_how_works"),
    ("About six in ten people get better on it.", "told_numbers"),
    ("We'd check your blood every three months.", "told_checks"),
    ("It's not addictive.", "told_stopping"),
    ("Your bloods came back normal.", "told_result_good"),
    ("Your blood pressure is a bit high.", "told_result_bad"),
    ("Please don't drive until you know how it affects you.", "warned"),
    ("If you carry on like this you could end up in hospital.", "warned_of_worse"),
    ("I'll make sure the front desk knows.", "promised"),
    ("I promise I won't tell anybody.", "told_private"),
    ("I could write a letter to your work if that helps.", "offered"),
    ("I can give you a leaflet to take home.", "offered_paper"),
    ("Would you like a glass of water?", "offered_comfort"),
    ("That's a great question.", "good_question"),
    ("You look well today.", "complimented"),
    ("You're clearly a very caring person.", "affirmed"),
    ("Sorry to keep you waiting.", "sorry_wait"),
    ("Let me just type this up.", "held_up"),
    ("Let's talk about the medication.", "told_agenda"),
    ("Isn't it always the way?", "rhetorical"),
    ("You sound frustrated.", "named_anger"),
    ("You must be scared.", "named_fear"),
    ("I'll send the prescription through.", "prescribed"),
    ("You're not alone in this.", "supported"),
)


@pytest.mark.parametrize("scenario", ENGLISH, ids=lambda one: one.id)
def test_what_is_told_promised_or_offered_is_answered_as_what_it_is(scenario: Scenario) -> None:
    missed = []
    for text, act in TOLD:
        acts = Encounter.replay(scenario, ["Hi, good to see you.", "What brings you in today?", text]).turns[-1].acts
        own = any(one.startswith(("moment:", "touches_worry", "let_lie", "rushed", "given_it")) for one in acts[:1])
        if act not in acts and not own:
            missed.append((text, acts))
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("scenario", ENGLISH, ids=lambda one: one.id)
def test_asked_whether_that_made_sense_they_say_whether_it_did(scenario: Scenario) -> None:
    for text in ("It can make you drowsy at first. Does that make sense?", "It takes about a month to work, ok?"):
        assert "follows_you" in Encounter.replay(scenario, ["Hi there.", "What brings you in?", text]).turns[-1].acts


@pytest.mark.parametrize("scenario", ENGLISH, ids=lambda one: one.id)
def test_nobody_says_yes_to_a_plan_that_was_not_named(scenario: Scenario) -> None:
    replies = [
        "Hi there.",
        "How have you been sleeping?",
        "So let's do it the way you said. How does that sit with you?",
    ]
    visit = Encounter.replay(scenario, replies)
    assert "which_plan" in visit.turns[-1].acts, visit.turns[-1].patient
    assert visit.end().decision != "willing"


@pytest.mark.parametrize("scenario", ENGLISH, ids=lambda one: one.id)
@pytest.mark.parametrize("decision", ["unsure", "unwilling"])
def test_who_had_not_said_yes_has_stopped_nothing(scenario: Scenario, decision) -> None:
    told = scenario.four_weeks_later
    for way in ("stopped_hidden", "stopped_told"):
        tale = story(scenario, Parted(decision, "", "decided"), State(40, 40, 40, "guarded"), way)
        assert " ".join(told.stopped_told.split()) not in tale
        assert way == "stopped_told" or tale.endswith(" ".join(told.never_began.split()))


def test_what_is_explained_and_weighs_on_them_is_noticed_once() -> None:
    maya = next(one for one in ENGLISH if one.id == "maya-numb")
    told = "The commonest side effects are nausea and sometimes trouble with sex."
    first, again = (
        Encounter.replay(maya, ["Hi there.", "What brings you in?", *[told] * n]).turns[-1].acts for n in (1, 2)
    )
    assert "touches_worry" in first
    assert "touches_worry" not in again


def test_what_answers_a_question_of_theirs_is_not_asked_any_more() -> None:
    kayleigh = next(one for one in ENGLISH if one.id == "kayleigh-seven-weeks")
    told = "It's safe in breastfeeding, only tiny amounts get into the milk."
    visit = Encounter.replay(kayleigh, ["Hi there.", "How are you sleeping?", "Do you drink?", told])
    later = [visit.reply(text).patient for text in ("It takes a few weeks to work.", "Any questions for me?", "Okay.")]
    assert {"wondered", "moment:two-lines"} & set(visit.turns[3].acts), "his feeding is what leads to her question"
    assert not any("into my milk" in line for line in later)


def test_which_of_them_asks_about_the_ways_put_before() -> None:
    maya = next(one for one in ENGLISH if one.id == "maya-numb")
    offered = "We could lower the dose, switch to bupropion or wait and see."
    acts = Encounter.replay(maya, ["Hi.", "Any side effects?", offered, "Which would you prefer?"]).turns[-1].acts
    assert any(act.startswith("choice_") for act in acts), acts


def test_nobody_gives_in_to_who_did_not_insist() -> None:
    walter = next(one for one in ENGLISH if one.id == "walter-cups")
    for seed in range(12):
        visit = Encounter(walter, seed=seed)
        for text in (
            "Hi there.",
            "How are the nights?",
            "Would you be willing to give mirtazapine a try?",
            "Take care.",
        ):
            visit.reply(text)
        if any(act.endswith(("_unsure", "_unwilling")) for turn in visit.turns for act in turn.acts):
            assert visit.end().decision != "willing", visit.end().parting_words


def test_told_to_get_on_with_it_they_hear_that_and_no_kind_phrase() -> None:
    for scenario in ENGLISH:
        text = "I understand, but we really should just go ahead with it."
        acts = Encounter.replay(scenario, ["Hi there.", "How are you sleeping?", "Do you drink?", text]).turns[-1].acts
        wanted = acts[0] == "given_it" and came_for_it(scenario)
        assert wanted or "taken_back" in acts or acts[0].startswith("moment:"), (scenario.id, acts)


def test_a_question_that_is_gone_past_with_the_prescription_has_had_no_answer() -> None:
    question = "Does it take the music off you? The medicine."
    past = read("right ill send it to the pharmacy", question)
    told = read("some people find it dulls them, most don't. we'd watch for it", question)
    assert not answers_question(question, past)
    assert answers_question(question, told)
