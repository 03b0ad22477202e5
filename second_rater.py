"""The second rater as the settings name it: what joins the rating guide, the judge and the language model."""

from __future__ import annotations

import sys

import language_model
from raters import Judge, rubric_in_use
from raters.command import score_with_judge


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
