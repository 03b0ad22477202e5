"""A model behind a fake server, with little patience, and what it fails with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from language_model import LanguageModel, ModelFailure, Settings

if TYPE_CHECKING:
    from tests.fake_model import FakeModel


def settings(fake: FakeModel, model: str = "m", **changed: Any) -> Settings:
    quick = {"read_seconds": 5.0, "total_seconds": 10.0, "wait_seconds": 20.0, "backoff_seconds": 0.001}
    return Settings(base_url=fake.url, patient_model=model, judge_model=model, **{**quick, **changed})


def language_model(fake: FakeModel, model: str = "m", **changed: Any) -> LanguageModel:
    return LanguageModel(settings(fake, model, **changed))


def failure_of(call: Any) -> ModelFailure:
    with pytest.raises(ModelFailure) as caught:
        call()
    return caught.value
