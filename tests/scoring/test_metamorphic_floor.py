"""What earns next to nothing: keyword lists, the patient's words copied, a good reply pasted under another patient."""

from tests.scoring.metamorphic import assert_list_is_clean, assert_nothing_new


def test_keywords_copied_words_and_pasted_replies_earn_next_to_nothing():
    assert_nothing_new("floor")


def test_the_known_exceptions_of_this_rule_still_occur():
    assert_list_is_clean("floor")
