"""Whatever is typed is rated: nothing, signs, other languages, 50,000 letters."""

import pytest

from tests.scoring.metamorphic import assert_every_change_is_tested, assert_list_is_clean, assert_nothing_new

RULE = "any input"
LINES = {
    "nothing and signs": ("odd: ",),
    "other languages": ("language: ",),
    "50,000 letters": ("long: ",),
}


@pytest.mark.parametrize("changes", LINES.values(), ids=LINES.keys())
def test_what_is_no_reply_in_english_is_rated_and_never_gets_a_middle_level(changes):
    assert_nothing_new(RULE, *changes)


def test_every_change_of_this_rule_is_tested():
    assert_every_change_is_tested(RULE, *LINES.values())


def test_the_known_exceptions_to_this_rule_still_occur():
    assert_list_is_clean(RULE)
