"""What must change no level: letters, quotes, contractions, spelling, names, pronouns, order, filler."""

from tests.scoring.metamorphic import assert_list_is_clean, assert_nothing_new


def test_the_look_of_the_words_names_order_and_filler_change_no_level():
    assert_nothing_new("unchanged")


def test_the_known_exceptions_of_this_rule_still_occur():
    assert_list_is_clean("unchanged")
