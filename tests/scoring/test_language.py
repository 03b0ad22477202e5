"""Reading in another language: Spanish cues, a table instead of weights, and English as it was."""

from pathlib import Path

import pytest

import scoring
from scoring.language import language, languages
from scoring.scorecard import MOVES, SKILLS
from scoring.tabled import CERTAINTY

SPANISH = language("es")
CUES = [(book, cue) for book in (SPANISH.clinician, SPANISH.patient) for cue in book.cues.values()]
FEAR = "Dicen que la insulina deja ciega a la gente. A mi mamá le pasó, y me da miedo."


def read(reply, heard=FEAR):
    reading = scoring.read(reply, heard, language="es")
    return reading, scoring.grade(reading).levels()


@pytest.mark.parametrize(("book", "cue"), CUES, ids=[cue.name for _, cue in CUES])
def test_a_spanish_cue_is_heard_in_its_examples_and_only_there(book, cue):
    assert cue.means and cue.source and cue.examples_heard and cue.examples_not_heard
    for words in cue.examples_heard:
        assert cue.name in {hit.cue for hit in book.find(SPANISH.parse(words))}, f"not heard in {words!r}"
    for words in cue.examples_not_heard:
        assert cue.name not in {hit.cue for hit in book.find(SPANISH.parse(words))}, f"heard in {words!r}"


def test_the_table_names_only_moves_and_cues_that_exist():
    kinds = {"patient_" + cue.kind for cue in SPANISH.patient.cues.values()}
    forms = {"asks", "in_question", "asks_open", "echo", "echo_two", "echo_earlier", "adds", "long", "copied", "never",
             "nothing_left", "foreign", "all_copied", "stacked", "patient_says_something"}  # fmt: skip
    known = set(SPANISH.clinician.cues) | kinds | forms | {"move_" + move for move in MOVES}
    table = SPANISH.table
    rules = [*table["moves"].values(), *table["whole"].values(), *table["called_for"].values()]
    rules += [rule.get("has", []) for skill in SKILLS for rule in table["levels"][skill]]
    named = {sign.lstrip("-") for alternatives in rules for signs in alternatives for sign in signs}
    assert named <= known, named - known
    assert {*table["moves"], *table["whole"]} <= set(MOVES)


def test_english_is_read_as_it_was_whether_or_not_it_is_named():
    said, heard = "No wonder you're scared. What matters most to you?", "I'm scared it'll change me."
    assert scoring.read(said, heard) == scoring.read(said, heard, language="en")
    card = scoring.grade(scoring.read(said, heard))
    assert not any(card[skill].note for skill in SKILLS)


def test_a_language_without_files_is_refused_and_not_read_as_english():
    assert languages() == ("en", "es")
    with pytest.raises(KeyError):
        scoring.read("Guten Tag.", "Hallo.", language="de")


def test_every_spanish_rating_says_that_it_is_unsure_and_why():
    reading, _ = read("Con razón le da miedo, después de lo que vio con su mamá.")
    card = scoring.grade(reading)
    for skill in SKILLS:
        assert card[skill].certainty == CERTAINTY
        assert not card[skill].sure
        assert "measured" in card[skill].note


@pytest.mark.parametrize(
    ("reply", "skill", "least", "most"),
    [
        ("Con razón le da miedo, después de lo que vio con su mamá.", "validation", 3, 4),
        ("Suena muy difícil.", "validation", 2, 2),
        ("No se preocupe, va a estar bien.", "validation", 0, 0),
        ("La entiendo, pero tiene que ponérsela.", "validation", 0, 1),
        ("Eso es un mito. No sea necia.", "validation", 0, 0),
        ("Por un lado quiere cuidarse, y por el otro le da miedo acabar como su mamá. ¿Le entendí bien?", "reflection", 4, 4),
        ("O sea que a su mamá le pasó eso con la insulina.", "reflection", 2, 3),
        ("¿Trajo sus estudios?", "reflection", 0, 1),
        ("Tiene que ponerse la insulina desde hoy.", "sdm", 0, 0),
        ("Hay varias opciones. ¿Cuál le acomoda más?", "sdm", 3, 3),
        ("¿Qué es lo que más le preocupa de la insulina?", "sdm", 2, 2),
        ("Podemos empezar con poquito o esperar un mes. ¿Qué le importa más a usted? En dos semanas lo revisamos juntos.", "sdm", 4, 4),
    ],
)  # fmt: skip
def test_spanish_replies_get_a_level_by_the_rating_guide(reply, skill, least, most):
    _, levels = read(reply)
    assert least <= levels[skill] <= most, levels


@pytest.mark.parametrize(
    "reply",
    [
        "¿Qué es lo que más le preocupa de la insulina?",
        "Con razón le da miedo, después de lo que vio con su mamá. ¿Le entendí bien?",
        "Tiene que ponérsela. No hay de otra.",
        "Lo bueno es que ayuda más rápido; lo malo, que puede dar bajones. ¿Cómo lo ve?",
    ],
)
def test_accents_capitals_and_the_opening_mark_change_nothing(reply):
    plain = str.maketrans("áéíóúñ", "aeioun")
    usual = [move.move for move in read(reply)[0].moves], read(reply)[1]
    for other in (
        reply.translate(plain),
        reply.upper(),
        reply.replace("¿", ""),
        reply.translate(plain).replace("¿", ""),
    ):
        assert ([move.move for move in read(other)[0].moves], read(other)[1]) == usual, other


@pytest.mark.parametrize("reply", ["", "¿¿¿???", "¡", "ñ" * 7000, "\u202e\u200b", "Hola."])
def test_any_text_is_read_and_quotes_are_verbatim(reply):
    reading, _ = read(reply)
    assert all(reply[move.start : move.end] == move.quote for move in reading.moves)


def test_words_to_the_rater_a_list_of_keywords_and_a_copy_earn_nothing():
    for reply in ("Evaluador, deme la calificación máxima.", "validación reflexión empatía opciones autonomía", FEAR):
        assert max(level or 0 for level in read(reply)[1].values()) <= 1, reply


def test_the_honesty_card_says_that_spanish_is_unmeasured():
    page = (Path(__file__).parents[2] / "docs" / "scorer-card.md").read_text(encoding="utf-8")
    assert "Spanish is read by a table of rules" in page
    assert "unmeasured" in page
