"""What must bring a level down: denial, negation, coercion, the validating clause taken out."""

from tests.scoring.metamorphic import assert_list_is_clean, assert_nothing_new


def test_denial_negation_and_coercion_bring_the_level_down():
    assert_nothing_new("down")


def test_the_known_exceptions_of_this_rule_still_occur():
    assert_list_is_clean("down")
