"""Who has been insulted and blamed enough goes quiet and wants to leave, whatever comes on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.last_words import HARSH, abused

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulator.answering import Replier
    from simulator.everyday import Openness
    from simulator.voices import Part


def had_enough(replier: Replier, parts: list[Part], openness: Openness, stings: Collection[str]) -> list[Part]:
    """Return what they say to one hurt more, where it is one: next to nothing, until somebody is sorry for it.

    Args:
        replier: Whose words they are.
        parts: What they would say otherwise.
        openness: Guarded or open.
        stings: Acts by which they take it that they were hurt or run over.
    """
    hurt = bool(parts) and (parts[0].act in HARSH or parts[0].act in stings)
    return [replier.stock("had_enough", openness)] if hurt and abused(replier.memory.harsh) else parts
