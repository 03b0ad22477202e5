"""What plan a reply names is heard once, agreed to, told of as what it was, and not spoken over afterwards."""

import json

import pytest

from simulator.debrief import debrief
from simulator.encounter import Encounter
from simulator.everyday import LANGUAGES
from simulator.plans import in_words
from simulator.scenario import Scenario
from simulator.trainees import trainees
from simulator.turn import Outcome, Turn
from tests.library import library
from tests.played import play_as

EVERYBODY = [loaded.scenario for loaded in library().values()]
each = pytest.mark.parametrize("scenario", EVERYBODY, ids=lambda s: s.id)
MAYA = next(one for one in EVERYBODY if one.id == "maya-numb")
WARM = (
    "Hi Maya, good to see you. Before anything about pills, how have things been?",
    "It sounds like fine is doing a lot of work there. It makes sense you'd be careful in here.",
)
CHOICE = (
    "There are other ways too. We could go back on a lower dose, or change to bupropion, which mostly spares sex, or "
    "stay off and watch closely. Which would you prefer?"
)
SHORT = (
    "So bupropion then",
    "ok let's do bupropion instead",
    "bupropion then?",
    "bupropion?",
    "wellbutrin it is",
    "so we switch",
    "Bupropion, then, instead of the sertraline.",
    "No more sertraline. Let's go with buproprion.",
    "Bupropion then, and I'll see you in two weeks",
    "Let's switch you to Wellbutrin, 150 in the morning. How does that sit with you?",
    "bupropion 150 mg in the morning then, ok?",
    "We'd start bupropion slowly and come off the sertraline step by step. How does that sit with you?",
)


def visit(scenario: Scenario, *replies: str, seed: int = 0) -> tuple[list[Turn], Outcome]:
    encounter = Encounter.replay(scenario, replies, seed)
    return encounter.turns, encounter.end()


@pytest.mark.parametrize("reply", SHORT)
def test_another_way_that_was_offered_is_agreed_to_however_short_it_is_put(reply: str) -> None:
    turns, ended = visit(MAYA, *WARM, CHOICE, reply)
    assert (turns[-1].plan.named, turns[-1].plan.way, turns[-1].plan.settled) == ("other_way", "bupropion", True)
    assert "plan_willing" in turns[-1].acts, turns[-1].patient
    assert ended.plan == MAYA.other_ways[0].name
    assert ended.decision == "willing"
    assert ended.four_weeks == "other_way"
    assert "sertraline" not in ended.story
    assert ended.story == " ".join((MAYA.other_ways[0].four_weeks_later or "").split())


@pytest.mark.parametrize(
    "reply",
    [
        "Have you ever been put on bupropion?",
        "Bupropion can make people jittery in the first weeks.",
        "What worries you about bupropion?",
        "I wouldn't go with bupropion just yet.",
        "How do you sleep?",
    ],
)
def test_a_plan_that_is_only_spoken_of_is_not_put_to_anybody(reply: str) -> None:
    turns, ended = visit(MAYA, *WARM, reply)
    assert not turns[-1].plan.settled
    assert ended.plan == ""


@pytest.mark.parametrize(
    "reply", ["I'd move you from sertraline to bupropion.", "Off the sertraline and on to bupropion."]
)
def test_the_one_named_besides_what_is_left_is_what_is_put(reply: str) -> None:
    turns, _ = visit(MAYA, *WARM, reply)
    assert (turns[-1].plan.named, turns[-1].plan.way, turns[-1].plan.settled) == ("other_way", "bupropion", True)


def test_a_turn_says_which_plan_its_reply_named() -> None:
    def named(reply: str) -> str:
        return visit(MAYA, *WARM, reply)[0][-1].plan.named

    assert named("How do you sleep?") == "none"
    assert named(f"What would you make of {MAYA.plan_on_the_table}?") == "on_the_table"
    assert named("Let's keep the sertraline as it is.") == "on_the_table"
    assert named("How about bupropion?") == "other_way"
    assert named(CHOICE) == "a_choice"
    json.dumps(visit(MAYA, *WARM, CHOICE)[0][-1].as_json())


@each
def test_a_way_of_a_scenario_is_heard_by_each_of_its_names(scenario: Scenario) -> None:
    say = {"en": "Let's go with {}.", "es": "Vamos con {}."}[scenario.language]
    missed = []
    for way in scenario.other_ways:
        for name in way.called:
            heard = Encounter.replay(scenario, [say.format(name)]).turns[-1].plan
            if (heard.way, heard.settled) != (way.id, True):
                missed.append((name, heard))
    assert not missed


@each
def test_each_other_way_is_told_of_in_a_story_of_its_own(scenario: Scenario) -> None:
    assert scenario.other_ways
    stories = [way.four_weeks_later or "" for way in scenario.other_ways]
    assert all(stories)
    assert len({*stories, *scenario.four_weeks_later.model_dump().values()}) >= len(stories) + 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_way_without_a_story_is_told_of_in_words_that_name_it(language: str) -> None:
    scenario = next(one for one in EVERYBODY if one.language == language)
    way = scenario.other_ways[0].model_copy(update={"four_weeks_later": None, "changed_plan": False})
    bare = scenario.model_copy(update={"other_ways": (way,)})
    say = {"en": "Let's go with {}. How does that sit with you?", "es": "Vamos con {}. ¿Le parece bien?"}[language]
    ready = bare.patient.temperament.model_copy(update={"trust": 80, "willingness": 70})
    warm = bare.model_copy(update={"patient": bare.patient.model_copy(update={"temperament": ready})})
    ended = visit(warm, say.format(way.called[0]))[1]
    assert ended.four_weeks == "other_way"
    assert way.name in ended.story
    assert "{" not in ended.story


def test_waiting_that_was_agreed_on_is_no_yes_to_the_tablets() -> None:
    ready = MAYA.patient.temperament.model_copy(update={"trust": 70, "willingness": 75})
    maya = MAYA.model_copy(update={"patient": MAYA.patient.model_copy(update={"temperament": ready})})
    ended = visit(maya, *WARM, "Let's wait a while with it, and look at it again in two weeks. How does that sound?")[1]
    assert ended.plan == "waiting for now, and looking at it again"
    assert "took the sertraline" not in ended.story


@pytest.mark.parametrize(
    "sent", ["I've sent the prescription for bupropion.", "I'll start you on bupropion. Just take it."]
)
def test_another_way_that_was_decided_over_their_head_is_still_that_way(sent: str) -> None:
    for seed in range(6):
        ended = visit(MAYA, "Any side effects? No? Good.", sent, seed=seed)[1]
        assert ended.plan in {MAYA.other_ways[0].name, ""}, sent
        assert "sertraline" not in ended.story, ended.story


def test_a_yes_to_another_way_stands_when_it_is_summed_up() -> None:
    wound_up = "So that's the plan, and we look at it again in two weeks. Does that sound okay?"
    usual = MAYA.patient.temperament
    wary = usual.model_copy(update={"trust": usual.trust - 6})  # she confides nothing that would change the plan
    maya = MAYA.model_copy(update={"patient": MAYA.patient.model_copy(update={"temperament": wary})})
    turns, ended = visit(maya, *WARM, CHOICE, "So bupropion then", wound_up)
    assert {"plan_willing", "preference_willing"} & set(turns[-1].acts), turns[-1].patient
    assert (ended.decision, ended.four_weeks) == ("willing", "other_way")


def test_who_goes_back_to_what_was_on_the_table_has_agreed_to_that() -> None:
    turns, ended = visit(MAYA, *WARM, CHOICE, "So bupropion then", "No, actually, let's stay with the sertraline.")
    assert turns[-1].plan.named == "on_the_table"
    assert ended.plan in {MAYA.plan_on_the_table, ""}
    assert ended.four_weeks != "other_way"


def test_the_name_of_a_way_is_no_question_about_it() -> None:
    leroy = next(one for one in EVERYBODY if one.id == "leroy-nights")
    offer = "There's more than one way: the zopiclone, or a talking treatment. Which would you lean to?"
    turns = visit(leroy, "Hello, what's been going on?", offer, "So the talking treatment then")[0]
    assert turns[-1].plan.way == "talking"
    assert not any(act.startswith("answer:") for act in turns[-1].acts), turns[-1].patient


def test_the_debrief_names_the_plan_that_was_agreed_on() -> None:
    encounter = Encounter.replay(MAYA, [*WARM, CHOICE, "So bupropion then"])
    encounter.end()
    shown = debrief(MAYA, encounter.played())
    assert shown.as_json()["outcome"]["plan"] == MAYA.other_ways[0].name


def test_what_speaks_of_a_plan_that_was_dropped_is_not_said_any_more() -> None:
    on = {moment.id for moment in MAYA.moments if moment.on_the_plan}
    assert on == {"half-typed"}
    going_on = ["Okay.", "Tell me more.", "What else is on your mind?", "Mm.", "What else?", "Go on.", "And what else?"]
    said = dropped = 0
    for seed in range(8):
        kept = Encounter.replay(MAYA, [*WARM, "Let's keep the sertraline as it is.", *going_on, *going_on], seed)
        changed = Encounter.replay(MAYA, [*WARM, CHOICE, "So bupropion then", *going_on, *going_on], seed)
        said += any("moment:half-typed" in turn.acts for turn in kept.turns)
        dropped += any("moment:half-typed" in turn.acts for turn in changed.turns)
    assert said > 0
    assert dropped == 0


@each
def test_whoever_listens_well_ends_with_a_plan_that_has_a_name(scenario: Scenario) -> None:
    listens = "technically-perfect" if scenario.language == "en" else "listens"
    for seed in (0, 3, 7):
        played = play_as(scenario, trainees(scenario.language)[listens], seed)
        assert played.outcome is not None
        assert played.outcome.four_weeks != "nothing_agreed"
        names = {scenario.plan_on_the_table, *(way.name for way in scenario.other_ways)}
        assert played.outcome.plan in names, played.outcome.plan


@each
def test_what_something_confided_asks_for_is_what_is_agreed_on_then(scenario: Scenario) -> None:
    changing = {concern.id for concern in scenario.concerns if concern.changes_the_plan}
    right = [way for way in scenario.other_ways if way.changed_plan]
    assert len(right) == (1 if changing else 0)
    if changing:
        listens = "technically-perfect" if scenario.language == "en" else "listens"
        played = play_as(scenario, trainees(scenario.language)[listens])
        assert played.outcome is not None
        if changing.intersection(played.outcome.disclosed):
            assert played.outcome.four_weeks == "changed_plan"
            assert played.outcome.plan == right[0].name


def test_a_few_words_at_the_start_of_a_sentence_settle_on_a_way_that_was_offered() -> None:
    leroy = next(one for one in EVERYBODY if one.id == "leroy-nights")
    offer = (
        "There is talking therapy for what you saw, or a tablet like sertraline, or a week off. What would sit right?"
    )
    turns, _ = visit(
        leroy, offer, "ok so the therapy first, no sleepers, and i see you in 2 weeks. have i got that right"
    )
    assert (turns[-1].plan.way, turns[-1].plan.settled) == ("talking", True)
    turns, _ = visit(leroy, "The therapy first, was it, that you wanted? Have I got that right?")
    assert not turns[-1].plan.settled, "nothing had been offered"


def test_whoever_asks_whether_they_got_it_right_is_told_that_and_no_bare_yes_or_no() -> None:
    for scenario in EVERYBODY:
        if scenario.language == "en":
            turn = visit(scenario, "It's Friday, and I see you in two weeks. Have I got that right?")[0][-1]
            assert "yes_no" not in turn.acts, (scenario.id, turn.patient)


TAGS = ("good?", "that ok", "does that work for you?", "deal?", "happy w that", "ok?")


@pytest.mark.parametrize("tag", TAGS)
def test_a_word_or_two_that_ask_for_a_yes_to_a_plan_ask_about_nothing_else(tag: str) -> None:
    for name in ("tunde-sertraline", "maya-numb", "walter-cups"):
        scenario = next(one for one in EVERYBODY if one.id == name)
        offer = "We could start a tablet, or wait and see each other next week. Which would you prefer?"
        told = f"ok we wait, no tablets yet, and you ring me if it gets bad. {tag}"
        turn = visit(scenario, offer, told)[0][-1]
        assert not [act for act in turn.acts if act.startswith("answer:") or act == "yes_no"], (name, turn.patient)


def test_a_good_behind_a_question_is_no_request_for_a_yes() -> None:
    turn = visit(MAYA, "How do you sleep? Good?")[0][-1]
    assert "answer:sleep" in turn.acts


def test_a_plan_that_nobody_named_has_no_name() -> None:
    assert in_words(MAYA, None) == ""
    assert visit(MAYA, *WARM)[1].plan == ""


def test_a_pick_made_to_whoever_went_past_what_was_confided_is_held_back() -> None:
    lorraine = next(one for one in EVERYBODY if one.id == "lorraine-dose")
    ready = lorraine.patient.temperament.model_copy(update={"trust": 90, "willingness": 20})
    begun = lorraine.model_copy(update={"patient": lorraine.patient.model_copy(update={"temperament": ready})})
    asks = lorraine.concern("never-owed").would_have_opened
    past = "Okay. We could go ahead, wait two weeks, lower the dose, or try something else. Which would you prefer?"
    last = visit(begun, asks, past, seed=1)[0][-1]
    assert last.acts == ("let_lie", "undecided:never-owed"), last.patient
    assert last.picked is None


@pytest.mark.parametrize("put", ["elvanse 30 mg in the morning then, ok?", "so lisdexamfetamine 30mg mane then"])
def test_how_much_and_when_make_no_sentence_long(put: str) -> None:
    encounter = Encounter(next(one for one in EVERYBODY if one.id == "conor-focus"))
    assert encounter.reply(put).plan.named == "on_the_table"
    assert encounter.turns[-1].plan.settled
