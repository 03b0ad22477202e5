"""What may change a level by one: typing slips, grammar, dialect, other words for the same."""

from tests.scoring.metamorphic import assert_list_is_clean, assert_nothing_new


def test_typing_grammar_dialect_and_other_words_cost_or_win_one_level_at_most():
    assert_nothing_new("at most one")


def test_the_known_exceptions_of_this_rule_still_occur():
    assert_list_is_clean("at most one")
