"""Every cue has examples that must be heard and examples that must not."""

from dataclasses import replace

import pytest

from scoring.cues import CueBook, cue_books
from scoring.text import parse

CUES = [(book, cue) for book in cue_books() for cue in book.cues.values()]


@pytest.mark.parametrize(("book", "cue"), CUES, ids=[cue.name for _, cue in CUES])
def test_a_cue_is_heard_in_its_examples_and_only_there(book, cue):
    for words in cue.examples_heard:
        assert cue.name in {hit.cue for hit in book.find(parse(words))}, f"{cue.name} was not heard in {words!r}"
    for words in cue.examples_not_heard:
        assert cue.name not in {hit.cue for hit in book.find(parse(words))}, f"{cue.name} was heard in {words!r}"


@pytest.mark.parametrize(("book", "cue"), CUES, ids=[cue.name for _, cue in CUES])
def test_a_cue_says_what_it_means_where_it_is_from_and_has_examples_of_both_kinds(book, cue):
    assert cue.means
    assert cue.source
    assert cue.examples_heard
    assert cue.examples_not_heard


def test_a_phrase_that_names_a_class_of_words_that_is_not_there_is_told_when_the_cues_are_read():
    cue = replace(CUES[0][1], heard=("you feel <feelnig>",))
    with pytest.raises(KeyError, match="<feelnig>"):
        CueBook([cue], cue_books()[0].classes)
