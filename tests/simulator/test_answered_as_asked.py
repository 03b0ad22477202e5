"""What is asked is what is answered: before what was begun, in place of what only stands beside it, and again at length."""

from dataclasses import replace

import pytest

from simulator.encounter import Encounter
from simulator.patient import ear_of
from simulator.reactions import first_stance
from simulator.turn import Turn
from simulator.words import sentences_of
from tests.library import library
from tests.simulator.made import without_questions_of_their_own

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
MAYA = ear_of(SCENARIOS["maya-numb"])
EVERYBODY = ear_of(without_questions_of_their_own(SCENARIOS["maya-numb"]))
LEROY = ear_of(SCENARIOS["leroy-nights"])


def at_ease(scenario_id: str, *replies: str, trust: float = 50.0) -> list[Turn]:
    """Play replies with a patient who has some trust and keeps it."""
    encounter = Encounter(SCENARIOS[scenario_id])
    feelings = encounter._patient.feelings
    feelings.trust, feelings.stance = trust, first_stance(trust)
    turns = []
    for reply in replies:
        feelings.trust = max(feelings.trust, trust)
        turns.append(encounter.reply(reply))
    return turns


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Were you ever this low when you were younger?", "episodes"),
        ("How did the family take it when they found out what you had?", "diagnosed"),
        ("What would your husband spot first if it was on its way back?", "warning_signs"),
        ("Are you up in the night to pass water?", "toilet"),
        ("How are you with needles?", "needles"),
        ("Who gets the shopping in and cooks?", "household"),
        ("Do you feel that you have let people down?", "self_regard"),
        ("Would you be happy for me to talk to your husband?", "involving"),
        ("Would you remember to take it each morning?", "remembering"),
        ("Which pharmacy do you go to?", "pharmacy"),
        ("Is anyone at home frightening you?", "safe_home"),
        ("any SE?", "side_effects"),
        ("how old is he now", "children"),
    ],
)
def test_what_a_first_visit_asks_is_heard(asked: str, topic: str) -> None:
    assert topic in EVERYBODY.hear(asked).asked


def test_what_only_says_when_is_not_what_is_asked() -> None:
    for reply in ("Before the injection, how have things been?", "before the prescription, how have things been"):
        heard = MAYA.hear(reply)
        assert heard.asked == ("mood",) and not heard.directs


def test_a_question_may_point_back_to_what_was_stated_before_it() -> None:
    assert MAYA.hear("Your weight is up a little. Has anyone noticed that before?").asked == ("weight",)
    assert not MAYA.hear("Your weight is up a little. Does that make sense?").asked


def test_a_question_is_about_the_one_thing_that_it_is_plainly_about() -> None:
    assert MAYA.hear("What helps you remember to take them?").asked[0] == "remembering"
    assert LEROY.hear("Do you get sleepy at the wheel of the bus?").asked[0] == "at_the_wheel"


def test_a_statement_that_begins_with_tell_me_asks() -> None:
    assert MAYA.hear("Tell me what an ordinary day is like for you.").asked == ("day",)


def test_a_title_ends_no_sentence() -> None:
    assert sentences_of("What was it like seeing Dr. Prentiss? And Mrs. Duda?") == (
        "What was it like seeing Dr. Prentiss?",
        "And Mrs. Duda?",
    )


def test_what_the_scenario_lists_for_its_patient_is_meant_before_what_is_listed_for_all() -> None:
    assert ear_of(SCENARIOS["walter-cups"]).hear("What was her name?").asked == ("her_name",)


def test_who_began_to_confide_answers_another_question_first_and_tells_the_rest_when_asked_on() -> None:
    begun, other, more = at_ease(
        "jess-divalproex",
        "Are you thinking about having kids at some point?",
        "What do you do for work?",
        "Tell me more.",
    )
    assert "begins:late" in begun.acts
    assert "answer:work" in other.acts and not other.disclosed
    assert "Lark" in other.patient
    assert more.patient != other.patient


def test_asked_for_more_they_stay_with_what_they_were_asked() -> None:
    first, more = at_ease("walter-cups", "How's the knee?", "Can you tell me more about that?")
    assert first.acts == more.acts == ("answer:pain",) and first.patient != more.patient


def test_more_of_what_is_their_own_story_is_never_taken_from_the_everyday_stock() -> None:
    turn = at_ease("maya-numb", "Any side effects?", "Can you tell me more about that?")[-1]
    assert "answer:side_effects" not in turn.acts


def test_one_question_that_names_several_things_is_answered_for_what_it_names_first() -> None:
    turn = at_ease("leroy-nights", "Do you smoke, or drink coffee, or use anything stronger to keep going?")[0]
    assert turn.acts[0] == "answer:smoking" and "several_questions" not in turn.acts


def test_a_list_of_three_gets_two_answers_and_the_third_by_name() -> None:
    turn = at_ease("maya-numb", "sleep, sex, your work?")[0]
    assert turn.acts == ("answer:sleep", "answer:sex", "still_asked")
    assert "work" in turn.patient


def test_a_question_that_comes_near_something_by_its_topic_alone_is_answered_first() -> None:
    turn = at_ease("walter-cups", "How's your memory, do you think?")[0]
    assert "answer:memory" in turn.acts and not any(act.startswith("begins:") for act in turn.acts)


def test_a_question_about_the_belly_opens_nothing_about_danger() -> None:
    turn = at_ease("walter-cups", "Hello.", "Any trouble swallowing, or pain in your belly?", trust=60.0)[-1]
    assert not turn.disclosed


@pytest.mark.parametrize("scenario_id", sorted(name for name, one in SCENARIOS.items() if one.language == "en"))
def test_asked_whether_they_know_what_was_named_they_say_so(scenario_id: str) -> None:
    turn = at_ease(scenario_id, "There is a test called an ECG. Do you know what that is?")[0]
    assert turn.acts == ("knows_it",)


def test_danger_is_answered_before_the_farm_that_is_named_with_it() -> None:
    turn = at_ease("walter-cups", "Do you keep a rifle around, from the farm?")[0]
    assert turn.acts[0] == "answer:means"


def test_a_question_without_its_mark_is_nothing_that_was_explained() -> None:
    turn = at_ease("ray-second-time", "how bad is the withdrawal right now on a scale of 1 to 10")[0]
    assert turn.acts[0] in {"answer:withdrawal", "answer:sickness_now"}


def test_asked_for_what_they_have_held_back_they_say_that_there_is_something_and_not_what() -> None:
    turn = at_ease("maya-numb", "Is there something you've wanted to say but not been able to?", trust=40.0)[0]
    assert turn.acts == ("evades",) and not turn.disclosed


def test_asked_what_they_would_be_called_they_give_their_name() -> None:
    turn = at_ease("jas-mum", "What would you like me to call you, Jas or something else?")[0]
    assert turn.acts == ("answer:name_wished",) and "Jas" in turn.patient
    assert at_ease("maya-numb", "What do you like to be called?")[0].acts == ("own_name",)


def test_to_say_it_back_is_no_time_to_confide() -> None:
    turn = at_ease("fatuma-insulin", "Can you tell me back in your own words what we've said?", trust=60.0)[0]
    assert not turn.disclosed and not any(act.startswith("begins:") for act in turn.acts)


def test_lying_awake_is_no_lie() -> None:
    assert not MAYA.hear("What goes through your mind when you're lying there?").any_act("insult")


def after_the_beginning(scenario_id: str, reply: str) -> Turn:
    """Play a reply to somebody who has just said the beginning of what weighs on them."""
    encounter = Encounter(SCENARIOS[scenario_id], 1)
    for kind in ("Hello, good to meet you.", "That sounds hard.", "That makes sense."):
        encounter.reply(kind)
    concern, memory = SCENARIOS[scenario_id].concerns[0], encounter._patient.memory
    feelings = encounter._patient.feelings
    feelings.trust = float(concern.opens_when.trust + 2)
    feelings.stance = first_stance(feelings.trust)
    memory.begun[concern.id] = memory.hinted[concern.id] = memory.told_at = memory.seq
    encounter.turns[-1] = replace(encounter.turns[-1], patient=concern.begins)
    return encounter.reply(reply)


@pytest.mark.parametrize("scenario_id", ["maya-numb", "leroy-nights", "tunde-sertraline", "lorraine-dose"])
def test_a_clear_question_is_answered_before_what_was_begun_goes_on(scenario_id: str) -> None:
    for asked, act in (("Do you have kids?", "answer:children"), ("Any allergies?", "answer:allergies"),
                       ("can you tell me your date of birth?", "own_age")):  # fmt: skip
        turn = after_the_beginning(scenario_id, asked)
        assert turn.acts[0] == act, turn.acts
        assert not turn.disclosed


def test_over_a_question_that_nobody_understands_it_is_finished_with_a_word_for_it() -> None:
    turn = after_the_beginning("maya-numb", "would the blue lantern fit beside the second one?")
    assert turn.acts == ("finishes_first", "discloses:numb")
    assert after_the_beginning("maya-numb", "What has that been like?").acts == ("discloses:numb",)


def test_what_was_put_to_them_has_its_answer_once_it_is_finished() -> None:
    said = "It makes sense that you kept that back. We could raise it, lower it or wait. What would you want?"
    turn = after_the_beginning("maya-numb", said)
    assert turn.acts[:2] == ("finishes_first", "discloses:numb")
    assert turn.acts[2].startswith("choice_")


@pytest.mark.parametrize("scenario_id", [name for name, one in SCENARIOS.items() if one.language == "en"])
def test_no_moment_takes_the_place_of_an_answer_to_a_clear_question(scenario_id: str) -> None:
    for asked in ("what would you want the treatment to do for you?", "do you remember when it was worse?"):
        for seed in range(2):
            encounter = Encounter(SCENARIOS[scenario_id], seed)
            for before in ("Hello, good to meet you.", "That sounds hard.", "Tell me more about that.", "Okay."):
                encounter.reply(before)
            acts = encounter.reply(asked).acts
            assert not acts[0].startswith("moment:"), f"{asked}: {acts}"


def test_a_vague_question_leaves_room_for_what_is_on_their_mind() -> None:
    acts = [Encounter(SCENARIOS["walter-cups"], seed).reply("What happens then?").acts for seed in range(4)]
    encounter = Encounter(SCENARIOS["walter-cups"])
    encounter.reply("You don't want to be fussed over.")
    acts.append(encounter.reply("What happens then?").acts)
    assert any(one[0].startswith("moment:") for one in acts), acts


@pytest.mark.parametrize("scenario_id", ["maya-numb", "leroy-nights", "walter-cups"])
def test_a_question_behind_a_warning_is_answered_without_its_mark_as_with_it(scenario_id: str) -> None:
    for mark in ("?", ""):
        turn = Encounter(SCENARIOS[scenario_id]).reply(f"dont drive after it. any allergies{mark}")
        assert turn.acts[0] == "answer:allergies", (mark, turn.acts)
