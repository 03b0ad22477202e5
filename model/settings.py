"""Which model is asked, where, and with how much patience: from the environment, a `.env` file or Streamlit's secrets.

The first of the three that has a setting wins. A key is never shown: `repr` and `shown_address` leave it out.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from model.failures import ModelFailure

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
OPENAI = "https://api.openai.com/v1"
Role = Literal["patient", "judge", "transcription", "speech"]
TokenParameter = Literal["auto", "max_tokens", "max_completion_tokens"]
NAMES = (
    "OPENAI_BASE_URL", "OPENAI_API_KEY", "RAPPORT_PATIENT_MODEL", "RAPPORT_JUDGE_MODEL", "RAPPORT_JUDGE_RUNS",
    "RAPPORT_TOKEN_PARAMETER", "RAPPORT_CONTEXT_TOKENS", "RAPPORT_MODEL_READ_SECONDS", "RAPPORT_MODEL_TOTAL_SECONDS",
    "RAPPORT_MODEL_WAIT_SECONDS", "RAPPORT_MODEL_AT_ONCE", "RAPPORT_MODEL_PLAIN_HTTP", "RAPPORT_MODEL_PRICE_IN",
    "RAPPORT_MODEL_PRICE_OUT", "RAPPORT_TRANSCRIPTION_MODEL", "RAPPORT_SPEECH_MODEL", "RAPPORT_SPEECH_VOICE",
    "RAPPORT_AUDIO_BASE_URL", "RAPPORT_AUDIO_API_KEY",
)  # fmt: skip
"""Every setting there is; docs/models.md explains each."""
DEFAULT_VOICE = "alloy"
"""Several servers know a voice by this name."""
MOST_RUNS = 9
"""How often one reply is rated at most; beyond it a batch only becomes dear."""


class SettingRefused(ValueError):
    """A setting that cannot be used, with a sentence that names it and says what it may be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the model seam."""

    base_url: str = OPENAI
    api_key: str = field(default="", repr=False)
    patient_model: str = ""
    """Words the patient; empty where the scripted voice speaks."""
    judge_model: str = ""
    """Rates as a second rater; empty where there is none."""
    judge_runs: int = 1
    """How often the judge rates each reply, 1 to 9; the median of the runs is its level."""
    token_parameter: TokenParameter = "auto"
    """How the answer's length is limited; auto is max_tokens, changed once if the server names the other."""
    context_tokens: int = 8192
    """How much the model can read at once. Some servers cut off the beginning silently beyond it."""
    read_seconds: float = 30.0
    """The longest silence while waiting for the next piece."""
    total_seconds: float = 90.0
    """The longest a whole answer may take, tries and waits between tries included."""
    wait_seconds: float = 300.0
    """The longest wait for a free place (see ``at_once``)."""
    at_once: int = 4
    """How many answers are asked for at the same time by this process."""
    plain_http: bool = False
    """True where the operator accepts that a key goes over plain HTTP to another machine."""
    price_in: float | None = None
    price_out: float | None = None
    """Price of a million tokens read and written, in the operator's currency; None where not told."""
    backoff_seconds: float = 0.5
    """The first pause before a further try; doubled each time."""
    transcription_model: str = ""
    """Writes down what a trainee says; empty where there is no microphone."""
    speech_model: str = ""
    """Says what the patient answers; empty where patients are read."""
    speech_voice: str = DEFAULT_VOICE
    """One voice for all patients, or one for each first pronoun: ``she=nova, he=onyx, they=alloy``."""
    audio_base_url: str = ""
    """Where both are asked, if not at ``base_url``."""
    audio_api_key: str = field(default="", repr=False)
    """Its key. The other address's key is never sent there."""
    address_name: str = "OPENAI_BASE_URL"
    key_name: str = "OPENAI_API_KEY"
    """The settings from which ``base_url`` and ``api_key`` come, as the operator knows them."""

    @property
    def for_audio(self) -> Settings:
        """The settings as they hold for transcription and speech."""
        if self.audio_base_url in {"", self.base_url}:
            return replace(self, api_key=self.audio_api_key or self.api_key)
        return replace(
            self,
            base_url=self.audio_base_url,
            api_key=self.audio_api_key,
            address_name="RAPPORT_AUDIO_BASE_URL",
            key_name="RAPPORT_AUDIO_API_KEY",
        )

    def model_for(self, role: Role) -> str:
        """Return the name of the model for this role; empty where there is none."""
        return str(getattr(self, f"{role}_model"))

    def voice_for(self, pronouns: str) -> str:
        """Return the voice for a patient with these pronouns ("she/her")."""
        voices = voices_in(self.speech_voice)
        anybody = voices.get("", next(iter(voices.values())))
        return voices.get(pronouns.partition("/")[0].strip().lower(), anybody)

    @property
    def shown_address(self) -> str:
        """The address as it may be shown: no credentials, no query."""
        parts = urlsplit(self.base_url)
        host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname or ""
        try:
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            port = ""
        return f"{parts.scheme}://{host}{port}{parts.path}"

    @property
    def is_local(self) -> bool:
        """True if nothing leaves this machine."""
        host = urlsplit(self.base_url).hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            return True
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return False

    def check(self, role: Role) -> None:
        """Raise ``ModelFailure`` if this role's model may not be asked with these settings."""
        if not self.model_for(role):
            raise ModelFailure("not_configured", f"RAPPORT_{role.upper()}_MODEL is not set")
        if role in {"transcription", "speech"}:
            self.for_audio.check_address()
        else:
            self.check_address()

    def check_address(self) -> None:
        """Raise ``ModelFailure`` if nothing may be asked at this address with this key."""
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ModelFailure("not_configured", f"{self.address_name} must be an http or https address")
        if self.base_url == OPENAI and not self.api_key:
            raise ModelFailure("not_configured", f"{self.key_name} is not set")
        secret = self.api_key or parts.username or parts.password
        if secret and parts.scheme == "http" and not self.is_local and not self.plain_http:
            raise ModelFailure(
                "unsafe_address",
                "the key would go over plain HTTP to another machine; use https, or set RAPPORT_MODEL_PLAIN_HTTP=yes",
            )


def load_settings(environment: Mapping[str, str] | None = None, folder: Path = ROOT) -> Settings:
    """Read the settings.

    Args:
        environment: Stands for the process's environment.
        folder: Where `.env` and `.streamlit/secrets.toml` are looked for.

    Raises:
        SettingRefused: a setting cannot be used.
    """
    given = {**_secrets(folder / ".streamlit" / "secrets.toml"), **_dotenv(folder / ".env")}
    given.update(os.environ if environment is None else environment)
    got = {name: value.strip() for name in NAMES if (value := given.get(name, "")).strip()}
    parameter = got.get("RAPPORT_TOKEN_PARAMETER", "auto")
    if parameter not in {"auto", "max_tokens", "max_completion_tokens"}:
        raise SettingRefused(
            f'RAPPORT_TOKEN_PARAMETER is "{parameter}"; it can be auto, max_tokens or max_completion_tokens.'
        )
    voice = got.get("RAPPORT_SPEECH_VOICE", DEFAULT_VOICE)
    if not voices_in(voice):
        raise SettingRefused(
            f'RAPPORT_SPEECH_VOICE is "{voice}"; it can be one voice, or one for each pronoun: she=NAME, he=NAME.'
        )
    return Settings(
        base_url=got.get("OPENAI_BASE_URL", OPENAI).rstrip("/"),
        api_key=got.get("OPENAI_API_KEY", ""),
        patient_model=got.get("RAPPORT_PATIENT_MODEL", ""),
        judge_model=got.get("RAPPORT_JUDGE_MODEL", ""),
        judge_runs=int(_number(got, "RAPPORT_JUDGE_RUNS", 1, 1, MOST_RUNS)),
        token_parameter=parameter,  # type: ignore[arg-type]
        context_tokens=int(_number(got, "RAPPORT_CONTEXT_TOKENS", 8192, 512, 10_000_000)),
        read_seconds=_number(got, "RAPPORT_MODEL_READ_SECONDS", 30, 0.05, 3600),
        total_seconds=_number(got, "RAPPORT_MODEL_TOTAL_SECONDS", 90, 0.05, 3600),
        wait_seconds=_number(got, "RAPPORT_MODEL_WAIT_SECONDS", 300, 0, 3600),
        at_once=int(_number(got, "RAPPORT_MODEL_AT_ONCE", 4, 1, 1000)),
        plain_http=got.get("RAPPORT_MODEL_PLAIN_HTTP", "").lower() in {"1", "yes", "true", "on"},
        price_in=_number(got, "RAPPORT_MODEL_PRICE_IN", 0, 0, 1e6) if "RAPPORT_MODEL_PRICE_IN" in got else None,
        price_out=_number(got, "RAPPORT_MODEL_PRICE_OUT", 0, 0, 1e6) if "RAPPORT_MODEL_PRICE_OUT" in got else None,
        transcription_model=got.get("RAPPORT_TRANSCRIPTION_MODEL", ""),
        speech_model=got.get("RAPPORT_SPEECH_MODEL", ""),
        speech_voice=voice,
        audio_base_url=got.get("RAPPORT_AUDIO_BASE_URL", "").rstrip("/"),
        audio_api_key=got.get("RAPPORT_AUDIO_API_KEY", ""),
    )


def voices_in(setting: str) -> dict[str, str]:
    """Return the voice for each first pronoun, "" for everybody else; nothing where the setting cannot be read."""
    found = {}
    for part in setting.split(","):
        pronoun, mark, name = (one.strip() for one in part.rpartition("="))
        if not name or (mark and not pronoun):
            return {}
        found[pronoun.lower()] = name
    return found


def _number(got: Mapping[str, str], name: str, otherwise: float, least: float, most: float) -> float:
    if name not in got:
        return otherwise
    try:
        value = float(got[name])
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise SettingRefused(f'{name} is "{got[name]}"; it must be a number from {least:g} to {most:g}.')
    return value


def _dotenv(path: Path) -> dict[str, str]:
    """Read lines of NAME=value; quotes around a value and a leading "export" are taken off."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = {}
    for line in lines:
        name, mark, value = line.strip().removeprefix("export ").partition("=")
        value = value.strip()
        if not mark or name.startswith("#"):
            continue
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        else:
            value = value.split(" #", 1)[0].rstrip()
        found[name.strip()] = value
    return found


def _secrets(path: Path) -> dict[str, str]:
    """Read the top level of Streamlit's secrets file, without Streamlit."""
    try:
        with path.open("rb") as stream:
            loaded = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return {}
    return {name: str(value) for name, value in loaded.items() if isinstance(value, str | int | float | bool)}
