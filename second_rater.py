"""The second rater as the settings name it: what joins the rating guide, the judge and the language model."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import language_model
from raters import Judge, rubric_in_use
from raters.command import score_with_judge
from raters.runs import rate_often

if TYPE_CHECKING:
    from collections.abc import Callable

    from raters import SecondRating


@cache
def at_hand() -> tuple[Callable[..., SecondRating] | None, str, bool, int]:
    """Return who rates beside the embedded scorer in the app, where, whether here, and how many replies at once.

    None where the settings name no judge model. It takes at most half of the model's places, and stands in the line
    behind patients who are to be worded: they need not wait for replies that are only waiting to be rated.
    """
    try:
        model = language_model.configured()
    except language_model.SettingRefused:
        return None, "", True, 1  # the patient's voice has told the operator why
    if not model.has("judge"):
        return None, "", True, 1
    s = model.settings
    judge = Judge(model.ask, rubric_in_use())

    def rate(*about: Any) -> SecondRating:
        return rate_often(judge, s.judge_runs, *about).rating

    return rate, s.shown_address, s.is_local, max(1, s.at_once // 2)


def score_by_model(words: list[str]) -> int:
    """Run `rapport score FILE --judge` with the model that the settings name; returns the exit code."""
    try:
        model = language_model.configured()
        model.settings.check("judge")
    except language_model.SettingRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    except language_model.ModelFailure as failure:
        sys.stderr.write(f"{failure} See docs/models.md.\n")
        return 1
    s = model.settings
    judge = Judge(model.ask, rubric_in_use())
    prices = (s.price_in, s.price_out)
    return score_with_judge(words, judge, s.judge_model, s.at_once, model.tokens, prices, s.judge_runs)
