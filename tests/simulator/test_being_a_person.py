"""What a listener would call odd in a person, each once noticed by a reader of whole visits."""

import pytest

from simulator.encounter import Encounter
from simulator.everyday import manner, topics
from simulator.patient import ear_of
from simulator.scenario import Scenario
from simulator.trainees import trainees
from tests.library import library
from tests.played import play_as

LIBRARY = {name: loaded.scenario for name, loaded in library().items()}
ENGLISH = [scenario for scenario in LIBRARY.values() if scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
WALTER = LIBRARY["walter-cups"]
EAR = ear_of(WALTER)


def acts(scenario: Scenario, *replies: str) -> tuple[str, ...]:
    """What the patient does at the last of these replies."""
    return Encounter.replay(scenario, replies).turns[-1].acts


@each
@pytest.mark.parametrize("question", ["Any guns in the house?", "do u have a gun at home", "Are there any firearms?"])
def test_a_question_about_guns_is_answered_about_guns(scenario: Scenario, question: str) -> None:
    assert "answer:means" in acts(scenario, question)


@each
@pytest.mark.parametrize(
    "question", ["How much coffee do you drink?", "do you drink alot of coffee", "Do you drink tea?"]
)
def test_coffee_is_not_alcohol(scenario: Scenario, question: str) -> None:
    asked = ear_of(scenario).hear(question).asked
    assert "caffeine" in asked
    assert "alcohol" not in asked


def test_coffee_and_alcohol_in_one_question_are_both_heard() -> None:
    assert EAR.hear("Do you drink coffee or alcohol?").asked == ("caffeine", "alcohol")


@pytest.mark.parametrize(
    "question", ["Do you have a family doctor?", "Who's your GP?", "When did you last see your doctor?"]
)
def test_a_family_doctor_is_a_person_and_not_a_state_of_health(question: str) -> None:
    asked = EAR.hear(question).asked
    assert "doctor" in asked
    assert "health" not in asked


@each
def test_vitamins_and_supplements_are_answered(scenario: Scenario) -> None:
    assert "answer:other_medicines" in acts(scenario, "Any vitamins/supplements?")


def test_nobody_is_sent_to_the_notes_for_treatment_that_they_may_never_have_had() -> None:
    for name in ("terse", "chatty", "formal", "teenage", "anxious", "weary"):
        entry = manner(name).topics["past_treatment"]
        for line in (*entry.guarded, *entry.open):
            assert "tried" not in line
            assert "treated me" not in line


@each
@pytest.mark.parametrize(
    "question", ["And how is your sleep? Appetite?", "Do you have any allergies?", "Do you drink?"]
)
def test_what_was_asked_is_answered_without_a_complaint_first(scenario: Scenario, question: str) -> None:
    made = acts(scenario, "So, any side effects?", "Okay.", question)
    assert "rushed" not in made or not any(act.startswith("answer:") for act in made)


@each
@pytest.mark.parametrize(
    "blame",
    ["You have no idea what you're talking about. I'm the one with the training.", "Honestly, it's your own fault.",
     "You're being difficult. This is exactly why you don't get better."],
)  # fmt: skip
def test_blame_is_not_agreed_with_nor_chatted_to_nor_trusted(scenario: Scenario, blame: str) -> None:
    made = acts(scenario, "Hello.", blame)
    assert not any(act.startswith(("confirms", "moment", "hint", "discloses", "self_disclosure")) for act in made), made


def test_a_patients_own_worry_about_blame_is_no_blame() -> None:
    for kind in (
        "It isn't your fault.",
        "You feel it's your own fault, and it isn't.",
        "They said you were being difficult.",
    ):
        assert not EAR.hear(kind).any_act("blames", "threatens", "dismisses"), kind


@each
def test_small_talk_is_neither_an_argument_nor_a_choice(scenario: Scenario) -> None:
    visit = play_as(scenario, trainees()["rambling"])
    for turn in visit.turns[:-1]:
        made = set(turn.acts)
        assert not made & {"argued", "minimised", "options_heard", "self_disclosure", "judged", "taken_back"}, (
            turn.clinician
        )


@each
def test_naming_the_plan_asks_about_none_of_the_things_in_it(scenario: Scenario) -> None:
    text = f"What worries you most about what's on the table, {scenario.plan_on_the_table}?"
    asked = ear_of(scenario).hear(text).asked
    assert topics(scenario.language).keys() & set(asked) <= {"fears"}, asked


def test_a_statement_that_begins_like_a_question_asks_nothing() -> None:
    assert EAR.hear("So what matters to you here is being heard. How is your sleep?").asked == ("sleep",)
    assert "other_medicines" in EAR.hear("what medicines are you on").asked


@each
def test_nothing_new_is_brought_up_right_after_something_was_confided(scenario: Scenario) -> None:
    visit = play_as(scenario, trainees()["warm-undecided"])
    for before, turn in zip(visit.turns, visit.turns[1:], strict=False):
        asked = "?" in turn.clinician
        if before.disclosed and not asked:
            assert not any(act.startswith("moment:") and act.count(":") == 1 for act in turn.acts), turn.patient


@each
def test_a_door_is_not_opened_again_once_the_thing_behind_it_was_said(scenario: Scenario) -> None:
    leads = {f"moment:{moment.id}": moment.leads_to for moment in scenario.moments if moment.leads_to}
    for name in ("technically-perfect", "repairs", "warm-undecided"):
        told: set[str] = set()
        for turn in play_as(scenario, trainees()[name]).turns:
            assert not {leads[act] for act in turn.acts if act in leads} & told
            told.update(turn.disclosed)


def test_an_answer_that_fits_the_prescribers_words_only_is_said_to_those_words() -> None:
    moment = next(m for m in WALTER.moments if m.collaborative.only_here)
    there = Encounter(WALTER).reply(moment.collaborative.says)
    elsewhere = Encounter(WALTER).reply("It makes sense that you'd be wary. I can hear that it has been hard.")
    assert f"moment:{moment.id}:collaborative" in there.acts
    assert f"moment:{moment.id}:collaborative" not in elsewhere.acts


def test_nobody_is_wry_close_to_something_heavy() -> None:
    entry = manner("weary").topics["allergies"]
    assert entry.light
    assert set(entry.light) & set(entry.lines("guarded"))
    assert not set(entry.light) & set(entry.lines("guarded", heavy=True))


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("wat do u do for work", "work"), ("on any other meds, inc otc", "other_medicines"),
        ("mood been low mostly or up n down", "mood"), ("fam hx of mental illness?", "family_history"),
        ("how u getting to appts", "transport"), ("wats ur biggest worry abt taking this", "fears"),
        ("did u take it last night", "missed_doses"), ("how many doses u missed this wk", "missed_doses"),
        ("any side fx", "side_effects"), ("last time u had bloods done", "tests"),
        ("any trouble w the police", "forensic"), ("smoke? drink?", "alcohol"),
    ],
)  # fmt: skip
def test_a_tired_clinicians_shorthand_is_understood(typed: str, topic: str) -> None:
    assert topic in EAR.hear(typed).asked


def test_a_scrap_that_tells_something_is_no_question() -> None:
    for told in ("so your sleep is bad", "that sounds hard, the nights", "i'm sorry about the sleep"):
        assert EAR.hear(told).asked == (), told


@pytest.mark.parametrize(
    "typed",
    ["grind your teeth at all", "vit d how much", "tried melatonin or benadryl", "hand tremor, one side or both", "smear up to date",
     "form said 19, which bits hit home", "worried they'll take him off you"],
)  # fmt: skip
def test_a_scrap_with_no_mark_that_asks_is_a_question_whether_or_not_they_know_what_about(typed: str) -> None:
    assert EAR.hear(typed).questions == 1


@pytest.mark.parametrize(
    "typed",
    ["No patch, ever.", "We can stay as we are, or try the weekly pen, which works best.", "keep it or stop it, fine",
     "i was worried they'd sent it late", "noted, same dose"],
)  # fmt: skip
def test_what_only_ends_or_goes_on_like_a_scrap_that_asks_is_told(typed: str) -> None:
    assert not EAR.hear(typed).questions


def test_asking_whether_it_was_taken_is_no_order() -> None:
    assert not EAR.hear("did you take it last night?").any_act("directs")
    assert EAR.hear("Just take it.").any_act("directs")


@each
def test_nobody_who_has_had_none_speaks_of_taking_it(scenario: Scenario) -> None:
    facts = ear_of(scenario).facts
    assert {"missed_doses", "side_effects", "past_treatment"} <= set(facts), "these depend on the story"


@each
def test_who_is_invited_to_ask_asks(scenario: Scenario) -> None:
    encounter = Encounter(scenario)
    for _ in scenario.moments:
        encounter.reply("Okay, thanks. How is your sleep, and anything else on your mind?")
    made = encounter.reply("Is there anything you'd like to ask me?").acts
    closed = encounter.turns[-1].state.stance == "closed"  # who has closed up asks nothing
    assert closed or "asks" in made or any(act.startswith("moment:") for act in made), made


@each
def test_being_late_is_nothing_that_stung(scenario: Scenario) -> None:
    assert "apology_repair" not in acts(scenario, "Sorry I'm late.")
