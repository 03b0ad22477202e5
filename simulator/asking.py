"""How a question is told from a statement, with a question mark or without one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.words import straight, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.everyday import Said
    from simulator.phrases import Phrases

_SCRAP, _LONG_SCRAP = 11, 14
"""Words up to which a tired clinician's scrap is a question, and up to which it is one if it has no verb early on."""
_EARLY, _OPENS = 4, 6
_UNMARKED = 22
"""Words up to which what opens like a question is one without any punctuation."""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question is told from a statement where it has no question mark."""

    first: frozenset[str]
    """Words that open a question."""
    open: frozenset[str]
    """Words that ask for more than a yes or a no."""
    before: frozenset[str]
    """Words that may stand before it."""
    leads_on: frozenset[str]
    """Words by which a clause after a comma may go on with a statement and ask nothing."""
    phrases: Phrases
    unmarked: Phrases
    """How a question opens that is none where the sentence has an end mark ("anything you take at all")."""
    ends: Phrases
    """How a question ends that has no punctuation ("grind your teeth at all", "vit d how much")."""
    thanks: Phrases
    """What holds such words and only honours that they told ("It took courage to tell me")."""
    tags: Phrases
    """How a statement ends that asks for a yes to it ("you stopped, didn't you")."""
    either: frozenset[str]
    """Words that join what may or may not be so; in a scrap they ask which ("tried melatonin or benadryl")."""
    tells: frozenset[str]
    """Words by which a scrap without punctuation tells something and asks nothing."""
    reports: frozenset[str]
    """Words by which it gives what others have told ("gp says depression")."""
    says_what: frozenset[str]
    """Words by which a statement goes on that begins like a question ("What matters is …")."""
    who: frozenset[str]
    """Words after which it is a question all the same ("What medicines are you on")."""
    asked_about: frozenset[str]
    """What follows a word that opens a question behind an "if" ("If it worked, what would you do")."""
    asked_of: frozenset[str]
    """What follows it, besides, in the second half of a sentence ("you stopped swimming, do you miss it")."""
    by_them: frozenset[str]
    """What stands before "tell me" where they are the ones who tell ("What you tell me stays private")."""


_PHRASES = frozenset(["phrases", "unmarked", "ends", "thanks", "tags"])
"""What of it are phrases; the rest are words."""


def asking_of(raw: Mapping[str, list[str]], phrases: Callable[[list[str]], Phrases]) -> Asking:
    """Return how a question is told in a language, from its part of said.yaml."""
    words = {name: frozenset(map(straight, those)) for name, those in raw.items() if name not in _PHRASES}
    return Asking(**words, **{name: phrases(raw[name]) for name in _PHRASES})  # type: ignore[arg-type]


def names_a_thing(words: tuple[str, ...], asking: Asking) -> bool:
    """Return True for what only begins as a question does ("What matters to you here is being heard")."""
    if len(words) < 5 or words[0] not in asking.open & asking.first or words[1] in asking.first:
        return False
    said = (i for i, word in enumerate(words) if i > 1 and word in asking.says_what)
    is_said = next((i for i in said if asking.open.isdisjoint(words[max(i - 2, 1) : i])), None)
    return is_said is not None and is_said + 1 < len(words) and words[is_said + 1] not in asking.who


def is_a_scrap(sentence: str, words: tuple[str, ...], asking: Asking) -> bool:
    """Return True for a few words without punctuation that tell nothing ("mood mostly low or up n down")."""
    rest = next((word for word in words if word not in asking.before), "")
    short = len(words) <= (_SCRAP if asking.first.intersection(words[:_EARLY]) else _LONG_SCRAP)
    if asking.first.isdisjoint(words) and not asking.reports.isdisjoint(words[1:_EARLY]):
        return False
    return is_unmarked(sentence) and len(words) > 0 and short and rest != "" and rest not in asking.tells


def is_ended(sentence: str) -> bool:
    """Return True where a text ends with the mark of what is told."""
    return sentence.rstrip(" )\"'").endswith((".", "!", "…"))


def is_unmarked(sentence: str) -> bool:
    """Return True where a sentence ends without a mark, as people type who are tired."""
    return not is_ended(sentence) or ":" in sentence  # "Last use: exact day and hour."


def asks_which(sentence: str, words: tuple[str, ...], asking: Asking) -> bool:
    """Return True for a scrap that puts two things side by side ("hand tremor, one side or both")."""
    return not is_ended(sentence) and not asking.either.isdisjoint(words)


def opens(words: tuple[str, ...], asking: Asking) -> bool:
    """Return True if the first word that counts opens a question."""
    return next((word for word in words if word not in asking.before), "") in asking.first


def is_asked(sentence: str, words: tuple[str, ...], asking: Asking) -> bool:
    """Return True if a sentence asks something, by its mark or by how it begins."""
    if "?" in sentence:
        return True
    rest = words
    while rest and rest[0] in asking.before:
        rest = rest[1:]
    if names_a_thing(rest, asking) or (rest[:2] == ("do", "not") and "you" not in rest[2:3]):
        return False  # "Please don't drive until you know" asks nothing.
    thanks = {at for hit in asking.thanks.all_in(words) for at in range(hit.first, hit.last + 1)}
    told = (hit for hit in asking.phrases.all_in(words) if hit.first not in thanks)
    asks = any(hit.first == 0 or words[hit.first - 1] not in asking.by_them for hit in told)
    if len(rest) > 1 and (rest[0] in asking.first or asks):
        return True
    if rest and rest[0] == "if":  # "If it worked, what would you do"
        asks_after = (i for i, word in enumerate(rest[:-1]) if i > 2 and word in asking.first and word != "is")
        about, opening = asking.asked_about, asking.first
        return any(rest[i + 1] in about or (rest[i] in asking.open and rest[i + 1] in opening) for i in asks_after)
    clauses = [_without_lead(words_of(part), asking) for part in sentence.split(",")[1:]]
    last = clauses[-1] if clauses else ()  # "sorry, long day, so how are you doing"
    if len(last) > 1 and last[0] in asking.open - asking.leads_on and not names_a_thing(last, asking):
        return True
    if is_ended(sentence) or len(words) > _UNMARKED:
        return False
    return _is_typed_so(rest, words_of(sentence.partition(",")[0]), clauses, asking)


def _without_lead(words: tuple[str, ...], asking: Asking) -> tuple[str, ...]:
    while words and words[0] in asking.before:
        words = words[1:]
    return words


def _is_typed_so(
    rest: tuple[str, ...], opening: tuple[str, ...], clauses: list[tuple[str, ...]], asking: Asking
) -> bool:
    """Return True if words without an end mark ask, as people type who are tired.

    "you stopped swimming, do you miss it", "anything odd on it, jitters or sweats", "sleep, whats it doing, waking up",
    "the form said 19, which bits hit home", "grind your teeth at all", "tired how, can't drop off or wake early".
    """
    if any(hit.last == len(rest) - 1 for hit in asking.tags.all_in(rest)):
        return True
    asked_of = asking.asked_about | asking.asked_of
    if any(len(clause) > 1 and clause[-1] in asking.open & asking.first for clause in (opening, *clauses)):
        return True
    for part in (rest, *clauses):
        if any(hit.first == 0 for hit in asking.unmarked.all_in(part)):
            return True
    for clause in (one for one in clauses if len(one) > 1):
        if clause[0] in asking.first and clause[1] in asked_of:
            return True
        if clause[0] in asking.open and clause[1] in asking.first:
            return True
        if len(clause) > 2 and clause[0] in asking.leads_on and clause[1] not in asking.first | asked_of:
            return True
    told = bool(rest) and rest[0] in asking.tells
    return not told and any(hit.last == len(rest) - 1 for hit in asking.ends.all_in(rest))


def wants_yes_or_no(sentence: str, words: tuple[str, ...], asking: Asking) -> bool:
    """Return True for a question that no word opens for more ("…, but what were those months like?" is open)."""
    last = _without_lead(words_of(sentence.rpartition(",")[2]), asking)
    return asking.open.isdisjoint(words[:_OPENS]) and asking.open.isdisjoint(last[:1])


def gives_back(words: tuple[str, ...], stock: Said) -> bool:
    """Return True for a statement with a question mark ("So you're scared of it?"): it is confirmed, not answered."""
    asks = stock.asking
    start = next((i for i, word in enumerate(words) if word not in asks.before), 0)
    opens = any(hit.first in {start - 1, start} for hit in stock.gives_back.all_in(words))
    return opens and len(words) > 3 and not asks.open.intersection(words)
