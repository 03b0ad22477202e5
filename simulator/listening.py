"""How the patient takes a reply that hears them: thanked, praised, understood, comforted, each answered in kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.everyday import said
from simulator.given_back import turned_round
from simulator.in_kind import in_kind
from simulator.noticing import content_roots
from simulator.words import sentences_of, words_of

if TYPE_CHECKING:
    from scoring.scorecard import Reading, Scorecard
    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.understanding import Understood
    from simulator.voices import Part

_SURELY = 0.4
_GRANTED = 0.3
"""Certainty from which something counts as granted: nobody is relieved by what nobody gave them."""
_FIRST = 3
"""Replies within which nobody folds at a guess."""
_ECHO = 0.6
"""Share of a courtesy's content words from which it has been given back."""
_SENTENCE = 3
"""Words from which what is given back is a sentence."""
_COURTESIES = ("affirmed", "validated", "acknowledged", "supported", "confirms_", "stock_phrase", "parroted")
"""What the acts begin with that only answer a kindness."""
_WARM = (
    ("validated", "legitimises"), ("affirmed", "affirms"), ("granted", "grants"), ("supported", "supports"),
    ("acknowledged", "acknowledges"), ("self_disclosure", "discloses_self"),
    ("invited_correction", "invites_correction"),
)  # fmt: skip


def _is_meant(move: str, reading: Reading, understood: Understood) -> bool:
    """Return False for a warm move that the reader hardly believes in and the words do not bear out."""
    if move == "grants":
        return max(m.certainty for m in reading.quotes(move)) >= _GRANTED
    if move == "discloses_self":
        return understood.any_act("of_oneself") or max(m.certainty for m in reading.quotes(move)) >= _SURELY
    return not (move == "affirms" and understood.any_act("thanked") and understood.any_act("greeting"))


def _says_something(reading: Reading) -> bool:
    """Return True if the reply is more than "Okay" or "Mm"."""
    return len(words_of(reading.reply)) > 2


def _to_them(reading: Reading, understood: Understood) -> bool:
    """Return True if a reply speaks of the patient or of how it is for them, and not of the computer or the weather."""
    stock = said(reading.language)
    return not stock.to_them.isdisjoint(words_of(reading.reply)) or understood.any_act("feels_for", "makes_sense")


def _goes_deep(replier: Replier, reading: Reading) -> bool:
    """Return True if what was put into words is near what weighs on them, and not only near the small talk before it.

    That is what they came out with on their own, what they hinted at or confided, or the words of a concern.
    """
    memory, scenario = replier.memory, replier.scenario
    weighs = [moment.patient for moment in scenario.moments[: memory.moment_at + 1]]
    weighs += [c.hint for c in scenario.concerns if c.id in memory.hinted]
    weighs += [c.says for c in scenario.concerns if c.id in memory.disclosed]
    put = " ".join(move.quote for move in reading.quotes("complex_reflection", "double_sided_reflection"))
    if replier.ear.hear(put).concerns:
        return True
    roots = content_roots(put, reading.language)
    return any(roots & content_roots(text, reading.language) for text in weighs)


def _too_soon(replier: Replier, reading: Reading) -> bool:
    """Return True if something is put into words in the first minutes, before they have hinted at anything."""
    memory = replier.memory
    guesses = reading.does("complex_reflection", "double_sided_reflection")
    return guesses and memory.seq <= _FIRST and not memory.hinted and not memory.disclosed and not memory.begun


def echoes_a_courtesy(replier: Replier, reading: Reading) -> bool:
    """Return True if what they had only said in answer to a kindness is given back as if it weighed."""
    acts = replier.memory.said_last
    if not acts or any(not act.startswith(_COURTESIES) for act in acts) or "?" in reading.reply:
        return False
    language = reading.language
    theirs = [content_roots(sentence, language) for sentence in sentences_of(reading.patient_words)]
    back = [content_roots(s, language) for s in sentences_of(reading.reply) if len(words_of(s)) >= _SENTENCE]
    return any(some and some <= own and len(some) >= _ECHO * len(own) for some in back for own in theirs)


def listened(
    replier: Replier, reading: Reading, scorecard: Scorecard, openness: Openness, last: str, understood: Understood
) -> tuple[Part, bool] | None:
    """Return the answer to being heard, and whether it is weighty enough to be said before an answer to a question."""
    if echoes_a_courtesy(replier, reading):
        return replier.stock("parroted", openness), True
    turned = turned_round(reading.reply, reading.patient_words, reading.language)
    if turned is not None:
        return replier.stock("corrects_with", openness, words=turned), True
    reflection = scorecard.reflection.level or 0
    validation = scorecard.validation.level or 0
    found: list[tuple[int, str]] = []
    reflects = reading.does("simple_reflection", "complex_reflection", "summary")
    if understood.any_act("sums_up") and reflection >= 2:
        found.append((9, "confirms_summary"))
    elif (
        understood.any_act("both_sides") or (reading.does("double_sided_reflection") and understood.any_act("turns"))
    ) and reflection >= 3:
        found.append((9, "confirms_both"))
    elif reading.does("complex_reflection", "double_sided_reflection") and reflection >= 3:
        deep = reflection >= 4 and _goes_deep(replier, reading)
        plain = reflection >= 4 and not deep
        found.append((8, "confirms_deep") if deep else (6, "confirms_simple" if plain else "confirms_complex"))
    elif reflects and reflection >= 2:
        found.append((3, "confirms_simple"))
    for rank, (act, move) in enumerate(_WARM):
        if (
            reading.does(move)
            and _says_something(reading)
            and (validation >= 2 or move in {"supports", "grants", "discloses_self", "invites_correction"})
            and _is_meant(move, reading, understood)
        ):
            found.append(((7 if validation >= 3 else 4) - rank, act))
    if validation >= 3 and _says_something(reading) and not any(act in dict(_WARM) for _, act in found):
        found.append((5, "acknowledged"))
    if reading.does("stock_phrase") and not found and not understood.any_act("nods"):
        found.append((1, "stock_phrase"))
    if not found and understood.any_act("promises") and not (understood.questions or understood.plan):
        found.append((4, "supported"))
    noticed = validation >= 2 and not understood.any_act("apology")
    if not found and _says_something(reading) and (noticed or reflection >= 2) and _to_them(reading, understood):
        found.append((2, "acknowledged" if noticed else "confirms_simple"))
    if not found and understood.any_act("feels_for"):
        found.append((2, "acknowledged"))
    found = in_kind(found, reading, validation)
    if not found:
        return None
    found.sort(key=lambda pair: (pair[1] == last, -pair[0]))
    weight, act = found[0]
    if act.startswith("confirms_") and _too_soon(replier, reading):
        # Nobody who has said nothing of weight yet hears it put into words and falls in with that at once.
        return replier.stock("confirms_complex" if act == "confirms_simple" else act, "guarded"), weight >= 6
    return replier.stock(act, openness), weight >= 6
