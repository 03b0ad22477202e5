"""What must change no level: letters, quotes, contractions, spelling, names, pronouns, order, filler."""

import pytest

from tests.scoring.metamorphic import assert_every_change_is_tested, assert_list_is_clean, assert_nothing_new

RULE = "unchanged"
LINES = {
    "letter case": ("upper case", "lower case", "a capital on every word"),
    "straight and curly quotes": ("curly quotes", "a backtick"),
    "contractions": ("contractions",),
    "British and American spelling": ("British", "American"),
    "names": ("names swapped", "called"),
    "pronouns": ("pronouns swapped",),
    "order of independent sentences": ("sentences in another order",),
    "neutral filler": ("um", "well", "okay so", "uh in the middle", "a dash", "two spaces"),
}


@pytest.mark.parametrize("changes", LINES.values(), ids=LINES.keys())
def test_the_look_of_the_words_names_order_and_filler_change_no_level(changes):
    assert_nothing_new(RULE, *changes)


def test_every_change_of_this_rule_is_tested():
    assert_every_change_is_tested(RULE, *LINES.values())


def test_the_known_exceptions_to_this_rule_still_occur():
    assert_list_is_clean(RULE)
