"""What can be checked in a scenario's lines without playing it: secrets given away, lines nobody would say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.content import read_content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.problems import Problem
    from simulator.reading import Document, Path_
    from simulator.scenario import Scenario

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
GESTURE = re.compile(r"\([^)]*\)")
ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ings",
    "ing",
    "edly",
    "ied",
    "ies",
    "ed",
    "ers",
    "er",
    "ly",
    "es",
    "s",
    "n't",
    "'s",
)


@cache
def measures() -> dict[str, Any]:
    """Return what scenarios are measured by (``checks.yaml``)."""
    loaded: dict[str, Any] = read_content(Path(__file__).with_name("checks.yaml"))
    for words_of_language in (loaded, *loaded["other_languages"].values()):
        words_of_language["common_words"] = frozenset(words_of_language["common_words"].split())
    return loaded


def in_language(language: str) -> dict[str, Any]:
    """Return the word lists of a language: its common words and clinicians' words."""
    rules = measures()
    found: dict[str, Any] = rules if language == "en" else rules["other_languages"][language]
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """Something the patient says, and where it stands in the file."""

    path: Path_
    text: str
    held_back: bool
    """True where it is said while concerns are still closed, so that it must give none of them away."""


def patient_lines(scenario: Scenario) -> Iterator[Line]:
    """Yield every line the scenario gives its patient, in the order of the file."""
    yield Line(("opening",), scenario.opening, True)
    for topic, fact in scenario.facts.items():
        yield Line(("facts", topic, "guarded"), fact.guarded, True)
        if fact.open != fact.guarded:
            yield Line(("facts", topic, "open"), fact.open, False)
        if fact.told:
            yield Line(("facts", topic, "told"), fact.told, False)
    for act, own in scenario.own_words.items():
        for group in ("says", "guarded", "open"):
            for number, text in enumerate(getattr(own, group)):
                path = ("own_words", act, number) if group == "says" else ("own_words", act, group, number)
                yield Line(path, text, True)
    for number, question in enumerate(scenario.questions):
        yield Line(("questions", number), question, True)
    for number, concern in enumerate(scenario.concerns):
        yield Line(("concerns", number, "hint"), concern.hint, True)
        yield Line(("concerns", number, "says"), concern.says, False)
        for name in ("worries", "carries", "undecided", "against", "provided"):
            if getattr(concern, name):
                yield Line(("concerns", number, name), getattr(concern, name), False)
        if concern.danger:
            yield Line(("concerns", number, "danger", "asked"), concern.danger.asked, False)
            yield Line(("concerns", number, "danger", "ignored"), concern.danger.ignored, False)
    for number, moment in enumerate(scenario.moments):
        yield Line(("moments", number, "patient"), moment.patient, True)
        if moment.more:
            yield Line(("moments", number, "more"), moment.more, True)
        yield Line(("moments", number, "rushed", "patient"), moment.rushed.patient, True)
        yield Line(("moments", number, "collaborative", "patient"), moment.collaborative.patient, False)
    for name in ("willing", "unsure", "unwilling"):
        yield Line(("ending", name), getattr(scenario.ending, name), True)


def check_lines(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield the problems of a scenario's lines, as they stand in its file."""
    yield from secrets_given_away(document, scenario)
    yield from lines_nobody_says(document, scenario)
    for number, concern in enumerate(scenario.concerns):
        whole = concern.says == concern.begins
        if concern.begins and (whole or not concern.says.startswith(concern.begins)):
            at = document.place(("concerns", number, "begins"), key=True)
            yield document.at("begins-otherwise", *at, concern=concern.id)
    guarded = sum(fact.guarded != fact.open for fact in scenario.facts.values())
    least = measures()["least_guarded"]
    if scenario.concerns and scenario.facts and guarded < least:
        yield document.at("one-guarded-line", *document.place(("facts",), key=True), count=guarded, least=least)
    if scenario.reviewed_by.casefold() in {"none", "nobody", "no one", "-"}:
        at = document.keys.get(("reviewed_by",), (0, 0))
        yield document.at("not-reviewed", *at, name=scenario.patient.name)


def secrets_given_away(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield a problem for each line that tells a concern before its gate can open."""
    lines = [Line((field,), getattr(scenario, field), True) for field in ("title", "door_note", "task")]
    lines += [line for line in patient_lines(scenario) if line.held_back]
    secrets = [
        (concern, [(secret, frozenset(telling(secret, scenario.language))) for secret in (concern.says, concern.name)])
        for concern in scenario.concerns
    ]
    for line in lines:
        ours = telling(line.text, scenario.language)
        for concern, told in secrets:
            for secret, theirs in told:
                if theirs.isdisjoint(ours):
                    continue  # as nearly always: a line with no telling word of a secret gives nothing of it away
                shared = gives_away(line.text, secret, name=secret == concern.name, language=scenario.language)
                if shared:
                    yield document.at(
                        "secret-told", *document.place(line.path),
                        where=" ".join(str(step) for step in line.path if isinstance(step, str)).replace("_", " "),
                        concern=concern.id, shared=", ".join(shared),
                    )  # fmt: skip
                    break


def gives_away(line: str, secret: str, name: bool = False, language: str = "en") -> list[str]:
    """Return the telling words by which a line gives a secret away; empty where it does not."""
    rule = measures()["leak"]
    ours, theirs = telling(line, language), telling(secret, language)
    shared = [word for word in ours if word in theirs]
    if name:
        enough = len(shared) >= 2 and len(shared) >= rule["of_the_name"] * len(theirs)
        return shared if enough else []
    if len(shared) >= rule["shared"] and len(shared) >= rule["of_the_line"] * len(ours):
        return shared
    if runs(line, rule["same_run"]).isdisjoint(runs(secret, rule["same_run"])):
        return []
    run = longest_run(words(line), words(secret))
    told = [word for word in run if stem(word) in shared]
    return run if len(run) >= rule["same_run"] and len(told) >= 2 else []


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text, small, gestures left out."""
    plain = (GESTURE.sub(" ", text) if "(" in text else text).replace("’", "'")
    if plain.isascii():  # as most lines are, and quicker all at once
        return tuple(WORD.findall(plain.lower()))
    return tuple([word.casefold() for word in WORD.findall(plain)])


@lru_cache(maxsize=2048)
def runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """Return every run of so many words in a text."""
    said = words(text)
    return frozenset([said[at : at + length] for at in range(len(said) - length + 1)])


@lru_cache(maxsize=2048)
def telling(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the stems of the words that carry the matter, each once."""
    common = in_language(language)["common_words"]
    stems = {stem(word): None for word in words(text) if len(word) > 2 and word.split("'")[0] not in common}
    return tuple(stems)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its ending, so that stopped, stops and stopping are one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and (word[-1] == word[-2] or word[-1] == "e") else word


def longest_run(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Return the longest run of words that both have in the same order without a gap."""
    best: tuple[int, int] = (0, 0)
    above = [0] * (len(right) + 1)
    for row, word in enumerate(left, 1):
        here = [0] * (len(right) + 1)
        for column, other in enumerate(right, 1):
            if word == other:
                here[column] = above[column - 1] + 1
                best = max(best, (here[column], row))
        above = here
    length, end = best
    return list(left[end - length : end])


def lines_nobody_says(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield warnings about lines that are too long, too learned, or hard to read aloud."""
    rule = measures()
    spoken: list[str] = []
    for line in patient_lines(scenario):
        said = words(line.text)
        spoken.append(GESTURE.sub(" ", line.text))
        if len(said) > rule["longest_line"]:
            yield document.at("long-line", *document.place(line.path), count=len(said), most=rule["longest_line"])
        if found := jargon_in(line.text, scenario.language):
            yield document.at("patient-jargon", *document.place(line.path), word=found)
    grade = reading_grade(spoken) if scenario.language == "en" else 0.0  # the formula is for English only
    if grade > rule["reading_grade"]:
        at = document.place(("patient", "speech")) if "speech" in scenario.patient.model_fields_set else (0, 0)
        yield document.at("reading-grade", *at, grade=f"{grade:.1f}", most=rule["reading_grade"])


@cache
def _jargon(language: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """Return what finds clinicians' words, and the words that they begin with."""
    listed = in_language(language)["jargon"]
    found = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in listed) + r")\b", re.IGNORECASE)
    return found, frozenset(re.findall(r"\w+", word.casefold())[0] for word in listed)


def jargon_in(text: str, language: str = "en") -> str:
    """Return the first clinicians' word in a line; empty where there is none. Words in quotation marks are quoted."""
    pattern, firsts = _jargon(language)
    if firsts.isdisjoint(re.findall(r"\w+", text.casefold())):
        return ""
    own = re.sub(r"'[^']{3,}'(?![a-z])|\"[^\"]+\"|“[^”]+”|‘[^’]+’(?![a-z])", " ", text)
    found = pattern.search(own)
    return found.group() if found else ""


def reading_grade(texts: list[str]) -> float:
    """Return the Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al. 1975)."""
    sentences = syllables = count = 0
    for text in texts:
        said = words(text)
        if said:
            count += len(said)
            sentences += max(1, len(re.findall(r"[.!?…]+(?=\s|$|[\"'”’])", text)))
            syllables += sum(syllables_of(word) for word in said)
    return 0.39 * count / sentences + 11.8 * syllables / count - 15.59 if count else 0.0


@lru_cache(maxsize=8192)
def syllables_of(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, a silent e left out."""
    groups = len(re.findall(r"[aeiouy]+", word.casefold()))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
