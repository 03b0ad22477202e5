"""What is said stands alone: a plan in a ramble is taken up, what was confided is left to stand, nobody runs ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scoring.scorecard import SKILLS, Move, Reading
from simulator.answering import Replier
from simulator.checking_lines import patient_lines
from simulator.encounter import Encounter
from simulator.everyday import manner
from simulator.in_turn import LEADS_OVER
from simulator.listening import listened
from simulator.own_words import in_own_words
from simulator.patient import Patient
from simulator.trainees import trainees
from simulator.voices import Decision, ScriptedVoice, said_as
from tests.library import library
from tests.played import play_as
from tests.simulator.made import scorecard

if TYPE_CHECKING:
    from simulator.scenario import Scenario

ALL = {name: loaded.scenario for name, loaded in library().items()}
ENGLISH = [scenario for scenario in ALL.values() if scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
IN_PASSING = (
    "confirms_",
    "validated",
    "acknowledged",
    "affirmed",
    "thanked_for_telling",
    "minimised",
    "like_everyone",
    "judged",
    "falsely_",
    "having_told",
)
CLOSE = {
    "conor-focus": "Sinéad",
    "denise-injection": "Terrell",
    "fatuma-insulin": "Halima",
    "jas-mum": "Chanel",
    "jess-divalproex": "Eddie",
    "kayleigh-seven-weeks": "Jordan",
    "leroy-nights": "Beverley",
    "lorraine-dose": "Stan",
    "maya-numb": "Dani",
    "ray-second-time": "Addie",
    "walter-cups": "Ardis",
}


@each
def test_a_plan_that_is_named_in_a_ramble_is_what_gets_an_answer(scenario: Scenario) -> None:
    named = [
        turn
        for turn in play_as(scenario, trainees()["rambling"], 31).turns
        if scenario.plan_on_the_table.lower() in turn.clinician.lower()
    ]
    assert named
    for turn in named:
        assert turn.acts == ("plan_muddled",), (turn.acts, turn.patient)


@each
def test_what_a_rambling_clinician_asks_of_themselves_is_not_evaded(scenario: Scenario) -> None:
    for turn in play_as(scenario, trainees()["rambling"], 31).turns:
        if "where was I" in turn.clinician:
            assert not {"evades", "pressed"} & set(turn.acts), turn.patient


@each
def test_nothing_else_is_said_in_one_breath_with_what_was_confided(scenario: Scenario) -> None:
    heard = 0
    for name in ("technically-perfect", "repairs", "warm-undecided"):
        for seed in (0, 5, 12, 31):
            for turn in play_as(scenario, trainees()[name], seed).turns:
                confided = [act for act in turn.acts if act.startswith(("worries:", "carries:"))]
                if confided:
                    heard += 1
                    it = confided[0].partition(":")[2]  # what had been begun of it may be finished first
                    others = {a for a in turn.acts if a.partition(":")[2] != it} - LEADS_OVER
                    assert not others, (turn.acts, turn.patient)
    assert heard


@each
def test_nobody_fidgets_before_a_question_of_their_own(scenario: Scenario) -> None:
    for turn in play_as(scenario, trainees()["rambling"], 31).turns:
        assert not {"asks", "wordless"} <= set(turn.acts), turn.patient


@pytest.mark.parametrize("scenario", [ALL[name] for name in CLOSE], ids=lambda s: s.id)
def test_nobody_close_is_named_in_passing_before_they_have_come_up(scenario: Scenario) -> None:
    said = [
        line
        for act, own in scenario.own_words.items()
        if act.startswith(IN_PASSING)
        for line in (*own.says, *own.guarded, *own.open)
    ]
    assert said
    assert not [line for line in said if CLOSE[scenario.id] in line]


def reflection(put: str, rest: str) -> Reading:
    reply = f"{put} {rest}"
    move = Move("complex_reflection", put, 0, len(put))
    return Reading(reply, "I come in for my pills.", (move,), (), "other", dict.fromkeys(SKILLS, True))


def test_only_what_was_put_into_words_goes_deep_and_not_what_stands_beside_it() -> None:
    maya = ALL["maya-numb"]
    beside = "Shall we look at the sex side of it as well?"
    for put, deep in (("It sounds like a long wait out there.", False), ("It sounds like sex has gone numb.", True)):
        patient = Patient(maya)
        reading = reflection(put, beside)
        understood = patient.ear.hear(reading.reply)
        assert understood.concerns
        replier = Replier(maya, patient.ear, patient.manner, patient.memory)
        found = listened(replier, reading, scorecard(2, 4), "open", "", understood)
        assert found is not None
        assert (found[0].act == "confirms_deep") is deep, put


def test_what_fatuma_calls_the_needle_she_says_in_english_and_not_through_the_interpreter() -> None:
    said = [line.text for line in patient_lines(ALL["fatuma-insulin"]) if "needle" in line.text]
    assert said
    assert not [line for line in said if not line.startswith("(in English")]


def test_jas_types_while_her_mother_is_there_and_speaks_once_she_has_gone() -> None:
    visit = play_as(ALL["jas-mum"], trainees()["technically-perfect"], 31)
    gone = next(turn.seq for turn in visit.turns if "companion_leaves" in turn.acts)
    told = [t.patient for t in visit.turns if t.seq >= gone and ("hurting" in t.disclosed or "carries:" in t.acts[0])]
    assert told
    assert not [words for words in told if "types" in words or "phone" in words]


def brought_up(scenario: Scenario, seed: int) -> Encounter:
    """A visit up to the second thing that the patient brings up by themselves."""
    visit = Encounter(scenario, seed)
    for turn in play_as(scenario, trainees()["warm-undecided"], seed).turns:
        if any(act.startswith("moment:") and act.count(":") == 1 for act in visit.reply(turn.clinician).acts):
            break
    return visit


@each
def test_a_nod_to_what_they_brought_up_gets_a_moments_quiet_and_nothing_new(scenario: Scenario) -> None:
    for nod in ("Mm.", "Okay."):
        turn = brought_up(scenario, 31).reply(nod)
        small = turn.acts[0].startswith("moment:") and turn.acts[0].endswith(":rushed")
        assert turn.acts == ("nodded_to",) or (small and len(turn.acts) == 1), (turn.acts, turn.patient)


def test_a_nod_is_mostly_met_with_a_nod_or_a_moments_quiet() -> None:
    nodded = [scenario.id for scenario in ENGLISH if "nodded_to" in brought_up(scenario, 31).reply("Mm.").acts]
    assert len(nodded) * 4 > len(ENGLISH) * 3, nodded


@pytest.mark.parametrize("scenario", ALL.values(), ids=lambda s: s.id)
def test_a_patients_own_words_are_all_said_before_the_stocks(scenario: Scenario) -> None:
    patient = Patient(scenario)
    replier = Replier(scenario, patient.ear, patient.manner, patient.memory)
    stock = manner(scenario.patient.speech, scenario.language)
    assert patient.manner.acts == in_own_words(stock, scenario.own_words).acts
    for act, own in scenario.own_words.items():
        mine = {said_as(line) for line in (own.open or own.says) if "{" not in line}
        if not mine or act == "returns" or act.startswith("parting_"):
            continue  # What they come back to is chosen by its subject, and leaving is said once.
        voice = ScriptedVoice(patient.manner, scenario.id)
        part = replier.stock(act, "open", subject="that", age="40", name="A B", first="A", topic="it", words="so")
        said = [said_as(voice.say(Decision((part,)), seq).words) for seq in range(len(mine) + 1)]
        assert set(said[:-1]) == mine, (act, said)
        assert said[-1] not in mine, (act, said)


TELLS = (
    "It helps about six in ten people and takes a few weeks. The commonest problems are an upset stomach and bad sleep."
)


@each
def test_who_said_that_they_would_hear_it_hears_it_and_is_not_run_over_by_it(scenario: Scenario) -> None:
    asks = "Can I tell you a bit about the medicine, and then you tell me what you think?"
    visit = Encounter.replay(scenario, ["Hello, I'm Dr. Lee. What brings you here?", "How do you sleep?", asks, TELLS])
    assert visit.turns[-2].acts == ("lets_tell",), (visit.turns[-2].acts, visit.turns[-2].patient)
    assert "rushed" not in visit.turns[-1].acts, visit.turns[-1].patient


@each
def test_being_told_about_the_plan_is_no_yes_to_it(scenario: Scenario) -> None:
    told = f"So the plan on the table is {scenario.plan_on_the_table}. {TELLS}"
    for turn in Encounter.replay(scenario, ["How have you been?", "Okay.", told]).turns[-1:]:
        assert not any(act.startswith("plan_") for act in turn.acts), (turn.acts, turn.patient)


@each
def test_nobody_complains_of_being_passed_over_to_somebody_who_is_just_meeting_them(scenario: Scenario) -> None:
    for name in ("warm-undecided", "repairs"):
        for turn in play_as(scenario, trainees()[name], 77).turns:
            if "returns" in turn.acts:
                assert not turn.reading.does("acknowledges", "legitimises", "affirms", "apologises"), turn.clinician


@pytest.mark.parametrize("reply", ["Okay. Can you tell me a bit more about that?", "I see. And how do you sleep?"])
def test_a_nod_before_a_question_is_nothing_that_could_be_confirmed(reply: str) -> None:
    assert Patient(ALL["maya-numb"]).ear.hear(reply).only_asks
    assert not Patient(ALL["maya-numb"]).ear.hear("Okay. I see.").only_asks


@each
def test_no_gesture_follows_on_a_gesture(scenario: Scenario) -> None:
    for name in ("technically-perfect", "warm-undecided", "rushed"):
        for seed in (12, 31):
            for turn in play_as(scenario, trainees()[name], seed).turns:
                assert ") (" not in turn.patient, turn.patient


def test_a_clear_question_that_they_cannot_make_out_is_said_to_be_one_before_they_tell_of_something_else() -> None:
    visit = Encounter(ALL["walter-cups"])
    feelings = visit._patient.feelings
    feelings.trust, feelings.stance = 80.0, "open"
    visit.reply("What is it like in the house these days?")
    turn = visit.reply("Does the mailman still whistle when he crosses over the bridge?")
    told = [act for act in turn.acts if act.startswith(("moment:", "discloses:", "begins:"))]
    assert not told or turn.acts[0] == "unknown_question", turn.acts


def test_a_question_put_past_a_danger_is_answered_behind_what_they_take_back() -> None:
    kayleigh = ALL["kayleigh-seven-weeks"]
    visit = Encounter(kayleigh)
    visit.reply("Hello Kayleigh.")
    memory = visit._patient.memory
    memory.disclosed.append("pictures")
    memory.danger, memory.just_told, memory.told_at = "pictures", "pictures", memory.seq
    turn = visit.reply("You'll be fine, it's nothing. How many hours a day are you cleaning?")
    assert turn.acts[:2] == ("danger:ignored", "answer:cleaning_hours"), turn.acts
