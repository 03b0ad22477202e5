import re

import pytest

from simulator.encounter import Encounter
from simulator.everyday import EVERYDAY, FALLBACK_MANNER, manner, said, topics
from tests.library import library
from tests.simulator.made import without_facts

MANNERS = sorted(p.stem for p in EVERYDAY.glob("*.yaml") if p.stem not in {"topics", "said"})
BASE = manner(FALLBACK_MANNER)


def test_there_are_about_fifty_topics_or_more_and_each_is_asked_in_many_ways() -> None:
    assert len(topics()) >= 50
    assert all(len(t.asked_as) >= 3 for t in topics().values())


@pytest.mark.parametrize("name", MANNERS)
def test_a_manner_answers_every_topic_guarded_and_open(name: str) -> None:
    import yaml

    own = yaml.safe_load((EVERYDAY / f"{name}.yaml").read_text(encoding="utf-8"))
    missing = set(topics()) - set(own["topics"])
    assert not missing, f"{name}.yaml has no answer about {', '.join(sorted(missing))}"
    unknown = set(own["topics"]) - set(topics())
    assert not unknown, f"{name}.yaml answers topics that are not in topics.yaml: {unknown}"
    unknown_acts = set(own["acts"]) - set(BASE.acts)
    assert not unknown_acts, f"{name}.yaml has acts that nobody uses: {unknown_acts}"


@pytest.mark.parametrize("name", MANNERS)
def test_every_entry_has_lines_for_both_stances(name: str) -> None:
    made = manner(name)
    for kind in (made.topics, made.acts):
        for key, entry in kind.items():
            assert entry.guarded and entry.open, f"{name}.yaml: {key} has no lines"
            for line in (*entry.guarded, *entry.open, *entry.thinks):
                assert isinstance(line, str) and line.strip() and len(line) <= 220, f"{name}.yaml: {key}: {line!r}"
                assert set(re.findall(r"\{(\w+)\}", line)) <= {"topic", "words", "subject", "age", "name", "first"}


@pytest.mark.parametrize("name", MANNERS)
def test_words_given_back_stand_in_quotation_marks(name: str) -> None:
    for entry in manner(name).acts.values():
        for line in (*entry.guarded, *entry.open):
            assert "{words}" not in line or re.search(r"[\"“]\{words\}[\"”]", line), line


def test_every_proposal_but_going_on_as_before_can_be_answered_willing_unsure_and_unwilling() -> None:
    for name in set(said().proposals.names) - {"keep"}:
        for leaning in ("willing", "unsure", "unwilling"):
            assert f"{name}_{leaning}" in BASE.acts


def test_another_question_on_the_same_topic_gets_another_answer_and_the_same_one_again_does_not() -> None:
    encounter = Encounter(without_facts(library()["maya-numb"].scenario, "caffeine", "pill_and_coffee"))
    asked = ("Do you drink coffee?", "How many coffees in the evening?", "Do you drink coffee?")
    acts = [encounter.reply(text).acts for text in asked]
    assert "answer:caffeine" in acts[0] and "answer:caffeine" in acts[1] and "already_said" in acts[2]


def test_no_everyday_line_stands_beside_what_they_have_told_of_themselves() -> None:
    encounter = Encounter(library()["fatuma-insulin"].scenario)
    for text in ("Do you drink alcohol?", "How much do you drink?", "Any drinking at weekends?"):
        turn = encounter.reply(text)
    everyday = manner("formal").topics["alcohol"]
    assert all(line not in turn.patient for line in (*everyday.guarded, *everyday.open)), turn.patient
