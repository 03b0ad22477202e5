"""Ordinary questions are heard in the words of tired people, and what only sounds like one is not."""

import pytest

from simulator.encounter import Encounter
from simulator.everyday import EVERYDAY, Openness, manner
from simulator.patient import ear_of
from simulator.turned import denies
from tests.library import library
from tests.simulator.made import without_questions_of_their_own

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}


LORRAINE = ear_of(without_questions_of_their_own(SCENARIOS["lorraine-dose"]))


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("what do you do when you wake at 3", "sleep"), ("how would Eddie know if it was working", "on_others"),
        ("how would you know if it was working", "medicine_helps"), ("talk me through a morning", "day"),
        ("whats it like being around people", "anxiety"), ("do they drift off, your thoughts", "concentration"),
        ("you stopped them, what happened", "stopped"), ("any exersize", "exercise"), ("pmh?", "health"), ("any si", "suicide"),
        ("take me back to when this all started", "story"), ("has it given you any trouble", "side_effects"),
        ("what have you had to give up", "given_up"), ("how has your life got smaller", "given_up"), ("are you due", "pregnancy"),
        ("do you lose your train of thought", "concentration"), ("clothes any looser or tighter", "weight"),
        ("did you nearly cancel", "being_here"), ("what finally got you to make the call", "reason"),
        ("have you got a stash of pills", "means"), ("do your eyes or ears play tricks on you", "voices"),
        ("whats your fuse like", "anger"), ("how do you get to the clinic", "transport"), ("who's around for you", "supports"),
        ("anything new since we met", "last_days"), ("does your boss have any idea", "who_knows"), ("any scans coming up", "tests"),
        ("whens the last time you missed", "missed_doses"), ("what would your sister tell me about you", "on_others"),
    ],
)  # fmt: skip
def test_a_question_is_heard_however_it_is_put(question: str, topic: str) -> None:
    assert topic in LORRAINE.hear(question).asked


@pytest.mark.parametrize(
    "reply",
    [
        "Can you hear me okay?", "Does Thursday suit you?", "Was that too fast?", "Is it alright if the student stays?",
        "Does that make sense?", "Shall we look at the pros and cons?", "Would you want to start lower?", "Are we on the same page?",
        "What a thing to have to live with.", "Can we come back to that?", "How do you weigh the pros and cons?",
        "Should we end it there for today?", "How far would you want to go with it?", "Can I help with that?",
        "Do you see things differently now?", "Would it help to take a short break?",
        "Anything you say stays in this room.", "Would you see a specialist for that?",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_topic_asks_about_none(reply: str) -> None:
    assert LORRAINE.hear(reply).asked == ()


OTHER_WAY = [
    "do you feel life is worth living",
    "Do you want to live?",
    "Are you safe tonight?",
    "is there any point in going on",
]


@pytest.mark.parametrize("scenario_id", sorted(name for name, one in SCENARIOS.items() if one.language == "en"))
@pytest.mark.parametrize("question", OTHER_WAY)
@pytest.mark.parametrize("openness", ["guarded", "open"])
def test_whether_life_is_worth_living_is_never_answered_with_a_no(
    scenario_id: str, question: str, openness: Openness
) -> None:
    encounter = Encounter(SCENARIOS[scenario_id])
    replier = encounter._patient._deciding.replier
    understood = replier.ear.hear(question)
    assert "suicide" in understood.turned
    part = replier.about("suicide", openness, understood)
    assert part.lines and not any(denies(line, "en") for line in part.lines), part.lines


@pytest.mark.parametrize("name", sorted(p.stem for p in EVERYDAY.glob("*.yaml") if p.stem not in {"topics", "said"}))
def test_every_manner_says_that_they_want_to_live_without_a_no(name: str) -> None:
    entry = manner(name).acts["wants_to_live"]
    assert not any(denies(line, "en") for line in (*entry.guarded, *entry.open))


@pytest.mark.parametrize(
    "question",
    ["Have you thought that life isn't worth living?", "Do you ever not want to live?", "Any thoughts of suicide?"],
)
def test_whether_they_would_rather_not_live_is_answered_as_before(question: str) -> None:
    walter = SCENARIOS["walter-cups"]
    understood = ear_of(walter).hear(question)
    assert "suicide" in understood.asked and not understood.turned
    encounter = Encounter(walter)
    encounter.reply("Hi, good to see you.")
    assert walter.facts["suicidal_thoughts"].guarded in encounter.reply(question).patient


def test_the_place_where_somebody_works_is_no_jargon_to_them() -> None:
    acts = {}
    for scenario_id in ("tunde-sertraline", "maya-numb"):
        encounter = Encounter(SCENARIOS[scenario_id])
        encounter.reply("Hi, good to see you.")
        acts[scenario_id] = encounter.reply("It's a depot.").acts
    assert "jargon" not in acts["tunde-sertraline"]
    assert "jargon" in acts["maya-numb"]
    tunde = Encounter(SCENARIOS["tunde-sertraline"])
    tunde.reply("Hi, good to see you.")
    assert "answer:work" in tunde.reply("How is it at the depot, with the lads?").acts


@pytest.mark.parametrize("hinted", ["licence", "the-clock"])
def test_how_somebody_feels_about_what_happened_is_about_what_they_hinted_at(hinted: str) -> None:
    encounter = Encounter(SCENARIOS["leroy-nights"])
    encounter.reply("Hi, good to see you.")
    patient = encounter._patient
    patient.feelings.trust = 62.0
    patient.memory.hinted[hinted] = patient.memory.seq
    acts = encounter.reply("how do you feel about what happened").acts
    assert {f"discloses:{hinted}", f"begins:{hinted}"} & set(acts), acts


def test_what_is_hardest_is_what_was_confided_and_nothing_else_comes_out_in_its_place() -> None:
    maya = SCENARIOS["maya-numb"]
    encounter = Encounter(maya)
    encounter.reply("Hi, good to see you.")
    patient = encounter._patient
    patient.feelings.trust = 62.0
    patient.memory.disclosed.append("numb")
    turn = encounter.reply("what's hardest")
    assert turn.patient == maya.concern("numb").carries and not turn.disclosed


@pytest.mark.parametrize(
    "reply",
    ["Before the refill, how have things actually been?", "hi maya. before we do the refill how are you really doing"],
)
def test_what_is_put_off_until_they_have_spoken_is_neither_asked_nor_put_to_them(reply: str) -> None:
    heard = ear_of(SCENARIOS["maya-numb"]).hear(reply)
    assert not heard.directs and not heard.proposals and "missed_doses" not in heard.asked
    assert ear_of(SCENARIOS["maya-numb"]).hear("I'll do the refill.").proposals == ("keep",)


def test_being_up_every_night_is_not_how_a_tablet_is_taken() -> None:
    heard = ear_of(SCENARIOS["leroy-nights"]).hear("that sounds exhausting, up every night like that")
    assert not heard.any_act("told_how_to")


def test_what_they_make_of_the_tablet_is_asked_about_the_plan() -> None:
    assert ear_of(SCENARIOS["walter-cups"]).hear("so what do you make of the tablet").any_act("about_the_plan")


@pytest.mark.parametrize("question", ["anything we didnt get to?", "Is there anything you didn't get to say?"])
def test_what_was_not_come_to_is_asked_for(question: str) -> None:
    assert LORRAINE.hear(question).any_act("anything_else")


@pytest.mark.parametrize("opening", ["so you want your tablets?", "hi. so you want adhd meds?"])
def test_whoever_guesses_what_they_want_is_told_why_they_came(opening: str) -> None:
    scenario = without_questions_of_their_own(SCENARIOS["conor-focus"])
    assert "answer:reason" in Encounter(scenario).reply(opening).acts


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("anything you take at all, herbal, over the counter", "other_medicines"),
        ("you mentioned the sleep, has it got worse", "sleep"),
        ("hands or back giving you pain, on your feet all day", "pain"),
    ],
)
def test_what_is_typed_without_any_mark_can_still_be_a_question(typed: str, topic: str) -> None:
    assert topic in LORRAINE.hear(typed).asked
    assert not LORRAINE.hear("Anything you say stays in this room.").questions


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("so what do you want to do about the tablet", "preference_"),
        ("what would make you say yes", "would_help"),
        ("What would it take for you to try it?", "would_help"),
        ("did that make sense", "follows_you"),
        ("how would you feel about a blood test first", "test_"),
    ],
)
@pytest.mark.parametrize("name", ["denise-injection", "walter-cups", "kayleigh-seven-weeks"])
def test_what_is_asked_about_the_decision_is_answered_as_that(name: str, question: str, act: str) -> None:
    encounter = Encounter(SCENARIOS[name])
    encounter.reply("Hi, how are things?")
    assert encounter.reply(question).acts[0].startswith(act)


ABOUT_DYING = [
    "do you think about being dead", "Do you think about death, or about a way to do it?", "any thoughts of death", "any si",
    "do you ever think about dying", "have you thought of ending it", "do you want to die", "you thinking of dying",
    "ever feel like not being around anymore", "do you wish you could go to sleep and not wake up",
    "are things so bad you'd rather be dead", "have you thought about killing yourself", "any plans to end things",
    "do you get thoughts of not wanting to be here", "do you feel life is worth it", "how often do you think of death",
    "do you ever think everyone would be better off without you", "has it got so dark that you thought of ending things",
    "is there part of you that wants to be dead", "do you see a point in going on", "do you ever want to not exist",
    "sometimes when people are this low they think about death. do you",
    "Sometimes a man who is not sleeping thinks it is better to be dead. Did this thought come to you?",
    "Some people who have lost someone wish they could go and join them. Have you had that feeling?",
    "People feel they'd rather not wake up. Has it ever got as far as that for you?",
    "do you feel hopeless enough to do something", "have you been thinking about joining her",
    "Any suicide in the family, and do you think of suicide yourself?", "have you thought about dying",
]  # fmt: skip


@pytest.mark.parametrize("question", ABOUT_DYING)
def test_a_question_about_wanting_to_die_is_heard_by_every_patient(question: str) -> None:
    english = [scenario for scenario in SCENARIOS.values() if scenario.language == "en"]
    deaf = {one.id: heard.asked for one in english if not (heard := ear_of(one).hear(question)).asks_safety}
    assert not deaf


@pytest.mark.parametrize(
    ("reply", "topic"),
    [
        ("On a farm there are often guns around. Do you have any in the house, and how are they kept?", "means"),
        (
            "On the form you put zero for harming yourself. Would that be the same answer on your worst day?",
            "self_harm",
        ),
    ],
)
def test_a_question_that_points_to_a_danger_just_named_asks_about_it(reply: str, topic: str) -> None:
    assert LORRAINE.hear(reply).asked == (topic,)


@pytest.mark.parametrize(
    "reply",
    [
        "You said no to thoughts of suicide. Is it ok if I ask about your sleep?",
        "You said no to thoughts of suicide. How is it at work?",
        "Your husband died in March. Do you have any help in the house?",
    ],
)
def test_a_question_beside_a_danger_that_names_something_else_asks_about_that(reply: str) -> None:
    assert not LORRAINE.hear(reply).asks_safety


def test_a_question_opened_late_in_a_sentence_asks_for_more_than_a_yes() -> None:
    assert not LORRAINE.hear("Wow, that's ages, so bear with me here, what were those months like?").wants_yes_or_no
    assert LORRAINE.hear("Wow, that's ages, did you manage?").wants_yes_or_no


@pytest.mark.parametrize("question", ["have you attempted suicide", "ever tried to end your life before"])
def test_whether_they_have_tried_is_asked_of_them_and_not_of_the_family(question: str) -> None:
    for scenario in SCENARIOS.values():
        if scenario.language == "en":
            heard = ear_of(scenario).hear(question)
            assert heard.asks_safety or heard.asked == ("no_attempts",), f"{scenario.id}: {heard.asked}"


@pytest.mark.parametrize(
    "reply",
    [
        "If the exams disappeared tomorrow, would it be better?",
        "Where are you staying, safe there?",
        "Can I have a few minutes with just you?",
        "I'd really like to know what you think about it.",
    ],
)
def test_a_word_that_only_sounds_like_danger_drink_or_waiting_is_none(reply: str) -> None:
    heard = ear_of(SCENARIOS["jas-mum"]).hear(reply)
    assert not {"suicide", "alcohol"}.intersection(heard.asked)
    assert "wait" not in heard.proposals


def test_what_leads_in_to_a_question_is_not_answered_for_it() -> None:
    walter = ear_of(SCENARIOS["walter-cups"])
    assert walter.hear("Fifty-four years, that's a whole life together. What was your wife's name?").asked == (
        "her_name",
    )


def test_which_one_right_behind_a_question_asks_on_and_is_no_choice() -> None:
    heard = LORRAINE.hear("Do you drink at all? Which ones?")
    assert heard.questions == 1
    assert heard.asked == ("alcohol",)
    assert "preference" not in heard.acts


@pytest.mark.parametrize(
    "typed",
    [
        "tired how, no sleep or cant sleep",
        "before this low patch ever had loads of energy",
        "would you be willing to tell me",
    ],
)
def test_tired_questions_are_questions_and_no_matter_of_choosing(typed: str) -> None:
    heard = LORRAINE.hear(typed)
    assert heard.questions
    assert "preference" not in heard.acts
