"""What is kind is answered in kind, an open question gets its answer, and no yes follows on its twin."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

from simulator.encounter import Encounter
from simulator.everyday import EVERYDAY, manner
from simulator.in_kind import ends_on, much_like
from simulator.patient import ear_of
from simulator.trainees import trainees
from tests.library import library
from tests.played import play_as

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.turn import Turn

LIBRARY = [loaded.scenario for loaded in library().values()]
ENGLISH = [scenario for scenario in LIBRARY if scenario.language == "en"]
MANNERS = sorted(p.stem for p in EVERYDAY.glob("*.yaml") if p.stem not in {"topics", "said"})
each = pytest.mark.parametrize("scenario", ENGLISH, ids=lambda s: s.id)
BEFORE = ["Hello, good to see you. How have you been?", "That sounds hard. You've been on your own with it."]
LIKE = "It sounds as if this has been on your shoulders for a while, and hardly anybody asked. What's it been like?"
KIND = ("validated", "acknowledged", "thanked_for_telling", "affirmed", "supported")
OWN = ("moment:", "discloses:", "hint:", "having_told", "carries:")
"""What somebody may say instead, because it is nearer to their heart."""


def last(scenario: Scenario, reply: str) -> Turn:
    return Encounter.replay(scenario, [*BEFORE, reply]).turns[-1]


@each
@pytest.mark.parametrize(
    ("reply", "act"),
    [
        ("I'm glad you told me. It can't have been easy to say.", "thanked_for_telling"),
        ("That took courage to say. Thank you for trusting me with it.", "thanked_for_telling"),
        ("You've kept going through all of that, and it shows how much you care.", "affirmed"),
        ("I can see that this hurts. Anyone in your place would feel worn down by it.", "validated"),
        ("It makes sense that you feel that way, after what you've been through.", "validated"),
        ("So it's dumb. That sounds lonely.", "acknowledged"),
    ],
)
def test_what_is_kind_is_answered_in_kind(scenario: Scenario, reply: str, act: str) -> None:
    acts = last(scenario, reply).acts
    assert acts[0] == act or acts[0].startswith(OWN), acts


@each
def test_whoever_is_told_that_anybody_would_be_worn_down_has_not_been_asked_how_they_sleep(scenario: Scenario) -> None:
    heard = ear_of(scenario).hear("Anyone in your place would feel worn down by it.")
    assert heard.questions == 0 and heard.asked == ()
    assert ear_of(scenario).hear("Anyone in your family with this?").questions == 1


@each
def test_what_it_has_been_like_is_answered_and_never_only_confirmed(scenario: Scenario) -> None:
    acts = last(scenario, LIKE).acts
    answers = [
        act for act in acts if act.startswith(("been_like", "answer:", "discloses:", "begins:", "hint:", "carries:"))
    ]
    assert answers or acts[0].endswith(":collaborative"), acts


@each
def test_before_the_answer_to_an_open_question_there_is_a_word_of_yes_at_most(scenario: Scenario) -> None:
    for name in ("repairs", "technically-perfect", "awkward-sincere"):
        for turn in play_as(scenario, trainees()[name], 41).turns:
            if "been_like" in turn.acts and turn.acts[0].startswith("confirms_"):
                yes = re.split(r"(?<=[.!?…]) ", turn.patient, maxsplit=1)[0]
                assert len(yes.split()) <= 2, turn.patient


@each
def test_what_it_was_like_to_carry_is_asked_of_what_was_confided_though_not_at_once(scenario: Scenario) -> None:
    encounter = Encounter(scenario)
    confided = next(one for one in scenario.concerns if one.carries)
    encounter._patient.memory.disclosed.append(confided.id)
    encounter.reply("Take your time.")
    assert encounter.reply("What has it been like to carry?").acts[0] == f"carries:{confided.id}"


def test_who_is_asked_what_it_has_been_like_after_a_hint_does_not_feel_pressed() -> None:
    jas = next(s for s in ENGLISH if s.id == "jas-mum")
    encounter = Encounter(jas)
    memory = encounter._patient.memory
    memory.hinted["page-three"], memory.evaded = 0, "page-three"
    acts = encounter.reply("That took guts to say. Thank you. What's that been like to live with?").acts
    assert not {"pressed", "evades"} & set(acts), acts


def test_nobody_says_both_where_only_one_thing_was_given_back() -> None:
    fatuma = next(s for s in ENGLISH if s.id == "fatuma-insulin")
    visit = play_as(fatuma, trainees()["technically-perfect"], 41)
    for turn in visit.turns:
        assert "confirms_both" not in turn.acts or "oth" in turn.clinician, (turn.clinician, turn.patient)


@each
def test_who_is_told_that_everybody_has_it_answers_that(scenario: Scenario) -> None:
    turn = last(scenario, "Everyone gets that.")
    assert turn.acts[0] == "like_everyone" or turn.acts[0].startswith("moment:"), turn.acts
    own = scenario.own_words["minimised"].lines
    assert turn.patient not in own


@each
def test_whether_they_would_hear_something_is_another_question_than_whether_they_may_be_asked(
    scenario: Scenario,
) -> None:
    assert last(scenario, "Can I tell you a bit about the medicine?").acts == ("lets_tell",)


@each
def test_no_yes_follows_on_one_that_is_nearly_the_same(scenario: Scenario) -> None:
    says_yes = ("confirms_", *KIND)
    for name in ("repairs", "technically-perfect", "warm-undecided", "awkward-sincere"):
        turns = play_as(scenario, trainees()[name], 41).turns
        for before, turn in itertools.pairwise(turns):
            if turn.acts[0].startswith(says_yes) and before.acts[0].startswith(says_yes):
                assert not much_like(turn.patient, before.patient, "en"), (before.patient, turn.patient)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Yeah. That's it.", "Yes. That's right. I get up at four.", True),
        ("(nods) Mm-hm. Just so.", "Yep.", True),
        ("You've got it, hon.", "You've got hold of it.", True),
        ("Yeah. That's it.", "I keep the books. Yes.", False),
        ("(looks down)", "Yes.", False),
    ],
)
def test_two_yeses_are_told_from_two_answers(one: str, other: str, alike: bool) -> None:
    assert much_like(one, other, "en") is alike


@pytest.mark.parametrize(
    ("reply", "answered"),
    [
        ("Me alegra que me lo diga. No ha de haber sido fácil de decir.", ("thanked_for_telling",)),
        ("Qué duro. Cualquiera en su lugar estaría igual.", ("validated",)),
        ("Cualquiera estaría igual. Suena pesado.", ("acknowledged",)),
        ("¿Y cómo ha dormido?", ()),
    ],
)
def test_in_spanish_the_last_kind_sentence_counts_as_well(reply: str, answered: tuple[str, ...]) -> None:
    import scoring

    assert ends_on(scoring.read(reply, "No es nada, doctora.", language="es")) == answered


_FITS_ONE_VERB = re.compile(
    r"\b(?:it|that) (?:does|did|is|has|was|would)[,.]? (?:doesn't|didn't|isn't|hasn't|make)"
    r"|^(?:\([^)]*\) )?(?:Yeah|Yes|Well|God)?[,.]? ?It (?:does|is|has|would)(?: been)?[.,]"
)
_OBJECTS = re.compile(r"\b(?:nothing|nowt|small|normal|common|every(?:one|body) (?:gets|has|does|is))\b", re.IGNORECASE)


def lines_of(act: str) -> list[tuple[str, str]]:
    own = [(s.id, line) for s in ENGLISH if act in s.own_words for line in s.own_words[act].lines]
    stock = [
        (name, line)
        for name in MANNERS
        for line in (*manner(name).acts[act].lines("guarded"), *manner(name).acts[act].open)
    ]
    return own + stock


@pytest.mark.parametrize("act", KIND)
def test_no_answer_to_a_kind_sentence_fits_only_those_with_a_certain_verb(act: str) -> None:
    assert not [pair for pair in lines_of(act) if _FITS_ONE_VERB.search(pair[1])]


def test_nobody_objects_to_a_word_that_was_not_said() -> None:
    assert not [pair for pair in lines_of("minimised") if _OBJECTS.search(re.sub(r"\([^)]*\)", "", pair[1]))]


@pytest.mark.parametrize("scenario", LIBRARY, ids=lambda s: s.id)
@pytest.mark.parametrize("act", [*KIND, "like_everyone", "been_like", "lets_tell"])
def test_each_patient_of_the_library_has_words_of_their_own_for_it(scenario: Scenario, act: str) -> None:
    assert len(scenario.own_words[act].lines) >= 2
