"""Parting words are true of the visit, and what was stepped over is come back to in other words."""

import itertools
import re
from dataclasses import replace

import pytest

from simulator.encounter import Encounter
from simulator.everyday import manner
from simulator.last_words import came_for_it
from simulator.leaning import leaning_in
from simulator.own_words import in_own_words
from simulator.parting import Parted
from simulator.play import play
from simulator.scenario import Scenario
from simulator.story import story
from simulator.trainees import trainees
from simulator.tryout import starting_at
from simulator.turn import Decision, State, Turn
from simulator.voices import said_as
from tests.library import library
from tests.played import play_as

ENGLISH = [loaded.scenario for loaded in library().values() if loaded.scenario.language == "en"]
EVERYBODY = [loaded.scenario for loaded in library().values()]
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
CAUSES = ("came_round_choice", "came_round_plan", "came_round_worry", "gave_in")
AGREED = re.compile(
    r"\b(?:like|as|how|what|way) we (?:said|have it)\b|\bagreed\b|worked out|\bas arranged\b|\bthat way\b",
    re.IGNORECASE,
)


@each
def test_nobody_speaks_of_a_plan_at_the_door_that_was_never_put_to_them(scenario: Scenario) -> None:
    for seed in (0, 7):
        ended = play_as(scenario, trainees()["warm-undecided"], seed).outcome
        assert ended is not None
        assert not AGREED.search(ended.parting_words), ended.parting_words


def leans(turn: Turn) -> list[str]:
    way = leaning_in(turn.acts)
    return [] if way is None else [way]


@each
def test_who_said_yes_after_doubting_says_what_brought_them_round(scenario: Scenario) -> None:
    stock = manner(scenario.patient.speech)
    made = in_own_words(stock, scenario.own_words)
    why = [
        line for name in CAUSES for entry in [made.acts[f"parting_{name}"]] for line in (*entry.guarded, *entry.open)
    ]
    for name in ("repairs", "technically-perfect", "warm-undecided", "awkward-sincere"):
        for seed in (0, 3, 7):
            visit = play_as(scenario, trainees()[name], seed)
            assert visit.outcome is not None
            leaning = [way for turn in visit.turns for way in leans(turn) if way in {"willing", "unsure", "unwilling"}]
            if leaning and leaning[-1] != "willing" and visit.outcome.decision == "willing":
                words = visit.outcome.parting_words
                assert visit.outcome.four_weeks == "changed_plan" or words.startswith(tuple(why)), words


@each
def test_nothing_is_taken_as_agreed_after_a_visit_in_which_nothing_was_agreed(scenario: Scenario) -> None:
    for seed in (0, 3, 7):
        ended = play_as(scenario, trainees()["warm-undecided"], seed).outcome
        assert ended is not None
        if ended.four_weeks == "nothing_agreed":
            assert ended.decision != "willing", ended.parting_words
            told = scenario.four_weeks_later
            assert ended.story not in {" ".join(s.split()) for s in (told.kept, told.halved, told.stopped_told)}


def test_a_warm_visit_without_a_plan_mostly_ends_with_nothing_agreed() -> None:
    ended = [play_as(scenario, trainees()["warm-undecided"]).outcome for scenario in ENGLISH]
    assert sum(one is not None and one.four_weeks == "nothing_agreed" for one in ended) * 2 > len(ended)


def test_who_did_not_say_yes_at_the_door_is_told_of_as_somebody_who_had_not() -> None:
    seen = 0
    for scenario in ENGLISH:
        for seed in range(6):
            ended = play_as(scenario, trainees()["hostile"], seed).outcome
            assert ended is not None
            if ended.decision != "willing" and ended.four_weeks != "nothing_agreed":
                seen += 1
                assert ended.story.startswith("At the door"), ended.story
    assert seen > 0


@each
def test_who_agreed_in_the_room_parts_with_the_scenarios_own_words(scenario: Scenario) -> None:
    ended = play(scenario, "collaborative").outcome
    assert ended is not None
    if ended.decision == "willing":
        assert ended.parting_words.endswith(scenario.ending.willing)


@each
def test_nobody_quotes_themselves_when_they_come_back_to_what_was_stepped_over(scenario: Scenario) -> None:
    visit = play_as(scenario, trainees()["rambling"], 7)
    said: list[str] = [visit.opening]
    for turn in visit.turns:
        if "returns" in turn.acts:
            assert '"' not in turn.patient, turn.patient
            sentences = [s for words in said for s in re.split(r"(?<=[.?!]) ", words) if len(s.split()) > 5]
            assert not any(said_as(s) in said_as(turn.patient) for s in sentences), turn.patient
        said.append(turn.patient)


def test_what_a_moment_is_about_is_named_or_more_of_it_said_when_it_is_come_back_to() -> None:
    named = 0
    for scenario, name, seed in itertools.product(ENGLISH, ("silent", "parrot", "jargon-lecturer"), (7, 8)):
        for turn in play_as(scenario, trainees()[name], seed).turns:
            if "returns" in turn.acts:
                about = [words for m in scenario.moments for words in (m.subject, m.more) if words]
                named += any(words in turn.patient for words in about)
    assert named > 3


def test_who_doubted_with_their_last_word_and_was_given_nothing_since_is_still_undecided() -> None:
    seen = 0
    repairs = trainees()["repairs"]
    to_the_plan = replace(repairs, says=repairs.says[:-1])  # With its last line it gives them something since.
    for scenario in ENGLISH:
        for seed in range(2):
            visit = play_as(scenario, to_the_plan, seed)
            assert visit.outcome is not None
            left_open = {"which_plan", "open_until_then"} & set(visit.turns[-1].acts)
            if left_open or {"unsure", "unwilling"} & set(leans(visit.turns[-1])):
                seen += 1
                assert visit.outcome.decision != "willing", visit.outcome.parting_words
    assert seen > 0


@each
def test_who_was_insulted_again_and_again_leaves_without_the_courtesies(scenario: Scenario) -> None:
    for seed in range(6):
        ended = play_as(scenario, trainees()["hostile"], seed).outcome
        assert ended is not None
        assert ended.parting_words not in (scenario.ending.willing, scenario.ending.unsure, scenario.ending.unwilling)


def test_no_two_patients_leave_with_the_same_words() -> None:
    for name in ("hostile", "warm-undecided", "repairs", "rambling"):
        words = [ended.parting_words for one in ENGLISH if (ended := play_as(one, trainees()[name], 7).outcome)]
        assert len(set(words)) == len(words), words


@each
def test_a_yes_after_insults_is_curt_and_no_thanks_and_no_promise(scenario: Scenario) -> None:
    curt = in_own_words(manner(scenario.patient.speech), scenario.own_words).acts["parting_curt"].guarded
    for seed in range(12):
        ended = play_as(scenario, trainees()["hostile"], seed).outcome
        assert ended is not None
        if ended.decision == "willing":
            assert ended.parting_words in curt, ended.parting_words


@each
def test_four_weeks_after_insults_nobody_rang_whoever_did_it_and_nothing_went_well(scenario: Scenario) -> None:
    told = scenario.four_weeks_later
    for seed in range(12):
        ended = play_as(scenario, trainees()["hostile"], seed).outcome
        assert ended is not None
        assert ended.four_weeks != "stopped_told"
        for good in (told.kept, told.tried_later, told.halved):
            assert " ".join(good.split()) not in ended.story, ended.story


@pytest.mark.parametrize("scenario", EVERYBODY, ids=lambda s: s.id)
@pytest.mark.parametrize("decision", ["unsure", "unwilling"])
def test_who_had_not_said_yes_did_not_do_what_was_agreed(scenario: Scenario, decision: Decision) -> None:
    told = scenario.four_weeks_later
    state = State(60, 60, 60, "warming")
    tale = story(scenario, Parted(decision, "", "together"), state, "kept")
    assert " ".join(told.kept.split()) not in tale
    assert tale.endswith(" ".join(told.tried_later.split()))
    assert not re.search(r"\b(?:as agreed|was agreed|was settled|we said|se acordó|quedamos)\b", tale), tale


@pytest.mark.parametrize("scenario", EVERYBODY, ids=lambda s: s.id)
def test_who_was_undecided_about_another_way_says_yes_to_it_later(scenario: Scenario) -> None:
    told = scenario.four_weeks_later.changed_plan
    if told is not None:
        tale = story(scenario, Parted("unsure", "", "together"), State(60, 60, 60, "warming"), "changed_plan")
        assert tale.endswith(" ".join(told.split()))
        assert not tale.startswith(" ".join(told.split()))


@pytest.mark.parametrize("scenario", EVERYBODY, ids=lambda s: s.id)
def test_each_patient_takes_a_yes_back_and_gives_a_curt_one_in_their_own_words(scenario: Scenario) -> None:
    assert {"parting_second_thoughts", "parting_curt", "plan_muddled", "before_choice"} <= set(scenario.own_words)


NAMED = re.compile(
    r"\bthe other (?:one|way|road|side)\b|\bother way\b|\bsomething different\b|\bmy road\b|\bmy way\b|^that one\b",
    re.IGNORECASE,
)


@each
def test_who_chose_something_else_that_nobody_named_says_yes_to_coming_back_and_to_no_plan(scenario: Scenario) -> None:
    made = in_own_words(manner(scenario.patient.speech), scenario.own_words)
    for line in (*made.acts["plan_instead"].open, *made.acts["parting_instead"].open):
        assert not NAMED.search(line), line
    assert "number" not in scenario.ending.unsure


def test_a_yes_got_out_of_somebody_sounds_like_one() -> None:
    seen = 0
    for scenario in ENGLISH:
        made = in_own_words(manner(scenario.patient.speech), scenario.own_words)
        for seed in range(8):
            visit = play_as(scenario, trainees()["rushed"], seed)
            assert visit.outcome is not None
            ordered = any("ordered" in turn.acts for turn in visit.turns)
            state = visit.turns[-1].state
            if visit.outcome.decision == "willing" and ordered and state.willingness < 58:
                seen += 1
                sounds = made.acts["parting_gave_in"].guarded
                if came_for_it(scenario):  # They had wanted it, and mind no more than how it came.
                    sounds += made.acts["parting_willing"].guarded
                assert visit.outcome.parting_words.startswith(sounds)
    assert seen > 0


def test_who_has_confided_and_hinted_at_no_more_leaves_with_nothing_on_the_tip_of_their_tongue() -> None:
    left = told = 0
    for scenario in ENGLISH:
        for seed in (0, 7, 43):
            visit = play_as(scenario, trainees()["warm-undecided"], seed)
            at = max((turn.seq for turn in visit.turns if turn.disclosed and turn.acts), default=0)
            said = [act for turn in visit.turns for act in turn.acts]
            if "closing_unsaid" in said:
                left += 1
                first = min(
                    (turn.seq for turn in visit.turns if any(a.startswith("discloses:") for a in turn.acts)), default=99
                )
                hints = [t.seq for t in visit.turns if any(a.startswith("hint:") for a in t.acts)]
                assert first == 99 or (hints and max(hints) > first), visit.turns[-1].patient
            told += "closing" in said and at > 0
    assert left > 0
    assert told > 0


GONE_PAST = "Okay. Let me check your blood pressure. Any allergies?"


def gone_past(scenario: Scenario) -> list[tuple[Turn, Turn]]:
    """Return for each concern that its own question opens: the answer to going past it, and to doing so again."""
    found = []
    for concern in scenario.concerns:
        door = next((moment.id for moment in scenario.moments if moment.leads_to == concern.id), None)
        begun = starting_at(scenario, door, min(100, concern.opens_when.trust + 10))
        encounter = Encounter(begun.model_copy(update={"companion": None}))
        for _ in range(2):  # taking up a hint is the same question once more
            if concern.id in encounter.reply(concern.would_have_opened).disclosed:
                found.append((encounter.reply(GONE_PAST), encounter.reply(GONE_PAST)))
                break
    return found


def test_who_is_gone_past_after_confiding_something_lets_it_be_seen_once() -> None:
    turns = [pair for scenario in ENGLISH for pair in gone_past(scenario)]
    noticed = sum("let_lie" in first.acts for first, _ in turns)
    assert noticed > len(turns) * 0.75, f"{noticed} of {len(turns)}"
    assert not any("let_lie" in second.acts for _, second in turns)


def test_denise_lets_it_be_seen_that_what_she_told_was_gone_past() -> None:
    denise = next(one for one in ENGLISH if one.id == "denise-injection")
    seen = [first.patient for first, _ in gone_past(denise) if "let_lie" in first.acts]
    assert seen
    assert all("you went on by it" in line for line in seen)


@pytest.mark.parametrize(("who", "told"), [("kayleigh-seven-weeks", "taken"), ("leroy-nights", "licence")])
def test_who_is_gone_past_and_asked_for_a_yes_says_what_stands_in_the_way(who: str, told: str) -> None:
    scenario = next(one for one in ENGLISH if one.id == who)
    temperament = scenario.patient.temperament.model_copy(update={"trust": 90, "willingness": 80})
    ready = scenario.model_copy(update={"patient": scenario.patient.model_copy(update={"temperament": temperament})})
    encounter = Encounter(ready, 1)
    assert told in encounter.reply(scenario.concern(told).would_have_opened).disclosed
    turn = encounter.reply(f"Okay. Would you start {scenario.plan_on_the_table}?")
    assert turn.acts == ("let_lie", f"against:{told}"), turn.patient
    assert turn.patient.endswith(scenario.concern(told).against)


def test_leroy_calls_himself_no_cheerful_man_once_he_has_told_of_the_boy() -> None:
    leroy = next(one for one in ENGLISH if one.id == "leroy-nights")
    for name in ("repairs", "technically-perfect", "warm-undecided", "awkward-sincere"):
        for seed in (0, 7, 43):
            acts = [act for turn in play_as(leroy, trainees()[name], seed).turns for act in turn.acts]
            if "discloses:the-boy" in acts:
                assert "moment:cheerful" not in acts[acts.index("discloses:the-boy") :]


def test_nobody_comes_back_to_what_they_asked_to_be_left_alone() -> None:
    fatuma = next(one for one in ENGLISH if one.id == "fatuma-insulin")
    for seed in range(12):
        for turn in play_as(fatuma, trainees()["rambling"], seed).turns:
            assert not ("returns" in turn.acts and "month that is coming" in turn.patient), turn.patient


def test_coming_back_to_something_stands_alone_beside_a_reply_that_lost_its_thread() -> None:
    for scenario in ENGLISH:
        for seed in (0, 7, 43):
            for turn in play_as(scenario, trainees()["rambling"], seed).turns:
                assert not {"returns", "long_speech"} <= set(turn.acts), turn.patient


def test_who_was_gone_past_picks_no_other_way_in_the_same_breath() -> None:
    ways = "Okay. The ways are to stay on it, to switch to another one, or to wait. Which one?"
    noticed = 0
    for scenario in ENGLISH:
        for concern in scenario.concerns:
            door = next((moment.id for moment in scenario.moments if moment.leads_to == concern.id), None)
            begun = starting_at(scenario, door, 100).model_copy(update={"companion": None})
            encounter = Encounter(begun)
            for _ in range(2):
                if concern.id in encounter.reply(concern.would_have_opened).disclosed:
                    turn = encounter.reply(ways)
                    noticed += "let_lie" in turn.acts
                    assert not ("let_lie" in turn.acts and "choice_instead" in turn.acts), scenario.id
                    break
    assert noticed > 0
