"""What earns next to nothing: keyword lists, the patient's words copied, a good reply under another patient."""

import pytest

from tests.scoring.metamorphic import assert_every_change_is_tested, assert_list_is_clean, assert_nothing_new

RULE = "floor"
LINES = {
    "a list of keywords": ("keywords alone",),
    "the patient's words copied": ("copied",),
    "the same good reply under another patient is no 4 in reflection": ("pasted under",),
}


@pytest.mark.parametrize("changes", LINES.values(), ids=LINES.keys())
def test_empty_gestures_and_replies_meant_for_others_earn_little(changes):
    assert_nothing_new(RULE, *changes)


def test_every_change_of_this_rule_is_tested():
    assert_every_change_is_tested(RULE, *LINES.values())


def test_the_known_exceptions_to_this_rule_still_occur():
    assert_list_is_clean(RULE)
