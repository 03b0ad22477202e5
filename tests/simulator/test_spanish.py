"""A visit in Spanish, from the first words to four weeks later."""

from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from simulator.checking import check_file
from simulator.checking_lines import gives_away, jargon_in, patient_lines
from simulator.debrief import debrief
from simulator.encounter import Encounter
from simulator.everyday import EVERYDAY, manner, said
from simulator.loading import SCENARIOS as FOLDER
from simulator.outcome import readiness
from simulator.patient import ear_of
from simulator.scenario import Scenario
from simulator.trainees import trainees
from simulator.turn import PlayedVisit
from tests.library import library

SPANISH = [loaded.scenario for loaded in library().values() if loaded.scenario.language == "es"]
QUESTIONS = [q for q in (Path(__file__).parent / "questions_es.txt").read_text(encoding="utf-8").split("\n") if q]
ABOUT_IT = ("told_already", "safety_evaded", "evades", "pressed", "already_said", "not_for_me")
each = pytest.mark.parametrize("scenario", SPANISH, ids=lambda s: s.id)


@cache
def english_stock() -> frozenset[str]:
    return frozenset(
        line
        for path in EVERYDAY.glob("*.yaml")
        if path.stem not in {"topics", "said"}
        for entries in (manner(path.stem).topics, manner(path.stem).acts)
        for entry in entries.values()
        for line in (*entry.guarded, *entry.open)
        if len(line.split()) > 1
    )


def prescriber(scenario: Scenario, name: str, seed: int = 0) -> PlayedVisit:
    encounter = Encounter(scenario, seed, "talk")
    for moment in scenario.moments:
        encounter.reply(getattr(moment, name).says)
    encounter.end()
    return encounter.played(name)


def test_there_is_a_scenario_in_spanish() -> None:
    assert SPANISH


@each
def test_it_checks_clean(scenario: Scenario) -> None:
    _, problems = check_file(FOLDER / f"{scenario.id}.yaml")
    assert {problem.code for problem in problems} <= {"not-reviewed"}


@each
def test_whoever_listens_in_spanish_is_told_more_and_trusted_more(scenario: Scenario) -> None:
    rushed, listening = prescriber(scenario, "rushed"), prescriber(scenario, "collaborative")
    assert rushed.turns[-1].state.disclosed == ()
    assert set(listening.turns[-1].state.disclosed) == {concern.id for concern in scenario.concerns}
    assert listening.turns[-1].state.trust > rushed.turns[-1].state.trust + 20
    assert readiness(listening.turns[-1].state) > readiness(rushed.turns[-1].state)
    for skill in ("validation", "reflection", "sdm"):
        low, high = (
            fmean(level for t in visit.turns if (level := t.scorecard.levels()[skill]) is not None)  # type: ignore[index]
            for visit in (rushed, listening)
        )
        assert high >= low + 1, skill


@each
def test_ordinary_questions_in_spanish_are_answered_about_what_was_asked(scenario: Scenario) -> None:
    off = []
    for start in range(0, len(QUESTIONS), 15):
        encounter = Encounter(scenario, start)
        for question in QUESTIONS[start : start + 15]:
            acts = encounter.reply(question).acts
            if not any(act in ABOUT_IT or act.startswith(("answer:", "discloses:", "hint:")) for act in acts):
                off.append(question)
    assert len(off) <= len(QUESTIONS) * 0.1, f"not understood: {off}"


@each
@pytest.mark.parametrize("name", sorted(trainees("es")))
def test_the_patient_never_answers_in_english(scenario: Scenario, name: str) -> None:
    encounter = Encounter(scenario, 1)
    for line in (
        *trainees("es")[name].says,
        "Hello, how are you today, what do you think of it?",
        "(silencio)",
        "¿Es usted un robot?",
    ):
        if line != "{last}":
            spoken = encounter.reply(line).patient
            assert not any(one in spoken for one in english_stock()), spoken


@each
def test_a_closed_concern_is_in_no_line_that_is_said_before_it(scenario: Scenario) -> None:
    secrets = [concern.says for concern in scenario.concerns]
    for line in patient_lines(scenario):
        if line.held_back:
            assert not any(secret in line.text for secret in secrets)
    told = " ".join(turn.patient for turn in prescriber(scenario, "rushed").turns)
    assert not any(secret in told for secret in secrets)


@each
def test_accents_capitals_and_a_missing_mark_change_nothing_the_patient_hears(scenario: Scenario) -> None:
    ear = ear_of(scenario)
    plain = str.maketrans("áéíóúÁÉÍÓÚñÑ", "aeiouAEIOUnN")
    for question in QUESTIONS:
        usual = ear.hear(question)
        for other in (question.translate(plain), question.upper(), question.replace("¿", "")):
            assert ear.hear(other) == usual, other


def test_english_said_to_a_spanish_patient_is_another_language_and_spanish_is_not() -> None:
    ear = ear_of(SPANISH[0])
    assert ear.hear("I would like to know what you think about this.").acts == {"other_language"}
    assert "other_language" not in ear.hear("Quiero saber qué piensa usted de esto.").acts
    assert "{topic}" not in said("es").acts.names


def test_the_same_spanish_visit_comes_out_the_same_twice() -> None:
    first, second = (prescriber(SPANISH[0], "collaborative", 4) for _ in range(2))
    assert [turn.patient for turn in first.turns] == [turn.patient for turn in second.turns]


def test_a_secret_and_a_clinicians_word_are_found_in_spanish_lines() -> None:
    secret = "A mi mamá se la pusieron y a los tres meses quedó ciega."
    assert gives_away("Mi mamá quedó ciega a los tres meses.", secret, language="es")
    assert not gives_away("Los ojos yo los cuido mucho.", secret, language="es")
    assert jargon_in("Me falta adherencia, dicen.", "es") == "adherencia"
    assert not jargon_in("Se me olvida tomarla.", "es")


@each
def test_the_debrief_says_that_agreement_in_spanish_is_unmeasured_and_an_english_one_does_not(
    scenario: Scenario,
) -> None:
    assert "Nobody has measured" in debrief(scenario, prescriber(scenario, "rushed")).evidence_note
    english = next(one.scenario for one in library().values() if one.scenario.language == "en")
    assert "Nobody has measured" not in debrief(english, prescriber(english, "rushed")).evidence_note
