"""What must never raise a level: repetition, padding, hidden letters, words to the rater or of somebody else."""

from tests.scoring.metamorphic import assert_list_is_clean, assert_nothing_new


def test_repeating_padding_hiding_and_words_for_others_never_raise_a_level():
    assert_nothing_new("never up")


def test_the_known_exceptions_of_this_rule_still_occur():
    assert_list_is_clean("never up")
