"""What all tests share: a reply that was rated in one visit is not rated again in another that comes to the same, and
whoever hears for a patient is prepared once.

The scorer is one function of what it is given. What is tested about rating itself asks it each time (`rated_anew`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from simulator import patient, rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.scorecard import Reading, Scorecard

_rated_anew = rating._rated


@lru_cache(maxsize=6000)
def _known(
    reply: str, patient_words: str, earlier: tuple[str, ...], context: str, language: str
) -> tuple[Reading, Scorecard]:
    return _rated_anew(reply, patient_words, earlier, context, language)


def _rated(
    reply: str, patient_words: str, earlier: Sequence[str], context: str, language: str
) -> tuple[Reading, Scorecard]:
    return _known(reply, patient_words, tuple(earlier), context, language)


patient._EARS_KEPT = 64  # the whole library and what the tests make of it
rating._rated = _rated  # at once: some visits are played while the tests are only being found


@pytest.fixture
def rated_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every reply of a test rated, whoever said it before."""
    monkeypatch.setattr(rating, "_rated", _rated_anew)
