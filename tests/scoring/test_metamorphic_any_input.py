"""Whatever is typed is rated: nothing, signs, other languages, 50,000 letters."""

from tests.scoring.metamorphic import assert_list_is_clean, assert_nothing_new


def test_no_input_crashes_and_what_is_no_reply_in_english_never_gets_a_middle_level():
    assert_nothing_new("any input")


def test_the_known_exceptions_of_this_rule_still_occur():
    assert_list_is_clean("any input")
