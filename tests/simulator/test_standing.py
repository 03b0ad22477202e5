"""What was told and never taken up stands: it is named when the plan is put all the same, and is the if of any yes."""

from dataclasses import replace

import pytest

from simulator.encounter import Encounter
from simulator.everyday import manner
from simulator.own_words import in_own_words
from simulator.scenario import Scenario
from simulator.standing import takes_up
from simulator.trainees import filled, trainees
from tests.library import library
from tests.played import play_as
from tests.simulator.made import reading

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
ENGLISH = [scenario for scenario in SCENARIOS.values() if scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
SINCERE = ("awkward-sincere", "repairs", "technically-perfect")
PLAIN_YES = ("plan_willing", "preference_willing", "start_willing", "raise_willing")


def up_to(scenario: Scenario, name: str, lines: int, seed: int) -> Encounter:
    encounter = Encounter(scenario, seed, "talk")
    for line in trainees()[name].says_to(scenario)[:lines]:
        encounter.reply(filled(line, encounter))
    return encounter


@each
def test_nobody_says_a_plain_yes_on_top_of_what_they_told_and_nobody_took_up(scenario: Scenario) -> None:
    for name in SINCERE:
        for seed in (0, 7, 91):
            told: list[str] = []
            named = False
            for turn in play_as(scenario, trainees()[name], seed).turns:
                put = turn.plan.named == "on_the_table" and turn.plan.settled
                answered = any(takes_up(scenario.concern(one), turn.reading, scenario) for one in told)
                if put and told and not named and not answered:
                    assert not set(PLAIN_YES) & set(turn.acts), turn.patient
                named = named or answered or any(act.startswith(("against:", "undecided:")) for act in turn.acts)
                told += turn.disclosed


def ready(who: str) -> Scenario:
    """A patient who trusts and is willing from the door."""
    scenario = SCENARIOS[who]
    temperament = scenario.patient.temperament.model_copy(update={"trust": 90, "willingness": 80})
    return scenario.model_copy(update={"patient": scenario.patient.model_copy(update={"temperament": temperament})})


def told(who: str, concern: str, seed: int = 1) -> Encounter:
    """A visit in which somebody who trusts and is willing has just told of something."""
    encounter = Encounter(ready(who), seed, "talk")
    turn = encounter.reply(SCENARIOS[who].concern(concern).would_have_opened)
    assert concern in turn.disclosed
    return encounter


KIND_WORD = "I can see why you would be wary after that. It took courage to tell me."
LEFT_TO_THEM = "Then we leave it like that. It's your choice, and you can change your mind at any time."


def test_denise_names_the_needle_and_says_yes_to_it_only_on_her_own_terms() -> None:
    denise = SCENARIOS["denise-injection"]
    encounter = told("denise-injection", "leaves-off")
    encounter.reply(KIND_WORD)
    put = encounter.reply(f"What I'd put to you is {denise.plan_on_the_table}. Does that feel ok?")
    assert put.acts == ("against:leaves-off",) and put.patient == denise.concern("leaves-off").against
    left = encounter.reply(LEFT_TO_THEM)
    assert left.acts == ("provided:leaves-off",) and left.patient == denise.concern("leaves-off").provided
    again = encounter.reply(f"So {denise.plan_on_the_table}, then. Is that ok with you?")
    assert again.patient in in_own_words(manner("chatty"), denise.own_words).acts["provided"].open


def test_a_plan_that_speaks_of_what_was_told_gets_its_answer_at_once() -> None:
    denise = SCENARIOS["denise-injection"]
    encounter = told("denise-injection", "leaves-off")
    encounter.reply(KIND_WORD)
    turn = encounter.reply(
        "Saturdays are yours, and we'd talk about them first and not just take them. With that, what I'd put to you is "
        f"{denise.plan_on_the_table}. We look at it again together in two weeks. Does that feel ok?"
    )
    assert turn.acts[0] in PLAIN_YES, turn.patient


def test_to_choose_they_lean_for_the_reason_that_they_told() -> None:
    walter = SCENARIOS["walter-cups"]
    turn = next(t for t in play_as(walter, trainees()["repairs"], 91).turns if t.plan.named == "a_choice")
    assert turn.acts == ("undecided:the-cups",) and turn.patient == walter.concern("the-cups").undecided


def test_a_concern_without_lines_of_its_own_gets_everyday_ones() -> None:
    walter = SCENARIOS["walter-cups"]
    bare = tuple(c.model_copy(update={"against": "", "undecided": "", "provided": ""}) for c in walter.concerns)
    visit = play_as(walter.model_copy(update={"concerns": bare}), trainees()["repairs"], 91)
    stock = manner(walter.patient.speech).acts
    said = {act: turn.patient for turn in visit.turns for act in turn.acts}
    assert said["undecided:the-cups"] in stock["undecided_told"].open
    assert said["against:the-cups"] in stock["against"].open


@pytest.mark.parametrize(
    ("reply", "moves", "expected"),
    [
        ("Nobody lays a hand on you, you say when, and you sit up for it.", ("supports_autonomy",), True),
        ("It doesn't lock the jaw, as Haldol did, and we'd have the antidote there.", ("informs",), True),
        ("That took courage to tell me. I'm glad you did.", ("affirms",), False),
        ("They held you down, and nobody asked you.", ("complex_reflection",), False),
        ("The injection goes in the arm today, and the needle is small.", ("informs",), False),
    ],
)
def test_it_is_taken_up_by_giving_something_and_speaking_of_it(
    reply: str, moves: tuple[str, ...], expected: bool
) -> None:
    denise = SCENARIOS["denise-injection"]
    assert takes_up(denise.concern("held-down"), reading(reply, *moves), denise) is expected


def test_who_said_yes_and_is_told_that_it_is_theirs_to_decide_does_not_begin_to_doubt() -> None:
    seen = 0
    leroy = SCENARIOS["leroy-nights"]
    made = in_own_words(manner(leroy.patient.speech), leroy.own_words).acts
    never_told = leroy.model_copy(update={"concerns": ()})
    for seed in range(4):
        turns = play_as(never_told, trainees()["awkward-sincere"], seed).turns
        if set(PLAIN_YES) & set(turns[-2].acts):
            seen += 1
            assert turns[-1].patient in made["autonomy_agreed"].open, turns[-1].patient
    assert seen > 0


@each
def test_who_was_left_to_think_it_over_has_not_come_round_a_breath_later(scenario: Scenario) -> None:
    for name in SINCERE:
        for seed in (0, 7, 91):
            visit = play_as(scenario, trainees()[name], seed)
            assert visit.outcome is not None
            if visit.turns[-1].acts == ("autonomy",):
                assert visit.outcome.decision != "willing", visit.outcome.parting_words


def test_a_visit_whose_last_word_was_a_hard_question_of_theirs_is_not_settled() -> None:
    repairs = trainees()["repairs"]
    unfinished = replace(repairs, says=repairs.says[:-1])
    seen = 0
    for scenario in ENGLISH:
        visit = play_as(scenario, unfinished, 91)
        assert visit.outcome is not None
        if any(act.startswith("against:") for act in visit.turns[-1].acts):
            seen += 1
            assert visit.outcome.decision != "willing", visit.outcome.parting_words
    assert seen > 1


def test_nobody_agrees_to_another_way_in_the_breath_after_something_told_got_not_a_word() -> None:
    seen = 0
    for seed in range(6):
        encounter = Encounter(ready("conor-focus"), seed, "talk")
        encounter.reply("Has anything been lying about at home that you've tried, or borrowed?")
        asks = "What I'd put to you is a heart check first, within a fortnight, and then the tablet. Does that feel ok?"
        if "oisins" in encounter.reply(asks).disclosed:
            seen += 1
            left = encounter.reply(LEFT_TO_THEM)
            assert left.acts == ("let_lie",), left.patient
            assert encounter.end().decision != "willing"
    assert seen > 0
