"""The everyday stock in Spanish: as complete as the English one, and never a line of the other language."""

import re

import pytest

from simulator.everyday import EVERYDAY, FALLBACK_MANNER, LANGUAGES, manner, said, topics

BASE = manner(FALLBACK_MANNER)
OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_topic_act_and_thought_that_english_has(language):
    own = manner(FALLBACK_MANNER, language)
    assert set(topics(language)) == set(topics())
    assert set(own.topics) == set(topics())
    assert set(own.acts) == set(BASE.acts)
    assert set(own.thoughts) == set(BASE.thoughts)
    assert said(language).acts.names == said().acts.names
    assert set(said(language).proposals.names) == set(said().proposals.names)
    for entry in (*own.topics.values(), *own.acts.values()):
        assert entry.guarded and entry.open
        for line in (*entry.guarded, *entry.open, *entry.thinks):
            assert line.strip() and len(line) <= 220
            assert set(re.findall(r"\{(\w+)\}", line)) <= {"topic", "words", "subject", "age", "name", "first"}


@pytest.mark.parametrize("language", OTHERS)
def test_no_manner_of_speech_ever_falls_back_to_an_english_line(language):
    english = {
        line
        for path in EVERYDAY.glob("*.yaml")
        if path.stem not in {"topics", "said"}
        for entries in (manner(path.stem).topics, manner(path.stem).acts)
        for entry in entries.values()
        for line in (*entry.guarded, *entry.open, *entry.thinks)
        if any(c.isalpha() for c in line)
    }
    for name in ("terse", "chatty", "formal", "teenage", "anxious", "weary"):
        made = manner(name, language)
        lines = {
            line
            for entry in (*made.topics.values(), *made.acts.values())
            for line in (*entry.guarded, *entry.open, *entry.thinks)
        } | {line for thoughts in made.thoughts.values() for line in thoughts}
        assert lines & english <= {"Mm.", "Mm-hm.", "No.", "{name}."}


@pytest.mark.parametrize("language", OTHERS)
def test_names_of_topics_and_what_is_about_danger_are_the_same_in_all_languages(language):
    for name, topic in topics(language).items():
        assert (topic.also, topic.safety, topic.tender) == (
            topics()[name].also,
            topics()[name].safety,
            topics()[name].tender,
        ), name
