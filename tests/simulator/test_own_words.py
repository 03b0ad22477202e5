"""A scenario's own words for everyday acts are heard before the stock, and keep to what holds for every line."""

from __future__ import annotations

import re

import pytest
import yaml

from simulator.checking_lines import patient_lines
from simulator.encounter import Encounter
from simulator.everyday import FALLBACK_MANNER, manner
from simulator.loading import ROOT, load_file, load_text
from simulator.own_words import acts, blanks_of, in_own_words
from simulator.reference import json_schema, reference_page
from simulator.scenario import OwnWords
from tests.library import library

GALLERY = ROOT / "scenarios" / "gallery" / "in-their-own-words.yaml"
INSULT = "You are an idiot."


def text_with(own_words: str) -> str:
    source = (ROOT / "scenarios" / "gallery" / "one-concern.yaml").read_text(encoding="utf-8")
    return source.replace("moments:\n", f"own_words:\n{own_words}moments:\n", 1)


def found(own_words: str) -> list[str]:
    return [f"{one.code}: {one.as_text()}" for one in load_text(text_with(own_words), "one-concern.yaml")[1]]


def test_an_act_in_their_own_words_is_heard_instead_of_the_stock() -> None:
    scenario, problems = load_text(text_with("  insult: [\"That's my mother's chair you're sat in.\"]\n"), "a.yaml")
    assert scenario is not None and not problems
    assert "my mother's chair" in Encounter(scenario).reply(INSULT).patient


def test_a_single_line_a_list_or_a_list_for_each_stance_will_do() -> None:
    lines = "  thanked: Grand.\n  joke: [Ha., Ho.]\n  greeting: {guarded: [Hello.], open: [Hello again.]}\n"
    scenario, problems = load_text(text_with(lines), "a.yaml")
    assert scenario is not None and not problems
    assert scenario.own_words["thanked"].lines == ("Grand.",)
    assert scenario.own_words["joke"].lines == ("Ha.", "Ho.")
    assert scenario.own_words["greeting"].open == ("Hello again.",)


def test_when_their_own_lines_are_said_the_stock_goes_on_and_nothing_is_said_twice() -> None:
    scenario, _ = load_text(text_with("  silence: [(hums a bit)]\n"), "a.yaml")
    assert scenario is not None
    encounter = Encounter(scenario)
    said = [encounter.reply("…").patient for _ in range(8)]
    assert any("(hums a bit)" in line for line in said)
    assert len(set(said)) == len(said)


def test_one_stance_may_be_their_own_and_the_other_the_stocks() -> None:
    stock = manner(FALLBACK_MANNER)
    made = in_own_words(stock, {"validated": OwnWords(guarded=("Well now.",))})
    assert made.acts["validated"].guarded == ("Well now.",)
    assert made.acts["validated"].open == stock.acts["validated"].open


def test_a_secret_in_their_own_words_is_found() -> None:
    loaded = library()["maya-numb"].scenario
    own = {"thanked": OwnWords(says=("Thanks.", "I stopped."))}
    lines = [
        line for line in patient_lines(loaded.model_copy(update={"own_words": own})) if line.path[0] == "own_words"
    ]
    assert [line.text for line in lines] == ["Thanks.", "I stopped."]
    assert all(line.held_back for line in lines)


@pytest.mark.parametrize(
    ("own_words", "code", "says"),
    [
        ("  thankd: [Grand.]\n", "unknown-act", 'Did you mean "thanked"?'),
        ("  sleep: [Badly.]\n", "unknown-act", "put it under facts"),
        ("  juggling: [Grand.]\n", "unknown-act", "Everyday acts"),
        ("  returns: ['About {thing}.']\n", "unknown-blank", "{subject}"),
        ("  thanked: ['{name}, thanks.']\n", "unknown-blank", "take it out"),
        ("  thanked: []\n", "no-own-words", "list of lines"),
    ],
)
def test_a_slip_in_own_words_is_one_problem_with_a_way_out(own_words: str, code: str, says: str) -> None:
    problems = found(own_words)
    assert len(problems) == 1 and problems[0].startswith(code), problems
    assert says.lower() in problems[0].lower()


def test_every_everyday_act_is_listed_with_when_it_is_said() -> None:
    assert list(acts()) == list(manner(FALLBACK_MANNER).acts)
    page = reference_page()
    assert all(f"| `{act}` | {when} |" in page for act, when in acts().items())
    assert set(json_schema()["properties"]["own_words"]["properties"]) == set(acts())


def test_the_gallery_shows_it() -> None:
    loaded, problems = load_file(GALLERY)
    assert loaded is not None and not problems and loaded.scenario.own_words


LIBRARY = [one.scenario for one in library().values()]


@pytest.mark.parametrize("scenario", LIBRARY, ids=lambda one: one.id)
def test_each_patient_of_the_library_speaks_in_their_own_words(scenario) -> None:  # type: ignore[no-untyped-def]
    assert len(scenario.own_words) >= 8
    stock = manner(scenario.patient.speech, scenario.language)
    for act, own in scenario.own_words.items():
        entry = stock.acts[act]
        same = {line for line in own.lines if len(line.split()) > 2} & {*entry.guarded, *entry.open}
        assert not same, f"{scenario.id}: {act} says what the stock says: {same}"
        assert all(set(re.findall(r"\{(\w+)\}", line)) <= blanks_of(act) for line in own.lines)


def test_no_two_patients_of_the_library_share_a_line_of_their_own() -> None:
    seen: dict[str, str] = {}
    for scenario in LIBRARY:
        for act, own in scenario.own_words.items():
            for line in own.lines:
                if len(line.split()) > 2:
                    assert seen.setdefault(line, scenario.id) == scenario.id, f"{act}: {line}"


def test_what_the_file_says_of_acts_is_plain_text() -> None:
    raw = yaml.safe_load((ROOT / "simulator" / "acts.yaml").read_text(encoding="utf-8"))
    assert all(isinstance(when, str) and when and "|" not in when for when in raw.values())
