"""The everyday stock: what clinicians ask and say, and what a patient of each manner answers. Read from files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from scoring.kept import kept
from simulator.acts import Acts
from simulator.asking import Asking, asking_of
from simulator.content import read_content
from simulator.phrases import Phrases, parted
from simulator.words import straight, vocabulary, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYDAY = Path(__file__).resolve().parent.parent / "scenarios" / "everyday"
Openness = Literal["guarded", "open"]
_RULES = tuple(Path(__file__).with_name(name) for name in ("everyday.py", "phrases.py", "words.py", "content.py"))
"""What makes phrases and words of the stock's files."""
LANGUAGES: tuple[str, ...] = ("en", *sorted(path.parent.name for path in EVERYDAY.glob("*/topics.yaml")))
"""The languages with an everyday stock of their own; a patient never answers from that of another."""
NO_TOPIC = ""
"""The name of what only looks like a topic."""
FALLBACK_MANNER = "terse"
PROPOSALS: tuple[str, ...] = ("keep", "start", "stop", "raise", "lower", "switch", "wait", "test", "refer", "talk")
"""What a clinician can put on the table, by the names in said.yaml."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that clinicians ask about."""

    id: str
    about: str
    """In a patient's words, as in "about sleep"."""
    asked_as: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Other names by which a scenario may list it under its facts."""
    tender: bool = False
    safety: bool = False
    pronouns: tuple[str, ...] = ()
    """Whom it can concern, by the first pronoun; empty for everybody."""
    ages: tuple[int, int] = (0, 200)
    own: bool = False
    """True where a scenario that answers it leaves nothing for an everyday line to add."""
    gives_way: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Phrases that ask about it by themselves, and beside which other topics they do not."""
    turned: tuple[str, ...] = ()
    """Those of its phrases that ask the other way round ("want to live"): a yes to them is the good news."""

    def concerns(self, pronouns: str, age: int) -> bool:
        """Return True if the question can be meant for a patient with these pronouns and this age."""
        first = pronouns.split("/", maxsplit=1)[0].strip().lower()
        return (not self.pronouns or first in self.pronouns) and self.ages[0] <= age <= self.ages[1]


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines for one topic or act: guarded, open, and what is thought."""

    guarded: tuple[str, ...]
    open: tuple[str, ...]
    thinks: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    """Wry ones among the guarded lines, left unsaid close to something heavy."""
    stock: Entry | None = None
    """Where these are a patient's own words: the everyday lines that stand behind them."""

    def lines(self, openness: Openness, *, heavy: bool = False) -> tuple[str, ...]:
        """Return the lines for this openness; where the talk is heavy, without the wry ones."""
        if openness == "open":
            return self.open
        return self.guarded if heavy else (*self.guarded, *self.light)

    def behind(self, openness: Openness, *, heavy: bool = False) -> tuple[str, ...]:
        """Return the everyday lines that stand behind a patient's own; none where these are the stock's."""
        return () if self.stock is None else self.stock.lines(openness, heavy=heavy)


@dataclass(frozen=True, slots=True)
class Manner:
    """One manner of speech."""

    name: str
    topics: dict[str, Entry]
    acts: dict[str, Entry]
    thoughts: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """How clinicians put what is not a question about a topic."""

    acts: Acts
    proposals: Acts
    not_proposed: Phrases
    """What makes a sentence speak of something that it does not propose."""
    gives_back: Phrases
    """How a sentence begins that gives something back, question mark or not."""
    not_topics: tuple[str, ...]
    """Phrases that only look like a topic."""
    asks_oneself: Phrases
    """What somebody asks of themselves in passing."""
    plan: Acts
    invites: Phrases
    asking: Asking
    nods: frozenset[str]
    """Words of a sign of listening, where the reply is nothing else."""
    small_answers: frozenset[str]
    yeses: frozenset[str]
    """Words that a plain yes is made of."""
    bare_no: frozenset[str]
    """Words with which a bare no begins."""
    named: dict[str, str]
    """Topics by the short name that is said before an answer which would not be clear without it ("Sleep?")."""
    carries_little: frozenset[str]
    """Words too common to show that two texts are about the same thing."""
    wanders: Phrases
    """What tells, two of them together, that a long reply has lost its thread."""
    rambles: Phrases
    """What in a reply that has lost its thread the patient may take up, by the end of the act that does."""
    open_questions: dict[str, tuple[str, ...]]
    """What answers an open question, by its act: `moment`, a topic, or a topic at one openness ("fears-open")."""
    open_first: tuple[str, ...]
    """Open questions that are meant even where a word in them names a topic."""
    turns_back: frozenset[str]
    """Words that turn a question back which would be asked the other way round ("not worth living")."""
    denies: Phrases
    """How an answer opens that denies."""
    veiled: Phrases
    """Words in which somebody asks for "a friend"."""
    to_them: frozenset[str]
    """Words that speak to the patient."""
    given: Acts
    """What is told, promised, offered or remarked and asks nothing, by the act that answers it."""
    names_feeling: Phrases
    """How a sentence begins that names a feeling."""
    feelings: Phrases
    """Words for feelings, named by the act that answers them."""
    checks_follow: Phrases
    """What asks in passing whether something was understood."""
    puts_into_words: frozenset[str]
    """Words by which a sentence says what somebody feels, thinks or wants, and asks for no fact."""
    joins: frozenset[str]
    """Words that lead over by themselves where a patient's line begins with one."""
    of_others: frozenset[str]
    """Words by which a sentence speaks of what other people do."""
    asks_if_here: frozenset[str]
    """Words that a question is made of which only asks whether that is so for this patient, too."""
    adds_on: frozenset[tuple[str, ...]]
    """Questions that only ask on right behind another, word for word."""
    asks_on: frozenset[str]
    """Words that a reply is made of which only asks for more of what was just said."""
    when: frozenset[str]
    """Words with which a phrase begins that only says when."""
    leads_in: frozenset[str]
    """Words that open a clause which only says when something is asked ("Before the refill, …")."""
    joining: frozenset[str]
    """Words that join one thing asked about to the next."""
    where: frozenset[str]
    """Words that say where or when something is ("at work")."""
    points_back: frozenset[str]
    """Words of such a question that point back to what was only stated before it."""
    points_to_danger: frozenset[str]
    """Words that point back where what was stated is a danger, whatever else the question says."""
    titles: frozenset[str]
    """Words by which somebody is addressed."""
    written_large: frozenset[str]
    """Words that are written large and are no name of somebody."""
    would_have: Phrases
    """By what a sentence says that they would have done something, had it been put to them."""
    common: frozenset[str]
    foreign: frozenset[str]


def _folder(language: str) -> Path:
    return EVERYDAY if language == "en" else EVERYDAY / language


@cache
def _read(name: str, language: str) -> dict[str, Any]:
    # said.yaml holds words only ("no", "on", "off"), which YAML would otherwise read as true and false.
    loaded = read_content(_folder(language) / name, all_text=name == "said.yaml")
    return loaded if isinstance(loaded, dict) else {}


def _entry(raw: dict[str, list[str]]) -> Entry:
    both = tuple(raw.get("says", ()))
    return Entry(
        tuple(raw.get("guarded", both)),
        tuple(raw.get("open", both)),
        tuple(raw.get("thinks", ())),
        tuple(raw.get("light", ())),
    )


@cache
def topics(language: str = "en") -> dict[str, Topic]:
    """Return the topics, by id, in the file's order."""
    made = {}
    for name, raw in _read("topics.yaml", language)["topics"].items():
        only = raw.get("only_for", {})
        ages = only.get("ages", [0, 200])
        made[name] = Topic(
            name,
            raw["about"],
            (*raw["asked_as"], *raw.get("turned", ())),
            tuple(raw.get("also", ())),
            bool(raw.get("tender")),
            bool(raw.get("safety")),
            tuple(only.get("pronouns", ())),
            (int(ages[0]), int(ages[1])),
            bool(raw.get("own")),
            {phrase: tuple(others) for phrase, others in raw.get("gives_way", {}).items()},
            tuple(raw.get("turned", ())),
        )
    return made


@cache
def same_words(language: str = "en") -> dict[str, str]:
    """Return the words that count as another one where topics are looked for."""
    groups = [[straight(word) for word in group] for group in _read("topics.yaml", language)["same"]]
    return {word: group[0] for group in groups for word in group[1:]}


def stock_files(language: str = "en") -> tuple[Path, ...]:
    """Return the files of topics and acts, and those with the rules by which words are made of them."""
    return (*(_folder(language) / name for name in ("topics.yaml", "said.yaml")), *_RULES)


@cache
def topic_phrases(language: str = "en") -> Phrases:
    """Return the phrases that ask about the everyday topics."""
    named = [(t.id, phrase) for t in topics(language).values() for phrase in t.asked_as]
    named += [(NO_TOPIC, phrase) for phrase in said(language).not_topics]
    same = same_words(language)
    ready = kept("phrases", stock_files(language), lambda: parted(named, same))
    return Phrases((), not_slips(language), same, ready=ready)


@cache
def not_slips(language: str = "en") -> frozenset[str]:
    """Return the words that are never a slip for another: those listed, and every word that patients themselves say."""
    folder = _folder(language)
    files = sorted(path for path in folder.glob("*.yaml") if path.stem != "topics")

    def gathered() -> list[str]:
        listed = {straight(word) for word in _read("topics.yaml", language)["not_slips"]}
        return sorted(listed.union(*[vocabulary(path.read_text(encoding="utf-8")) for path in files]))

    return frozenset(kept("words", (folder / "topics.yaml", *files, *_RULES), gathered))


@cache
def manner(name: str, language: str = "en") -> Manner:
    """Return a manner of speech in a language.

    The terse one of the same language stands in for what a file leaves out or for a file that is missing.
    """
    base = manner(FALLBACK_MANNER, language) if name != FALLBACK_MANNER else None
    if base is not None and not (_folder(language) / f"{name}.yaml").is_file():
        return base
    raw = _read(f"{name}.yaml", language)
    made_topics = {k: _entry(v) for k, v in raw.get("topics", {}).items()}
    made_acts = {k: _entry(v) for k, v in raw.get("acts", {}).items()}
    thoughts = {k: tuple(v) for k, v in raw.get("thoughts", {}).items()}
    if base is not None:
        made_topics = base.topics | made_topics
        made_acts = base.acts | made_acts
        thoughts = base.thoughts | thoughts
    return Manner(name, made_topics, made_acts, thoughts)


def _lines_in(raw: Any) -> Iterator[str]:
    """Yield every line of a part of a content file, however deep it stands."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, (dict, list)):
        for one in raw.values() if isinstance(raw, dict) else raw:
            yield from _lines_in(one)


def _words(listed: list[str]) -> frozenset[str]:
    return frozenset(straight(word) for word in listed)


@cache
def said(language: str = "en") -> Said:
    """Return how clinicians put greetings, proposals, insults and the like."""
    raw = _read("said.yaml", language)
    known = kept("said", stock_files(language), lambda: {line: words_of(line) for line in _lines_in(raw)})

    def phrases(lines: list[str]) -> Phrases:
        return Phrases(((line, line) for line in lines), known=known)

    return Said(
        Acts(raw["acts"], known),
        Acts(raw["proposals"], known),
        phrases(raw["not_proposed"]),
        phrases(raw["gives_back"]),
        tuple(raw["not_topics"]),
        phrases(raw["asks_oneself"]),
        Acts({"plan": raw["plan"]}, known),
        phrases(raw["invites"]),
        asking_of(raw["asking"], phrases),
        _words(raw["nods"]),
        _words(raw["small_answers"]),
        frozenset(word for line in raw["yeses"] for word in words_of(line)),
        _words(raw["bare_no"]),
        dict(raw["named"]),
        _words(raw["carries_little"]),
        phrases(raw["wanders"]),
        Phrases(((name, line) for name, lines in raw["rambles"].items() for line in lines), known=known),
        {name: tuple(sources) for name, sources in raw.get("open_questions", {}).items()},
        tuple(raw.get("open_first", ())),
        _words(raw.get("turns_back", [])),
        phrases(raw.get("denies", [])),
        phrases(raw.get("veiled", [])),
        _words(raw["to_them"]),
        Acts(raw["given"], known),
        phrases(raw["names_feeling"]),
        Phrases(((name, line) for name, lines in raw["feelings"].items() for line in lines), known=known),
        phrases(raw["checks_follow"]),
        _words(raw["puts_into_words"]),
        _words(raw["joins"]),
        _words(raw.get("of_others", [])),
        _words(raw.get("asks_if_here", [])),
        frozenset(map(words_of, raw.get("adds_on", []))),
        _words(raw.get("asks_on", [])),
        _words(raw.get("when", [])),
        _words(raw.get("leads_in", [])),
        _words(raw.get("joining", [])),
        _words(raw.get("where", [])),
        _words(raw.get("points_back", [])),
        _words(raw["points_to_danger"]),
        _words(raw["titles"]),
        _words(raw["written_large"]),
        phrases(raw["would_have"]),
        _words(raw["common_words"]),
        _words(raw["foreign_words"]),
    )
