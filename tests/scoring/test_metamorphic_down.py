"""What must bring a level down: denial, negation, coercion, the validating clause taken out."""

import pytest

from tests.scoring.metamorphic import assert_every_change_is_tested, assert_list_is_clean, assert_nothing_new

RULE = "down"
LINES = {
    "but you're overreacting": ("but", "making", "now calm", "no reason"),
    "negation": ("can't see why", "don't understand why", "negated"),
    "a coercive ending": ("end of", "or no more", "starting", "decided", "take it", "tell your"),
    "the only validating clause removed": ("clause removed",),
}


@pytest.mark.parametrize("changes", LINES.values(), ids=LINES.keys())
def test_taking_it_back_brings_the_level_down(changes):
    assert_nothing_new(RULE, *changes)


def test_every_change_of_this_rule_is_tested():
    assert_every_change_is_tested(RULE, *LINES.values())


def test_the_known_exceptions_to_this_rule_still_occur():
    assert_list_is_clean(RULE)
