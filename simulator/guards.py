"""What an improvised line must not do, looked for in its whole intent: who speaks, what is told, what was decided.

The words of closed concerns are used here, to recognise them, and go nowhere else: no breach carries them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from scoring.language import language as reading_of
from simulator.closed import Closed
from simulator.content import read_content
from simulator.disguises import disguised, looks_encoded, squashed
from simulator.phrases import Phrases
from simulator.words import root, sentences_of, straight, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from simulator.scenario import Scenario
    from simulator.turn import Turn

BreachKind = Literal[
    "speaks_as_clinician", "breaks_character", "advises", "layout", "too_long", "leaks", "contradicts", "invents",
    "agrees_unasked", "leaves_out", "odd_characters", "empty",
]  # fmt: skip
_FILE = Path(__file__).with_name("guards.yaml")
_LABEL = re.compile(r"(?:^|\n)\s*[*_\[(]*([^\W\d_]{2,12})\.?[*_\])]*\s*:", re.UNICODE)
_LAYOUT = re.compile(
    r"(?:^|\n)\s*(?:[-*•#>]|\d+[.)])\s|\*\*|__|`|\]\(|</?[a-z!]|https?:|www\.|\||\{|\}|\n\s*\n", re.IGNORECASE
)
_TOKEN = re.compile(r"\S+")
_ORDINARY = re.compile(r"[(\[\"“'’‘¿¡]*[^\W\d_]+(?:['’][^\W\d_]+)*[)\]\"”'’.,;:!?…]*")
"""A word as people write it: letters, and a mark or two around them."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_MOST_SENTENCES = 5
_ROOM_WORDS, _ROOM_FACTOR = 14, 1.8
"""A line may have so many words more than the decided one, or so many times as many, before it is over length."""
_OWN_BUSINESS = 2
"""A sentence with so many words that say something, none of them decided, says something of its own."""
_HELD_BACK = 2
"""So many words must have come after a word that is not known before it may be seen."""
_SAID = (("discloses:", 0.5), ("begins:", 0.5), ("hint:", 0.4), ("moment:", 0.4), ("asks", 0.4), ("", 0.2))
"""Share of the decided words' content that a line must keep, by what was decided."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Something a line must not do. It carries no words of the line, which may hold what nobody was told."""

    kind: BreachKind


@dataclass(frozen=True, slots=True)
class _Stock:
    """The phrases of a language, ready to be looked for."""

    groups: dict[str, Phrases]
    labels: frozenset[str]
    numbers: frozenset[str]
    medicines: frozenset[str]
    negations: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    function_words: frozenset[str]
    scripted_acts: tuple[str, ...]
    root: Callable[[str], str]
    undoing: bool
    """Whether a second negation in a sentence undoes the first ("not nothing"); it does not in Spanish."""

    def content(self, words: Iterable[str]) -> set[str]:
        """Return the roots of the words that say something."""
        empty = self.function_words | self.negations
        return {self.root(word) for word in words if word not in empty and len(word) > 2} - empty

    def denies(self, words: tuple[str, ...]) -> bool:
        """Return True if a sentence denies something."""
        count = sum(word in self.negations for word in words)
        return count % 2 == 1 if self.undoing else count > 0


_GROUPS = ("clinician", "character", "advice", "thanks", "agrees", "weighty")
_WORDS = ("numbers", "medicines", "negations", "yes", "no", "function_words")


@cache
def stock(language: str = "en") -> _Stock:
    """Return what guards.yaml holds, and for another language what stands in its own file beside it."""
    raw: dict[str, Any] = read_content(_FILE, all_text=True)
    phrases = {name: list(raw[name]["phrases"]) for name in _GROUPS}
    labels = set(raw["clinician"]["labels"])
    words = {name: frozenset(raw[name]) for name in _WORDS}
    own_root: Callable[[str], str] = root
    if language != "en":
        own: dict[str, Any] = read_content(_FILE.with_name(f"guards_{language}.yaml"), all_text=True)
        reading = reading_of(language)
        phrases = {name: lines + own[name]["phrases"] for name, lines in phrases.items()}
        labels |= set(own["clinician"]["labels"])
        more = {name: frozenset(map(straight, own[name])) for name in _WORDS if name in own}
        # Little words are those of the language alone: "once" is eleven, and "he" and "me" say something else.
        alone = {"negations": more["negations"], "function_words": reading.common}
        words |= {name: words[name] | found for name, found in more.items()} | alone
        own_root = reading.stem
    return _Stock(
        {name: Phrases((line, line) for line in lines) for name, lines in phrases.items()},
        frozenset(labels),
        **words,
        scripted_acts=tuple(raw["scripted_acts"]),
        root=own_root,
        undoing=language == "en",
    )


def plain(text: str) -> str:
    """Return a text in the ordinary letters of its words: look-alike and full-width forms made plain."""
    return unicodedata.normalize("NFKC", text)


class Guard:
    """Watches over one line: knows what was decided, what has been said, and what must not be told."""

    def __init__(self, scenario: Scenario, turn: Turn, said: Iterable[str], asked: Iterable[str] = ()) -> None:
        """Prepare.

        Args:
            scenario: Whose patient speaks.
            turn: The turn as the scripted voice words it: what was decided.
            said: What the patient has said so far.
            asked: What the clinician has said so far. It is no licence: a guess is not to be confirmed.
        """
        told = [scenario.concern(name) for name in turn.state.disclosed]
        closed = [c for c in scenario.concerns if c.id not in turn.state.disclosed]
        own = [turn.patient, turn.heard_words, scenario.opening, scenario.door_note, *said, scenario.patient.name]
        own += [scenario.plan_on_the_table, *(c.says for c in told), *(c.name for c in told)]
        both = " . ".join([*own, *asked, turn.clinician])
        self._decided = turn.patient
        self._decided_words = words_of(turn.patient)
        self._own_words = words_of(" . ".join(own))
        self._stock = stock(scenario.language)
        self._known_words = frozenset(self._own_words)
        own_roots = {self._stock.root(word) for word in self._own_words}
        self._both_words = frozenset(words_of(both))
        self._both_numbers = {*_NUMBER.findall(both), str(scenario.patient.age)}
        acts = turn.acts
        self._least = max(share for start, share in _SAID if any(act.startswith(start) for act in acts) or not start)
        self._asks = any(act == "asks" for act in acts) and "?" in turn.patient
        self._closed = [Closed(concern, own_roots, squashed(" ".join(own)), self._stock) for concern in closed]
        self._guessed = any(one.told_in(words_of(turn.clinician)) for one in self._closed)

    def look(self, text: str, *, whole: bool) -> Breach | None:
        """Return the first thing wrong with a line, or None.

        Args:
            text: The line, or its beginning.
            whole: False while it is still coming: what must be in it is not missed yet.
        """
        if any(unicodedata.category(c) in {"Cf", "Cc", "Co", "Cn", "Cs"} and c != "\n" for c in text):
            return Breach("odd_characters")
        text = plain(text)
        words = words_of(text)
        breach = self._tells(text, words) or self._speaks(text, words) or self._contradicts(text, words, whole=whole)
        if breach is not None or not whole:
            return breach
        if not words:
            return Breach("empty")
        return self._leaves_out(text, words)

    def may_be_seen(self, begun: str) -> int:
        """Return how many characters of a line that is still coming, and breaks no rule so far, may be seen.

        A word that is not known (decided, said before by the patient, or empty by itself) or that tells part of a
        closed concern waits until two more have come; the first word of a line only where it could be a piece of a
        closed concern, however disguised, or name who speaks. A phrase that must not be said, and may have begun, waits
        from its first word that says something: "I" of "I trust you" may be seen. What may be the beginning of a closed
        concern waits altogether. What a line says only as a whole is found at its end, and it is then taken back.

        Args:
            begun: The whole words that have come.
        """
        ends: list[int] = []
        words: list[str] = []
        places: list[int] = []  # the token of each word
        seen = 0  # tokens that may be seen as far as they alone are concerned
        tokens = list(_TOKEN.finditer(begun))
        for number, token in enumerate(tokens, 1):
            own = words_of(plain(token[0]))
            places += [len(ends)] * len(own)
            words += own
            ends.append(token.end())
            known = all(map(self._known, own)) or (number == 1 and all(map(self._of_its_own, own)))
            harmless = bool(own) and known and _ORDINARY.fullmatch(token[0]) is not None
            if seen == number - 1 and (harmless or number <= len(tokens) - _HELD_BACK):
                seen = number
        little = self._stock.function_words
        start = min(phrases.begun_at(words) for phrases in self._stock.groups.values())
        while start < len(words) and words[start] in little:
            start += 1
        # A closed concern may begin with many little words; only the very first of the line comes before it is certain.
        first = 1 if words and words[0] in little else 0
        start = min(start, *(max(first, closed.begun_at(words)) for closed in self._closed), len(words))
        if start < len(words):
            seen = min(seen, places[start])
        return ends[seen - 1] if seen else 0

    def _known(self, word: str) -> bool:
        own = word in self._known_words or word in self._stock.function_words
        return own and not any(closed.weighs(word) for closed in self._closed)

    def _of_its_own(self, word: str) -> bool:
        """Return True if a word that is not known can be no piece of a closed concern, and names no speaker."""
        return word not in self._stock.labels and not any(closed.begins_with(word) for closed in self._closed)

    def _tells(self, text: str, words: tuple[str, ...]) -> Breach | None:
        """Look for closed concerns: said, spaced, reversed, encoded."""
        if looks_encoded(text):
            return Breach("leaks")
        as_written, *others = [squashed(version) for version in disguised(text)]
        for closed in self._closed:
            found = closed.told_in(words) or closed.run_in(as_written)
            if found or any(closed.hidden_in(version) for version in others):
                return Breach("leaks")
        return None

    def _speaks(self, text: str, words: tuple[str, ...]) -> Breach | None:
        """Look at who speaks, to whom, and in what form."""
        for label in _LABEL.findall(text):
            if label.lower() in self._stock.labels:
                return Breach("speaks_as_clinician")
        if _LAYOUT.search(text):
            return Breach("layout")
        most = max(len(self._decided_words) + _ROOM_WORDS, round(len(self._decided_words) * _ROOM_FACTOR))
        if len(words) > most or len(sentences_of(text)) > max(_MOST_SENTENCES, len(sentences_of(self._decided)) + 1):
            return Breach("too_long")
        kinds: tuple[tuple[str, BreachKind], ...] = (
            ("clinician", "speaks_as_clinician"), ("character", "breaks_character"), ("advice", "advises"),
            ("thanks", "agrees_unasked"), ("agrees", "agrees_unasked"),
        )  # fmt: skip
        for group, kind in kinds:
            if self._new(group, words):
                return Breach(kind)
        return None

    def _new(self, group: str, words: tuple[str, ...]) -> bool:
        """Return True if the line holds a phrase of a group of which the decided words hold none."""
        phrases = self._stock.groups[group]
        return bool(phrases.all_in(words)) and not phrases.all_in(self._decided_words)

    def _contradicts(self, text: str, words: tuple[str, ...], *, whole: bool) -> Breach | None:
        """Look for facts that are not the scenario's: numbers, medicines, news, a yes for a no."""
        kinds = self._stock
        if set(_NUMBER.findall(text)) - self._both_numbers:
            return Breach("contradicts")
        if any(word in kinds.numbers and word not in self._both_words for word in words):
            return Breach("contradicts")
        if any(word in kinds.medicines and word not in self._both_words for word in words):
            return Breach("contradicts")
        weighty = kinds.groups["weighty"]
        known = {hit.phrase for hit in weighty.all_in(self._own_words)}
        if any(hit.phrase not in known for hit in weighty.all_in(words)):
            return Breach("invents")
        first, decided = words[:1], self._decided_words[:1]
        if self._guessed and kinds.yes.issuperset(first) and not kinds.yes.intersection(self._decided_words):
            return Breach("leaks")
        for one, other in ((kinds.yes, kinds.no), (kinds.no, kinds.yes)):
            if one.issuperset(first) and other.issuperset(decided) and first and decided:
                return Breach("contradicts")
        return self._turns_round(sentences_of(text) if whole else sentences_of(text)[:-1])

    def _turns_round(self, sentences: tuple[str, ...]) -> Breach | None:
        """Look for a sentence that denies what was decided, says what that denies, or speaks of something else."""
        decided = [words_of(sentence) for sentence in sentences_of(self._decided)]
        everything = self._stock.content(self._decided_words)
        for sentence in sentences:
            words = words_of(sentence)
            mine = self._stock.content(words)
            if len(mine) >= _OWN_BUSINESS and not mine & everything:
                return Breach("invents")
            shared = [len(mine & self._stock.content(other)) for other in decided]
            most = max(shared, default=0)
            nearest = [other for other, count in zip(decided, shared, strict=True) if count == most]
            near = [
                other
                for other in nearest
                if most >= min(2, len(self._stock.content(other))) > 0 and most * 2 >= len(self._stock.content(other))
            ]
            if near and all(self._stock.denies(words) != self._stock.denies(other) for other in nearest):
                return Breach("contradicts")
        return None

    def _leaves_out(self, text: str, words: tuple[str, ...]) -> Breach | None:
        if self._asks and "?" not in text:
            return Breach("leaves_out")
        wanted = self._stock.content(self._decided_words)
        if len(wanted) >= 3 and len(wanted & self._stock.content(words)) < self._least * len(wanted):
            return Breach("leaves_out")
        return None
