"""Which words of a reply speak to whoever rates it: what is left out when a reply is rated again without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoring.cues import cue_books
from scoring.text import parse

if TYPE_CHECKING:
    from scoring.scorecard import Reading

_CUE = "to_the_rater"


def addressed_places(reading: Reading) -> list[tuple[int, int]]:
    """Return the places of the sentences that speak to the rater, start and end in the reply.

    A quote can take in a neighbour that is meant for the patient; where some of its sentences show the cue by
    themselves, only those are returned.
    """
    places: list[tuple[int, int]] = []
    for quote in reading.quotes("addresses_rater"):
        text = parse(reading.reply[quote.start : quote.end])
        shown = sorted({hit.sentence for hit in cue_books()[0].find(text) if hit.cue == _CUE})
        spans = [text.cut(text.sentences[number]) for number in shown] or [(0, quote.end - quote.start)]
        places += [(quote.start + start, quote.start + end) for start, end in spans]
    return places
