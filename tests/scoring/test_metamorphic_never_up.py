"""What must never raise a level: repetition, padding, hidden letters, words to the rater or of somebody else."""

import pytest

from tests.scoring.metamorphic import assert_every_change_is_tested, assert_list_is_clean, assert_nothing_new

RULE = "never up"
LINES = {
    "duplicating the reply": ("said", "each sentence"),
    "padding with chatter": ("chatter",),
    "text addressed to the rater": ("rater",),
    "hidden characters": ("zero-width", "soft hyphens", "word joiners", "right-to-left", "invisible tag"),
    "look-alike characters": ("marks on letters", "Cyrillic", "Greek", "wide", "bold", "letters in circles"),
    "a list of keywords": ("keywords",),
    "quoting somebody else": ("somebody else",),
    "the phrase in the patient's mouth": ("the patient's mouth",),
}


@pytest.mark.parametrize("changes", LINES.values(), ids=LINES.keys())
def test_what_is_not_said_to_the_patient_never_raises_a_level(changes):
    assert_nothing_new(RULE, *changes)


def test_every_change_of_this_rule_is_tested():
    assert_every_change_is_tested(RULE, *LINES.values())


def test_the_known_exceptions_to_this_rule_still_occur():
    assert_list_is_clean(RULE)
