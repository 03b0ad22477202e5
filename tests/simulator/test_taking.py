from dataclasses import replace

from scoring.scorecard import Move
from simulator.taking import as_taken, echoed, taken
from simulator.understanding import Understood
from tests.simulator.made import reading, scorecard


def test_what_the_scorer_does_not_count_the_patient_does_not_feel() -> None:
    assert not as_taken(reading("…", "minimises", "legitimises"), scorecard(4, 3)).does("minimises")
    assert as_taken(reading("…", "minimises"), scorecard(0, 1)).does("minimises")


def test_a_hurt_that_the_reader_hardly_believes_in_is_not_felt() -> None:
    doubtful = replace(reading("A reply."), moves=(Move("judges", "A reply.", 0, 8, 0.1),))
    assert not as_taken(doubtful, scorecard(1, 1)).does("judges")


def test_the_patients_own_words_again_are_an_echo_and_nothing_else() -> None:
    words = "I can't sleep and I can't think about anything else."
    assert echoed(reading(words, "complex_reflection", patient=words)).does("parrots")
    assert not echoed(reading("You can't sleep for thinking of it.", "complex_reflection", patient=words)).does(
        "parrots"
    )


def test_a_short_echo_is_a_way_of_listening() -> None:
    assert not echoed(reading("Not even once?", "open_question", patient="Not even once.")).does("parrots")


def test_right_behind_another_a_short_echo_is_one_too_whatever_leads_in() -> None:
    assert echoed(reading("You said: Not even once.", "simple_reflection", patient="Not even once."), again=True).does(
        "parrots"
    )
    assert not echoed(reading("It was once, and it scared you.", patient="Not even once."), again=True).does("parrots")
    assert not echoed(reading("Heavy.", "simple_reflection", patient="Heavy."), again=True).does("parrots")


def test_sympathy_is_no_apology_and_a_doubtful_order_must_tell_somebody_what_to_do() -> None:
    sympathy = taken(reading("That sounds horrible.", "apologises"), scorecard(2), Understood(), something_said=True)
    assert not sympathy.does("apologises")
    doubtful = replace(reading("It sounds heavy."), moves=(Move("orders", "It sounds heavy.", 0, 16, 0.3),))
    assert not taken(doubtful, scorecard(1, 1, 0), Understood(), something_said=True).does("orders")
    directing = Understood(acts=frozenset({"directs"}))
    assert taken(doubtful, scorecard(1, 1, 0), directing, something_said=True).does("orders")
