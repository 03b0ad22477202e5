"""Parting words follow from what was said last: nobody unknown is named in them, and nobody says yes after abuse."""

import pytest

from simulator.encounter import Encounter
from simulator.everyday import manner, said
from simulator.last_words import fitting, without_a_yes
from simulator.own_words import in_own_words
from simulator.scenario import Scenario
from simulator.trainees import filled, trainees
from simulator.words import words_of
from tests.library import library
from tests.played import play_as

SCENARIOS = {name: loaded.scenario for name, loaded in library().items()}
ENGLISH = [scenario for scenario in SCENARIOS.values() if scenario.language == "en"]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)


@each
def test_nobody_simply_takes_the_medicine_after_abuse_from_beginning_to_end(scenario: Scenario) -> None:
    for seed in range(8):
        ended = play_as(scenario, trainees()["hostile"], seed).outcome
        assert ended is not None
        assert ended.decision != "willing", ended.parting_words


@each
def test_what_was_confided_with_their_last_words_is_what_they_leave_with(scenario: Scenario) -> None:
    made = in_own_words(manner(scenario.patient.speech), scenario.own_words).acts
    told = {line for name in ("having_told", "parting_just_told") for line in (*made[name].open, *made[name].guarded)}
    told |= set(made["having_told"].behind("open"))
    for name in ("repairs", "technically-perfect", "awkward-sincere"):
        for seed in (0, 3, 7, 71):
            visit = play_as(scenario, trainees()[name], seed)
            assert visit.outcome is not None
            if any(act.startswith("discloses:") for act in visit.turns[-1].acts):
                assert visit.outcome.decision != "willing"
                assert visit.outcome.parting_words in told, visit.outcome.parting_words


@each
def test_who_never_sounded_willing_does_not_regret_that_nobody_asked(scenario: Scenario) -> None:
    for seed in (0, 7, 71):
        visit = play_as(scenario, trainees()["warm-undecided"], seed)
        assert visit.outcome is not None
        if not any("_willing" in act for turn in visit.turns for act in turn.acts):
            words = visit.outcome.parting_words
            assert not said().would_have.all_in(words_of(words)), words


def test_somebody_of_whom_nobody_spoke_is_not_named_at_the_door() -> None:
    denise = SCENARIOS["denise-injection"]
    encounter = Encounter(denise)
    encounter.reply("Hello, I'm glad to meet you.")
    line = "I'm going to take it to prayer and take it to Odette."
    assert not fitting((line,), denise, encounter.turns)
    encounter.reply("And Odette, from your church, is she well?")
    assert fitting((line,), denise, encounter.turns) == (line,)


def test_god_and_the_days_of_the_week_are_nobody_whom_one_has_to_have_mentioned() -> None:
    plain = "May God keep you, and I'll see you on Thursday."
    assert fitting((plain,), SCENARIOS["maya-numb"], []) == (plain,)


def test_of_a_regret_the_rest_is_said_and_a_line_that_is_nothing_else_is_not() -> None:
    lines = ("We talked, and that was all. I'd have tried it.", "I would have tried it.")
    assert without_a_yes(lines, "en") == ("We talked, and that was all.",)


@each
def test_nobody_comes_round_on_top_of_something_they_have_only_just_brought_up(scenario: Scenario) -> None:
    made = in_own_words(manner(scenario.patient.speech), scenario.own_words).acts
    came = [line for cause in ("choice", "plan", "worry") for line in made[f"parting_came_round_{cause}"].open]
    for name in ("repairs", "awkward-sincere"):
        for seed in (0, 5):
            visit = play_as(scenario, trainees()[name], seed)
            assert visit.outcome is not None
            if any(act.startswith("hint:") or act in {f"moment:{m.id}" for m in scenario.moments}
                   for act in visit.turns[-1].acts):  # fmt: skip
                assert not visit.outcome.parting_words.startswith(tuple(came)), visit.outcome.parting_words


@each
def test_nobody_takes_what_was_neither_proposed_nor_ordered(scenario: Scenario) -> None:
    made = in_own_words(manner(scenario.patient.speech), scenario.own_words).acts
    taken = {line for name in ("willing", "got_it", "curt", "gave_in") for line in made[f"parting_{name}"].guarded}
    taken |= {scenario.ending.willing, scenario.ending.unwilling}
    for seed in range(6):
        ended = play_as(scenario, trainees()["parrot"], seed).outcome
        assert ended is not None
        assert ended.four_weeks == "nothing_agreed", ended.parting_words
        assert ended.parting_words not in taken


@each
def test_who_has_had_enough_says_next_to_nothing_until_somebody_is_sorry(scenario: Scenario) -> None:
    made = in_own_words(manner(scenario.patient.speech), scenario.own_words).acts
    quiet = {*made["had_enough"].guarded, *made["had_enough"].behind("guarded")}
    for seed in (0, 91):
        harsh = 0
        for turn in play_as(scenario, trainees()["hostile"], seed).turns:
            if harsh >= 4:
                assert turn.acts[-1] == "had_enough" and turn.patient.endswith(tuple(quiet)), turn.patient
            harsh += bool({"insult", "insult_again", "judged", "belittled"} & set(turn.acts))
            assert "given_it" not in turn.acts or not harsh, turn.patient
        assert harsh >= 4


@each
def test_after_abuse_nobody_leaves_with_a_mild_word_about_thinking_it_over(scenario: Scenario) -> None:
    made = in_own_words(manner(scenario.patient.speech), scenario.own_words).acts
    mild = {*made["parting_unsure"].guarded, *made["parting_curt"].guarded, *made["parting_willing"].guarded}
    for seed in range(6):
        ended = play_as(scenario, trainees()["hostile"], seed).outcome
        assert ended is not None
        assert ended.parting_words not in mild


@each
def test_whether_a_plan_feels_right_is_answered_about_the_plan_alone(scenario: Scenario) -> None:
    asks = ("Does that feel ok?", "is that ok with you?", "How does that sit with you?", "are you okay with that")
    for warm in (0, 11):
        for ask in asks:
            encounter = Encounter(scenario, 91, "talk")
            for line in trainees()["warm-undecided"].says[:warm]:
                encounter.reply(filled(line, encounter))
            turn = encounter.reply(
                f"ok so this is what id put to you: {scenario.plan_on_the_table}. Call me if it goes wrong, and we "
                f"look at it again in two weeks. {ask}"
            )
            told = [
                act for act in turn.acts if act.startswith(("answer:", "invited_correction", "confirms_", "yes_no"))
            ]
            assert not told, turn.patient
