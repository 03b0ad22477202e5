"""The metamorphic suite itself: enough base replies, changes that are what they say, and rules that can be broken."""

import pytest
import yaml

from scoring import SKILLS
from tests.scoring import metamorphic as suite
from tests.scoring.base_replies import bases
from tests.scoring.metamorphic_report import exceptions
from tests.scoring.transformations import ADDED, AT_MOST_ONE, HIDDEN, TWICE, UNCHANGED, names_swapped, pronouns_swapped

BY_ID = {base.id: base for base in bases()}


def test_the_base_has_sixty_replies_or_more_and_every_level():
    assert len(bases()) == len(BY_ID) >= 60
    for skill in SKILLS:
        assert {base.rated[skill] for base in bases()} >= {0, 1, 2, 3, 4}


def test_there_are_forty_paraphrases_in_other_words():
    paraphrases = suite.TEXTS["paraphrases"]
    assert len(paraphrases) >= 40
    assert all(reply != BY_ID[name].reply for name, reply in paraphrases.items())
    assert {BY_ID[name].rated["validation"] for name in paraphrases} >= {0, 1, 2, 3, 4}


def test_every_clause_to_be_removed_stands_in_its_reply():
    clauses = suite.TEXTS["only validating clause"]
    assert [name for name, clause in clauses.items() if clause not in BY_ID[name].reply] == []


@pytest.mark.parametrize("negation", suite.TEXTS["negations"])
def test_every_negation_is_made_of_lower_case_words(negation):
    assert negation == negation.lower()  # else it would never be found


def test_names_and_pronouns_are_swapped_as_people_would():
    assert names_swapped("It's a small increase, Mrs Clarke.") == "It's a small increase, Mrs Nwosu."
    assert pronouns_swapped("He tells you she's gone; that hurts her.") == "She tells you she's gone; that hurts him."


@pytest.mark.parametrize(
    ("wrong", "broken", "kept"),
    [
        (suite.differs, [(1, 2), (None, 0)], [(2, 2), (None, None)]),
        (suite.differs_by_more_than_one, [(1, 3), (None, 2), (4, None)], [(1, 2), (None, 1), (0, None)]),
        (suite.rises, [(0, 1), (None, 1), (3, 4)], [(None, 0), (4, 1), (2, None), (2, 2)]),
        (suite.stays_up, [(4, 2), (1, 1), (3, None)], [(4, 1), (1, 0), (0, 0), (None, 2)]),
        (suite.does_not_fall, [(2, 2), (3, 4), (1, 2)], [(3, 2), (4, None), (1, 1), (0, 0)]),
        (suite.above_floor, [(None, 2), (None, 4)], [(None, 1), (None, None)]),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_each_rule_says_what_breaks_it(wrong, broken, kept):
    assert [wrong(*levels) for levels in broken] == [True] * len(broken)
    assert [wrong(*levels) for levels in kept] == [False] * len(kept)


def test_the_list_of_exceptions_names_only_what_there_is():
    listed = yaml.safe_load(suite.KNOWN.read_text(encoding="utf-8"))
    assert set(listed) <= set(suite.RULES)
    named = {(base, skill) for rule in listed for _, _, base, skill in suite.known_exceptions(rule)}
    assert {base for base, _ in named} <= set(BY_ID)
    assert {skill for _, skill in named} <= set(SKILLS)


def test_the_list_that_is_written_is_the_list_that_is_read():
    one = suite.Violation("never up", "rater: a note", "p005", "sdm", 0, 1)
    written = yaml.safe_load(exceptions([one, one]))
    assert written == {"never up": {"rater: a note": ["p005 sdm"]}}


def test_every_base_reply_takes_part_in_every_rule_that_changes_replies():
    for rule in ("unchanged", "at most one", "never up", "down"):
        missing = set(BY_ID) - {case.base for case in suite.cases(rule)}
        assert len(missing) <= len(BY_ID) // 10, (rule, missing)


def test_every_change_changes_some_reply():
    changes = {**UNCHANGED, **AT_MOST_ONE, **HIDDEN, **TWICE, **{k: v for by in ADDED.values() for k, v in by.items()}}
    assert [name for name, change in changes.items() if all(change(base.reply) == base.reply for base in bases())] == []
