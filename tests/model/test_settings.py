"""Settings: where they come from, what they refuse, and that a key never travels unprotected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from language_model import LanguageModel, SettingRefused, Settings, load_settings
from tests.model.asking import failure_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("http://models.example/v1", "unsafe_address"),
        ("http://user:password@models.example/v1", "unsafe_address"),
        ("ftp://models.example", "not_configured"),
        ("models.example", "not_configured"),
    ],
)
def test_a_key_does_not_travel_unprotected(address: str, kind: str) -> None:
    unsafe = Settings(base_url=address, api_key="k", patient_model="m")
    assert failure_of(lambda: LanguageModel(unsafe).ask("doctor-patient")).kind == kind
    assert not LanguageModel(unsafe).has("patient")


def test_plain_http_to_another_machine_is_allowed_without_a_key_or_when_told() -> None:
    Settings(base_url="http://models.example/v1", patient_model="m").check("patient")
    Settings(base_url="http://models.example/v1", api_key="k", patient_model="m", plain_http=True).check("patient")
    Settings(base_url="http://127.0.0.1:11434/v1", api_key="k", patient_model="m").check("patient")


def test_without_a_model_nothing_is_asked() -> None:
    assert failure_of(lambda: LanguageModel(Settings()).ask("doctor-patient")).kind == "not_configured"
    only_patient = Settings(base_url="http://localhost/v1", patient_model="m")
    assert LanguageModel(only_patient).has("patient")
    assert not LanguageModel(only_patient).has("judge")


def test_settings_come_from_the_environment_then_dotenv_then_streamlit(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(
        'OPENAI_API_KEY = "from-streamlit"\nRAPPORT_JUDGE_MODEL = "c"\nRAPPORT_PATIENT_MODEL = "c"\n', encoding="utf-8"
    )
    (tmp_path / ".env").write_text(
        '# ours\nexport RAPPORT_PATIENT_MODEL="b"\nRAPPORT_MODEL_AT_ONCE=7 # places\nOPENAI_BASE_URL=http://localhost:1/v1/\n',
        encoding="utf-8",
    )
    found = load_settings({"RAPPORT_CONTEXT_TOKENS": "4096"}, tmp_path)
    assert (found.api_key, found.judge_model, found.patient_model) == ("from-streamlit", "c", "b")
    assert (found.at_once, found.context_tokens, found.base_url) == (7, 4096, "http://localhost:1/v1")


@pytest.mark.parametrize(
    ("name", "value"),
    [("RAPPORT_TOKEN_PARAMETER", "n_predict"), ("RAPPORT_MODEL_AT_ONCE", "many"), ("RAPPORT_CONTEXT_TOKENS", "-1"),
     ("RAPPORT_MODEL_TOTAL_SECONDS", "nan")],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingRefused, match=name):
        load_settings({name: value}, tmp_path)


def test_the_address_is_shown_without_credentials() -> None:
    assert Settings(base_url="https://u:p@host:8443/v1?key=1").shown_address == "https://host:8443/v1"
