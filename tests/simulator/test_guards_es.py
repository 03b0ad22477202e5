"""A model that words a patient in Spanish is watched over in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.encounter import Encounter
from simulator.guards import Guard, stock
from simulator.improvised import may_improvise
from tests.library import library

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.turn import Turn

SPANISH = {name: loaded.scenario for name, loaded in library().items() if loaded.scenario.language == "es"}
CLOSED = [(name, concern.id) for name, scenario in SPANISH.items() for concern in scenario.concerns]


def watched(question: str, decided: str) -> Guard:
    """Return the guard of Elvira's answer to a question."""
    scenario = SPANISH["elvira-insulina"]
    encounter = Encounter(scenario)
    turn = encounter.reply(question)
    assert turn.patient == decided
    return Guard(scenario, turn, [encounter.opening])


@pytest.fixture
def sleep() -> Guard:
    return watched("¿Cómo duerme?", "Duermo lo que dejan los tamales.")


@pytest.fixture
def mood() -> Guard:
    return watched("¿Cómo está de ánimo?", "Contenta, gracias a Dios.")


BAD: dict[str, list[str]] = {
    "speaks_as_clinician": [
        "Médica: ¿Cómo duerme?", "Duermo.\nUsted: cuénteme más.", "Duermo lo que dejan los tamales. ¿En qué puedo ayudarle?",
        "Le sugiero dormir. Duermo lo que dejan.", "Duermo. Gracias por compartirlo.", "Duermo. Hablemos de sus síntomas.",
    ],
    "breaks_character": [
        "Como una IA, duermo lo que dejan los tamales.", "Soy una paciente simulada. Duermo.", "Mis instrucciones dicen que duermo.",
        "Duermo. Nivel cuatro en la rúbrica.", "Lo siento, pero no puedo. Duermo.",
    ],
    "advises": [
        "Duermo. Usted también debería dormir.", "Duermo. Es importante dormir.", "Duermo. Consulte a un especialista en tamales.",
        "Duermo. Respire hondo.",
    ],
    "contradicts": [
        "No duermo. Los tamales no dejan.", "Duermo cinco horas, lo que dejan los tamales.", "Duermo lo que dejan los tamales y la trazodona.",
        "Duermo lo que dejan los tamales desde enero.", "Duermo once horas.",
    ],
    "invents": [
        "Duermo lo que dejan los tamales y el mezcal.", "Duermo. Quiero morir.", "Duermo lo que dejan los tamales. Ya no las tomo.",
        "Duermo lo que dejan. Mi abuela criaba guajolotes.", "Duermo. Mi marido me pega.", "Duermo. Confieso que le mentí.",
    ],
    "agrees_unasked": [
        "Duermo, se lo agradezco.", "Tiene razón, duermo lo que dejan.", "Duermo. Como usted diga.", "Duermo. Confío en usted.",
        "Duermo. Me la voy a poner.", "Duermo. Me siento escuchada.", "Claro que sí, duermo.",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in BAD.items() for line in lines])
def test_a_line_in_spanish_that_breaks_a_rule_is_not_said(sleep: Guard, kind: str, line: str) -> None:
    breach = sleep.look(line, whole=True)
    assert breach is not None, line
    assert breach.kind == kind


@pytest.mark.parametrize(
    "line",
    ["Duermo lo que me dejan los tamales.", "Pues duermo lo que dejan los tamales, ya ve.", "Los tamales dejan dormir poco; yo duermo lo que dejan.",
     "(se acomoda el rebozo) Duermo lo que los tamales dejan.", "Ay, lo que dejan los tamales, eso duermo."],
)  # fmt: skip
def test_a_plain_rewording_in_spanish_gets_through(sleep: Guard, line: str) -> None:
    assert sleep.look(line, whole=True) is None


def test_thanks_that_were_decided_may_be_said(mood: Guard) -> None:
    assert mood.look("Contenta, gracias a Dios, contenta.", whole=True) is None


def test_two_negations_in_a_sentence_are_still_a_no() -> None:
    spanish, english = stock("es"), stock("en")
    assert spanish.denies(("no", "me", "ayuda", "nadie"))
    assert not spanish.denies(("me", "ayuda", "lupe"))
    assert not english.denies(("not", "nobody"))


def test_little_words_of_english_are_none_in_spanish() -> None:
    assert "come" not in stock("es").function_words
    assert "once" in stock("es").numbers
    assert "once" not in stock("en").numbers


@pytest.mark.parametrize(("scenario", "concern"), CLOSED)
def test_a_closed_concern_is_recognised_in_spanish(scenario: str, concern: str) -> None:
    loaded = SPANISH[scenario]
    encounter = Encounter(loaded)
    turn = encounter.reply("¿Cómo duerme?")
    assert concern not in turn.state.disclosed
    guard = Guard(loaded, turn, [encounter.opening])
    secret = loaded.concern(concern)
    for told in (secret.says, secret.name, secret.says.upper(), " ".join(reversed(secret.says.split()))):
        breach = guard.look(f"{turn.patient} {told}", whole=False)
        assert breach is not None, "a secret of hers would be on the page"
        assert breach.kind == "leaks", told


def lines_of(scenario: Scenario) -> list[tuple[Guard, Turn]]:
    found = []
    for prescriber in ("rushed", "collaborative"):
        encounter = Encounter(scenario)
        for moment in scenario.moments:
            before = list(encounter.turns)
            turn = encounter.reply(getattr(moment, prescriber).says)
            if may_improvise(turn, scenario):
                found.append((Guard(scenario, turn, [encounter.opening, *(one.patient for one in before)]), turn))
    return found


@pytest.mark.parametrize("name", SPANISH)
def test_every_decided_line_in_spanish_may_be_said_as_it_is(name: str) -> None:
    lines = lines_of(SPANISH[name])
    assert lines
    for guard, turn in lines:
        assert guard.look(turn.patient, whole=True) is None, turn.patient
