"""What may change a level by one: typing slips, grammar, dialect, other words for the same."""

import pytest

from tests.scoring.metamorphic import assert_every_change_is_tested, assert_list_is_clean, assert_nothing_new

RULE = "at most one"
LINES = {
    "typos in key words": ("two letters", "a letter", "a wrong letter"),
    "missing articles and non-native grammar": ("articles", "endings"),
    "dialect": ("Scots", "Southern", "text-message", "London", "Caribbean"),
    "paraphrase": ("paraphrase",),
}


@pytest.mark.parametrize("changes", LINES.values(), ids=LINES.keys())
def test_slips_grammar_dialect_and_other_words_move_a_level_by_one_at_most(changes):
    assert_nothing_new(RULE, *changes)


def test_every_change_of_this_rule_is_tested():
    assert_every_change_is_tested(RULE, *LINES.values())


def test_the_known_exceptions_to_this_rule_still_occur():
    assert_list_is_clean(RULE)
